//! Writes of which nobody may find out when they were made.
//!
//! They move no change counter, so that no page is drawn anew and no television is told. Right after the commit SQLite's
//! write-ahead log is emptied, for what stands in it stands in order; on PostgreSQL the old versions of the rows go. The
//! files of SQLite show the time of the last turn of the clock and of nothing else: each turn touches them, whether or
//! not something was written. What cannot be done at once, because somebody reads, is done by the next turn.

use super::statement::query;
use super::traces::{modified, set_times};
use super::tx::Engine;
use super::{Db, Laid, LeftOver, Pools, Sql, Tx};
use crate::world::World;
use chrono::{DateTime, Utc};
use std::path::PathBuf;
use std::sync::PoisonError;
use uuid::Uuid;

/// A file of so many bytes is written anew at any time: measured, it takes less than half a second.
const QUICK: u64 = 32 * 1024 * 1024;
/// The same of a table of PostgreSQL.
const QUICK_LAID: i64 = 32 * 1024 * 1024;
/// A larger one than this is never written anew by itself.
const LARGEST: u64 = 4 * 1024 * 1024 * 1024;

/// A table of PostgreSQL that is larger takes longer to be laid anew than a statement may.
const LARGEST_LAID: i64 = 256 * 1024 * 1024;

// Emptying waits for readers only so long: whoever wants to write waits with it.
const EMPTY: [&str; 3] = ["PRAGMA busy_timeout = 150", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA busy_timeout = 5000"];
// While a table is laid anew everybody else waits: not longer than for a page that is slow.
const PATIENCE: &str = "SET LOCAL lock_timeout = '150ms'";
const TAKE_TURN: Sql = Sql::either("SELECT 1", "SELECT counter FROM change WHERE id = 1 FOR UPDATE");

impl Db {
    /// Start changing what nobody may see being changed: in turn with all other writers, but the change counter stays.
    pub async fn write_unseen(&self, world: &World) -> sqlx::Result<Tx> {
        let mut tx = self.write_quietly(world).await?;
        if matches!(self.pools, Pools::Postgres { .. }) {
            tx.query(TAKE_TURN).execute().await?;
            tx.look_at_clock();
        }
        Ok(tx)
    }

    /// After such a change: leave nothing that tells when it was. `tables` are those that it wrote to.
    pub async fn leave_no_trace(&self, world: &World, tables: &[&'static Laid]) {
        if matches!(self.pools, Pools::Postgres { .. }) {
            self.lay_quickly(world, tables).await;
            return;
        }
        // A log that could not be emptied is emptied by the next turn: a line about it would say when this was.
        let _emptied = self.try_to_empty_log().await;
        let shown = *self.unseen.shown.lock().unwrap_or_else(PoisonError::into_inner);
        set_times(&self.files(), shown);
    }

    /// With each turn of the clock: do what was left, and let the files show this turn.
    pub async fn cover(&self, world: &World) {
        if matches!(self.pools, Pools::Postgres { .. }) {
            self.lay_left(world).await;
            return;
        }
        let _emptied = self.try_to_empty_log().await;
        set_times(&self.files(), None);
        let shown = self.files().first().and_then(|database| modified(database));
        *self.unseen.shown.lock().unwrap_or_else(PoisonError::into_inner) = shown;
    }

    /// Write SQLite's file anew, each table in the order of its keys: the place of a row then tells nothing. A large file
    /// has to wait until nobody is there, for it takes a while in which nothing else is written; whether it was done.
    pub async fn write_anew(&self, is_anybody_there: bool) -> sqlx::Result<bool> {
        let Pools::Sqlite { write, .. } = &self.pools else { return Ok(true) };
        let size = write.file().metadata().map_or(0, |file| file.len());
        if size > QUICK && is_anybody_there || size > LARGEST {
            return Ok(false);
        }
        write.run_alone("VACUUM").await?;
        let _emptied = self.try_to_empty_log().await;
        Ok(true)
    }

    /// Empty SQLite's log; whether nobody was in the way.
    async fn try_to_empty_log(&self) -> sqlx::Result<bool> {
        let Pools::Sqlite { write, .. } = &self.pools else { return Ok(true) };
        let mut lent = write.lend(&[]).await?;
        let outcomes = lent.send(Vec::new(), EMPTY.iter().map(|text| query(*text).bare).collect()).await?;
        lent.ended();
        let busy = outcomes.into_iter().nth(1).map(super::row::Outcome::first::<(i64, i64, i64)>).transpose()?;
        Ok(busy.flatten().is_some_and(|(busy, ..)| busy == 0))
    }

    /// The database, its log, and what its connections share; none on PostgreSQL.
    fn files(&self) -> Vec<PathBuf> {
        let Pools::Sqlite { write, .. } = &self.pools else { return Vec::new() };
        let beside = |end: &str| {
            let mut name = write.file().as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        ["", "-wal", "-shm"].map(beside).into()
    }
}

impl Db {
    /// Lay tables anew, each locked for itself alone while it is rewritten, up to a size; which ones were too large, and
    /// which stay as they are because somebody else has read them for long, such as a backup. The change counter stays.
    pub async fn lay_anew(&self, world: &World, tables: &[&'static Laid], largest: i64) -> LeftOver {
        let mut left = LeftOver::default();
        if matches!(self.pools, Pools::Sqlite { .. }) {
            return left;
        }
        for &table in tables {
            match self.lay(world, table, largest).await {
                Ok(true) => {}
                Ok(false) => left.large.push(table),
                Err(_) => left.busy.push(table),
            }
        }
        left
    }

    /// Whether it was laid anew; not when it is larger than this.
    async fn lay(&self, world: &World, table: &'static Laid, largest: i64) -> sqlx::Result<bool> {
        let mut tx = self.write_quietly(world).await?;
        let (bytes,): (i64,) = tx.query_as(table.size).one().await?;
        if bytes > largest {
            return Ok(false);
        }
        tx.query(PATIENCE).execute().await?;
        tx.query(table.anew).execute().await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The same with those that can be laid at any time; the others are kept in mind.
    async fn lay_quickly(&self, world: &World, tables: &[&'static Laid]) {
        let LeftOver { busy, large } = self.lay_anew(world, tables, QUICK_LAID).await;
        let mut left = self.unseen.left.lock().unwrap_or_else(PoisonError::into_inner);
        left.add(busy, large);
    }

    /// The tables that somebody else has read for long are tried again.
    async fn lay_left(&self, world: &World) {
        let busy = std::mem::take(&mut self.unseen.left.lock().unwrap_or_else(PoisonError::into_inner).busy);
        self.lay_quickly(world, &busy).await;
    }

    /// Whether a table waits until nobody is there.
    pub fn has_large_ones_left(&self) -> bool {
        !self.unseen.left.lock().unwrap_or_else(PoisonError::into_inner).large.is_empty()
    }

    /// Now that nobody is there lay anew what waits for that, each once: one that takes too long stays as it is.
    pub async fn lay_large_ones(&self, world: &World) {
        let large = std::mem::take(&mut self.unseen.left.lock().unwrap_or_else(PoisonError::into_inner).large);
        let left = self.lay_anew(world, &large, LARGEST_LAID).await;
        for table in left.large.iter().chain(&left.busy) {
            tracing::warn!(statement = table.anew, "a table is too large to be laid anew: see Backups in docs/run.md");
        }
    }
}

impl Tx {
    /// An identifier from chance alone, which tells nothing about when it was made.
    pub fn chance_id(&self) -> Uuid {
        self.world.chance_id()
    }

    /// Records made from here on carry this time: of what may be told by the day alone nothing finer is written.
    pub fn count_from(&mut self, moment: DateTime<Utc>) {
        self.now = moment;
    }

    /// Whether it runs on PostgreSQL, for what only one of the engines needs.
    pub fn is_on_postgres(&self) -> bool {
        let Some(engine) = self.engine.take() else { return false };
        let is_on_postgres = matches!(engine, Engine::Postgres(_));
        self.engine.put(engine);
        is_on_postgres
    }
}
