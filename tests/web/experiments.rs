//! Experiments from outside: from a draft to a decision, and everything that is refused on the way.

mod beside;

use crate::support::{TestApp, Visitor};
use catchball::ids::TeamId;
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

struct Field {
    app: TestApp,
    team: TeamId,
    ada: Visitor,
    ben: Visitor,
    tom: Visitor,
}

async fn field() -> Field {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let (ada, ben) = (app.rep("Ada", team).await, app.rep("Ben", team).await);
    let tom = app.leader("Tomas", team).await;
    Field { app, team, ada, ben, tom }
}

fn without(left_out: &str) -> Vec<(&'static str, &'static str)> {
    PLAN.into_iter().filter(|(name, _)| *name != left_out).collect()
}

fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut plan = without(name);
    plan.push((name, value));
    plan
}

async fn drafted(ada: &Visitor, plan: &[(&str, &str)]) -> String {
    ada.post("/experiments", plan).await.location()
}

async fn running_with(ada: &Visitor, plan: &[(&str, &str)]) -> String {
    let place = drafted(ada, plan).await;
    ada.post(&format!("{place}/readiness"), &GREEN).await.goes_to(&place);
    ada.post(&format!("{place}/start"), &[("", "")]).await.goes_to(&place);
    place
}

async fn running(ada: &Visitor) -> String {
    running_with(ada, &PLAN).await
}

async fn studied(field: &Field) -> String {
    let place = running(&field.ada).await;
    field.app.clock.forward(TimeDelta::days(18));
    field.ada.post(&format!("{place}/study"), &[("happened", "It took nine hours.")]).await.goes_to(&place);
    place
}

#[tokio::test]
async fn an_experiment_is_drafted_declared_started_and_locked() {
    let Field { ada, app: _app, .. } = field().await;
    let place = drafted(&ada, &PLAN).await;
    ada.get(&place)
        .await
        .is(200)
        .sees("We believe that Quoting the twelve most asked pumps")
        .sees("We stop early if one quote");
    ada.post(&format!("{place}/readiness"), &GREEN).await.goes_to(&place);
    ada.post(&format!("{place}/start"), &[("", "")]).await.goes_to(&place);
    ada.get(&place).await.sees("Locked on Tuesday 3 March 2026").sees("started it; the prediction is locked");
    ada.get("/experiments").await.sees("Running").sees("Standard quotes").sees("weekly line by");
}

#[tokio::test]
async fn a_running_experiment_is_never_written_anew() {
    let Field { ada, app: _app, .. } = field().await;
    let place = running(&ada).await;
    let mut changed = with("doing", "Something easier");
    changed.push(("version", "3"));
    let refused = ada.post(&place, &changed).await.is(422);
    refused.sees("What was written before the start is locked.").sees("What you wrote:").sees("Something easier");
    ada.get(&place).await.does_not_see("Something easier");
    ada.get(&format!("{place}/edit")).await.is(409);
}

#[tokio::test]
async fn nothing_starts_without_a_stop_rule_and_the_rest() {
    for field_name in
        ["doing", "expectation", "starts_on", "ends_on", "stop_rule", "must_not_worsen", "benefit", "keep_plan"]
    {
        let Field { ada, app, .. } = field().await;
        let place = drafted(&ada, &without(field_name)).await;
        for noun in ["start", "readiness", "safety-question"] {
            let refused = ada.post(&format!("{place}/{noun}"), &GREEN).await.is(422);
            assert_eq!(refused.texts(&format!("#field-{field_name}-error")).len(), 1, "{noun} without {field_name}");
        }
        assert_eq!(app.count("SELECT COUNT(*) FROM experiment WHERE state = 'drafting'").await, 1);
        assert_eq!(app.count("SELECT COUNT(*) FROM throw").await, 1, "nothing was thrown but the draft");
    }
}

#[tokio::test]
async fn a_refused_draft_keeps_every_word() {
    let Field { ada, app, .. } = field().await;
    let mut plan = with("ends_on", "2026-02-01");
    plan.retain(|(name, _)| *name != "name");
    let refused = ada.post("/experiments", &plan).await.is(422);
    refused.sees("Not sent yet. Your text is kept.");
    let refused = ada.post("/experiments", &plan).await.is(422);
    assert_eq!(refused.value("stop_rule"), "one quote goes out below list by mistake");
    assert_eq!(refused.value("ends_on"), "2026-02-01");
    assert!(refused.text("#field-ends_on-error").contains("before the first day"));
    assert_eq!(app.count("SELECT COUNT(*) FROM experiment").await, 0);
}

