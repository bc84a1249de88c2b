//! The rows of measures; what belongs to them has a room for each table.

pub mod agreements;
pub mod attempts;
mod beginnings;
pub mod notes;
mod phases;
pub mod signals;
pub mod slips;
mod values;
mod versions;
mod whose;
mod writing;

pub use beginnings::{Beginnings, Explained, beginnings, beginnings_by_measure};
pub use phases::{NewLimits, add_phase, agree_to_phase, end_phase, revive_phase};
pub use values::{Entered, Entry, counting, enter, entries, newest_period, points_by_measure, points_of, take_back};
pub use versions::{Version, add_version, drop_version};
pub use whose::Whose;
pub use writing::{add, affirm, ask_from, begin_version, rewrite, set_keeper, set_paused, set_state, set_way};

use super::Measure;
use crate::db::{Ask, Tx, query, query_as};
use crate::ids::{MeasureId, PersonId, TeamId};

macro_rules! measure {
    ($where:literal) => {
        concat!(
            "SELECT measure.id, measure.team_id, team.name AS team, team.zone, team.days, team.hours, team.holidays,
                    (SELECT role.person_id FROM role
                     WHERE role.team_id = measure.team_id AND role.role = 'team_leader') AS leader_id,
                    (SELECT phase.set_by FROM phase
                     WHERE phase.measure_id = measure.id AND phase.agreed_at IS NULL AND phase.ended_at IS NULL)
                        AS proposer_id,
                    measure.state, measure.name, measure.question, measure.how_counted, measure.kind, measure.cadence,
                    measure.unit, measure.better, measure.keeper_id, person.name AS keeper, measure.source,
                    measure.wish, measure.wish_by, measure.wish_words, measure.not_used_for, measure.cost_minutes,
                    measure.floor, measure.ceiling, measure.least_slips, measure.definition_version, measure.worth_on,
                    measure.paused_until, measure.asked_from, measure.created_at, measure.version,
                    measure.spread, measure.rules, measure.limits, measure.season, ball.holder_id,
                    holder.name AS holder, away.name AS stands_for, ball.owes, ball.since, ball.due_at AS clock_at
             FROM measure
             JOIN team ON team.id = measure.team_id
             JOIN person ON person.id = measure.keeper_id
             LEFT JOIN ball ON ball.subject = 'measure' AND ball.subject_id = measure.id
             LEFT JOIN person AS holder ON holder.id = ball.holder_id
             LEFT JOIN person AS away ON away.id = ball.for_id
             WHERE ",
            $where,
            " ORDER BY team.name_key, measure.created_at, measure.id"
        )
    };
}

const LOAD: &str = measure!(
    "measure.id = $1 AND EXISTS (SELECT 1 FROM sight WHERE sight.person_id = $2 AND sight.team_id = measure.team_id)"
);

/// A measure, if the viewer may see its team.
pub fn load(id: MeasureId, viewer: PersonId) -> Ask<Option<Measure>> {
    query_as(LOAD).bind(id).bind(viewer).optional()
}

const FIND: &str = measure!("measure.id = $1");

/// A measure, whoever asks; for those who have already been let in to what it belongs to.
pub fn find(id: MeasureId) -> Ask<Option<Measure>> {
    query_as(FIND).bind(id).optional()
}

const IN_SIGHT: &str = measure!("measure.team_id IN (SELECT sight.team_id FROM sight WHERE sight.person_id = $1)");

/// All measures of the teams a person may see, team by team.
pub fn in_sight(person: PersonId) -> Ask<Vec<Measure>> {
    query_as(IN_SIGHT).bind(person).all()
}

const OF_TEAM: &str = measure!("measure.team_id = $1 AND measure.state NOT IN ('proposed', 'declined', 'retired')");

/// The measures that a team keeps, the oldest first.
pub fn of_team(team: TeamId) -> Ask<Vec<Measure>> {
    query_as(OF_TEAM).bind(team).all()
}

const THESE: &str = measure!(
    "measure.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,\
                 $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39,\
                 $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50)"
);

/// The measures of a list, fifty at most.
pub fn listed(measures: &[MeasureId]) -> Ask<Vec<Measure>> {
    whose::bind_listed(query_as(THESE), measures).all()
}

const HOLD_STILL: &str = "UPDATE measure SET version = version + 1 WHERE id = $1";

/// Nobody else changes values or phases of this measure until this transaction ends.
pub async fn hold_still(tx: &mut Tx, measure: MeasureId) -> sqlx::Result<()> {
    tx.later(query(HOLD_STILL).bind(measure)).await
}
