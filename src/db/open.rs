//! Opening the database: options, version gate, migrations, and the news of other processes.

use super::costs::Counted;
use super::sqlite::Connections;
use super::{Counter, Db, Pools};
use anyhow::{Context, bail};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use std::fs::File;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Older ones can lose committed writes when a pool of connections writes in WAL mode.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
const READERS: u32 = 4;
/// How many texts each connection keeps ready to run: those of the pages that are asked for often.
const KEPT_READY: usize = 300;
const PATIENCE: Duration = Duration::from_secs(5);

impl Db {
    /// Open the database of the address, bring its tables up to date, and refuse what would not be safe.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        if url.starts_with("postgres") { open_postgres(url).await } else { open_sqlite(url).await }
    }
}

async fn open_sqlite(url: &str) -> anyhow::Result<Db> {
    let options = SqliteConnectOptions::from_str(url)?;
    let lock = lock_beside(options.get_filename())?;
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .pragma("secure_delete", "ON")
        .statement_cache_capacity(KEPT_READY)
        // A page's rows fit, so that the connection's thread need not wait for their reader.
        .row_buffer_size(1_000)
        .optimize_on_close(true, None);
    let mut first = options.connect().await?;
    refuse_old(&mut first).await?;
    SQLITE.run(&mut first).await.context("the tables could not be brought up to date")?;
    let counter = sqlx::query_scalar("SELECT counter FROM change").fetch_one(&mut first).await?;
    first.close().await?;
    let write = Connections::new(options.clone(), 1, PATIENCE);
    let read = Connections::new(options.read_only(true).row_buffer_size(500), READERS, PATIENCE);
    let counter = Arc::new(watch::Sender::new(Some(counter)));
    let costs = Arc::new(Counted::default());
    Ok(Db { pools: Pools::Sqlite { read, write }, counter, costs, lock: Some(Arc::new(lock)) })
}

/// One SQLite file has one process; a second one is refused with a sentence.
fn lock_beside(database: &Path) -> anyhow::Result<File> {
    let folder = database.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)
        .with_context(|| format!("the data folder {} could not be made", folder.display()))?;
    let path = database.with_extension("lock");
    let file = File::create(&path).with_context(|| format!("{} could not be written", path.display()))?;
    if file.try_lock().is_err() {
        bail!("another Catchball already uses {}; one SQLite file has one process", database.display());
    }
    Ok(file)
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
    // Whoever waits longer than this for the lock of another writer is told that the database is busy. Statements here are
    // small: compiling one takes longer than running it.
    let options = PgConnectOptions::from_str(url)?.options([("lock_timeout", "5s"), ("jit", "off")]);
    let options = options.statement_cache_capacity(KEPT_READY);
    let pool = PgPoolOptions::new().max_connections(8).acquire_timeout(PATIENCE).connect_with(options).await;
    let pool = pool.context("no connection to the PostgreSQL server of CATCHBALL_DATABASE_URL")?;
    POSTGRES.run(&pool).await.context("the tables could not be brought up to date")?;
    let schema: String = sqlx::query_scalar("SELECT current_schema()::text").fetch_one(&pool).await?;
    let views: Vec<String> = sqlx::query_scalar(VIEWS).fetch_all(&pool).await?;
    let channel: Arc<str> = Arc::from(format!("catchball_{schema}"));
    let counter = Arc::new(watch::Sender::new(read_counter(&pool).await));
    tokio::spawn(hear_others(pool.clone(), channel.clone(), counter.clone()));
    let costs = Arc::new(Counted::default());
    Ok(Db { pools: Pools::Postgres { pool, channel, views: views.into() }, counter, costs, lock: None })
}

async fn read_counter(pool: &PgPool) -> Counter {
    sqlx::query_scalar("SELECT counter FROM change").fetch_one(pool).await.ok()
}

/// Other processes tell us through the database that something changed.
/// While the line is broken the counter is unknown, and nothing is taken from a cache.
async fn hear_others(pool: PgPool, channel: Arc<str>, counter: Arc<watch::Sender<Counter>>) {
    while !pool.is_closed() {
        if let Ok(mut line) = PgListener::connect_with(&pool).await
            && line.listen(&channel).await.is_ok()
        {
            listen(&mut line, &pool, &counter).await;
        }
        counter.send_replace(None);
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn listen(line: &mut PgListener, pool: &PgPool, counter: &watch::Sender<Counter>) {
    let mut heard = read_counter(pool).await;
    while let Some(value) = heard {
        counter.send_if_modified(|known| move_forward(known, value));
        let Ok(Some(notice)) = line.try_recv().await else { return };
        heard = notice.payload().parse().ok();
    }
}

/// The counter never moves back, in whichever order the news arrives.
pub(super) fn move_forward(known: &mut Counter, heard: i64) -> bool {
    let moves = known.is_none_or(|known| heard > known);
    if moves {
        *known = Some(heard);
    }
    moves
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

    #[test]
    fn the_counter_never_moves_back() {
        let mut known = None;
        assert!(move_forward(&mut known, 3));
        assert!(!move_forward(&mut known, 2));
        assert!(!move_forward(&mut known, 3));
        assert!(move_forward(&mut known, 4));
        assert_eq!(known, Some(4));
    }
}
