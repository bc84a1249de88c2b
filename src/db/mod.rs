//! The database: one SQL text, two engines. The only room that names an engine.
//!
//! SQLite is the default: WAL with `synchronous=FULL`, one writing connection whose transactions begin
//! IMMEDIATE (deferred ones fail under load), a few read-only ones, deleted text overwritten.
//! PostgreSQL is for those who outgrow one machine; several processes may share it.
//! Every write moves the change counter in the same transaction; caches and live pages ask it. It moves the
//! counter first: that row is the lock which lets one writer in at a time on PostgreSQL too, in all processes.
//! So "look, then change" is safe in every verb and means the same on both engines. Teams write a few rows a
//! second; whoever needs parallel writers would have to give that up.
#![expect(clippy::disallowed_methods, reason = "this is where both engines are spoken to")]

pub mod given;
mod open;
mod query;

pub use query::{Bind, Query, Row, Sql};

use crate::world::{World, id_at};
use chrono::{DateTime, Utc};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use std::sync::Arc;
use tokio::sync::watch;
use uuid::Uuid;

/// A pool of connections to one of the two engines.
#[derive(Clone)]
pub struct Db {
    pools: Pools,
    counter: Arc<watch::Sender<Counter>>,
    #[expect(dead_code, reason = "held for as long as the database is open, so that a second process is refused")]
    lock: Option<Arc<std::fs::File>>,
}

#[derive(Clone)]
enum Pools {
    Sqlite { read: SqlitePool, write: SqlitePool },
    Postgres { pool: PgPool, channel: Arc<str> },
}

/// How far the change counter has moved. `None` while it is not known: then nothing may be taken from a cache.
pub type Counter = Option<i64>;

/// A transaction. It knows its time and its dice, so that the records made in it agree.
pub struct Tx {
    inner: Inner,
    world: World,
    now: DateTime<Utc>,
    moved_to: Counter,
    keeps: bool,
    counter: Arc<watch::Sender<Counter>>,
    channel: Option<Arc<str>>,
}

enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Start changing things: the lock is taken here, not at the first write.
    pub async fn write(&self, world: &World) -> sqlx::Result<Tx> {
        const MOVE: &str = "UPDATE change SET counter = counter + 1 WHERE id = 1 RETURNING counter";
        let mut tx = self.write_quietly(world).await?;
        let (counter,): (i64,) = tx.query_as(MOVE).one().await?;
        tx.moved_to = Some(counter);
        // The wait for the lock may have taken a while; records are ordered by when they are made.
        tx.now = world.now();
        Ok(tx)
    }

    /// Start changing what no page of anybody else shows, such as a draft: the change counter stays, so that drawn pages
    /// stay good and nobody is told. On PostgreSQL without the lock of the other writers.
    pub async fn write_quietly(&self, world: &World) -> sqlx::Result<Tx> {
        let inner = match &self.pools {
            Pools::Sqlite { write, .. } => Inner::Sqlite(open::begin(write).await?),
            Pools::Postgres { pool, .. } => Inner::Postgres(pool.begin().await?),
        };
        Ok(Tx { keeps: true, ..self.tx(inner, world) })
    }

    /// Start reading: several statements, one consistent picture, and no way to write.
    pub async fn read(&self, world: &World) -> sqlx::Result<Tx> {
        const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        let inner = match &self.pools {
            Pools::Sqlite { read, .. } => Inner::Sqlite(read.begin().await?),
            Pools::Postgres { pool, .. } => Inner::Postgres(pool.begin_with(READ).await?),
        };
        Ok(self.tx(inner, world))
    }

    fn tx(&self, inner: Inner, world: &World) -> Tx {
        let channel = match &self.pools {
            Pools::Sqlite { .. } => None,
            Pools::Postgres { channel, .. } => Some(channel.clone()),
        };
        Tx {
            inner,
            world: world.clone(),
            now: world.now(),
            moved_to: None,
            keeps: false,
            counter: self.counter.clone(),
            channel,
        }
    }

    /// The change counter as this process knows it.
    pub fn counter(&self) -> Counter {
        *self.counter.borrow()
    }

    /// Wakes whenever the change counter moves.
    pub fn changes(&self) -> watch::Receiver<Counter> {
        self.counter.subscribe()
    }

    /// The name of the engine, for the console and the logs.
    pub fn engine(&self) -> &'static str {
        match self.pools {
            Pools::Sqlite { .. } => "SQLite",
            Pools::Postgres { .. } => "PostgreSQL",
        }
    }

    /// After an erase: empty SQLite's write-ahead log, where deleted text may still stand.
    pub async fn empty_log(&self) {
        if let Pools::Sqlite { write, .. } = &self.pools
            && let Ok(connection) = write.acquire().await
        {
            open::empty_log(connection).await;
        }
    }

    /// Close all connections; SQLite empties its write-ahead log into the database.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write } => {
                read.close().await;
                self.empty_log().await;
                write.close().await;
            }
            Pools::Postgres { pool, .. } => pool.close().await,
        }
    }
}

