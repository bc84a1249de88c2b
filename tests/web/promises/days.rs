//! The day of a promise: moved in time, missed with what got in the way, confirmed by nobody; and the clock.

use super::{clock, promised, state, states};
use crate::support::FieldNorth;
use catchball::clockwork;

/// The day has come and gone: Friday, half past six.
async fn missed() -> (FieldNorth, String, String) {
    let (north, promise, idea) = promised().await;
    north.turn_at("2026-03-06T18:30:00Z").await;
    (north, promise, idea)
}

const RENEWED: [(&str, &str); 3] = [("words", "Systems came first."), ("cause", "one_person"), ("by", "2026-03-12")];

#[tokio::test]
async fn a_day_that_passes_is_missed_once() {
    let (north, promise, idea) = promised().await;
    north.turn_at("2026-03-06T17:00:00Z").await;
    let before = north.app.app.db.counter();
    north.turn().await;
    assert_eq!((state(&north).await.as_str(), north.app.app.db.counter()), ("promised", before), "by 17:00 is in time");
    north.turn_at("2026-03-06T17:00:01Z").await;
    assert_eq!(states(&north).await, ("missed".into(), "helping".into()));
    assert_eq!(clock(&north).await, "Tomas Berg owes renew");
    assert_eq!(north.ball().await, "Tomas Berg owes follow");
    let (throws, counter) = (north.throws().await, north.app.app.db.counter());
    north.turn().await;
    assert_eq!((north.throws().await, north.app.app.db.counter()), (throws, counter), "nothing is due any more");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM throw WHERE by_id IS NULL AND verb = 'miss'").await, 1);
    let shown = north.callum.get(&idea).await;
    assert!(shown.text(".headline").contains("Tomas Berg has the ball · new date by Mon 17:00"));
    let page = north.tomas.get(&promise).await.sees("What got in the way?").sees("The clock saw its day pass");
    assert!(
        page.text(".headline").contains("Say a new day and what got in the way by Mon 17:00"),
        "{}",
        page.text(".headline")
    );
}

#[tokio::test]
async fn missed_then_a_new_day_with_its_cause_then_kept_and_still_counted_missed() {
    let (north, promise, _) = missed().await;
    let path = format!("{promise}/new-date");
    for (field, words) in [
        (("words", ""), "Say what got in the way, in a sentence."),
        (("cause", ""), "Choose what got in the way."),
        (("cause", "mood"), "Choose one of the list."),
        (("by", ""), "Choose the new day."),
        (("by", "2026-03-06"), "This day is not in the future."),
    ] {
        let mut form = RENEWED.to_vec();
        form.retain(|(name, _)| *name != field.0);
        form.push(field);
        north.forges(&north.tomas, &path, &form).await.is(422).sees(words);
    }
    assert_eq!(state(&north).await, "missed");
    north.tomas.opens(&promise).fills(&RENEWED).sends("Promise the new day").await.goes_to(&promise);
    assert_eq!((state(&north).await.as_str(), clock(&north).await.as_str()), ("promised", "Tomas Berg owes keep"));
    let page = north.callum.get(&promise).await.sees("First promised for today 17:00.");
    let page = page.sees("Its day passed without it: today 17:00. It stays counted as missed.");
    page.sees("said what got in the way (one person for all systems); the new day is Thu 17:00");
    north.tomas.opens(&promise).says("Here.").sends("It has come").await.goes_to(&promise);
    let kept = [("next", "go_on")];
    north.callum.opens(&promise).fills(&kept).sends("Yes, it is kept").await.goes_to(&promise);
    assert_eq!(states(&north).await, ("kept".into(), "go".into()));
    let page = north.priya.get("/promises").await.sees("0 kept, 0 moved, 1 missed").sees("This is not a mark.");
    page.sees("What got in the way: one person for all systems 1");
    north.priya.get("/promises?show=finished").await.sees("was missed");
    north.app.clock.set("2026-04-04T10:00:00Z".parse().unwrap());
    north.app.signs_in(&north.priya).await;
    let page = north.priya.get("/promises").await;
    assert_eq!(page.texts("tbody tr"), ["Sat 4 Apr000", "Sat 7 Mar001"]);
}

