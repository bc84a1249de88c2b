//! The rest of an idea's life from outside: what was done already, a day of one's own, rests, sending back, putting together,
//! taking, thanking, other words. Each as somebody does it on the page, and as somebody who may not.

use crate::support::field_north::HURT;
use crate::support::{FieldNorth, Visitor};
use chrono::TimeDelta;

async fn stands(north: &FieldNorth) -> (String, String) {
    (north.state().await, north.ball().await)
}

fn at(state: &str, ball: &str) -> (String, String) {
    (state.to_owned(), ball.to_owned())
}

/// An idea that Tomas took further to Helen.
async fn taken_further() -> (FieldNorth, String) {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let helen = north.helen.id.to_string();
    let further = [("to", helen.as_str()), ("words", "It is beyond me.")];
    north.tomas.opens(&idea).fills(&further).sends("Take it further").await.goes_to(&idea);
    (north, idea)
}

async fn parks(north: &FieldNorth, who: &Visitor, idea: &str, until: &str) -> u16 {
    let park = [("answer", "park"), ("words", "The supplier is not ready."), ("until", until)];
    north.forges(who, &format!("{idea}/answer"), &park).await.status.as_u16()
}

#[tokio::test]
async fn what_was_done_already_waits_for_a_word_of_the_leader_and_ends_with_it() {
    let north = FieldNorth::new().await;
    let did = [("hurt", "Two forms for one return"), ("authority", "did_it"), ("better", "I use one form now")];
    let idea = north.callum.throws(&did).await.location();
    assert_eq!(stands(&north).await, at("delivered", "Tomas Berg owes thank"));
    north.callum.get(&idea).await.sees("did it already and told Tomas Berg").does_not_see("Yes, it changed for me");
    let confirm = [("changed", "yes"), ("words", "Yes.")];
    north.forges(&north.callum, &format!("{idea}/confirmation"), &confirm).await.is(422);
    north.forges(&north.priya, &format!("{idea}/thanks"), &[("words", "Well done.")]).await.is(403);
    north.tomas.opens(&idea).says(" ").sends("Say thank you").await.is(422).sees("Thank in your own words");
    north.tomas.opens(&idea).says("For all returns?").sends("Ask").await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("question", "Callum Reid owes reply"));
    north.callum.opens(&idea).says("For seals only.").sends("Answer").await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("delivered", "Tomas Berg owes thank"));
    north.app.clock.forward(TimeDelta::days(60));
    north.turn().await;
    north.app.signs_in(&north.tomas).await;
    assert_eq!(stands(&north).await, at("delivered", "Tomas Berg owes thank"), "silence of a leader ends nothing");
    north.tomas.opens(&idea).says("That is ten minutes a day.").sends("Say thank you").await.goes_to(&idea);
    assert!(north.is_closed().await && north.state().await == "done");
}

#[tokio::test]
async fn whoever_does_it_names_a_day_may_let_it_rest_and_may_try_it_first() {
    let (north, idea) = FieldNorth::with_an_answer("Yes, do it", &[("words", "Yes, do it.")]).await;
    let plan = format!("{idea}/plan");
    north.callum.opens(&idea).sends("Say my day").await.is(422).sees("Choose the day by which you will have done it.");
    let filled = north.callum.opens(&idea).fills(&[("by", "2026-03-01")]);
    filled.sends("Say my day").await.is(422).sees("This day is not in the future.");
    north.forges(&north.priya, &plan, &[("by", "2026-03-20")]).await.is(403);
    north.callum.opens(&idea).fills(&[("by", "2026-03-20")]).sends("Say my day").await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("go", "Callum Reid owes do"));
    north.priya.get(&idea).await.sees("will have done it by");
    let rest = [("words", "The fair comes first."), ("until", "2026-09-01")];
    north.callum.opens(&idea).fills(&rest).sends("Let it rest").await.is(422).sees("more than 90 days away");
    let rest = [("words", "The fair comes first."), ("until", "2026-04-01")];
    north.callum.opens(&idea).fills(&rest).sends("Let it rest").await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("parked", "Callum Reid owes wake"));
    north.turn_at("2026-04-01T08:00:00Z").await;
    assert_eq!(stands(&north).await, at("go", "Callum Reid owes plan"), "its yes stands");
    north.callum.opens(&idea).says("Does it help?").sends("Make it an experiment").await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("trying", "Callum Reid owes write"));
}

