//! Pairing a television, what its key opens, and how it is forgotten.

use super::{pairs, television};
use crate::support::{TestApp, Visitor};
use catchball::routes;
use catchball::web::policy::Policy;
use chrono::TimeDelta;

#[tokio::test]
async fn a_television_is_paired_by_its_code() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let (tv, code) = television(&app).await;
    assert_eq!(code.len(), 9, "{code}");
    tv.get("/wall").await.sees("http://catchball.test/screens").sees(&code);
    tv.get("/wall/board").await.is(204);
    tomas.get("/screens").await.sees("No screen yet");
    pairs(&tomas, &code.to_lowercase(), team).await.goes_to("/screens");
    let page = tomas.get("/screens").await.sees("North corner shows the board of Field North now.");
    assert_eq!(page.texts(".screen b"), ["North corner"]);
    assert_eq!(tv.get("/wall").await.is(200).text("h1"), "Field North");
    assert_eq!(tv.get("/wall/board").await.is(200).text("h1"), "Field North");
}

#[tokio::test]
async fn a_scanned_square_fills_in_the_code() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let (tv, code) = television(&app).await;
    assert_eq!(tv.get("/wall").await.attributes(".wall-square svg path", "d").len(), 1);
    let page = tomas.get(&format!("/screens?code={}", code.replace(' ', ""))).await.is(200);
    assert_eq!(page.value("code"), code);
    assert_eq!(page.value("team"), team.to_string());
    assert_eq!(tomas.get("/screens?code=%3Cscript%3E").await.is(200).value("code"), "");
}

#[tokio::test]
async fn a_code_pairs_one_screen_once() {
    let app = TestApp::new().await;
    let (north, south) = (app.team("Field North").await, app.team("Field South").await);
    let helen = app.director("Helen").await;
    let tomas = app.leader_below("Tomas", north, &helen).await;
    app.leader_below("Ruth", south, &helen).await;
    let (tv, code) = television(&app).await;
    pairs(&tomas, &code, north).await.goes_to("/screens");
    // The second click of the same form.
    pairs(&tomas, &code, north).await.goes_to("/screens");
    let page = pairs(&helen, &code, south).await.is(422);
    assert_eq!(page.texts("#field-code-error").len(), 1);
    page.sees("This code was used already");
    assert_eq!(tv.get("/wall").await.text("h1"), "Field North");
    assert_eq!(app.count("SELECT COUNT(*) FROM screen").await, 1);
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let (tv, code) = television(&app).await;
    app.clock.forward(TimeDelta::minutes(10));
    let page = pairs(&tomas, &code, team).await.is(422).sees("This code has run out");
    assert_eq!(page.value("code"), code);
    assert_eq!(page.value("name"), "North corner");
    tv.get("/wall/board").await.is(404);
    assert_eq!(tv.get("/wall").await.is(200).attributes("form", "action"), ["/wall/pairing"]);
    tv.opens("/wall").sends("Show a code").await.goes_to("/wall");
    assert_ne!(tv.get("/wall").await.text(".wall-code"), code);
    assert_eq!(app.count("SELECT COUNT(*) FROM screen").await, 1);
}

#[tokio::test]
async fn a_code_stays_while_it_is_good() {
    let app = TestApp::new().await;
    let (tv, code) = television(&app).await;
    app.clock.forward(TimeDelta::minutes(9));
    tv.post("/wall/pairing", &[] as &[(&str, &str)]).await.goes_to("/wall");
    assert_eq!(tv.get("/wall").await.text(".wall-code"), code);
    assert_eq!(app.count("SELECT COUNT(*) FROM screen").await, 1);
}

#[tokio::test]
async fn whoever_guesses_is_slowed_down() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let (tomas, ines) = (app.leader("Tomas", team).await, app.coach("Ines").await);
    let (tv, code) = television(&app).await;
    let wrong = if code.starts_with("BCDF") { "ZXWV TSRQ" } else { "BCDF GHJK" };
    for _ in 0..5 {
        pairs(&tomas, wrong, team).await.is(422).sees("No screen shows this code");
    }
    let page = pairs(&tomas, &code, team).await.is(429).sees("Wait a minute");
    assert_eq!(page.value("code"), code);
    tv.get("/wall/board").await.is(204);
    pairs(&ines, wrong, team).await.is(422);
    app.clock.forward(TimeDelta::seconds(61));
    pairs(&tomas, &code, team).await.goes_to("/screens");
}

