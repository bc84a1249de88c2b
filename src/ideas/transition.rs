//! One move on an idea: checked against the table of states and the past, then the record changed and the ball thrown.

use super::seats::{Deadline, Movers, Seats, seats_after};
use super::situation::Situation;
use super::store::{self, Change};
use super::viewer::Viewer;
use super::{ANSWER_DAYS, Idea, Part, State, Table, Verb, notify};
use crate::balls::by_day::dated;
use crate::balls::handing::Standins;
use crate::balls::{self, Hold, Subject, Throw, Thrown, round};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::{IdeaId, PersonId, ThrowId};
use crate::moves::{Move, Moved, Mover, Refusal};
use crate::people;
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
    /// As whom somebody moves; none for the clock.
    pub by: Option<PersonId>,
    words: &'a str,
    pub next: State,
    pub situation: Situation,
    pub calendar: Calendar,
    pub now: DateTime<Utc>,
}

/// As whom somebody moves, none for the clock, and the parts they play as that.
type Face = (Option<PersonId>, Vec<Part>);

impl<'a> Transition<'a> {
    /// A move of a person or of the clock: refused when none of their parts allows it. A protected author moves as the
    /// placeholder.
    pub async fn of(tx: &mut Tx, idea: &'a Idea, this: Move<'a>, verb: Verb) -> Moved<Self> {
        let situation = Situation::of(tx, idea, this.person_id()).await?;
        let faces = match this.by {
            Mover::Person(person) => {
                let viewer = Viewer::of(idea, &situation, person);
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
        let situation = Situation::of(tx, idea, None).await?;
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
                Ok(next) => {
                    let (calendar, now) = (idea.calendar(), tx.now());
                    return Ok(Self { idea, verb, key, by, words, next, situation, calendar, now });
                }
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
        store::change(tx, self.idea, change).await?;
        let standins = Standins::among(tx, self.situation.away.clone()).await?;
        let hold = after.ball.map(|(holder, owes)| Hold { holder, owes, due_at });
        let hold = dated(tx, self.by, &self.calendar, hold);
        let throw = Throw {
            key: self.key,
            subject: Subject::Idea,
            id: self.idea.id.0,
            team: self.idea.team_id,
            verb: self.verb.name(),
            by: self.by,
            words: self.words,
            state: self.next.name(),
            hold,
        };
        balls::store::throw_among(tx, &throw, standins.as_ref()).await?;
        if goes_round(self.verb, self.next, &self.situation.story)
            && let Some(catcher) = after.catcher
        {
            let (thing, title) = ((Subject::Idea, self.idea.id.0), self.idea.headline());
            round::tell_the_next_level(tx, thing, self.idea.team_id, catcher, &title).await?;
        }
        let thrown = self.thrown(tx, &throw).await?;
        notify::of_move(tx, self.idea, &self.situation, &self.calendar, &thrown).await?;
        tx.count_from(self.now);
        Ok(())
    }

    /// The throw as it stands in the story from now on.
    async fn thrown(&self, tx: &mut Tx, throw: &Throw<'_>) -> sqlx::Result<Thrown> {
        let holder_id = throw.hold.map(|hold| hold.holder);
        Ok(Thrown {
            number: self.situation.story.last().map_or(0, |last| last.number) + 1,
            verb: throw.verb.to_owned(),
            by_id: throw.by,
            by_name: self.name_of(tx, throw.by).await?,
            words: throw.words.to_owned(),
            at: tx.now(),
            state: throw.state.to_owned(),
            holder_id,
            holder_name: self.name_of(tx, holder_id).await?,
            due_at: throw.hold.and_then(|hold| hold.due_at),
        })
    }

    async fn name_of(&self, tx: &mut Tx, person: Option<PersonId>) -> sqlx::Result<Option<String>> {
        let Some(person) = person else { return Ok(None) };
        if person == self.idea.author_id {
            return Ok(Some(self.idea.author.clone()));
        }
        let story = self.situation.story.iter().rev().flat_map(|thrown| {
            [(thrown.by_id, thrown.by_name.as_deref()), (thrown.holder_id, thrown.holder_name.as_deref())]
        });
        let in_story = story.filter(|(id, _)| *id == Some(person)).find_map(|(_, name)| name);
        match in_story.or_else(|| self.situation.people.name_of(person)) {
            Some(name) => Ok(Some(name.to_owned())),
            None => Ok(people::store::person(tx, person).await?.map(|person| person.name)),
        }
    }

    fn due(&self, clock: Deadline, given: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        match clock {
            Deadline::Days(days) => Some(self.in_days(days)),
            Deadline::FromTheThrow => Some(self.answer_due()),
            Deadline::WhatWasLeft => Some(self.situation.due_after_reply(&self.calendar, self.answer_due(), self.now)),
            Deadline::Given => given,
            Deadline::AsItWas => self.idea.due_at,
            Deadline::None => None,
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
