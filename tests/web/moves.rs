//! The rest of an idea's life from outside: what was done already, a day of one's own, rests, sending back, putting together,
//! taking, thanking, other words. Each as somebody does it on the page, and as somebody who may not.

use crate::ideas::FieldNorth;
use crate::support::Visitor;
use catchball::clockwork;
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
    let further = [("answer", "pass_up"), ("to", helen.as_str()), ("words", "It is beyond me.")];
    north.send(&north.tomas, &format!("{idea}/answer"), &further).await.goes_to(&idea);
    (north, idea)
}

async fn parks(north: &FieldNorth, who: &Visitor, idea: &str, until: &str) -> u16 {
    let park = [("answer", "park"), ("words", "The supplier is not ready."), ("until", until)];
    north.send(who, &format!("{idea}/answer"), &park).await.status.as_u16()
}

#[tokio::test]
async fn what_was_done_already_waits_for_a_word_of_the_leader_and_ends_with_it() {
    let north = FieldNorth::new().await;
    let did = [("hurt", "Two forms for one return"), ("authority", "did_it"), ("better", "I use one form now")];
    let idea = north.callum.post("/ideas", &did).await.location();
    assert_eq!(stands(&north).await, at("delivered", "Tomas Berg owes thank"));
    north.callum.get(&idea).await.sees("did it already and told Tomas Berg").does_not_see("Yes, it changed for me");
    let confirm = [("changed", "yes"), ("words", "Yes.")];
    north.send(&north.callum, &format!("{idea}/confirmation"), &confirm).await.is(422);
    north.send(&north.priya, &format!("{idea}/thanks"), &[("words", "Well done.")]).await.is(403);
    north
        .send(&north.tomas, &format!("{idea}/thanks"), &[("words", " ")])
        .await
        .is(422)
        .sees("Thank in your own words");
    north.send(&north.tomas, &format!("{idea}/question"), &[("words", "For all returns?")]).await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("question", "Callum Reid owes reply"));
    north.send(&north.callum, &format!("{idea}/reply"), &[("words", "For seals only.")]).await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("delivered", "Tomas Berg owes thank"));
    north.app.clock.forward(TimeDelta::days(60));
    clockwork::turn(&north.app.app).await.unwrap();
    north.app.signs_in(&north.tomas).await;
    assert_eq!(stands(&north).await, at("delivered", "Tomas Berg owes thank"), "silence of a leader ends nothing");
    north
        .send(&north.tomas, &format!("{idea}/thanks"), &[("words", "That is ten minutes a day.")])
        .await
        .goes_to(&idea);
    assert!(north.is_closed().await && north.state().await == "done");
}

#[tokio::test]
async fn whoever_does_it_names_a_day_may_let_it_rest_and_may_try_it_first() {
    let (north, idea) = FieldNorth::with_an_answer("go", &[("words", "Yes, do it.")]).await;
    let plan = format!("{idea}/plan");
    north.send(&north.callum, &plan, &[]).await.is(422).sees("Choose the day by which you will have done it.");
    north.send(&north.callum, &plan, &[("by", "2026-03-01")]).await.is(422).sees("This day is not in the future.");
    north.send(&north.priya, &plan, &[("by", "2026-03-20")]).await.is(403);
    north.send(&north.callum, &plan, &[("by", "2026-03-20")]).await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("go", "Callum Reid owes do"));
    north.priya.get(&idea).await.sees("will have done it by");
    let rest = [("words", "The fair comes first."), ("until", "2026-09-01")];
    north.send(&north.callum, &format!("{idea}/rest"), &rest).await.is(422).sees("more than 90 days away");
    let rest = [("words", "The fair comes first."), ("until", "2026-04-01")];
    north.send(&north.callum, &format!("{idea}/rest"), &rest).await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("parked", "Callum Reid owes wake"));
    north.app.clock.set("2026-04-01T08:00:00Z".parse().unwrap());
    clockwork::turn(&north.app.app).await.unwrap();
    assert_eq!(stands(&north).await, at("go", "Callum Reid owes plan"), "its yes stands");
    north.send(&north.callum, &format!("{idea}/trial"), &[("words", "Does it help?")]).await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("trying", "Callum Reid owes write"));
}

