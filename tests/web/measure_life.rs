//! The life of a measure: who has its ball, what its values do by themselves, what clocks do, and what stays nameless.

use crate::support::FieldNorth;
use crate::support::measured::{Measured, STEADY, hours};
use catchball::measures::Definition;
use chrono::{DateTime, TimeDelta, Utc};

/// When its ball is due.
async fn due(stage: &Measured) -> DateTime<Utc> {
    let mut tx = stage.app.app.read().await.unwrap();
    let due = tx.query_as("SELECT due_at FROM ball WHERE subject_id = $1").bind(stage.id.0);
    let (due,): (DateTime<Utc>,) = due.one().await.unwrap();
    due
}

#[tokio::test]
async fn the_next_number_is_due_two_working_days_after_its_week() {
    let stage = Measured::steady().await;
    assert_eq!(stage.state().await, "live, Callum Reid, value");
    // The week of 2 March ends on Sunday night; Tuesday at 17:00 both days are over.
    assert_eq!(due(&stage).await.to_rfc3339(), "2026-03-10T17:00:00+00:00");
    stage.callum.get("/").await.sees("Quote turnaround").sees("next number from Mon");
    stage.enters("10").await;
    assert_eq!(due(&stage).await.to_rfc3339(), "2026-03-17T17:00:00+00:00");
}

#[tokio::test]
async fn six_values_draw_limits() {
    let stage = Measured::new().await;
    stage.app.values(stage.id, &stage.callum, &STEADY[..5]).await;
    assert_eq!(stage.state().await, "baseline, Callum Reid, value");
    stage.enters("10").await;
    assert_eq!(stage.state().await, "live, Callum Reid, value");
}

#[tokio::test]
async fn an_idea_that_points_to_a_measure_stands_on_its_chart_and_below_it() {
    let stage = Measured::steady().await;
    let idea = [("hurt", "The price sheet is old"), ("measure", &stage.id.to_string())];
    stage.priya.throws(&idea).await.is(303);
    stage.enters("10").await;
    let page = stage.callum.get(&stage.path).await.sees("Idea: The price sheet is old");
    assert!(!page.text("main").contains("Nothing is being tried here"));
}

#[tokio::test]
async fn two_missing_weeks_go_to_the_leader_even_after_a_long_standstill() {
    let stage = Measured::steady().await;
    stage.passes(13).await;
    assert_eq!(stage.state().await, "live, Callum Reid, value");
    stage.callum.get("/").await.sees("Needs a hand");
    stage.passes(30).await;
    assert_eq!(stage.state().await, "stale, Tomas Berg, decide");
    let throws = stage.app.count("SELECT COUNT(*) FROM throw").await;
    stage.turn().await;
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM throw").await, throws, "turned twice, thrown once");
    stage.posts(&stage.callum, "continuation", &[("words", "")]).await.is(403);
    stage.posts(&stage.tomas, "continuation", &[("words", "")]).await.is(303);
    assert_eq!(stage.state().await, "live, Callum Reid, value");
    stage.passes(1).await;
    assert_eq!(stage.state().await, "live, Callum Reid, value", "the silence before the answer is not counted again");
    stage.passes(21).await;
    assert_eq!(stage.state().await, "stale, Tomas Berg, decide", "a new silence is");
}

#[tokio::test]
async fn a_number_brings_a_silent_measure_back() {
    let stage = Measured::steady().await;
    stage.passes(40).await;
    stage.enters("10").await;
    assert_eq!(stage.state().await, "live, Callum Reid, value");
}

#[tokio::test]
async fn a_pause_ends_by_itself_on_its_day() {
    let stage = Measured::steady().await;
    for (until, words) in
        [("2026-03-03", "not in the future"), ("2030-01-01", "a year at most"), ("", "Choose the day")]
    {
        let filled = stage.callum.opens(&stage.path).fills(&[("until", until), ("words", "Stocktaking")]);
        filled.sends("Pause it").await.is(422).sees(words);
    }
    let filled = stage.callum.opens(&stage.path).fills(&[("until", "2026-03-20"), ("words", "Stocktaking")]);
    filled.sends("Pause it").await.is(303);
    assert_eq!(stage.state().await, "paused, Callum Reid, wake");
    stage.posts(&stage.callum, "values", &[("value", "3")]).await.is(422).sees("This measure is paused.");
    stage.passes(16).await;
    assert_eq!(stage.state().await, "paused, Callum Reid, wake");
    stage.passes(1).await;
    assert_eq!(stage.state().await, "live, Callum Reid, value");
    stage.passes(1).await;
    assert_eq!(stage.state().await, "live, Callum Reid, value", "nobody owes the numbers of the pause");
}

