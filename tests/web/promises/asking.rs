//! "I need from you …": asked for, offered otherwise, taken, refused, let be.

use super::{clock, state};
use crate::support::{FieldNorth, Visitor};

const WHAT: &str = "a draft of a freight band for distributors";

/// Callum has asked Marco for a draft by Friday; the address of the promise.
pub async fn asked() -> (FieldNorth, String) {
    let north = FieldNorth::new().await;
    let promise = ask(&north, &north.callum, &[]).await.location();
    (north, promise)
}

async fn ask(north: &FieldNorth, who: &Visitor, more: &[(&str, &str)]) -> crate::support::Answer {
    let marco = north.marco.id.to_string();
    let mut form = vec![("of", marco.as_str()), ("what", WHAT), ("by", "2026-03-06"), ("how", "It is on the drive.")];
    form.retain(|(name, _)| !more.iter().any(|(other, _)| name == other));
    form.extend(more);
    who.post("/promises", &form).await
}

#[tokio::test]
async fn the_form_says_who_will_see_it_and_by_when_an_answer_comes() {
    let north = FieldNorth::new().await;
    let page = north.callum.get("/promises/new").await.is(200);
    page.sees("Seen by: Field North, Tomas Berg, Helen Marsh, and whom you ask. They answer by Thu 10:00.");
}

#[tokio::test]
async fn asked_offered_otherwise_taken_delivered_and_kept() {
    let (north, promise) = asked().await;
    assert_eq!((state(&north).await.as_str(), clock(&north).await.as_str()), ("requested", "Marco Rossi owes respond"));
    let page = north.marco.get(&promise).await.is(200).sees("It is on the drive.").sees("Your move");
    assert_eq!(page.text("h1"), format!("Callum asks Marco: {WHAT}"));
    north.marco.get("/").await.sees(&format!("Callum Reid asks: {WHAT}"));
    assert!(
        page.text(".headline").contains("Answer what you are asked for by Thu 10:00"),
        "{}",
        page.text(".headline")
    );
    let offer = [("what", "a table for ten of them"), ("by", "2026-03-13"), ("words", "Not all of them.")];
    north.marco.opens(&promise).fills(&offer).sends("Offer this instead").await.goes_to(&promise);
    assert_eq!(clock(&north).await, "Callum Reid owes respond");
    north.callum.get("/").await.sees("Marco Rossi offers instead: a table for ten of them");
    let page = north.callum.get(&promise).await;
    let page = page.sees("Marco Rossi offers instead, by 13 March: a table for ten of them").sees("Not all of them.");
    page.sees("offered something else by 13 March: a table for ten of them");
    north.callum.opens(&promise).sends("Yes, I take that offer").await.goes_to(&promise);
    assert_eq!((state(&north).await.as_str(), clock(&north).await.as_str()), ("promised", "Marco Rossi owes keep"));
    let page = north.priya.get(&promise).await.is(200).sees("took the offer; it is promised by 13 March");
    assert_eq!(page.text("h1"), "Marco to Callum: a table for ten of them");
    north.marco.opens(&promise).says("Here.").sends("It has come").await.goes_to(&promise);
    let page = north.callum.get(&promise).await.does_not_see("And your idea?");
    page.sees("Only Callum Reid can say that it is kept.");
    north.callum.opens(&promise).sends("Yes, it is kept").await.goes_to(&promise);
    assert_eq!(state(&north).await, "kept");
    north.callum.get("/promises?show=finished").await.sees("a table for ten of them").sees("1 kept, 0 moved, 0 missed");
}

#[tokio::test]
async fn whoever_is_asked_is_told_for_what_and_by_when() {
    let (north, _) = asked().await;
    north.marco.get("/notices").await.sees(&format!("Callum Reid asked Marco Rossi for it by Fri 17:00: {WHAT}"));
}

#[tokio::test]
async fn whoever_is_asked_may_promise_it_at_once() {
    let (north, promise) = asked().await;
    north.marco.opens(&promise).sends("Yes, I promise it by Fri 17:00").await.goes_to(&promise);
    assert_eq!(state(&north).await, "promised");
    north.callum.get(&promise).await.sees("promised it to Callum Reid by Fri 17:00");
}

