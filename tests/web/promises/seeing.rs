//! Who finds a promise in the list and on its page, and which idea it moves.

use super::{WHAT, promised, states};
use crate::support::FieldNorth;

#[tokio::test]
async fn the_list_says_what_i_promised_what_is_promised_to_me_and_to_my_teams() {
    let (north, promise, _) = promised().await;
    let service = north.app.team("Service").await;
    let ben = north.app.rep("Ben", service).await;
    for (who, heading) in
        [(&north.tomas, "Promised by me"), (&north.callum, "Promised to me"), (&north.priya, "In my teams")]
    {
        let page = who.get("/promises").await.is(200).sees(WHAT).sees("Tomas Berg to Callum Reid · promised");
        assert_eq!(page.texts("h2").last().unwrap(), heading, "{}", who.name);
        assert_eq!(page.attributes(".list-title", "href"), [promise.as_str()]);
    }
    for who in [&ben, &north.marco] {
        who.get("/promises").await.is(200).does_not_see(WHAT).sees("Here you will see each open promise");
    }
}

#[tokio::test]
async fn whoever_was_asked_sees_it_though_they_see_no_team() {
    let (north, promise) = super::asking::asked().await;
    north.marco.get(&promise).await.is(200);
    north.marco.get("/promises").await.sees("Promised by me");
    let nadia = north.app.helper("Nadia").await;
    nadia.get(&promise).await.is(404);
}

#[tokio::test]
async fn counts_name_nobody() {
    let (north, promise, _) = super::delivered().await;
    let kept = [("next", "whole")];
    north.callum.opens(&promise).fills(&kept).sends("Yes, it is kept").await.goes_to(&promise);
    let service = north.app.team("Service").await;
    let ben = north.app.rep("Ben", service).await;
    let page = ben.get("/promises").await.sees("1 kept, 0 moved, 0 missed").sees("This is not a mark.");
    page.does_not_see("Tomas").does_not_see("Callum");
}

/// Ideas follow the promise they were answered with last, and no other.
#[tokio::test]
async fn only_the_promise_an_idea_was_answered_with_last_moves_it() {
    let (north, first, idea) = promised().await;
    north.tomas.opens(&first).says("Not me.").sends("Take the promise back").await.goes_to(&first);
    north.app.clock.forward(chrono::TimeDelta::minutes(1));
    let form = [("what", "find somebody"), ("by", "2026-03-20")];
    north.tomas.opens(&idea).fills(&form).sends("Promise it").await.goes_to(&idea);
    assert_eq!(north.text("SELECT state FROM idea").await, "helping");
    north.app.clock.forward(chrono::TimeDelta::minutes(1));
    // A request beside it, promised and taken back: the idea stays where it is.
    let (marco, id) = (north.marco.id.to_string(), idea.rsplit('/').next().unwrap());
    let ask = [("of", marco.as_str()), ("what", "a draft"), ("by", "2026-03-13"), ("idea", id)];
    let beside = north.callum.post("/promises", &ask).await.location();
    north.marco.opens(&beside).sends("Yes, I promise it by 13 March").await.goes_to(&beside);
    north.marco.opens(&beside).says("No.").sends("Take the promise back").await.goes_to(&beside);
    assert_eq!(north.text("SELECT state FROM idea").await, "helping");
    let second = north.callum.get(&idea).await.attributes(".beside .list-title", "href");
    assert_eq!((second.len(), &second[0], &second[2]), (3, &first, &beside));
    north.tomas.opens(&second[1]).says("Here.").sends("It has come").await.is(303);
    assert_eq!(north.ball().await, "Callum Reid owes follow");
}

#[tokio::test]
async fn an_experiment_shows_the_promises_of_its_idea() {
    let (north, idea) = FieldNorth::with_an_answer("Yes, let’s try it", &[("words", "Yes, let us try it.")]).await;
    let id = idea.rsplit('/').next().unwrap();
    let marco = north.marco.id.to_string();
    let ask = [("of", marco.as_str()), ("what", "a sheet for twelve pumps"), ("by", "2026-03-13"), ("idea", id)];
    let promise = north.callum.post("/promises", &ask).await.location();
    let draft = [("idea", id), ("name", "Quotes from a sheet")];
    let experiment = north.callum.post("/experiments", &draft).await.location();
    let page = north.priya.get(&experiment).await.is(200).sees("a sheet for twelve pumps");
    assert!(page.attributes(".beside a", "href").contains(&promise));
    assert_eq!(states(&north).await.0, "requested");
}
