//! How long a request waits for the database in all, and whether anything it did may have been kept.
//!
//! A server that is frozen answers nothing, not even that it gives up. So each wait ends here, and what was waited for is
//! left: a connection that was left half way is thrown away. All waits of one request draw on one time, so that many
//! small ones can't add up. What belongs to no request, such as the clock, waits as long for each statement.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// How long a statement may take, and all waits of a request together.
pub const LONGEST: Duration = Duration::from_secs(5);

tokio::task_local! {
    static MINE: Patience;
}

/// The time that a request has left for the database, and what became of its commits. Copies share it.
#[derive(Clone, Default)]
pub struct Patience(Arc<Inner>);

#[derive(Default)]
struct Inner {
    spent: Mutex<Duration>,
    commits: AtomicU8,
}

/// No commit was sent.
const NONE: u8 = 0;
/// A commit was sent: what it kept is kept, or it is not known.
const SENT: u8 = 1;
/// Nobody waits any more: no commit is sent from here on.
const OVER: u8 = 2;

impl Patience {
    /// Do something for the request that has this patience.
    pub async fn during<T>(&self, work: impl Future<Output = T>) -> T {
        MINE.scope(self.clone(), work).await
    }

    /// Whether a commit was sent, so that something may have been kept.
    pub fn may_have_kept(&self) -> bool {
        self.0.commits.load(Ordering::Acquire) == SENT
    }

    /// Nobody waits for the request any more: from here on nothing of it is kept, unless a commit was sent already.
    pub fn give_up(&self) {
        let _sent = self.0.commits.compare_exchange(NONE, OVER, Ordering::AcqRel, Ordering::Acquire);
    }

    fn spent(&self) -> std::sync::MutexGuard<'_, Duration> {
        self.0.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wait for the database, but not longer than whoever waits has patience.
pub(super) async fn limited<T>(work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    let Ok(patience) = MINE.try_with(Patience::clone) else {
        return timeout(LONGEST, work).await.unwrap_or_else(|_| Err(too_slow()));
    };
    let left = LONGEST.saturating_sub(*patience.spent());
    if left.is_zero() {
        return Err(too_slow());
    }
    let began = Instant::now();
    let done = timeout(left, work).await;
    *patience.spent() += began.elapsed();
    done.unwrap_or_else(|_| Err(too_slow()))
}

/// What a wait ends with that took too long.
pub(super) fn too_slow() -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, "the database did not answer in time"))
}

/// A commit that is about to be sent.
#[must_use]
pub(super) struct Committing(Option<Patience>);

impl Committing {
    /// From here on it is not known whether it was kept.
    ///
    /// # Errors
    /// When nobody waits for it any more: then it may not be sent.
    pub(super) fn begins() -> sqlx::Result<Self> {
        let Ok(patience) = MINE.try_with(Patience::clone) else { return Ok(Self(None)) };
        match patience.0.commits.compare_exchange(NONE, SENT, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => Ok(Self(Some(patience))),
            // Another one was sent before: that stays.
            Err(SENT) => Ok(Self(None)),
            Err(_) => Err(too_slow()),
        }
    }

    /// The database said that it took everything back.
    pub(super) fn was_refused(self) {
        if let Some(patience) = self.0 {
            patience.0.commits.store(NONE, Ordering::Release);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::{pending, ready};

    #[tokio::test]
    async fn all_waits_of_a_request_draw_on_one_time() {
        let patience = Patience::default();
        *patience.spent() = LONGEST.saturating_sub(Duration::from_millis(60));
        patience
            .during(async {
                let short = async {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                    Ok(())
                };
                assert!(limited(short).await.is_ok());
                let began = Instant::now();
                assert!(limited(pending::<sqlx::Result<()>>()).await.is_err());
                assert!(began.elapsed() < Duration::from_millis(55), "what was waited before counts");
                assert!(limited(ready(Ok(()))).await.is_err(), "nothing is begun any more");
            })
            .await;
        assert!(limited(ready(Ok(()))).await.is_ok(), "the next one has a patience of its own");
    }

    #[tokio::test]
    async fn it_is_known_whether_anything_may_have_been_kept() {
        let refused = Patience::default();
        refused.during(async { Committing::begins().unwrap().was_refused() }).await;
        assert!(!refused.may_have_kept());
        refused.give_up();
        assert!(refused.during(async { Committing::begins().is_err() }).await, "nobody waits for it");
        assert!(!refused.may_have_kept());
        let sent = Patience::default();
        sent.during(async {
            drop(Committing::begins().unwrap());
            Committing::begins().unwrap().was_refused();
        })
        .await;
        sent.give_up();
        assert!(sent.may_have_kept(), "the first commit of two stays");
    }
}