#[tokio::test]
async fn a_leader_names_who_does_it_and_only_somebody_of_the_team() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let (marco, priya) = (north.marco.id.to_string(), north.priya.id.to_string());
    let forged = [("answer", "go"), ("words", "Yes, do it."), ("doer", &marco)];
    let page = north.forges(&north.tomas, &format!("{idea}/answer"), &forged).await.is(422);
    let again = north.tomas.on(&page.sees("Choose somebody of the team")).fills(&[("doer", &priya)]);
    again.sends("Yes, do it").await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("go", "Priya Nair owes plan"));
    north.forges(&north.callum, &format!("{idea}/delivery"), &[("words", "Done.")]).await.is(403);
    north.priya.opens(&idea).says("Done.").sends("It is done").await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("delivered", "Callum Reid owes confirm"));
}

#[tokio::test]
async fn what_was_taken_further_is_reported_on_and_sent_back_once() {
    let (north, idea) = taken_further().await;
    let report = format!("{idea}/report");
    north.forges(&north.callum, &report, &[("words", "x")]).await.is(403);
    north.tomas.opens(&idea).says("Helen is in the budget round.").sends("Tell it").await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("passed_up", "Helen Marsh owes answer"));
    north.callum.get(&idea).await.sees("Tomas Berg told how it stands").sees("Helen is in the budget round.");
    north.helen.opens(&idea).sends("Send it back").await.is(422).sees("Say why it goes back.");
    north.helen.opens(&idea).says("You can decide that.").sends("Send it back").await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("caught", "Tomas Berg owes answer"));
    let helen = north.helen.id.to_string();
    let further = [("to", helen.as_str()), ("words", "I can not.")];
    north.tomas.opens(&idea).fills(&further).sends("Take it further").await.goes_to(&idea);
    let page = north.helen.get(&idea).await;
    assert!(!page.texts("summary").iter().any(|door| door.starts_with("Send it back")), "{:?}", page.texts("summary"));
    let again = [("words", "Once more.")];
    north.forges(&north.helen, &format!("{idea}/return"), &again).await.is(422).sees("It was sent back once.");
}

#[tokio::test]
async fn a_third_rest_needs_the_next_level_and_there_is_no_fourth() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let wakes = async |on: &str| {
        north.turn_at(&format!("{on}T08:00:00Z")).await;
        north.sign_in().await;
        assert_eq!(stands(&north).await, at("caught", "Tomas Berg owes answer"));
    };
    assert_eq!(parks(&north, &north.tomas, &idea, "2026-04-01").await, 303);
    wakes("2026-04-01").await;
    north.forges(&north.helen, &format!("{idea}/consent"), &[]).await.is(403);
    assert_eq!(parks(&north, &north.tomas, &idea, "2026-05-04").await, 303);
    wakes("2026-05-04").await;
    assert_eq!(parks(&north, &north.tomas, &idea, "2026-06-01").await, 422, "twice is enough for one");
    north.forges(&north.tomas, &format!("{idea}/consent"), &[]).await.is(403);
    north.helen.get(&idea).await.sees("A third rest needs your agreement.");
    north.helen.opens(&idea).says("I rang them.").sends("I agree").await.goes_to(&idea);
    assert_eq!(parks(&north, &north.tomas, &idea, "2026-06-01").await, 303);
    wakes("2026-06-01").await;
    north.forges(&north.helen, &format!("{idea}/consent"), &[]).await.is(403);
    assert_eq!(parks(&north, &north.tomas, &idea, "2026-07-01").await, 422, "three rests are the most");
}