#[tokio::test]
async fn a_missed_promise_may_be_taken_back_with_what_got_in_the_way() {
    let (north, promise, _) = missed().await;
    let filled = north.tomas.opens(&promise).says("It can not be.");
    filled.sends("Take the promise back").await.is(422).sees("Choose what got in the way.");
    let form = [("words", "It can not be."), ("cause", "too_fast")];
    north.tomas.opens(&promise).fills(&form).sends("Take the promise back").await.goes_to(&promise);
    assert_eq!(states(&north).await, ("revoked".into(), "caught".into()));
    assert_eq!(north.ball().await, "Tomas Berg owes answer");
    north.callum.get("/promises").await.sees("0 kept, 0 moved, 1 missed").sees("promised too fast 1");
}

#[tokio::test]
async fn asked_in_time_and_agreed_it_counts_as_moved_and_the_old_day_stays() {
    let (north, promise, _) = promised().await;
    north.tomas.opens(&promise).fills(&RENEWED).sends("Ask for this day").await.goes_to(&promise);
    assert_eq!(states(&north).await, ("renegotiating".into(), "helping".into()));
    assert_eq!(clock(&north).await, "Callum Reid owes agree");
    assert_eq!(north.ball().await, "Callum Reid owes follow");
    let page = north.callum.get(&promise).await.sees("Tomas Berg asks to move it to 12 March.");
    page.sees("Without an answer within two working days the old day stands too.");
    let path = format!("{promise}/agreement");
    north.forges(&north.callum, &path, &[]).await.is(422).sees("Choose whether you agree");
    north.forges(&north.tomas, &path, &[("outcome", "agree")]).await.is(403);
    north.callum.opens(&promise).sends("Yes, the new day is good").await.goes_to(&promise);
    assert_eq!((state(&north).await.as_str(), clock(&north).await.as_str()), ("promised", "Tomas Berg owes keep"));
    let page = north.callum.get(&promise).await.sees("Its day was moved once, in time.");
    page.sees("First promised for Fri 17:00.").sees("agreed; the new day is 12 March");
    north.turn_at("2026-03-10T10:00:00Z").await;
    assert_eq!(state(&north).await, "promised", "the old day no longer counts");
    north.tomas.opens(&promise).says("Here.").sends("It has come").await.goes_to(&promise);
    let kept = [("next", "whole")];
    north.callum.opens(&promise).fills(&kept).sends("Yes, it is kept").await.goes_to(&promise);
    north.callum.get("/promises").await.sees("0 kept, 1 moved, 0 missed").sees("one person for all systems 1");
}

#[tokio::test]
async fn the_receiver_may_need_it_by_the_old_day() {
    let (north, promise, _) = promised().await;
    north.tomas.opens(&promise).fills(&RENEWED).sends("Ask for this day").await.goes_to(&promise);
    let form = [("words", "The fair is on Saturday.")];
    north.callum.opens(&promise).fills(&form).sends("The old day stands").await.goes_to(&promise);
    let page = north.tomas.get(&promise).await.sees("said that the old day stands").sees("The fair is on Saturday.");
    assert!(page.text(".headline").contains("Keep your promise by Fri 17:00"), "{}", page.text(".headline"));
    assert_eq!(north.app.count("SELECT COUNT(*) FROM promise_term WHERE cause IS NOT NULL").await, 0);
}

