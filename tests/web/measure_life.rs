//! The life of a measure: who has its ball, what its values do by themselves, what clocks do, and what stays nameless.

use crate::support::{Answer, TestApp, Visitor, hours};
use catchball::clockwork;
use catchball::ids::{MeasureId, TeamId};
use catchball::measures::{Definition, Kind};
use catchball::people::session;
use chrono::{DateTime, TimeDelta, Utc};

/// Twenty steady weeks around ten.
const STEADY: [f64; 20] =
    [11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0];

struct Stage {
    app: TestApp,
    team: TeamId,
    tomas: Visitor,
    callum: Visitor,
    priya: Visitor,
    id: MeasureId,
    path: String,
}

impl Stage {
    /// A measure that takes values, kept by Callum.
    async fn new() -> Self {
        let stage = Self::before().await;
        let id = stage.app.measure(stage.team, &stage.callum, "Quote turnaround").await;
        Self { id, path: format!("/measures/{id}"), ..stage }
    }

    /// A measure with twenty steady weeks behind it.
    async fn steady() -> Self {
        let stage = Self::new().await;
        stage.app.values(stage.id, &stage.callum, &STEADY).await;
        stage
    }

    /// A team without a measure.
    async fn before() -> Self {
        let app = TestApp::new().await;
        let team = app.team("Field North").await;
        let tomas = app.leader("Tomas", team).await;
        let (callum, priya) = (app.rep("Callum", team).await, app.rep("Priya", team).await);
        Self { app, team, tomas, callum, priya, id: MeasureId::default(), path: String::new() }
    }

    async fn sends(&self, who: &Visitor, noun: &str, fields: &[(&str, &str)]) -> Answer {
        who.post(&format!("{}/{noun}", self.path), fields).await
    }

    async fn enters(&self, value: &str) {
        self.sends(&self.callum, "values", &[("value", value)]).await.is(303);
    }

    /// Where it is, who has its ball and what they owe.
    async fn state(&self) -> String {
        const STATE: &str = "
            SELECT measure.state, COALESCE(person.name, 'nobody'), COALESCE(ball.owes, 'nothing')
            FROM measure
            LEFT JOIN ball ON ball.subject = 'measure' AND ball.subject_id = measure.id
            LEFT JOIN person ON person.id = ball.holder_id
            WHERE measure.id = $1";
        let mut tx = self.app.app.read().await.unwrap();
        let (state, holder, owes): (String, String, String) = tx.query_as(STATE).bind(self.id).one().await.unwrap();
        format!("{state}, {holder}, {owes}")
    }

    async fn sign_in(&self) {
        for who in [&self.tomas, &self.callum, &self.priya] {
            let mut tx = self.app.app.write().await.unwrap();
            let token = session::open(&mut tx, who.id).await.unwrap();
            tx.commit().await.unwrap();
            who.set_cookie("session", &token);
        }
    }

    async fn due(&self) -> DateTime<Utc> {
        let mut tx = self.app.app.read().await.unwrap();
        let due = tx.query_as("SELECT due_at FROM ball WHERE subject_id = $1").bind(self.id.0);
        let (due,): (DateTime<Utc>,) = due.one().await.unwrap();
        due
    }

    /// Time passes, the clock turns, and everybody signs in again.
    async fn passes(&self, days: i64) {
        self.app.clock.forward(TimeDelta::days(days));
        self.sign_in().await;
        clockwork::turn(&self.app.app).await.unwrap();
    }
}

#[tokio::test]
async fn the_next_number_is_due_two_working_days_after_its_week() {
    let stage = Stage::steady().await;
    assert_eq!(stage.state().await, "live, Callum, value");
    // The week of 2 March ends on Sunday night; Tuesday at 17:00 both days are over.
    assert_eq!(stage.due().await.to_rfc3339(), "2026-03-10T17:00:00+00:00");
    stage.callum.get("/").await.sees("Quote turnaround").sees("next number from Mon");
    stage.enters("10").await;
    assert_eq!(stage.due().await.to_rfc3339(), "2026-03-17T17:00:00+00:00");
}

