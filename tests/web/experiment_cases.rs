//! The effect of an experiment from outside: counted cases, dates of events, a measure that must not get worse; who may
//! count, what counts once, and that nothing tells who counted.

use crate::support::{Answer, FieldNorth, Visitor};
use catchball::measures::Amount;
use chrono::{NaiveDate, TimeDelta};

/// A plan that may start. The clock stands on Tuesday, 3 March 2026.
const PLAN: [(&str, &str); 10] = [
    ("name", "Recommend one pump"),
    ("doing", "quotes with one recommendation"),
    ("expectation", "bring an answer within ten days"),
    ("because", "customers are afraid to pick wrong"),
    ("starts_on", "2026-03-03"),
    ("ends_on", "2026-03-20"),
    ("stop_rule", "two customers complain"),
    ("must_not_worsen", "win rate"),
    ("benefit", "shorter quotes"),
    ("keep_plan", "the template"),
];

const CASES: [(&str, &str); 8] = [
    ("way", "cases"),
    ("what", "a quote; yes when it is answered within ten days"),
    ("direction", "more"),
    ("wanted", "12"),
    ("planned", "20"),
    ("before_yes", "8"),
    ("before_of", "20"),
    ("basis", "stated"),
];

async fn drafted(callum: &Visitor) -> String {
    callum.opens("/experiments/new").fills(&PLAN).sends("Save").await.location()
}

async fn started(callum: &Visitor, place: &str) {
    const GREEN: [&str; 8] = ["short", "team", "undone", "terms", "data", "promised", "spending", "hours"];
    let all = GREEN.map(|field| (field, "yes"));
    callum.opens(place).fills(&all).sends("All of it holds").await.goes_to(place);
    callum.opens(place).sends("Start the experiment").await.goes_to(place);
}

/// A running experiment of Callum's that sees its effect like this.
async fn running(callum: &Visitor, effect: &[(&str, &str)]) -> String {
    let place = drafted(callum).await;
    callum.opens(&format!("{place}/effect")).fills(effect).sends("Save").await.goes_to(&place);
    started(callum, &place).await;
    place
}

async fn counts(who: &Visitor, place: &str, answers: &str) {
    for answer in answers.chars() {
        let button = if answer == 'y' { "Yes" } else { "No" };
        who.opens(place).sends(button).await.goes_to(place);
    }
}

fn counted(page: &Answer) -> String {
    page.text("#cases")
}

async fn answers(north: &FieldNorth) -> String {
    north.text("SELECT answers FROM experiment_effect WHERE way = 'cases'").await
}

#[tokio::test]
async fn a_case_is_one_tap_and_the_page_says_how_far_it_is() {
    let north = FieldNorth::new().await;
    let place = drafted(&north.callum).await;
    let edit = format!("{place}/effect");
    north.callum.get(&place).await.sees("We see it by what people saw, in words.");
    north.callum.opens(&edit).fills(&CASES).sends("Save").await.goes_to(&place);
    let page = north.callum.get(&place).await;
    let page =
        page.sees("at least 12 of the next 20 are predicted. Before it was 8 of 20, as somebody said, not counted.");
    page.sees("With 20 and 20 only 18 or more would tell.").does_not_see("Take the last case back");
    started(&north.callum, &place).await;
    let throws = north.throws().await;
    counts(&north.callum, &place, "ynynyyny").await;
    counts(&north.priya, &place, "nyynyyn").await;
    let page = north.callum.get(&place).await.sees("12 of 20 needs 3 of the next 5.");
    assert_eq!(counted(&page), "9 of 15");
    assert_eq!(north.throws().await, throws, "a count is no throw: nobody is named with it");
    north.priya.opens(&place).sends("Take the last case back").await.goes_to(&place);
    assert_eq!(counted(&north.callum.get(&place).await), "9 of 14");
    north.callum.get(&format!("{place}/effect")).await.is(409);
}

#[tokio::test]
async fn all_planned_cases_end_it_with_one_of_the_five_sentences() {
    let north = FieldNorth::new().await;
    let place = running(&north.callum, &CASES).await;
    counts(&north.callum, &place, "yyyyynnnyyyyynnnyynn").await;
    let page = north.callum.get(&place).await;
    let verdict = page.text(".verdict");
    assert!(verdict.starts_with("As predicted, 12 of 20. The old way gives anything from 0 to 17 of 20"), "{verdict}");
    let full = north.callum.post(&format!("{place}/cases"), &[("answer", "yes"), ("number", "21")]).await.is(422);
    full.sees("All 20 cases are counted: 12 of 20.");
    let page = page.sees("What we predicted").sees("at least 12 of 20").sees("What came");
    let filled = north.callum.on(&page).fills(&[("happened", "They liked it.")]);
    filled.sends("Write it down").await.goes_to(&place);
    let decided = [("decision", "adapt"), ("learned", "One is enough.")];
    let next = north.callum.opens(&place).fills(&decided).sends("Decide").await.location();
    let next = next.trim_end_matches("/edit").to_owned();
    north.callum.get(&next).await.sees("With 20 and 20 only 18 or more would tell.");
    assert_eq!(north.text("SELECT answers FROM experiment_effect ORDER BY length(answers) LIMIT 1").await, "");
    north.turn().await;
    let lesson = north.text("SELECT outcome FROM lesson WHERE came_true").await;
    assert!(lesson.starts_with("As predicted, 12 of 20."), "{lesson}");
}

