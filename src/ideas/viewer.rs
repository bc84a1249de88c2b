//! Which parts a person plays for an idea, and what they can do with it.

use super::past::Past;
use super::seats::Seats;
use super::situation::Situation;
use super::{Idea, Part, Verb};
use crate::ids::PersonId;
use crate::people::Person;

/// How somebody stands to an idea, apart from the seats.
#[derive(Clone, Copy, Debug, Default)]
pub struct Relation {
    pub is_author: bool,
    /// Whether they lead the team, or stand above who does, and it was not thrown past them.
    pub in_chain: bool,
    /// Whether they are above the one who let it rest last, and are asked to agree to another rest.
    pub is_above: bool,
}

/// The parts of whoever acts as `me`.
pub fn played(seats: &Seats, me: PersonId, relation: Relation) -> Vec<Part> {
    let Relation { is_author, in_chain, is_above } = relation;
    let leads = (in_chain && !is_author) || seats.catcher == Some(me) || seats.carrier == Some(me);
    let parts = [
        (is_author, Part::Author),
        (seats.ball.is_some_and(|(holder, _)| holder == me), Part::Holder),
        (leads, Part::Leader),
        (is_above && !is_author, Part::Above),
        (seats.doer == Some(me), Part::Doer),
        (seats.carrier == Some(me), Part::Carrier),
    ];
    parts.into_iter().filter_map(|(plays, part)| plays.then_some(part)).collect()
}

/// What a person can do with an idea now: their parts, as whom they act, and what was.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The faces under which they can act, each with the parts it plays.
    pub faces: Vec<(PersonId, Vec<Part>)>,
    pub past: Past,
}

impl Viewer {
    /// What this person can do.
    ///
    /// A protected author acts as the placeholder; what they hold or do under their own name, because somebody chose them
    /// who does not know, they do as themselves: a refusal would give them away. Nobody leads for an idea of their own,
    /// nor for one that was thrown past them.
    pub fn of(idea: &Idea, situation: &Situation, person: &Person) -> Self {
        let past = situation.past.clone();
        let is_author = situation.is_author(idea, person.id);
        let (seats, me) = (idea.seats(), person.id);
        if is_author && idea.author_id != me {
            let as_author = Relation { is_author, ..Relation::default() };
            let faces = vec![
                (idea.author_id, played(&seats, idea.author_id, as_author)),
                (me, played(&seats, me, Relation::default())),
            ];
            return Self { faces, past };
        }
        let chain = &situation.people.chain;
        let from = chain.iter().position(|level| Some(level.id) == situation.people.past_to).unwrap_or(0);
        let in_chain = !is_author && chain.iter().skip(from).any(|level| level.id == me);
        let is_above = situation.who_agrees.as_ref().is_some_and(|above| above.contains(&me));
        Self { faces: vec![(me, played(&seats, me, Relation { is_author, in_chain, is_above }))], past }
    }

    /// This person as they act on the idea: a protected author stands there as the placeholder and leads nobody.
    pub fn acting(&self, idea: &Idea, person: &Person) -> Person {
        let id = if self.is_author() { idea.author_id } else { person.id };
        Person { id, ..person.clone() }
    }

    /// Whether the table of states and the past allow it. Days and clocks are looked at when it is done.
    pub fn can(&self, idea: &Idea, verb: Verb) -> bool {
        self.faces.iter().any(|(_, parts)| self.past.decide(idea.state, verb, parts).is_ok())
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