#[tokio::test]
async fn a_double_click_makes_one_experiment_and_one_line() {
    let Field { ada, app, .. } = field().await;
    let mut plan = PLAN.to_vec();
    plan.push(("key", "0195e000-0000-7000-8000-000000000001"));
    let (one, two) = tokio::join!(ada.post("/experiments", &plan), ada.post("/experiments", &plan));
    assert_eq!(one.location(), two.location());
    assert_eq!(app.count("SELECT COUNT(*) FROM experiment").await, 1);
    let place = one.location();
    ada.post(&format!("{place}/readiness"), &GREEN).await.goes_to(&place);
    ada.post(&format!("{place}/start"), &[("", "")]).await.goes_to(&place);
    let line = [("key", "0195e000-0000-7000-8000-000000000002"), ("as_planned", "yes"), ("line", "9 quotes")];
    let lines = format!("{place}/lines");
    let (one, two) = tokio::join!(ada.post(&lines, &line), ada.post(&lines, &line));
    assert_eq!((one.location(), two.location()), (place.clone(), place));
    assert_eq!(app.count("SELECT COUNT(*) FROM weekly_line").await, 1);
}

#[tokio::test]
async fn a_week_has_one_line_and_the_next_week_another() {
    let Field { ada, app, .. } = field().await;
    let place = running(&ada).await;
    let lines = format!("{place}/lines");
    ada.post(&lines, &[("line", "9 quotes")]).await.is(422).sees("Say whether it was done as planned.");
    ada.post(&lines, &[("as_planned", "yes"), ("line", "9 quotes from the sheet")]).await.goes_to(&place);
    let again = ada.post(&lines, &[("as_planned", "no"), ("line", "and one more")]).await.is(422);
    again.sees("This week has its line already.").sees("and one more");
    app.clock.forward(TimeDelta::days(7));
    ada.post(&lines, &[("as_planned", "no"), ("line", "one customer had a special price")]).await.goes_to(&place);
    ada.get(&place).await.sees("week of 2 Mar · as planned").sees("week of 9 Mar · not as planned");
}

#[tokio::test]
async fn two_people_who_change_the_same_draft_see_both_versions() {
    let Field { ada, app: _app, .. } = field().await;
    let place = drafted(&ada, &PLAN).await;
    let mut first = with("doing", "Quoting ten pumps");
    first.push(("version", "1"));
    ada.post(&place, &first).await.goes_to(&place);
    let mut second = with("doing", "Quoting fifteen pumps");
    second.push(("version", "1"));
    let conflict = ada.post(&place, &second).await.is(409).sees("Somebody was first").sees("Quoting ten pumps");
    assert_eq!(conflict.value("doing"), "Quoting fifteen pumps");
    second.retain(|(name, _)| *name != "version");
    let version = conflict.value("version");
    second.push(("version", version.as_str()));
    ada.post(&place, &second).await.goes_to(&place);
    ada.get(&place).await.sees("Quoting fifteen pumps");
}

#[tokio::test]
async fn saving_a_draft_again_starts_no_new_clock() {
    let Field { ada, app, .. } = field().await;
    let place = drafted(&ada, &PLAN).await;
    app.clock.forward(TimeDelta::days(1));
    let mut changed = with("doing", "Quoting ten pumps");
    changed.push(("version", "1"));
    ada.post(&place, &changed).await.goes_to(&place);
    let as_before = "SELECT COUNT(*) FROM ball JOIN throw ON throw.subject_id = ball.subject_id
                     WHERE throw.number = 1 AND ball.since = throw.at AND ball.due_at = throw.due_at";
    assert_eq!((app.count(as_before).await, app.count("SELECT COUNT(*) FROM throw").await), (1, 2));
}

