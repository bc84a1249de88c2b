//! What holds for an idea when somebody looks at it or moves it: loaded once and passed on.

use super::past::Past;
use super::store::people::{PeopleAround, around};
use super::{Anonymity, Idea, State, Verb};
use crate::balls::{self, Owes, Subject, Thrown};
use crate::calendar::Calendar;
use crate::db::{Ask, Questions, Tx};
use crate::ids::{IdeaId, PersonId};
use crate::people::absences::{self, Away};
use crate::people::help_chain::{Placed, levels};
use crate::people::{self, SOMEBODY};
use chrono::{DateTime, Utc};

/// The story of an idea with what follows from it, and the people around it.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Every throw of the idea, oldest first.
    pub story: Vec<Thrown>,
    pub past: Past,
    pub people: PeopleAround,
    /// Who may be away now; asked for a move only.
    pub away: Vec<Away>,
    /// Who can agree to another rest; none while nobody has to.
    pub who_agrees: Option<Vec<PersonId>>,
}

impl Situation {
    /// What holds for this idea for somebody who reads it, but for who agrees to another rest.
    pub fn read_by(idea: IdeaId, reader: PersonId) -> Ask<Self> {
        let asked = (balls::store::history(Subject::Idea, idea.0), around(idea, Some(reader), false));
        asked.joined().map(|(story, people)| Self::told(story, people, Vec::new()))
    }

    /// What holds for this idea for a move; of nobody where the clock moves, or what it follows.
    pub async fn of(tx: &mut Tx, idea: &Idea, mover: Option<PersonId>) -> sqlx::Result<Self> {
        let story = balls::store::history(Subject::Idea, idea.id.0);
        let asked = (story, around(idea.id, mover, true), absences::store::around(tx.now()));
        let (story, people, away) = tx.ask(asked).await?;
        let mut situation = Self::told(story, people, away);
        situation.ask_above(tx, idea).await?;
        Ok(situation)
    }

    fn told(story: Vec<Thrown>, people: PeopleAround, away: Vec<Away>) -> Self {
        Self { past: Past::of(&story), story, people, away, who_agrees: None }
    }

    /// Who can agree to another rest, where somebody has to.
    pub async fn ask_above(&mut self, tx: &mut Tx, idea: &Idea) -> sqlx::Result<()> {
        if let Some(rested_by) = self.past.waits_for_agreement_above() {
            let people = tx.ask(people::store::all_people()).await?;
            let above = levels(&people, &Placed::with(rested_by, idea.team_id, self.people.past_to));
            self.past.nobody_above = above.is_empty();
            self.who_agrees = Some(above);
        }
        Ok(())
    }

    /// Whether the one it was loaded for threw the idea, by name or with a name that the coach keeps.
    pub fn is_author(&self, idea: &Idea, person: PersonId) -> bool {
        match idea.anonymity {
            Anonymity::Named => idea.author_id == person,
            Anonymity::Nameless => person == SOMEBODY,
            Anonymity::Kept => self.people.reader_is_kept,
        }
    }

    /// Whether an experiment on it has started, after which its author can neither take it back nor change its words.
    pub fn experiment_has_started(&self, idea: &Idea) -> bool {
        idea.state == State::Trying && idea.owes == Some(Owes::Follow) && !self.people.experiment_waits
    }

    /// The last throw of this verb.
    pub fn last(&self, verb: Verb) -> Option<&Thrown> {
        self.story.iter().rev().find(|thrown| thrown.verb == verb.name())
    }

    /// Who did this last; for a deputy the one they stood in for, whose ball it is.
    pub fn last_for(&self, verb: Verb) -> Option<PersonId> {
        let at = self.story.iter().rposition(|thrown| thrown.verb == verb.name())?;
        balls::handing::done_for(&self.story, at)
    }

    /// How often this person did this.
    pub fn count(&self, verb: Verb, by: PersonId) -> usize {
        self.story.iter().filter(|thrown| thrown.verb == verb.name() && thrown.by_id == Some(by)).count()
    }

    /// The time that was left when the question was asked, from now on, for an idea whose first answer is due then; already
    /// over stays over by as much.
    pub fn due_after_reply(&self, calendar: &Calendar, answer_due: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
        let asked = self.story.iter().rposition(|thrown| thrown.verb == Verb::Ask.name());
        let Some((ask, before)) = asked.and_then(|at| Some((&self.story[at], self.story.get(at.checked_sub(1)?)?)))
        else {
            return answer_due;
        };
        let due_at = match before.due_at {
            Some(due_at) if before.state != State::New.name() => due_at,
            _ => answer_due,
        };
        resumed(calendar, ask.at, due_at, now)
    }
}

/// A clock that stood still from `stopped` until `now`.
fn resumed(calendar: &Calendar, stopped: DateTime<Utc>, due_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    if due_at < stopped {
        return calendar.subtract(now, calendar.between(due_at, stopped));
    }
    calendar.add(now, calendar.between(stopped, due_at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn asking_back_does_not_reset_the_time_that_is_left() {
        let calendar = Calendar::usual(chrono_tz::UTC);
        // Tuesday: due Thursday 10:00, asked Wednesday 10:00 with eight hours left, answered on Friday 15:00.
        let due =
            resumed(&calendar, at("2026-03-04T10:00:00Z"), at("2026-03-05T10:00:00Z"), at("2026-03-06T15:00:00Z"));
        assert_eq!(due, at("2026-03-09T15:00:00Z"));
    }

    #[test]
    fn what_was_over_stays_over_by_as_much() {
        let calendar = Calendar::usual(chrono_tz::UTC);
        let due =
            resumed(&calendar, at("2026-03-04T10:00:00Z"), at("2026-03-04T08:00:00Z"), at("2026-03-06T15:00:00Z"));
        assert_eq!(due, at("2026-03-06T13:00:00Z"));
    }
}
