//! What a television hears, over a real connection.

use super::paired;
use crate::support::{TestApp, Visitor};
use catchball::ids::TeamId;
use reqwest::Response;
use serde_json::Value;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// Longer than any message may take.
const LONG: Duration = Duration::from_secs(5);

pub struct Stream {
    answer: Response,
    heard: String,
}

impl Stream {
    pub async fn open(address: &str, tv: &Visitor) -> Self {
        let request = reqwest::Client::new().get(format!("{address}/wall/live")).header("cookie", tv.jar());
        let answer = timeout(LONG, request.send()).await.unwrap().unwrap();
        assert_eq!(answer.status(), 200);
        Self { answer, heard: String::new() }
    }

    /// The next message; none when the stream has ended.
    pub async fn next(&mut self, within: Duration) -> Option<Value> {
        loop {
            if let Some((message, rest)) = self.heard.split_once("\n\n") {
                let news = message.strip_prefix("data: ").map(|news| serde_json::from_str(news).unwrap());
                self.heard = rest.to_owned();
                return news;
            }
            let chunk = timeout(within, self.answer.chunk()).await.expect("no message in time").unwrap()?;
            self.heard.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// Nothing comes for so long.
    pub async fn hears_nothing(&mut self, so_long: Duration) {
        assert_eq!(self.heard, "");
        let heard = timeout(so_long, self.answer.chunk()).await;
        assert!(heard.is_err(), "{heard:?}");
    }
}

pub async fn stage() -> (TestApp, TeamId, Visitor, Visitor, String) {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let tv = paired(&app, &tomas, team).await;
    let address = app.serve().await;
    (app, team, tomas, tv, address)
}

#[tokio::test]
async fn a_television_hears_of_a_change_within_two_seconds() {
    let (app, team, tomas, tv, address) = stage().await;
    let mut stream = Stream::open(&address, &tv).await;
    assert_eq!(stream.answer.headers()["content-type"], "text/event-stream");
    assert_eq!(stream.answer.headers()["x-accel-buffering"], "no");
    let first = stream.next(LONG).await.unwrap();
    assert_eq!(tv.get("/wall/board").await.attributes("header", "data-board"), [first["board"].as_str().unwrap()]);
    assert_eq!((first["day"].as_str(), first["clock"].as_str()), (Some("Tue 3 Mar"), Some("10:00")));
    let shown = tv.get("/wall").await;
    assert_eq!(shown.attributes("body", "data-version"), [first["version"].as_str().unwrap()]);
    let committed = Instant::now();
    app.measure(team, &tomas, "Days to quote").await;
    let second = stream.next(LONG).await.unwrap();
    let took = committed.elapsed();
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert_ne!(second["board"], first["board"]);
    let board = tv.get("/wall/board").await;
    assert_eq!(board.attributes("header", "data-board"), [second["board"].as_str().unwrap()]);
}

#[tokio::test]
async fn a_television_hears_the_time_when_nothing_changes() {
    let (app, _, _, tv, address) = stage().await;
    let mut stream = Stream::open(&address, &tv).await;
    let first = stream.next(LONG).await.unwrap();
    app.clock.forward(chrono::TimeDelta::minutes(3));
    let second = stream.next(Duration::from_secs(12)).await.unwrap();
    assert_eq!(second["clock"], "10:03");
    assert_eq!(second["board"], first["board"]);
}

#[tokio::test]
async fn the_stream_ends_when_the_screen_is_forgotten() {
    let (_app, _, tomas, tv, address) = stage().await;
    let mut stream = Stream::open(&address, &tv).await;
    stream.next(LONG).await.unwrap();
    let forget = tomas.get("/screens").await.attributes("li form", "action").remove(0);
    tomas.post(&forget, &[] as &[(&str, &str)]).await.goes_to("/screens");
    assert!(stream.next(Duration::from_secs(2)).await.is_none());
}

#[tokio::test]
async fn the_stream_ends_when_the_program_stops() {
    let (app, _, _, tv, address) = stage().await;
    let mut stream = Stream::open(&address, &tv).await;
    stream.next(LONG).await.unwrap();
    app.app.stop.cancel();
    assert!(stream.next(Duration::from_secs(2)).await.is_none());
}

#[tokio::test]
async fn only_a_paired_screen_is_told_anything() {
    let app = TestApp::new().await;
    app.stranger().get("/wall/live").await.is(404);
    app.stranger().get("/wall/board").await.is(404);
    let (waiting, _) = super::television(&app).await;
    waiting.get("/wall/live").await.is(404);
    assert!(waiting.get("/wall/board").await.is(204).body.is_empty());
    let team = app.team("Field North").await;
    app.leader("Tomas", team).await.get("/wall/live").await.is(404);
}

#[tokio::test]
async fn a_screen_has_one_stream_and_a_newer_one_ends_it() {
    let (app, _, tomas, tv, address) = stage().await;
    let mut tx = app.app.read().await.unwrap();
    let (team,): (TeamId,) = tx.query_as("SELECT id FROM team").one().await.unwrap();
    drop(tx);
    let other = paired(&app, &tomas, team).await;
    let mut others = Stream::open(&address, &other).await;
    others.next(LONG).await.unwrap();
    let mut streams = Vec::new();
    for _ in 0..20 {
        let mut stream = Stream::open(&address, &tv).await;
        stream.next(LONG).await.unwrap();
        streams.push(stream);
    }
    let mut newest = streams.pop().unwrap();
    for mut stream in streams {
        assert!(stream.next(LONG).await.is_none(), "an older one has ended");
    }
    app.measure(team, &tomas, "Days to quote").await;
    assert!(newest.next(LONG).await.is_some() && others.next(LONG).await.is_some());
    drop(newest);
    Stream::open(&address, &tv).await.next(LONG).await.unwrap();
}
