//! Standing promises: given by leaders, read by everybody, pointed at, answered, reviewed, ended with notice.

use super::{clock, state};
use crate::support::{FieldNorth, Visitor};

const WHAT: &str = "Nobody loses job, territory or accounts because of an improvement.";

/// Helen has given it; the address of its page, and of its forms.
async fn stands() -> (FieldNorth, String, String) {
    let north = FieldNorth::new().await;
    let page =
        north.helen.opens("/standing-promises/new").fills(&[("what", WHAT)]).sends("Promise it").await.location();
    let forms = page.replace("/promises", "/standing-promises");
    (north, page, forms)
}

async fn send(north: &FieldNorth, who: &Visitor, path: &str, words: &str) -> crate::support::Answer {
    let version = north.app.count("SELECT MAX(version) FROM promise").await.to_string();
    who.post(path, &[("words", words), ("version", &version)]).await
}

async fn pass(north: &FieldNorth, to: &str) {
    north.app.clock.set(to.parse().unwrap());
    // A session lasts a month.
    north.sign_in().await;
    north.turn().await;
}

#[tokio::test]
async fn everybody_who_is_signed_in_reads_what_stands_first() {
    let (north, page, _) = stands().await;
    let service = north.app.team("Service").await;
    let ben = north.app.rep("Ben", service).await;
    for who in [&north.priya, &north.marco, &ben] {
        let list = who.get("/promises").await.is(200).sees("What stands");
        assert_eq!(list.attributes(".list-title", "href"), [page.as_str()]);
        let shown = who.get(&page).await.is(200);
        assert_eq!(shown.text("h1"), WHAT);
        shown.sees("Helen Marsh promised it to everybody; it stands since Tue 3 Mar, next review by Sun 30 Aug.");
    }
    north.app.stranger().get(&page).await.is(303);
}

#[tokio::test]
async fn only_leaders_give_one_and_only_with_words() {
    let north = FieldNorth::new().await;
    for who in [&north.priya, &north.marco] {
        who.get("/standing-promises/new").await.is(404);
        who.post("/standing-promises", &[("what", WHAT)]).await.is(404);
        who.get("/promises").await.does_not_see("Give a standing promise");
    }
    north.tomas.get("/promises").await.sees("Give a standing promise");
    north.tomas.get("/standing-promises/new").await.is(200).sees("Seen by everybody who is signed in");
    let filled = north.tomas.opens("/standing-promises/new").fills(&[("what", " ")]);
    filled.sends("Promise it").await.is(422).sees("Say what will hold, in a sentence.");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM promise").await, 0);
    let key = [("what", WHAT), ("key", "0191d0f0-0000-7000-8000-000000000004")];
    let first = north.tomas.post("/standing-promises", &key).await.location();
    north.tomas.post("/standing-promises", &key).await.goes_to(&first);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM promise").await, 1);
}

#[tokio::test]
async fn anybody_points_at_a_case_and_the_answer_is_there_for_all() {
    let (north, page, forms) = stands().await;
    north.priya.get(&page).await.sees("Goes to Helen, with your name. Everybody who is signed in can read it.");
    send(&north, &north.priya, &format!("{forms}/cases"), " ").await.is(422).sees("Say what happened.");
    assert_eq!(state(&north).await, "standing");
    let case = "My area went to Leeds after the trial.";
    send(&north, &north.priya, &format!("{forms}/cases"), case).await.goes_to(&page);
    assert_eq!(
        (state(&north).await.as_str(), clock(&north).await.as_str()),
        ("pointed_at", "Helen Marsh owes respond")
    );
    let shown = north.marco.get(&page).await.sees(case).sees("Priya Nair pointed at a case");
    assert!(shown.text(".headline").contains("answer by Thu 10:00"), "{}", shown.text(".headline"));
    send(&north, &north.marco, &format!("{forms}/cases"), "Mine too.")
        .await
        .is(422)
        .sees("Somebody pointed at a case.");
    for (noun, who) in [("answer", &north.priya), ("answer", &north.tomas), ("revocation", &north.priya)] {
        send(&north, who, &format!("{forms}/{noun}"), "I say").await.is(403).sees("I say");
    }
    send(&north, &north.helen, &format!("{forms}/answer"), "It goes back to you on Monday.").await.goes_to(&page);
    assert_eq!((state(&north).await.as_str(), clock(&north).await.as_str()), ("standing", "Helen Marsh owes review"));
    north.marco.get(&page).await.sees("It goes back to you on Monday.").sees("Here it did not hold");
    north.marco.get("/promises").await.sees("A standing promise was pointed at once.").sees("This is not a mark.");
}