#[tokio::test]
async fn six_values_draw_limits() {
    let stage = Stage::new().await;
    stage.app.values(stage.id, &stage.callum, &STEADY[..5]).await;
    assert_eq!(stage.state().await, "baseline, Callum, value");
    stage.enters("10").await;
    assert_eq!(stage.state().await, "live, Callum, value");
}

#[tokio::test]
async fn a_signal_goes_to_the_keeper_once_and_its_answer_stays_at_the_point() {
    let stage = Stage::steady().await;
    stage.enters("30").await;
    assert_eq!(stage.state().await, "signal, Callum, explain");
    let page = stage.callum.get(&stage.path).await.sees("A signal: above the usual range, seen in the week of 2 Mar");
    assert_eq!(page.texts("section.panel input[type=radio]").len(), 4);
    stage.priya.get(&stage.path).await.sees("Callum says what is known about it.");
    stage.sends(&stage.priya, "explanation", &[("answer", "known_cause"), ("words", "x")]).await.is(403);
    stage
        .sends(&stage.callum, "explanation", &[("answer", "because")])
        .await
        .is(422)
        .sees("Choose one of the list.")
        .sees("Say what you know");
    stage.sends(&stage.callum, "explanation", &[("answer", "known_cause")]).await.is(422).sees("Say what you know");
    let words = [("answer", "known_cause"), ("words", "A new pump range that is not on the sheet.")];
    stage.sends(&stage.callum, "explanation", &words).await.is(303);
    assert_eq!(stage.state().await, "live, Callum, value");
    stage.priya.get(&stage.path).await.sees("Known cause: A new pump range");
    stage.app.clock.forward(TimeDelta::days(7));
    stage.enters("31").await;
    assert_eq!(stage.state().await, "live, Callum, value", "the same signal goes on and asks nobody again");
}

#[tokio::test]
async fn when_our_change_worked_new_limits_go_to_a_second_person() {
    let stage = Stage::steady().await;
    for _ in 0..3 {
        stage.app.clock.forward(TimeDelta::days(7));
        let seen = [("value", "4"), ("period", "")];
        stage.sends(&stage.callum, "values", &seen).await.is(303);
    }
    assert_eq!(stage.state().await, "signal, Callum, explain");
    let proposal = [
        ("deed", "propose"),
        ("from", "2026-03-09"),
        ("words", "One sheet for all"),
        ("shifted", "yes"),
        ("known", "yes"),
        ("wanted", "yes"),
        ("lasting", "yes"),
    ];
    stage.sends(&stage.callum, "limits", &proposal).await.is(303);
    assert_eq!(stage.state().await, "rebaselining, Tomas, agree");
    stage.priya.get(&stage.path).await.sees("Our change worked: One sheet for all");
    stage.sends(&stage.tomas, "limits/agreement", &[("words", "")]).await.is(303);
    assert_eq!(stage.state().await, "live, Callum, value");
}

#[tokio::test]
async fn whose_change_worked_finds_the_page_for_new_limits_filled_in() {
    let stage = Stage::steady().await;
    stage.enters("30").await;
    let worked = [("answer", "our_change_worked"), ("words", "One sheet for all")];
    let next = stage.sends(&stage.callum, "explanation", &worked).await.location();
    let page = stage.callum.get(&next).await.is(200);
    assert_eq!((page.value("from"), page.value("words")), ("2026-03-02".into(), "One sheet for all".into()));
    assert_eq!(stage.state().await, "live, Callum, value", "it is offered, not forced");
}

