//! Watching a level: whether it slips against the limits that hold now, with a fresh count.
//!
//! Values before the watch began count towards no run and no window, so that what was answered once is not told again.

use super::baseline::Baseline;
use super::rules::signals;
use super::season::own_baseline;
use super::{Options, PhaseStart, Point, Side, Signal, study};

/// What a watch sees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Watched {
    /// From how many values the limits of the current phase come.
    pub values: usize,
    /// Whether there are limits at all.
    pub has_limits: bool,
    /// Signals since the watch began, in the order in which they could be seen.
    pub signals: Vec<Signal>,
}

impl Watched {
    /// The first signal on a side.
    pub fn first(&self, side: Side) -> Option<&Signal> {
        self.signals.iter().find(|signal| signal.side == side)
    }
}

/// Reads the values from index `since` on by the limits of the current phase.
pub fn watch(points: &[Point], phases: &[PhaseStart], since: usize, options: &Options) -> Watched {
    let start = phases.iter().filter(|phase| phase.start < points.len()).max_by_key(|phase| phase.start);
    let first = PhaseStart::default();
    let start = start.unwrap_or(&first);
    let own = start.start..points.len();
    let baseline = start.baseline.clone().unwrap_or_else(|| own_baseline(own.clone(), points, options));
    let reference = start.reference(points, &baseline);
    let read = study(points, phases, options);
    let before = read.phases.iter().rev().nth(1).map(|phase| phase.adjustment.clone()).unwrap_or_default();
    let laid = Baseline::over(points, &reference, baseline, &before, options);
    let counted = since.max(own.start)..points.len();
    let signals = laid.lines.as_ref().map_or_else(Vec::new, |lines| signals(&laid.points, counted, lines, options));
    Watched { values: laid.values, has_limits: laid.lines.is_some(), signals }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spc::Rule;
    use chrono::NaiveDate;

    fn points(values: impl IntoIterator<Item = f64>) -> Vec<Point> {
        let weeks = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap().iter_weeks();
        weeks.zip(values).map(|(week, value)| Point::plain(week, Some(value))).collect()
    }

    #[test]
    fn a_run_is_counted_from_the_beginning_of_the_watch() {
        let usual = [10.0, 12.0, 11.0, 9.0].into_iter().cycle().take(20);
        let points = points(usual.chain([12.0; 8]));
        let seen = |since| watch(&points, &[], since, &Options::default());
        assert_eq!(seen(20).first(Side::Above).map(|signal| (signal.rule, signal.first_seen_at)), {
            Some((Rule::RunOfEight, 27))
        });
        assert_eq!(seen(21).first(Side::Above), None);
        assert_eq!(seen(20).first(Side::Below), None);
        assert_eq!(seen(20).values, 17);
    }

    #[test]
    fn the_limits_are_those_of_the_current_phase() {
        let before = [50.0, 54.0, 52.0].into_iter().cycle().take(12);
        let after = [30.0, 33.0, 31.0].into_iter().cycle().take(12);
        let points = points(before.chain(after).chain([45.0]));
        let phases = [PhaseStart { start: 12, baseline: Some(12..24), ..PhaseStart::default() }];
        let seen = watch(&points, &phases, 12, &Options::default());
        assert_eq!(
            seen.first(Side::Above).map(|signal| (signal.rule, signal.first_seen_at)),
            Some((Rule::Outside, 24))
        );
        assert_eq!(watch(&points[..3], &[], 0, &Options::default()), Watched { values: 3, ..Watched::default() });
    }
}
