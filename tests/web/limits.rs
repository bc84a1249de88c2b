//! Limits of forms: how many fields, how much room, and that nobody's form keeps others from theirs.

use crate::pictures::png;
use crate::support::{Answer, FieldNorth, TestApp, Visitor};
use crate::walk::{Company, company, is_unsafe};
use axum::body::{Body, Bytes};
use axum::http::Request;
use catchball::routes::{Route, all};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

const TYPED: &str = "application/x-www-form-urlencoded";

fn many(fields: usize) -> Vec<(String, String)> {
    (0..fields).map(|number| (format!("f{number}"), String::from("x"))).collect()
}

async fn sends(who: &Visitor, path: &str, fields: &[(String, String)], with_files: bool) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    if with_files { who.post_files(path, &fields, &[]).await } else { who.post_exactly(path, &fields).await }
}

/// Whoever the policy of the route lets in.
fn admitted<'a>(company: &'a Company, route: &Route) -> impl Iterator<Item = &'a Visitor> {
    let policy = route.policy;
    company.people.iter().filter(move |(_, person)| policy.admits(person)).map(|(visitor, _)| visitor)
}

#[tokio::test]
async fn no_form_takes_more_fields_than_a_page_has() {
    let company = company().await;
    let (mut taken, mut refused) = (Vec::new(), 0);
    // Signing out would end the walk.
    for route in all().into_iter().filter(|route| is_unsafe(route) && route.path != "/session/removal") {
        let path = company.records.fill(route.path);
        let stranger = company.app.stranger();
        for who in admitted(&company, &route).take(1).chain([&stranger]) {
            for with_files in [false, true] {
                let is_refused = |answer: &Answer| matches!(answer.status.as_u16(), 400 | 413);
                let answer = sends(who, &path, &many(201), with_files).await;
                if is_refused(&answer) {
                    refused += 1;
                } else if is_refused(&who.post_raw(&path, "text/plain", "no form at all").await) {
                    // Otherwise it reads no form, whatever is sent with it.
                    taken.push(format!("{path} by {}, files {with_files}: {}", who.name, answer.status));
                }
            }
        }
    }
    assert!(taken.is_empty(), "{}", taken.join("\n"));
    assert!(refused > 400, "{refused}");
}

#[tokio::test]
async fn as_many_fields_as_a_form_may_have_are_taken() {
    let north = FieldNorth::new().await;
    let mut fields = many(197);
    fields.extend(
        [("draft", "idea"), ("hurt", "The desk"), ("key", "x")].map(|(name, value)| (name.into(), value.into())),
    );
    for with_files in [false, true] {
        sends(&north.callum, "/drafts", &fields, with_files).await.is(204);
    }
    north.callum.get("/ideas/new").await.is(200).sees("The desk");
}