#[tokio::test]
async fn an_idea_that_points_to_a_measure_stands_on_its_chart_and_below_it() {
    let stage = Stage::steady().await;
    let idea = [("hurt", "The price sheet is old"), ("measure", &stage.id.to_string())];
    stage.priya.post("/ideas", &idea).await.is(303);
    stage.enters("10").await;
    let page = stage.callum.get(&stage.path).await.sees("Idea: The price sheet is old");
    assert!(!page.text("main").contains("Nothing is being tried here"));
}

#[tokio::test]
async fn two_missing_weeks_go_to_the_leader_even_after_a_long_standstill() {
    let stage = Stage::steady().await;
    stage.passes(13).await;
    assert_eq!(stage.state().await, "live, Callum, value");
    stage.callum.get("/").await.sees("Needs a hand");
    stage.passes(30).await;
    assert_eq!(stage.state().await, "stale, Tomas, decide");
    let throws = stage.app.count("SELECT COUNT(*) FROM throw").await;
    clockwork::turn(&stage.app.app).await.unwrap();
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM throw").await, throws, "turned twice, thrown once");
    stage.sends(&stage.callum, "continuation", &[("words", "")]).await.is(403);
    stage.sends(&stage.tomas, "continuation", &[("words", "")]).await.is(303);
    assert_eq!(stage.state().await, "live, Callum, value");
}

#[tokio::test]
async fn a_number_brings_a_silent_measure_back() {
    let stage = Stage::steady().await;
    stage.passes(40).await;
    stage.enters("10").await;
    assert_eq!(stage.state().await, "live, Callum, value");
}

#[tokio::test]
async fn a_pause_ends_by_itself_on_its_day() {
    let stage = Stage::steady().await;
    for (until, words) in
        [("2026-03-03", "not in the future"), ("2030-01-01", "a year at most"), ("", "Choose the day")]
    {
        stage.sends(&stage.callum, "pause", &[("until", until), ("words", "Stocktaking")]).await.is(422).sees(words);
    }
    stage.sends(&stage.callum, "pause", &[("until", "2026-03-20"), ("words", "Stocktaking")]).await.is(303);
    assert_eq!(stage.state().await, "paused, Callum, wake");
    stage.sends(&stage.callum, "values", &[("value", "3")]).await.is(409).sees("This measure is paused.");
    stage.passes(16).await;
    assert_eq!(stage.state().await, "paused, Callum, wake");
    stage.passes(1).await;
    assert_eq!(stage.state().await, "live, Callum, value");
}

#[tokio::test]
async fn once_a_year_it_is_asked_whether_it_is_worth_its_minutes() {
    let stage = Stage::steady().await;
    let mut week = stage.app.now();
    while week < "2027-03-01T10:00:00Z".parse::<DateTime<Utc>>().unwrap() {
        stage.app.clock.set(week);
        stage.sign_in().await;
        stage.enters("10").await;
        week += TimeDelta::days(7);
    }
    stage.passes(8).await;
    assert_eq!(stage.state().await, "live, Callum, worth");
    stage.callum.get(&stage.path).await.sees("Still worth 5 minutes a week?");
    stage.enters("10").await;
    assert_eq!(stage.state().await, "live, Callum, worth", "a number does not answer it");
    stage.sends(&stage.callum, "affirmation", &[("words", "")]).await.is(303);
    assert_eq!(stage.state().await, "live, Callum, value");
    stage.callum.get(&stage.path).await.does_not_see("Still worth");
    stage.sends(&stage.tomas, "retirement", &[("words", "")]).await.is(422).sees("Say why nobody needs it");
    stage.sends(&stage.tomas, "retirement", &[("words", "Everybody knows now.")]).await.is(303);
    assert_eq!(stage.state().await, "retired, nobody, nothing");
    stage.priya.get(&stage.path).await.is(200).sees("retired");
}

