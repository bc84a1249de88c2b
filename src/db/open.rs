//! Opening the database: options, version gate, migrations.

use super::line::hear_others;
use super::patience::{LONGEST, too_slow};
use super::sqlite::Connections;
use super::traces::Unseen;
use super::{Db, Pools, place, postgres};
use anyhow::{Context, bail};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Older ones can lose committed writes when a pool of connections writes in WAL mode.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
const READERS: u32 = 4;
/// How many texts each connection keeps ready to run: those of the pages that are asked for often.
const KEPT_READY: usize = 300;
/// A mebibyte.
const PAGES_KEPT: &str = "-1024";
const CONNECTIONS: usize = 8;
const PATIENCE: Duration = LONGEST;
/// What PostgreSQL gives up by itself, a little before we do: then the connection stays in order. The last one is for a
/// process that stands still, or is gone without a word, in the middle of a transaction.
const LIMITS: [(&str, &str); 3] =
    [("statement_timeout", "4800ms"), ("lock_timeout", "4500ms"), ("idle_in_transaction_session_timeout", "30s")];

const SECRET: &str = "SELECT secret FROM installation";

impl Db {
    /// Open the database of the address, bring its tables up to date, and refuse what would not be safe.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        if url.starts_with("postgres") {
            return open_postgres(url).await;
        }
        let file = url.trim_start_matches("sqlite://");
        open_sqlite(url).await.with_context(|| format!("{file} of CATCHBALL_DATA or CATCHBALL_DATABASE_URL"))
    }
}

async fn open_sqlite(url: &str) -> anyhow::Result<Db> {
    let options = SqliteConnectOptions::from_str(url)?;
    let file = options.get_filename().to_owned();
    let lock = place::prepare(&file)?;
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .pragma("secure_delete", "ON")
        .statement_cache_capacity(KEPT_READY)
        // Each connection keeps so much of the file in memory; the system keeps the rest once for all of them.
        .pragma("cache_size", PAGES_KEPT)
        // A page's rows fit, so that the connection's thread need not wait for their reader.
        .row_buffer_size(1_000)
        .optimize_on_close(true, None)
        // Neither statements nor slow ones: a line of a letter's would say when it came.
        .disable_statement_logging();
    let mut first = options.connect().await?;
    refuse_old(&mut first).await?;
    SQLITE.run(&mut first).await.context("the tables could not be brought up to date")?;
    let counter = sqlx::query_scalar("SELECT counter FROM change").fetch_one(&mut first).await?;
    let secret: Vec<u8> = sqlx::query_scalar(SECRET).fetch_one(&mut first).await?;
    first.close().await?;
    let write = Connections::new(options.clone(), 1, PATIENCE);
    let read = Connections::new(
        options.read_only(true).optimize_on_close(false, None).row_buffer_size(500),
        READERS,
        PATIENCE,
    );
    let counter = Arc::new(watch::Sender::new(Some(counter)));
    let unseen = Arc::new(Unseen::of(write.file()));
    let pools = Pools::Sqlite { read, write, file };
    Ok(Db {
        pools,
        counter,
        costs: Arc::default(),
        health: Arc::default(),
        secret: secret.into(),
        unseen,
        lock: Some(Arc::new(lock)),
    })
}

async fn refuse_old(connection: &mut SqliteConnection) -> anyhow::Result<()> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(connection).await?;
    if is_too_old(&version) {
        bail!("SQLite {version} can lose committed writes; 3.51.3 or newer is needed");
    }
    Ok(())
}

fn is_too_old(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) < OLDEST_SQLITE
}

const VIEWS: &str = "SELECT viewname::text FROM pg_views WHERE schemaname = current_schema()";

async fn open_postgres(url: &str) -> anyhow::Result<Db> {
    // Statements here are small: compiling one takes longer than running it.
    let plain = PgConnectOptions::from_str(url)?.options([("jit", "off")]).disable_statement_logging();
    let patient = plain.clone().options([("statement_timeout", "0")]);
    let first = timeout(PATIENCE, PgConnection::connect_with(&patient)).await.unwrap_or_else(|_| Err(too_slow()));
    let mut first = first.context("no connection to the PostgreSQL server of CATCHBALL_DATABASE_URL")?;
    // Without a limit: tables that are filled may take a while to be made anew.
    POSTGRES.run(&mut first).await.context("the tables could not be brought up to date")?;
    let schema: String = sqlx::query_scalar("SELECT current_schema()::text").fetch_one(&mut first).await?;
    let views: Vec<String> = sqlx::query_scalar(VIEWS).fetch_all(&mut first).await?;
    let counter: i64 = sqlx::query_scalar("SELECT counter FROM change").fetch_one(&mut first).await?;
    let secret: Vec<u8> = sqlx::query_scalar(SECRET).fetch_one(&mut first).await?;
    first.close().await?;
    let options = plain.options(LIMITS).statement_cache_capacity(KEPT_READY);
    let pool = postgres::Connections::new(options.clone(), CONNECTIONS, views);
    let channel: Arc<str> = Arc::from(format!("catchball_{schema}"));
    let counter = Arc::new(watch::Sender::new(Some(counter)));
    tokio::spawn(hear_others(options, pool.clone(), channel.clone(), counter.clone()));
    let pools = Pools::Postgres { pool, channel };
    Ok(Db {
        pools,
        counter,
        costs: Arc::default(),
        health: Arc::default(),
        secret: secret.into(),
        unseen: Arc::default(),
        lock: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sqlite_that_loses_commits_is_too_old() {
        for version in ["3.46.0", "3.51.2", "2.8.17", "", "x.y.z"] {
            assert!(is_too_old(version), "{version}");
        }
        for version in ["3.51.3", "3.52.0", "4.0.0"] {
            assert!(!is_too_old(version), "{version}");
        }
    }
}