#[tokio::test]
async fn foreign_and_missing_experiments_are_the_same() {
    let Field { ada, app, .. } = field().await;
    let place = drafted(&ada, &PLAN).await;
    let other = app.team("Partner").await;
    let eve = app.rep("Eve", other).await;
    let missing = "/experiments/0195e000-0000-7000-8000-00000000dead";
    let (foreign, gone) = (eve.get(&place).await.is(404), eve.get(missing).await.is(404));
    assert_eq!(foreign.text("main"), gone.text("main"));
    eve.post(&format!("{place}/stop"), &[("words", "no")]).await.is(404);
    eve.get("/experiments").await.is(200).does_not_see("Standard quotes");
    ada.get("/experiments/nonsense").await.is(404);
}

#[tokio::test]
async fn verbs_of_somebody_else_and_of_another_state_change_nothing() {
    let Field { ada, ben, tom, app, .. } = field().await;
    let place = drafted(&ada, &PLAN).await;
    let before = app.count("SELECT COUNT(*) FROM throw").await;
    ben.post(&format!("{place}/readiness"), &GREEN).await.is(403).sees("Only the owner of the experiment can do this.");
    tom.post(&format!("{place}/start"), &[("", "")]).await.is(403);
    tom.post(&format!("{place}/safety-answer"), &[("answer", "clear")]).await.is(422);
    ada.post(&format!("{place}/safety-answer"), &[("answer", "clear")]).await.is(403);
    let refused = ben.post(&format!("{place}/stop"), &[("words", "it does harm")]).await.is(422);
    refused.sees("still being written").sees("What you wrote:").sees("it does harm");
    ada.post(&format!("{place}/decision"), &[("decision", "adopt"), ("learned", "much")]).await.is(422);
    ada.post(&format!("{place}/start"), &[("", "")]).await.is(422).sees("First it has to be safe to try.");
    assert_eq!(app.count("SELECT COUNT(*) FROM throw").await, before);
    assert_eq!(app.count("SELECT COUNT(*) FROM experiment WHERE state = 'drafting'").await, 1);
}

#[tokio::test]
async fn the_enabler_objects_only_with_what_would_make_it_safe() {
    let Field { ada, tom, app: _app, .. } = field().await;
    let place = drafted(&ada, &PLAN).await;
    ada.post(&format!("{place}/safety-question"), &[("words", "It touches prices.")]).await.goes_to(&place);
    tom.get(&place).await.sees("Is there a reason it would do harm").sees("safe to try by Thu 10:00");
    let answer = format!("{place}/safety-answer");
    let refused = tom.post(&answer, &[("answer", "object"), ("words", "old prices could be quoted")]).await.is(422);
    assert!(refused.text("#safety-answer-field-safe-error").contains("what would make it safe"));
    assert_eq!(refused.value("words"), "old prices could be quoted");
    let whole = [("answer", "object"), ("words", "old prices could be quoted"), ("safe", "print the last valid day")];
    tom.post(&answer, &whole).await.goes_to(&place);
    ada.get(&place).await.sees("It would be safe if: print the last valid day").sees("write by");
    ada.post(&format!("{place}/safety-question"), &[("words", "")]).await.goes_to(&place);
    tom.post(&answer, &[("answer", "clear")]).await.goes_to(&place);
    ada.post(&format!("{place}/start"), &[("", "")]).await.goes_to(&place);
}

#[tokio::test]
async fn whether_it_is_safe_is_said_by_whoever_stands_in_for_the_enabler() {
    let Field { ada, ben, tom, app: _app, .. } = field().await;
    let deputy = ben.id.to_string();
    let away = [("from", "2026-03-03"), ("to", "2026-03-06"), ("deputy", deputy.as_str())];
    tom.post("/absences", &away).await.goes_to("/absences");
    let place = drafted(&ada, &PLAN).await;
    ada.post(&format!("{place}/safety-question"), &[("words", "It touches prices.")]).await.goes_to(&place);
    ben.get(&place).await.sees("Is there a reason it would do harm").sees("You for Tom");
    ben.post(&format!("{place}/safety-answer"), &[("answer", "clear")]).await.goes_to(&place);
    ada.post(&format!("{place}/start"), &[("", "")]).await.goes_to(&place);
}