#[tokio::test]
async fn a_double_tap_counts_once_and_two_people_do_not_count_one_case_twice() {
    let north = FieldNorth::new().await;
    let place = running(&north.callum, &CASES).await;
    let page = north.callum.get(&place).await;
    let tap = || north.callum.on(&page).sends("Yes");
    let (one, two) = tokio::join!(tap(), tap());
    assert_eq!((one.location(), two.location()), (place.clone(), place.clone()));
    assert_eq!(answers(&north).await, "y");
    let (seen_by_callum, seen_by_priya) = (north.callum.get(&place).await, north.priya.get(&place).await);
    north.callum.on(&seen_by_callum).sends("No").await.goes_to(&place);
    let second = north.priya.on(&seen_by_priya).sends("No").await.is(409);
    let second = second.sees("Case 2 is counted already: it is 1 of 2 now. If yours is another one, tap again.");
    north.priya.on(&second).sends("No").await.goes_to(&place);
    assert_eq!(answers(&north).await, "ynn");
    let page = north.callum.get(&place).await;
    let back = || north.callum.on(&page).sends("Take the last case back");
    let (one, two) = tokio::join!(back(), back());
    assert_eq!((one.location(), two.location()), (place.clone(), place.clone()));
    assert_eq!(answers(&north).await, "yn");
    north.priya.post(&format!("{place}/last-case"), &[("number", "3")]).await.is(409).sees("not the last one any more");
}

#[tokio::test]
async fn nobody_counts_after_the_end_or_for_another_team() {
    let north = FieldNorth::new().await;
    let place = running(&north.callum, &CASES).await;
    let words = running(&north.priya, &[("way", "words")]).await;
    let cases = format!("{place}/cases");
    let yes = [("answer", "yes"), ("number", "1")];
    let only = "Only the people of the team that tries it count its cases.";
    north.helen.post(&cases, &yes).await.is(403).sees(only);
    let other = north.app.team("Service").await;
    let eve = north.app.rep("Eve Stone", other).await;
    eve.post(&cases, &yes).await.is(404);
    north.priya.post(&format!("{words}/cases"), &yes).await.is(422).sees("so there is nothing to count");
    north.callum.post(&cases, &[("answer", "perhaps"), ("number", "1")]).await.is(422).sees("Tap yes or no.");
    north.tomas.opens(&place).sends("Yes").await.goes_to(&place);
    let page = north.callum.get(&place).await;
    north.app.clock.forward(TimeDelta::days(17));
    north.callum.opens(&place).sends("Yes").await.goes_to(&place);
    north.app.clock.forward(TimeDelta::days(1));
    let ended = north.callum.on(&page).sends("No").await.is(422);
    ended.sees("This experiment is not running any more. What was counted stays as it is; later cases do not count.");
    north.callum.post(&format!("{place}/last-case"), &[("number", "2")]).await.is(422).sees("stays as it is");
    assert_eq!(answers(&north).await, "yy");
}

#[tokio::test]
async fn nothing_that_is_kept_tells_who_counted_or_when() {
    let north = FieldNorth::new().await;
    let place = running(&north.callum, &CASES).await;
    counts(&north.callum, &place, "yn").await;
    counts(&north.priya, &place, "n").await;
    let kept = "SELECT answers || ' ' || length(last_form) FROM experiment_effect";
    assert_eq!(north.text(kept).await, "ynn 32", "the answers, and the hash of one form");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM throw WHERE verb = 'counted'").await, 0);
}

#[tokio::test]
async fn a_plan_of_cases_that_cannot_be_is_refused_at_its_fields_and_kept() {
    let north = FieldNorth::new().await;
    let place = drafted(&north.callum).await;
    let edit = format!("{place}/effect");
    let wrong = [("wanted", "21"), ("before_yes", "nine"), ("what", "")];
    let mut fields: Vec<(&str, &str)> = CASES.to_vec();
    fields.retain(|(name, _)| wrong.iter().all(|(other, _)| other != name));
    fields.extend(wrong);
    let refused = north.callum.opens(&edit).fills(&fields).sends("Save").await.is(422);
    assert!(refused.text("#field-wanted-error").contains("only 20 cases to come"));
    assert_eq!(refused.texts("#field-before_yes-error").len(), 1);
    assert_eq!(refused.texts("#field-what-error").len(), 1);
    assert_eq!((refused.value("wanted"), refused.value("before_yes")), (String::from("21"), String::from("nine")));
    north
        .callum
        .opens(&edit)
        .fills(&[("way", "measure")])
        .sends("Save")
        .await
        .is(422)
        .sees("Choose the measure in the plan");
    let ahead = [("way", "dates"), ("what", "a complaint"), ("direction", "fewer"), ("days", "2026-01-05\n2027-01-05")];
    north.callum.opens(&edit).fills(&ahead).sends("Save").await.is(422).sees("2027-01-05 has not come yet.");
    north.priya.get(&edit).await.is(403);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM experiment_effect").await, 0);
}