#[tokio::test]
async fn a_leader_names_who_does_it_and_only_somebody_of_the_team() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let (marco, priya) = (north.marco.id.to_string(), north.priya.id.to_string());
    let path = format!("{idea}/answer");
    let yes = |doer| [("answer", "go"), ("words", "Yes, do it."), ("doer", doer)];
    north.send(&north.tomas, &path, &yes(marco.as_str())).await.is(422).sees("Choose somebody of the team");
    north.send(&north.tomas, &path, &yes(priya.as_str())).await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("go", "Priya Nair owes plan"));
    north.send(&north.callum, &format!("{idea}/delivery"), &[("words", "Done.")]).await.is(403);
    north.send(&north.priya, &format!("{idea}/delivery"), &[("words", "Done.")]).await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("delivered", "Callum Reid owes confirm"));
}

#[tokio::test]
async fn what_was_taken_further_is_reported_on_and_sent_back_once() {
    let (north, idea) = taken_further().await;
    let report = format!("{idea}/report");
    north.send(&north.callum, &report, &[("words", "x")]).await.is(403);
    north.send(&north.tomas, &report, &[("words", "Helen is in the budget round.")]).await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("passed_up", "Helen Marsh owes answer"));
    north.callum.get(&idea).await.sees("Tomas Berg told how it stands").sees("Helen is in the budget round.");
    north.send(&north.helen, &format!("{idea}/return"), &[]).await.is(422).sees("Say why it goes back.");
    north.send(&north.helen, &format!("{idea}/return"), &[("words", "You can decide that.")]).await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("caught", "Tomas Berg owes answer"));
    let helen = north.helen.id.to_string();
    let further = [("answer", "pass_up"), ("to", helen.as_str()), ("words", "I can not.")];
    north.send(&north.tomas, &format!("{idea}/answer"), &further).await.goes_to(&idea);
    let page = north.helen.get(&idea).await;
    assert!(!page.texts("summary").iter().any(|door| door.starts_with("Send it back")), "{:?}", page.texts("summary"));
    let again = [("words", "Once more.")];
    north.send(&north.helen, &format!("{idea}/return"), &again).await.is(422).sees("It was sent back once.");
}

