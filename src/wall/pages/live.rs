//! What a paired television hears: the change counter at once and whenever it moves, and the time every ten seconds.
//!
//! Each message is read from the database, not from what this process believes: so a screen that was forgotten, or a
//! change that another process made, is noticed within ten seconds even when nobody told us.

use crate::App;
use crate::error::Result;
use crate::wall::Wall;
use crate::wall::board::Time;
use crate::wall::frame::WallFrame;
use crate::wall::streams::Stream as LiveStream;
use axum::extract::State;
use axum::http::header::HeaderName;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use chrono_tz::Tz;
use futures_util::StreamExt;
use futures_util::stream::{self, Stream};
use serde::Serialize;
use std::time::Duration;
use tokio::time::{Instant, interval_at};
use tokio_stream::wrappers::{IntervalStream, WatchStream};

/// How often the television hears from us when nothing changes.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// Proxies that collect an answer before they hand it on are asked not to.
const DO_NOT_COLLECT: HeaderName = HeaderName::from_static("x-accel-buffering");

/// One message.
#[derive(Serialize)]
struct News {
    /// The state of the data.
    counter: i64,
    /// The server's time in the team's zone.
    day: String,
    clock: String,
    /// Changes when the television should load its page anew.
    version: String,
}

/// `GET /wall/live`
pub async fn show(State(app): State<App>, wall: Wall) -> Result<Response> {
    // As long as the stream lives it keeps the place of its screen; a newer one of the same screen ends it.
    let stream = LiveStream::begin(&app, wall.screen);
    let stop = stream.ended();
    let messages = moments(&app).then(move |()| message(app.clone(), wall.key_hash.clone(), wall.zone));
    // The stream ends when the screen is forgotten or the database does not answer: the television asks again.
    let messages = messages.take_while(|message| std::future::ready(message.is_some()));
    let messages = messages.filter_map(std::future::ready).map(Ok::<_, std::convert::Infallible>);
    let messages = messages.take_until(stop).map(move |message| {
        let _held = &stream;
        message
    });
    let mut response = Sse::new(messages).into_response();
    response.headers_mut().insert(DO_NOT_COLLECT, axum::http::HeaderValue::from_static("no"));
    Ok(response)
}

/// Now, each change, and each beat.
fn moments(app: &App) -> impl Stream<Item = ()> + Send + use<> {
    let changes = WatchStream::new(app.db.changes()).map(|_| ());
    let beats = IntervalStream::new(interval_at(Instant::now() + HEARTBEAT, HEARTBEAT)).map(|_| ());
    stream::select(changes, beats)
}

const HEAR: &str = "
    SELECT change.counter FROM change CROSS JOIN screen
    WHERE screen.key_hash = $1 AND screen.team_id IS NOT NULL AND screen.forgotten_at IS NULL";

async fn message(app: App, key_hash: Vec<u8>, zone: Tz) -> Option<Event> {
    let heard: sqlx::Result<Option<(i64,)>> =
        async { app.read().await?.query_as(HEAR).bind(key_hash).optional().await }.await;
    let (counter,) = heard.inspect_err(|error| tracing::warn!(%error, "a wall could not be told")).ok()??;
    let Time { day, clock } = Time::of(app.world.now(), zone);
    let news = News { counter, day, clock, version: WallFrame::default().version() };
    Event::default().json_data(&news).ok()
}
