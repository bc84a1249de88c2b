//! What holds for every page: set-up, headers, errors that keep what was typed, the change counter.

use crate::support::{FieldNorth, TestApp};
use axum::body::Body;
use axum::http::Request;
use catchball::people::setup;

const FOUNDING: [(&str, &str); 9] = [
    ("company", "Larkfield Pumps"),
    ("zone", "Europe/London"),
    ("mon", "yes"),
    ("fri", "yes"),
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
        assert!(policy.contains("require-trusted-types-for 'script'; trusted-types catchball"), "{path}: {policy}");
        assert_eq!(answer.headers["x-robots-tag"], "noindex, nofollow", "{path}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers["referrer-policy"], "same-origin", "{path}");
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        assert!(answer.headers.contains_key("x-request-id"), "{path}");
    }
}

#[tokio::test]
async fn every_refusal_carries_them_too() {
    let north = FieldNorth::new().await;
    let (stranger, callum) = (north.app.stranger(), &north.callum);
    let idea = callum.throws(&[("hurt", "The desk is slow")]).await.location();
    let form = "application/x-www-form-urlencoded";
    let wrong = [("email", "callum.reid@larkfield.example"), ("password", "wrong password")];
    let foreign = [("origin", "https://evil.example")];
    let mut answers = vec![
        (303, stranger.get("/ideas").await),
        (404, stranger.get("/letterbox/nonsense").await),
        (404, stranger.get("/wall/live").await),
        (404, callum.get("/people").await),
        (404, callum.get("/pictures/nonsense").await),
        (404, callum.post(&format!("{idea}/nothing"), &[("a", "b")]).await),
        (400, callum.get("/ideas?before=nonsense").await),
        (400, callum.post_raw("/drafts", form, "a&".repeat(300)).await),
        (400, callum.post_raw("/drafts", form, "a".repeat(1_100_000)).await),
        (401, stranger.post("/ideas", &[("hurt", "x"), ("key", "0191d0f0-0000-7000-8000-000000000000")]).await),
        (403, callum.method(&axum::http::Method::POST, "/drafts", &foreign).await),
        (403, north.forges(callum, &format!("{idea}/catch"), &[]).await),
        (422, stranger.post("/session", &wrong).await),
        (422, stranger.post("/letters", &[("code", "nonsense")]).await),
    ];
    for _ in 0..40 {
        let answer = stranger.post("/session", &wrong).await;
        if answer.status == 429 {
            answers.push((429, answer));
            break;
        }
    }
    for _ in 0..100 {
        let answer = stranger.post("/letters", &[("code", "nonsense")]).await;
        if answer.status == 429 {
            answers.push((429, answer));
            break;
        }
    }
    assert_eq!(answers.len(), 16, "both brakes refuse");
    for (status, answer) in answers {
        let path = status;
        assert_eq!(answer.status, status, "{path}");
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        for (name, value) in [
            ("x-robots-tag", "noindex, nofollow"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.headers.get(name).and_then(|value| value.to_str().ok()), Some(value), "{path}: {name}");
        }
        assert!(answer.headers.contains_key("permissions-policy"), "{path}");
        if matches!(status, 429 | 503) {
            assert!(answer.headers.contains_key("retry-after"), "{path}");
        }
    }
}

/// What comes back for these bytes, until the connection ends.
async fn raw(address: &str, bytes: &[u8]) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut line = tokio::net::TcpStream::connect(address.strip_prefix("http://").unwrap()).await.unwrap();
    // The other end may have heard enough before all is said.
    let _sent = line.write_all(bytes).await;
    let mut answer = Vec::new();
    let _read = tokio::time::timeout(std::time::Duration::from_secs(5), line.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// What packs a page is gone when the page begins to go out, however slowly it is taken.
#[tokio::test]
async fn a_page_is_packed_whole_before_it_goes_out() {
    let app = TestApp::new().await;
    let address = app.serve().await;
    for (packs, length) in [("gzip", "content-encoding: gzip"), ("identity", "content-length: ")] {
        let head =
            format!("GET /session/new HTTP/1.1\r\nhost: a\r\naccept-encoding: {packs}\r\nconnection: close\r\n\r\n");
        let answer = raw(&address, head.as_bytes()).await;
        assert!(answer.contains(length) && answer.contains("content-length: "), "{answer}");
        assert!(!answer.contains("transfer-encoding"), "{answer}");
    }
}

#[tokio::test]
async fn what_is_no_request_is_answered_with_the_headers_too() {
    let app = TestApp::new().await;
    let address = app.serve().await;
    let long = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "x".repeat(70_000));
    let many = format!("GET / HTTP/1.1\r\nhost: a\r\n{}\r\n", "x: y\r\n".repeat(200));
    let cases = [
        ("nonsense\r\n\r\n", "400 Bad Request"),
        ("GET / HTTP/1.1\r\nbad header\r\n\r\n", "400 Bad Request"),
        ("GET /\u{0} HTTP/1.1\r\n\r\n", "400 Bad Request"),
        (&long, "4"),
        (&many, "431 Request Header Fields Too Large"),
    ];
    for (bytes, status) in cases {
        let answer = raw(&address, bytes.as_bytes()).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        for header in [
            "content-security-policy: default-src 'none'",
            "x-content-type-options: nosniff",
            "cache-control: no-store",
        ] {
            assert_eq!(answer.matches(header).count(), 1, "{header}: {answer}");
        }
        assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    }
    // Two requests on one line, the second one is none.
    let two = raw(&address, b"GET /livez HTTP/1.1\r\nhost: a\r\n\r\nnonsense\r\n\r\n").await;
    assert_eq!(two.matches("content-security-policy").count(), 2, "{two}");
    assert!(two.contains("alive\n") && two.contains("400 Bad Request"), "{two}");
}

#[tokio::test]
async fn over_plain_http_every_page_says_so_and_strangers_pages_are_not_to_be_listed() {
    for (base, is_plain) in
        [("http://catchball.test", true), ("http://127.0.0.1:3000", false), ("https://a.test", false)]
    {
        let app = TestApp::new().await.configured(&[("CATCHBALL_BASE_URL", base)]);
        let ada = app.rep("Ada", app.team("Field North").await).await;
        for (who, path) in [
            (&app.stranger(), "/session/new"),
            (&app.stranger(), "/letters"),
            (&app.stranger(), "/nowhere"),
            (&ada, "/"),
        ] {
            let page = who.get(path).await;
            assert_eq!(page.text(".plain-line").contains("not encrypted"), is_plain, "{base}{path}");
            assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex, nofollow"], "{path}");
        }
        let wall = app.stranger().get("/wall").await;
        assert_eq!(wall.attributes("meta[name=robots]", "content"), ["noindex, nofollow"]);
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
