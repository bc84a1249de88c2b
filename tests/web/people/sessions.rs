//! How long a session lasts, what its cookie is called, and what is asked once more.

use super::{PASSWORD, knows_a_password, signs_in};
use crate::support::TestApp;
use chrono::{DateTime, TimeDelta, Utc};

const DAY: TimeDelta = TimeDelta::days(1);

#[tokio::test]
async fn a_session_that_nobody_uses_ends_after_seven_days_and_any_after_thirty() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await.forgetting();
    let before = app.app.db.counter();
    for _ in 0..4 {
        app.clock.forward(DAY * 7 - TimeDelta::seconds(1));
        ada.get("/password/edit").await.is(200);
    }
    app.clock.forward(DAY * 2);
    ada.get("/password/edit").await.is(200);
    assert_eq!(app.app.db.counter(), before, "nothing is written when somebody is here");
    app.clock.forward(TimeDelta::seconds(4));
    ada.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
    app.signs_in(&ada).await;
    let kept = ada.cookie("session").unwrap();
    app.clock.forward(DAY * 7 - TimeDelta::hours(1));
    ada.get("/password/edit").await.is(200);
    app.clock.forward(TimeDelta::hours(1));
    ada.get("/password/edit").await.is(200);
    // A copy of the cookie from before ends by itself.
    ada.set_cookie("session", &kept);
    ada.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
}

#[tokio::test]
async fn an_admin_signs_in_anew_after_twelve_hours() {
    let app = TestApp::new().await;
    let (grace, ada) = (app.admin("Grace").await.forgetting(), app.rep("Ada", app.team("Field North").await).await);
    let ada = ada.forgetting();
    for _ in 0..11 {
        app.clock.forward(TimeDelta::hours(1));
        grace.get("/people").await.is(200);
    }
    app.clock.forward(TimeDelta::hours(1));
    grace.get("/people").await.goes_to("/session/new?next=%2Fpeople");
    ada.get("/password/edit").await.is(200);
}

#[tokio::test]
async fn what_is_stored_of_a_session_tells_no_time_of_a_day() {
    let app = TestApp::new().await;
    app.rep("Ada", app.team("Field North").await).await;
    app.clock.forward(TimeDelta::seconds(12_345));
    app.rep("Ben", app.team("Field South").await).await;
    let mut tx = app.app.read().await.unwrap();
    let ends: Vec<(DateTime<Utc>,)> = tx.query_as("SELECT expires_at FROM session").all().await.unwrap();
    assert_eq!(ends.len(), 2);
    assert!(ends.iter().all(|(end,)| end.timestamp() % 86_400 == 0 && *end == ends[0].0), "{ends:?}");
}

#[tokio::test]
async fn a_cookie_that_was_changed_or_is_another_installations_opens_nothing() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await.forgetting();
    let good = ada.cookie("session").unwrap();
    let now = app.now().timestamp();
    let changed = [
        good.replace(&now.to_string(), &(now + 1).to_string()),
        ada.token(),
        format!("{}.{now}.{now}.", ada.token()),
        good[..good.len() - 2].to_owned(),
    ];
    for cookie in changed {
        ada.set_cookie("session", &cookie);
        ada.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
    }
    ada.set_cookie("session", &good);
    ada.get("/password/edit").await.is(200);
    let name = app.app.seal.name.clone();
    let other = app.configured(&[("CATCHBALL_BASE_URL", "http://catchball.test:3001")]);
    assert_ne!(other.app.seal.name, name, "another port is another installation");
    let stranger = other.stranger();
    stranger.set_cookie("session", &good);
    stranger.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
}