#[tokio::test]
async fn a_wish_for_a_measure_finds_a_keeper_or_a_reason() {
    let stage = Stage::before().await;
    let wish = [("name", "First answer"), ("question", "Does a customer hear from us the same day?")];
    stage.priya.post("/measures/proposals", &wish[..1]).await.is(422).sees("Write the question");
    let path = stage.priya.post("/measures/proposals", &wish).await.location();
    let stage = Stage { id: path["/measures/".len()..].parse().unwrap(), path, ..stage };
    assert_eq!(stage.state().await, "proposed, Tomas, keeper");
    stage.sends(&stage.priya, "keeper", &[("keeper", &stage.callum.id.to_string())]).await.is(403);
    stage.sends(&stage.tomas, "keeper", &[("keeper", "")]).await.is(422).sees("Choose who keeps it.");
    stage.sends(&stage.tomas, "keeper", &[("keeper", &stage.callum.id.to_string())]).await.is(303);
    assert_eq!(stage.state().await, "defining, Callum, define");
    let page = stage.callum.get(&stage.path).await.sees("The definition still needs how we count it");
    page.sees("what it will not be used for");
    stage.sends(&stage.callum, "beginning", &[("words", "now")]).await.is(422).sees("Before it can begin");
    let other = stage.priya.post("/measures/proposals", &wish).await.location();
    stage.tomas.post(&format!("{other}/refusal"), &[("words", "We ask this already.")]).await.is(303);
    stage.priya.get(&other).await.sees("declined").sees("We ask this already.");
}

#[tokio::test]
async fn two_people_count_the_same_five_cases_without_seeing_each_other() {
    let stage = Stage::before().await;
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
    let path = stage.tomas.post("/measures", &form).await.location();
    let stage = Stage { id: path["/measures/".len()..].parse().unwrap(), path, ..stage };
    assert_eq!(stage.state().await, "defining, Callum, define");
    stage.sends(&stage.callum, "values", &[("value", "3")]).await.is(409).sees("still being defined");
    stage.sends(&stage.callum, "beginning", &[("words", "")]).await.is(422).sees("Let two people count");
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
    stage.sends(&stage.callum, "agreement", &all[..9]).await.is(422).sees("Write what you counted.");
    stage.sends(&stage.callum, "agreement", &all).await.is(303);
    stage.callum.get(&format!("{}/agreement", stage.path)).await.sees("You have counted.");
    stage.sends(&stage.callum, "agreement", &all).await.is(422);
    stage.priya.get(&format!("{}/agreement", stage.path)).await.sees("A3").does_not_see("9,5");
    let second = [("count-1", "12.0"), ("count-2", "9.5"), ("count-3", "21"), ("count-4", "8"), ("count-5", "15")];
    stage.sends(&stage.priya, "agreement", &second).await.is(303);
    let page = stage.priya.get(&format!("{}/agreement", stage.path)).await;
    page.sees("Callum and Priya got the same in 3 of 5");
    stage.callum.get(&stage.path).await.sees("got the same in 3.");
    stage.sends(&stage.callum, "beginning", &[("words", "")]).await.is(303);
    assert_eq!(stage.state().await, "baseline, Callum, value");
}

#[tokio::test]
async fn another_way_to_count_is_a_new_version_with_limits_of_its_own() {
    let stage = Stage::steady().await;
    let change = |how: &'static str, from: &'static str| {
        [("how_counted", how), ("words", "Weekends were counted."), ("from", from)]
    };
    let same = change("Working hours from question to answer.", "2026-01-12");
    stage.sends(&stage.callum, "redefinition", &same).await.is(422).sees("Write the new way.");
    stage.sends(&stage.priya, "redefinition", &change("Hours", "2026-01-12")).await.is(403);
    stage.sends(&stage.callum, "redefinition", &change("Hours on working days", "2026-01-14")).await.is(303);
    assert_eq!(stage.state().await, "redefining, Callum, define");
    stage.enters("10").await;
    let page = stage.priya.get(&stage.path).await.sees("Hours on working days").does_not_see("New definition:");
    assert!(page.text("h1").starts_with("About 10.0 hours; no signal"), "{}", page.text("h1"));
    stage.sends(&stage.callum, "beginning", &[("words", "Tried last week.")]).await.is(303);
    let page = stage.priya.get(&stage.path).await.sees("Version 2.").sees("Counted before like this");
    assert!(page.text("h1").contains("limits from 8 values may still move"), "{}", page.text("h1"));
    assert!(page.text(".chart").contains("New definition: Weekends"), "{}", page.text(".chart"));
    stage.sends(&stage.callum, "redefinition", &change("Another", "2026-02-02")).await.is(303);
    stage.sends(&stage.callum, "redefinition/removal", &[("words", "")]).await.is(303);
    assert_eq!(stage.state().await, "live, Callum, value");
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM measure_version").await, 2);
}

