//! Writes of which nobody may find out when they were made.
//!
//! They move no change counter, so that no page is drawn anew and no television is told. Right after the commit SQLite's
//! write-ahead log is emptied, for what stands in it stands in order; on PostgreSQL the old versions of the rows go. The
//! files of SQLite show the time of the last turn of the clock and of nothing else: each turn touches them, whether or
//! not something was written. What cannot be done at once, because somebody reads, is done by the next turn.

use super::statement::query;
use super::traces::{modified, set_times};
use super::tx::Engine;
use super::{Db, Pools, Sql, Tx};
use crate::world::World;
use chrono::{DateTime, Utc};
use std::path::PathBuf;
use std::sync::PoisonError;
use uuid::Uuid;

/// A file of so many bytes is written anew at any time: measured, it takes less than half a second.
const QUICK: u64 = 32 * 1024 * 1024;
/// A larger one than this is never written anew by itself.
const LARGEST: u64 = 4 * 1024 * 1024 * 1024;

// Emptying waits for readers only so long: whoever wants to write waits with it.
const EMPTY: [&str; 3] = ["PRAGMA busy_timeout = 150", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA busy_timeout = 5000"];
const PATIENCE: Sql = Sql::either("SELECT 1", "SET LOCAL lock_timeout = '150ms'");
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

    /// After such a change: leave nothing that tells when it was. `tables` lay the tables anew that it wrote to.
    pub async fn leave_no_trace(&self, world: &World, tables: &'static [Sql]) {
        if matches!(self.pools, Pools::Postgres { .. }) {
            if self.lay_anew(world, tables).await.is_err() {
                let mut left = self.unseen.left.lock().unwrap_or_else(PoisonError::into_inner);
                if !left.contains(&tables) {
                    left.push(tables);
                }
            }
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
            let left = std::mem::take(&mut *self.unseen.left.lock().unwrap_or_else(PoisonError::into_inner));
            for tables in left {
                self.leave_no_trace(world, tables).await;
            }
            return;
        }
        let _emptied = self.try_to_empty_log().await;
        set_times(&self.files(), None);
        let shown = self.files().first().and_then(|database| modified(database));
        *self.unseen.shown.lock().unwrap_or_else(PoisonError::into_inner) = shown;
    }

    /// Lay tables of PostgreSQL anew, each locked for itself alone while it is rewritten. The change counter stays.
    ///
    /// # Errors
    /// When somebody else has read one for long, such as a backup: it stays as it is.
    pub async fn lay_anew(&self, world: &World, tables: &'static [Sql]) -> sqlx::Result<()> {
        for table in tables {
            let mut tx = self.write_quietly(world).await?;
            tx.query(PATIENCE).execute().await?;
            tx.query(*table).execute().await?;
            tx.commit().await?;
        }
        Ok(())
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
