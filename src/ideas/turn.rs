//! One move on an idea: checked against the table of states and the past, then the record changed and the ball thrown.

use super::landing::{Clock, Movers, Seats, land};
use super::machine::Refusal;
use super::past::Past;
use super::store::{self, Change};
use super::{ANSWER_DAYS, Idea, Part, State, Trouble, Verb, notify, parts};
pub use crate::balls::Deed;
use crate::balls::{self, Hold, Subject, Throw, Thrown, round};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::{IdeaId, PersonId, TeamId, ThrowId};
use crate::people;
use chrono::{DateTime, Utc};

type Result<T, E = Trouble> = std::result::Result<T, E>;

/// What comes with a move.
#[derive(Clone, Copy, Debug, Default)]
pub struct With {
    /// Whom it was given to: who is to do it, to whom it goes further, who has the ball of what it follows.
    pub chosen: Option<PersonId>,
    /// The next level of the one who said no.
    pub above: Option<PersonId>,
    /// The day that was named.
    pub given: Option<DateTime<Utc>>,
    /// The idea it is put together with, and whether its author may read that one.
    pub into: Option<(IdeaId, bool)>,
}

/// One move on an idea, between the check of the table and the throw.
pub struct Turn<'a> {
    idea: &'a Idea,
    verb: Verb,
    key: ThrowId,
    by: Option<PersonId>,
    words: &'a str,
    pub next: State,
    /// The working time of the team.
    pub calendar: Calendar,
    pub past: Past,
    story: Vec<Thrown>,
    pub now: DateTime<Utc>,
}

impl<'a> Turn<'a> {
    /// A person's move: refused when none of their parts allows it. A protected author moves as the placeholder.
    pub async fn of(tx: &mut Tx, idea: &'a Idea, verb: Verb, deed: &Deed<'a>) -> Result<Self> {
        let mut refused = None;
        for (face, parts) in parts::faces(tx, idea, deed.by).await? {
            match Self::begin(tx, idea, verb, &parts, (deed.key, Some(face), deed.words)).await {
                Err(Trouble::Refused(refusal)) => refused = refused.or(Some(refusal)),
                begun => return begun,
            }
        }
        Err(refused.unwrap_or_else(|| Refusal::saying("This is not yours to do.")).into())
    }

    /// A move of what the idea follows, or of the clock.
    pub async fn by_itself(
        tx: &mut Tx,
        idea: &'a Idea,
        (verb, part): (Verb, Part),
        by: Option<PersonId>,
        words: &'a str,
    ) -> Result<Self> {
        let key = tx.new_id();
        Self::begin(tx, idea, verb, &[part], (key, by, words)).await
    }

