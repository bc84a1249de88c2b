//! Experiments from outside: from a draft to a decision, and everything that is refused on the way.

mod beside;

use crate::support::{FieldNorth, Visitor};
use chrono::TimeDelta;

/// A plan that may start, as the form sends it. The clock stands on Tuesday, 3 March 2026.
const PLAN: [(&str, &str); 10] = [
    ("name", "Standard quotes"),
    ("doing", "Quoting the twelve most asked pumps from a sheet"),
    ("expectation", "answer in a day in 9 of 10 cases"),
    ("because", "half of the enquiries are for them"),
    ("starts_on", "2026-03-03"),
    ("ends_on", "2026-03-20"),
    ("stop_rule", "one quote goes out below list by mistake"),
    ("must_not_worsen", "quotes sent twice"),
    ("benefit", "no more ringing the desk"),
    ("keep_plan", "the sheet, renewed every sixty days"),
];

const GREEN: [(&str, &str); 8] = [
    ("short", "yes"),
    ("team", "yes"),
    ("undone", "yes"),
    ("terms", "yes"),
    ("data", "yes"),
    ("promised", "yes"),
    ("spending", "yes"),
    ("hours", "yes"),
];

fn without(left_out: &str) -> Vec<(&'static str, &'static str)> {
    PLAN.into_iter().filter(|(name, _)| *name != left_out).collect()
}

fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut plan = without(name);
    plan.push((name, value));
    plan
}

async fn drafted(callum: &Visitor, plan: &[(&str, &str)]) -> String {
    callum.opens("/experiments/new").fills(plan).sends("Save").await.location()
}

async fn running_with(callum: &Visitor, plan: &[(&str, &str)]) -> String {
    let place = drafted(callum, plan).await;
    callum.opens(&place).fills(&GREEN).sends("All of it holds").await.goes_to(&place);
    callum.opens(&place).sends("Start the experiment").await.goes_to(&place);
    place
}

async fn running(callum: &Visitor) -> String {
    running_with(callum, &PLAN).await
}

async fn studied(north: &FieldNorth) -> String {
    let place = running(&north.callum).await;
    north.app.clock.forward(TimeDelta::days(18));
    let filled = north.callum.opens(&place).fills(&[("happened", "It took nine hours.")]);
    filled.sends("Write it down").await.goes_to(&place);
    place
}

#[tokio::test]
async fn an_experiment_is_drafted_declared_started_and_locked() {
    let FieldNorth { callum, app: _app, .. } = FieldNorth::new().await;
    let place = drafted(&callum, &PLAN).await;
    callum
        .get(&place)
        .await
        .is(200)
        .sees("We believe that Quoting the twelve most asked pumps")
        .sees("We stop early if one quote");
    callum.opens(&place).fills(&GREEN).sends("All of it holds").await.goes_to(&place);
    callum.opens(&place).sends("Start the experiment").await.goes_to(&place);
    callum.get(&place).await.sees("Locked on Tuesday 3 March 2026").sees("started it; the prediction is locked");
    callum.get("/experiments").await.sees("Running").sees("Standard quotes").sees("Write this week\u{2019}s line by");
}

#[tokio::test]
async fn a_running_experiment_is_never_written_anew() {
    let FieldNorth { callum, app: _app, .. } = FieldNorth::new().await;
    let place = running(&callum).await;
    let mut changed = with("doing", "Something easier");
    changed.push(("version", "3"));
    let refused = callum.post(&place, &changed).await.is(422);
    refused.sees("What was written before the start is locked.").sees("What you wrote:").sees("Something easier");
    callum.get(&place).await.does_not_see("Something easier");
    callum.get(&format!("{place}/edit")).await.is(409);
}