#[tokio::test]
async fn what_was_counted_stays_and_what_was_promised_stays() {
    let stage = Stage::steady().await;
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
    weaker.sees("What was promised stays. You can add to it.");
    stage.callum.post(&stage.path, &form("Judging people, and no bonus either", &key)).await.is(303);
    stage.callum.post(&stage.path, &form("Judging people, and no bonus either", &key)).await.is(303);
    assert_eq!(stage.state().await, "live, Priya, value");
    let page = stage.callum.get(&stage.path).await.sees("Working hours from question to answer.");
    page.does_not_see("As I like").sees("no bonus either");
    let stale = uuid_key();
    stage.tomas.post(&stage.path, &form("Judging people, and no bonus either", &stale)).await.is(409);
}

fn uuid_key() -> String {
    "6f2c1de0-4c3b-4a55-9d5e-0d3c5a1e7b11".to_owned()
}

#[tokio::test]
async fn a_value_left_out_stays_visible_and_can_count_again() {
    let stage = Stage::steady().await;
    stage.enters("30").await;
    stage.sends(&stage.callum, "exclusions", &[("period", "2026-03-02")]).await.is(422).sees("Say why this value");
    let words = [("period", "2026-03-02"), ("words", "A trade fair")];
    stage.sends(&stage.priya, "exclusions", &words).await.is(403);
    stage.sends(&stage.callum, "exclusions", &words).await.is(303);
    stage.sends(&stage.callum, "exclusions", &words).await.is(422).sees("left out already");
    let page = stage.priya.get(&stage.path).await.sees("left out");
    assert_eq!(page.texts(".chart-excluded[data-point]").len(), 2, "hollow in both sizes");
    stage.sends(&stage.callum, "exclusions/removal", &[("period", "2026-03-02")]).await.is(303);
    let page = stage.priya.get(&stage.path).await;
    assert_eq!(page.texts(".chart-excluded[data-point]").len(), 0);
    let none = [("period", "2020-01-06"), ("words", "x")];
    stage.sends(&stage.callum, "exclusions", &none).await.is(422).sees("no value to leave out");
}

#[tokio::test]
async fn anybody_of_the_team_writes_notes_and_takes_back_their_own() {
    let stage = Stage::steady().await;
    let note = [("period", "2026-02-23"), ("kind", "event"), ("words", "Kestrel launched on Monday")];
    let helper = stage.app.director("Helen").await;
    helper.post(&format!("{}/notes", stage.path), &note).await.is(404);
    stage.app.coach("Ines").await.post(&format!("{}/notes", stage.path), &note).await.is(403);
    stage.sends(&stage.priya, "notes", &note[..2]).await.is(422).sees("Write what you know.");
    stage.sends(&stage.priya, "notes", &note).await.is(303);
    let said = [("period", "2026-02-23"), ("kind", "customer"), ("words", "Two days is fine.")];
    stage.sends(&stage.priya, "notes", &said).await.is(303);
    let page = stage.callum.get(&stage.path).await.sees("Kestrel launched on Monday").sees("Customers say");
    assert!(page.text(".voices").contains("Two days is fine."), "{}", page.text(".voices"));
    assert_eq!(page.texts("form[action$='/notes/removal']").len(), 0, "only one's own");
    let note = stage.priya.get(&stage.path).await.value("note");
    stage.sends(&stage.callum, "notes/removal", &[("note", &note)]).await.is(403);
    stage.sends(&stage.priya, "notes/removal", &[("note", &note)]).await.is(303);
    stage.callum.get(&stage.path).await.does_not_see("Kestrel launched");
}

