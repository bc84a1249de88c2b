//! What a nameless author typed is never lost: it has no draft, so each page that refuses it brings it back.

use super::{Device, LAPTOP, Letterbox, opens, sends};
use crate::support::Answer;
use crate::support::field_north::HURT;
use catchball::letters::rate_limit;

const KEY: &str = "6f2c1de0-4c3b-4a55-9d5e-0d3c5a1e7b11";
const TYPED: &str = "Since last spring,\nin every quote.";
const OTHER: Device = Device { agent: "Laptop/1.0", address: "192.0.2.99" };

async fn replies(letterbox: &Letterbox, code: &str, from: Device) -> Answer {
    let form = [("code", code), ("act", "said"), ("words", TYPED), ("key", KEY)];
    sends(&letterbox.app.stranger(), "/letters/moves", &form, from).await
}

/// The form that came back sends the same again.
async fn sends_again(letterbox: &Letterbox, page: &Answer, code: &str, from: Device) -> Answer {
    assert_eq!(page.attributes("form", "action"), ["/letters/moves"]);
    assert_eq!(page.texts("button[type='submit']"), ["Add words"]);
    assert_eq!((page.value("act").as_str(), page.value("key").as_str()), ("said", KEY));
    assert_eq!(page.value("words"), TYPED.replace('\n', " "), "the words as they were typed");
    assert!(page.body.contains(TYPED), "with their lines");
    replies(letterbox, code, from).await
}

#[tokio::test]
async fn words_come_back_from_the_brake_with_what_they_were_for() {
    let letterbox = Letterbox::new().await;
    let code = letterbox.code(HURT).await;
    for _ in 0..rate_limit::MOST_WRONG {
        sends(&letterbox.app.stranger(), "/letters", &[("code", "wrong")], OTHER).await.is(422);
    }
    let page = replies(&letterbox, "0000 1111", OTHER).await.is(429).sees("Wait ten minutes, then try again.");
    assert_eq!(page.value("code"), "0000 1111");
    sends(&letterbox.app.stranger(), "/letters", &[("code", &code)], OTHER).await.is(200);
    sends_again(&letterbox, &page, &code, OTHER).await.is(200).sees("Kept.");
    assert_eq!(letterbox.text("SELECT words FROM letter_word").await, TYPED);
}

#[tokio::test]
async fn words_come_back_when_the_code_is_wrong() {
    let letterbox = Letterbox::new().await;
    let code = letterbox.code(HURT).await;
    let page = replies(&letterbox, "0000 1111", LAPTOP).await.is(422).sees("No letter has this code.");
    let page = page.sees("Your text is kept.");
    sends_again(&letterbox, &page, &code, LAPTOP).await.is(200).sees("Kept.");
}

#[tokio::test]
async fn the_page_of_the_code_alone_asks_for_nothing_else() {
    let letterbox = Letterbox::new().await;
    let page = letterbox.looks("0000 1111").await.is(422);
    assert!(page.texts("textarea").is_empty());
    assert_eq!(page.attributes("form", "action"), ["/letters"]);
}

#[tokio::test]
async fn a_letter_that_is_changed_and_sent_again_has_the_newer_words() {
    let letterbox = Letterbox::new().await;
    let stranger = letterbox.app.stranger();
    let page = opens(&stranger, &letterbox.path, LAPTOP).await;
    let (key, code) = (page.value_of("input[name='key']"), page.value_of("input[name='code']"));
    let secret = page.value_of("input[name='letterbox']");
    let send = async |key: &str, code: &str, hurt: &str| {
        let fields = [("key", key), ("code", code), ("letterbox", secret.as_str()), ("hurt", hurt)];
        sends(&stranger, "/ideas", &fields, LAPTOP).await
    };
    let first = send(&key, &code, HURT).await.is(200).value_of("#code");
    assert_eq!(send(&key, &code, "In other words").await.is(200).value_of("#code"), first);
    assert_eq!(letterbox.text("SELECT hurt FROM letter").await, "In other words");
    // Another code does not change it, and another letter does not take its code: the words come back in a form of their own.
    let other = "0123456789abcdefghjkmnpq";
    for (key, code) in [(key.as_str(), other), (KEY, code.as_str())] {
        let page = send(key, code, "Somebody else").await.is(422).sees("Your text is kept");
        assert_eq!(page.value("hurt"), "Somebody else");
        let (key, code) = (page.value_of("input[name='key']"), page.value_of("input[name='code']"));
        assert_eq!(letterbox.text("SELECT hurt FROM letter WHERE hurt <> 'Somebody else'").await, "In other words");
        send(&key, &code, "Somebody else").await.is(200);
    }
    assert_eq!(letterbox.app.count("SELECT COUNT(*) FROM letter").await, 3);
}
