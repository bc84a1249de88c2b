//! The grammar of moves: whatever somebody does to an idea, promise, experiment, standard or measure goes one way.
//!
//! A room writes its table of states once, with [`machine!`](crate::machine). A form that is sent arrives as a
//! [`Submission`]: it is looked up through what the person may see, counts once, is compared with the version that was
//! shown, runs a verb, and is committed; or the same page comes back with every word that was typed. A room adds its
//! [`Record`], its verbs and its pages.
//!
//! Every verb takes its arguments in one order: the transaction, the record, the [`Move`], and what else it needs.

mod handlers;
#[cfg(test)]
pub(crate) mod laws;
pub mod machine;
mod refusal;
mod submission;

pub use machine::{Machine, Rule};
pub use refusal::{Gap, MoveError, Moved, Refusal, never_refused};
pub use submission::{Early, Handled, Opened, Record, Returned, Submission};

use crate::balls::{Hold, Subject, Throw};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{PersonId, TeamId, ThrowId};
use crate::people::Person;
use uuid::Uuid;

/// Who moves.
#[derive(Clone, Copy, Debug)]
pub enum Mover<'a> {
    /// Somebody, by the account or the placeholder under which they act.
    Person(&'a Person),
    /// Nobody: a clock ran out.
    Clock,
}

/// One move: with which form's key, by whom, in which words of their own.
#[derive(Clone, Copy, Debug)]
pub struct Move<'a> {
    /// The key of the form, so that a double click counts once.
    pub key: ThrowId,
    pub by: Mover<'a>,
    /// Empty when nothing was said.
    pub words: &'a str,
}

impl<'a> Move<'a> {
    /// A move of a person.
    pub fn of(key: ThrowId, by: &'a Person, words: &'a str) -> Self {
        Self { key, by: Mover::Person(by), words }
    }

    /// A move of the clock.
    pub fn of_clock(tx: &Tx) -> Self {
        Self { key: tx.new_id(), by: Mover::Clock, words: "" }
    }

    /// The person who moves; none when it is the clock.
    pub fn person(&self) -> Option<&'a Person> {
        match self.by {
            Mover::Person(person) => Some(person),
            Mover::Clock => None,
        }
    }

    /// The identifier of the person who moves; none when it is the clock.
    pub fn person_id(&self) -> Option<PersonId> {
        self.person().map(|person| person.id)
    }

    /// The throw of this move on a thing of a team: what was done, in which state the thing is then, who has its ball.
    pub fn throw(
        &self,
        (subject, id, team): (Subject, Uuid, TeamId),
        verb: &'a str,
        state: &'a str,
        hold: Option<Hold>,
    ) -> Throw<'a> {
        Throw { key: self.key, subject, id, team, verb, by: self.person_id(), words: self.words, state, hold }
    }
}

/// Keeps what a form made, or gives it up with the transaction: what was made, or why it was refused.
pub async fn kept_or_refused<T>(tx: Tx, done: Moved<T>) -> Result<Result<T, Refusal>> {
    match done {
        Ok(made) => {
            tx.commit().await?;
            Ok(Ok(made))
        }
        Err(MoveError::Refused(refusal)) => Ok(Err(refusal)),
        Err(MoveError::Failed(error)) => Err(error),
    }
}