fn admin_hours(keeper: &Visitor) -> Definition {
    Definition {
        kind: Kind::Slips,
        unit: "hours per person".into(),
        least_slips: Some(5),
        ..hours(keeper.id, "Admin hours")
    }
}

async fn slip(stage: &Stage, who: &Visitor, number: &str) -> Answer {
    let key = who.get(&format!("{}/slips/new", stage.path)).await.is(200).value("key");
    stage.sends(who, "slips", &[("key", key.as_str()), ("value", number)]).await
}

#[tokio::test]
async fn slips_become_a_value_when_their_week_is_over_and_too_few_leave_nothing() {
    let stage = Stage::before().await;
    let id = stage.app.measure_as(stage.team, &stage.callum, admin_hours(&stage.callum)).await;
    let stage = Stage { id, path: format!("/measures/{id}"), ..stage };
    stage.app.coach("Ines").await.get(&format!("{}/slips/new", stage.path)).await.is(403);
    slip(&stage, &stage.priya, "").await.is(422).sees("Write your number.");
    slip(&stage, &stage.priya, "-1").await.is(422).sees("less than 0 hours per person");
    let key = stage.priya.get(&format!("{}/slips/new", stage.path)).await.value("key");
    for _ in 0..2 {
        stage.sends(&stage.priya, "slips", &[("key", key.as_str()), ("value", "12,5")]).await.is(303);
    }
    stage.priya.get(&stage.path).await.sees("1 slip is in the box.");
    stage.priya.get(&format!("{}/slips/new", stage.path)).await.sees("A slip from this browser is in already.");
    stage.tomas.get(&stage.path).await.does_not_see("12.5");
    for number in ["10", "11", "12"] {
        slip(&stage, &stage.callum, number).await.is(303);
    }
    stage.passes(7).await;
    for table in
        ["SELECT COUNT(*) FROM slip_box", "SELECT COUNT(*) FROM slip_key", "SELECT COUNT(*) FROM measure_value"]
    {
        assert_eq!(stage.app.count(table).await, 0, "{table}");
    }
    for number in ["10", "11", "12", "13", "14.5"] {
        slip(&stage, &stage.tomas, number).await.is(303);
    }
    stage.priya.get(&stage.path).await.does_not_see("12.1");
    stage.passes(7).await;
    assert_eq!(
        stage.app.count("SELECT COUNT(*) FROM measure_value WHERE numerator = 60.5 AND denominator = 5").await,
        1
    );
    stage.priya.get(&stage.path).await.sees("One value so far: 12.1 hours per person");
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM slip_box").await, 0);
}

/// What the database knows after somebody put in a slip: the rows of every table that a slip may touch.
async fn traces(stage: &Stage) -> String {
    let mut tx = stage.app.app.read().await.unwrap();
    let boxes: Vec<(f64, i64)> = tx.query_as("SELECT total, slips FROM slip_box").all().await.unwrap();
    let keys: Vec<(uuid::Uuid,)> = tx.query_as("SELECT key FROM slip_key ORDER BY key").all().await.unwrap();
    let throws: Vec<(i64, String, String)> =
        tx.query_as("SELECT number, verb, words FROM throw ORDER BY id").all().await.unwrap();
    let people: Vec<(String, i64)> = tx.query_as("SELECT name, version FROM person ORDER BY name").all().await.unwrap();
    let sessions: Vec<(Vec<u8>,)> =
        tx.query_as("SELECT token_hash FROM session ORDER BY token_hash").all().await.unwrap();
    let change: (i64,) = tx.query_as("SELECT counter FROM change").one().await.unwrap();
    let measure: Vec<(i64, String)> = tx.query_as("SELECT version, state FROM measure").all().await.unwrap();
    format!("{boxes:?} {keys:?} {throws:?} {people:?} {sessions:?} {change:?} {measure:?}")
}

