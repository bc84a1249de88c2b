//! A promise that is missed and one that is moved in time, as those see it who gave them and for whom.

use crate::answers::{Levels, has_no_twins};
use catchball::clockwork;

const HURT: &str = "Freight for distributors is worked out by hand each time";

async fn at(levels: &Levels, time: &str) {
    levels.app.clock.set(time.parse().unwrap());
    clockwork::turn(&levels.app.app).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_promise_is_missed_and_said_why_and_another_is_moved_in_time() {
    let levels = Levels::new().await;
    let marco = levels.app.helper("Marco").await;
    let (priya, tomas) = (levels.browser(&levels.priya).await, levels.browser(&levels.tomas).await);
    let marco = levels.browser(&marco).await;

    // Tomas answers with help by Thursday.
    priya.fill("hurt", HURT).await;
    priya.press("Throw it").await;
    priya.sees("The ball is with Tomas").await;
    let idea = priya.address().await;
    tomas.goto(&levels.address).await;
    tomas.press_containing(HURT).await;
    tomas.choose("I’ll help: I will … by …").await;
    tomas.fill("I will …", "get you the freight table").await;
    tomas.fill("by …", "2026-03-05").await;
    tomas.press("Promise it").await;
    tomas.sees("Promised. Priya will say when it has come.").await;
    priya.goto(&idea).await;
    priya.sees("get you the freight table").await;
    priya.inspect("promises beside its idea").await;
    has_no_twins(&priya, "an idea with a promise").await;

    // Priya asks Marco for something by the Friday of the next week, and he promises it.
    priya.follow("I need from somebody …").await;
    priya.fill("From whom?", "Marco").await;
    priya.fill("What do you need?", "a list of the freight bands of the plant").await;
    priya.fill("By when?", "2026-03-13").await;
    priya.inspect("promises asking").await;
    priya.press("Ask for it").await;
    priya.sees("Asked. You see here what becomes of it.").await;
    priya.sees("Marco has the ball · answer by").await;
    let list = priya.address().await;
    marco.goto(&levels.address).await;
    marco.follow("Priya asks: a list of the freight bands of the plant").await;
    marco.inspect("promises asked for").await;
    marco.press("Yes, I promise it by 13 March").await;
    marco.sees("Promised. Priya says when it has come.").await;

    // Its Thursday has passed and nothing came.
    at(&levels, "2026-03-06T09:00:00Z").await;
    // Marco looks in: a session ends after seven days without.
    marco.goto(&levels.address).await;
    tomas.goto(&levels.address).await;
    tomas.sees("Say a new day and what got in the way by Mon 09:00").await;
    tomas.inspect("promises missed at home").await;
    tomas.follow("get you the freight table").await;
    let table = tomas.address().await;
    tomas.sees("Its day has passed. That happens.").await;
    tomas.inspect("promises missed").await;
    has_no_twins(&tomas, "a promise that was missed").await;
    tomas.press("Promise the new day").await;
    tomas.sees("Say what got in the way, in a sentence.").await;
    tomas.sees("Choose what got in the way.").await;
    tomas.sees("Choose the new day.").await;
    tomas.fill("What got in the way?", "The table lies with the plant, and nobody there was asked in time.").await;
    tomas.fill("Which of these is nearest?", "needed another department").await;
    tomas.fill("It comes by", "2026-03-11").await;
    tomas.press("Promise the new day").await;
    tomas.sees("Said. Priya sees the new day and what got in the way.").await;
    priya.goto(&table).await;
    priya.sees("The table lies with the plant").await;
    priya.sees("(needed another department); the new day is Wed 17:00").await;
    priya.sees("It stays counted as missed.").await;
    priya.inspect("promises new day").await;

    // Marco sees in time that it will be later, and Priya agrees.
    at(&levels, "2026-03-10T10:00:00Z").await;
    marco.goto(&list).await;
    marco.press("I need another day, because …").await;
    marco.fill("What gets in the way?", "The plant counts its stock this week.").await;
    marco.fill("Which of these is nearest?", "something more urgent").await;
    marco.fill("It comes by", "2026-03-18").await;
    marco.press("Ask for this day").await;
    marco.sees("Asked. Until Priya agrees the old day stands.").await;
    priya.goto(&levels.address).await;
    priya.follow("a list of the freight bands of the plant").await;
    priya.sees("The plant counts its stock this week.").await;
    priya.inspect("promises another day").await;
    priya.press("Yes, the new day is good").await;
    priya.sees("Agreed. The old day stays readable.").await;
    priya.sees("First promised for").await;
    priya.sees("Its day was moved once, in time.").await;
    marco.goto(&list).await;
    marco.sees("Keep your promise by 18 March").await;

    // Both come, and only Priya says that they are kept.
    for (browser, promise) in [(&tomas, &table), (&marco, &list)] {
        browser.goto(promise).await;
        browser.fill("What has come", "It is in your folder.").await;
        browser.press("It has come").await;
        browser.sees("Priya says whether it is kept.").await;
        assert!(!browser.text().await.contains("Yes, it is kept"), "nobody confirms their own promise");
    }
    priya.goto(&list).await;
    priya.press("Yes, it is kept").await;
    priya.sees("Kept. Thank you for saying so.").await;
    priya.goto(&table).await;
    priya.inspect("promises has come").await;
    priya.choose("I go on with my idea").await;
    priya.press("Yes, it is kept").await;
    priya.sees("Kept. Thank you for saying so.").await;
    priya.goto(&format!("{}/promises", levels.address)).await;
    priya.sees("0 kept, 1 moved, 1 missed").await;
    priya.sees("What got in the way: something more urgent 1, needed another department 1").await;
    priya.inspect("promises counted").await;
    for browser in [&priya, &marco] {
        browser.is_quiet().await;
    }
    tomas.is_quiet_but_for_refusals().await;
}
