//! The rows of new limits: from which week, made from which values, by whom and why.

use super::{Whose, hold_still, values, write_down};
use crate::db::Tx;
use crate::ids::{MeasureId, PersonId, PhaseId, ThrowId};
use crate::measures::definition::Measure;
use crate::measures::limits::Point;
use crate::measures::study::PhaseStart;
use crate::measures::weeks;
use chrono::{DateTime, NaiveDate, Utc};

/// New limits from a week on.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct NewLimits {
    /// The measure.
    pub measure_id: MeasureId,
    /// The first week of the phase.
    pub starts: NaiveDate,
    /// The first week of the values that give the limits.
    pub baseline_from: NaiveDate,
    /// The last week of them; nothing for the phase's own first values.
    pub baseline_to: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// Who set them.
    pub set_by: String,
    /// When.
    pub set_at: DateTime<Utc>,
}

macro_rules! phases {
    ($where:literal) => {
        concat!(
            "SELECT phase.measure_id, phase.starts, phase.baseline_from, phase.baseline_to, phase.reason,
                    person.name AS set_by, phase.set_at
             FROM phase JOIN person ON person.id = phase.set_by
             WHERE ",
            $where,
            " ORDER BY phase.measure_id, phase.starts"
        )
    };
}

const PHASES: &str = phases!("phase.measure_id = $1");
const PHASES_IN_SIGHT: &str = phases!(
    "phase.measure_id IN (SELECT measure.id FROM measure JOIN sight ON sight.team_id = measure.team_id
                          WHERE sight.person_id = $1)"
);
const PHASES_OF_TEAM: &str = phases!("phase.measure_id IN (SELECT measure.id FROM measure WHERE measure.team_id = $1)");

/// The phases that people began, oldest first.
pub async fn phases(tx: &mut Tx, measure: MeasureId) -> sqlx::Result<Vec<NewLimits>> {
    tx.query_as(PHASES).bind(measure).all().await
}

/// The phases of many measures in one query.
pub async fn all_phases(tx: &mut Tx, whose: Whose) -> sqlx::Result<Vec<NewLimits>> {
    match whose {
        Whose::InSightOf(person) => tx.query_as(PHASES_IN_SIGHT).bind(person).all().await,
        Whose::Team(team) => tx.query_as(PHASES_OF_TEAM).bind(team).all().await,
    }
}

/// The same phases by the places of their weeks in the series; one that begins after the last value is left out.
pub fn phase_starts(phases: &[NewLimits], points: &[Point]) -> Vec<PhaseStart> {
    let place = |week: NaiveDate| points.iter().position(|point| point.period >= week);
    let after = |week: NaiveDate| points.iter().position(|point| point.period > week).unwrap_or(points.len());
    let start = |phase: &NewLimits| {
        let baseline = phase.baseline_to.and_then(|last| Some(place(phase.baseline_from)?..after(last)));
        Some(PhaseStart { start: place(phase.starts)?, baseline, reason: phase.reason.clone() })
    };
    phases.iter().filter_map(start).collect()
}

/// Why new limits can't begin there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPhase {
    /// The week has no value.
    NoValue,
    /// New limits begin there already.
    Exists,
    /// The last week of the baseline lies before the first.
    Backwards,
}

const PHASE_EXISTS: &str = "SELECT COUNT(*) FROM phase WHERE measure_id = $1 AND starts = $2";

const BEGIN: &str = "
    INSERT INTO phase (id, measure_id, starts, baseline_from, baseline_to, reason, set_by, set_at)
    VALUES ($1, $2, $3, $3, $4, $5, $6, $7)";

/// Begin new limits with the week `starts`, from the values up to `baseline_to` or from the first ones there will be.
pub async fn begin_phase(
    tx: &mut Tx,
    key: ThrowId,
    measure: &Measure,
    (starts, baseline_to): (NaiveDate, Option<NaiveDate>),
    reason: &str,
    by: PersonId,
) -> sqlx::Result<Result<PhaseId, NoPhase>> {
    hold_still(tx, measure.id).await?;
    let (starts, last) = (weeks::monday(starts), baseline_to.map(weeks::monday));
    if last.is_some_and(|last| last < starts) {
        return Ok(Err(NoPhase::Backwards));
    }
    if !values::is_there(tx, measure.id, starts).await? {
        return Ok(Err(NoPhase::NoValue));
    }
    let (there,): (i64,) = tx.query_as(PHASE_EXISTS).bind(measure.id).bind(starts).one().await?;
    if there > 0 {
        return Ok(Err(NoPhase::Exists));
    }
    let (id, now) = (tx.new_id::<PhaseId>(), tx.now());
    let query = tx.query(BEGIN).bind(id).bind(measure.id).bind(starts).bind(last).bind(reason.to_owned());
    query.bind(by).bind(now).execute().await?;
    write_down(tx, key, (measure.id, measure.team_id), "new_limits", reason, by).await?;
    Ok(Ok(id))
}
