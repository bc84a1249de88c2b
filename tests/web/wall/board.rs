//! What the board shows, and what it never shows.

use super::{ball, experiment, measured, paired, this, throws};
use crate::support::TestApp;
use catchball::balls::Owes;
use catchball::experiments::{self, Plan, Verb};
use catchball::measures::weeks;
use catchball::people::Role;
use chrono::TimeDelta;

/// Values without a signal: they swing around 30.
const QUIET: [f64; 10] = [29.0, 31.0, 30.0, 28.0, 32.0, 30.0, 29.0, 31.0, 30.0, 30.0];

#[tokio::test]
async fn an_empty_board_says_in_words_what_will_be_there() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let board = paired(&app, &tomas, team).await.get("/wall").await.is(200);
    assert_eq!(board.text("h1"), "Field North");
    assert_eq!(board.texts(".tile").len(), board.texts(".tile-empty").len());
    board.sees("No measure yet").sees("No ball is open");
}

#[tokio::test]
async fn the_board_says_as_of_when_in_the_zone_of_the_team() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let tv = paired(&app, &tomas, team).await;
    assert_eq!(tv.get("/wall/board").await.text(".wall-time"), "Tue 3 Mar · as of 10:00");
    // British summer time.
    app.clock.forward(TimeDelta::days(28));
    assert_eq!(tv.get("/wall/board").await.text(".wall-time"), "Tue 31 Mar · as of 11:00");
}

#[tokio::test]
async fn balls_are_counted_by_place_with_the_age_of_the_oldest() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let helen = app.director("Helen").await;
    let tomas = app.leader_below("Tomas", team, &helen).await;
    let ada = app.rep("Ada", team).await;
    app.rep("Mei", team).await;
    let owen = app.helper("Owen").await;
    let other = app.team("Field South").await;
    let stranger = app.person("Sam", &[(Role::Rep, Some(other))], None).await;
    let tv = paired(&app, &tomas, team).await;
    throws(&app, &ada, "canary-hurt").await;
    app.clock.forward(TimeDelta::days(2));
    ball(&app, team, helen.id, Owes::Answer, 8).await;
    ball(&app, team, ada.id, Owes::Reply, 8).await;
    ball(&app, team, owen.id, Owes::Keep, 8).await;
    ball(&app, team, stranger.id, Owes::Keep, 8).await;
    app.clock.forward(TimeDelta::hours(1));
    let lines = tv.get("/wall/board").await.texts(".tile-list li");
    assert_eq!(
        lines,
        ["1 with the team · 1 hour", "2 with leadership · oldest 2 days", "2 with other departments · oldest 1 hour"]
    );
}

#[tokio::test]
async fn what_rests_follows_or_is_not_due_yet_is_no_open_ball() {
    let app = TestApp::new().await;
    let (team, other) = (app.team("Field North").await, app.team("Field South").await);
    let tomas = app.leader("Tomas", team).await;
    app.director("Helen").await;
    let tv = paired(&app, &tomas, team).await;
    ball(&app, team, tomas.id, Owes::Follow, 8).await;
    ball(&app, team, tomas.id, Owes::Wake, 800).await;
    ball(&app, team, tomas.id, Owes::Check, 800).await;
    ball(&app, team, tomas.id, Owes::Line, 8).await;
    ball(&app, other, tomas.id, Owes::Answer, 8).await;
    tv.get("/wall/board").await.sees("No ball is open");
    app.clock.forward(TimeDelta::hours(9));
    let lines = tv.get("/wall/board").await.texts(".tile-list li");
    assert_eq!(lines, ["1 with leadership · 6 hours"], "the weekly line is late now; no place with one person is told");
}