#[tokio::test]
async fn a_refused_pairing_says_what_is_missing_at_each_field() {
    let app = TestApp::new().await;
    let (team, other) = (app.team("Field North").await, app.team("Field South").await);
    let tomas = app.leader("Tomas", team).await;
    let page = tomas.post("/screens", &[("code", "AEIO"), ("name", ""), ("team", "")]).await.is(422);
    for field in ["code", "name", "team"] {
        assert_eq!(page.texts(&format!("#field-{field}-error")).len(), 1, "{field}");
    }
    let (_, code) = television(&app).await;
    let form = [("code", code.as_str()), ("name", "North corner"), ("team", &other.to_string())];
    let page = tomas.post("/screens", &form).await.is(422);
    assert_eq!(page.texts("#field-team-error").len(), 1, "a team that Tomas does not see");
    assert_eq!(app.count("SELECT COUNT(*) FROM screen WHERE team_id IS NOT NULL").await, 0);
}

#[tokio::test]
async fn only_keepers_keep_screens_and_only_their_own() {
    let app = TestApp::new().await;
    let (north, south) = (app.team("Field North").await, app.team("Field South").await);
    let (tomas, ruth) = (app.leader("Tomas", north).await, app.leader("Ruth", south).await);
    let (tv, code) = television(&app).await;
    pairs(&tomas, &code, north).await.goes_to("/screens");
    let forget = tomas.get("/screens").await.attributes("li form", "action").remove(0);
    ruth.get("/screens").await.is(200).does_not_see("North corner");
    ruth.post(&forget, &[] as &[(&str, &str)]).await.is(404);
    app.rep("Ada", north).await.get("/screens").await.is(404);
    app.rep("Mei", north).await.post(&forget, &[] as &[(&str, &str)]).await.is(404);
    tv.get("/wall/board").await.is(200);
    let otto = app.admin("Otto").await;
    assert_eq!(otto.get("/screens").await.texts(".screen b"), ["North corner"]);
    otto.post(&forget, &[] as &[(&str, &str)]).await.goes_to("/screens");
    tv.get("/wall/board").await.is(404);
}

#[tokio::test]
async fn a_forgotten_screen_shows_a_code_page_again() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let (tv, code) = television(&app).await;
    pairs(&tomas, &code, team).await.goes_to("/screens");
    let forget = tomas.get("/screens").await.attributes("li form", "action").remove(0);
    for _ in 0..2 {
        tomas.post(&forget, &[] as &[(&str, &str)]).await.goes_to("/screens");
        tv.get("/wall/board").await.is(404);
        tv.get("/wall/live").await.is(404);
    }
    assert_eq!(tv.get("/wall").await.attributes("form", "action"), ["/wall/pairing"]);
    tv.opens("/wall").sends("Show a code").await.goes_to("/wall");
    let again = tv.get("/wall").await.text(".wall-code");
    assert!(!again.is_empty() && again != code);
    pairs(&tomas, &code, team).await.is(422);
}

#[tokio::test]
async fn the_key_of_a_screen_opens_its_board_and_nothing_else() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let (tv, code) = television(&app).await;
    pairs(&tomas, &code, team).await.goes_to("/screens");
    let before = app.app.db.counter();
    for route in routes::all() {
        let path = route.path.replace("{id}", "01890000-0000-7000-8000-000000000000");
        if route.policy.is_open() {
            continue;
        }
        let answer = tv.method(&route.method, &path, &[("sec-fetch-site", "same-origin")]).await;
        match route.method.as_str() {
            "GET" => assert!(answer.location().starts_with("/session/new"), "{path}"),
            _ => assert_eq!(answer.status, 401, "{path}"),
        }
    }
    for path in ["/wall", "/wall/board"] {
        tv.get(path).await.is(200);
    }
    assert_eq!(app.app.db.counter(), before, "a screen only reads");
    let own: Vec<_> =
        routes::all().into_iter().filter(|route| route.policy == Policy::Wall).map(|route| route.path).collect();
    assert_eq!(own, ["/wall", "/wall/pairing", "/wall/board", "/wall/live"]);
}

