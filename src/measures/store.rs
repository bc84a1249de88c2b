//! The rows of measures; those of their values are in `values`, those of their limits in `phases`.

mod phases;
mod values;

pub use phases::{NewLimits, NoPhase, all_phases, begin_phase, phase_starts, phases};
pub use values::{Entered, Entry, all_points, enter, entries, import_rows, points, points_of};

use super::definition::{Definition, Measure};
use crate::balls::{Subject, Throw, store as balls};
use crate::db::Tx;
use crate::ids::{MeasureId, PersonId, TeamId, ThrowId};

macro_rules! measure {
    ($where:literal) => {
        concat!(
            "SELECT measure.id, measure.team_id, team.name AS team, team.zone,
                    (SELECT role.person_id FROM role
                     WHERE role.team_id = measure.team_id AND role.role = 'team_leader') AS leader_id,
                    measure.name, measure.question, measure.how_counted, measure.kind, measure.unit, measure.better,
                    measure.keeper_id, person.name AS keeper, measure.source, measure.wish, measure.wish_words,
                    measure.not_used_for, measure.cost_minutes, measure.floor, measure.ceiling, measure.created_at
             FROM measure
             JOIN team ON team.id = measure.team_id
             JOIN person ON person.id = measure.keeper_id
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
pub async fn load(tx: &mut Tx, id: MeasureId, viewer: PersonId) -> sqlx::Result<Option<Measure>> {
    tx.query_as(LOAD).bind(id).bind(viewer).optional().await
}

const FIND: &str = measure!("measure.id = $1");

/// A measure, whoever asks; for those who have already been let in to what it belongs to.
pub async fn find(tx: &mut Tx, id: MeasureId) -> sqlx::Result<Option<Measure>> {
    tx.query_as(FIND).bind(id).optional().await
}

const IN_SIGHT: &str = measure!("measure.team_id IN (SELECT sight.team_id FROM sight WHERE sight.person_id = $1)");

/// All measures of the teams a person may see, team by team.
pub async fn in_sight(tx: &mut Tx, person: PersonId) -> sqlx::Result<Vec<Measure>> {
    tx.query_as(IN_SIGHT).bind(person).all().await
}

const OF_TEAM: &str = measure!("measure.team_id = $1");

/// All measures of a team, the oldest first.
pub async fn of_team(tx: &mut Tx, team: TeamId) -> sqlx::Result<Vec<Measure>> {
    tx.query_as(OF_TEAM).bind(team).all().await
}

const DEFINE: &str = "
    INSERT INTO measure (id, team_id, name, question, how_counted, kind, unit, better, keeper_id, source, wish,
        wish_words, not_used_for, cost_minutes, floor, ceiling, created_at, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)";

/// Begin a measure; who defined it and when is its first throw, which carries the key of the form.
pub async fn define(tx: &mut Tx, key: ThrowId, new: &Definition, by: PersonId) -> sqlx::Result<MeasureId> {
    let (id, now) = (tx.new_id::<MeasureId>(), tx.now());
    let query = tx.query(DEFINE).bind(id).bind(new.team).bind(new.name.clone()).bind(new.question.clone());
    let query = query.bind(new.how_counted.clone()).bind(new.kind).bind(new.unit.clone()).bind(new.better);
    let query = query.bind(new.keeper).bind(new.source.clone()).bind(new.wish).bind(new.wish_words.clone());
    let query = query.bind(new.not_used_for.clone()).bind(new.cost_minutes).bind(new.floor).bind(new.ceiling);
    query.bind(now).execute().await?;
    write_down(tx, key, (id, new.team), "define", &new.question, by).await?;
    Ok(id)
}

/// A line in the history of a measure that moves no ball.
async fn write_down(
    tx: &mut Tx,
    key: ThrowId,
    (measure, team): (MeasureId, TeamId),
    verb: &str,
    words: &str,
    by: PersonId,
) -> sqlx::Result<()> {
    let (subject, state) = (Subject::Measure, "baseline");
    balls::throw(tx, &Throw { key, subject, id: measure.0, team, verb, by: Some(by), words, state, hold: None }).await
}

/// Whose measures are asked for at once.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// All that this person may see.
    InSightOf(PersonId),
    /// Those of one team.
    Team(TeamId),
}

const HOLD_STILL: &str = "UPDATE measure SET version = version + 1 WHERE id = $1";

/// Nobody else changes values or phases of this measure until this transaction ends.
pub async fn hold_still(tx: &mut Tx, measure: MeasureId) -> sqlx::Result<()> {
    tx.query(HOLD_STILL).bind(measure).execute().await?;
    Ok(())
}
