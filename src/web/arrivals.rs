//! How many connections come to be read at the same time.
//!
//! A connection takes hardly any memory until its first request is read, then some twenty kilobytes, and more while it is
//! answered. So those that come in a rush have their turn one after another, each until its first answer, and whoever is
//! slow only for a moment. Where very many stand already, new ones end with their answer instead of waiting for another
//! request.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many have their turn at once.
const AT_ONCE: usize = 128;
/// How long a turn lasts at most: whoever sends half a request keeps nobody waiting for longer.
const MOMENT: Duration = Duration::from_millis(200);
/// Where more than so many stand, new ones end with their answer.
const MANY: usize = 400;

/// The connections of this process.
pub struct Arrivals {
    turns: Arc<Semaphore>,
    standing: Arc<()>,
}

/// The turn of a connection, until it is over. Copies share it.
#[derive(Clone)]
pub struct Turn(Arc<Mutex<Option<OwnedSemaphorePermit>>>);

/// A connection that stands until this is dropped.
pub struct Stands {
    _one: Arc<()>,
    /// Whether it may wait for another request.
    pub may_wait: bool,
}

impl Default for Arrivals {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)), standing: Arc::default() }
    }
}

impl Arrivals {
    /// One more connection.
    pub fn stands(&self) -> Stands {
        let one = self.standing.clone();
        Stands { may_wait: Arc::strong_count(&one) <= MANY, _one: one }
    }

    /// Wait for a turn.
    pub async fn turn(&self) -> Turn {
        // Nobody closes it; where it is closed nobody has to wait.
        Turn(Arc::new(Mutex::new(self.turns.clone().acquire_owned().await.ok())))
    }
}

impl Turn {
    /// The next one has its turn.
    pub fn ends(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Serve the connection; its turn ends after a moment, or earlier.
    pub async fn of<T>(self, served: impl Future<Output = T>) -> T {
        let mut served = std::pin::pin!(served);
        tokio::select! {
            done = &mut served => return done,
            () = tokio::time::sleep(MOMENT) => self.ends(),
        }
        served.await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;
    use tokio::time::{Instant, timeout};

    #[tokio::test]
    async fn who_is_slow_has_a_moment_and_who_was_answered_makes_room() {
        let arrivals = Arrivals::default();
        let mut all = Vec::new();
        for _ in 0..AT_ONCE {
            all.push(arrivals.turn().await);
        }
        assert!(timeout(MOMENT / 4, arrivals.turn()).await.is_err(), "all turns are taken");
        all[0].ends();
        let slow = arrivals.turn().await;
        let slow = tokio::spawn(slow.of(pending::<()>()));
        let began = Instant::now();
        drop(arrivals.turn().await);
        assert!(began.elapsed() < 4 * MOMENT, "{:?}", began.elapsed());
        slow.abort();
    }

    #[test]
    fn where_very_many_stand_new_ones_do_not_wait_for_another_request() {
        let arrivals = Arrivals::default();
        let mut all: Vec<Stands> = (0..MANY + 10).map(|_| arrivals.stands()).collect();
        assert_eq!(all.iter().filter(|one| !one.may_wait).count(), 11, "the one that counts is one of them");
        all.truncate(10);
        assert!(arrivals.stands().may_wait);
    }
}