#[tokio::test]
async fn once_a_year_it_is_asked_whether_it_is_worth_its_minutes() {
    let stage = Measured::steady().await;
    let mut week = stage.app.now();
    while week < "2027-03-01T10:00:00Z".parse::<DateTime<Utc>>().unwrap() {
        stage.app.clock.set(week);
        stage.sign_in().await;
        stage.enters("10").await;
        week += TimeDelta::days(7);
    }
    stage.passes(8).await;
    assert_eq!(stage.state().await, "live, Callum Reid, worth");
    stage.callum.get(&stage.path).await.sees("Still worth 5 minutes a week?");
    stage.enters("10").await;
    assert_eq!(stage.state().await, "live, Callum Reid, worth", "a number does not answer it");
    stage.posts(&stage.callum, "affirmation", &[("words", "")]).await.is(303);
    assert_eq!(stage.state().await, "live, Callum Reid, value");
    stage.callum.get(&stage.path).await.does_not_see("Still worth");
    stage.posts(&stage.tomas, "retirement", &[("words", "")]).await.is(422).sees("Say why nobody needs it");
    stage.posts(&stage.tomas, "retirement", &[("words", "Everybody knows now.")]).await.is(303);
    assert_eq!(stage.state().await, "retired, nobody, nothing");
    stage.priya.get(&stage.path).await.is(200).sees("retired");
    let page = stage.priya.get("/measures").await.is(200).sees("No longer kept").sees("Quote turnaround, ");
    assert_eq!(page.text("h1"), "No measures yet", "what is over is not counted");
    assert_eq!(page.texts(".measure-small").len(), 0, "and not drawn");
}

#[tokio::test]
async fn a_wish_for_a_measure_finds_a_keeper_or_a_reason() {
    let stage = FieldNorth::new().await;
    let wish = [("name", "First answer"), ("question", "Does a customer hear from us the same day?")];
    let filled = stage.priya.opens("/measures/proposals/new").fills(&wish[..1]);
    filled.sends("Throw it").await.is(422).sees("Write the question");
    let path = stage.priya.opens("/measures/proposals/new").fills(&wish).sends("Throw it").await.location();
    let stage = Measured::at(stage, path);
    assert_eq!(stage.state().await, "proposed, Tomas Berg, keeper");
    stage.posts(&stage.priya, "keeper", &[("keeper", &stage.callum.id.to_string())]).await.is(403);
    stage.posts(&stage.tomas, "keeper", &[("keeper", "")]).await.is(422).sees("Choose who keeps it.");
    stage.posts(&stage.tomas, "keeper", &[("keeper", &stage.callum.id.to_string())]).await.is(303);
    assert_eq!(stage.state().await, "defining, Callum Reid, define");
    let page = stage.callum.get(&stage.path).await.sees("The definition still needs how we count it");
    page.sees("what it will not be used for");
    stage.posts(&stage.callum, "beginning", &[("words", "now")]).await.is(422).sees("Before it can begin");
    let other = stage.priya.post("/measures/proposals", &wish).await.location();
    let other_team = stage.app.team("Field South").await;
    let outsider = stage.app.rep("Olga", other_team).await.id.to_string();
    let found = stage.tomas.post(&format!("{other}/keeper"), &[("keeper", outsider.as_str())]).await;
    found.is(422).sees("The keeper is somebody of the team.");
    stage.tomas.post(&format!("{other}/refusal"), &[("words", "We ask this already.")]).await.is(303);
    stage.priya.get(&other).await.sees("declined").sees("We ask this already.");
}