#[tokio::test]
async fn keys_and_codes_are_stored_as_hashes_only() {
    let app = TestApp::new().await;
    let (tv, code) = television(&app).await;
    let key = tv.cookie("screen").unwrap();
    let mut tx = app.app.read().await.unwrap();
    let (key_hash, code_hash): (Vec<u8>, Vec<u8>) =
        tx.query_as("SELECT key_hash, code_hash FROM screen").one().await.unwrap();
    assert_eq!(key_hash, catchball::world::hash_of(&key));
    assert_eq!(code_hash, catchball::world::hash_of(&code.replace(' ', "")));
}

#[tokio::test]
async fn a_made_up_key_opens_nothing() {
    let app = TestApp::new().await;
    let tv = app.stranger();
    for key in ["", "0123456789abcdefghjkmnpqrstvwxyz", "'; DROP TABLE screen"] {
        tv.set_cookie("screen", key);
        tv.get("/wall/board").await.is(404);
        tv.get("/wall/live").await.is(404);
        assert_eq!(tv.get("/wall").await.is(200).attributes("form", "action"), ["/wall/pairing"]);
    }
}

#[tokio::test]
async fn a_crowd_of_waiting_screens_keeps_no_other_screen_waiting() {
    let app = TestApp::new().await;
    let asks = async |tv: &Visitor| tv.opens("/wall").sends("Show a code").await;
    let (mut first, mut free) = (None, 0);
    for number in 0..40 {
        let tv = app.stranger().at("192.0.2.7");
        let answer = asks(&tv).await;
        match number {
            0..30 => drop(answer.goes_to("/wall")),
            _ => assert_eq!(answer.is(429).headers["retry-after"], "600"),
        }
        first.get_or_insert(tv);
    }
    app.clock.forward(TimeDelta::seconds(1));
    asks(&app.stranger().at("198.51.100.1")).await.goes_to("/wall");
    for number in 0..40 {
        for _ in 0..30 {
            free += 1;
            asks(&app.stranger().at(&format!("10.0.0.{number}"))).await.goes_to("/wall");
        }
    }
    assert_eq!((free, app.count("SELECT COUNT(*) FROM screen").await), (1_200, 1_000), "the oldest made room");
    first.unwrap().get("/wall/board").await.is(404);
    app.clock.forward(TimeDelta::minutes(10));
    asks(&app.stranger().at("192.0.2.7")).await.goes_to("/wall");
    assert_eq!(app.count("SELECT COUNT(*) FROM screen").await, 1);
}

#[tokio::test]
async fn right_codes_do_not_count_and_a_clock_that_goes_back_keeps_nobody_waiting() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    for _ in 0..7 {
        let (_, code) = television(&app).await;
        pairs(&tomas, &code, team).await.goes_to("/screens");
    }
    let (_, code) = television(&app).await;
    let wrong = if code.starts_with("BCDF") { "ZXWV TSRQ" } else { "BCDF GHJK" };
    let before = app.app.db.counter();
    for _ in 0..5 {
        pairs(&tomas, wrong, team).await.is(422);
    }
    pairs(&tomas, wrong, team).await.is(429);
    assert_eq!(app.app.db.counter(), before, "a wrong code moves nothing");
    app.clock.set(app.now() - TimeDelta::days(1));
    pairs(&tomas, &code, team).await.goes_to("/screens");
}

#[tokio::test]
async fn a_television_that_was_paired_before_cookies_had_their_names_of_today_keeps_its_board() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let (tv, code) = television(&app).await;
    pairs(&tomas, &code, team).await.goes_to("/screens");
    let older = app.stranger();
    older.set_bare_cookie("screen", &tv.cookie("screen").unwrap());
    assert_eq!(older.get("/wall").await.is(200).text("h1"), "Field North");
    assert!(older.jar().contains(&format!("screen_{}=", app.app.seal.name)), "it has the name of today from now on");
}
