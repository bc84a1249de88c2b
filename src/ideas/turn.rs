//! One move on an idea: checked against the table of states, then the record changed and the ball thrown.

use super::machine::{Past, Refusal, settle, step};
use super::store::{self, Change};
use super::{ANSWER_DAYS, Idea, Part, State, Trouble, Verb, protection};
pub use crate::balls::Deed;
use crate::balls::{self, Hold, Subject, Throw, Thrown};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::{IdeaId, PersonId, TeamId, ThrowId};
use crate::people;
use chrono::{DateTime, Utc};

type Result<T, E = Trouble> = std::result::Result<T, E>;

/// One move on an idea, between the check of the table and the throw.
pub struct Turn<'a> {
    verb: Verb,
    key: ThrowId,
    by: PersonId,
    words: &'a str,
    /// The state it leads to.
    pub next: State,
    /// The working time of the team.
    pub calendar: Calendar,
    story: Vec<Thrown>,
    /// Now.
    pub now: DateTime<Utc>,
}

impl<'a> Turn<'a> {
    /// A person's move: refused when none of their parts allows it.
    pub async fn of(tx: &mut Tx, idea: &Idea, verb: Verb, deed: &Deed<'a>) -> Result<Self> {
        let by = protection::acting(tx, idea, deed.by).await?;
        let leads = store::chain(tx, idea.team_id).await?.iter().any(|above| above.id == by.id);
        let parts = idea.parts(&by, leads);
        Self::begin(tx, idea, verb, &parts, (deed.key, by.id, deed.words)).await
    }

    /// A move of what the idea follows.
    pub async fn followed(tx: &mut Tx, idea: IdeaId, verb: Verb, by: PersonId, words: &'a str) -> Result<(Idea, Self)> {
        let idea = store::idea(tx, idea).await?;
        let key = tx.new_id();
        let turn = Self::begin(tx, &idea, verb, &[Part::Followed], (key, by, words)).await?;
        Ok((idea, turn))
    }

    async fn begin(
        tx: &mut Tx,
        idea: &Idea,
        verb: Verb,
        parts: &[Part],
        deed: (ThrowId, PersonId, &'a str),
    ) -> Result<Self> {
        let (key, by, words) = deed;
        let next = first_good(parts, |part| step(idea.state, verb, part))?;
        if verb.needs_words() && words.trim().is_empty() {
            return Err(Refusal::saying("This needs words of your own. Write a sentence to go with it.").into());
        }
        let story = balls::store::story(tx, Subject::Idea, idea.id.0).await?;
        let next = settle(verb, next, past(&story));
        let calendar = calendar_of(tx, idea.team_id).await?;
        Ok(Self { verb, key, by, words, next, calendar, story, now: tx.now() })
    }

    /// The row as it is, in its next state.
    pub fn change(&self, idea: &Idea) -> Change {
        Change { state: self.next, catcher: idea.catcher_id, doer: idea.doer_id, carrier: idea.carrier_id }
    }

    /// Change the record and throw the ball.
    pub async fn end(self, tx: &mut Tx, idea: &Idea, change: Change, hold: Option<Hold>) -> Result<()> {
        store::change(tx, idea, change).await?;
        let throw = Throw {
            key: self.key,
            subject: Subject::Idea,
            id: idea.id.0,
            team: idea.team_id,
            verb: self.verb.name(),
            by: Some(self.by),
            words: self.words,
            state: self.next.name(),
            hold,
        };
        balls::store::throw(tx, &throw).await?;
        Ok(())
    }

    /// So many working days from now.
    pub fn in_days(&self, days: i64) -> DateTime<Utc> {
        self.calendar.add(self.now, self.calendar.days(days))
    }

    /// When the first real answer is due: three working days from the throw.
    pub fn answer_due(&self, idea: &Idea) -> DateTime<Utc> {
        self.calendar.add(idea.thrown_at, self.calendar.days(ANSWER_DAYS))
    }

    /// The last throw of this verb.
    pub fn last(&self, verb: &str) -> Option<&Thrown> {
        self.story.iter().rev().find(|thrown| thrown.verb == verb)
    }

    /// How often this person did this.
    pub fn count(&self, verb: &str, by: PersonId) -> usize {
        self.story.iter().filter(|thrown| thrown.verb == verb && thrown.by_id == Some(by)).count()
    }

    /// The time that was left when the question was asked, from now on; already over stays over by as much.
    pub fn due_after_reply(&self, idea: &Idea) -> DateTime<Utc> {
        let asked = self.story.iter().rposition(|thrown| thrown.verb == "ask");
        let Some((ask, before)) = asked.and_then(|at| Some((&self.story[at], self.story.get(at.checked_sub(1)?)?)))
        else {
            return self.answer_due(idea);
        };
        let due_at = match before.due_at {
            Some(due_at) if before.state != State::New.name() => due_at,
            _ => self.answer_due(idea),
        };
        resumed(&self.calendar, ask.at, due_at, self.now)
    }
}

/// A clock that stood still from `stopped` until `now`.
fn resumed(calendar: &Calendar, stopped: DateTime<Utc>, due_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    if due_at < stopped {
        return calendar.subtract(now, calendar.between(due_at, stopped));
    }
    calendar.add(now, calendar.between(stopped, due_at))
}

/// What the history says, as far as it decides where a verb leads.
fn past(story: &[Thrown]) -> Past {
    let before_delivery = story.iter().rev().find(|thrown| thrown.state != State::Delivered.name());
    Past {
        thrown_back: story.iter().any(|thrown| thrown.verb == Verb::ThrowBack.name()),
        tried: before_delivery.is_some_and(|thrown| thrown.state == State::Trying.name()),
    }
}

/// The first part that allows it; the refusal of the last one otherwise.
fn first_good(parts: &[Part], step: impl Fn(Part) -> Result<State, Refusal>) -> Result<State, Refusal> {
    let mut answer = step(Part::Other);
    for part in parts {
        answer = step(*part);
        if answer.is_ok() {
            break;
        }
    }
    answer
}

/// The working time of a team.
pub async fn calendar_of(tx: &mut Tx, team: TeamId) -> Result<Calendar> {
    let team = people::store::team(tx, team).await?.ok_or(sqlx::Error::RowNotFound)?;
    Ok(team.calendar)
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