#[tokio::test]
async fn two_people_count_the_same_five_cases_without_seeing_each_other() {
    let stage = FieldNorth::new().await;
    let form = [
        ("team", stage.team.to_string()),
        ("keeper", stage.callum.id.to_string()),
        ("kind", "duration".into()),
        ("cadence", "week".into()),
        ("name", "Quote turnaround".into()),
        ("question", "How long?".into()),
        ("how_counted", "Working hours".into()),
        ("unit", "hours".into()),
        ("better", "lower".into()),
        ("source", "Quote register".into()),
        ("not_used_for", "Comparing people.".into()),
        ("cost_minutes", "10".into()),
    ];
    let path = stage.tomas.opens("/measures/new").fills(&form).sends("Write it down").await.location();
    let stage = Measured::at(stage, path);
    assert_eq!(stage.state().await, "defining, Callum Reid, define");
    stage.posts(&stage.callum, "values", &[("value", "3")]).await.is(422).sees("still being defined");
    stage.posts(&stage.callum, "beginning", &[("words", "")]).await.is(422).sees("Let two people count");
    let counts = ["12", "9,5", "20", "8", "14"];
    let first = |number: usize| {
        let label = [("label-1", "A1"), ("label-2", "A2"), ("label-3", "A3"), ("label-4", "A4"), ("label-5", "A5")];
        let count = ["count-1", "count-2", "count-3", "count-4", "count-5"];
        [label[number], (count[number], counts[number])]
    };
    let all: Vec<_> = (0..5).flat_map(first).collect();
    let page = stage.callum.get(&format!("{}/agreement", stage.path)).await;
    let asked = page.attributes("form .case input", "name");
    assert_eq!(asked, all.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>());
    stage.posts(&stage.callum, "agreement", &all[..9]).await.is(422).sees("Write what you counted.");
    // A double click counts once, also where what the first one did stands in the way of the second.
    let key = ("key", "0191d0f0-0000-7000-8000-000000000021");
    let clicked: Vec<_> = all.iter().copied().chain([key]).collect();
    let agreement = format!("{}/agreement", stage.path);
    for _ in 0..2 {
        stage.callum.post(&agreement, &clicked).await.is(303);
    }
    stage.callum.get(&format!("{}/agreement", stage.path)).await.sees("You have counted.");
    stage.posts(&stage.callum, "agreement", &all).await.is(422);
    stage.priya.get(&format!("{}/agreement", stage.path)).await.sees("A3").does_not_see("9,5");
    let second = [("count-1", "12.0"), ("count-2", "9.5"), ("count-3", "21"), ("count-4", "8"), ("count-5", "15")];
    let key = ("key", "0191d0f0-0000-7000-8000-000000000022");
    let clicked: Vec<_> = second.iter().copied().chain([key]).collect();
    for _ in 0..2 {
        stage.priya.post(&agreement, &clicked).await.is(303);
    }
    let page = stage.priya.get(&format!("{}/agreement", stage.path)).await;
    page.sees("Callum Reid and Priya Nair got the same in 3 of 5");
    stage.callum.get(&stage.path).await.sees("got the same in 3.");
    stage.posts(&stage.callum, "beginning", &[("words", "")]).await.is(422);
    stage.posts(&stage.callum, "beginning", &[("words", "We talked the two cases through.")]).await.is(303);
    assert_eq!(stage.state().await, "baseline, Callum Reid, value");
}

#[tokio::test]
async fn another_way_to_count_is_a_new_version_with_limits_of_its_own() {
    let stage = Measured::steady().await;
    let change = |how: &'static str, from: &'static str| {
        [("how_counted", how), ("words", "Weekends were counted."), ("from", from)]
    };
    let same = change("Working hours from question to answer.", "2026-01-12");
    let filled = stage.callum.opens(&stage.below("redefinition/new")).fills(&same);
    filled.sends("Write it down").await.is(422).sees("Write the new way.");
    stage.posts(&stage.priya, "redefinition", &change("Hours", "2026-01-12")).await.is(403);
    stage
        .callum
        .opens(&stage.below("redefinition/new"))
        .fills(&change("Hours on working days", "2026-01-14"))
        .sends("Write it down")
        .await
        .is(303);
    assert_eq!(stage.state().await, "redefining, Callum Reid, define");
    stage.enters("10").await;
    let page = stage.priya.get(&stage.path).await.sees("Hours on working days").does_not_see("New definition:");
    assert!(page.text("h1").starts_with("About 10.0 hours; no signal"), "{}", page.text("h1"));
    stage.posts(&stage.callum, "beginning", &[("words", "Tried last week.")]).await.is(303);
    let page = stage.priya.get(&stage.path).await.sees("Version 2.").sees("Counted before like this");
    assert!(page.text("h1").contains("limits from 8 values may still move"), "{}", page.text("h1"));
    assert!(page.text(".chart").contains("New definition: Weekends"), "{}", page.text(".chart"));
    stage.posts(&stage.callum, "redefinition", &change("Another", "2026-02-02")).await.is(303);
    stage.posts(&stage.callum, "redefinition/removal", &[("words", "")]).await.is(303);
    assert_eq!(stage.state().await, "live, Callum Reid, value");
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM measure_version").await, 2);
}

#[tokio::test]
async fn what_was_counted_stays_and_what_was_promised_stays() {
    let stage = Measured::steady().await;
    let page = stage.callum.get(&format!("{}/edit", stage.path)).await.is(200);
    assert_eq!(page.texts("textarea[name=how_counted]").len(), 0);
    let (key, version) = (page.value("key"), page.value("version"));
    let form = |not_used_for: &'static str, key: &str| {
        let fields = [
            ("key", key.to_owned()),
            ("version", version.clone()),
            ("name", "Quote time".into()),
            ("question", "How long?".into()),
            ("how_counted", "As I like".into()),
            ("better", "lower".into()),
            ("keeper", stage.priya.id.to_string()),
            ("source", "Register".into()),
            ("not_used_for", not_used_for.into()),
            ("cost_minutes", "3".into()),
        ];
        fields.to_vec()
    };
    let weaker = stage.callum.post(&stage.path, &form("Nothing", &key)).await.is(422);
    weaker.sees("What was promised stays first. You can add to it below.");
    stage.callum.post(&stage.path, &form("Judging people, and no bonus either", &key)).await.is(303);
    stage.callum.post(&stage.path, &form("Judging people, and no bonus either", &key)).await.is(303);
    assert_eq!(stage.state().await, "live, Priya Nair, value");
    let page = stage.callum.get(&stage.path).await.sees("Working hours from question to answer.");
    page.does_not_see("As I like").sees("no bonus either");
    let outdated = uuid_key();
    stage.tomas.post(&stage.path, &form("Judging people, and no bonus either", &outdated)).await.is(409);
}

