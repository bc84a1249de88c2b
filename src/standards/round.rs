//! The round of looks a standard is in, and those above it. A round begins when it comes into use, and when it is brought
//! back.

use crate::ids::PersonId;
use chrono::NaiveDate;

/// Those above a standard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Leaders {
    /// The leader of its team.
    pub leader_id: Option<PersonId>,
    /// Whoever is above that one.
    pub above_id: Option<PersonId>,
    /// Whoever is above the owner.
    pub owners_above_id: Option<PersonId>,
}

impl Leaders {
    /// Whether this is one of them.
    pub fn are(&self, person: PersonId) -> bool {
        [self.leader_id, self.above_id, self.owners_above_id].contains(&Some(person))
    }

    /// The nearest who is above this person: the leader, or for a leader the level above them.
    pub fn above(&self, person: PersonId) -> Option<PersonId> {
        let levels = [self.leader_id, self.above_id, self.owners_above_id];
        let from = levels.iter().position(|level| *level == Some(person)).map_or(0, |at| at + 1);
        levels.into_iter().skip(from).flatten().find(|level| *level != person)
    }
}

/// The looks of a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Round {
    /// The day from which 30, 60 and 90 days are counted.
    pub round_from: Option<NaiveDate>,
    /// How many looks were done in their turn.
    pub turns: i64,
    /// Whether one of them was a leader's, in person.
    pub leader_looked: bool,
    /// How often the look that is due was missed.
    pub missed: i64,
}

impl Round {
    /// The first look of a new round is still to come.
    pub fn new(from: NaiveDate) -> Self {
        Self { round_from: Some(from), ..Self::default() }
    }

    /// Whether the next look is a leader's: the third, when neither of the first two was.
    pub fn needs_leader(&self) -> bool {
        self.turns == 2 && !self.leader_looked
    }

    /// The round after a look in its turn.
    #[must_use]
    pub fn looked(self, by_leader: bool) -> Self {
        Self { turns: self.turns + 1, leader_looked: self.leader_looked || by_leader, missed: 0, ..self }
    }
}
