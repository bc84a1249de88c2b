//! A case of an experiment is counted in two taps, and taken back in one.

use crate::answers::{Levels, has_no_twins};

const PLAN: [(&str, &str); 9] = [
    ("name", "Recommend one pump"),
    ("doing", "quotes with one recommendation"),
    ("expectation", "bring an answer within ten days"),
    ("starts_on", "2026-03-03"),
    ("ends_on", "2026-03-20"),
    ("stop_rule", "two customers complain"),
    ("must_not_worsen", "win rate"),
    ("benefit", "shorter quotes"),
    ("keep_plan", "the template"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_is_counted_in_two_taps() {
    let levels = Levels::new().await;
    let place = levels.priya.post("/experiments", &PLAN).await.location();
    let priya = levels.browser(&levels.priya).await;
    let at = |end: &str| format!("{}{place}{end}", levels.address);

    // How it will be seen is chosen before the start, and the page says how much that can tell.
    priya.goto(&at("/effect")).await;
    priya.choose("Counted cases").await;
    priya.fill("What is one case, and when is it a yes? Or: which event?", "a quote; yes when it is answered").await;
    priya.choose("At least so many: more of it").await;
    priya.fill("How many do you expect to be a yes?", "12").await;
    priya.fill("Of how many cases to come?", "20").await;
    priya.fill("How many were a yes before?", "8").await;
    priya.press("Save").await;
    priya.sees("Write of how many cases you know how it went before.").await;
    priya.inspect("effect refused").await;
    priya.fill("Of how many cases before?", "20").await;
    priya.choose("It is about so many, as far as we remember").await;
    priya.press("Save").await;
    priya.sees("With 20 and 20 only 18 or more would tell.").await;
    let green = ["short", "team", "undone", "terms", "data", "promised", "spending", "hours"].map(|name| (name, "yes"));
    levels.priya.post(&format!("{place}/readiness"), &green).await.goes_to(&place);
    levels.priya.post(&format!("{place}/start"), &[("", "")]).await.goes_to(&place);

    // From the start page it is two taps: the experiment, and yes.
    priya.goto(&levels.address).await;
    priya.follow("Recommend one pump").await;
    priya.press("Yes").await;
    priya.sees("Yes: 1 of 1 now.").await;
    priya.sees("12 of 20 needs 11 of the next 19.").await;
    priya.inspect("a counted case").await;
    has_no_twins(&priya, "an experiment that counts cases").await;
    priya.press("No").await;
    priya.sees("No: 1 of 2 now.").await;
    priya.press("Take the last case back").await;
    priya.sees("Taken back: 1 of 1 now.").await;
}
