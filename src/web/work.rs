//! Heavy work, off the threads that answer others: a few pieces at a time, a short queue, and nothing that nobody waits for.

use crate::App;
use crate::error::Error;
use crate::ids::PersonId;
use crate::locale::Locale;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How many pieces are worked on at the same time.
const AT_ONCE: usize = 2;
/// How many more may wait for their turn.
const QUEUE: usize = 24;
/// How many pieces of one person are worked on or wait.
const OF_ONE: usize = 3;
/// How long each of them waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// The turns of this process.
struct Turns {
    work: Arc<Semaphore>,
    queue: Semaphore,
    /// How many pieces each person has here.
    people: Mutex<HashMap<PersonId, usize>>,
}

impl Default for Turns {
    fn default() -> Self {
        let work = Arc::new(Semaphore::new(AT_ONCE));
        Self { work, queue: Semaphore::new(AT_ONCE + QUEUE), people: Mutex::default() }
    }
}

/// What one person has here, until it is dropped.
struct Share {
    turns: Arc<Turns>,
    person: PersonId,
}

impl Turns {
    fn share(self: &Arc<Self>, person: PersonId) -> Result<Share, Error> {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        let pieces = people.entry(person).or_default();
        if *pieces >= OF_ONE {
            return Err(Error::Crowded);
        }
        *pieces += 1;
        Ok(Share { turns: self.clone(), person })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut people = self.turns.people.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pieces) = people.get_mut(&self.person) {
            *pieces -= 1;
        }
        people.retain(|_, pieces| *pieces > 0);
    }
}

/// Whether somebody still waits for a piece of work.
#[derive(Clone, Default)]
pub struct Wanted(Arc<AtomicBool>);

impl Wanted {
    /// Whether nobody waits any more, so that the rest can be left.
    pub fn is_over(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Tells the work when its request is gone.
struct Waits(Wanted);

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

/// Do heavy work when it has its turn. It looks now and then whether somebody still waits for it.
///
/// # Errors
/// When too many wait already, of the same person or of all, or when the turn does not come in time.
pub async fn heavy<T: Send + 'static>(
    app: &App,
    person: PersonId,
    work: impl FnOnce(&Wanted) -> T + Send + 'static,
) -> Result<T, Error> {
    let turns = app.memory::<Turns>();
    let _share = turns.share(person)?;
    let _place = turns.queue.try_acquire().map_err(|_| Error::Crowded)?;
    let turn = tokio::time::timeout(PATIENCE, turns.work.clone().acquire_owned()).await;
    let turn = turn.map_err(|_| Error::Crowded)?.map_err(anyhow::Error::from)?;
    let wanted = Wanted::default();
    let _waits = Waits(wanted.clone());
    let reader = Locale::reader();
    let done = tokio::task::spawn_blocking(move || {
        let done = reader.with(|| work(&wanted));
        // The turn is over when the work is, whether or not its request is still there.
        drop(turn);
        done
    });
    Ok(done.await.map_err(anyhow::Error::from)?)
}
