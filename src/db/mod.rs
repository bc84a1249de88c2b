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

mod ask;
mod bare;
mod costs;
mod counter;
mod fault;
pub mod given;
mod health;
mod laid;
pub mod lent;
mod line;
mod merge;
mod open;
mod patience;
pub mod place;
mod postgres;
mod probe;
mod query;
mod row;
mod sqlite;
mod statement;
mod text;
mod traces;
mod tx;
mod unseen;

pub use ask::{Ask, Questions};
pub use bare::{Bind, Sql};
pub use costs::Costs;
pub use counter::Counter;
pub use fault::{Fault, fault_of};
pub use laid::{Laid, LeftOver};
pub use patience::Patience;
pub use query::Query;
pub use row::Row;
pub use statement::{Statement, query, query_as};
pub use tx::Tx;

use crate::world::World;
use costs::Counted;
use health::Health;
use lent::Lent;
use patience::limited;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::watch;
use tx::{Engine, Keeps};

/// A pool of connections to one of the two engines.
#[derive(Clone)]
pub struct Db {
    pools: Pools,
    counter: Arc<watch::Sender<Counter>>,
    costs: Arc<Counted>,
    health: Arc<Health>,
    secret: Arc<[u8]>,
    unseen: Arc<traces::Unseen>,
    #[expect(dead_code, reason = "held for as long as the database is open, so that a second process is refused")]
    lock: Option<Arc<std::fs::File>>,
}

#[derive(Clone)]
enum Pools {
    Sqlite { read: Arc<sqlite::Connections>, write: Arc<sqlite::Connections>, file: PathBuf },
    Postgres { pool: Arc<postgres::Connections>, channel: Arc<str> },
}

impl Db {
    /// Start changing things: the lock is taken here, not at the first write.
    pub async fn write(&self, world: &World) -> sqlx::Result<Tx> {
        const BEGIN: &[&str] =
            &["BEGIN IMMEDIATE", "UPDATE change SET counter = counter + 1 WHERE id = 1 RETURNING counter"];
        let begun = limited(async {
            match &self.pools {
                Pools::Sqlite { write, .. } => Ok((Engine::Sqlite(write.lend(BEGIN).await?), None)),
                Pools::Postgres { pool, channel } => {
                    let mut tx = pool.begin("BEGIN").await?;
                    let counter = tx.move_counter(channel).await?;
                    Ok((Engine::Postgres(tx), Some(counter)))
                }
            }
        });
        let (engine, moved_to) = begun.await.inspect_err(|error| self.health.refused(error))?;
        // The wait for the lock may have taken a while; records are ordered by when they are made.
        Ok(Tx { moved_to, ..self.tx(engine, world, Keeps::Changes) })
    }

    /// Start changing what no page of anybody else shows, such as a draft: the change counter stays, so that drawn pages
    /// stay good and nobody is told. On PostgreSQL without the lock of the other writers.
    pub async fn write_quietly(&self, world: &World) -> sqlx::Result<Tx> {
        let engine = limited(async {
            match &self.pools {
                Pools::Sqlite { write, .. } => Ok(Engine::Sqlite(write.lend(&["BEGIN IMMEDIATE"]).await?)),
                Pools::Postgres { pool, .. } => Ok(Engine::Postgres(pool.begin("BEGIN").await?)),
            }
        });
        Ok(self.tx(engine.await?, world, Keeps::Quietly))
    }

    /// Start reading: several statements, one consistent picture, and no way to write.
    pub async fn read(&self, world: &World) -> sqlx::Result<Tx> {
        const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        let engine = limited(async {
            match &self.pools {
                Pools::Sqlite { read, .. } => Ok(Engine::Sqlite(read.lend(&["BEGIN"]).await?)),
                Pools::Postgres { pool, .. } => Ok(Engine::Postgres(pool.begin(READ).await?)),
            }
        });
        Ok(self.tx(engine.await?, world, Keeps::Nothing))
    }

    fn tx(&self, engine: Engine, world: &World, keeps: Keeps) -> Tx {
        let (counter, costs, health) = (self.counter.clone(), self.costs.clone(), self.health.clone());
        let now = world.now();
        let world = world.clone();
        let is_sqlite = matches!(engine, Engine::Sqlite(_));
        let engine = Lent::new(engine);
        Tx {
            engine,
            is_sqlite,
            world,
            now,
            keeps,
            moved_to: None,
            kept: Vec::new(),
            spoiled: false,
            fault: None,
            counter,
            costs,
            health,
        }
    }

    /// What was asked of the database since it was opened.
    pub fn costs(&self) -> Costs {
        self.costs.so_far()
    }

    /// The change counter as this process knows it.
    pub fn counter(&self) -> Counter {
        *self.counter.borrow()
    }

    /// How many connections are lent at this moment, for reading and for writing.
    pub fn lent(&self) -> usize {
        match &self.pools {
            Pools::Sqlite { read, write, .. } => read.lent() + write.lent(),
            Pools::Postgres { pool, .. } => pool.lent(),
        }
    }

    /// The change counter where this process alone moves it, so that it is sure to know it: then nobody need be asked
    /// whether what was kept in memory still holds.
    pub fn sure_counter(&self) -> Counter {
        if matches!(self.pools, Pools::Sqlite { .. }) { self.counter() } else { None }
    }

    /// Wakes whenever the change counter moves.
    pub fn changes(&self) -> watch::Receiver<Counter> {
        self.counter.subscribe()
    }

    /// What this installation alone knows.
    pub fn secret(&self) -> &[u8] {
        &self.secret
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
            && let Err(error) = limited(write.run_alone("PRAGMA wal_checkpoint(TRUNCATE)")).await
        {
            tracing::warn!(%error, "the write-ahead log was not emptied");
        }
    }

    /// Close all connections; SQLite empties its write-ahead log into the database. Who holds one is waited for, on
    /// PostgreSQL not: what was not committed the server takes back.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write, .. } => {
                read.close().await;
                self.empty_log().await;
                write.close().await;
            }
            Pools::Postgres { pool, .. } => pool.close().await,
        }
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