#[tokio::test]
async fn the_green_lane_takes_all_eight_conditions_and_four_weeks() {
    let Field { ada, app: _app, .. } = field().await;
    let place = drafted(&ada, &PLAN).await;
    let refused = ada.post(&format!("{place}/readiness"), &GREEN[..7]).await.is(422);
    assert_eq!(refused.texts("#readiness-field-hours-error").len(), 1);
    let long = drafted(&ada, &with("ends_on", "2026-04-10")).await;
    let refused = ada.post(&format!("{long}/readiness"), &GREEN).await.is(422);
    assert!(refused.text("#field-ends_on-error").contains("four weeks are the most"));
}

#[tokio::test]
async fn anybody_in_the_team_can_stop_it_and_says_why() {
    let Field { ada, ben, app: _app, .. } = field().await;
    let place = running(&ada).await;
    ben.post(&format!("{place}/stop"), &[("words", " ")]).await.is(422).sees("Say what happened that makes you stop.");
    ben.post(&format!("{place}/stop"), &[("words", "Two quotes went out below list.")]).await.goes_to(&place);
    ada.get(&place).await.sees("Ben stopped it early").sees("study by");
    ada.post(&format!("{place}/study"), &[("happened", "We stopped in week one.")]).await.goes_to(&place);
    ada.get(&place).await.sees("Decide with your team");
}

#[tokio::test]
async fn it_is_studied_from_its_last_day_on_and_not_before() {
    let Field { ada, app, .. } = field().await;
    let place = running(&ada).await;
    let study = format!("{place}/study");
    let early = ada.post(&study, &[("happened", "It works.")]).await.is(422);
    early.sees("This experiment is running.").sees("It works.");
    app.clock.forward(TimeDelta::days(17));
    ada.post(&study, &[("happened", "Nine hours instead of fifty.")]).await.goes_to(&place);
    ada.get(&place).await.sees("The clock reached its last day").sees("Nine hours instead of fifty.");
}

#[tokio::test]
async fn a_decision_takes_one_sentence_of_learning() {
    let field = field().await;
    let place = studied(&field).await;
    let decision = format!("{place}/decision");
    let refused = field.ada.post(&decision, &[("decision", "abandon"), ("learned", "")]).await.is(422);
    refused.sees("Say in one sentence what you learned.");
    field
        .ada
        .post(&decision, &[("decision", ""), ("learned", "The sheet works.")])
        .await
        .is(422)
        .sees("Choose one of the three.");
    let learned = [("decision", "abandon"), ("learned", "A form cannot know what nobody has asked.")];
    field.ada.post(&decision, &learned).await.goes_to(&place);
    field.ben.get("/experiments").await.sees("What we learned").sees("A form cannot know what nobody has asked.");
    let mut tx = field.app.app.read().await.unwrap();
    let team = tx.ask(catchball::experiments::store::of_team(field.team)).await.unwrap();
    assert_eq!(team.learning.as_deref(), Some("A form cannot know what nobody has asked."));
    field.ben.get(&place).await.sees("Ada abandoned it and learned");
}

#[tokio::test]
async fn adapting_opens_the_next_cycle_with_the_same_words() {
    let field = field().await;
    let place = studied(&field).await;
    let learned = [("decision", "adapt"), ("learned", "Once a day is not enough.")];
    let next = field.ada.post(&format!("{place}/decision"), &learned).await.location();
    let page = field.ada.get(&next).await.is(200);
    assert_eq!(page.value("stop_rule"), "one quote goes out below list by mistake");
    assert_eq!(page.value("starts_on"), "");
    let next = next.trim_end_matches("/edit");
    field.ada.get(next).await.sees("The cycle before");
    assert!(field.ada.get(&place).await.attributes("main a", "href").contains(&next.to_owned()));
}

#[tokio::test]
async fn it_is_taken_back_before_the_start_and_not_after() {
    let Field { ada, app: _app, .. } = field().await;
    let place = drafted(&ada, &PLAN).await;
    ada.post(&format!("{place}/withdrawal"), &[("words", "")]).await.is(422);
    ada.post(&format!("{place}/withdrawal"), &[("words", "No time before spring.")]).await.goes_to(&place);
    ada.get(&place).await.sees("not started").sees("No time before spring.");
    let place = running(&ada).await;
    ada.post(&format!("{place}/withdrawal"), &[("words", "No time.")]).await.is(422);
}