#[tokio::test]
async fn a_third_rest_needs_the_next_level_and_there_is_no_fourth() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let wakes = async |on: &str| {
        north.app.clock.set(format!("{on}T08:00:00Z").parse().unwrap());
        clockwork::turn(&north.app.app).await.unwrap();
        north.app.signs_in(&north.tomas).await;
        north.app.signs_in(&north.helen).await;
        assert_eq!(stands(&north).await, at("caught", "Tomas Berg owes answer"));
    };
    assert_eq!(parks(&north, &north.tomas, &idea, "2026-04-01").await, 303);
    wakes("2026-04-01").await;
    north.send(&north.helen, &format!("{idea}/consent"), &[]).await.is(403);
    assert_eq!(parks(&north, &north.tomas, &idea, "2026-05-04").await, 303);
    wakes("2026-05-04").await;
    assert_eq!(parks(&north, &north.tomas, &idea, "2026-06-01").await, 422, "twice is enough for one");
    north.send(&north.tomas, &format!("{idea}/consent"), &[]).await.is(403);
    north.helen.get(&idea).await.sees("A third rest needs your agreement.");
    north.send(&north.helen, &format!("{idea}/consent"), &[("words", "I rang them.")]).await.goes_to(&idea);
    assert_eq!(parks(&north, &north.tomas, &idea, "2026-06-01").await, 303);
    wakes("2026-06-01").await;
    north.send(&north.helen, &format!("{idea}/consent"), &[]).await.is(403);
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
        north.tomas.post("/absences", &away).await.goes_to("/absences");
        clockwork::turn(&north.app.app).await.unwrap();
    };
    assert_eq!(parks(&north, &north.tomas, &idea, "2026-04-01").await, 303);
    north.send(&north.tomas, &format!("{idea}/waking"), &[]).await.goes_to(&idea);
    assert_eq!(parks(&north, &north.tomas, &idea, "2026-04-01").await, 303);
    passes_over("2026-04-01", "2026-04-10").await;
    assert_eq!(stands(&north).await, at("caught", "Ruth Okafor owes answer"));
    // Who stands in for him leads another team beside him.
    assert_eq!(parks(&north, &ruth, &idea, "2026-05-04").await, 422);
    north.send(&ruth, &format!("{idea}/consent"), &[]).await.is(403);
    north.send(&north.helen, &format!("{idea}/consent"), &[]).await.goes_to(&idea);
    assert_eq!(parks(&north, &ruth, &idea, "2026-05-04").await, 303);

    let (north, idea) = taken_further().await;
    assert_eq!(parks(&north, &north.helen, &idea, "2026-04-01").await, 303);
    north.send(&north.helen, &format!("{idea}/waking"), &[]).await.goes_to(&idea);
    assert_eq!(parks(&north, &north.helen, &idea, "2026-04-01").await, 303);
    north.send(&north.helen, &format!("{idea}/waking"), &[]).await.goes_to(&idea);
    north.tomas.get(&idea).await.does_not_see("A third rest needs your agreement.");
    north.send(&north.tomas, &format!("{idea}/consent"), &[]).await.is(403);
    assert_eq!(parks(&north, &north.helen, &idea, "2026-05-04").await, 422, "nobody above agreed");
    let form = [("answer", "park"), ("until", "2026-05-04"), ("words", "Later.")];
    let page = north.send(&north.helen, &format!("{idea}/answer"), &form).await.is(422);
    page.sees("It has rested twice. Answer it now.").does_not_see("next level");
}

#[tokio::test]
async fn whoever_does_it_asks_their_leader_for_a_third_rest() {
    let (north, idea) = FieldNorth::with_an_answer("go", &[("words", "Yes, do it.")]).await;
    let (rest, wake, consent) = (format!("{idea}/rest"), format!("{idea}/waking"), format!("{idea}/consent"));
    let fields = [("words", "The fair comes first."), ("until", "2026-04-01")];
    for _ in 0..2 {
        north.send(&north.callum, &rest, &fields).await.goes_to(&idea);
        north.send(&north.callum, &wake, &[]).await.goes_to(&idea);
    }
    assert_eq!(stands(&north).await, at("go", "Callum Reid owes plan"));
    north.send(&north.callum, &rest, &fields).await.is(422).sees("ask them to agree to it on this page");
    for who in [&north.callum, &north.priya] {
        north.send(who, &consent, &[]).await.is(403);
        who.get(&idea).await.does_not_see("A third rest needs your agreement.");
    }
    north.tomas.get(&idea).await.sees("A third rest needs your agreement.");
    north.send(&north.tomas, &consent, &[]).await.goes_to(&idea);
    north.tomas.get(&idea).await.does_not_see("A third rest needs your agreement.");
    north.send(&north.callum, &rest, &fields).await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("parked", "Callum Reid owes wake"));
    north.send(&north.priya, &wake, &[]).await.is(403);
}

#[tokio::test]
async fn two_ideas_are_put_together_and_the_author_may_object_within_five_days() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let other = north.priya.post("/ideas", &[("hurt", "Prices come too late")]).await.location();
    let merge = |into| [("version", "1"), ("into", into), ("words", "Callum threw the same.")];
    let path = format!("{other}/merger");
    north.tomas.post(&path, &merge("nowhere")).await.is(422).sees("Copy the address of the other idea");
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
    let again = [("version", "3"), ("into", idea.as_str()), ("words", "It is.")];
    north.tomas.post(&path, &again).await.goes_to(&other);
    north.app.clock.forward(TimeDelta::days(9));
    let late = north.priya.post(&format!("{other}/objection"), &object("4")).await.is(422);
    late.sees("Five working days have gone");
}