#[tokio::test]
async fn what_has_waited_three_days_beyond_its_clock_counts_by_place_and_protected_ideas_never() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let helen = app.director("Helen").await;
    let tomas = app.leader_below("Tomas", team, &helen).await;
    let ada = app.rep("Ada", team).await;
    let tv = paired(&app, &tomas, team).await;
    throws(&app, &ada, "canary-hurt").await;
    let at = |time: &str| app.clock.set(time.parse().unwrap());
    let lines = async || tv.get("/wall/board").await.texts(".tile-list li");
    // To be caught by Wednesday 10:00.
    at("2026-03-09T09:59:00Z");
    assert_eq!(lines().await, ["1 with leadership · 3 days"]);
    at("2026-03-09T10:00:00Z");
    assert_eq!(lines().await, ["1 with leadership · waiting: 1, 3 days"]);
    at("2026-03-10T10:00:00Z");
    assert_eq!(lines().await, ["1 with leadership · waiting: 1, 4 days"]);
    tv.get("/wall/board").await.does_not_see("Tomas").does_not_see("canary");
    let mut tx = app.app.write().await.unwrap();
    tx.query("UPDATE idea SET way = 'kept'").execute().await.unwrap();
    tx.commit().await.unwrap();
    tv.get("/wall/board").await.sees("No ball is open");
}

#[tokio::test]
async fn a_place_with_one_person_is_no_place_on_a_wall() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let ada = app.rep("Ada", team).await;
    let tv = paired(&app, &tomas, team).await;
    ball(&app, team, ada.id, Owes::Reply, 8).await;
    ball(&app, team, tomas.id, Owes::Answer, 8).await;
    tv.get("/wall/board").await.does_not_see("with the team").does_not_see("with leadership").sees("too few people");
    app.rep("Mei", team).await;
    assert_eq!(tv.get("/wall/board").await.texts(".tile-list li"), ["1 with the team"]);
}

#[tokio::test]
async fn the_chart_is_the_one_with_the_newest_signal_else_the_first_by_name() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let tv = paired(&app, &tomas, team).await;
    measured(&app, team, &tomas, "Any answers", &[]).await;
    tv.get("/wall/board").await.sees("Any answers").sees("makes the first point");
    measured(&app, team, &tomas, "Quote turnaround", &QUIET).await;
    measured(&app, team, &tomas, "Backlog", &QUIET).await;
    let board = tv.get("/wall/board").await;
    assert_eq!(board.texts(".tile-title")[0], "Backlog");
    assert!(board.text(".tile-finding").starts_with("About 30"), "{}", board.text(".tile-finding"));
    assert_eq!(board.texts(".tile-chart svg").len(), 1);
    let mut jump = QUIET.to_vec();
    jump.push(90.0);
    measured(&app, team, &tomas, "Win rate", &jump).await;
    let board = tv.get("/wall/board").await;
    assert_eq!(board.texts(".tile-title")[0], "Win rate");
    assert!(board.text(".tile-finding").starts_with("Signal: 90"), "{}", board.text(".tile-finding"));
}

#[tokio::test]
async fn the_board_names_nobody_quotes_no_idea_and_knows_no_other_team() {
    let app = TestApp::new().await;
    let (team, other) = (app.team("Field North").await, app.team("Canary South").await);
    let helen = app.director("Canary Helen").await;
    let tomas = app.leader_below("Canary Tomas", team, &helen).await;
    let ada = app.rep("Canary Ada", team).await;
    let ruth = app.leader_below("Canary Ruth", other, &helen).await;
    let tv = paired(&app, &tomas, team).await;
    throws(&app, &ada, "canary-hurt").await;
    ball(&app, team, helen.id, Owes::Answer, -80).await;
    measured(&app, team, &ada, "Quote turnaround", &QUIET).await;
    measured(&app, other, &ruth, "Canary measure", &[1.0, 2.0, 3.0, 999.0]).await;
    ball(&app, other, ruth.id, Owes::Answer, 8).await;
    app.clock.forward(TimeDelta::days(30));
    experiment(&app, team, &ada, Plan { name: "One pump".into(), expectation: "12 of 20".into(), ..Plan::default() })
        .await;
    for path in ["/wall", "/wall/board"] {
        let board = tv.get(path).await.is(200).sees("Quote turnaround").sees("2 with leadership");
        for word in ["anary", "Helen", "Tomas", "Ada", "Ruth", "South", "999", "North corner"] {
            assert!(!board.body.contains(word), "{path} says {word}:\n{}", board.body);
        }
    }
}

