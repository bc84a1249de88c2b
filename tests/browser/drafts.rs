//! What somebody began to write survives a crash, a lost session and a lost network, and is gone when it was sent; and the
//! conversation about an idea with names, a picture, and something taken back.

use crate::app::{TestApp, Visitor};
use crate::journey::{sign_in, signed_in};
use crate::support::Browser;
use std::time::Duration;

const DRAFTS: &str = "SELECT COUNT(*) FROM draft";
const IDEAS: &str = "SELECT COUNT(*) FROM idea";
const HURT: &str = "Every quote waits for the pricing desk";

async fn wait(millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}

async fn until(app: &TestApp, sql: &'static str, wanted: i64) {
    for _ in 0..100 {
        if app.count(sql).await == wanted {
            return;
        }
        wait(100).await;
    }
    panic!("{sql} is {} and not {wanted}", app.count(sql).await);
}

/// How many drafts this device keeps.
async fn on_device(browser: &Browser) -> i64 {
    let script = "return Object.keys(localStorage).filter(key => key.startsWith('catchball-draft:')).length";
    browser.run(script, vec![]).await.as_i64().unwrap()
}

async fn north() -> (TestApp, String, Visitor, Visitor) {
    let app = TestApp::new().await;
    let address = app.serve().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let priya = app.rep("Priya", team).await;
    (app, address, priya, tomas)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_survive_a_crash_and_are_gone_when_the_idea_is_thrown() {
    let (app, address, priya, _) = north().await;
    let page = format!("{address}/ideas/new");
    let browser = signed_in(&app, &address, &priya).await;
    browser.goto(&page).await;
    browser.choose("With my name").await;
    browser.fill("hurt", HURT).await;
    wait(700).await;
    assert_eq!(app.count(DRAFTS).await, 0, "the device is quicker than the server");
    browser.crash().await;
    browser.goto(&page).await;
    browser.sees("is here.").await;
    assert_eq!(browser.value("field-hurt").await, HURT);

    // Three seconds after the last key it is on the server, and another device has it.
    browser.press("Add more").await;
    browser.fill("why", "Because every quote needs a fresh price.").await;
    until(&app, DRAFTS, 1).await;
    let other = signed_in(&app, &address, &priya).await;
    other.goto(&page).await;
    other.sees("Your draft from").await;
    assert_eq!(other.value("field-hurt").await, HURT);
    assert_eq!(other.value("field-why").await, "Because every quote needs a fresh price.");
    other.inspect("draft restored").await;
    other.goto(&format!("{address}/drafts")).await;
    other.sees("Only you see them.").await;
    other.inspect("drafts").await;

    // What is typed right before one leaves is not lost either.
    browser.fill("better", "A price sheet").await;
    browser.goto(&format!("{address}/more")).await;
    browser.goto(&page).await;
    assert_eq!(browser.value("field-better").await, "A price sheet");

    browser.press("Throw it").await;
    browser.sees("Thanks.").await;
    assert_eq!((app.count(DRAFTS).await, on_device(&browser).await), (0, 0));
    wait(3500).await;
    assert_eq!(app.count(DRAFTS).await, 0, "nothing comes after the throw");
    for device in [&browser, &other] {
        device.goto(&page).await;
        device.sees("One line is enough.").await;
        wait(300).await;
        assert_eq!(device.value("field-hurt").await, "");
        assert!(!device.text().await.contains("Your draft"));
    }
    browser.is_quiet().await;
    other.is_quiet().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_survive_a_lost_session_and_start_over() {
    let (app, address, priya, _) = north().await;
    let page = format!("{address}/ideas/new");
    let browser = signed_in(&app, &address, &priya).await;
    browser.goto(&page).await;
    browser.choose("With my name").await;
    browser.fill("hurt", HURT).await;
    let mut tx = app.app.write().await.unwrap();
    tx.query("DELETE FROM session").execute().await.unwrap();
    tx.commit().await.unwrap();
    browser.press("Throw it").await;
    browser.sees("You are signed out").await;
    assert_eq!(browser.run("return document.querySelector('textarea').value", vec![]).await, HURT);
    assert_eq!(app.count(IDEAS).await, 0);
    browser.goto(&format!("{address}/session/new")).await;
    sign_in(&browser, &priya).await;
    browser.goto(&page).await;
    browser.sees("is here.").await;
    assert_eq!(browser.value("field-hurt").await, HURT);
    wait(200).await;
    browser.press("Start over").await;
    for _ in 0..50 {
        wait(100).await;
        if browser.value("field-hurt").await.is_empty() {
            break;
        }
    }
    assert_eq!(browser.value("field-hurt").await, "");
    browser.goto(&page).await;
    wait(300).await;
    assert_eq!(browser.value("field-hurt").await, "");
    assert_eq!((app.count(DRAFTS).await, on_device(&browser).await), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_wait_for_the_network_and_the_idea_is_thrown_once() {
    let (app, address, priya, _) = north().await;
    let browser = signed_in(&app, &address, &priya).await;
    browser.goto(&format!("{address}/ideas/new")).await;
    browser.choose("With my name").await;
    browser.fill("hurt", HURT).await;
    browser.offline(true).await;
    for _ in 0..2 {
        browser.press("Throw it").await;
        browser.sees("You are offline, so nothing is sent yet.").await;
    }
    assert_eq!(browser.value("field-hurt").await, HURT);
    assert_eq!(app.count(IDEAS).await, 0);
    browser.offline(false).await;
    browser.sees("Thanks.").await;
    assert_eq!(app.count(IDEAS).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_and_the_conversation_about_an_idea() {
    let (app, address, priya, tomas) = north().await;
    let idea = priya.post("/ideas", &[("hurt", HURT)]).await.location();
    let idea = format!("{address}{idea}");
    let (priya, tomas) = (signed_in(&app, &address, &priya).await, signed_in(&app, &address, &tomas).await);
    assert!(tomas.run("return document.title", vec![]).await.as_str().unwrap().starts_with("(1) "));
    tomas.goto(&idea).await;
    tomas.press("This hurts me too").await;
    tomas.sees("It hurts you too.").await;
    tomas.press("Undo").await;
    tomas.sees("Taken back. It no longer counts you.").await;
    tomas.press("This hurts me too").await;
    tomas.sees("It hurts 1 more person.").await;
    tomas.press("I’d like to join").await;
    tomas.sees("Would like to join: Tomas.").await;

    // A name is offered while it is typed, and the comment is a draft until it is sent.
    tomas.fill("Write something", "**Mine too**, @pri").await;
    tomas.sees("@Priya").await;
    tomas.press("@Priya").await;
    assert_eq!(tomas.value("comment-field-words").await, "**Mine too**, @Priya ");
    until(&app, DRAFTS, 1).await;
    tomas.goto(&format!("{address}/more")).await;
    tomas.goto(&idea).await;
    tomas.sees("Your draft from").await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sheet.png");
    image::RgbImage::from_fn(900, 500, |x, y| image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], 200]))
        .save(&file)
        .unwrap();
    tomas.press("Add pictures").await;
    tomas.choose_file("comment-field-pictures", &file).await;
    tomas.fill("comment-field-pictures_show", "The third line of the price sheet").await;
    tomas.press("Write it").await;
    tomas.sees("Written. The ball stays where it is.").await;
    assert_eq!(app.count(DRAFTS).await, 0);
    let shown = "const image = document.querySelector('.talk img'); image.loading = 'eager';
                 return image.decode().then(() => image.naturalWidth)";
    assert_eq!(tomas.run(shown, vec![]).await.as_i64(), Some(900));
    tomas.inspect("conversation").await;

    priya.goto(&format!("{address}/notices")).await;
    priya.sees("Tomas asks for you in the conversation.").await;
    priya.inspect("notices").await;
    assert!(priya.run("return document.title", vec![]).await.as_str().unwrap().starts_with("(1) "));
    priya.follow("New Every quote waits for the pricing desk").await;
    priya.sees("Mine too").await;
    until(&app, "SELECT COUNT(*) FROM notice WHERE unread AND kind = 'news'", 0).await;
    priya.goto(&format!("{address}/notices")).await;
    assert!(!priya.run("return document.title", vec![]).await.as_str().unwrap().starts_with('('));

    tomas.press("Take it back").await;
    tomas.sees("Taken back by its author.").await;
    tomas.press("Undo").await;
    tomas.sees("It is back.").await;
    tomas.sees("Mine too").await;
    for browser in [&priya, &tomas] {
        browser.is_quiet().await;
    }
}
