//! Where the chart of a measure begins anew: limits that people set and versions of its definition; and what explains a
//! shift: experiments that began, signals about which somebody said what is known.

use super::phases::NewLimits;
use super::versions::Version;
use super::whose::{Whose, by_whose};
use crate::db::Ask;
use crate::ids::{MeasureId, PhaseId};
use crate::spc::{PhaseStart, Point, Side};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::HashMap;

/// All beginnings of one measure.
#[derive(Clone, Debug, Default)]
pub struct Beginnings {
    /// The limits that hold, oldest first.
    pub phases: Vec<NewLimits>,
    pub waiting: Option<NewLimits>,
    /// All versions of the definition, also one that has not begun.
    pub versions: Vec<Version>,
    /// The signals about which somebody said what is known.
    pub explained: Vec<Explained>,
    /// The first days of the experiments on it that have begun.
    pub experiments: Vec<NaiveDate>,
}

/// A signal that somebody explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The first period that belongs to it.
    pub since: NaiveDate,
    /// The period of the value at which it was seen.
    pub period: NaiveDate,
    pub side: Side,
}

impl Beginnings {
    /// The limits that hold from a period on.
    pub fn at(&self, starts: NaiveDate) -> Option<&NewLimits> {
        self.phases.iter().find(|phase| phase.starts == starts)
    }

    /// The phases of a series by the places of their periods. A version of the definition up to `begun` begins a phase of
    /// its own; one that begins after the last value is left out.
    pub fn starts(&self, begun: i64, points: &[Point]) -> Vec<PhaseStart> {
        let place = |period: NaiveDate| points.iter().position(|point| point.period >= period);
        let mut starts: Vec<PhaseStart> = self.phases.iter().filter_map(|phase| phase.start(points)).collect();
        for version in self.versions.iter().filter(|version| version.version <= begun) {
            let Some(start) = version.starts.and_then(place) else { continue };
            let reason = format!("New definition: {}", version.reason);
            match starts.iter_mut().find(|known| known.start == start) {
                Some(known) => known.reason = reason,
                None => starts.push(PhaseStart { start, baseline: None, reason, ..PhaseStart::default() }),
            }
        }
        starts
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    measure_id: MeasureId,
    version: Option<i64>,
    id: Option<PhaseId>,
    starts: Option<NaiveDate>,
    baseline_from: Option<NaiveDate>,
    baseline_to: Option<NaiveDate>,
    reason: String,
    set_by: Option<String>,
    agreed_by: Option<String>,
    agreed_at: Option<DateTime<Utc>>,
    locked: Option<String>,
    replaces: Option<PhaseId>,
    how_counted: Option<String>,
    /// The side of a signal; none for what is no signal.
    side: Option<Side>,
}

macro_rules! rows {
    ($whose:literal) => {
        concat!(
            "SELECT phase.measure_id, CAST(NULL AS BIGINT) AS version, phase.id, phase.starts, phase.baseline_from,
                    phase.baseline_to, phase.reason, person.name AS set_by, second.name AS agreed_by, phase.agreed_at,
                    phase.locked, phase.replaces, CAST(NULL AS TEXT) AS how_counted,
                    CAST(NULL AS TEXT) AS side
             FROM phase
             JOIN person ON person.id = phase.set_by
             LEFT JOIN person AS second ON second.id = phase.agreed_by
             WHERE phase.ended_at IS NULL AND phase.measure_id ",
            $whose,
            " UNION ALL
             SELECT measure_id, version, CAST(NULL AS UUID), starts, CAST(NULL AS DATE), CAST(NULL AS DATE), reason,
                    CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TIMESTAMPTZ), CAST(NULL AS TEXT),
                    CAST(NULL AS UUID), how_counted, CAST(NULL AS TEXT)
             FROM measure_version
             WHERE measure_id ",
            $whose,
            " UNION ALL
             SELECT measure_id, CAST(NULL AS BIGINT), CAST(NULL AS UUID), since, period, CAST(NULL AS DATE), words,
                    CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TIMESTAMPTZ), CAST(NULL AS TEXT),
                    CAST(NULL AS UUID), CAST(NULL AS TEXT), side
             FROM measure_signal
             WHERE answer IS NOT NULL AND answer <> 'gone' AND measure_id ",
            $whose,
            " UNION ALL
             SELECT measure_id, CAST(NULL AS BIGINT), CAST(NULL AS UUID), starts_on, CAST(NULL AS DATE),
                    CAST(NULL AS DATE), '', CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TIMESTAMPTZ),
                    CAST(NULL AS TEXT), CAST(NULL AS UUID), CAST(NULL AS TEXT), CAST(NULL AS TEXT)
             FROM experiment
             WHERE state NOT IN ('drafting', 'safe_check', 'ready', 'dropped') AND measure_id ",
            $whose,
            " ORDER BY 1, 2, 4"
        )
    };
}

const ROWS: [&str; 4] = by_whose!(rows);

/// The beginnings of one measure.
pub fn beginnings(measure: MeasureId) -> Ask<Beginnings> {
    Whose::Measure(measure).query(ROWS).all().map(|rows| rows.into_iter().fold(Beginnings::default(), Beginnings::with))
}

/// The beginnings of many measures.
pub fn beginnings_by_measure(whose: Whose) -> Ask<HashMap<MeasureId, Beginnings>> {
    whose.query::<Row>(ROWS).all().map(|rows| {
        let mut all: HashMap<MeasureId, Beginnings> = HashMap::new();
        for row in rows {
            let known = all.remove(&row.measure_id).unwrap_or_default();
            all.insert(row.measure_id, known.with(row));
        }
        all
    })
}

impl Beginnings {
    fn with(mut self, row: Row) -> Self {
        let Row { version, starts, reason, .. } = row;
        if let (Some(day), None, None) = (starts, version, row.baseline_from) {
            self.experiments.push(day);
            return self;
        }
        if let (Some(side), Some(since), Some(period)) = (row.side, starts, row.baseline_from) {
            self.explained.push(Explained { since, period, side });
        } else if let (Some(version), Some(how_counted)) = (version, row.how_counted) {
            self.versions.push(Version { version, starts, how_counted, reason });
        } else if let (Some(id), Some(starts), Some(baseline_from), Some(set_by)) =
            (row.id, starts, row.baseline_from, row.set_by)
        {
            let Row { baseline_to, agreed_by, locked, replaces, .. } = row;
            let limits =
                NewLimits { id, starts, baseline_from, baseline_to, reason, set_by, agreed_by, locked, replaces };
            if row.agreed_at.is_some() { self.phases.push(limits) } else { self.waiting = Some(limits) }
        }
        self
    }
}
