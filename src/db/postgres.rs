//! PostgreSQL: its connections, and a transaction that runs its statements one by one, as it takes only one with values
//! at a time.
//!
//! A connection goes back only when it is known to be between two transactions. One that was left half way, or whose
//! server does not answer, is thrown away: nobody waits for it, and it takes no place.

use super::bare::Bare;
use super::merge;
use super::row::{Outcome, Rows};
use futures_util::StreamExt;
use sqlx::postgres::{PgArguments, PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, Connection as _, Either, Executor, SqlSafeStr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

/// How long a connection that lay idle may take to begin. The server may have gone, or another one have its address.
const STALE: Duration = Duration::from_secs(2);
/// How long taking back a transaction may take, before its connection is thrown away.
const TAKES_BACK: Duration = Duration::from_secs(2);
/// How long a connection is used: what it has piled up at the server goes with it.
const OLDEST: Duration = Duration::from_mins(30);

/// A few connections to one database, lent out one by one.
pub(super) struct Connections {
    options: PgConnectOptions,
    idle: Mutex<Vec<Live>>,
    free: Arc<Semaphore>,
    size: usize,
    /// The names of all views: what reads one may read anything.
    views: Vec<String>,
}

/// A connection between two transactions.
struct Live {
    connection: PgConnection,
    since: Instant,
}

impl Connections {
    pub(super) fn new(options: PgConnectOptions, size: usize, views: Vec<String>) -> Arc<Self> {
        Arc::new(Self { options, idle: Mutex::default(), free: Arc::new(Semaphore::new(size)), size, views })
    }

    /// Wait for a connection and begin a transaction on it.
    pub(super) async fn begin(self: &Arc<Self>, begin: &'static str) -> sqlx::Result<Transaction> {
        let permit = self.free.clone().acquire_owned().await.map_err(|_| sqlx::Error::PoolClosed)?;
        let live = loop {
            let Some(mut idle) = self.next_idle() else { break self.fresh(begin).await? };
            match timeout(STALE, idle.connection.execute(begin)).await {
                Ok(Ok(_)) => break idle,
                // Those that lie there longer are no better.
                _ => self.idle().clear(),
            }
        };
        Ok(Transaction { live: Some(live), home: self.clone(), permit: Some(permit), between: true })
    }

    async fn fresh(&self, begin: &'static str) -> sqlx::Result<Live> {
        let connected = PgConnection::connect_with(&self.options).await;
        // Whoever can't be reached is away, whatever stands in the way.
        let mut connection = connected.map_err(|error| match error {
            error @ sqlx::Error::Io(_) => error,
            error => sqlx::Error::Io(std::io::Error::other(error)),
        })?;
        connection.execute(begin).await?;
        Ok(Live { connection, since: Instant::now() })
    }

    fn next_idle(&self) -> Option<Live> {
        self.idle().pop()
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Live>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, live: Live) {
        if !self.free.is_closed() && live.since.elapsed() < OLDEST {
            self.idle().push(live);
        }
    }

    /// Lend no more, and take leave of those that lie idle.
    pub(super) async fn close(&self) {
        self.free.close();
        let idle = std::mem::take(&mut *self.idle());
        for live in idle {
            // A server that does not hear it finds out by itself.
            let _said = timeout(Duration::from_millis(100), live.connection.close()).await;
        }
    }

    /// How many are lent.
    pub(super) fn lent(&self) -> usize {
        self.size.saturating_sub(self.free.available_permits())
    }

    /// Whether it lends no more.
    pub(super) fn is_closed(&self) -> bool {
        self.free.is_closed()
    }
}

/// A transaction of PostgreSQL. Dropped before its end, it takes back what was done.
pub(super) struct Transaction {
    live: Option<Live>,
    home: Arc<Connections>,
    permit: Option<OwnedSemaphorePermit>,
    /// Whether the connection is between two statements.
    between: bool,
}

impl Transaction {
    /// Run what was kept, merged where that means the same, and then the statements in their order; what comes back is of
    /// the statements alone.
    pub(super) async fn send(&mut self, kept: Vec<Bare>, statements: Vec<Bare>) -> sqlx::Result<Vec<Outcome>> {
        for group in merge::groups(kept, &self.home.views) {
            let (text, values) = written(group)?;
            let done = self.connection()?.execute(sqlx::query_with(text, values)).await;
            self.seen(done)?;
        }
        let mut outcomes = Vec::with_capacity(statements.len());
        for statement in statements {
            let done = answered(self.connection()?, statement).await;
            outcomes.push(self.seen(done)?);
        }
        Ok(outcomes)
    }

    /// Move the change counter, which is the lock of all writers, and tell whoever listens of it by the commit.
    pub(super) async fn move_counter(&mut self, channel: &str) -> sqlx::Result<i64> {
        const MOVE: &str = "
            UPDATE change SET counter = counter + 1 WHERE id = 1
            RETURNING counter, CAST(pg_notify($1, CAST(counter AS TEXT)) AS TEXT)";
        let moved = sqlx::query_as(MOVE).bind(channel.to_owned()).fetch_one(self.connection()?).await;
        let (counter, _): (i64, String) = self.seen(moved)?;
        Ok(counter)
    }

    /// Keep what was done.
    pub(super) async fn commit(mut self) -> sqlx::Result<()> {
        let done = self.connection()?.execute("COMMIT").await;
        self.seen(done)?;
        if let Some(live) = self.live.take() {
            self.home.take(live);
        }
        Ok(())
    }

    /// The connection, which is in the middle of something until [`Transaction::seen`] has seen what came of it.
    fn connection(&mut self) -> sqlx::Result<&mut PgConnection> {
        self.between = false;
        self.live.as_mut().map(|live| &mut live.connection).ok_or(sqlx::Error::WorkerCrashed)
    }

    /// A fault that the server told of leaves the connection in order; whatever else went wrong does not.
    fn seen<T>(&mut self, done: sqlx::Result<T>) -> sqlx::Result<T> {
        self.between = match &done {
            Ok(_) => true,
            Err(sqlx::Error::Database(told)) => !told.code().is_some_and(|code| ends_the_session(&code)),
            Err(_) => false,
        };
        done
    }
}

/// Whether the server has closed the session with what it told.
fn ends_the_session(code: &str) -> bool {
    code.starts_with("08") || code.starts_with("57P") || code == "25P03"
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let Some(mut live) = self.live.take().filter(|_| self.between) else { return };
        // Without a runtime nobody could wait for the answer.
        let (Ok(runtime), home, permit) = (Handle::try_current(), self.home.clone(), self.permit.take()) else {
            return;
        };
        runtime.spawn(async move {
            if let Ok(Ok(_)) = timeout(TAKES_BACK, live.connection.execute("ROLLBACK")).await {
                home.take(live);
            }
            drop(permit);
        });
    }
}

