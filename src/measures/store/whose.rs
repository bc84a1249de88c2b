//! One statement for one measure, for all that a person may see, and for those of a team.

use crate::db::{Statement, query_as};
use crate::ids::{MeasureId, PersonId, TeamId};

/// Whose rows are asked for at once.
#[derive(Clone, Debug)]
pub enum Whose {
    Measure(MeasureId),
    /// Those of all measures that this person may see.
    InSightOf(PersonId),
    Team(TeamId),
    /// Those of a list: of the first fifty of them.
    Listed(Vec<MeasureId>),
}

/// How many measures a list of them may name.
pub const LISTED: usize = 50;

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
            $text!(
                "IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,\
                 $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39,\
                 $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50)"
            ),
        ]
    };
}
pub(super) use by_whose;

impl Whose {
    /// The statement with its value.
    pub(super) fn query<T>(self, texts: [&'static str; 4]) -> Statement<T> {
        let [one, in_sight, of_team, listed] = texts;
        match self {
            Self::Measure(measure) => query_as(one).bind(measure),
            Self::InSightOf(person) => query_as(in_sight).bind(person),
            Self::Team(team) => query_as(of_team).bind(team),
            Self::Listed(measures) => bind_listed(query_as(listed), &measures),
        }
    }
}

/// Binds a list of measures to the places of fifty.
pub(super) fn bind_listed<T>(statement: Statement<T>, measures: &[MeasureId]) -> Statement<T> {
    let all = measures.iter().copied().chain(std::iter::repeat(MeasureId::default())).take(LISTED);
    all.fold(statement, Statement::bind)
}
