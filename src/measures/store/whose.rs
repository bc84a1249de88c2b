//! One statement for one measure, for all that a person may see, and for those of a team.

use crate::db::{Statement, query_as};
use crate::ids::{MeasureId, PersonId, TeamId};

/// Whose rows are asked for at once.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    Measure(MeasureId),
    /// Those of all measures that this person may see.
    InSightOf(PersonId),
    Team(TeamId),
}

/// The texts of a statement in the order of [`Whose`]; `$text!(…)` makes one from the condition on its measure.
macro_rules! by_whose {
    ($text:ident) => {
        [
            $text!("= $1"),
            $text!(
                "IN (SELECT measure.id FROM measure JOIN sight ON sight.team_id = measure.team_id
                     WHERE sight.person_id = $1)"
            ),
            $text!("IN (SELECT measure.id FROM measure WHERE measure.team_id = $1)"),
        ]
    };
}
pub(super) use by_whose;

impl Whose {
    /// The statement with its value.
    pub(super) fn query<T>(self, texts: [&'static str; 3]) -> Statement<T> {
        let [one, in_sight, of_team] = texts;
        match self {
            Self::Measure(measure) => query_as(one).bind(measure),
            Self::InSightOf(person) => query_as(in_sight).bind(person),
            Self::Team(team) => query_as(of_team).bind(team),
        }
    }
}
