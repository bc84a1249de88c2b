//! Standing promises of leadership: without a day, for everybody, until they end with notice.
//!
//! Anybody can point at a case in which one may not have held. Its promiser answers in words that all can read, and says
//! twice a year that it still stands.

pub mod store;
pub mod verbs;

use super::{ANSWER_DAYS, Moment, NOTICE_DAYS, Part, REVIEW_DAYS, State, Verb, step};
use crate::balls::{Hold, Owes, PlacedBall};
use crate::calendar::{Calendar, Written};
use crate::ids::{PersonId, PromiseId, TeamId};
use crate::moves::Refusal;
use chrono::{DateTime, Days, NaiveDate, Utc};

/// Working days for a review that was due while a case waited for its answer.
const LATE_REVIEW_DAYS: i64 = 5;

/// A standing promise with its ball.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StandingPromise {
    pub id: PromiseId,
    /// The team by whose working time its clocks run.
    pub team_id: TeamId,
    pub promiser_id: PersonId,
    pub promiser: String,
    pub what: String,
    pub review_on: NaiveDate,
    /// The last day on which it stands, once notice was given.
    pub ends_on: Option<NaiveDate>,
    pub state: State,
    pub created_at: DateTime<Utc>,
    pub version: i64,
    /// The working time of its team, as it is stored.
    #[sqlx(flatten)]
    pub written: Written,
    #[sqlx(flatten)]
    pub placed: PlacedBall,
}

impl StandingPromise {
    /// The working time of its team.
    pub fn calendar(&self) -> Calendar {
        self.written.calendar()
    }

    /// The part a person plays for it.
    pub fn part(&self, person: PersonId) -> Part {
        if self.promiser_id == person { Part::Promiser } else { Part::Other }
    }

    /// Whether this person may do this now.
    pub fn allows(&self, verb: Verb, person: PersonId) -> bool {
        let again = verb == Verb::Revoke && self.ends_on.is_some();
        !again && step(self.state, verb, &[self.part(person)]).is_ok()
    }

    /// What its clock does now that it has run out, if it does something by itself.
    pub fn run_out(&self, now: DateTime<Utc>) -> Option<Verb> {
        self.placed.clock_at.filter(|clock_at| *clock_at < now)?;
        (self.state == State::Ending).then_some(Verb::End)
    }

    /// The promise after a move, and who has the ball then; nobody when it has ended.
    ///
    /// # Errors
    /// A sentence that says what is possible instead.
    pub fn after(&self, verb: Verb, parts: &[Part], at: &Moment<'_>) -> Result<(Self, Option<Hold>), Refusal> {
        let state = step(self.state, verb, parts)?;
        if parts.contains(&Part::Clock) && self.run_out(at.now) != Some(verb) {
            return Err(Refusal::saying("The time has not run out yet."));
        }
        let today = at.calendar.date_of(at.now);
        let mut next = Self { state, ..self.clone() };
        match verb {
            Verb::Review => next.review_on = in_days(today, REVIEW_DAYS),
            Verb::Revoke if self.ends_on.is_some() => {
                return Err(Refusal::saying("Notice was given already. Answer the case; the day stays as it is."));
            }
            Verb::Revoke => next.ends_on = Some(in_days(today, NOTICE_DAYS)),
            // Who gave notice before the case still has given it.
            Verb::AnswerCase if self.ends_on.is_some() => next.state = State::Ending,
            _ => {}
        }
        let hold = next.hold(at);
        Ok((next, hold))
    }

    /// Who has the ball in this state, what they owe, and by when: always the one who gave the promise.
    pub fn hold(&self, at: &Moment<'_>) -> Option<Hold> {
        let (owes, due_at) = match self.state {
            State::Standing => {
                let due_at = at.calendar.closing(self.review_on);
                (Owes::Review, if due_at > at.now { due_at } else { at.in_days(LATE_REVIEW_DAYS) })
            }
            State::PointedAt => (Owes::Respond, at.in_days(ANSWER_DAYS)),
            State::Ending => {
                let due_at = at.calendar.closing(self.ends_on?);
                (Owes::End, due_at.max(at.now))
            }
            _ => return None,
        };
        Some(Hold { holder: self.promiser_id, owes, due_at: Some(due_at) })
    }
}

/// So many calendar days later.
pub fn in_days(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_add_days(Days::new(days)).unwrap_or(today)
}