fn written(group: Vec<Bare>) -> sqlx::Result<(sqlx::SqlStr, PgArguments)> {
    let text = match group.as_slice() {
        [alone] => alone.sql.postgres.into_sql_str(),
        _ => AssertSqlSafe(merge::joined(&group)).into_sql_str(),
    };
    let mut values = PgArguments::default();
    for value in group.into_iter().flat_map(|write| write.values) {
        value.for_postgres(&mut values).map_err(sqlx::Error::Encode)?;
    }
    Ok((text, values))
}

async fn answered(connection: &mut PgConnection, statement: Bare) -> sqlx::Result<Outcome> {
    let mut values = PgArguments::default();
    for value in statement.values {
        value.for_postgres(&mut values).map_err(sqlx::Error::Encode)?;
    }
    let query = sqlx::query_with(statement.sql.postgres, values);
    if statement.first {
        let row = connection.fetch_optional(query).await?;
        return Ok(Outcome { rows: Rows::Postgres(row.into_iter().collect()), changed: 0 });
    }
    let (mut rows, mut changed) = (Vec::new(), 0);
    let mut answers = connection.fetch_many(query);
    while let Some(answer) = answers.next().await {
        match answer? {
            Either::Right(row) => rows.push(row),
            Either::Left(done) => changed = done.rows_affected(),
        }
    }
    Ok(Outcome { rows: Rows::Postgres(rows), changed })
}
