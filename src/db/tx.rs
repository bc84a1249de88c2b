//! A transaction: what was asked of it travels together, and what nobody waits for is kept until then.

use super::ask::Questions;
use super::bare::Bare;
use super::costs::Counted;
use super::counter::{Counter, move_forward};
use super::fault::{Fault, fault_of, takes_everything_back};
use super::health::Health;
use super::lent::Lent;
use super::patience::{Committing, limited};
use super::row::Outcome;
use super::statement::Statement;
use super::{postgres, sqlite};
use crate::world::{World, id_at};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use tokio::sync::watch;
use uuid::Uuid;

/// How many statements, and how many bytes of their texts, are kept at most before they are sent.
const MOST_KEPT: usize = 64;
const LONGEST_KEPT: usize = 64 * 1024;

/// A transaction. It knows its time and its dice, so that the records made in it agree.
///
/// Once a statement has failed, or was left before it was done, all that is left is to drop it, on both engines.
pub struct Tx {
    pub(super) engine: Lent<Engine>,
    pub(super) is_sqlite: bool,
    pub(super) world: World,
    pub(super) now: DateTime<Utc>,
    pub(super) keeps: Keeps,
    pub(super) moved_to: Counter,
    pub(super) kept: Vec<Bare>,
    pub(super) spoiled: bool,
    pub(super) fault: Option<Fault>,
    pub(super) counter: Arc<watch::Sender<Counter>>,
    pub(super) costs: Arc<Counted>,
    pub(super) health: Arc<Health>,
}

/// Where a transaction runs.
pub(super) enum Engine {
    Sqlite(sqlite::Transaction),
    Postgres(postgres::Transaction),
}

/// What a transaction leaves behind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeps {
    /// It only reads.
    Nothing,
    /// What no page of anybody else shows.
    Quietly,
    /// Changes, which move the change counter.
    Changes,
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

    /// Ask a question, or several that travel together. What was kept by [`Tx::later`] goes in front.
    pub async fn ask<Q: Questions>(&mut self, questions: Q) -> sqlx::Result<Q::Answers> {
        let (statements, read) = questions.joined().into_parts();
        let outcomes = if statements.is_empty() { Vec::new() } else { self.send(statements).await? };
        read(&mut outcomes.into_iter())
    }

    /// Keep a write whose rows nobody waits for: it is sent in its order, with the next question or the commit, and its
    /// fault comes to light there.
    pub async fn later(&mut self, write: Statement) -> sqlx::Result<()> {
        if self.keeps == Keeps::Nothing {
            return Err(sqlx::Error::Protocol("a transaction that reads keeps no writes".into()));
        }
        self.kept.push(write.bare);
        let bytes: usize = self.kept.iter().map(|one| one.sql.sqlite.len()).sum();
        if self.kept.len() >= MOST_KEPT || bytes >= LONGEST_KEPT {
            self.send(Vec::new()).await?;
        }
        Ok(())
    }

    /// Send what was kept and then these; what comes back is of these alone.
    async fn send(&mut self, statements: Vec<Bare>) -> sqlx::Result<Vec<Outcome>> {
        let kept = std::mem::take(&mut self.kept);
        let asked = kept.len() + statements.iter().filter(|one| !one.is_the_end()).count();
        if asked > 0 {
            self.costs.trip(asked);
        }
        if std::mem::replace(&mut self.spoiled, true) {
            let told = "this transaction has failed or was left, and can only be dropped";
            // What stood in the way at first stands in the way of all that comes after.
            return Err(match self.fault {
                Some(fault) => sqlx::Error::Io(std::io::Error::other(fault)),
                None => sqlx::Error::Protocol(told.into()),
            });
        }
        let mut engine = self.engine.take().ok_or_else(given_back)?;
        let outcomes = limited(async {
            match &mut engine {
                Engine::Sqlite(tx) => tx.send(kept, statements).await,
                Engine::Postgres(tx) => tx.send(kept, statements).await,
            }
        });
        let outcomes = outcomes.await.inspect_err(|error| {
            self.fault = fault_of(error);
            self.health.refused(error);
        })?;
        self.engine.put(engine);
        self.spoiled = false;
        Ok(outcomes)
    }

    /// Keep what was changed, and tell who listens that the change counter moved.
    pub async fn commit(mut self) -> sqlx::Result<()> {
        if self.keeps == Keeps::Nothing {
            return Ok(());
        }
        if !self.is_sqlite {
            self.send(Vec::new()).await?;
        }
        let committing = Committing::begins()?;
        let health = self.health.clone();
        match self.end().await {
            Ok(()) => {
                health.kept();
                Ok(())
            }
            Err(error) => {
                health.refused(&error);
                if takes_everything_back(&error) {
                    committing.was_refused();
                }
                Err(error)
            }
        }
    }

    async fn end(mut self) -> sqlx::Result<()> {
        // On SQLite the end is one statement more, in the same trip as what was kept.
        if self.is_sqlite {
            self.send(vec![Bare::end()]).await?;
        }
        let moved_to = match self.engine.take().ok_or_else(given_back)? {
            Engine::Sqlite(tx) => tx.ended(),
            Engine::Postgres(tx) => limited(tx.commit()).await.map(|()| self.moved_to)?,
        };
        if let Some(counter) = moved_to {
            self.counter.send_if_modified(|known| move_forward(known, counter));
        }
        Ok(())
    }
}

fn given_back() -> sqlx::Error {
    sqlx::Error::Protocol("this transaction was given back before a page was drawn".into())
}