    async fn begin(
        tx: &mut Tx,
        idea: &'a Idea,
        verb: Verb,
        parts: &[Part],
        (key, by, words): (ThrowId, Option<PersonId>, &'a str),
    ) -> Result<Self> {
        let story = balls::store::story(tx, Subject::Idea, idea.id.0).await?;
        let mut past = Past::of(&story);
        past.nobody_above = parts::who_agrees(tx, idea, &story).await?.is_some_and(|above| above.is_empty());
        let next = past.decide(idea.state, verb, parts)?;
        if verb.needs_words() && words.trim().is_empty() && by.is_some() {
            return Err(Refusal::saying("This needs words of your own. Write a sentence to go with it.").into());
        }
        let calendar = calendar_of(tx, idea.team_id).await?;
        Ok(Self { idea, verb, key, by, words, next, calendar, past, story, now: tx.now() })
    }

    /// Change the record and throw the ball to where it lands.
    pub async fn end(self, tx: &mut Tx, with: With) -> Result<()> {
        let movers = Movers { actor: self.by, chosen: with.chosen, above: with.above };
        let (mut after, clock) = land(self.idea.seats(), self.verb, self.next, movers);
        // What a deputy asks or parks comes back to the one they stand in for.
        if after.catcher == self.by && self.idea.holder_id == self.by {
            after.catcher = self.idea.for_id.or(after.catcher);
        }
        if self.verb == Verb::PassUp && self.idea.holder_id == self.by {
            after.carrier = self.idea.for_id.or(after.carrier);
        }
        let due_at = self.due(clock, with.given);
        let change = Change {
            state: self.next,
            catcher: after.catcher,
            doer: after.doer,
            carrier: after.carrier,
            merged_into: with.into,
        };
        store::change(tx, self.idea, change).await?;
        let throw = Throw {
            key: self.key,
            subject: Subject::Idea,
            id: self.idea.id.0,
            team: self.idea.team_id,
            verb: self.verb.name(),
            by: self.by,
            words: self.words,
            state: self.next.name(),
            hold: after.ball.map(|(holder, owes)| Hold { holder, owes, due_at }),
        };
        balls::store::throw(tx, &throw).await?;
        if goes_round(self.verb, self.next, &self.story)
            && let Some(catcher) = after.catcher
        {
            let (thing, title) = ((Subject::Idea, self.idea.id.0), self.idea.headline());
            round::tell_the_next_level(tx, thing, self.idea.team_id, catcher, &title).await?;
        }
        notify::of_move(tx, self.idea, &self.calendar, self.by).await?;
        Ok(())
    }

    fn due(&self, clock: Clock, given: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        match clock {
            Clock::Days(days) => Some(self.in_days(days)),
            Clock::FromTheThrow => Some(self.answer_due()),
            Clock::WhatWasLeft => Some(self.due_after_reply()),
            Clock::Given => given,
            Clock::AsItWas => self.idea.due_at,
            Clock::None => None,
        }
    }

    /// So many working days from now.
    pub fn in_days(&self, days: i64) -> DateTime<Utc> {
        self.calendar.add(self.now, self.calendar.days(days))
    }

    /// When the first real answer is due: three working days from the throw.
    fn answer_due(&self) -> DateTime<Utc> {
        self.calendar.add(self.idea.thrown_at, self.calendar.days(ANSWER_DAYS))
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

    /// The time that was left when the question was asked, from now on; already over stays over by as much.
    fn due_after_reply(&self) -> DateTime<Utc> {
        let asked = self.story.iter().rposition(|thrown| thrown.verb == Verb::Ask.name());
        let Some((ask, before)) = asked.and_then(|at| Some((&self.story[at], self.story.get(at.checked_sub(1)?)?)))
        else {
            return self.answer_due();
        };
        let due_at = match before.due_at {
            Some(due_at) if before.state != State::New.name() => due_at,
            _ => self.answer_due(),
        };
        resumed(&self.calendar, ask.at, due_at, self.now)
    }
}

impl Idea {
    /// Who sits where.
    pub fn seats(&self) -> Seats {
        Seats {
            state: self.state,
            author: self.author_id,
            way: self.way,
            catcher: self.catcher_id,
            doer: self.doer_id,
            carrier: self.carrier_id,
            ball: self.holder_id.zip(self.owes),
        }
    }
}

/// Whether the same move leads to the same place for the third time. Moves that leave the ball where it is don't count:
/// its clock goes on running.
pub fn goes_round(verb: Verb, next: State, story: &[Thrown]) -> bool {
    let stays = matches!(verb, Verb::Talk | Verb::Report | Verb::Nod | Verb::Reword | Verb::Thank | Verb::Take);
    let same = story.iter().filter(|thrown| thrown.verb == verb.name() && thrown.state == next.name());
    !stays && same.count() + 1 >= round::OFTEN
}

/// A clock that stood still from `stopped` until `now`.
fn resumed(calendar: &Calendar, stopped: DateTime<Utc>, due_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    if due_at < stopped {
        return calendar.subtract(now, calendar.between(due_at, stopped));
    }
    calendar.add(now, calendar.between(stopped, due_at))
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
