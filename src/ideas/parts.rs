//! Which parts a person plays for an idea.

use super::landing::Seats;
use super::past::Past;
use super::{Idea, Part, Verb, protection, store};
use crate::balls::{self, Subject};
use crate::db::Tx;
use crate::ids::PersonId;
use crate::people::Person;

/// The parts a person plays for an idea, those first that do most. Nobody leads for an idea of their own: a leader's goes
/// to the next level and is answered there.
pub async fn of(tx: &mut Tx, idea: &Idea, person: &Person) -> sqlx::Result<Vec<Part>> {
    let is_author = protection::is_author(tx, idea, person.id).await?;
    let me = if is_author { idea.author_id } else { person.id };
    let in_chain = store::chain(tx, idea.team_id).await?.iter().any(|above| above.id == person.id);
    Ok(played(&idea.seats(), me, is_author, in_chain))
}

/// The parts of whoever acts as `me`. `in_chain`: whether they lead the team, or stand above who does.
pub fn played(seats: &Seats, me: PersonId, is_author: bool, in_chain: bool) -> Vec<Part> {
    let leads = (in_chain && !is_author) || seats.catcher == Some(me) || seats.carrier == Some(me);
    let parts = [
        (is_author, Part::Author),
        (seats.ball.is_some_and(|(holder, _)| holder == me), Part::Holder),
        (leads, Part::Leader),
        (seats.doer == Some(me), Part::Doer),
        (seats.carrier == Some(me), Part::Carrier),
        (true, Part::Other),
    ];
    parts.into_iter().filter_map(|(plays, part)| plays.then_some(part)).collect()
}

/// What a person can do with an idea now: their parts, as whom they act, and what was.
#[derive(Clone, Debug)]
pub struct Play {
    /// Their parts.
    pub parts: Vec<Part>,
    /// As whom they act: themselves, or the placeholder of a protected author.
    pub face: PersonId,
    /// What was.
    pub past: Past,
}

impl Play {
    /// What this person can do.
    pub async fn of(tx: &mut Tx, idea: &Idea, person: &Person) -> sqlx::Result<Self> {
        let story = balls::store::story(tx, Subject::Idea, idea.id.0).await?;
        let parts = of(tx, idea, person).await?;
        let face = protection::face_of(tx, idea, person.id).await?;
        Ok(Self { parts, face, past: Past::of(&story) })
    }

    /// Whether the table of states and the past allow it. Days and clocks are looked at when it is done.
    pub fn can(&self, idea: &Idea, verb: Verb) -> bool {
        self.past.decide(idea.state, verb, &self.parts, Some(self.face)).is_ok()
    }

    /// Whether they threw it.
    pub fn is_author(&self) -> bool {
        self.parts.contains(&Part::Author)
    }

    /// Whether they play this part.
    pub fn is(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}