#[tokio::test]
async fn nothing_tells_who_put_in_a_slip() {
    let mut all = Vec::new();
    for who in 0..3 {
        let stage = Stage::before().await;
        let id = stage.app.measure_as(stage.team, &stage.callum, admin_hours(&stage.callum)).await;
        let stage = Stage { id, path: format!("/measures/{id}"), ..stage };
        let person = [&stage.callum, &stage.priya, &stage.tomas][who];
        slip(&stage, person, "12.5").await.is(303);
        all.push(traces(&stage).await);
    }
    assert_eq!(all[0], all[1]);
    assert_eq!(all[0], all[2]);
}

#[tokio::test]
async fn a_measure_can_be_taken_every_working_day_or_every_month() {
    use catchball::measures::period::Cadence;
    let stage = Stage::before().await;
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

/// The limits of the newest value as the file has them.
async fn limits(stage: &Stage) -> (String, String) {
    let file = stage.priya.get(&format!("{}/values.csv", stage.path)).await.body;
    let last: Vec<&str> = file.lines().last().unwrap().split(',').collect();
    (last[6].to_owned(), last[7].to_owned())
}

#[tokio::test]
async fn a_correction_inside_locked_limits_moves_nothing_and_is_told() {
    let stage = Stage::steady().await;
    let lock = [("deed", "lock"), ("from", "2025-10-13"), ("to", "2026-02-23"), ("words", "The quiet weeks")];
    stage.sends(&stage.callum, "limits", &lock).await.is(303);
    let before = limits(&stage).await;
    stage.priya.get(&stage.path).await.does_not_see("were corrected since they were locked");
    let seen = stage.callum.get(&stage.path).await.value("seen");
    let corrected = [("period", "2026-02-09"), ("value", "25"), ("seen", seen.as_str())];
    stage.sends(&stage.callum, "values", &corrected).await.is(303);
    assert_eq!(limits(&stage).await, before);
    stage.priya.get(&stage.path).await.sees("were corrected since they were locked");
    stage.sends(&stage.callum, "limits", &lock).await.is(303);
    assert_ne!(limits(&stage).await, before, "locked anew, they follow");
    stage.priya.get(&stage.path).await.does_not_see("were corrected since they were locked");
}

#[tokio::test]
async fn a_team_chooses_how_its_chart_is_read_and_says_why() {
    let stage = Stage::steady().await;
    let before = limits(&stage).await;
    let way = |spread: &'static str, rules: &'static str, season: &'static str, words: &'static str| {
        [("spread", spread), ("rules", rules), ("season", season), ("words", words)]
    };
    stage.sends(&stage.priya, "way", &way("median", "three", "none", "x")).await.is(403);
    stage.sends(&stage.callum, "way", &way("median", "three", "none", "")).await.is(422).sees("Say why");
    stage.sends(&stage.callum, "way", &way("mode", "three", "none", "x")).await.is(422).sees("Choose one of the list.");
    let page = stage.callum.get(&format!("{}/way/edit", stage.path)).await.is(200);
    assert_eq!(page.texts("input[name=limits]").len(), 0, "only shares have a volume");
    stage.sends(&stage.callum, "way", &way("median", "nhs", "month", "Two wild weeks")).await.is(303);
    assert_ne!(limits(&stage).await, before);
    let page = stage.priya.get(&stage.path).await.sees("As in the NHS; limits from the middle jump");
    page.sees("there are no two full cycles yet").sees("chose how its chart is read").sees("Two wild weeks");
    stage.sends(&stage.callum, "way", &way("mean", "three", "none", "Back again")).await.is(303);
    assert_eq!(limits(&stage).await, before);
}