#[tokio::test]
async fn the_running_experiment_shows_its_week_its_prediction_and_its_last_line() {
    let app = TestApp::new().await;
    let (team, other) = (app.team("Field North").await, app.team("Field South").await);
    let (tomas, mei) = (app.leader("Tomas", team).await, app.rep("Mei", team).await);
    let tv = paired(&app, &tomas, team).await;
    let plan = Plan { name: "Recommend one pump".into(), expectation: "12 of 20 say yes".into(), ..Plan::default() };
    let sam = app.rep("Sam", other).await;
    experiment(&app, other, &sam, Plan { name: "canary of another team".into(), ..plan.clone() }).await;
    tv.get("/wall/board").await.sees("No experiment is running").does_not_see("canary");
    let running = experiment(&app, team, &mei, plan).await;
    tv.get("/wall/board").await.sees("Trying · week 1 of 4 Recommend one pump Expected: 12 of 20 say yes");
    app.clock.forward(TimeDelta::days(8));
    let mut tx = app.app.write().await.unwrap();
    let person = catchball::people::store::person(&mut tx, mei.id).await.unwrap().unwrap();
    let week = weeks::monday(app.now().date_naive());
    let written = this(&app, &person, "9 of 15 so far");
    let running = experiments::verbs::line(&mut tx, &running, written, true, week).await.unwrap();
    tx.commit().await.unwrap();
    tv.get("/wall/board").await.sees("week 2 of 4").sees("Now: 9 of 15 so far").sees("Nothing yet. Each experiment");
    let mut tx = app.app.write().await.unwrap();
    let stopped = experiments::verbs::act(&mut tx, &running, this(&app, &person, "canary"), Verb::Stop).await.unwrap();
    let studied = experiments::verbs::act(&mut tx, &stopped, this(&app, &person, "canary"), Verb::Study).await.unwrap();
    let learned = this(&app, &person, "One pump is too few.");
    experiments::verbs::act(&mut tx, &studied, learned, Verb::Abandon).await.unwrap();
    tx.commit().await.unwrap();
    tv.get("/wall/board").await.sees("No experiment is running").sees("“One pump is too few.”").does_not_see("canary");
}

#[tokio::test]
async fn the_wall_loads_only_its_own_small_files() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let page = paired(&app, &tomas, team).await.get("/wall").await;
    let sheets = page.attributes("link[rel=stylesheet]", "href");
    let scripts = page.attributes("script", "src");
    assert_eq!((sheets.len(), scripts.len()), (1, 1));
    assert!(sheets[0].starts_with("/assets/wall.") && scripts[0].starts_with("/assets/wall."));
    assert!(!page.body.contains("style=") && page.attributes("style", "type").is_empty());
    assert_eq!(
        page.attributes("noscript", "class").len() + page.texts("noscript").len(),
        1,
        "without script it loads anew"
    );
    app.stranger().get(&scripts[0]).await.is(200);
}

/// Old television browsers stop at words they do not know.
#[test]
fn the_script_uses_nothing_that_chromium_68_does_not_know() {
    let script = include_str!("../../../static/wall.js");
    for new in [
        "?.",
        "??",
        "=>",
        "import ",
        "export ",
        "async ",
        "await ",
        "replaceChildren",
        ".at(",
        "innerHTML",
        "matchAll",
        "allSettled",
        "globalThis",
    ] {
        assert!(!script.contains(new), "wall.js uses {new}");
    }
    let style = include_str!("../../../static/wall.css");
    let rules: String = style.split("*/").filter_map(|part| part.split("/*").next()).collect();
    for new in [
        " clamp(",
        " min(",
        " max(",
        "aspect-ratio",
        ":is(",
        ":where(",
        ":has(",
        "inset:",
        " gap:",
        "dvh",
        "@layer",
        "&",
    ] {
        assert!(!rules.contains(new), "wall.css uses {new}");
    }
}

/// Five per cent of the height of the screen; all other sizes are multiples of it.
#[test]
fn the_smallest_text_is_five_per_cent_of_the_screen() {
    let style = include_str!("../../../static/wall.css");
    assert!(style.contains("--u: 5vh;"));
    let sizes: Vec<&str> = style
        .match_indices("font-size:")
        .map(|(at, name)| {
            let rest = &style[at + name.len()..];
            rest[..rest.find([';', '}']).unwrap()].trim()
        })
        .collect();
    assert!(sizes.len() > 4, "{sizes:?}");
    for size in sizes {
        let multiple = size.strip_suffix("em").and_then(|number| number.parse::<f64>().ok());
        let large = multiple.is_some_and(|multiple| multiple >= 1.0);
        assert!(large || size == "5vh" || size == "var(--u)", "{size}");
    }
}
