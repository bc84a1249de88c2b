//! One live stream for each screen: a newer one ends the one before it, so that no key holds more than one.
//!
//! All of them together are so many and no more; a screen that finds no place asks for its picture again and again instead.

use crate::App;
use crate::error::{Error, Result};
use crate::ids::ScreenId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// How many there are at once: more than any company has walls for.
pub const MOST: usize = 250;

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
    ///
    /// # Errors
    /// When all places are taken by others.
    pub fn begin(app: &App, screen: ScreenId) -> Result<Self> {
        app.memory::<Streams>().begin(screen, app.stop.child_token())
    }

    /// When it has to end.
    pub fn ended(&self) -> WaitForCancellationFutureOwned {
        self.ends.clone().cancelled_owned()
    }
}

impl Streams {
    fn begin(self: Arc<Self>, screen: ScreenId, ends: CancellationToken) -> Result<Stream> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if places.len() >= MOST && !places.contains_key(&screen) {
            return Err(Error::Crowded);
        }
        if let Some(before) = places.insert(screen, ends.clone()) {
            before.cancel();
        }
        drop(places);
        Ok(Stream { streams: self, screen, ends })
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

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn there_are_so_many_streams_and_no_more_and_who_has_one_may_begin_anew() {
        let streams = Arc::new(Streams::default());
        let begin =
            |number: usize| streams.clone().begin(ScreenId(Uuid::from_u128(number as u128)), CancellationToken::new());
        let mut all: Vec<Stream> = (0..MOST).map(|number| begin(number).unwrap()).collect();
        assert!(matches!(begin(MOST), Err(Error::Crowded)));
        let newer = begin(0).unwrap();
        assert!(all[0].ends.is_cancelled() && !newer.ends.is_cancelled());
        drop(all.remove(0));
        assert!(matches!(begin(MOST), Err(Error::Crowded)), "its place is the newer one's");
        drop(newer);
        all.push(begin(MOST).unwrap());
        assert!(matches!(begin(0), Err(Error::Crowded)));
    }
}
