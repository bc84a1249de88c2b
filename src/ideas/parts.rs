//! Which parts a person plays for an idea.

use super::landing::Seats;
use super::past::Past;
use super::{Idea, Part, Verb, protection, store};
use crate::balls::{self, Subject};
use crate::db::Tx;
use crate::ids::PersonId;
use crate::people::Person;

/// The faces under which a person can act on an idea, each with the parts it plays.
///
/// A protected author acts as the placeholder; what they hold or do under their own name, because somebody chose them who
/// does not know, they do as themselves: a refusal would give them away. Nobody leads for an idea of their own.
pub async fn faces(tx: &mut Tx, idea: &Idea, person: &Person) -> sqlx::Result<Vec<(PersonId, Vec<Part>)>> {
    let is_author = protection::is_author(tx, idea, person.id).await?;
    let in_chain = store::chain(tx, idea.team_id).await?.iter().any(|above| above.id == person.id);
    let seats = idea.seats();
    if is_author && idea.author_id != person.id {
        let by_name = played(&seats, person.id, false, false);
        return Ok(vec![(idea.author_id, played(&seats, idea.author_id, true, false)), (person.id, by_name)]);
    }
    Ok(vec![(person.id, played(&seats, person.id, is_author, in_chain))])
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
    faces: Vec<(PersonId, Vec<Part>)>,
    /// What was.
    pub past: Past,
}

impl Play {
    /// What this person can do.
    pub async fn of(tx: &mut Tx, idea: &Idea, person: &Person) -> sqlx::Result<Self> {
        let story = balls::store::story(tx, Subject::Idea, idea.id.0).await?;
        Ok(Self { faces: faces(tx, idea, person).await?, past: Past::of(&story) })
    }

    /// Whether the table of states and the past allow it. Days and clocks are looked at when it is done.
    pub fn can(&self, idea: &Idea, verb: Verb) -> bool {
        self.faces.iter().any(|(face, parts)| self.past.decide(idea.state, verb, parts, Some(*face)).is_ok())
    }

    /// Whether they threw it.
    pub fn is_author(&self) -> bool {
        self.is(Part::Author)
    }

    /// Whether they play this part.
    pub fn is(&self, part: Part) -> bool {
        self.faces.iter().any(|(_, parts)| parts.contains(&part))
    }
}