impl Tx {
    /// The time of this transaction: the same for all its records.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Look at the clock again: records made from here on carry its time. For playing back a history in one go.
    pub fn look_at_clock(&mut self) {
        self.now = self.world.now();
    }

    /// An identifier for a new record.
    pub fn new_id<Id: From<Uuid>>(&self) -> Id {
        Id::from(id_at(self.now, self.world.dice.as_ref()))
    }

    /// An identifier for a new record about something that happened then.
    pub fn new_id_of<Id: From<Uuid>>(&self, at: DateTime<Utc>) -> Id {
        Id::from(id_at(at, self.world.dice.as_ref()))
    }

    /// A secret to be shown once.
    pub fn new_secret(&self) -> String {
        self.world.secret()
    }

    /// A statement that returns nothing.
    pub fn query(&mut self, sql: impl Into<Sql>) -> Query<'_, ()> {
        self.query_as(sql)
    }

    /// A statement that returns rows.
    pub fn query_as<T>(&mut self, sql: impl Into<Sql>) -> Query<'_, T> {
        match &mut self.inner {
            Inner::Sqlite(tx) => Query::sqlite(tx, sql.into()),
            Inner::Postgres(tx) => Query::postgres(tx, sql.into()),
        }
    }

    /// Keep what was changed, and tell who listens that the change counter moved.
    pub async fn commit(mut self) -> sqlx::Result<()> {
        const TELL: &str = "SELECT pg_notify($1, $2)";
        if !self.keeps {
            return Ok(());
        }
        if let (Some(channel), Some(counter)) = (self.channel.clone(), self.moved_to) {
            self.query(TELL).bind(channel.to_string()).bind(counter.to_string()).execute().await?;
        }
        match self.inner {
            Inner::Sqlite(tx) => tx.commit().await?,
            Inner::Postgres(tx) => tx.commit().await?,
        }
        if let Some(counter) = self.moved_to {
            self.counter.send_if_modified(|known| open::move_forward(known, counter));
        }
        Ok(())
    }
}

/// The unique rule an error broke, by the name PostgreSQL gives it when none is chosen:
/// `UNIQUE (a, b)` on `t` is `t_a_b_key` on both engines.
pub fn broken_unique_rule(error: &sqlx::Error) -> Option<String> {
    let error = error.as_database_error()?;
    if !error.is_unique_violation() {
        return None;
    }
    if let Some(name) = error.constraint() {
        return Some(name.to_owned());
    }
    let (_, columns) = error.message().split_once("failed: ")?;
    let (table, _) = columns.split_once('.')?;
    let names = columns.split(", ").filter_map(|column| Some(column.split_once('.')?.1));
    Some(format!("{table}_{}_key", names.collect::<Vec<_>>().join("_")))
}
