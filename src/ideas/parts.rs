//! Which parts a person plays for an idea.

use super::landing::Seats;
use super::past::Past;
use super::{Idea, Part, Verb, protection, store};
use crate::balls::lying::past_to;
use crate::balls::{self, Subject, Thrown};
use crate::db::Tx;
use crate::ids::PersonId;
use crate::people::help_chain::{Placed, levels};
use crate::people::{self, Person};

/// The faces under which a person can act on an idea, each with the parts it plays.
///
/// A protected author acts as the placeholder; what they hold or do under their own name, because somebody chose them who
/// does not know, they do as themselves: a refusal would give them away. Nobody leads for an idea of their own, nor for
/// one that was thrown past them.
pub async fn faces(tx: &mut Tx, idea: &Idea, person: &Person) -> sqlx::Result<Vec<(PersonId, Vec<Part>)>> {
    let story = balls::store::story(tx, Subject::Idea, idea.id.0).await?;
    faces_after(tx, idea, person, &story).await
}

async fn faces_after(
    tx: &mut Tx,
    idea: &Idea,
    person: &Person,
    story: &[Thrown],
) -> sqlx::Result<Vec<(PersonId, Vec<Part>)>> {
    let is_author = protection::is_author(tx, idea, person.id).await?;
    let seats = idea.seats();
    if is_author && idea.author_id != person.id {
        let by_name = played(&seats, person.id, Standing::default());
        let as_author = Standing { is_author, ..Standing::default() };
        return Ok(vec![(idea.author_id, played(&seats, idea.author_id, as_author)), (person.id, by_name)]);
    }
    let past_to = past_to(tx, idea.id.0).await?;
    let chain = store::chain(tx, idea.team_id).await?;
    let from = chain.iter().position(|level| Some(level.id) == past_to).unwrap_or(0);
    let in_chain = chain.iter().skip(from).any(|level| level.id == person.id);
    let is_above = who_agrees(tx, idea, story).await?.is_some_and(|above| above.contains(&person.id));
    Ok(vec![(person.id, played(&seats, person.id, Standing { is_author, in_chain, is_above }))])
}

/// Who can agree to another rest; nothing while nobody has to.
pub async fn who_agrees(tx: &mut Tx, idea: &Idea, story: &[Thrown]) -> sqlx::Result<Option<Vec<PersonId>>> {
    let Some(rested_by) = Past::of(story).waits_for_agreement_above() else { return Ok(None) };
    let people = people::store::people(tx).await?;
    let past_to = past_to(tx, idea.id.0).await?;
    Ok(Some(levels(&people, &Placed::with(rested_by, idea.team_id, past_to))))
}

/// How somebody stands to an idea, apart from the seats.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing {
    /// Whether they threw it.
    pub is_author: bool,
    /// Whether they lead the team, or stand above who does, and it was not thrown past them.
    pub in_chain: bool,
    /// Whether they are above the one who let it rest last, and are asked to agree to another rest.
    pub is_above: bool,
}

/// The parts of whoever acts as `me`.
pub fn played(seats: &Seats, me: PersonId, standing: Standing) -> Vec<Part> {
    let Standing { is_author, in_chain, is_above } = standing;
    let leads = (in_chain && !is_author) || seats.catcher == Some(me) || seats.carrier == Some(me);
    let parts = [
        (is_author, Part::Author),
        (seats.ball.is_some_and(|(holder, _)| holder == me), Part::Holder),
        (leads, Part::Leader),
        (is_above && !is_author, Part::Above),
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
    pub past: Past,
}

impl Play {
    /// What this person can do.
    pub async fn of(tx: &mut Tx, idea: &Idea, person: &Person) -> sqlx::Result<Self> {
        let story = balls::store::story(tx, Subject::Idea, idea.id.0).await?;
        Ok(Self { faces: faces_after(tx, idea, person, &story).await?, past: Past::of(&story) })
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
