//! SQLite: its connections, and a transaction on one of them whose statements travel together.
//!
//! Each connection is a thread; a trip there and back costs more than most statements. So a transaction begins with
//! its first statements and ends with its last ones, and a connection goes back without being tested.

use super::bare::Bare;
use super::counter::Counter;
use super::row::{Outcome, Rows};
use super::statement::query;
use super::text::{Part, Texts};
use futures_util::{FutureExt, StreamExt};
use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _, Either, Executor};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Lists of statements that are longer than this are of many lengths, and are not kept ready.
const KEPT_READY: usize = 24;
/// After so many of its steps a statement looks whether anybody waits for it: some hundred times a second.
const STEPS: i32 = 50_000;

/// A few connections to one file, lent out one by one.
pub(super) struct Connections {
    options: SqliteConnectOptions,
    idle: Mutex<Vec<Live>>,
    free: Arc<Semaphore>,
    size: u32,
    patience: Duration,
    texts: Texts,
}

/// A connection, and how its thread is told that nobody waits for its answer any more.
struct Live {
    connection: SqliteConnection,
    left: Arc<AtomicBool>,
}

impl Live {
    async fn open(options: &SqliteConnectOptions) -> sqlx::Result<Self> {
        let mut connection = SqliteConnection::connect_with(options).await?;
        let left = Arc::new(AtomicBool::new(false));
        let nobody_waits = left.clone();
        let goes_on = move || !nobody_waits.load(Ordering::Relaxed);
        connection.lock_handle().await?.set_progress_handler(STEPS, goes_on);
        Ok(Self { connection, left })
    }
}

impl Connections {
    pub(super) fn new(options: SqliteConnectOptions, size: u32, patience: Duration) -> Arc<Self> {
        let free = Arc::new(Semaphore::new(size as usize));
        Arc::new(Self { options, idle: Mutex::default(), free, size, patience, texts: Texts::default() })
    }

    /// Wait for a connection. `opening` are the statements its transaction begins with.
    pub(super) async fn lend(self: &Arc<Self>, opening: &'static [&'static str]) -> sqlx::Result<Transaction> {
        let permit = tokio::time::timeout(self.patience, self.free.clone().acquire_owned()).await;
        let permit = permit.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?;
        let idle = self.idle().pop();
        let live = match idle {
            Some(live) => live,
            None => Live::open(&self.options).await?,
        };
        let (live, home, state) = (Some(live), self.clone(), State::New);
        Ok(Transaction { live, home, opening, state, between: true, moved_to: None, _permit: permit })
    }

    /// How many are lent.
    pub(super) fn lent(&self) -> usize {
        (self.size as usize).saturating_sub(self.free.available_permits())
    }

    /// The file that they are connections to.
    pub(super) fn file(&self) -> &Path {
        self.options.get_filename()
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Live>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Run a statement outside of any transaction.
    pub(super) async fn run_alone(self: &Arc<Self>, text: &'static str) -> sqlx::Result<()> {
        let mut lent = self.lend(&[]).await?;
        lent.send(Vec::new(), vec![query(text).bare]).await?;
        lent.ended();
        Ok(())
    }

    /// Wait until all are back, and close them.
    pub(super) async fn close(&self) {
        let all = self.free.acquire_many(self.size).await;
        self.free.close();
        drop(all);
        let idle = std::mem::take(&mut *self.idle());
        for live in idle {
            if let Err(error) = live.connection.close().await {
                tracing::warn!(%error, "a connection was not closed");
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing was sent yet.
    New,
    /// The opening is on its way.
    Opening,
    /// The connection's thread has gone.
    Lost,
    /// It has begun.
    Open,
    /// It has ended; the connection is as new.
    Ended,
}

/// A transaction on a connection that was lent. Dropped before its end, it takes back what was done.
pub(super) struct Transaction {
    live: Option<Live>,
    home: Arc<Connections>,
    opening: &'static [&'static str],
    state: State,
    /// Whether the connection is between two trips.
    between: bool,
    moved_to: Counter,
    _permit: OwnedSemaphorePermit,
}

impl Transaction {
    /// Run what was kept and the statements in one trip; what comes back is of the statements alone. In front of the first
    /// ones goes the opening, whose last row is the change counter.
    pub(super) async fn send(&mut self, kept: Vec<Bare>, statements: Vec<Bare>) -> sqlx::Result<Vec<Outcome>> {
        let opening = if self.state == State::New { self.opening } else { &[] };
        let before = opening.len() + kept.len();
        let statements: Vec<Bare> = kept.into_iter().chain(statements).collect();
        let parts = opening.iter().map(|text| Part { text, values: 0 });
        let asked = statements.iter().map(|one| Part { text: one.sql.sqlite, values: one.values.len() });
        let parts: Vec<Part> = parts.chain(asked).collect();
        let text = self.home.texts.joined(&parts)?;
        let opens = opening.len();
        let firsts: Vec<bool> = opening.iter().map(|_| false).chain(statements.iter().map(|one| one.first)).collect();
        let mut values = SqliteArguments::default();
        for value in statements.into_iter().flat_map(|one| one.values) {
            value.for_sqlite(&mut values).map_err(sqlx::Error::Encode)?;
        }
        if self.state == State::New {
            self.state = State::Opening;
        }
        let query = sqlx::query_with(AssertSqlSafe(text), values).persistent(parts.len() <= KEPT_READY);
        let live = self.live.as_mut().ok_or(sqlx::Error::WorkerCrashed)?;
        self.between = false;
        let mut answers = live.connection.fetch_many(query);
        let mut outcomes = Vec::with_capacity(parts.len());
        let mut rows = Vec::new();
        while let Some(answer) = answers.next().await {
            match answer.inspect_err(|_| self.between = true)? {
                Either::Right(row) => {
                    // What only looks at the first row may be answered by thousands.
                    if rows.is_empty() || firsts.get(outcomes.len()) != Some(&true) {
                        rows.push(row);
                    }
                }
                Either::Left(done) => {
                    self.state = State::Open;
                    let rows = Rows::Sqlite(std::mem::take(&mut rows));
                    outcomes.push(Outcome { rows, changed: done.rows_affected() });
                }
            }
        }
        drop(answers);
        self.between = true;
        // A thread that panicked ends its answers as if there were no more.
        if outcomes.len() != parts.len() {
            self.state = State::Lost;
            return Err(sqlx::Error::WorkerCrashed);
        }
        let asked = outcomes.split_off(before);
        outcomes.truncate(opens);
        if let Some(moved) = outcomes.pop() {
            self.moved_to = moved.first::<(i64,)>()?.map(|(counter,)| counter);
        }
        Ok(asked)
    }

    /// The last statement that was sent has ended it: where the change counter stands now, if it was moved.
    pub(super) fn ended(mut self) -> Counter {
        self.state = State::Ended;
        self.moved_to
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let Some(mut live) = self.live.take() else { return };
        // One that did not begin as it should, or is still at work for nobody, is closed; the next borrower gets another.
        if matches!(self.state, State::Opening | State::Lost) || !self.between {
            live.left.store(true, Ordering::Relaxed);
            return;
        }
        if self.state == State::Open {
            // Nobody waits: the connection's thread does it before whatever comes next. Where SQLite has rolled back by
            // itself, as when the disk is full, it finds nothing to do.
            let _on_its_way = live.connection.execute(sqlx::query("ROLLBACK")).now_or_never();
        }
        self.home.idle().push(live);
    }
}
