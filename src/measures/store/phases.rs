//! The rows of new limits: from which period, made from which values, by whom and why, and who agreed.

use super::Whose;
use super::versions::Version;
use crate::db::{Ask, Tx, query, query_as};
use crate::ids::{MeasureId, PersonId, PhaseId};
use crate::measures::definition::Measure;
use crate::spc::PhaseStart;
use crate::spc::Point;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// New limits from a period on.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct NewLimits {
    pub id: PhaseId,
    pub measure_id: MeasureId,
    /// The first period of the phase.
    pub starts: NaiveDate,
    /// The first period of the values that give the limits.
    pub baseline_from: NaiveDate,
    /// The last period of them; nothing for the phase's own first values.
    pub baseline_to: Option<NaiveDate>,
    pub reason: String,
    pub set_by: String,
    /// When.
    pub set_at: DateTime<Utc>,
    pub agreed_by: Option<String>,
    /// When.
    pub agreed_at: Option<DateTime<Utc>>,
    /// The values that give the limits, as they were when they were locked, for [`Locked`].
    locked: Option<String>,
    /// The limits of the same stretch that they replace.
    pub replaces: Option<PhaseId>,
}

/// One value of a locked baseline, as it is kept.
#[derive(Serialize, Deserialize)]
struct Locked {
    period: NaiveDate,
    value: f64,
    numerator: Option<f64>,
    denominator: Option<f64>,
    excluded: bool,
}

impl NewLimits {
    /// New limits from a period on, made from its own first values.
    #[cfg(test)]
    pub fn sample(starts: NaiveDate) -> Self {
        let id = PhaseId::default();
        let (measure_id, set_at) = (MeasureId::default(), DateTime::UNIX_EPOCH);
        let (set_by, agreed_by) = ("Callum".to_owned(), Some("Tomas".to_owned()));
        let reason = "One sheet for all".to_owned();
        Self {
            id,
            measure_id,
            starts,
            baseline_from: starts,
            baseline_to: None,
            reason,
            set_by,
            set_at,
            agreed_by,
            agreed_at: Some(set_at),
            locked: None,
            replaces: None,
        }
    }

    /// The values of the baseline as they were when it was locked.
    fn locked(&self) -> Vec<Point> {
        // What is stored was written by this program; a row that somebody edited by hand is as if nobody had locked it.
        let locked: Vec<Locked> =
            self.locked.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let point = |old: Locked| Point {
            numerator: old.numerator,
            denominator: old.denominator,
            excluded: old.excluded,
            ..Point::plain(old.period, Some(old.value))
        };
        locked.into_iter().map(point).collect()
    }
}

/// The values of a baseline as they are kept when it is locked.
fn as_kept(points: &[Point], (starts, last): (NaiveDate, NaiveDate)) -> Option<String> {
    let of_baseline = points.iter().filter(|point| (starts..=last).contains(&point.period));
    let locked = |point: &Point| {
        let Point { period, numerator, denominator, excluded, .. } = *point;
        Some(Locked { period, value: point.present()?, numerator, denominator, excluded })
    };
    serde_json::to_string(&of_baseline.filter_map(locked).collect::<Vec<_>>()).ok()
}

macro_rules! phases {
    ($where:literal) => {
        concat!(
            "SELECT phase.id, phase.measure_id, phase.starts, phase.baseline_from, phase.baseline_to, phase.reason,
                    person.name AS set_by, phase.set_at, second.name AS agreed_by, phase.agreed_at,
                    phase.locked, phase.replaces
             FROM phase
             JOIN person ON person.id = phase.set_by
             LEFT JOIN person AS second ON second.id = phase.agreed_by
             WHERE phase.ended_at IS NULL AND ",
            $where,
            " ORDER BY phase.measure_id, phase.starts"
        )
    };
}

const PHASES: &str = phases!("phase.agreed_at IS NOT NULL AND phase.measure_id = $1");
const WAITING: &str = phases!("phase.agreed_at IS NULL AND phase.measure_id = $1");
const PHASES_IN_SIGHT: &str = phases!(
    "phase.agreed_at IS NOT NULL
     AND phase.measure_id IN (SELECT measure.id FROM measure JOIN sight ON sight.team_id = measure.team_id
                              WHERE sight.person_id = $1)"
);
const PHASES_OF_TEAM: &str = phases!(
    "phase.agreed_at IS NOT NULL
     AND phase.measure_id IN (SELECT measure.id FROM measure WHERE measure.team_id = $1)"
);

/// The phases that people began, oldest first.
pub async fn phases(tx: &mut Tx, measure: MeasureId) -> sqlx::Result<Vec<NewLimits>> {
    tx.ask(phases_of(measure)).await
}

/// The same as a question.
pub fn phases_of(measure: MeasureId) -> Ask<Vec<NewLimits>> {
    query_as(PHASES).bind(measure).all()
}

const WITH_WAITING: &str = phases!("phase.measure_id = $1");

/// The phases that people began, oldest first, and the new limits that wait for a second person.
pub fn with_waiting(measure: MeasureId) -> Ask<(Vec<NewLimits>, Option<NewLimits>)> {
    query_as::<NewLimits>(WITH_WAITING).bind(measure).all().map(|all| {
        let (agreed, mut waiting): (Vec<_>, Vec<_>) = all.into_iter().partition(|phase| phase.agreed_at.is_some());
        (agreed, waiting.pop())
    })
}