#[tokio::test]
async fn a_form_of_very_many_fields_costs_nobody_anything() {
    let north = FieldNorth::new().await;
    let forms = [
        ("empty ones", "a&".repeat(200_000)),
        ("of one letter", (0..46_000).map(|number| format!("f{number}=x&")).collect()),
        ("without a name", "=&".repeat(200_000)),
        ("of the same name", format!("draft=idea&{}", "hurt=x&".repeat(100_000))),
        ("a field of many fields", format!("draft=idea&hurt={}", "%26a=b".repeat(100_000))),
    ];
    for (kind, form) in forms {
        let began = Instant::now();
        let (refused, thrown) = tokio::join!(
            north.priya.post_raw("/drafts", TYPED, form),
            north.callum.throws(&[("hurt", "Every quote goes through the desk")])
        );
        thrown.is(303);
        assert!(matches!(refused.status.as_u16(), 400 | 413 | 204), "{kind}: {}", refused.status);
        assert!(began.elapsed() < Duration::from_secs(2), "{kind} took {:?}", began.elapsed());
        let began = Instant::now();
        for page in ["/drafts", "/drafts/fields", "/ideas/new"] {
            north.priya.get(page).await.is(200);
        }
        assert!(began.elapsed() < Duration::from_secs(2), "looking at the draft of {kind} took {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_draft_that_grows_with_each_form_ends_at_as_many_fields() {
    let north = FieldNorth::new().await;
    let mut statuses = Vec::new();
    for turn in 0..3 {
        let mut fields: Vec<_> = (0..150).map(|number| (format!("f{turn}-{number}"), String::from("x"))).collect();
        fields.push(("draft".into(), "idea".into()));
        statuses.push(sends(&north.callum, "/drafts", &fields, false).await.status.as_u16());
    }
    assert_eq!(statuses, [204, 413, 413]);
}

#[tokio::test]
async fn two_windows_that_save_at_once_lose_nothing() {
    let north = FieldNorth::new().await;
    let callum = &north.callum;
    let save = async |name: &str| callum.post("/drafts", &[("draft", "idea"), (name, "text")]).await;
    for (one, other) in [("hurt", "why"), ("better", "benefit"), ("needed_change", "small_try")] {
        let (first, second) = tokio::join!(save(one), save(other));
        first.is(204);
        second.is(204);
    }
    let page = north.callum.get("/ideas/new").await;
    for name in ["hurt", "why", "better", "benefit", "needed_change", "small_try"] {
        assert_eq!(page.value(name), "text", "{name}");
    }
}

/// A request whose body goes on until its sender is dropped.
fn half_sent(path: &str, kind: &str, start: Vec<u8>) -> (Request<Body>, mpsc::Sender<Result<Bytes, std::io::Error>>) {
    let (more, body) = mpsc::channel(1);
    more.try_send(Ok(Bytes::from(start))).unwrap();
    let request = Request::post(path).header("content-type", kind).header("sec-fetch-site", "same-origin");
    (request.body(Body::from_stream(ReceiverStream::new(body))).unwrap(), more)
}

fn beginning_of_a_file(bytes: usize) -> Vec<u8> {
    let head = "--line\r\nContent-Disposition: form-data; name=\"hurt\"\r\n\r\nMy words\r\n--line\r\n\
                Content-Disposition: form-data; name=\"pictures\"; filename=\"a.jpg\"\r\n\r\n";
    [head.as_bytes(), &vec![7; bytes]].concat()
}

const FILES: &str = "multipart/form-data; boundary=line";

async fn moment() {
    tokio::time::sleep(Duration::from_secs(2)).await;
}

#[tokio::test]
async fn forms_that_strangers_send_half_leave_room_for_everybody_else() {
    let north = FieldNorth::new().await;
    let stranger = north.app.stranger();
    let mut half = Vec::new();
    let waiting = async {
        let sent = (0..10).map(|_| {
            let (request, more) = half_sent("/ideas", TYPED, [b"hurt=", &vec![b'x'; 1_000_000][..]].concat());
            half.push(more);
            stranger.send(request)
        });
        futures_util::future::join_all(sent.collect::<Vec<_>>()).await
    };
    let others = async {
        moment().await;
        let long = "x".repeat(700_000);
        let page = north.app.stranger().post("/ideas", &[("hurt", long.as_str())]).await.is(503);
        assert_eq!(page.headers["retry-after"], "30");
        north.app.stranger().post("/session", &[("email", "a@b.example"), ("password", "wrong one")]).await.is(422);
        north.callum.post("/drafts", &[("draft", "idea"), ("hurt", &long[..300_000])]).await.is(204);
    };
    tokio::pin!(waiting);
    tokio::select! {
        _ = &mut waiting => panic!("half a form was answered"),
        () = others => {}
    }
}

#[tokio::test]
async fn files_of_strangers_are_not_kept_and_those_of_one_person_leave_room_for_others() {
    let north = FieldNorth::new().await;
    let stranger = north.app.stranger();
    let (mut half, mut waiting) = (Vec::new(), Vec::new());
    for who in [&stranger, &stranger, &stranger, &stranger, &north.callum, &north.callum] {
        let (request, more) = half_sent("/ideas", FILES, beginning_of_a_file(9_000_000));
        half.push(more);
        waiting.push(Box::pin(who.send(request)));
    }
    let waiting = futures_util::future::select_all(waiting);
    let others = async {
        moment().await;
        let file = vec![7; 9_000_000];
        // Callum has sent two of them half: his third one finds no room, Priya's does.
        let page = north.callum.post_files("/ideas", &[("hurt", "My words")], &[("pictures", "a.jpg", &file)]).await;
        page.is(503).sees("My words").sees("Send it again");
        let small = png();
        let sent = north.priya.post_files("/ideas", &[("hurt", "Hers")], &[("pictures", "a.png", &small)]).await;
        sent.is(303);
    };
    tokio::select! {
        _ = waiting => panic!("half a form was answered"),
        () = others => {}
    }
    // What was half sent is gone, and what it held.
    moment().await;
    let sent = north.callum.post_files("/ideas", &[("hurt", "x")], &[("pictures", "a.png", &png())]).await;
    sent.is(303);
}

#[tokio::test]
async fn what_a_stranger_typed_comes_back_without_the_file() {
    let app = TestApp::new().await;
    let file = vec![7; 3_000_000];
    for path in ["/ideas", "/ideas/00000000-0000-7000-8000-000000000000/comments"] {
        let page = app.stranger().post_files(path, &[("words", "My words")], &[("pictures", "a.jpg", &file)]).await;
        assert_eq!(page.is(401).value("words"), "My words");
    }
}

#[tokio::test]
async fn a_part_of_a_form_whose_head_never_ends_is_not_collected() {
    let north = FieldNorth::new().await;
    let endless = [b"--line\r\nContent-Disposition: ", &vec![b'x'; 5_000_000][..]].concat();
    let before = "x".repeat(5_000_000);
    for body in [endless, before.into_bytes()] {
        let began = Instant::now();
        let status = north.callum.post_raw("/ideas", FILES, body).await.status.as_u16();
        assert!(matches!(status, 400 | 413), "{status}");
        assert!(began.elapsed() < Duration::from_secs(2));
    }
}

/// A text of more words and more characters than any field takes.
fn endless() -> String {
    "w\u{f6}rd ".repeat(16_500)
}

/// Where a form is sent, which field has the text, and all its fields.
type LongForm = (String, String, Vec<(String, String)>);

/// The text fields of all forms of a page: where each form is sent, and its fields with the text in one of them.
fn too_long(page: &Answer, text: &str) -> Vec<LongForm> {
    let html = scraper::Html::parse_document(&page.body);
    let all = |selector: &str| scraper::Selector::parse(selector).unwrap();
    let (forms, controls) = (all("form[method='post']"), all("input[name], textarea[name]"));
    let mut found = Vec::new();
    for form in html.select(&forms) {
        let action = form.value().attr("action").unwrap_or_default().to_owned();
        let value = |field: scraper::ElementRef<'_>| {
            let value = field.value().attr("value").map(str::to_owned);
            value.unwrap_or_else(|| field.text().collect::<String>())
        };
        let fields: Vec<_> = form.select(&controls).collect();
        let is_typed = |field: &scraper::ElementRef<'_>| {
            field.value().name() == "textarea"
                || matches!(field.value().attr("type"), Some("text" | "search" | "email"))
        };
        for typed in fields.iter().filter(|field| is_typed(field)) {
            let name = typed.value().attr("name").unwrap().to_owned();
            let others = fields.iter().filter(|field| field.value().attr("type") == Some("hidden"));
            let mut sent: Vec<(String, String)> = others
                .map(|field| (field.value().attr("name").unwrap().to_owned(), value(*field)))
                .filter(|(known, _)| *known != name)
                .collect();
            sent.push((name.clone(), text.to_owned()));
            found.push((action.clone(), name, sent));
        }
    }
    found
}

