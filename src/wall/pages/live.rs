//! What a paired television hears: its board at once and whenever that shows something else, and the time every ten
//! seconds.
//!
//! A change that the board does not show is not told: whoever watched the beats could date what others do. Each message
//! is read from the database, not from what this process believes: so a screen that was forgotten, or a change that
//! another process made, is noticed within ten seconds even when nobody told us.

use crate::App;
use crate::error::Result;
use crate::wall::board::{self, Time};
use crate::wall::frame::WallFrame;
use crate::wall::streams::Stream as LiveStream;
use crate::wall::{Wall, store};
use axum::extract::State;
use axum::http::header::HeaderName;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use futures_util::stream::{self, Stream};
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, interval_at};
use tokio_stream::wrappers::{IntervalStream, WatchStream};

/// How often the television hears from us when nothing changes.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// How long one stream lives; the television begins another one by itself.
const LONGEST: Duration = Duration::from_hours(1);
/// Proxies that collect an answer before they hand it on are asked not to.
const DO_NOT_COLLECT: HeaderName = HeaderName::from_static("x-accel-buffering");

/// One message.
#[derive(Serialize)]
struct News {
    /// Which picture the board shows.
    board: String,
    /// The server's time in the team's zone.
    day: String,
    clock: String,
    /// Changes when the television should load its page anew.
    version: String,
}

/// `GET /wall/live`
pub async fn show(State(app): State<App>, wall: Wall) -> Result<Response> {
    // As long as the stream lives it keeps the place of its screen; a newer one of the same screen ends it.
    let stream = LiveStream::begin(&app, wall.screen)?;
    let stop = stream.ended();
    let told = Arc::new(Mutex::new(String::new()));
    let moments = moments(&app);
    // Made for each message, so that a stream that waits keeps no room for it.
    let messages = moments.then(move |moment| Box::pin(message(app.clone(), wall.clone(), moment, told.clone())));
    // The stream ends when the screen is forgotten or the database does not answer: the television asks again.
    let messages = messages.take_while(|message| std::future::ready(message.is_some()));
    let messages = messages.filter_map(|message| std::future::ready(message.flatten()));
    let messages = messages.map(Ok::<_, std::convert::Infallible>);
    // Whoever does not read what they are sent looks like one who does, until that is much: so each asks again now and then.
    let ends = Box::pin(async move {
        tokio::select! { () = stop => {}, () = tokio::time::sleep(LONGEST) => {} }
    });
    let messages = messages.take_until(ends).map(move |message| {
        let _held = &stream;
        message
    });
    let mut response = Sse::new(messages).into_response();
    response.headers_mut().insert(DO_NOT_COLLECT, axum::http::HeaderValue::from_static("no"));
    Ok(response)
}

/// Why a message may be due.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Moment {
    /// Something has changed, perhaps nothing that the board shows.
    Change,
    Beat,
}

/// Now, each change, and each beat.
fn moments(app: &App) -> impl Stream<Item = Moment> + Send + use<> {
    let changes = WatchStream::new(app.db.changes()).map(|_| Moment::Change);
    let beats = IntervalStream::new(interval_at(Instant::now() + HEARTBEAT, HEARTBEAT)).map(|_| Moment::Beat);
    stream::select(changes, beats)
}

/// The message that is due now; nothing inside where the board shows the same as before, and nothing at all when the
/// stream is to end.
async fn message(app: App, wall: Wall, moment: Moment, told: Arc<Mutex<String>>) -> Option<Option<Event>> {
    let board = async {
        // Read before the picture: what is kept for it is never older than the counter says.
        let counter = app.db.counter();
        let mut tx = app.read().await?;
        let Some(look) = tx.ask(store::look(wall.key_hash)).await? else { return Ok(None) };
        let Some(team) = look.screen.team_id else { return Ok(None) };
        board::picture_of(&app, &mut tx, team, look, counter).await.map(Some)
    };
    let heard: sqlx::Result<Option<String>> = board.await;
    let board = heard.inspect_err(|error| tracing::warn!(%error, "a wall could not be told")).ok()??;
    {
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        if moment == Moment::Change && *told == board {
            return Some(None);
        }
        told.clone_from(&board);
    }
    let Time { day, clock } = Time::of(app.world.now(), wall.zone);
    let news = News { board, day, clock, version: WallFrame::default().version() };
    Some(Event::default().json_data(&news).ok())
}
