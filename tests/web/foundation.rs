//! What holds for every page: set-up, headers, errors that keep what was typed, the change counter.

use crate::support::TestApp;
use axum::body::Body;
use axum::http::Request;
use catchball::people::setup;

const FOUNDING: [(&str, &str); 8] = [
    ("company", "Larkfield Pumps"),
    ("zone", "Europe/London"),
    ("days", "Mon Tue Wed Thu Fri"),
    ("hours", "08:00-12:00, 13:00-17:00"),
    ("team", "Field North"),
    ("name", "Ada Byron"),
    ("email", "ada@larkfield.example"),
    ("password", "the pump hums at night"),
];

async fn token_of(app: &TestApp) -> String {
    let link = setup::offer(&app.app).await.unwrap().unwrap();
    link.split_once("token=").unwrap().1.to_owned()
}

#[tokio::test]
async fn set_up_needs_the_link_from_the_console_and_works_once() {
    let app = TestApp::before_set_up().await;
    let ada = app.stranger();
    ada.get("/setup").await.is(403);
    ada.post("/setup", &FOUNDING).await.is(403).sees("Larkfield Pumps");
    let token = token_of(&app).await;
    let mut form = FOUNDING.to_vec();
    form.push(("token", &token));
    ada.get(&format!("/setup?token={token}")).await.is(200).sees("Start with your company");
    ada.post("/setup", &form).await.goes_to("/people");
    app.stranger().post("/setup", &form).await.is(403);
    assert_eq!(app.count("SELECT COUNT(*) FROM organisation").await, 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM role WHERE role = 'admin'").await, 1);
    assert!(setup::offer(&app.app).await.unwrap().is_none());
}

#[tokio::test]
async fn a_refused_set_up_keeps_what_was_typed_but_never_a_password() {
    let app = TestApp::before_set_up().await;
    let token = token_of(&app).await;
    let form = [
        ("token", token.as_str()),
        ("company", "Larkfield"),
        ("hours", "8 to 5"),
        ("zone", "Mars/North"),
        ("password", "short"),
    ];
    let page = app.stranger().post("/setup", &form).await.is(422);
    assert_eq!(page.value("company"), "Larkfield");
    assert_eq!(page.value("hours"), "8 to 5");
    assert_eq!(page.value("password"), "");
    for field in ["zone", "days", "hours", "team", "name", "email", "password"] {
        assert_eq!(page.texts(&format!("#field-{field}-error")).len(), 1, "{field}");
        assert_eq!(page.texts(&format!(".errors a[href='#field-{field}']")).len(), 1, "{field}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM organisation").await, 0);
}

#[tokio::test]
async fn two_set_ups_at_once_found_one_company() {
    let app = TestApp::before_set_up().await;
    let token = token_of(&app).await;
    let mut form = FOUNDING.to_vec();
    form.push(("token", &token));
    let (one, two) = (app.stranger(), app.stranger());
    let answers = tokio::join!(one.post("/setup", &form), two.post("/setup", &form));
    let mut statuses = [answers.0.status.as_u16(), answers.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 403]);
    assert_eq!(app.count("SELECT COUNT(*) FROM person WHERE NOT mask").await, 1);
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::new().await;
    for path in ["/setup", "/nowhere", "/livez"] {
        let answer = app.stranger().get(path).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers["referrer-policy"], "same-origin", "{path}");
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        assert!(answer.headers.contains_key("x-request-id"), "{path}");
    }
}

#[tokio::test]
async fn a_foreign_page_changes_nothing() {
    let app = TestApp::before_set_up().await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "http://evil.test"),
        ("origin", "null"),
    ] {
        let request =
            Request::post("/setup").header(name, value).header("content-type", "application/x-www-form-urlencoded");
        app.stranger()
            .send(request.body(Body::from("company=x")).unwrap())
            .await
            .is(403)
            .sees("This did not come from a page of Catchball");
    }
    let own = Request::post("/setup")
        .header("origin", "http://catchball.test")
        .header("content-type", "application/x-www-form-urlencoded");
    app.stranger().send(own.body(Body::from("company=x")).unwrap()).await.is(403).sees("one-time link");
}

#[tokio::test]
async fn assets_are_addressed_by_what_they_contain_and_kept_for_ever() {
    let app = TestApp::new().await;
    let page = app.stranger().get("/nowhere").await.is(404);
    let sheets = page.attributes("link[rel=stylesheet]", "href");
    assert_eq!(sheets.len(), 1);
    let sheet = app.stranger().get(&sheets[0]).await.is(200);
    assert_eq!(sheet.headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(sheet.headers["content-type"], "text/css; charset=utf-8");
}

#[tokio::test]
async fn it_lives_and_is_ready_until_it_stops() {
    let app = TestApp::new().await;
    app.stranger().get("/livez").await.is(200);
    app.stranger().get("/readyz").await.is(200);
    app.app.stop.cancel();
    app.stranger().get("/readyz").await.is(503);
    app.stranger().get("/livez").await.is(200);
}

#[tokio::test]
async fn every_write_moves_the_change_counter() {
    let app = TestApp::new().await;
    let before = app.app.db.counter().unwrap();
    app.team("Field North").await;
    assert_eq!(app.app.db.counter(), Some(before + 1));
    let dropped = app.app.write().await.unwrap();
    drop(dropped);
    assert_eq!(app.app.db.counter(), Some(before + 1));
}

#[tokio::test]
async fn a_reading_transaction_can_not_write() {
    let app = TestApp::new().await;
    let mut tx = app.app.read().await.unwrap();
    assert!(tx.query("UPDATE organisation SET name = 'x'").execute().await.is_err());
}

#[tokio::test]
async fn a_form_of_more_than_a_megabyte_is_refused() {
    let app = TestApp::before_set_up().await;
    let body = format!("company={}", "x".repeat(1_100_000));
    app.stranger().post_raw("/setup", "application/x-www-form-urlencoded", body).await.is(413);
}