#[tokio::test]
async fn an_offer_may_be_met_with_other_words_or_let_be() {
    let (north, promise) = asked().await;
    let offer = [("what", "a table for ten of them"), ("by", "2026-03-13")];
    north.marco.opens(&promise).fills(&offer).sends("Offer this instead").await.goes_to(&promise);
    let other = [("what", "twelve would do"), ("by", "2026-03-11")];
    north.callum.opens(&promise).fills(&other).sends("Ask for this").await.goes_to(&promise);
    assert_eq!((state(&north).await.as_str(), clock(&north).await.as_str()), ("requested", "Marco Rossi owes respond"));
    let page = north.marco.get(&promise).await.sees("asked in other words, by 11 March: twelve would do");
    assert_eq!(page.text("h1"), "Callum asks Marco: twelve would do");
    north.callum.opens(&promise).says("Priya had one.").sends("Let it be").await.goes_to(&promise);
    assert_eq!(state(&north).await, "dropped");
    north.priya.get(&promise).await.sees("Priya had one.").does_not_see("Your move");
}

#[tokio::test]
async fn a_no_needs_its_reason_and_ends_it() {
    let (north, promise) = asked().await;
    north.marco.opens(&promise).sends("Say no").await.is(422).sees("Say why not.");
    north.marco.opens(&promise).says("Prices change in April.").sends("Say no").await.goes_to(&promise);
    assert_eq!(state(&north).await, "refused");
    north.callum.get(&promise).await.sees("does not promise it, because").sees("Prices change in April.");
}

#[tokio::test]
async fn what_is_missing_is_asked_for_at_its_field_and_nothing_is_kept() {
    let north = FieldNorth::new().await;
    let myself = north.callum.id.to_string();
    let helper_only = north.app.admin("Nobody").await.id.to_string();
    let tries = [
        (("what", " "), "Say what you need, in a sentence."),
        (("by", ""), "Choose the day by which you need it."),
        (("by", "2026-03-03"), "This day is not in the future."),
        (("by", "2027-06-01"), "That is more than a year away."),
        (("by", "soon"), "is not a day"),
        (("of", ""), "Choose whom you need it from."),
        (("of", myself.as_str()), "Nobody promises to themselves."),
        (("of", helper_only.as_str()), "This person can\u{2019}t be asked from here."),
        (("of", "0191d0f0-0000-7000-8000-000000000000"), "This person can\u{2019}t be asked from here."),
    ];
    for (field, words) in tries {
        let page = ask(&north, &north.callum, &[field]).await.is(422).sees(words);
        assert_eq!(page.value("by"), if field.0 == "by" { field.1 } else { "2026-03-06" });
        let wrong = page.attributes(".errors a", "href");
        assert_eq!(wrong, [format!("#field-{}", field.0)], "{words}");
    }
    assert_eq!(north.app.count("SELECT COUNT(*) FROM promise").await, 0);
    assert_eq!(north.throws().await, 0);
}

#[tokio::test]
async fn a_leader_asks_no_rep_for_a_promise_and_colleagues_ask_each_other() {
    let north = FieldNorth::new().await;
    let (priya, tomas) = (north.priya.id.to_string(), north.tomas.id.to_string());
    for leader in [&north.tomas, &north.helen] {
        leader.get("/promises/new").await.does_not_see("Priya Nair");
        ask(&north, leader, &[("of", &priya)]).await.is(422);
    }
    ask(&north, &north.callum, &[("of", &priya)]).await.is(303);
    ask(&north, &north.priya, &[("of", &tomas)]).await.is(303);
}

#[tokio::test]
async fn a_director_says_for_which_team() {
    let north = FieldNorth::new().await;
    ask(&north, &north.helen, &[]).await.is(422).sees("Choose the team it is for.");
    let team = north.text("SELECT name FROM team").await;
    let page = north.helen.get("/promises/new").await.sees(&team);
    let option = page.attributes("select[name='team'] option", "value").remove(1);
    let promise = ask(&north, &north.helen, &[("team", &option)]).await.location();
    north.priya.get(&promise).await.is(200);
}

