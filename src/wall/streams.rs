//! One live stream for each screen: a newer one ends the one before it, so that no key holds more than one.

use crate::App;
use crate::ids::ScreenId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// The streams of this process.
#[derive(Default)]
pub struct Streams(Mutex<HashMap<ScreenId, CancellationToken>>);

/// The place of a stream; it is free again when the stream has gone.
pub struct Stream {
    streams: Arc<Streams>,
    screen: ScreenId,
    ends: CancellationToken,
}

impl Stream {
    /// Take the place of the screen. Whatever stream it had ends, as all do when the program stops.
    pub fn begin(app: &App, screen: ScreenId) -> Self {
        let (streams, ends) = (app.memory::<Streams>(), app.stop.child_token());
        let mut places = streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = places.insert(screen, ends.clone()) {
            before.cancel();
        }
        drop(places);
        Self { streams, screen, ends }
    }

    /// When it has to end.
    pub fn ended(&self) -> WaitForCancellationFutureOwned {
        self.ends.clone().cancelled_owned()
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let mut places = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Ended by a newer one, the place is no longer its own.
        if !self.ends.is_cancelled() {
            places.remove(&self.screen);
        }
    }
}
