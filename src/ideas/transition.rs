//! One move on an idea: checked against the table of states and the past, then the record changed and the ball thrown.

use super::seats::{Deadline, Movers, Seats, seats_after};
use super::situation::Situation;
use super::store::{self, Change};
use super::viewer::Viewer;
use super::{ANSWER_DAYS, Idea, Part, State, Table, Verb, notify};
use crate::balls::handing::Standins;
use crate::balls::{self, Hold, Subject, Throw, Thrown, round};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::{IdeaId, PersonId, ThrowId};
use crate::moves::{Move, Moved, Mover, Refusal};
use crate::people::absences;
use chrono::{DateTime, Utc};

/// What comes with a move.
#[derive(Clone, Copy, Debug, Default)]
pub struct Details {
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
pub struct Transition<'a> {
    idea: &'a Idea,
    verb: Verb,
    key: ThrowId,
    by: Option<PersonId>,
    words: &'a str,
    pub next: State,
    pub situation: Situation,
    pub now: DateTime<Utc>,
}

/// As whom somebody moves, none for the clock, and the parts they play as that.
type Face = (Option<PersonId>, Vec<Part>);

impl<'a> Transition<'a> {
    /// A move of a person or of the clock: refused when none of their parts allows it. A protected author moves as the
    /// placeholder.
    pub async fn of(tx: &mut Tx, idea: &'a Idea, this: Move<'a>, verb: Verb) -> Moved<Self> {
        let situation = Situation::of(tx, idea).await?;
        let faces = match this.by {
            Mover::Person(person) => {
                let viewer = Viewer::of(tx, idea, &situation, person).await?;
                viewer.faces.into_iter().map(|(face, parts)| (Some(face), parts)).collect()
            }
            Mover::Clock => vec![(None, vec![Part::Clock])],
        };
        Self::begin(tx, idea, situation, (verb, faces), (this.key, this.words))
    }

    /// A move of what the idea follows, or of a part that nobody plays by an account.
    pub async fn by_itself(
        tx: &mut Tx,
        idea: &'a Idea,
        (verb, part): (Verb, Part),
        by: Option<PersonId>,
        words: &'a str,
    ) -> Moved<Self> {
        let situation = Situation::of(tx, idea).await?;
        let key = tx.new_id();
        Self::begin(tx, idea, situation, (verb, vec![(by, vec![part])]), (key, words))
    }

    fn begin(
        tx: &Tx,
        idea: &'a Idea,
        situation: Situation,
        (verb, faces): (Verb, Vec<Face>),
        (key, words): (ThrowId, &'a str),
    ) -> Moved<Self> {
        let mut refused = None;
        for (by, parts) in faces {
            match situation.past.decide(idea.state, verb, &parts) {
                Err(refusal) => refused = refused.or(Some(refusal)),
                Ok(_) if verb.needs_words() && words.trim().is_empty() && by.is_some() => {
                    let needed = "This needs words of your own. Write a sentence to go with it.";
                    return Err(Refusal::saying(needed).into());
                }
                Ok(next) => return Ok(Self { idea, verb, key, by, words, next, situation, now: tx.now() }),
            }
        }
        Err(refused
            .unwrap_or_else(|| Refusal::NotYours(<Table as crate::moves::Machine>::not_yours(idea.state, verb)))
            .into())
    }

    /// Change the record and throw the ball to where it lands.
    pub async fn end(self, tx: &mut Tx, with: Details) -> Moved {
        let movers = Movers { actor: self.by, chosen: with.chosen, above: with.above };
        let (mut after, clock) = seats_after(self.idea.seats(), self.verb, self.next, movers);
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
        let ((), away) = tx.ask((store::change(self.idea, change), absences::store::around(tx.now()))).await?;
        let standins = Standins::among(tx, away).await?;
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
        balls::store::throw_among(tx, &throw, standins.as_ref()).await?;
        if goes_round(self.verb, self.next, &self.situation.story)
            && let Some(catcher) = after.catcher
        {
            let (thing, title) = ((Subject::Idea, self.idea.id.0), self.idea.headline());
            round::tell_the_next_level(tx, thing, self.idea.team_id, catcher, &title).await?;
        }
        notify::of_move(tx, self.idea, self.situation.calendar(), self.by).await?;
        Ok(())
    }

    fn due(&self, clock: Deadline, given: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        match clock {
            Deadline::Days(days) => Some(self.in_days(days)),
            Deadline::FromTheThrow => Some(self.answer_due()),
            Deadline::WhatWasLeft => Some(self.due_after_reply()),
            Deadline::Given => given,
            Deadline::AsItWas => self.idea.due_at,
            Deadline::None => None,
        }
    }

    /// So many working days from now.
    pub fn in_days(&self, days: i64) -> DateTime<Utc> {
        self.situation.calendar().add(self.now, self.situation.calendar().days(days))
    }

    /// When the first real answer is due: three working days from the throw.
    fn answer_due(&self) -> DateTime<Utc> {
        self.situation.calendar().add(self.idea.thrown_at, self.situation.calendar().days(ANSWER_DAYS))
    }

    /// The time that was left when the question was asked, from now on; already over stays over by as much.
    fn due_after_reply(&self) -> DateTime<Utc> {
        let story = &self.situation.story;
        let asked = story.iter().rposition(|thrown| thrown.verb == Verb::Ask.name());
        let Some((ask, before)) = asked.and_then(|at| Some((&story[at], story.get(at.checked_sub(1)?)?))) else {
            return self.answer_due();
        };
        let due_at = match before.due_at {
            Some(due_at) if before.state != State::New.name() => due_at,
            _ => self.answer_due(),
        };
        resumed(self.situation.calendar(), ask.at, due_at, self.now)
    }
}

impl Idea {
    /// Who sits where.
    pub fn seats(&self) -> Seats {
        Seats {
            state: self.state,
            author: self.author_id,
            anonymity: self.anonymity,
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
