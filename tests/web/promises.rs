//! Promises from outside: given with "I'll help", delivered by the promiser, kept only by the word of the receiver.

mod asking;
mod days;
mod seeing;
mod standing;

use crate::support::{Answer, FieldNorth};

const WHAT: &str = "get you the price sheet";

/// Where the forms of a promise are sent.
const NOUNS: [&str; 10] = [
    "acceptance",
    "agreement",
    "confirmation",
    "counter",
    "delivery",
    "new-date",
    "refusal",
    "release",
    "revocation",
    "withdrawal",
];

/// Tomas has promised Callum the price sheet by Friday; the addresses of the promise and of its idea.
async fn promised() -> (FieldNorth, String, String) {
    let (north, idea) = FieldNorth::with_an_answer("Promise it", &[("what", WHAT), ("by", "2026-03-06")]).await;
    let page = north.callum.get(&idea).await;
    let promise = page.attributes(".beside .list-title", "href").remove(0);
    (north, promise, idea)
}

async fn delivered() -> (FieldNorth, String, String) {
    let (north, promise, idea) = promised().await;
    north.tomas.opens(&promise).says("It is on the drive.").sends("It has come").await.goes_to(&promise);
    (north, promise, idea)
}

async fn state(north: &FieldNorth) -> String {
    north.text("SELECT state FROM promise").await
}

/// Who has the ball of the promise, what they owe.
async fn clock(north: &FieldNorth) -> String {
    north.text("SELECT person.name || ' owes ' || ball.owes FROM ball JOIN person ON person.id = ball.holder_id WHERE ball.subject = 'promise'").await
}

async fn states(north: &FieldNorth) -> (String, String) {
    (north.text("SELECT state FROM promise").await, north.state().await)
}

async fn open_promises(north: &FieldNorth) -> i64 {
    north.app.count("SELECT COUNT(*) FROM ball WHERE subject = 'promise'").await
}

#[tokio::test]
async fn ill_help_makes_a_promise_to_the_author() {
    let (north, promise, idea) = promised().await;
    assert_eq!(states(&north).await, ("promised".into(), "helping".into()));
    let page = north.callum.get(&promise).await.is(200).sees("Only Callum Reid can say that it is kept.");
    assert_eq!(page.text("h1"), "Tomas will get you the price sheet");
    assert!(page.text(".headline").contains("promised by Fri 17:00"), "{}", page.text(".headline"));
    assert_eq!(page.attributes("main p a", "href"), [idea.as_str()]);
    let page = north.callum.get(&idea).await.sees("I will get you the price sheet");
    assert!(
        page.text(".headline").contains("Tomas Berg has the ball · promised by Fri 17:00"),
        "{}",
        page.text(".headline")
    );
}

#[tokio::test]
async fn a_promise_needs_a_day_in_the_future() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    for by in ["2026-03-03", "2020-01-01", "2028-01-01", "tomorrow"] {
        let form = [("what", WHAT), ("by", by)];
        let page = north.tomas.opens(&idea).fills(&form).sends("Promise it").await.is(422);
        assert_eq!(page.attributes(".came-back input[name='by']", "value"), [by]);
        assert_eq!(page.texts(".came-back textarea[name='what']"), [WHAT]);
    }
    assert_eq!((north.state().await.as_str(), north.app.count("SELECT COUNT(*) FROM promise").await), ("new", 0));
}

#[tokio::test]
async fn kept_and_the_author_goes_on() {
    let (north, promise, _) = delivered().await;
    assert_eq!(north.ball().await, "Callum Reid owes follow");
    north.callum.get(&promise).await.sees("It is on the drive.").sees("Your move");
    let page = north.callum.opens(&promise).says("It came.").sends("Yes, it is kept").await.is(422);
    page.sees("Choose what it means for your idea.").sees("It came.");
    let form = [("next", "go_on"), ("words", "It came.")];
    north.callum.opens(&promise).fills(&form).sends("Yes, it is kept").await.goes_to(&promise);
    assert_eq!(states(&north).await, ("kept".into(), "go".into()));
    assert_eq!((north.ball().await.as_str(), open_promises(&north).await), ("Callum Reid owes plan", 0));
}

#[tokio::test]
async fn kept_and_it_was_the_whole_thing() {
    let (north, promise, idea) = delivered().await;
    let form = [("next", "whole")];
    north.callum.opens(&promise).fills(&form).sends("Yes, it is kept").await.goes_to(&promise);
    assert_eq!(states(&north).await, ("kept".into(), "delivered".into()));
    north.callum.opens(&idea).sends("Yes, it changed for me").await.goes_to(&idea);
    assert_eq!(states(&north).await, ("kept".into(), "done".into()));
}

#[tokio::test]
async fn not_yet_needs_a_reason_and_a_new_day() {
    let (north, promise, idea) = delivered().await;
    north.callum.opens(&promise).fills(&[("by", "2026-03-10")]).sends("Not yet").await.is(422).sees("Say why not yet.");
    let form = [("words", "Half of it is missing."), ("by", "2026-03-03")];
    let page =
        north.callum.opens(&promise).fills(&form).sends("Not yet").await.is(422).sees("This day is not in the future.");
    assert_eq!(page.texts("details[open] textarea"), ["Half of it is missing."]);
    assert_eq!(states(&north).await, ("delivered".into(), "helping".into()));
    let form = [("words", "Half of it is missing."), ("by", "2026-03-10")];
    north.callum.opens(&promise).fills(&form).sends("Not yet").await.goes_to(&promise);
    assert_eq!(states(&north).await, ("promised".into(), "helping".into()));
    let page = north.tomas.get(&promise).await.sees("said not yet; the new day is");
    assert_eq!(page.text(".headline"), "Keep your promise by 10 March");
    north.callum.get(&idea).await.sees("Half of it is missing.");
}

