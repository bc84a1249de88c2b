//! Answers that are refused: not theirs, not now, or somebody was first.

use crate::support::FieldNorth;
use crate::support::field_north::HURT;

#[tokio::test]
async fn only_the_author_takes_it_back_and_only_while_it_is_open() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let path = format!("{idea}/withdrawal");
    for who in [&north.priya, &north.tomas, &north.helen] {
        north.forges(who, &path, &[("words", "I take it.")]).await.is(403).sees("I take it.");
    }
    north.callum.opens(&idea).sends("Take it back").await.goes_to(&idea);
    assert!(north.is_closed().await && north.state().await == "withdrawn");
    north.forges(&north.callum, &path, &[]).await.is(422).sees("This idea was taken back");
    north.callum.get("/ideas").await.does_not_see(HURT);
    north.callum.get("/ideas?show=finished").await.sees(HURT);
}

#[tokio::test]
async fn nobody_answers_for_the_leader() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    for who in [&north.callum, &north.priya] {
        let page =
            north.forges(who, &format!("{idea}/answer"), &[("answer", "go"), ("words", "Yes, I say.")]).await.is(403);
        page.sees("This idea waits for its leader").sees("Yes, I say.");
        north.forges(who, &format!("{idea}/catch"), &[("words", "Mine.")]).await.is(403).sees("Mine.");
        north.forges(who, &format!("{idea}/question"), &[("words", "Why?")]).await.is(403).sees("Why?");
        assert!(who.get(&idea).await.texts(".answers").is_empty());
    }
    assert_eq!((north.state().await.as_str(), north.throws().await), ("new", 1));
}

#[tokio::test]
async fn a_verb_in_the_wrong_state_changes_nothing_and_keeps_the_words() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    // Of the author and of the leader, who has the ball.
    for (noun, fields, statuses) in [
        ("reply", vec![], [422, 403]),
        ("delivery", vec![], [403, 403]),
        ("waking", vec![], [422, 422]),
        ("judgement", vec![("judgement", "fair")], [422, 403]),
        ("judgement", vec![("judgement", "throw_back")], [422, 403]),
        ("confirmation", vec![("changed", "yes")], [422, 403]),
        ("confirmation", vec![("changed", "not_yet")], [422, 403]),
    ] {
        let mut form = vec![("words", "What I wanted to say.")];
        form.extend(fields);
        for (who, status) in [&north.callum, &north.tomas].into_iter().zip(statuses) {
            let page = north.forges(who, &format!("{idea}/{noun}"), &form).await.is(status);
            page.sees("What I wanted to say.").sees("This idea waits for its leader");
        }
    }
    assert_eq!((north.state().await.as_str(), north.throws().await), ("new", 1));
}

#[tokio::test]
async fn the_second_of_two_sees_both_versions_and_can_send_again() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let path = format!("{idea}/answer");
    let seen = north.tomas.get(&idea).await.value("version");
    north.helen.opens(&idea).says("Which pumps?").sends("Ask").await.goes_to(&idea);
    let mine = [("answer", "go"), ("words", "Yes, do it, all of them."), ("version", seen.as_str())];
    let page = north.tomas.post(&path, &mine).await.is(409);
    page.sees("Somebody was first: Helen Marsh asked Callum Reid, today 10:00.")
        .sees("Which pumps?")
        .sees("Yes, do it, all of them.");
    north.callum.opens(&idea).says("Twelve.").sends("Answer").await.goes_to(&idea);
    let seen = north.helen.get(&idea).await.value("version");
    north.callum.opens(&idea).sends("Take it back").await.goes_to(&idea);
    let mine = [("answer", "try"), ("words", "Let us try."), ("version", seen.as_str())];
    north.helen.post(&path, &mine).await.is(409).sees("Let us try.").sees("took it back");
}

#[tokio::test]
async fn a_stale_answer_that_is_still_possible_comes_back_ready_to_send() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let path = format!("{idea}/answer");
    north.tomas.opens(&idea).sends("Catch").await.goes_to(&idea);
    let mine = [("answer", "go"), ("words", "Yes, do it."), ("version", "1")];
    let page = north.tomas.post(&path, &mine).await.is(409).sees("You were first, in another window");
    assert_eq!(page.texts(".came-back textarea[name='words']"), ["Yes, do it."]);
    north.tomas.on(&page).sends("Yes, do it").await.goes_to(&idea);
    assert_eq!(north.state().await, "go");
}

#[tokio::test]
async fn a_form_without_key_or_version_is_not_ours() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let path = format!("{idea}/catch");
    north.tomas.post(&path, &[("words", "Mine.")]).await.is(400).sees("Mine.");
    north.tomas.post(&path, &[("version", "1"), ("key", "nonsense"), ("words", "Mine.")]).await.is(400);
    assert_eq!(north.state().await, "new");
}