#[tokio::test]
async fn nothing_starts_without_a_stop_rule_and_the_rest() {
    for missing in
        ["doing", "expectation", "starts_on", "ends_on", "stop_rule", "must_not_worsen", "benefit", "keep_plan"]
    {
        let FieldNorth { callum, app, .. } = FieldNorth::new().await;
        let place = drafted(&callum, &without(missing)).await;
        for noun in ["start", "readiness", "safety-question"] {
            let refused = callum.post(&format!("{place}/{noun}"), &GREEN).await.is(422);
            assert_eq!(refused.texts(&format!("#field-{missing}-error")).len(), 1, "{noun} without {missing}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM experiment WHERE state = 'drafting'").await, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM throw").await, 1, "nothing was thrown but the draft");
    }
}

#[tokio::test]
async fn a_refused_draft_keeps_every_word() {
    let FieldNorth { callum, app, .. } = FieldNorth::new().await;
    let mut plan = with("ends_on", "2026-02-01");
    plan.retain(|(name, _)| *name != "name");
    let refused = callum.opens("/experiments/new").fills(&plan).sends("Save").await.is(422);
    let refused = callum.on(&refused.sees("Not sent yet. Your text is kept.")).sends("Save").await.is(422);
    assert_eq!(refused.value("stop_rule"), "one quote goes out below list by mistake");
    assert_eq!(refused.value("ends_on"), "2026-02-01");
    assert!(refused.text("#field-ends_on-error").contains("before the first day"));
    assert_eq!(app.count("SELECT COUNT(*) FROM experiment").await, 0);
}

#[tokio::test]
async fn a_double_click_makes_one_experiment_and_one_line() {
    let FieldNorth { callum, app, .. } = FieldNorth::new().await;
    let page = callum.get("/experiments/new").await;
    let click = || callum.on(&page).fills(&PLAN).sends("Save");
    let (one, two) = tokio::join!(click(), click());
    assert_eq!(one.location(), two.location());
    assert_eq!(app.count("SELECT COUNT(*) FROM experiment").await, 1);
    let place = one.location();
    callum.opens(&place).fills(&GREEN).sends("All of it holds").await.goes_to(&place);
    callum.opens(&place).sends("Start the experiment").await.goes_to(&place);
    let page = callum.get(&place).await;
    let click = || callum.on(&page).fills(&[("as_planned", "yes"), ("line", "9 quotes")]).sends("Write it down");
    let (one, two) = tokio::join!(click(), click());
    assert_eq!((one.location(), two.location()), (place.clone(), place));
    assert_eq!(app.count("SELECT COUNT(*) FROM weekly_line").await, 1);
}

#[tokio::test]
async fn a_week_has_one_line_and_the_next_week_another() {
    let FieldNorth { callum, app, .. } = FieldNorth::new().await;
    let place = running(&callum).await;
    let lines = format!("{place}/lines");
    let filled = callum.opens(&place).fills(&[("line", "9 quotes")]);
    filled.sends("Write it down").await.is(422).sees("Say whether it was done as planned.");
    let filled = callum.opens(&place).fills(&[("as_planned", "yes"), ("line", "9 quotes from the sheet")]);
    filled.sends("Write it down").await.goes_to(&place);
    let again = callum.post(&lines, &[("as_planned", "no"), ("line", "and one more")]).await.is(422);
    again.sees("This week has its line already.").sees("and one more");
    app.clock.forward(TimeDelta::days(7));
    let filled = callum.opens(&place).fills(&[("as_planned", "no"), ("line", "one customer had a special price")]);
    filled.sends("Write it down").await.goes_to(&place);
    callum.get(&place).await.sees("week of 2 Mar · as planned").sees("week of 9 Mar · not as planned");
}

#[tokio::test]
async fn two_people_who_change_the_same_draft_see_both_versions() {
    let FieldNorth { callum, app: _app, .. } = FieldNorth::new().await;
    let place = drafted(&callum, &PLAN).await;
    let edit = format!("{place}/edit");
    let (edit, other) = (callum.get(&edit).await, callum.get(&edit).await);
    callum.on(&edit).fills(&[("doing", "Quoting ten pumps")]).sends("Save").await.goes_to(&place);
    let conflict = callum.on(&other).fills(&[("doing", "Quoting fifteen pumps")]).sends("Save").await.is(409);
    let conflict = conflict.sees("Somebody was first").sees("Quoting ten pumps");
    assert_eq!(conflict.value("doing"), "Quoting fifteen pumps");
    callum.on(&conflict).sends("Save").await.goes_to(&place);
    callum.get(&place).await.sees("Quoting fifteen pumps");
}

#[tokio::test]
async fn saving_a_draft_again_starts_no_new_clock() {
    let FieldNorth { callum, app, .. } = FieldNorth::new().await;
    let place = drafted(&callum, &PLAN).await;
    app.clock.forward(TimeDelta::days(1));
    let changed = [("doing", "Quoting ten pumps")];
    callum.opens(&format!("{place}/edit")).fills(&changed).sends("Save").await.goes_to(&place);
    let as_before = "SELECT COUNT(*) FROM ball JOIN throw ON throw.subject_id = ball.subject_id
                     WHERE throw.number = 1 AND ball.since = throw.at AND ball.due_at = throw.due_at";
    assert_eq!((app.count(as_before).await, app.count("SELECT COUNT(*) FROM throw").await), (1, 2));
}

#[tokio::test]
async fn foreign_and_missing_experiments_are_the_same() {
    let FieldNorth { callum, app, .. } = FieldNorth::new().await;
    let place = drafted(&callum, &PLAN).await;
    let other = app.team("Partner").await;
    let eve = app.rep("Eve", other).await;
    let missing = "/experiments/0195e000-0000-7000-8000-00000000dead";
    let (foreign, gone) = (eve.get(&place).await.is(404), eve.get(missing).await.is(404));
    assert_eq!(foreign.text("main"), gone.text("main"));
    eve.post(&format!("{place}/stop"), &[("words", "no")]).await.is(404);
    eve.get("/experiments").await.is(200).does_not_see("Standard quotes");
    callum.get("/experiments/nonsense").await.is(404);
}

#[tokio::test]
async fn verbs_of_somebody_else_and_of_another_state_change_nothing() {
    let FieldNorth { callum, priya, tomas, app, .. } = FieldNorth::new().await;
    let place = drafted(&callum, &PLAN).await;
    let before = app.count("SELECT COUNT(*) FROM throw").await;
    priya
        .post(&format!("{place}/readiness"), &GREEN)
        .await
        .is(403)
        .sees("Only the owner of the experiment can do this.");
    tomas.post(&format!("{place}/start"), &[("", "")]).await.is(403);
    tomas.post(&format!("{place}/safety-answer"), &[("answer", "clear")]).await.is(422);
    callum.post(&format!("{place}/safety-answer"), &[("answer", "clear")]).await.is(403);
    let refused = priya.post(&format!("{place}/stop"), &[("words", "it does harm")]).await.is(422);
    refused.sees("still being written").sees("What you wrote:").sees("it does harm");
    callum.post(&format!("{place}/decision"), &[("decision", "adopt"), ("learned", "much")]).await.is(422);
    callum.post(&format!("{place}/start"), &[("", "")]).await.is(422).sees("First it has to be safe to try.");
    assert_eq!(app.count("SELECT COUNT(*) FROM throw").await, before);
    assert_eq!(app.count("SELECT COUNT(*) FROM experiment WHERE state = 'drafting'").await, 1);
}

#[tokio::test]
async fn the_enabler_objects_only_with_what_would_make_it_safe() {
    let FieldNorth { callum, tomas, app: _app, .. } = FieldNorth::new().await;
    let place = drafted(&callum, &PLAN).await;
    callum.opens(&place).says("It touches prices.").sends("Ask Tomas Berg").await.goes_to(&place);
    tomas
        .get(&place)
        .await
        .sees("Is there a reason it would do harm")
        .sees("Say whether trying it would do harm by Thu 10:00");
    let half = [("answer", "object"), ("words", "old prices could be quoted")];
    let refused = tomas.opens(&place).fills(&half).sends("Answer").await.is(422);
    assert!(refused.text("#safety-answer-field-safe-error").contains("what would make it safe"));
    assert_eq!(refused.value("words"), "old prices could be quoted");
    tomas.on(&refused).fills(&[("safe", "print the last valid day")]).sends("Answer").await.goes_to(&place);
    callum.get(&place).await.sees("It would be safe if: print the last valid day").sees("Draft your experiment by");
    callum.opens(&place).says("").sends("Ask Tomas Berg").await.goes_to(&place);
    tomas.opens(&place).fills(&[("answer", "clear")]).sends("Answer").await.goes_to(&place);
    callum.opens(&place).sends("Start the experiment").await.goes_to(&place);
}

#[tokio::test]
async fn whether_it_is_safe_is_said_by_whoever_stands_in_for_the_enabler() {
    let FieldNorth { callum, priya, tomas, app: _app, .. } = FieldNorth::new().await;
    let deputy = priya.id.to_string();
    let away = [("from", "2026-03-03"), ("to", "2026-03-06"), ("deputy", deputy.as_str())];
    tomas.opens("/absences/new").fills(&away).sends("Write it down").await.goes_to("/absences");
    let place = drafted(&callum, &PLAN).await;
    callum.opens(&place).says("It touches prices.").sends("Ask Tomas Berg").await.goes_to(&place);
    priya.get(&place).await.sees("Is there a reason it would do harm").sees("For Tomas Berg");
    priya.opens(&place).fills(&[("answer", "clear")]).sends("Answer").await.goes_to(&place);
    callum.opens(&place).sends("Start the experiment").await.goes_to(&place);
}

#[tokio::test]
async fn the_green_lane_takes_all_eight_conditions_and_four_weeks() {
    let FieldNorth { callum, app: _app, .. } = FieldNorth::new().await;
    let place = drafted(&callum, &PLAN).await;
    let refused = callum.opens(&place).fills(&GREEN[..7]).sends("All of it holds").await.is(422);
    assert_eq!(refused.texts("#readiness-field-hours-error").len(), 1);
    let long = drafted(&callum, &with("ends_on", "2026-04-10")).await;
    let refused = callum.opens(&long).fills(&GREEN).sends("All of it holds").await.is(422);
    assert!(refused.text("#field-ends_on-error").contains("four weeks are the most"));
}

#[tokio::test]
async fn anybody_in_the_team_can_stop_it_and_says_why() {
    let FieldNorth { callum, priya, app: _app, .. } = FieldNorth::new().await;
    let place = running(&callum).await;
    let filled = priya.opens(&place).says(" ");
    filled.sends("Stop the experiment").await.is(422).sees("Say what happened that makes you stop.");
    priya.opens(&place).says("Two quotes went out below list.").sends("Stop the experiment").await.goes_to(&place);
    callum.get(&place).await.sees("Priya Nair stopped it early").sees("Write what happened and what you learned by");
    callum.opens(&place).fills(&[("happened", "We stopped in week one.")]).sends("Write it down").await.goes_to(&place);
    callum.get(&place).await.sees("Decide with your team");
}

#[tokio::test]
async fn it_is_studied_from_its_last_day_on_and_not_before() {
    let FieldNorth { callum, app, .. } = FieldNorth::new().await;
    let place = running(&callum).await;
    let study = format!("{place}/study");
    let early = callum.post(&study, &[("happened", "It works.")]).await.is(422);
    early.sees("This experiment is running.").sees("It works.");
    app.clock.forward(TimeDelta::days(17));
    let filled = callum.opens(&place).fills(&[("happened", "Nine hours instead of fifty.")]);
    filled.sends("Write it down").await.goes_to(&place);
    callum.get(&place).await.sees("The clock reached its last day").sees("Nine hours instead of fifty.");
}

#[tokio::test]
async fn a_decision_takes_one_sentence_of_learning() {
    let north = FieldNorth::new().await;
    let place = studied(&north).await;
    let decision = format!("{place}/decision");
    let refused =
        north.callum.opens(&place).fills(&[("decision", "abandon"), ("learned", "")]).sends("Decide").await.is(422);
    refused.sees("Say in one sentence what you learned.");
    north
        .callum
        .post(&decision, &[("decision", ""), ("learned", "The sheet works.")])
        .await
        .is(422)
        .sees("Choose one of the three.");
    let learned = [("decision", "abandon"), ("learned", "A form cannot know what nobody has asked.")];
    north.callum.opens(&place).fills(&learned).sends("Decide").await.goes_to(&place);
    north.priya.get("/experiments").await.sees("What we learned").sees("A form cannot know what nobody has asked.");
    let mut tx = north.app.app.read().await.unwrap();
    let team = tx.ask(catchball::experiments::store::of_team(north.team)).await.unwrap();
    assert_eq!(team.learning.as_deref(), Some("A form cannot know what nobody has asked."));
    north.priya.get(&place).await.sees("Callum Reid abandoned it and learned");
}

#[tokio::test]
async fn adapting_opens_the_next_cycle_with_the_same_words() {
    let north = FieldNorth::new().await;
    let place = studied(&north).await;
    let learned = [("decision", "adapt"), ("learned", "Once a day is not enough.")];
    let next = north.callum.opens(&place).fills(&learned).sends("Decide").await.location();
    let page = north.callum.get(&next).await.is(200);
    assert_eq!(page.value("stop_rule"), "one quote goes out below list by mistake");
    assert_eq!(page.value("starts_on"), "");
    let next = next.trim_end_matches("/edit");
    north.callum.get(next).await.sees("The cycle before");
    assert!(north.callum.get(&place).await.attributes("main a", "href").contains(&next.to_owned()));
}

#[tokio::test]
async fn it_is_taken_back_before_the_start_and_not_after() {
    let FieldNorth { callum, app: _app, .. } = FieldNorth::new().await;
    let place = drafted(&callum, &PLAN).await;
    callum.opens(&place).says("").sends("Take it back").await.is(422);
    callum.opens(&place).says("No time before spring.").sends("Take it back").await.goes_to(&place);
    callum.get(&place).await.sees("not started").sees("No time before spring.");
    let place = running(&callum).await;
    callum.post(&format!("{place}/withdrawal"), &[("words", "No time.")]).await.is(422);
}
