//! Signing in and out, invitations, people and teams.

mod doors;
mod forms;
mod locked_out;
mod many;
mod sessions;
mod writing;

use crate::support::{Answer, TestApp, Visitor};
use catchball::people::{password, store};
use chrono::TimeDelta;

const PASSWORD: &str = "the pump hums at night";

/// Give somebody a password without an invitation.
async fn knows_a_password(app: &TestApp, visitor: &Visitor) {
    let hash = password::hash(&std::sync::Arc::default(), PASSWORD.into(), [3; 16]).await.unwrap();
    let mut tx = app.app.write().await.unwrap();
    store::set_password(&mut tx, visitor.id, &hash).await.unwrap();
    tx.commit().await.unwrap();
}

async fn signs_in(who: &Visitor, email: &str, password: &str) -> Answer {
    who.opens("/session/new").fills(&[("email", email), ("password", password)]).sends("Sign in").await
}

/// The path of the link that a page of the admin shows.
fn link_of(page: &Answer) -> String {
    let address = page.value_of("#link");
    address.strip_prefix("http://catchball.test").unwrap().to_owned()
}

#[tokio::test]
async fn the_right_password_signs_in_under_a_new_token() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await;
    knows_a_password(&app, &ada).await;
    let old = ada.cookie("session").unwrap();
    let form = [("email", " ADA@larkfield.example "), ("password", PASSWORD), ("next", "/password/edit")];
    ada.post("/session", &form).await.goes_to("/password/edit");
    let new = ada.cookie("session").unwrap();
    assert_ne!(old, new);
    ada.get("/password/edit").await.is(200);
    let replay = app.stranger();
    replay.set_cookie("session", &old);
    replay.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
    assert_eq!(app.count("SELECT COUNT(*) FROM session").await, 1);
}

#[tokio::test]
async fn a_wrong_password_an_unknown_address_and_an_open_invitation_look_the_same() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    knows_a_password(&app, &app.rep("Ada", team).await).await;
    app.rep("Ben", team).await;
    let mut pages = Vec::new();
    for name in ["ada", "ben", "eve"] {
        let email = format!("{name}@larkfield.example");
        let page = signs_in(&app.stranger(), &email, "not this one").await.is(422);
        assert_eq!(page.value("email"), email);
        assert_eq!(page.value("password"), "");
        assert_eq!(page.texts("#field-password-error").len(), 1);
        pages.push(page.body.replace(&email, "…"));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
}

#[tokio::test]
async fn the_eleventh_try_in_three_minutes_waits_whether_the_account_exists_or_not() {
    let app = TestApp::new().await;
    knows_a_password(&app, &app.rep("Ada", app.team("Field North").await).await).await;
    for email in ["ada@larkfield.example", "eve@larkfield.example"] {
        for _ in 0..10 {
            signs_in(&app.stranger(), email, "guess").await.is(422);
        }
        let page = signs_in(&app.stranger(), email, PASSWORD).await.is(429);
        assert_eq!(page.headers["retry-after"], "180");
    }
    app.clock.forward(TimeDelta::seconds(179));
    signs_in(&app.stranger(), "ada@larkfield.example", PASSWORD).await.is(429);
    app.clock.forward(TimeDelta::seconds(1));
    signs_in(&app.stranger(), "ada@larkfield.example", PASSWORD).await.goes_to("/");
}

#[tokio::test]
async fn many_guesses_at_once_count_too() {
    let app = TestApp::new().await;
    let guesses =
        (0..14).map(|_| async { signs_in(&app.stranger(), "ada@larkfield.example", "guess").await.status.as_u16() });
    let statuses = futures_util::future::join_all(guesses).await;
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 10, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 4, "{statuses:?}");
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await;
    let token = ada.cookie("session").unwrap();
    ada.get("/password/edit").await.is(200);
    ada.post("/session/removal", &[("x", "")]).await.goes_to("/session/new");
    assert_eq!(ada.cookie("session"), None);
    ada.get("/session/new").await.is(200).sees("You are signed out.");
    ada.set_cookie("session", &token);
    ada.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
    assert_eq!(app.count("SELECT COUNT(*) FROM session").await, 0);
}

#[tokio::test]
async fn nobody_is_sent_to_another_site_after_signing_in() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await;
    knows_a_password(&app, &ada).await;
    let foreign = [
        "https://evil.test/",
        "//evil.test",
        "///evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "/\t/evil.test",
        "/\r\nLocation: https://evil.test",
        "javascript:alert(1)",
        "evil.test",
        " //evil.test",
        "https:evil.test",
    ];
    for next in foreign {
        let written: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let page = app.stranger().get(&format!("/session/new?next={written}")).await.is(200);
        assert_eq!(page.value("next"), "/", "{next:?}");
        let form = [("email", "ada@larkfield.example"), ("password", PASSWORD), ("next", next)];
        app.stranger().post("/session", &form).await.goes_to("/");
        ada.get(&format!("/session/new?next={written}")).await.goes_to("/");
    }
}

