//! Somebody who has everything that an administrator, a proxy and a television can see afterwards, and guesses of two
//! hundred letters who wrote each of them and on which day.

use super::files::{order, orders};
use super::traces::is_on_postgres;
use super::{Device, Letterbox, drop_in, opens};
use crate::support::Visitor;
use crate::wall::live::Stream;
use crate::wall::paired;
use chrono::{Days, TimeDelta};
use std::time::Duration;

const DAYS: usize = 5;
const EACH_DAY: usize = 40;
const LETTERS: usize = DAYS * EACH_DAY;
const AUTHORS: usize = 5;
/// What chance makes of two hundred guesses among five, and four standard deviations more: many ways to guess are tried.
const BY_CHANCE: usize = LETTERS / AUTHORS + 23;

/// What the proxy writes down, with the paths left out that its keeper is told to leave out.
struct Line {
    author: usize,
}

/// A letter as it truly came.
struct Truth {
    author: usize,
    day: usize,
}

fn device(author: usize) -> Device {
    const ADDRESSES: [&str; AUTHORS] = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"];
    Device { agent: "Browser/1.0", address: ADDRESSES[author] }
}

/// How many of the letters in this order are guessed right, when they are taken to have come in it.
fn right(order: &[usize], truth: &[Truth], proxy: &[Line]) -> (usize, usize) {
    let places = order.iter().enumerate();
    let days = places.clone().filter(|(place, letter)| truth[**letter].day == place / EACH_DAY).count();
    let authors = places.filter(|(place, letter)| truth[**letter].author == proxy[*place].author).count();
    (days, authors)
}

async fn numbers(letterbox: &Letterbox, sql: &'static str) -> Vec<usize> {
    let mut tx = letterbox.app.app.read().await.unwrap();
    let rows: Vec<(String,)> = tx.query_as(sql).all().await.unwrap();
    let lines: Vec<String> = rows.into_iter().map(|(hurt,)| hurt).collect();
    order(lines.join("\n").as_bytes(), "Mark-")
}

/// The orders in which an administrator finds the letters, by whatever lies beside them.
async fn ways(letterbox: &Letterbox) -> Vec<(String, Vec<usize>)> {
    let mut ways = vec![
        ("ideas by their numbers".to_owned(), numbers(letterbox, "SELECT idea.hurt FROM idea ORDER BY id").await),
        (
            "ideas by their time".to_owned(),
            numbers(letterbox, "SELECT idea.hurt FROM idea ORDER BY thrown_at, id").await,
        ),
        (
            "letters by their hashes".to_owned(),
            numbers(
                letterbox,
                "SELECT idea.hurt FROM idea JOIN letter ON letter.id = idea.id ORDER BY letter.code_hash",
            )
            .await,
        ),
        (
            "throws".to_owned(),
            numbers(letterbox, "SELECT idea.hurt FROM throw JOIN idea ON idea.id = throw.subject_id ORDER BY throw.id")
                .await,
        ),
        (
            "notices".to_owned(),
            numbers(
                letterbox,
                "SELECT idea.hurt FROM notice JOIN idea ON idea.id = notice.subject_id ORDER BY notice.id",
            )
            .await,
        ),
        (
            "balls".to_owned(),
            numbers(
                letterbox,
                "SELECT idea.hurt FROM ball JOIN idea ON idea.id = ball.subject_id ORDER BY since, due_at",
            )
            .await,
        ),
    ];
    ways.extend(orders(letterbox, "ideas").await.into_iter().filter(|(what, _)| !what.contains("Tail")));
    if is_on_postgres() {
        for (what, sql) in [
            (
                "letters by their place",
                "SELECT idea.hurt FROM idea JOIN letter ON letter.id = idea.id ORDER BY letter.ctid",
            ),
            ("ideas by who wrote them", "SELECT idea.hurt FROM idea ORDER BY xmin::text::bigint, ctid"),
            (
                "throws by who wrote them",
                "SELECT idea.hurt FROM throw JOIN idea ON idea.id = throw.subject_id ORDER BY throw.xmin::text::bigint, throw.ctid",
            ),
            (
                "words found, by their place",
                "SELECT idea.hurt FROM found_thing JOIN idea ON idea.id = found_thing.subject_id ORDER BY found_thing.ctid",
            ),
        ] {
            ways.push((what.to_owned(), numbers(letterbox, sql).await));
        }
    }
    ways
}

#[tokio::test]
async fn of_two_hundred_letters_neither_the_author_nor_the_day_is_guessed_better_than_by_chance() {
    let letterbox = Letterbox::new().await;
    let app = &letterbox.app;
    let writers: Vec<&Visitor> = [&letterbox.callum, &letterbox.priya].into_iter().chain(&letterbox.more).collect();
    let tv = paired(app, &letterbox.tomas, letterbox.team).await;
    let address = app.serve().await;
    let mut wall = Stream::open(&address, &tv).await;
    let first = wall.next(Duration::from_secs(5)).await.unwrap();
    let (mut truth, mut proxy) = (Vec::new(), Vec::new());
    let monday = "2026-03-09T08:02:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    for day in 0..DAYS {
        app.clock.set(monday + Days::new(day as u64));
        catchball::clockwork::turn(&app.app).await.unwrap();
        for writer in &writers {
            app.signs_in(writer).await;
        }
        for _ in 0..EACH_DAY {
            app.clock.forward(TimeDelta::minutes(10));
            let author = (truth.len() * 7 + truth.len() / 3 + day) % AUTHORS;
            // Right before, the author looks at a page that the proxy may write down.
            opens(writers[author], "/ideas", device(author)).await.is(200);
            proxy.push(Line { author });
            let words =
                format!("Mark-{:04}. {}", truth.len(), "What I have to say is long. ".repeat(truth.len() % 5 * 30));
            drop_in(writers[author], &letterbox.path, &words, device(author)).await.is(200);
            truth.push(Truth { author, day });
        }
    }
    app.clock.set(monday + Days::new(7));
    catchball::clockwork::turn(&app.app).await.unwrap();
    // What the television heard: beats, and always the same picture.
    let mut heard = 0;
    while let Ok(Some(news)) = tokio::time::timeout(Duration::from_millis(200), wall.next(Duration::from_secs(5))).await
    {
        assert_eq!(news["board"], first["board"], "a letter moves a television");
        heard += 1;
    }
    let told: Vec<usize> = (0..LETTERS).collect();
    assert_eq!(right(&told, &truth, &proxy), (LETTERS, LETTERS), "whoever had the order would have everything");
    let ways = ways(&letterbox).await;
    for (what, order) in ways {
        assert_eq!(order.len(), LETTERS, "{what}");
        let backwards: Vec<usize> = order.iter().rev().copied().collect();
        for (order, turned) in [(order, ""), (backwards, ", backwards")] {
            let (days, authors) = right(&order, &truth, &proxy);
            eprintln!("{what}{turned}: {days} days and {authors} authors of {LETTERS} right");
            assert!(days <= BY_CHANCE && authors <= BY_CHANCE, "{what}{turned}: {days}, {authors}");
        }
    }
    eprintln!("the television heard {heard} beats");
}
