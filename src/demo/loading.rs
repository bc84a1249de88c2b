//! Loading the example beside all requests: once, however often it is asked for, with a count that a page can show.
//!
//! It is one transaction: a program that ends in the middle leaves nothing of it. What passes by itself, such as a
//! database that is too busy, is tried again for a while.

use super::load_counting;
use super::progress::Progress;
use crate::App;
use crate::db::Fault;
use crate::error::{Error, Result};
use crate::people::store as people;
use anyhow::anyhow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often it is tried, and how long it rests in between: some minutes in all.
const TRIES: u32 = 60;
const REST: Duration = Duration::from_secs(1);

/// What became of it in this process.
#[derive(Clone, Debug, Default)]
pub enum Stage {
    /// Nobody asked for it, or it is there.
    #[default]
    Rests,
    Runs(Arc<Progress>),
    Failed(Failure),
}

/// Why it is not there.
#[derive(Clone, Debug)]
pub struct Failure {
    pub error: Error,
    /// The number under which the cause is logged.
    pub number: String,
}

/// The loading of this process.
#[derive(Default)]
pub struct Loading(Mutex<Loads>);

#[derive(Default)]
struct Loads {
    stage: Stage,
    /// The hash of the set-up link of whoever asked for it.
    asked_by: Vec<u8>,
}

impl Loading {
    /// What whoever holds this set-up link may know of it without asking the database; nothing when nobody asked by it.
    pub fn stage(&self, link: &[u8]) -> Option<Stage> {
        let loads = self.loads();
        (loads.asked_by == link && !link.is_empty()).then(|| loads.stage.clone())
    }

    /// Begin, unless it runs already.
    pub fn begin(self: &Arc<Self>, app: &App, link: Vec<u8>) {
        let progress = Arc::new(Progress::default());
        let mut loads = self.loads();
        loads.asked_by = link;
        if matches!(loads.stage, Stage::Runs(_)) {
            return;
        }
        loads.stage = Stage::Runs(progress.clone());
        drop(loads);
        let (app, loading) = (app.clone(), self.clone());
        tokio::spawn(async move {
            let work = tokio::spawn(until_it_is_there(app.clone(), progress));
            let done = work.await.unwrap_or_else(|panicked| Err(anyhow!("it panicked: {panicked}").into()));
            let stage = done.map_or_else(|error| Stage::Failed(failure(&app, error)), |()| Stage::Rests);
            loading.loads().stage = stage;
        });
    }

    fn loads(&self) -> MutexGuard<'_, Loads> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn failure(app: &App, error: Error) -> Failure {
    let number = app.world.id().to_string();
    match &error {
        Error::Broken(cause) => tracing::error!(number, cause = format!("{cause:#}"), "the example was not loaded"),
        other => tracing::warn!(number, why = other.title(), "the example was not loaded"),
    }
    Failure { error, number }
}

/// Load it; leave it when the program stops, so that nobody waits for it.
async fn until_it_is_there(app: App, progress: Arc<Progress>) -> Result<()> {
    let work = async {
        let mut tries = 1;
        loop {
            let failed = match load_counting(&app.db, &app.world, &progress).await {
                Ok(()) => return Ok(()),
                Err(failed) => Error::from(failed),
            };
            // Another process may have been first, or the answer to the commit was lost.
            let there = is_there(&app).await;
            match (there, failed) {
                (Ok(true), _) => return Ok(()),
                (_, Error::Unavailable(Fault::Away)) if tries < TRIES => tries += 1,
                (Ok(false), failed) => return Err(failed),
                (Err(error), _) => return Err(error),
            }
            tokio::time::sleep(REST).await;
        }
    };
    tokio::select! {
        done = work => done,
        () = app.stop.cancelled() => Err(Error::Unavailable(Fault::Away)),
    }
}

/// Whether the example is in the database.
pub async fn is_there(app: &App) -> Result<bool> {
    Ok(app.read().await?.ask(people::organisation()).await?.is_some_and(|company| company.example))
}