#[tokio::test]
async fn without_an_answer_the_old_day_stands_and_when_it_has_passed_it_is_missed() {
    let (north, promise, _) = promised().await;
    north.tomas.opens(&promise).fills(&RENEWED).sends("Ask for this day").await.goes_to(&promise);
    north.turn_at("2026-03-05T10:00:01Z").await;
    assert_eq!((state(&north).await.as_str(), clock(&north).await.as_str()), ("promised", "Tomas Berg owes keep"));
    north.callum.get(&promise).await.sees("The clock let the old day stand, because no answer came");
    north.tomas.opens(&promise).fills(&RENEWED).sends("Ask for this day").await.goes_to(&promise);
    north.turn_at("2026-03-09T12:00:00Z").await;
    assert_eq!((state(&north).await.as_str(), clock(&north).await.as_str()), ("missed", "Tomas Berg owes renew"));
}

#[tokio::test]
async fn what_nobody_confirms_counts_as_kept_unconfirmed() {
    let (north, promise, _) = super::delivered().await;
    north.turn_at("2026-03-06T10:00:00Z").await;
    assert_eq!(state(&north).await, "delivered", "three working days are not over yet");
    north.turn_at("2026-03-06T10:00:01Z").await;
    assert_eq!(states(&north).await, ("kept".into(), "go".into()));
    assert_eq!(north.ball().await, "Callum Reid owes plan");
    let page = north.callum.get(&promise).await.sees("The clock counted it as kept, because nobody said otherwise");
    page.sees("Callum Reid did not say, so it counts as kept, not confirmed.").sees("kept, not confirmed");
    north
        .callum
        .get("/promises")
        .await
        .sees("1 kept")
        .sees("One of them counts as kept because its receiver did not say.");
}

#[tokio::test]
async fn a_clock_that_stood_still_for_a_week_catches_up_once() {
    let (north, _, _) = promised().await;
    north.app.clock.set("2026-03-16T09:00:00Z".parse().unwrap());
    let turns = (0..4).map(|_| clockwork::turn(&north.app.app));
    for turned in futures_util::future::join_all(turns).await {
        turned.unwrap();
    }
    assert_eq!((state(&north).await.as_str(), clock(&north).await.as_str()), ("missed", "Tomas Berg owes renew"));
    assert_eq!(north.app.count("SELECT COUNT(*) FROM throw WHERE verb = 'miss'").await, 1);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM throw WHERE verb = 'carry'").await, 1);
    let missed = north.app.count("SELECT COUNT(*) FROM promise WHERE missed_at = first_due_at").await;
    assert_eq!(missed, 1, "the day that passed is remembered, not the day on which it was noticed");
}

#[tokio::test]
async fn whoever_comes_before_the_clock_turns_finds_it_turned() {
    let (north, promise, _) = promised().await;
    north.app.clock.set("2026-03-09T09:00:00Z".parse().unwrap());
    let page = north.tomas.opens(&promise).says("It is on the drive.").sends("It has come").await;
    page.is(409).sees("Somebody was first: The clock saw its day pass").sees("It is on the drive.");
    assert_eq!(state(&north).await, "missed");
    north.tomas.get(&promise).await.does_not_see("It has come");
}

#[tokio::test]
async fn clocks_run_over_a_weekend_and_a_change_of_hours() {
    let (north, promise, _) = super::delivered().await;
    north.forges(&north.callum, &format!("{promise}/release"), &[]).await.is(422);
    let late = [("words", "Half."), ("by", "2026-03-27")];
    north.callum.opens(&promise).fills(&late).sends("Not yet").await.goes_to(&promise);
    // The Friday before the hour changes, at noon: delivered, to be confirmed within three working days.
    north.app.clock.set("2026-03-27T12:00:00Z".parse().unwrap());
    north.tomas.opens(&promise).says("All of it.").sends("It has come").await.goes_to(&promise);
    for (at, expected) in [("2026-04-01T11:00:00Z", "delivered"), ("2026-04-01T11:00:01Z", "kept")] {
        north.turn_at(at).await;
        assert_eq!(state(&north).await, expected, "{at}");
    }
}
