//! What a move does to a standard: its state, the round of its looks, what counts for the watch, and who has the ball then.
//!
//! Nothing here asks the database or the clock on the wall, so that a test can walk through it.

use super::checks::{first_check, next_check};
use super::round::Round;
use super::{Part, Standard, State, Verb, step};
use crate::balls::{CHECK_DAYS, Hold, Owes};
use crate::ids::PersonId;
use crate::moves::Refusal;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// Working days for the answer of the second of two who retire it.
const RETIRE_DAYS: i64 = 5;

/// What a move has to know beside the standard.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// The people of the team: those who have not looked at it for the longest come first.
    pub team: Vec<PersonId>,
    /// How many of those concerned have neither seen it nor been answered.
    pub gap: i64,
    /// How many objections wait for an answer.
    pub objections: i64,
}

/// Who moves, in which parts, in which words.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    pub person: Option<PersonId>,
    pub parts: &'a [Part],
    pub words: &'a str,
}

impl Standard {
    /// The standard after a move, and who has the ball then; nobody when it is closed.
    ///
    /// # Errors
    /// A sentence that says what is possible instead.
    pub fn after(
        &self,
        verb: Verb,
        by: By<'_>,
        around: &Around,
        now: DateTime<Utc>,
    ) -> Result<(Self, Option<Hold>), Refusal> {
        let today = self.calendar().date_of(now);
        let state = step(self.state, verb, by.parts)?;
        self.let_by(verb, by, around, now)?;
        let mut next = Self { state, ..self.clone() };
        match verb {
            Verb::Hold => {
                next.in_use_since = self.in_use_since.or(Some(now));
                next.begin_round(today);
                let planned = self.text.next_check_on.filter(|day| *day > today);
                next.text.next_check_on = planned.or(Some(first_check(today)));
            }
            Verb::Confirm | Verb::PutRight | Verb::Report if self.is_due(today) => {
                let by_leader = by.person.is_some_and(|person| self.leaders.are(person) && person != self.owner_id);
                next.round = self.round.looked(by_leader);
                next.text.next_check_on = Some(next.look_after(today));
            }
            Verb::BringBack | Verb::Return => {
                next.begin_round(today);
                next.text.next_check_on = Some(first_check(today));
            }
            Verb::KnownCause | Verb::Keep => {
                next.watched_from = self.watched_from.max(Some(today));
                next.round.missed = 0;
                if self.is_due(today) {
                    next.text.next_check_on = Some(self.look_after(today));
                }
            }
            Verb::Miss => next.round.missed += 1,
            Verb::Amend | Verb::Revise | Verb::GoOn => next.edition += 1,
            Verb::Retire => next.proposer_id = by.person,
            Verb::Agree => next.text.next_check_on = None,
            _ => {}
        }
        if state != State::Improving {
            next.improving_id = None;
        }
        if !matches!(state, State::Retiring | State::Retired) {
            next.proposer_id = None;
        }
        let hold = next.hold(verb, around, now);
        Ok((next, hold))
    }

    /// What the table can't say: what came before, and whose turn it is.
    fn let_by(&self, verb: Verb, by: By<'_>, around: &Around, now: DateTime<Utc>) -> Result<(), Refusal> {
        let today = self.calendar().date_of(now);
        match verb {
            Verb::Hold if around.objections > 0 => Err(Refusal::saying(
                "Somebody objects to it and waits for your answer. Answer them, or change it first.",
            )),
            Verb::Hold if around.gap > 0 && by.words.is_empty() => Err(Refusal::at(
                "words",
                "Not all concerned have said that they can do it. Say how and when the others are shown it.",
            )),
            Verb::Confirm | Verb::PutRight => by.person.map_or(Ok(()), |person| self.let_look(person, today)),
            Verb::ComeDue | Verb::Miss if self.run_out(now) != Some(verb) => {
                Err(Refusal::saying("The time has not run out yet."))
            }
            Verb::Agree if by.person == self.proposer_id && self.second().is_some() => Err(Refusal::saying(
                "You proposed it yourself. It is retired when a second person agrees, and you can say that it stays.",
            )),
            _ => Ok(()),
        }
    }

    /// What a clock that ran out does.
    pub fn run_out(&self, now: DateTime<Utc>) -> Option<Verb> {
        let is_over = self.placed.clock_at.is_some_and(|due_at| due_at < now);
        match self.state {
            State::Holding if self.is_due(self.calendar().date_of(now)) => Some(Verb::ComeDue),
            State::CheckDue if is_over && self.round.missed > 0 => Some(Verb::Drift),
            State::CheckDue if is_over => Some(Verb::Miss),
            _ => None,
        }
    }

    fn begin_round(&mut self, today: NaiveDate) {
        self.round = Round::new(today);
        self.watched_from = self.watched_from.max(Some(today));
    }

    /// The look after the one that is due.
    fn look_after(&self, today: NaiveDate) -> NaiveDate {
        next_check(self.round.round_from.unwrap_or(today), self.round.turns, today)
    }

    /// Who has the ball in its state, and until when. A look rests until its day.
    pub fn hold(&self, verb: Verb, around: &Around, now: DateTime<Utc>) -> Option<Hold> {
        let calendar = self.calendar();
        let days = |count| Some(calendar.add(now, calendar.days(count)));
        // What changes nobody's turn starts no clock anew.
        let stays = matches!(verb, Verb::Object | Verb::Answer | Verb::Amend | Verb::Report)
            && self.placed.hold().is_some_and(|hold| hold.owes == self.owes());
        if stays {
            return self.placed.hold();
        }
        let (holder, due_at) = match self.state {
            State::Writing => (self.owner_id, days(10)),
            State::Teaching => (self.owner_id, days(15)),
            State::Drifting => (self.owner_id, days(3)),
            State::Improving => (self.owner_id, None),
            State::Retiring => (self.asked_to_retire(), days(RETIRE_DAYS)),
            State::Retired => return None,
            State::CheckDue if self.round.missed > 0 => (self.checker(&around.team), days(CHECK_DAYS)),
            State::Holding | State::CheckDue => {
                let day = self.text.next_check_on.unwrap_or_else(|| calendar.date_of(now));
                let due_at = calendar.add(calendar.moment(day, NaiveTime::MIN), calendar.days(CHECK_DAYS));
                // What comes due late, because nothing ran, has its whole time from now on.
                let due_at = if due_at < now { days(CHECK_DAYS) } else { Some(due_at) };
                (self.checker(&around.team), due_at)
            }
        };
        Some(Hold { holder, owes: self.owes(), due_at })
    }

    fn owes(&self) -> Owes {
        match self.state {
            State::Writing => Owes::Write,
            State::Teaching => Owes::Teach,
            State::Drifting => Owes::Repair,
            State::Improving => Owes::Follow,
            State::Retiring | State::Retired => Owes::Agree,
            State::Holding | State::CheckDue => Owes::Check,
        }
    }

    /// The second of two who retire it: the leader, or the owner where a leader proposed it.
    fn asked_to_retire(&self) -> PersonId {
        if self.proposer_id == Some(self.owner_id) { self.second().unwrap_or(self.owner_id) } else { self.owner_id }
    }
}