#[tokio::test]
async fn before_the_set_up_the_sign_in_page_says_where_the_link_is() {
    let app = TestApp::before_set_up().await;
    app.stranger().get("/session/new").await.is(200).sees("finds a set-up link on its console");
    let form = [("email", "ada@larkfield.example"), ("password", PASSWORD)];
    app.stranger().post("/session", &form).await.is(422);
}

/// The fields of a rep to be added.
async fn adds(admin: &Visitor, name: &str, email: &str, team: &str) -> Answer {
    admin.opens("/people/new").fills(&a_rep(name, email, team)).sends("Add and make a link").await
}

fn a_rep<'a>(name: &'a str, email: &'a str, team: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![("name", name), ("email", email), ("rep", team)]
}

#[tokio::test]
async fn the_admin_adds_somebody_who_comes_in_by_a_link_that_works_once() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await.to_string();
    let admin = app.admin("Grace").await;
    let path = adds(&admin, "Ada", "ada@larkfield.example", &team).await.location();
    let page = admin.get(&path).await.is(200).sees("Ada is added.");
    assert_eq!(page.attributes("svg.qr", "aria-label").len(), 1);
    assert!(!page.body.contains("style="), "a style attribute would break our own policy");
    let waiting = |page: &Answer| page.attributes("a[href$='/invitation']", "href").contains(&path);
    assert!(waiting(&admin.get("/people").await.is(200).sees("Waits for a link")));
    let link = link_of(&page);
    let ada = app.stranger();
    ada.get(&link).await.is(200).sees("Welcome, Ada");
    ada.opens(&link).fills(&[("password", "short")]).sends("Come in").await.is(422).sees("8 characters");
    ada.opens(&link).fills(&[("password", PASSWORD)]).sends("Come in").await.goes_to("/");
    ada.get("/password/edit").await.is(200);
    app.stranger().get(&link).await.is(404).sees("This link opens nothing");
    app.stranger().post(&link, &[("password", "another password")]).await.is(404);
    signs_in(&app.stranger(), "ada@larkfield.example", PASSWORD).await.goes_to("/");
    assert!(!waiting(&admin.get("/people").await));
}

#[tokio::test]
async fn the_page_of_a_link_shows_it_to_nobody_else_and_stores_only_its_hash() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await.to_string();
    let (grace, edith) = (app.admin("Grace").await, app.admin("Edith").await);
    let path = adds(&grace, "Ada", "ada@larkfield.example", &team).await.location();
    let other = adds(&grace, "Ben", "ben@larkfield.example", &team).await.location();
    let link = link_of(&grace.get(&other).await);
    grace.get(&path).await.is(200).sees("Make a link").does_not_see("/invitations/");
    edith.get(&other).await.is(200).sees("Make a link").does_not_see(&link);
    let code = link.rsplit('/').next().unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM invitation").await, 2);
    let mut tx = app.app.read().await.unwrap();
    let hash = catchball::world::hash_of(code);
    let (found,): (i64,) =
        tx.query_as("SELECT COUNT(*) FROM invitation WHERE code_hash = $1").bind(hash).one().await.unwrap();
    assert_eq!(found, 1);
}

#[tokio::test]
async fn a_link_is_void_after_seven_days_or_a_newer_one() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await.to_string();
    let admin = app.admin("Grace").await;
    let path = adds(&admin, "Ada", "ada@larkfield.example", &team).await.location();
    let first = link_of(&admin.get(&path).await);
    admin.post(&path, &[("x", "")]).await.goes_to(&path);
    let second = link_of(&admin.get(&path).await);
    assert_ne!(first, second);
    app.stranger().post(&first, &[("password", PASSWORD)]).await.is(404);
    app.clock.forward(TimeDelta::days(7) - TimeDelta::seconds(1));
    app.stranger().get(&second).await.is(200);
    app.clock.forward(TimeDelta::seconds(1));
    app.stranger().get(&second).await.is(404);
    app.stranger().post(&second, &[("password", PASSWORD)]).await.is(404);
}

#[tokio::test]
async fn two_who_use_one_link_at_once_set_one_password() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await.to_string();
    let admin = app.admin("Grace").await;
    let path = adds(&admin, "Ada", "ada@larkfield.example", &team).await.location();
    let link = link_of(&admin.get(&path).await);
    let (one, two) = (app.stranger(), app.stranger());
    let (first, second) = ([("password", "the first of both")], [("password", "the second of both")]);
    let answers =
        tokio::join!(one.opens(&link).fills(&first).sends("Come in"), two.opens(&link).fills(&second).sends("Come in"));
    let mut statuses = [answers.0.status.as_u16(), answers.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 404]);
}

#[tokio::test]
async fn a_new_password_by_link_ends_all_older_sign_ins() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await;
    let admin = app.admin("Grace").await;
    let path = format!("/people/{}/invitation", ada.id);
    admin.post(&path, &[("x", "")]).await.goes_to(&path);
    let link = link_of(&admin.get(&path).await);
    let phone = app.stranger();
    phone.opens(&link).fills(&[("password", PASSWORD)]).sends("Come in").await.goes_to("/");
    ada.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
    phone.get("/password/edit").await.is(200);
}