#[tokio::test]
async fn every_cookie_carries_the_installation_and_is_secure_on_https() {
    for (base, secure) in [("http://catchball.test", false), ("https://catchball.test", true)] {
        let app = TestApp::new().await.configured(&[("CATCHBALL_BASE_URL", base)]);
        let ada = app.rep("Ada", app.team("Field North").await).await;
        knows_a_password(&app, &ada).await;
        let browser = app.stranger();
        let mut answers = vec![signs_in(&browser, "ada@larkfield.example", PASSWORD).await];
        let change = [("password", PASSWORD), ("new_password", "a quieter pump")];
        answers.push(browser.opens("/password/edit").fills(&change).sends("Change it").await);
        answers.push(browser.get("/more").await);
        answers.push(browser.post("/session/removal", &[("x", "")]).await);
        answers.push(app.stranger().opens("/wall").sends("Show a code").await);
        let grace = app.admin("Grace").await;
        answers.push(grace.post(&format!("/people/{}/invitation", ada.id), &[("x", "")]).await);
        let mut seen = std::collections::BTreeSet::new();
        for cookie in answers.iter().flat_map(|answer| answer.headers.get_all("set-cookie")) {
            let cookie = cookie.to_str().unwrap();
            let name = cookie.split('=').next().unwrap();
            assert!(name.ends_with(&format!("_{}", app.app.seal.name)), "{cookie}");
            assert_eq!(cookie.contains("; Secure"), secure, "{cookie}");
            assert_eq!(name.starts_with("__Host-"), secure && cookie.contains("; Path=/;"), "{cookie}");
            assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"), "{cookie}");
            let bare = name.trim_start_matches("__Host-").trim_start_matches("__Secure-");
            seen.insert(bare.split('_').next().unwrap().to_owned());
        }
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["device", "flash", "invitation", "screen", "session"]);
    }
}

#[tokio::test]
async fn roles_addresses_and_links_need_a_sign_in_of_a_moment_ago() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let (grace, ada) = (app.admin("Grace").await.forgetting(), app.rep("Ada", team).await);
    knows_a_password(&app, &grace).await;
    let (edit, path) = (format!("/people/{}/edit", ada.id), format!("/people/{}/invitation", ada.id));
    assert!(grace.get(&edit).await.is(200).texts("#field-own_password").is_empty(), "signed in just now");
    app.clock.forward(TimeDelta::minutes(10));
    let before = grace.token();
    for page in ["/people/new", &edit, &path] {
        assert_eq!(grace.get(page).await.is(200).attributes("#field-own_password", "type"), ["password"], "{page}");
    }
    let role = [("coach", "yes")];
    let refused = grace.opens(&edit).fills(&role).sends("Save").await.is(422);
    refused.sees("Write your own password once more.");
    for wrong in ["", "not this one"] {
        let fields = [("coach", "yes"), ("own_password", wrong)];
        grace.opens(&edit).fills(&fields).sends("Save").await.is(422);
        grace.opens(&path).fills(&[("own_password", wrong)]).sends("Make a link").await.is(422);
        let new = [("name", "Ben"), ("email", "ben@larkfield.example"), ("admin", "yes"), ("own_password", wrong)];
        let page = grace.opens("/people/new").fills(&new).sends("Add and make a link").await.is(422);
        assert_eq!((page.value("name"), page.value("own_password")), ("Ben".into(), String::new()));
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM role WHERE role = 'coach'").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM invitation").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM person WHERE NOT mask").await, 2);
    let right = [("email", "ada.byron@larkfield.example"), ("own_password", PASSWORD)];
    grace.opens(&edit).fills(&right).sends("Save").await.goes_to("/people");
    assert_ne!(grace.token(), before, "signed in anew");
    grace.opens(&edit).fills(&role).sends("Save").await.goes_to("/people");
    grace.post(&path, &[("x", "")]).await.goes_to(&path);
    app.clock.forward(TimeDelta::minutes(10));
    grace.opens(&path).fills(&[("own_password", PASSWORD)]).sends("Make a new link").await.goes_to(&path);
    // A session that somebody left open changes no password without the one there is.
    grace.opens("/password/edit").fills(&[("new_password", "a quieter pump")]).sends("Change it").await.is(422);
}
