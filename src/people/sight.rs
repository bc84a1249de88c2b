//! How far a person sees: the teams in their sight, and the others, of which they know single things.

use crate::db::{Ask, given, query_as};
use crate::ids::{PersonId, TeamId};

/// The teams of the company, as one person sees them.
#[derive(Clone, Debug, Default)]
pub struct Sight {
    pub near: Vec<TeamId>,
    /// Of which they see what they threw, and what they ever held.
    pub far: Vec<TeamId>,
}

const TEAMS: &str = "
    SELECT team.id, CASE WHEN team.id IN (SELECT sight.team_id FROM sight WHERE sight.person_id = $1)
                         THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS seen
    FROM team ORDER BY team.id";

impl Sight {
    /// How far this person sees.
    pub fn of(person: PersonId) -> Ask<Self> {
        query_as::<(TeamId, i64)>(TEAMS).bind(person).all().map(|teams| {
            let (near, far): (Vec<_>, Vec<_>) = teams.into_iter().partition(|(_, seen)| *seen == 1);
            let ids = |teams: Vec<(TeamId, i64)>| teams.into_iter().map(|(id, _)| id).collect();
            Self { near: ids(near), far: ids(far) }
        })
    }

    /// The same, for one team alone.
    pub fn only(mut self, team: TeamId) -> Self {
        self.near.retain(|id| *id == team);
        self.far.retain(|id| *id == team);
        self
    }

    /// The teams in sight, as a value for a statement.
    pub fn near(&self) -> String {
        given::ids(self.near.iter().map(|id| id.0))
    }

    /// The other teams, as a value for a statement.
    pub fn far(&self) -> String {
        given::ids(self.far.iter().map(|id| id.0))
    }
}