#[tokio::test]
async fn no_text_of_any_form_may_be_endless_and_what_was_typed_stands_there_again() {
    let company = company().await;
    let text = endless();
    let before = company.app.app.db.counter();
    let (mut wrong, mut tried) = (Vec::new(), std::collections::BTreeSet::new());
    for route in all().into_iter().filter(|route| !is_unsafe(route)) {
        let path = company.records.fill(route.path);
        for (visitor, _) in &company.people {
            let page = visitor.get(&path).await;
            if page.status != 200 {
                continue;
            }
            for (action, name, fields) in too_long(&page, &text) {
                // The shape of the address and the field: one record stands for all of its kind.
                let shape: String = action.chars().map(|sign| if sign.is_ascii_digit() { '0' } else { sign }).collect();
                if action.starts_with("/drafts") || !tried.insert((shape, name.clone())) {
                    continue;
                }
                let answer = sends(visitor, &action, &fields, false).await;
                let kept = answer.body.contains(text.trim());
                if !answer.status.is_client_error() || !kept {
                    let told = format!("{name} of {action} on {path} by {}", visitor.name);
                    wrong.push(format!("{told}: {}, kept {kept}", answer.status));
                }
            }
        }
    }
    assert!(tried.len() > 30, "{tried:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(company.app.app.db.counter(), before);
}

#[tokio::test]
async fn no_address_takes_an_endless_word() {
    let north = FieldNorth::new().await;
    let long = "w%C3%B6rd+".repeat(3_000);
    for path in [
        "/search?q=",
        "/ideas?state=",
        "/ideas?team=",
        "/?list=",
        "/session/new?next=",
        "/promises?page=",
        "/ideas/new?from=",
    ] {
        let began = Instant::now();
        let answer = north.tomas.get(&format!("{path}{long}")).await;
        assert!(answer.status.as_u16() < 500, "{path} {}", answer.status);
        assert!(began.elapsed() < Duration::from_secs(2), "{path} took {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn one_person_who_searches_much_leaves_the_search_to_others() {
    let (north, _) = FieldNorth::with_an_idea().await;
    let priya = &north.priya;
    let searches =
        (0..40).map(|number| async move { priya.get(&format!("/search?q=quote+desk+{number}")).await.status.as_u16() });
    let (statuses, found) =
        tokio::join!(futures_util::future::join_all(searches), north.callum.get("/search?q=quote+desk"));
    found.is(200).sees("Every quote");
    assert!(statuses.iter().all(|status| matches!(status, 200 | 503)), "{statuses:?}");
    assert!(statuses.contains(&200), "{statuses:?}");
}
