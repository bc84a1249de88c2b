//! Promises: asked for or given, with a day and a receiver, who alone can say that one is kept.
//!
//! `machine` is the table of states, `transition` what a move does to the record and who has the ball then, `verbs` what
//! people do, `clock` what clocks do. A promise may be the answer to an idea, which then follows it. Promises without a
//! day live in `standing`.

pub mod cause;
pub mod clock;
pub mod counts;
pub mod follower;
pub mod machine;
pub mod notify;
pub mod pages;
pub mod sentences;
pub mod standing;
pub mod store;
pub mod transition;
pub mod verbs;
#[cfg(test)]
mod walks;

pub use cause::Cause;
pub use machine::{Part, State, Verb, step};
pub use standing::StandingPromise;
pub use transition::{Moment, Terms};

use crate::balls::PlacedBall;
use crate::calendar::{Calendar, Written};
use crate::ideas::Named;
use crate::ids::{IdeaId, PersonId, PromiseId, TeamId};
use crate::moves::{Moved, Refusal};
use chrono::{DateTime, NaiveDate, Utc};

/// Working days for an answer to what was asked, offered, or pointed at, and to another day that is asked for.
pub const ANSWER_DAYS: i64 = 2;
/// Working days for a receiver to confirm.
pub const CONFIRM_DAYS: i64 = 3;
/// Working days for a new date after a miss.
pub const RENEW_DAYS: i64 = 1;
/// Calendar days between two reviews of a standing promise.
pub const REVIEW_DAYS: u64 = 180;
/// Calendar days of notice before a standing promise ends.
pub const NOTICE_DAYS: u64 = 30;

/// A promise with its ball.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Promise {
    pub id: PromiseId,
    pub team_id: TeamId,
    pub idea_id: Option<IdeaId>,
    pub hurt: Option<String>,
    /// Whether it was given as the answer to that idea.
    pub answers: bool,
    /// Whether that idea follows it: it still waits for it, and no newer answer has taken its place.
    pub followed: bool,
    /// Who gave it, or is asked to.
    pub promiser_id: PersonId,
    pub promiser: String,
    /// For whom it is: the one who asked for it.
    pub receiver_id: PersonId,
    pub receiver: String,
    /// What was promised, or is asked for.
    pub what: String,
    /// How one will know that it has come.
    pub how: String,
    /// By when, as agreed last, or as asked for.
    pub due_at: DateTime<Utc>,
    /// The day it was promised for at first; nothing before it is promised.
    pub first_due_at: Option<DateTime<Utc>>,
    /// How often its day was moved in time.
    pub moved: i64,
    /// The day that passed without it, the first one that did.
    pub missed_at: Option<DateTime<Utc>>,
    /// Whether it counts as kept because its receiver said nothing.
    pub unconfirmed: bool,
    /// What the one who was asked offers instead.
    pub proposed_what: Option<String>,
    /// The other day that is offered or asked for.
    pub proposed_due_at: Option<DateTime<Utc>>,
    pub proposed_cause: Option<Cause>,
    pub state: State,
    pub version: i64,
    /// The working time of its team, as it is stored.
    #[sqlx(flatten)]
    pub written: Written,
    #[sqlx(flatten)]
    pub placed: PlacedBall,
}

impl Promise {
    /// What somebody is asked for by a day: nothing is promised yet, and nobody has its ball.
    pub fn asked_for(promiser: Named, receiver: Named, due_at: DateTime<Utc>, written: Written) -> Self {
        Self {
            id: PromiseId::default(),
            team_id: TeamId::default(),
            idea_id: None,
            hurt: None,
            answers: false,
            followed: false,
            promiser_id: promiser.id,
            promiser: promiser.name,
            receiver_id: receiver.id,
            receiver: receiver.name,
            what: String::new(),
            how: String::new(),
            due_at,
            first_due_at: None,
            moved: 0,
            missed_at: None,
            unconfirmed: false,
            proposed_what: None,
            proposed_due_at: None,
            proposed_cause: None,
            state: State::Requested,
            version: 1,
            written,
            placed: PlacedBall::default(),
        }
    }

    /// The parts a person plays for it.
    pub fn parts(&self, person: PersonId) -> Vec<Part> {
        let parts = [
            (self.promiser_id == person, Part::Promiser),
            (self.receiver_id == person, Part::Receiver),
            (true, Part::Other),
        ];
        parts.into_iter().filter_map(|(plays, part)| plays.then_some(part)).collect()
    }

    /// Whether this person may do this now.
    pub fn allows(&self, verb: Verb, person: PersonId) -> bool {
        step(self.state, verb, &self.parts(person)).is_ok()
    }

    /// The working time of its team.
    pub fn calendar(&self) -> Calendar {
        self.written.calendar()
    }

    /// What its clock does now that it has run out, if it does something by itself.
    pub fn run_out(&self, now: DateTime<Utc>) -> Option<Verb> {
        self.placed.clock_at.filter(|clock_at| *clock_at < now)?;
        match self.state {
            State::Promised => Some(Verb::Miss),
            State::Renegotiating => Some(Verb::KeepOldDate),
            State::Delivered => Some(Verb::Keep),
            _ => None,
        }
    }
}

/// What somebody needs from somebody.
#[derive(Clone, Debug)]
pub struct PromiseRequest {
    /// Who is asked.
    pub of: PersonId,
    pub what: String,
    /// How one will know that it has come; may be empty.
    pub how: String,
    pub day: NaiveDate,
    pub idea: Option<IdeaId>,
    /// For which team, when it is neither that of an idea nor the asker's own.
    pub team: Option<TeamId>,
}

/// Refuses whoever never makes this move.
fn admit(state: State, verb: Verb, parts: &[Part]) -> Moved {
    match step(state, verb, parts) {
        Err(refusal @ Refusal::NotYours(_)) => Err(refusal.into()),
        _ => Ok(()),
    }
}
