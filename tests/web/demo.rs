//! The example company: loaded through the verbs of people, on any day, with the story that is promised.

mod effects;
mod hours;
mod ideas;
mod loading;
mod measures;
mod words;

use crate::support::{TestApp, Visitor};
use catchball::calendar::Calendar;
use catchball::demo;
use catchball::ids::PersonId;
use catchball::measures::clock;
use catchball::people::{session, store as people};
use chrono::{NaiveDate, TimeDelta};

/// The present of the scenario: a Thursday at ten in London.
const THURSDAY: &str = "2026-06-04T09:00:00Z";

/// The example, played at this moment in a database of its own.
async fn played(at: &str) -> TestApp {
    let app = TestApp::before_set_up().await;
    app.clock.set(at.parse().unwrap());
    demo::load(&app.app.db, &app.app.world).await.unwrap();
    app
}

async fn id_of(app: &TestApp, name: &str) -> PersonId {
    let mut tx = app.app.read().await.unwrap();
    let everybody = tx.ask(people::all_people()).await.unwrap();
    everybody.into_iter().find(|person| person.name.starts_with(name)).unwrap().id
}

async fn eyes_of(app: &TestApp, name: &str) -> Visitor {
    let id = id_of(app, name).await;
    let mut tx = app.app.write().await.unwrap();
    let token = session::open(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
    Visitor::signed_in(&app.router, &app.app, name, id, &token)
}

/// Every experiment and standard by its first words, with its state and who has its ball.
async fn states(app: &TestApp) -> Vec<String> {
    const STATES: &str = "
        SELECT thing.title, thing.state, person.name, ball.owes
        FROM (
            SELECT id, 'experiment' AS subject, name AS title, state FROM experiment
            UNION ALL SELECT id, 'standard', name, state FROM standard
        ) AS thing
        LEFT JOIN ball ON ball.subject = thing.subject AND ball.subject_id = thing.id
        LEFT JOIN person ON person.id = ball.holder_id
        ORDER BY thing.subject, thing.id";
    let mut tx = app.app.read().await.unwrap();
    let rows: Vec<(String, String, Option<String>, Option<String>)> = tx.query_as(STATES).all().await.unwrap();
    let line = |(title, state, holder, owes): (String, String, Option<String>, Option<String>)| {
        let title: Vec<&str> = title.split_whitespace().take(4).collect();
        let ball = holder.zip(owes).map_or_else(|| String::from("nobody"), |(who, owes)| format!("{who}, {owes}"));
        format!("{}: {state}, {ball}", title.join(" "))
    };
    rows.into_iter().map(line).collect()
}

const STATES: [&str; 13] = [
    "Standard quotes without the: adopted, nobody",
    "A lead sheet with: abandoned, nobody",
    "Morning triage: adapted, nobody",
    "Triage at 08:30 and: decide, Jonas Weiss, decide",
    "Recommend one pump, not: running, Callum Reid, line",
    "No second credit check: safe_check, Ruth Okafor, safety",
    "One form for a: retired, nobody",
    "Standard quote in one: holding, Sofia Lindqvist, check",
    "Dated next step in: holding, Callum Reid, check",
    "Distributor questions page is: drifting, Grace Owens, repair",
    "Five looks before a: holding, Sofia Lindqvist, check",
    "No Friday report: three: check_due, Helen Marsh, check",
    "Each leader one day: teaching, Helen Marsh, teach",
];

/// How many rows say something about a time after the present, or about one before what led to it.
async fn out_of_time(app: &TestApp) -> Vec<(&'static str, i64)> {
    const AFTER_NOW: [&str; 20] = [
        "SELECT COUNT(*) FROM throw WHERE at > $1",
        "SELECT COUNT(*) FROM ball WHERE since > $1",
        "SELECT COUNT(*) FROM idea WHERE thrown_at > $1",
        "SELECT COUNT(*) FROM measure WHERE created_at > $1",
        "SELECT COUNT(*) FROM measure_value WHERE entered_at > $1 OR superseded_at IS NOT NULL",
        "SELECT COUNT(*) FROM phase WHERE set_at > $1 OR agreed_at > $1",
        "SELECT COUNT(*) FROM measure_version WHERE at > $1",
        "SELECT COUNT(*) FROM agreement WHERE first_at > $1 OR second_at > $1",
        "SELECT COUNT(*) FROM measure_note WHERE at > $1",
        "SELECT COUNT(*) FROM measure_exclusion WHERE at > $1",
        "SELECT COUNT(*) FROM measure_signal WHERE thrown_at > $1 OR answered_at > $1 OR answered_at < thrown_at",
        "SELECT COUNT(*) FROM ball WHERE due_at <= $1 AND NOT (subject = 'idea' AND owes = 'answer')",
        "SELECT COUNT(*) FROM experiment WHERE created_at > $1 OR locked_at > $1",
        "SELECT COUNT(*) FROM weekly_line WHERE at > $1",
        "SELECT COUNT(*) FROM promise WHERE created_at > $1",
        "SELECT COUNT(*) FROM standard WHERE created_at > $1",
        "SELECT COUNT(*) FROM standard_check WHERE at > $1",
        "SELECT COUNT(*) FROM person WHERE created_at > $1",
        // What a kept author did is dated by its day, also when the name was shown later.
        "SELECT COUNT(*) FROM throw JOIN throw AS next ON next.subject_id = throw.subject_id
             AND next.number = throw.number + 1
             AND substr(CAST(next.at AS TEXT), 1, 10) < substr(CAST(throw.at AS TEXT), 1, 10) WHERE throw.at <= $1",
        "SELECT COUNT(*) FROM idea JOIN idea AS later ON later.id > idea.id AND later.thrown_at < idea.thrown_at
             WHERE idea.thrown_at <= $1",
    ];
    let mut tx = app.app.read().await.unwrap();
    let now = tx.now();
    let mut wrong = Vec::new();
    for count in AFTER_NOW {
        let (rows,): (i64,) = tx.query_as(count).bind(now).one().await.unwrap();
        wrong.extend((rows > 0).then_some((count, rows)));
    }
    wrong
}

/// The line that Callum owes is that of this week, the fourth of six.
async fn weeks_of_the_experiment(app: &TestApp) -> (usize, i64) {
    const LINES: &str = "
        SELECT experiment.starts_on, experiment.ends_on, COUNT(weekly_line.week)
        FROM experiment JOIN weekly_line ON weekly_line.experiment_id = experiment.id
        WHERE experiment.state = 'running' GROUP BY experiment.id, experiment.starts_on, experiment.ends_on";
    let mut tx = app.app.read().await.unwrap();
    let today = Calendar::usual(chrono_tz::Europe::London).date_of(tx.now());
    let (starts, ends, lines): (Option<NaiveDate>, Option<NaiveDate>, i64) = tx.query_as(LINES).one().await.unwrap();
    let weeks = catchball::experiments::schedule::weeks(starts.unwrap(), ends.unwrap());
    assert_eq!(weeks.len(), 6);
    let this_week = catchball::measures::weeks::monday(today);
    (weeks.iter().position(|week| *week == this_week).unwrap() + 1, lines)
}

/// How many measures are live although the clocks have turned, and how many signals were thrown and answered so far.
async fn measures_at_rest(app: &TestApp) -> (i64, i64) {
    let throws = "SELECT COUNT(*) FROM throw";
    let before = app.count(throws).await;
    clock::turn(&app.app).await.unwrap();
    assert_eq!(app.count(throws).await, before);
    let live = "SELECT COUNT(*) FROM measure JOIN ball ON ball.subject_id = measure.id
        WHERE measure.state = 'live' AND ball.owes = 'value' AND ball.holder_id = measure.keeper_id";
    (app.count(live).await, app.count("SELECT COUNT(*) FROM measure_signal WHERE answer IS NOT NULL").await)
}

#[tokio::test]
async fn each_open_thing_has_one_holder_and_a_time() {
    let app = TestApp::example(THURSDAY).await;
    let open =
        "SELECT COUNT(*) FROM idea WHERE state NOT IN ('done', 'learned', 'closed_declined', 'merged', 'withdrawn')";
    assert_eq!(app.count(open).await, 13);
    assert_eq!(app.count("SELECT COUNT(*) FROM ball WHERE subject = 'idea'").await, 13);
    let open = "SELECT COUNT(*) FROM promise WHERE state NOT IN ('kept', 'refused', 'released', 'revoked', 'dropped')";
    assert_eq!(app.count(open).await, 9);
    assert_eq!(app.count("SELECT COUNT(*) FROM ball WHERE subject = 'promise'").await, 9);
    let held_by_nobody = "SELECT COUNT(*) FROM ball JOIN person ON person.id = ball.holder_id WHERE person.mask";
    assert_eq!(app.count(held_by_nobody).await, 0);
    // An idea that is tried follows its experiment, whose ball has the time.
    assert_eq!(app.count("SELECT COUNT(*) FROM ball WHERE due_at IS NULL AND owes <> 'follow'").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM ball WHERE subject IN ('experiment', 'standard')").await, 9);
    // Each of the eight keepers owes the value of this week; no signal waits.
    assert_eq!(app.count("SELECT COUNT(*) FROM ball WHERE subject = 'measure' AND owes = 'value'").await, 8);
    assert_eq!(app.count("SELECT COUNT(*) FROM ball").await, 13 + 9 + 9 + 8);
}

#[tokio::test]
async fn three_teams_of_four_stand_below_helen_and_six_people_around_them() {
    const TEAMS: &str = "
        SELECT team.name, person.name, role.role, above.name
        FROM team JOIN role ON role.team_id = team.id JOIN person ON person.id = role.person_id
        LEFT JOIN person AS above ON above.id = person.next_level_id";
    let app = TestApp::example(THURSDAY).await;
    let mut tx = app.app.read().await.unwrap();
    let rows: Vec<(String, String, String, Option<String>)> = tx.query_as(TEAMS).all().await.unwrap();
    let said = |(team, name, role, above): (String, String, String, Option<String>)| {
        format!("{team}: {name}, {role} {}", above.unwrap_or_default())
    };
    let team = |team: &str, names: [&str; 4]| {
        let [leader, reps @ ..] = names;
        let reps = reps.map(|rep| format!("{team}: {rep}, rep "));
        [[format!("{team}: {leader}, team_leader Helen Marsh")].as_slice(), &reps].concat()
    };
    let expected = [
        team("Field North", ["Tomas Berg", "Priya Nair", "Callum Reid", "Sofia Lindqvist"]),
        team("Service & Spares", ["Ruth Okafor", "Ben Hartley", "Mei Tanaka", "Jonas Weiss"]),
        team("Partner", ["Daniel Moreau", "Amira Haddad", "Lukas Novak", "Grace Owens"]),
    ];
    let (mut found, mut expected) = (rows.into_iter().map(said).collect::<Vec<_>>(), expected.concat());
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(app.count("SELECT COUNT(*) FROM person WHERE NOT mask").await, 18);
    assert_eq!(app.count("SELECT COUNT(*) FROM role WHERE role = 'director'").await, 2);
    assert_eq!(app.count("SELECT COUNT(*) FROM role WHERE role = 'helper'").await, 3);
    assert_eq!(app.count("SELECT COUNT(*) FROM person WHERE department <> ''").await, 3);
    assert_eq!(app.count("SELECT COUNT(*) FROM role WHERE role IN ('coach', 'admin')").await, 2);
}

#[tokio::test]
async fn it_is_loaded_whole_and_only_into_an_empty_database() {
    let app = TestApp::new().await;
    let refused = demo::load(&app.app.db, &app.app.world).await.unwrap_err();
    assert!(refused.to_string().contains("there is a company in this database already"), "{refused}");
    assert_eq!(app.count("SELECT COUNT(*) FROM person WHERE NOT mask").await, 0);
}

#[tokio::test]
async fn one_click_signs_in_somebody_of_the_list_and_nobody_else() {
    let app = TestApp::example(THURSDAY).await;
    let stranger = app.stranger();
    let page = stranger.get("/example").await.is(200);
    let people = page.attributes("button[name='person']", "value");
    assert_eq!(people.len(), 9);
    assert_eq!(stranger.get("/session/new").await.attributes("button[name='person']", "value"), people);
    stranger.opens("/example").sends("Sign in as Priya Nair").await.goes_to("/");
    stranger.get("/more").await.is(200).sees("Signed in as Priya Nair.");
    stranger.opens("/example").sends("Sign in as Helen Marsh").await.goes_to("/");
    stranger.get("/more").await.sees("Signed in as Helen Marsh.");
    let simon = id_of(&app, "Simon").await.to_string();
    app.stranger().post("/example/session", &[("person", &simon)]).await.is(404);
    app.stranger().post("/example/session", &[("person", "nobody")]).await.is(404);
    app.stranger().post::<&str>("/example/session", &[]).await.is(404);
}

#[tokio::test]
async fn a_real_company_has_no_one_click_sign_in() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let ada = app.rep("Ada", team).await;
    app.stranger().get("/example").await.is(404);
    app.stranger().post("/example/session", &[("person", &ada.id.to_string())]).await.is(404);
    ada.post::<&str>("/example/removal", &[]).await.is(404);
    assert!(app.stranger().get("/session/new").await.attributes("button[name='person']", "value").is_empty());
    assert_eq!(app.count("SELECT COUNT(*) FROM person WHERE NOT mask").await, 1);
}

#[tokio::test]
async fn the_set_up_link_opens_the_example_and_the_example_makes_room_for_a_real_company() {
    let app = TestApp::before_set_up().await;
    let link = catchball::people::setup::offer(&app.app).await.unwrap().unwrap();
    let path = link.strip_prefix("http://catchball.test").unwrap().to_owned();
    let token = path.split_once("token=").unwrap().1;
    let stranger = app.stranger();
    stranger.post("/setup/example", &[("token", "wrong")]).await.is(403);
    assert_eq!(app.count("SELECT COUNT(*) FROM organisation").await, 0);
    let page = stranger.get(&path).await.is(200);
    assert_eq!(page.attributes("form[action='/setup/example'] input[name='token']", "value"), [token]);
    let shown = format!("/setup/example?token={token}");
    // Clicked twice it is loaded once, and both see how far it is.
    let form = [("token", token)];
    let clicks = tokio::join!(stranger.post("/setup/example", &form), stranger.post("/setup/example", &form));
    assert_eq!([clicks.0.location(), clicks.1.location()], [shown.clone(), shown.clone()]);
    app.stranger().get("/setup/example?token=wrong").await.is(403);
    let (mut before, mut looks) = (String::new(), 0);
    let last = loop {
        let page = stranger.get(&shown).await;
        if page.status != 200 {
            break page;
        }
        assert_eq!(page.headers["refresh"], "1");
        looks += 1;
        before = page.sees("The example is being loaded").text("label");
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    };
    last.goes_to("/example");
    assert!(looks > 2 && before.ends_with(" moves"), "{looks}: {before}");
    stranger.get(&shown).await.goes_to("/example");
    // A click after that finds the example open.
    stranger.post("/setup/example", &[("token", token)]).await.goes_to("/example");
    assert_eq!(app.count("SELECT COUNT(*) FROM organisation").await, 1);
    stranger.get(&path).await.is(403).sees("Catchball is set up already");

    let priya = eyes_of(&app, "Priya").await;
    priya.get("/more").await.is(200);
    priya.opens("/example").sends("Remove the example").await.goes_to("/session/new");
    stranger.get("/session/new").await.sees("Catchball is not set up yet");
    priya.get("/more").await.goes_to("/session/new?next=%2Fmore");
    for count in
        ["SELECT COUNT(*) FROM person WHERE NOT mask", "SELECT COUNT(*) FROM throw", "SELECT COUNT(*) FROM session"]
    {
        assert_eq!(app.count(count).await, 0, "{count}");
    }
    let said = app.post.said().pop().unwrap();
    let (_, fresh) = said.split_once("http://catchball.test").unwrap();
    app.stranger().get(fresh).await.is(200);
    app.stranger().get(&path).await.is(403);
}

#[tokio::test]
async fn start_pages_show_who_has_the_ball() {
    let app = TestApp::example(THURSDAY).await;
    let priya = eyes_of(&app, "Priya").await.get("/").await.is(200);
    priya
        .sees("Where does it hurt?")
        .sees("Helen Marsh has the ball · answer by tomorrow 12:00")
        .sees("When we get faster the target goes up.")
        .sees("Quotes reissued no signal About 9 %; no signal in 24 weeks");
    let tomas = eyes_of(&app, "Tomas").await.get("/").await.is(200);
    tomas
        .sees("What my people are waiting for from me")
        .sees("Nobody waits for you.")
        .sees("Quote turnaround no signal About 30 hours again; no signal since 18 May");
    let helen = eyes_of(&app, "Helen").await;
    let page = helen.get("/").await.is(200);
    let page = page
        .sees("Needs a hand · Answer it · 2 days over A price band, so that I can say yes on the phone.")
        .sees("Answer it by tomorrow 11:00 I am afraid to write down honestly why we lost.")
        .sees("Answer it by tomorrow 12:00 When we get faster the target goes up.")
        .sees("Answer what you are asked for by tomorrow 12:00 What a team wins with an experiment")
        .sees("When we get faster the target goes up.")
        .does_not_see("Customers freeze");
    let mut opened = String::new();
    for row in page.attributes(".row-closed", "href") {
        opened += &helen.get(row.split('#').next().unwrap()).await.is(200).text("main");
    }
    assert!(opened.contains("Priya Nair threw it and has waited for "), "{opened}");
    let callum = eyes_of(&app, "Callum").await.get("/").await.is(200);
    callum.sees("Write this week\u{2019}s line by Tue 17:00").sees("Recommend one pump, not three");
}

#[tokio::test]
async fn those_around_the_teams_see_what_is_with_them() {
    let app = TestApp::example(THURSDAY).await;
    let home = async |who: &str| eyes_of(&app, who).await.get("/").await.is(200);
    let daniel = home("Daniel").await;
    daniel
        .sees("Catch it, or answer it at once, by today 15:10 Can the distributors\u{2019} order days be spread?")
        .sees("Agree to it, or not, by tomorrow 14:00 the trade-fair leads sorted before hand-over")
        .sees("rests until 22 June · wakes you")
        .sees("Marco Ricci · answer by today 15:00 Daniel Moreau asks: a draft of a freight band");
    let owen = home("Owen").await;
    owen.sees("Keep your promise by tomorrow 17:00 fill the quote form from the CRM").does_not_see("customer unhappy");
    home("Marco").await.sees(
        "Answer what you are asked for by today 15:00 Daniel Moreau asks: a draft of a freight band for distributors",
    );
    let simon = home("Simon").await;
    simon
        .sees("Needs a hand · Helen Marsh · 2 days over A price band, so that I can say yes on the phone.")
        .sees("Say whether it still stands by tomorrow 17:00 Nobody loses job, territory or accounts");
    home("Ines").await.sees("Nothing waits for a move of yours.");
    home("Mei").await.sees("Ruth Okafor · safe to try by today 14:00 No second credit check for paying customers");
    let ben = home("Ben").await;
    ben.sees("Say whether it has come by today 16:00 put a tick")
        .sees("Say whether it changed something for you by Mon 16:00 The fitters know first who is unhappy.");
    let protected = eyes_of(&app, "Ines").await.get("/ideas/protected").await.is(200);
    protected
        .sees("The Friday report that nobody reads")
        .sees("I am afraid to write down")
        .does_not_see("forecast call");
}

#[tokio::test]
async fn old_news_floods_nobody() {
    let app = TestApp::example(THURSDAY).await;
    let unseen = "SELECT COUNT(*) FROM notice WHERE unread AND at < $1";
    let mut tx = app.app.read().await.unwrap();
    let recently = tx.now() - TimeDelta::days(2);
    let (old,): (i64,) = tx.query_as(unseen).bind(recently).one().await.unwrap();
    assert_eq!(old, 0);
}

#[tokio::test]
async fn the_first_experiment_is_told_from_its_prediction_to_our_way() {
    let app = TestApp::example(THURSDAY).await;
    let tomas = eyes_of(&app, "Tomas").await;
    let experiments = tomas.get("/experiments").await.is(200);
    let addresses = experiments.attributes("main a.list-title", "href");
    assert_eq!(addresses.len(), 2, "{addresses:?}");
    let adopted = tomas.get(&addresses[1]).await.is(200);
    adopted
        .sees("from about 52 hours to about 35 hours")
        .sees("no signal yet in 6 weeks; all 6 are on the predicted side")
        .sees("The sheet works. There are more odd pumps than we thought.")
        .sees("Standard quote in one go");
    let owen = eyes_of(&app, "Owen").await;
    owen.get(&addresses[1]).await.is(404);
}
