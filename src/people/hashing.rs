//! Where passwords are hashed: one at a time in a lane, in memory that is used again, and with few who wait.
//!
//! A hash takes a core some twenty milliseconds and 19 MiB. There are two lanes, each with memory of its own: strangers have
//! one, people who are known already the other, so that a rush of strangers keeps nobody waiting who works here. Whoever
//! finds a full lane is told so at once; whoever leaves gives their place to the next.

use crate::error::{Error, Result};
use anyhow::anyhow;
use argon2::Block;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How many may wait in a lane beside the one whose turn it is.
pub const MOST_WAITING: usize = 16;
/// How many seconds whoever finds a full lane is asked to wait.
const COME_BACK: u32 = 2;
/// Memory that nobody used for so long goes back to the system.
const KEPT: Duration = Duration::from_secs(10);
/// The allocator hands larger pieces back to the system as soon as they are freed, and only those for sure. What is
/// never touched takes no memory.
const SURE_TO_GO_BACK: usize = 33 * 1024;

/// A lane: one hash at a time.
pub struct Lane {
    turn: Arc<Semaphore>,
    taken: AtomicUsize,
    used: AtomicU64,
    memory: Mutex<Vec<Block>>,
    kept: Duration,
}

/// The two lanes of a program, kept in its memory.
#[derive(Default)]
pub struct Lanes {
    /// For those of whom nothing is known yet.
    pub strangers: Arc<Lane>,
    /// For those who are signed in, hold a link of ours, or sign in on a device on which they did so before.
    pub known: Arc<Lane>,
}

/// A place in the lane; whoever leaves gives it back.
struct Place(Arc<Lane>);

impl Default for Lane {
    fn default() -> Self {
        Self::new(KEPT)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.taken.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Lane {
    fn new(kept: Duration) -> Self {
        let (taken, used) = (AtomicUsize::new(0), AtomicU64::new(0));
        Self { turn: Arc::new(Semaphore::new(1)), taken, used, memory: Mutex::new(Vec::new()), kept }
    }

    fn place(self: &Arc<Self>) -> Result<Place> {
        let place = Place(Arc::clone(self));
        let before = self.taken.fetch_add(1, Ordering::AcqRel);
        if before > MOST_WAITING { Err(Error::TooMany(COME_BACK)) } else { Ok(place) }
    }

    /// Wait for a turn and work, away from the threads that serve pages. Work that has begun goes on when nobody waits for
    /// it any more, and keeps its turn so long.
    ///
    /// # Errors
    /// `TooMany` at once when too many wait.
    pub async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Vec<Block>) -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T> {
        let place = self.place()?;
        let turn = self.turn.clone().acquire_owned().await.map_err(anyhow::Error::from)?;
        let used = self.used.fetch_add(1, Ordering::AcqRel) + 1;
        let lane = Arc::clone(self);
        let working = tokio::task::spawn_blocking(move || {
            let _held = (place, turn);
            let mut memory = lane.memory.lock().unwrap_or_else(PoisonError::into_inner);
            if memory.capacity() == 0 {
                memory.reserve_exact(SURE_TO_GO_BACK);
            }
            work(&mut memory)
        });
        let done = working.await.map_err(|error| anyhow!("a hash was not computed: {error}"))?;
        tokio::spawn(Arc::clone(self).rest(used));
        Ok(done?)
    }

    /// Give the memory back once nobody has used it for a while.
    async fn rest(self: Arc<Self>, used: u64) {
        tokio::time::sleep(self.kept).await;
        if self.used.load(Ordering::Acquire) == used {
            *self.memory.lock().unwrap_or_else(PoisonError::into_inner) = Vec::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    /// Works in a task of its own.
    fn works<T: Send + 'static>(
        lane: &Arc<Lane>,
        work: impl FnOnce(&mut Vec<Block>) -> anyhow::Result<T> + Send + 'static,
    ) -> impl Future<Output = Result<T>> + Send + 'static {
        let lane = Arc::clone(lane);
        async move { lane.work(work).await }
    }

    #[tokio::test]
    async fn a_full_lane_refuses_at_once_and_whoever_leaves_makes_room() {
        let lane = Arc::new(Lane::new(KEPT));
        let (go, wait) = mpsc::channel::<()>();
        let first = tokio::spawn(works(&lane, move |_| Ok(wait.recv()?)));
        while lane.turn.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let mut waiting: Vec<_> = (0..MOST_WAITING).map(|_| tokio::spawn(works(&lane, |_| Ok(())))).collect();
        while lane.taken.load(Ordering::Acquire) <= MOST_WAITING {
            tokio::task::yield_now().await;
        }
        for _ in 0..200 {
            let refused = lane.work(|_| Ok(())).await;
            assert!(matches!(refused, Err(Error::TooMany(COME_BACK))));
        }
        let leaves = waiting.remove(0);
        leaves.abort();
        assert!(leaves.await.is_err());
        let comes = tokio::spawn(works(&lane, |_| Ok(())));
        go.send(()).unwrap();
        assert!(first.await.unwrap().is_ok() && comes.await.unwrap().is_ok());
        for one in waiting {
            assert!(one.await.unwrap().is_ok());
        }
        assert_eq!(lane.taken.load(Ordering::Acquire), 0);
    }

    #[tokio::test]
    async fn memory_is_used_again_and_given_back_when_nobody_comes() {
        let lane = Arc::new(Lane::new(Duration::from_millis(50)));
        for _ in 0..3 {
            let taken = lane.work(|memory| {
                memory.resize(19 * 1024, Block::new());
                Ok(memory.capacity())
            });
            assert_eq!(taken.await.unwrap(), SURE_TO_GO_BACK, "one piece, in place");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(lane.memory.lock().unwrap().capacity(), 0);
    }
}