#[tokio::test]
async fn when_the_other_is_taken_back_an_idea_stands_by_itself_again() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let other = north.priya.post("/ideas", &[("hurt", "Prices come too late")]).await.location();
    let merge = [("version", "1"), ("into", idea.as_str()), ("words", "Callum threw the same.")];
    north.tomas.post(&format!("{other}/merger"), &merge).await.goes_to(&other);
    north.callum.post(&format!("{idea}/withdrawal"), &[("version", "1")]).await.goes_to(&idea);
    let page = north.priya.get(&other).await.sees("The clock brought it back: the other idea was taken back");
    page.does_not_see("Put together with").sees("Tomas Berg has the ball");
    north.priya.get("/notices").await.sees("the other idea was taken back");
    north.tomas.get("/").await.sees("Prices come too late");
}

#[tokio::test]
async fn somebody_further_up_takes_a_ball_that_needs_a_hand_and_nobody_before() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let take = format!("{idea}/taking");
    north.send(&north.helen, &take, &[]).await.is(422).sees("It does not need a hand now.");
    north.app.clock.set("2026-03-05T09:59:00Z".parse().unwrap());
    let taking = |page: &crate::support::Answer| page.attributes(&format!("form[action='{take}']"), "action").len();
    assert_eq!((taking(&north.helen.get(&idea).await), taking(&north.helen.get("/").await)), (0, 0));
    north.app.clock.set("2026-03-05T10:00:00Z".parse().unwrap());
    assert_eq!((taking(&north.helen.get(&idea).await), taking(&north.helen.get("/").await)), (1, 1));
    assert_eq!(taking(&north.tomas.get(&idea).await), 0, "he has it");
    north.send(&north.priya, &take, &[]).await.is(403);
    north.send(&north.tomas, &take, &[]).await.is(422);
    north.send(&north.helen, &take, &[("back", "/")]).await.goes_to("/");
    assert_eq!(stands(&north).await, at("new", "Helen Marsh owes catch"));
    north.callum.get(&idea).await.sees("Helen Marsh took it, because it needed a hand");
    north.send(&north.helen, &format!("{idea}/catch"), &[]).await.goes_to(&idea);
    assert_eq!(stands(&north).await, at("caught", "Helen Marsh owes answer"));
}

#[tokio::test]
async fn an_author_changes_the_words_and_the_old_ones_stay_readable() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let ball = north.text("SELECT CAST(due_at AS TEXT) FROM ball WHERE subject = 'idea'").await;
    north.priya.get(&format!("{idea}/edit")).await.goes_to(&idea);
    north.priya.get(&idea).await.sees("Its author changes the words");
    north.callum.get(&format!("{idea}/edit")).await.is(200);
    let empty = north.send(&north.callum, &idea, &[("hurt", " "), ("why", "Nobody trusts old prices.")]).await.is(422);
    assert_eq!(empty.value("why"), "Nobody trusts old prices.");
    north.send(&north.priya, &idea, &[("hurt", "Mine now")]).await.is(403);
    north.send(&north.callum, &idea, &[("hurt", "We wait for prices that we know")]).await.goes_to(&idea);
    let page = north.tomas.get(&idea).await.sees("Callum Reid changed the words").sees(crate::ideas::HURT);
    assert_eq!(page.text("h1"), "We wait for prices that we know");
    assert_eq!(stands(&north).await, at("new", "Tomas Berg owes catch"));
    assert_eq!(north.text("SELECT CAST(due_at AS TEXT) FROM ball WHERE subject = 'idea'").await, ball, "no clock anew");
}
