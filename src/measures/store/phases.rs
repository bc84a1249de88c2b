//! The rows of new limits: from which period, made from which values, by whom and why, and who agreed.

use crate::db::{Tx, query};
use crate::ids::{MeasureId, PersonId, PhaseId};
use crate::spc::{PhaseStart, Point};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// New limits from a period on.
#[derive(Clone, Debug)]
pub struct NewLimits {
    pub id: PhaseId,
    /// The first period of the phase.
    pub starts: NaiveDate,
    /// The first period of the values that give the limits.
    pub baseline_from: NaiveDate,
    /// The last period of them; nothing for the phase's own first values.
    pub baseline_to: Option<NaiveDate>,
    pub reason: String,
    pub set_by: String,
    pub agreed_by: Option<String>,
    /// The values that give the limits, as they were when they were locked, for [`Locked`].
    pub(super) locked: Option<String>,
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
    /// The same by the places of its periods in a series; nothing when it begins after the last value.
    pub(super) fn start(&self, points: &[Point]) -> Option<PhaseStart> {
        let place = |period: NaiveDate| points.iter().position(|point| point.period >= period);
        let after = |period: NaiveDate| points.iter().position(|point| point.period > period).unwrap_or(points.len());
        let baseline = self.baseline_to.and_then(|last| Some(place(self.baseline_from)?..after(last)));
        Some(PhaseStart { start: place(self.starts)?, baseline, reason: self.reason.clone(), locked: self.locked() })
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
    (measure, points): (MeasureId, &[Point]),
    (starts, baseline_to): (NaiveDate, Option<NaiveDate>),
    reason: &str,
    by: PersonId,
    (agreed, replaces): (bool, Option<PhaseId>),
) -> sqlx::Result<PhaseId> {
    let (id, now) = (tx.new_id::<PhaseId>(), tx.now());
    let locked = baseline_to.and_then(|last| as_kept(points, (starts, last)));
    let query = query(ADD).bind(id).bind(measure).bind(starts).bind(baseline_to).bind(reason.to_owned());
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