#[tokio::test]
async fn a_request_on_an_idea_stands_beside_it_and_moves_nothing() {
    let (north, idea) = FieldNorth::with_an_answer("Yes, do it", &[("words", "Yes, do it.")]).await;
    let id = idea.rsplit('/').next().unwrap().to_owned();
    let page = north.callum.get(&format!("/promises/new?idea={id}")).await.is(200);
    assert_eq!((page.value("idea"), page.attributes("main p a", "href")), (id.clone(), vec![idea.clone()]));
    let promise = ask(&north, &north.callum, &[("idea", &id)]).await.location();
    north.callum.get(&idea).await.sees(WHAT);
    let before = (north.state().await, north.ball().await);
    for (who, words, button) in [
        (&north.marco, "Gladly.", "Yes, I promise it by Fri 17:00"),
        (&north.marco, "Here.", "It has come"),
        (&north.callum, "It came.", "Yes, it is kept"),
    ] {
        who.opens(&promise).says(words).sends(button).await.goes_to(&promise);
        assert_eq!((north.state().await, north.ball().await), before, "{button}");
    }
}

#[tokio::test]
async fn an_idea_of_others_is_not_there_to_ask_for() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let service = north.app.team("Service").await;
    let ben = north.app.rep("Ben", service).await;
    let id = idea.rsplit('/').next().unwrap();
    ben.get(&format!("/promises/new?idea={id}")).await.is(404);
    ask(&north, &ben, &[("idea", id)]).await.is(404);
    ben.get("/promises/new?idea=nonsense").await.is(400);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM promise").await, 0);
}

#[tokio::test]
async fn a_double_click_asks_once() {
    let north = FieldNorth::new().await;
    let key = [("key", "0191d0f0-0000-7000-8000-000000000004")];
    let clicks = (0..10).map(|_| ask(&north, &north.callum, &key));
    let mut went: Vec<_> =
        futures_util::future::join_all(clicks).await.into_iter().map(|answer| answer.location()).collect();
    went.dedup();
    assert_eq!((went.len(), north.app.count("SELECT COUNT(*) FROM promise").await), (1, 1));
}

#[tokio::test]
async fn only_those_whose_move_it_is_make_it() {
    let (north, promise) = asked().await;
    let offer = [("what", "less"), ("by", "2026-03-13"), ("words", "Hello")];
    for (noun, who, status) in [
        ("acceptance", &north.callum, 422),
        ("counter", &north.callum, 422),
        ("refusal", &north.callum, 403),
        ("withdrawal", &north.marco, 403),
        ("acceptance", &north.tomas, 403),
        ("withdrawal", &north.tomas, 403),
        ("delivery", &north.marco, 422),
    ] {
        let page = north.forges(who, &format!("{promise}/{noun}"), &offer).await.is(status);
        page.sees("waits for the one who is asked").sees("Hello");
    }
    assert_eq!(state(&north).await, "requested");
}

#[tokio::test]
async fn asking_to_and_fro_is_heard_further_up_from_the_third_time_on() {
    let (north, promise) = asked().await;
    let heard = "SELECT COUNT(*) FROM notice JOIN person ON person.id = notice.person_id WHERE person.name = 'Tomas Berg' AND notice.words LIKE '%it goes round%'";
    for times in 1..=3 {
        assert_eq!(north.app.count(heard).await, 0, "before time {times}");
        for (who, what, button) in [
            (&north.marco, "a table for ten of them", "Offer this instead"),
            (&north.callum, "twelve would do", "Ask for this"),
        ] {
            let other = [("what", what), ("by", "2026-03-13")];
            who.opens(&promise).fills(&other).sends(button).await.goes_to(&promise);
        }
    }
    assert_eq!(north.app.count(heard).await, 1);
    north.tomas.get("/notices").await.sees("This one needs a hand, it goes round: twelve would do");
}