#[tokio::test]
async fn neither_a_peer_nor_somebody_below_agrees_to_a_third_rest() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let team = north.app.team("Field South").await;
    let ruth = north.app.leader_below("Ruth Okafor", team, &north.helen).await;
    let ruth_id = ruth.id.to_string();
    let passes_over = async |from: &str, to: &str| {
        north.app.clock.set(format!("{from}T10:00:00Z").parse().unwrap());
        for who in [&north.tomas, &north.helen, &ruth] {
            north.app.signs_in(who).await;
        }
        let away = [("from", from), ("to", to), ("deputy", ruth_id.as_str()), ("without", "yes")];
        north.tomas.opens("/absences/new").fills(&away).sends("Write it down").await.goes_to("/absences");
        north.turn().await;
    };
    assert_eq!(parks(&north, &north.tomas, &idea, "2026-04-01").await, 303);
    north.tomas.opens(&idea).sends("Wake it").await.goes_to(&idea);
    assert_eq!(parks(&north, &north.tomas, &idea, "2026-04-01").await, 303);
    passes_over("2026-04-01", "2026-04-10").await;
    assert_eq!(stands(&north).await, at("caught", "Ruth Okafor owes answer"));
    // Who stands in for him leads another team beside him.
    assert_eq!(parks(&north, &ruth, &idea, "2026-05-04").await, 422);
    north.forges(&ruth, &format!("{idea}/consent"), &[]).await.is(403);
    north.helen.opens(&idea).sends("I agree").await.goes_to(&idea);
    assert_eq!(parks(&north, &ruth, &idea, "2026-05-04").await, 303);

    let (north, idea) = taken_further().await;
    assert_eq!(parks(&north, &north.helen, &idea, "2026-04-01").await, 303);
    north.helen.opens(&idea).sends("Wake it").await.goes_to(&idea);
    assert_eq!(parks(&north, &north.helen, &idea, "2026-04-01").await, 303);
    north.helen.opens(&idea).sends("Wake it").await.goes_to(&idea);
    north.tomas.get(&idea).await.does_not_see("A third rest needs your agreement.");
    north.forges(&north.tomas, &format!("{idea}/consent"), &[]).await.is(403);
    assert_eq!(parks(&north, &north.helen, &idea, "2026-05-04").await, 422, "nobody above agreed");
    let form = [("answer", "park"), ("until", "2026-05-04"), ("words", "Later.")];
    let page = north.forges(&north.helen, &format!("{idea}/answer"), &form).await.is(422);
    page.sees("It has rested twice. Answer it now.").does_not_see("next level");
}

#[tokio::test]
async fn whoever_does_it_asks_their_leader_for_a_third_rest() {
    let (north, idea) = FieldNorth::with_an_answer("Yes, do it", &[("words", "Yes, do it.")]).await;
    let consent = format!("{idea}/consent");
    let fields = [("words", "The fair comes first."), ("until", "2026-04-01")];
    for _ in 0..2 {
        north.callum.opens(&idea).fills(&fields).sends("Let it rest").await.goes_to(&idea);
        north.callum.opens(&idea).sends("Wake it").await.goes_to(&idea);
    }
    assert_eq!(stands(&north).await, at("go", "Callum Reid owes plan"));
    let refused = north.forges(&north.callum, &format!("{idea}/rest"), &fields).await.is(422);
    refused.sees("ask them to agree to it on this page");
    for who in [&north.callum, &north.priya] {
        north.forges(who, &consent, &[]).await.is(403);
        who.get(&idea).await.does_not_see("A third rest needs your agreement.");
    }
    north.tomas.get(&idea).await.sees("A third rest needs your agreement.");
    north.tomas.opens(&idea).sends("I agree").await.goes_to(&idea);
    north.tomas.get(&idea).await.does_not_see("A third rest needs your agreement.");
    north.callum.opens(&idea).fills(&fields).sends("Let it rest").await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("parked", "Callum Reid owes wake"));
    north.forges(&north.priya, &format!("{idea}/waking"), &[]).await.is(403);
}

#[tokio::test]
async fn two_ideas_are_put_together_and_the_author_may_object_within_five_days() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let other = north.priya.throws(&[("hurt", "Prices come too late")]).await.location();
    let merge = |into| [("version", "1"), ("into", into), ("words", "Callum threw the same.")];
    let path = format!("{other}/merger");
    north.tomas.post(&path, &merge("nowhere")).await.is(422).sees("Choose the other idea");
    north.tomas.post(&path, &merge(other.as_str())).await.is(422).sees("There is no other idea at this address");
    north.priya.post(&path, &merge(idea.as_str())).await.is(403);
    let address = format!("http://catchball.test{idea}");
    north.tomas.post(&path, &merge(address.as_str())).await.goes_to(&other);
    north.priya.get(&other).await.sees("Put together with").sees("It is not the same");
    north.callum.get(&idea).await.sees("Put together with this").sees("Prices come too late");
    let object = |version| [("version", version), ("words", "Mine is about spare parts.")];
    north.callum.post(&format!("{other}/objection"), &object("2")).await.is(403);
    north.priya.post(&format!("{other}/objection"), &object("2")).await.goes_to(&other);
    north.priya.get(&other).await.does_not_see("Put together with");
    let again = [("into", idea.as_str()), ("words", "It is.")];
    north
        .tomas
        .opens(&format!("{other}/same?q=every+quote"))
        .fills(&again)
        .sends("Put the two together")
        .await
        .goes_to(&other);
    north.app.clock.forward(TimeDelta::days(9));
    let late = north.priya.post(&format!("{other}/objection"), &object("4")).await.is(422);
    late.sees("Five working days have gone");
}