#[tokio::test]
async fn a_change_of_the_way_takes_back_that_it_is_ready() {
    let north = FieldNorth::new().await;
    let place = drafted(&north.callum).await;
    north.callum.get(&format!("{place}/effect")).await.does_not_see("It is ready to start as it is.");
    north.callum.opens(&format!("{place}/effect")).fills(&CASES).sends("Save").await.goes_to(&place);
    started(&north.callum, &place).await;
    north.callum.post(&format!("{place}/effect"), &CASES).await.is(422);
    assert_eq!(north.text("SELECT state FROM experiment").await, "running");
}

#[tokio::test]
async fn the_dates_of_an_event_are_judged_by_the_days_between() {
    let north = FieldNorth::new().await;
    let before =
        "2025-12-01\n2025-12-08\n2025-12-14\n2025-12-21\n2025-12-27\n2026-01-03\n2026-01-10\n2026-01-16\n2026-01-22";
    let dates = [("way", "dates"), ("what", "a wrong part was sent"), ("direction", "fewer"), ("days", before)];
    let place = running(&north.callum, &dates).await;
    north.callum.get(&place).await.sees("which are to come more rarely").sees("8 gaps from before give the limits");
    north.app.clock.forward(TimeDelta::days(7));
    let note = |day: &'static str| north.priya.opens(&place).fills(&[("day", day)]).sends("It came");
    note("2026-03-04").await.goes_to(&place);
    let page = north.callum.get(&place).await.sees("The last time was 6 days ago.");
    let verdict = page.text(".verdict");
    assert!(
        verdict.starts_with("So far: Signal in the predicted direction: a value above the old limit on 4 Mar"),
        "{verdict}"
    );
    note("2026-03-04").await.is(422).sees("This day is noted already; it counts once.");
    note("2026-03-11").await.is(422).sees("This day has not come yet.");
    note("2026-02-01").await.is(422).sees("outside of the experiment");
    north.callum.opens(&place).sends("Take 4 March 2026 back").await.goes_to(&place);
    north.callum.get(&place).await.sees("Too few points to tell").does_not_see("6 days ago");
}

#[tokio::test]
async fn what_must_not_get_worse_is_read_the_same_way() {
    let north = FieldNorth::new().await;
    let id = north.app.measure(north.team, &north.callum, "Quotes sent twice").await;
    let enter = async |first: &str, values: &[f64]| {
        let weeks = first.parse::<NaiveDate>().unwrap().iter_weeks();
        let rows: Vec<_> = weeks.zip(values).map(|(week, value)| (week, Amount::number(*value))).collect();
        north.app.take_over(id, &north.callum, &rows).await;
    };
    enter("2025-12-08", &[50.0, 52.0, 49.0, 51.0, 50.0, 48.0, 52.0, 50.0, 51.0, 49.0, 50.0, 51.0]).await;
    let measure = id.to_string();
    let mut effect: Vec<(&str, &str)> = CASES.to_vec();
    effect.push(("balance_id", &measure));
    let place = running(&north.callum, &effect).await;
    north.callum.get(&place).await.sees("Too few values to say whether it got worse: no signal yet in 0 weeks.");
    enter("2026-03-02", &[70.0]).await;
    let page = north.callum.get(&place).await.sees("This must not get worse");
    page.sees("It got worse. Signal: a value above the old limit in the week of 2 Mar.");
}

#[tokio::test]
async fn what_two_people_saw_stands_beside_it_and_leaves_the_ball_where_it_is() {
    let north = FieldNorth::new().await;
    let place = running(&north.callum, &[("way", "words")]).await;
    let ball = "SELECT CAST(due_at AS TEXT) FROM ball WHERE subject = 'experiment'";
    let due = north.text(ball).await;
    north.app.clock.forward(TimeDelta::days(1));
    north.callum.get(&place).await.sees("Two people should say what they saw; nobody has so far.");
    north.priya.opens(&place).sends("Say it").await.is(422).sees("Say what you saw yourself");
    for who in [&north.priya, &north.callum] {
        let said = who.opens(&place).fills(&[("words", "The farmer rang back the same day.")]);
        said.sends("Say it").await.goes_to(&place);
    }
    let page = north.helen.get(&place).await.sees("Two people or more have said what they saw.");
    assert_eq!(page.sees("What was seen").texts("[aria-labelledby=effect] blockquote").len(), 2);
    assert_eq!(north.text(ball).await, due);
    north.helen.post(&format!("{place}/testimony"), &[("words", "no")]).await.is(403);
}