/// The new limits that wait for a second person.
pub async fn waiting_phase(tx: &mut Tx, measure: MeasureId) -> sqlx::Result<Option<NewLimits>> {
    tx.query_as(WAITING).bind(measure).optional().await
}

/// The phases of many measures in one query.
pub fn all_phases(whose: Whose) -> Ask<Vec<NewLimits>> {
    match whose {
        Whose::InSightOf(person) => query_as(PHASES_IN_SIGHT).bind(person).all(),
        Whose::Team(team) => query_as(PHASES_OF_TEAM).bind(team).all(),
    }
}

/// The same phases by the places of their periods in the series. A new version of the definition begins a phase of its
/// own; one that begins after the last value is left out.
pub fn phase_starts(phases: &[NewLimits], versions: &[Version], points: &[Point]) -> Vec<PhaseStart> {
    let place = |period: NaiveDate| points.iter().position(|point| point.period >= period);
    let after = |period: NaiveDate| points.iter().position(|point| point.period > period).unwrap_or(points.len());
    let start = |phase: &NewLimits| {
        let baseline = phase.baseline_to.and_then(|last| Some(place(phase.baseline_from)?..after(last)));
        Some(PhaseStart { start: place(phase.starts)?, baseline, reason: phase.reason.clone(), locked: phase.locked() })
    };
    let mut starts: Vec<PhaseStart> = phases.iter().filter_map(start).collect();
    for version in versions {
        let Some(start) = version.starts.and_then(place) else { continue };
        let reason = format!("New definition: {}", version.reason);
        match starts.iter_mut().find(|known| known.start == start) {
            Some(known) => known.reason = reason,
            None => starts.push(PhaseStart { start, baseline: None, reason, ..PhaseStart::default() }),
        }
    }
    starts
}

const ADD: &str = "
    INSERT INTO phase (id, measure_id, starts, baseline_from, baseline_to, reason, set_by, set_at, agreed_by, agreed_at,
        ended_by, ended_at, ended_words, locked, replaces)
    VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, NULL, NULL, '', $10, $11)";

/// Write down new limits from the period `starts`; without an agreement they wait for a second person.
///
/// The values that give them are kept as they are, so that a correction does not move what was locked. `replaces` are
/// the limits of the same stretch that they end, now or once somebody agrees.
pub async fn add_phase(
    tx: &mut Tx,
    measure: &Measure,
    (starts, baseline_to): (NaiveDate, Option<NaiveDate>),
    reason: &str,
    by: PersonId,
    (agreed, replaces): (bool, Option<PhaseId>),
) -> sqlx::Result<PhaseId> {
    let (id, now) = (tx.new_id::<PhaseId>(), tx.now());
    let locked = match baseline_to {
        Some(last) => as_kept(&super::points(tx, measure).await?, (starts, last)),
        None => None,
    };
    let query = query(ADD).bind(id).bind(measure.id).bind(starts).bind(baseline_to).bind(reason.to_owned());
    let query =
        query.bind(by).bind(now).bind(agreed.then_some(by)).bind(agreed.then_some(now)).bind(locked).bind(replaces);
    tx.later(query).await?;
    Ok(id)
}

const AGREE: &str = "UPDATE phase SET agreed_by = $2, agreed_at = $3 WHERE id = $1";

/// A second person agrees.
pub async fn agree_to_phase(tx: &mut Tx, phase: PhaseId, by: PersonId) -> sqlx::Result<()> {
    let now = tx.now();
    tx.later(query(AGREE).bind(phase).bind(by).bind(now)).await
}

const REVIVE: &str = "UPDATE phase SET ended_by = NULL, ended_at = NULL, ended_words = '' WHERE id = $1";

/// Let limits that were replaced hold again.
pub async fn revive_phase(tx: &mut Tx, phase: PhaseId) -> sqlx::Result<()> {
    tx.later(query(REVIVE).bind(phase)).await
}

const END: &str = "UPDATE phase SET ended_by = $2, ended_at = $3, ended_words = $4 WHERE id = $1";

/// Take new limits back, or do not agree to them; the row stays with who, when and why.
pub async fn end_phase(tx: &mut Tx, phase: PhaseId, by: PersonId, words: &str) -> sqlx::Result<()> {
    let now = tx.now();
    tx.later(query(END).bind(phase).bind(by).bind(now).bind(words.to_owned())).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_locked_value_reads_back_as_it_was_written(sum in 0.0..1e6, slips in 1..400i32) {
            let start = "2026-01-05".parse().unwrap();
            let value = sum / f64::from(slips);
            let counts = (Some(sum), Some(f64::from(slips)));
            let point = Point { numerator: counts.0, denominator: counts.1, ..Point::plain(start, Some(value)) };
            let text = as_kept(&[point], (start, start)).unwrap();
            let kept: Vec<Locked> = serde_json::from_str(&text).unwrap();
            prop_assert_eq!((kept[0].value, kept[0].numerator, kept[0].denominator), (value, counts.0, counts.1));
        }
    }
}
