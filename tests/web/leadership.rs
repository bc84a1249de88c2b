//! The page of leadership: the same charts for leaders, open to everybody, without a name and without a rep.

use crate::support::FieldNorth;
use chrono::TimeDelta;

const GO: [(&str, &str); 1] = [("words", "Yes. Take the price sheet and try it with your next ten.")];

#[tokio::test]
async fn everybody_reads_how_leadership_works_and_a_first_visit_is_designed() {
    let north = FieldNorth::new().await;
    for who in [&north.callum, &north.tomas, &north.helen, &north.marco] {
        let page = who.get("/leadership").await.is(200);
        assert_eq!(page.text("h1"), "How leadership works");
        page.sees("The chart begins with the first value.")
            .sees("They begin with the first throw.")
            .sees("What is not shown here, and never will be");
    }
    let stranger = north.app.stranger();
    stranger.get("/leadership").await.goes_to("/session/new?next=%2Fleadership");
}

#[tokio::test]
async fn a_throw_waits_hollow_until_a_person_has_it_and_counts_when_it_is_answered() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.app.clock.forward(TimeDelta::hours(2));
    let page = north.priya.get("/leadership").await.is(200);
    page.sees("One idea waits still: its point is hollow, at its age.")
        .sees("1 thrown, 0 finished since the beginning");
    north.tomas.opens(&idea).fills(&GO).sends("Yes, do it").await.goes_to(&idea);
    north.app.clock.forward(TimeDelta::hours(5));
    let page = north.priya.get("/leadership").await.is(200).does_not_see("waits still").sees("2 hours");
    for name in ["Tomas", "Callum Reid", "Helen"] {
        assert!(!page.text("main").contains(name), "{name} stands on the page of leadership");
    }
}

#[tokio::test]
async fn no_place_is_a_rep() {
    let (north, _) = FieldNorth::with_an_answer("Yes, do it", &GO).await;
    // Two reps are too few to be a place: whoever knows one of them knows the other.
    let page = north.helen.get("/leadership").await.is(200);
    page.does_not_see("Field North:").sees("Team leaders");
    north.app.rep("Mei", north.team).await;
    north.helen.get("/leadership").await.sees("Field North: 1 ball, oldest");
}

#[tokio::test]
async fn what_was_told_as_done_is_no_waiting_time() {
    let north = FieldNorth::new().await;
    north.callum.throws(&[("hurt", "Two forms for one quote"), ("authority", "did_it")]).await;
    let page = north.priya.get("/leadership").await.is(200);
    page.sees("The chart begins with the first value.").sees("1 thrown, 0 finished");
}