#[tokio::test]
async fn a_case_leads_to_its_idea_for_those_who_may_see_that() {
    let (north, page, forms) = stands().await;
    let idea = north.callum.throws(&[("hurt", "The target goes up")]).await.location();
    let id = idea.rsplit('/').next().unwrap();
    north.callum.get(&page).await.sees("The target goes up");
    let case = |id| [("words", "It did not hold."), ("version", "1"), ("idea", id)];
    north.marco.post(&format!("{forms}/cases"), &case(id)).await.is(422).sees("This idea is not there for you.");
    north.callum.post(&format!("{forms}/cases"), &case(id)).await.goes_to(&page);
    assert_eq!(north.tomas.get(&page).await.attributes(".story a", "href"), [idea.as_str()]);
    assert!(north.marco.get(&page).await.attributes(".story a", "href").is_empty());
    north.marco.get(&page).await.does_not_see("The target goes up");
}

#[tokio::test]
async fn twice_a_year_its_promiser_says_that_it_still_stands() {
    let (north, page, forms) = stands().await;
    let shown = north.priya.get(&page).await;
    assert!(shown.text(".headline").contains("stands · review from 24 August"), "{}", shown.text(".headline"));
    pass(&north, "2026-08-27T09:00:00Z").await;
    let shown = north.priya.get(&page).await;
    assert!(shown.text(".headline").contains("review by Sun 17:00"), "{}", shown.text(".headline"));
    send(&north, &north.priya, &format!("{forms}/review"), "It does.").await.is(403);
    send(&north, &north.helen, &format!("{forms}/review"), "").await.is(422).sees("Say how you know");
    send(&north, &north.helen, &format!("{forms}/review"), "I asked all three teams.").await.goes_to(&page);
    let shown = north.priya.get(&page).await.sees("I asked all three teams.").sees("said that it still stands");
    shown.sees("next review by Tue 23 Feb 2027");
}

#[tokio::test]
async fn it_ends_with_a_reason_and_thirty_days_of_notice() {
    let (north, page, forms) = stands().await;
    send(&north, &north.helen, &format!("{forms}/revocation"), "").await.is(422).sees("Say why it can");
    send(&north, &north.tomas, &format!("{forms}/revocation"), "No.").await.is(403);
    send(&north, &north.helen, &format!("{forms}/revocation"), "We are being sold.").await.goes_to(&page);
    assert_eq!((state(&north).await.as_str(), clock(&north).await.as_str()), ("ending", "Helen Marsh owes end"));
    let shown = north.priya.get(&page).await.sees("We are being sold.").sees("ends on Thu 2 Apr");
    assert!(shown.text(".headline").contains("stands until 2 April"), "{}", shown.text(".headline"));
    // Until that day it stands, and can be pointed at; a second notice does not move the day.
    pass(&north, "2026-04-01T09:00:00Z").await;
    send(&north, &north.priya, &format!("{forms}/cases"), "Mine.").await.goes_to(&page);
    let again = send(&north, &north.helen, &format!("{forms}/revocation"), "Now.").await.is(422);
    again.sees("Notice was given already.");
    pass(&north, "2026-04-03T09:00:00Z").await;
    assert_eq!(state(&north).await, "pointed_at", "the case is still owed its answer");
    send(&north, &north.helen, &format!("{forms}/answer"), "You are right.").await.goes_to(&page);
    pass(&north, "2026-04-03T09:00:01Z").await;
    assert_eq!(state(&north).await, "revoked");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM ball").await, 0);
    pass(&north, "2026-04-04T09:00:00Z").await;
    assert_eq!(north.app.count("SELECT COUNT(*) FROM throw WHERE verb = 'end'").await, 1);
    north.priya.get(&page).await.sees("stood from Tue 3 Mar until Thu 2 Apr").does_not_see("Point at a case");
    north.priya.get("/promises").await.does_not_see(WHAT);
    north.priya.get("/promises?show=finished").await.sees(WHAT);
}

#[tokio::test]
async fn the_second_of_two_sees_both() {
    let (north, page, forms) = stands().await;
    send(&north, &north.priya, &format!("{forms}/cases"), "The first.").await.goes_to(&page);
    let stale = [("words", "The second."), ("version", "1")];
    let page = north.callum.post(&format!("{forms}/cases"), &stale).await.is(409);
    page.sees("Somebody was first: Priya Nair pointed at a case").sees("The first.").sees("The second.");
}

#[tokio::test]
async fn what_does_not_stand_has_no_case() {
    let (north, promise) = super::asking::asked().await;
    let forms = promise.replace("/promises", "/standing-promises");
    for noun in ["cases", "answer", "review", "revocation"] {
        send(&north, &north.helen, &format!("{forms}/{noun}"), "Hello").await.is(404);
    }
    let (north, _, forms) = stands().await;
    let dated = forms.replace("/standing-promises", "/promises");
    for noun in ["delivery", "confirmation", "release", "revocation", "acceptance", "new-date"] {
        send(&north, &north.helen, &format!("{dated}/{noun}"), "Hello").await.is(404);
    }
    assert_eq!(state(&north).await, "standing");
}
