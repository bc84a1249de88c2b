//! One writer at a time, and one commit for all who wait: SQLite.
//!
//! A commit waits for the disk, and that wait is most of what a small change costs. So whoever is done hands the open
//! transaction to the next one who waits, as a savepoint of their own, and queues again behind those who wait already;
//! whoever comes to their turn first commits for all. Nobody is answered before the disk has it. With nobody waiting it
//! is the plain transaction it always was. When the commit fails, it fails for all of them.

use super::open::{self, PATIENCE};
use sqlx::error::DatabaseError;
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use std::io::{Error, ErrorKind};
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

/// The code of `SQLITE_FULL`.
const FULL: &str = "13";

/// Who writes, in the order of asking: the mutex is fair.
#[derive(Clone)]
pub(super) struct Writer {
    pool: SqlitePool,
    open: Arc<Mutex<Option<Batch>>>,
}

/// How a batch ended: kept on the disk, or not, with the kind of fault and the words of the database.
type End = Option<Result<(), (ErrorKind, String)>>;

/// The open transaction, and what was done in it so far.
struct Batch {
    tx: Transaction<'static, Sqlite>,
    /// How many wait for its commit. Those after the first have a savepoint each.
    kept: usize,
    /// Somebody left without keeping what they did: it is taken back before anything else happens.
    left: bool,
    end: watch::Sender<End>,
}

/// The one whose turn it is to write. What they did is taken back unless it is kept.
pub(super) struct Turn {
    writer: Writer,
    batch: OwnedMutexGuard<Option<Batch>>,
    kept: bool,
}

impl Writer {
    pub(super) fn new(pool: SqlitePool) -> Self {
        Self { pool, open: Arc::default() }
    }

    pub(super) fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// Wait for one's turn: in the open batch when there is one, otherwise in a new one, with the lock of the database.
    pub(super) async fn begin(&self) -> sqlx::Result<Turn> {
        let waited = tokio::time::timeout(PATIENCE, self.open.clone().lock_owned()).await;
        let batch = waited.map_err(|_| sqlx::Error::PoolTimedOut)?;
        let mut turn = Turn { writer: self.clone(), batch, kept: false };
        if let Some(batch) = turn.batch.as_mut() {
            match batch.savepoint().await {
                Ok(()) => return Ok(turn),
                Err(error) => turn.batch.take().into_iter().for_each(|batch| batch.fail(&error)),
            }
        }
        let tx = open::begin(&self.pool).await?;
        *turn.batch = Some(Batch { tx, kept: 0, left: false, end: watch::Sender::new(None) });
        Ok(turn)
    }
}

impl Turn {
    pub(super) fn connection(&mut self) -> Option<&mut SqliteConnection> {
        self.batch.as_mut().map(|batch| &mut *batch.tx)
    }

    /// Keep what was done: returns when it is on the disk. A visitor who leaves meanwhile stops nothing.
    pub(super) async fn keep(self) -> sqlx::Result<()> {
        match tokio::spawn(self.keep_with_others()).await {
            Ok(kept) => kept,
            Err(stopped) => Err(sqlx::Error::Io(Error::other(stopped))),
        }
    }

    async fn keep_with_others(mut self) -> sqlx::Result<()> {
        let batch = self.batch.as_mut().ok_or(sqlx::Error::WorkerCrashed)?;
        if batch.kept > 0 {
            batch.run("RELEASE work").await?;
        }
        batch.kept += 1;
        let mut end = batch.end.subscribe();
        let writer = self.writer.clone();
        self.kept = true;
        drop(self);
        let turn = tokio::select! {
            biased;
            _ = end.changed() => None,
            open = writer.open.lock() => Some(open),
        };
        if let Some(mut open) = turn
            && let Some(batch) = open.take_if(|batch| batch.end.subscribe().same_channel(&end))
        {
            batch.commit().await;
        }
        let end = end.borrow().clone();
        let kept = end.ok_or(sqlx::Error::WorkerCrashed)?;
        kept.map_err(|(kind, words)| sqlx::Error::Io(Error::new(kind, words)))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        match self.batch.as_mut() {
            Some(batch) if !self.kept && batch.kept > 0 => batch.left = true,
            Some(_) if !self.kept => *self.batch = None,
            _ => {}
        }
    }
}

impl Batch {
    async fn run(&mut self, sql: &'static str) -> sqlx::Result<()> {
        sqlx::query(sql).execute(&mut *self.tx).await?;
        Ok(())
    }

    async fn savepoint(&mut self) -> sqlx::Result<()> {
        self.take_back().await?;
        self.run("SAVEPOINT work").await
    }

    /// Take back what somebody left. When the disk was full SQLite has taken back everything, and there is no such
    /// savepoint any more.
    async fn take_back(&mut self) -> sqlx::Result<()> {
        if self.left {
            self.run("ROLLBACK TO work").await?;
            self.left = false;
            self.run("RELEASE work").await?;
        }
        Ok(())
    }

    async fn commit(mut self) {
        if let Err(error) = self.take_back().await {
            return self.fail(&error);
        }
        let Self { tx, end, .. } = self;
        end.send_replace(Some(tx.commit().await.map_err(|error| told(&error))));
    }

    /// Everybody hears why nothing was kept.
    fn fail(self, error: &sqlx::Error) {
        self.end.send_replace(Some(Err(told(error))));
    }
}

fn told(error: &sqlx::Error) -> (ErrorKind, String) {
    let code = error.as_database_error().and_then(DatabaseError::code);
    let kind = if code.as_deref() == Some(FULL) { ErrorKind::StorageFull } else { ErrorKind::Other };
    (kind, error.to_string())
}