fn uuid_key() -> String {
    "6f2c1de0-4c3b-4a55-9d5e-0d3c5a1e7b11".to_owned()
}

#[tokio::test]
async fn a_value_left_out_stays_visible_and_can_count_again() {
    let stage = Measured::steady().await;
    stage.enters("30").await;
    let filled = stage.callum.opens(&stage.path).fills(&[("period", "2026-03-02")]);
    filled.sends("Leave it out").await.is(422).sees("Say why this value");
    let words = [("period", "2026-03-02"), ("words", "A trade fair")];
    stage.posts(&stage.priya, "exclusions", &words).await.is(403);
    stage.callum.opens(&stage.path).fills(&words).sends("Leave it out").await.is(303);
    stage.callum.opens(&stage.path).fills(&words).sends("Leave it out").await.is(422).sees("left out already");
    let page = stage.priya.get(&stage.path).await.sees("left out");
    assert_eq!(page.texts(".chart-excluded[data-point]").len(), 2, "hollow in both sizes");
    stage.callum.opens(&stage.path).sends("Count it again: 2 Mar").await.is(303);
    let page = stage.priya.get(&stage.path).await;
    assert_eq!(page.texts(".chart-excluded[data-point]").len(), 0);
    let none = [("period", "2020-01-06"), ("words", "x")];
    stage.posts(&stage.callum, "exclusions", &none).await.is(422).sees("no value to leave out");
}

#[tokio::test]
async fn anybody_of_the_team_writes_notes_and_takes_back_their_own() {
    let stage = Measured::steady().await;
    let note = [("period", "2026-02-23"), ("kind", "event"), ("words", "Kestrel launched on Monday")];
    let helper = stage.app.director("Helen").await;
    helper.post(&format!("{}/notes", stage.path), &note).await.is(404);
    stage.app.coach("Ines").await.post(&format!("{}/notes", stage.path), &note).await.is(403);
    stage.priya.opens(&stage.path).fills(&note[..2]).sends("Write it down").await.is(422).sees("Write what you know.");
    stage.priya.opens(&stage.path).fills(&note).sends("Write it down").await.is(303);
    let said = [("period", "2026-02-23"), ("kind", "customer"), ("words", "Two days is fine.")];
    stage.priya.opens(&stage.path).fills(&said).sends("Write it down").await.is(303);
    let page = stage.callum.get(&stage.path).await.sees("Kestrel launched on Monday").sees("Customers say");
    assert!(page.text(".voices").contains("Two days is fine."), "{}", page.text(".voices"));
    assert_eq!(page.texts("form[action$='/notes/removal']").len(), 0, "only one's own");
    let note = stage.priya.get(&stage.path).await.value("note");
    stage.posts(&stage.callum, "notes/removal", &[("note", &note)]).await.is(403);
    stage.priya.opens(&stage.path).sends("Take it back: Kestrel launched on Monday").await.is(303);
    stage.callum.get(&stage.path).await.does_not_see("Kestrel launched");
}

#[tokio::test]
async fn a_measure_can_be_taken_every_working_day_or_every_month() {
    use catchball::spc::Cadence;
    let stage = FieldNorth::new().await;
    for (cadence, first, next, label) in [
        (Cadence::WorkingDay, "2026-03-03", "2026-03-02", "Today’s number"),
        (Cadence::Month, "2026-03-01", "2026-02-01", "This month’s number"),
    ] {
        let definition = Definition { cadence, ..hours(stage.callum.id, "Calls returned") };
        let id = stage.app.measure_as(stage.team, &stage.callum, definition).await;
        let path = format!("/measures/{id}");
        let page = stage.callum.get(&path).await.sees(label);
        assert_eq!(page.value("period"), first);
        let options = page.attributes("#field-period option", "value");
        assert_eq!(options[1], next);
        stage
            .callum
            .post(&format!("{path}/values"), &[("period", "2026-02-28"), ("value", "3")])
            .await
            .is(if cadence == Cadence::Month { 303 } else { 422 });
    }
}
