//! What was done and said on an idea, as one line of time.

use super::{keep_the_name, writes};
use crate::support::{Answer, FieldNorth};
use chrono::TimeDelta;

/// The line of time as letters: D for what was done, C for what was said.
fn line(page: &Answer) -> String {
    let kinds = page.attributes("ol.story > li", "class");
    kinds.iter().map(|kind| if kind == "talk" { 'C' } else { 'D' }).collect()
}

#[tokio::test]
async fn what_was_done_and_said_is_one_line_of_time() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let later = || north.app.clock.forward(TimeDelta::minutes(20));
    later();
    writes(&north.priya, &idea, "Mine too").await;
    later();
    north.tomas.opens(&idea).says("Since when?").sends("Ask").await;
    later();
    writes(&north.callum, &idea, "I will look it up").await;
    let page = north.callum.get(&idea).await;
    assert_eq!(line(&page), "DCDC");
    let question = page.body.find("Since when?").unwrap();
    let reply = page.body.find("action=\"/ideas/").unwrap();
    assert!(question < reply, "the answer to the question is written behind it");
}

#[tokio::test]
async fn where_the_author_stays_unknown_nothing_stands_between_two_moves_of_a_day() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    keep_the_name(&north).await;
    writes(&north.callum, &idea, "It happened again").await;
    north.app.clock.forward(TimeDelta::minutes(20));
    north.tomas.opens(&idea).says("Since when?").sends("Ask").await;
    assert_eq!(line(&north.tomas.get(&idea).await), "DDC", "the comment came first, and nobody is told");
}

#[tokio::test]
async fn where_nobody_knows_the_author_what_was_said_stands_behind_what_was_done() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let mut tx = north.app.app.write().await.unwrap();
    tx.query("UPDATE idea SET way = 'nameless'").execute().await.unwrap();
    tx.commit().await.unwrap();
    writes(&north.priya, &idea, "Mine too").await;
    north.app.clock.forward(TimeDelta::days(9));
    north.tomas.opens(&idea).says("Since when?").sends("Ask").await;
    assert_eq!(line(&north.priya.get(&idea).await), "DDC");
}