#[tokio::test]
async fn a_promise_taken_back_brings_the_idea_back_for_another_answer() {
    let (north, promise, idea) = promised().await;
    north.tomas.opens(&promise).sends("Take the promise back").await.is(422).sees("Say why you take it back.");
    north.tomas.opens(&promise).says("Marco is ill until May.").sends("Take the promise back").await.goes_to(&promise);
    assert_eq!(states(&north).await, ("revoked".into(), "caught".into()));
    assert_eq!((north.ball().await.as_str(), open_promises(&north).await), ("Tomas Berg owes answer", 0));
    north.tomas.opens(&idea).says("Without me then.").sends("Yes, do it").await.goes_to(&idea);
}

#[tokio::test]
async fn the_receiver_may_let_it_go() {
    let (north, promise, _) = promised().await;
    north.callum.opens(&promise).says("Priya had it.").sends("Let it go").await.goes_to(&promise);
    assert_eq!(states(&north).await, ("released".into(), "go".into()));
}

#[tokio::test]
async fn a_second_promise_may_be_given_while_it_is_being_done() {
    let (north, idea) = FieldNorth::with_an_answer("Yes, do it", &[("words", "Yes, do it.")]).await;
    north.helen.get(&idea).await.sees("You can help Callum");
    let form = [("what", "find you two days"), ("by", "2026-03-20")];
    north.helen.opens(&idea).fills(&form).sends("Promise it").await.goes_to(&idea);
    assert_eq!(states(&north).await, ("promised".into(), "helping".into()));
}

#[tokio::test]
async fn only_the_receiver_confirms_and_only_the_promiser_delivers() {
    let (north, promise, _) = promised().await;
    let tried = |who, noun, fields| send(&north, who, &promise, noun, fields);
    tried(&north.callum, "delivery", &[]).await.is(403).sees("waits for the one who gave it");
    tried(&north.priya, "delivery", &[]).await.is(403);
    tried(&north.tomas, "release", &[]).await.is(403);
    tried(&north.callum, "revocation", &[]).await.is(403);
    for (who, status) in [(&north.callum, 422), (&north.tomas, 403), (&north.helen, 403)] {
        tried(who, "confirmation", &[("outcome", "kept"), ("next", "whole")]).await.is(status);
    }
    assert_eq!(states(&north).await, ("promised".into(), "helping".into()));
    north.tomas.opens(&promise).says("Here.").sends("It has come").await.goes_to(&promise);
    for who in [&north.tomas, &north.priya, &north.helen] {
        let kept = tried(who, "confirmation", &[("outcome", "kept"), ("next", "whole")]).await.is(403);
        kept.sees("Only its receiver can say");
        tried(who, "confirmation", &[("outcome", "not_yet"), ("by", "2026-03-10")]).await.is(403);
    }
    assert_eq!(states(&north).await, ("delivered".into(), "helping".into()));
}

async fn send(
    north: &FieldNorth,
    who: &crate::support::Visitor,
    promise: &str,
    noun: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let mut form = vec![("words", "What I wanted to say.")];
    form.extend(fields);
    north.forges(who, &format!("{promise}/{noun}"), &form).await.sees("What I wanted to say.")
}

#[tokio::test]
async fn foreign_and_missing_promises_are_the_same_nothing() {
    let (north, promise, _) = promised().await;
    let service = north.app.team("Service").await;
    let ben = north.app.rep("Ben", service).await;
    for path in [promise.as_str(), "/promises/0191d0f0-0000-7000-8000-000000000000", "/promises/nonsense"] {
        ben.get(path).await.is(404);
        for noun in NOUNS {
            let fields = [("words", "Hello"), ("outcome", "kept"), ("next", "whole"), ("version", "1")];
            ben.post(&format!("{path}/{noun}"), &fields).await.is(404);
        }
    }
}

#[tokio::test]
async fn a_double_click_delivers_once() {
    let (north, promise, _) = promised().await;
    let fields = [("words", "Here."), ("version", "1"), ("key", "0191d0f0-0000-7000-8000-000000000004")];
    let path = format!("{promise}/delivery");
    let clicks = (0..20).map(|_| north.tomas.post(&path, &fields));
    for answer in futures_util::future::join_all(clicks).await {
        answer.goes_to(&promise);
    }
    assert_eq!(north.app.count("SELECT COUNT(*) FROM throw WHERE subject = 'promise' AND verb = 'deliver'").await, 1);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM throw WHERE subject = 'idea' AND verb = 'carry'").await, 1);
}

#[tokio::test]
async fn the_second_of_two_sees_both_versions() {
    let (north, promise, _) = promised().await;
    north.callum.opens(&promise).says("Priya had it.").sends("Let it go").await.goes_to(&promise);
    let stale = [("words", "It is on the drive."), ("version", "1")];
    let page = north.tomas.post(&format!("{promise}/delivery"), &stale).await.is(409);
    page.sees("Somebody was first: Callum Reid no longer needs it").sees("Priya had it.").sees("It is on the drive.");
}