#[tokio::test]
async fn when_the_other_is_taken_back_an_idea_stands_by_itself_again() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let other = north.priya.throws(&[("hurt", "Prices come too late")]).await.location();
    let merge = [("into", idea.as_str()), ("words", "Callum threw the same.")];
    north
        .tomas
        .opens(&format!("{other}/same?q=every+quote"))
        .fills(&merge)
        .sends("Put the two together")
        .await
        .goes_to(&other);
    north.callum.opens(&idea).sends("Take it back").await.goes_to(&idea);
    let page = north.priya.get(&other).await.sees("The clock brought it back: the other idea was taken back");
    page.does_not_see("Put together with").sees("Tomas Berg has the ball");
    north.priya.get("/notices").await.sees("the other idea was taken back");
    north.tomas.get("/").await.sees("Prices come too late");
}

#[tokio::test]
async fn somebody_further_up_takes_a_ball_that_needs_a_hand_and_nobody_before() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let take = format!("{idea}/taking");
    north.forges(&north.helen, &take, &[]).await.is(422).sees("It does not need a hand now.");
    north.app.clock.set("2026-03-05T09:59:00Z".parse().unwrap());
    let taking = |page: &crate::support::Answer| page.attributes(&format!("form[action='{take}']"), "action").len();
    assert_eq!((taking(&north.helen.get(&idea).await), taking(&north.helen.get("/").await)), (0, 0));
    north.app.clock.set("2026-03-05T10:00:00Z".parse().unwrap());
    assert_eq!((taking(&north.helen.get(&idea).await), taking(&north.helen.get("/").await)), (1, 1));
    assert_eq!(taking(&north.tomas.get(&idea).await), 0, "he has it");
    north.forges(&north.priya, &take, &[]).await.is(403);
    north.forges(&north.tomas, &take, &[]).await.is(422);
    north.helen.opens("/").sends(&format!("I take it: {HURT}")).await.goes_to("/");
    assert_eq!(stands(&north).await, at("new", "Helen Marsh owes catch"));
    north.callum.get(&idea).await.sees("Helen Marsh took it, because it needed a hand");
    north.helen.opens(&idea).sends("Catch").await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("caught", "Helen Marsh owes answer"));
}

#[tokio::test]
async fn an_author_changes_the_words_and_the_old_ones_stay_readable() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let ball = north.text("SELECT CAST(due_at AS TEXT) FROM ball WHERE subject = 'idea'").await;
    north.priya.get(&format!("{idea}/edit")).await.is(422).sees("Its author changes the words");
    north.callum.get(&format!("{idea}/edit")).await.is(200);
    let fields = [("hurt", " "), ("why", "Nobody trusts old prices.")];
    let empty = north.callum.opens(&format!("{idea}/edit")).fills(&fields).sends("Change the words").await.is(422);
    assert_eq!(empty.value("why"), "Nobody trusts old prices.");
    north.forges(&north.priya, &idea, &[("hurt", "Mine now")]).await.is(403);
    let filled = north.callum.opens(&format!("{idea}/edit")).fills(&[("hurt", "We wait for prices that we know")]);
    filled.sends("Change the words").await.goes_to(&idea);
    let page = north.tomas.get(&idea).await.sees("Callum Reid changed the words").sees(HURT);
    assert_eq!(page.text("h1"), "We wait for prices that we know");
    assert_eq!(stands(&north).await, at("new", "Tomas Berg owes catch"));
    assert_eq!(north.text("SELECT CAST(due_at AS TEXT) FROM ball WHERE subject = 'idea'").await, ball, "no clock anew");
}
