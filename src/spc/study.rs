//! A series read as a whole: its phases, the limits of each and the signals inside it.
//!
//! Limits and rules of each phase stand alone. A new phase begins only when a person says so, with a reason; nothing
//! here re-bases by itself, and old phases keep their limits.

use super::baseline::Baseline;
use super::limit_lines::LimitLines;
use super::limits::mean;
use super::point::clip;
use super::rules::{large_jumps, signals, trends};
use super::season::{Adjustment, own_baseline};
use super::{Applied, Bounds, Firmness, Limits, Options, Point, Rule, Side, Signal, Trend};
use std::borrow::Cow;
use std::ops::Range;

/// Where a person let new limits begin, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PhaseStart {
    /// Index of the first value of the phase.
    pub start: usize,
    /// The values that give the limits, as chosen by a person; `None` for the
    /// [first seventeen](super::season::own_baseline).
    pub baseline: Option<Range<usize>>,
    pub reason: String,
    /// The values of the baseline as they were when a person locked it, for limits that later corrections do not move;
    /// empty when nobody did.
    pub locked: Vec<Point>,
}

impl PhaseStart {
    /// The series that gives the limits: as it is, but for the values of a locked baseline, which are as they were.
    pub(crate) fn reference<'a>(&self, points: &'a [Point], baseline: &Range<usize>) -> Cow<'a, [Point]> {
        if self.locked.is_empty() {
            return Cow::Borrowed(points);
        }
        let as_locked = |(at, point): (usize, &Point)| match self.locked.iter().find(|old| old.period == point.period) {
            Some(old) if baseline.contains(&at) => old.clone(),
            None if baseline.contains(&at) => Point::plain(point.period, None),
            _ => point.clone(),
        };
        Cow::Owned(points.iter().enumerate().map(as_locked).collect())
    }

    /// Whether the values of a locked baseline are others now.
    pub fn has_moved(&self, points: &[Point]) -> bool {
        let baseline = self.baseline.clone().unwrap_or_default();
        let now = points[clip(baseline.clone(), points)].iter().filter(|point| point.present().is_some());
        !self.locked.is_empty() && !now.eq(self.locked.iter().filter(|point| point.present().is_some()))
    }
}

/// A stretch of the series with limits of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    pub range: Range<usize>,
    pub baseline: Range<usize>,
    /// Whether a person chose them: such limits stay as they are, however few values they come from.
    pub locked: bool,
    /// Why it began; empty for the first phase of a measure.
    pub reason: String,
    /// How many values of the baseline are present and not excluded.
    pub values: usize,
    pub firmness: Firmness,
    /// Their mean, from two values on; with limits it is the centre line of those.
    pub mean: Option<f64>,
    /// The lines to draw and to judge by, from six values on. Where lines differ from value to value these are the
    /// lines at the mean volume and at the middle of the baseline; [`Phase::bounds`] has those of each value.
    pub limits: Option<Limits>,
    pub adjustment: Adjustment,
    /// Signals inside the phase, in the order in which they could be seen.
    pub signals: Vec<Signal>,
    /// Indexes of values that jumped further than the moving ranges allow; not an alarm.
    pub large_jumps: Vec<usize>,
    /// Trends, if the rules ask for them; no part of `signals`, as a trend says nothing about the level.
    pub trends: Vec<Trend>,
    /// The centre and the limits of each value, where they differ.
    varying: Vec<(Option<f64>, Bounds)>,
}

/// What one value belongs to: a value knows all rules, not only the strongest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    pub outside: Option<Side>,
    pub run: Option<Side>,
    /// One of three of four near a limit, on this side.
    pub three_of_four: Option<Side>,
    /// In a trend, if the rules ask for it: whether it rises.
    pub rising: Option<bool>,
}

impl Marks {
    /// The sides of the signals it belongs to, the strongest first.
    pub fn sides(self) -> [Option<Side>; 3] {
        [self.outside, self.run, self.three_of_four]
    }

    /// Whether the value belongs to any signal.
    pub fn any(self) -> bool {
        self != Self::default()
    }
}

/// A series read as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// The phases, oldest first; together they cover the series.
    pub phases: Vec<Phase>,
    /// What each value belongs to, one entry per point.
    pub marks: Vec<Marks>,
    /// The values as they were judged and as they are drawn between the limits, one per point: divided by the factor
    /// of the season, or as they came.
    pub values: Vec<Option<f64>>,
    pub applied: Applied,
}

impl Study {
    /// The phase the process is in now.
    pub fn current(&self) -> Option<&Phase> {
        self.phases.last()
    }

    /// All signals of all phases, oldest phase first.
    pub fn signals(&self) -> impl Iterator<Item = &Signal> {
        self.phases.iter().flat_map(|phase| &phase.signals)
    }

    /// The phase a value belongs to.
    pub fn phase_of(&self, at: usize) -> Option<&Phase> {
        self.phases.iter().find(|phase| phase.range.contains(&at))
    }
}

impl Phase {
    /// Whether the baseline is free of signals. If it is not, the limits describe a mixture and a person should look.
    pub fn baseline_is_quiet(&self) -> bool {
        !self.signals.iter().flat_map(|signal| &signal.points).any(|at| self.baseline.contains(at))
    }

    /// The limits that hold for the value at an index of the series: the same for all values in a plain chart,
    /// different ones where limits follow the volume or the centre slopes.
    pub fn bounds(&self, at: usize) -> Bounds {
        match (self.limits, self.limits_differ()) {
            (Some(_), true) => self.of_value(at).map(|(_, bounds)| bounds).unwrap_or_default(),
            (Some(limits), false) => Bounds { upper: limits.upper, lower: limits.lower },
            (None, _) => Bounds::default(),
        }
    }

    /// The centre line at an index of the series.
    pub fn centre(&self, at: usize) -> Option<f64> {
        if self.limits_differ() { self.of_value(at).and_then(|(centre, _)| centre) } else { self.mean }
    }

    /// Whether [`Phase::bounds`] and [`Phase::centre`] differ from value to value.
    pub fn limits_differ(&self) -> bool {
        !self.varying.is_empty()
    }

    fn of_value(&self, at: usize) -> Option<(Option<f64>, Bounds)> {
        self.varying.get(at.checked_sub(self.range.start)?).copied()
    }
}

/// Reads a series: limits, firmness and signals of each phase. Starts may come in any order; values before the first
/// start are a phase of their own.
pub fn study(points: &[Point], phases: &[PhaseStart], options: &Options) -> Study {
    let mut starts: Vec<&PhaseStart> = phases.iter().filter(|phase| phase.start < points.len()).collect();
    starts.sort_by_key(|phase| phase.start);
    let first = PhaseStart::default();
    if starts.first().is_none_or(|phase| phase.start > 0) {
        starts.insert(0, &first);
    }
    let ends = starts.iter().skip(1).map(|phase| phase.start).chain([points.len()]);
    let mut read = Study { phases: Vec::new(), marks: Vec::new(), values: Vec::new(), applied: options.applied() };
    for (start, end) in starts.iter().zip(ends) {
        let before = read.current().map(|phase| phase.adjustment.clone()).unwrap_or_default();
        let (phase, values) = read_phase(points, start, end, &before, options);
        read.phases.push(phase);
        read.values.extend(values);
    }
    read.marks = marks(points.len(), &read.phases);
    read
}

/// One phase, and its values as they were judged.
fn read_phase(
    points: &[Point],
    start: &PhaseStart,
    end: usize,
    before: &Adjustment,
    options: &Options,
) -> (Phase, Vec<Option<f64>>) {
    let range = start.start..end;
    let baseline = start
        .baseline
        .clone()
        .map_or_else(|| own_baseline(range.clone(), points, options), |chosen| clip(chosen, points));
    let reference = start.reference(points, &baseline);
    let laid = Baseline::over(points, &reference, baseline.clone(), before, options);
    let (points, lines, firmness) = (&laid.points, laid.lines, laid.firmness());
    let varying = |lines: LimitLines| {
        // A steep line leaves the figures there are; no line is drawn there.
        let centre = |at: usize| Some(lines.centre().at(at)).filter(|centre| centre.is_finite());
        let of_value = |at: usize| (centre(at), lines.bounds(at, &points[at], options));
        if lines.vary() { range.clone().map(of_value).collect() } else { Vec::new() }
    };
    let plain_mean = || (firmness >= Firmness::Mean).then(|| mean(points, baseline.clone())).flatten();
    let phase = Phase {
        mean: lines.map(|lines| lines.limits.mean).or_else(plain_mean),
        signals: lines.map_or_else(Vec::new, |lines| signals(points, range.clone(), &lines, options)),
        large_jumps: lines.map_or_else(Vec::new, |lines| large_jumps(points, range.clone(), &lines, options)),
        trends: lines.map_or_else(Vec::new, |lines| trends(points, range.clone(), &lines, options)),
        varying: lines.map_or_else(Vec::new, varying),
        values: laid.values,
        limits: lines.map(|lines| lines.limits),
        adjustment: laid.adjustment,
        firmness,
        baseline,
        locked: start.baseline.is_some(),
        reason: start.reason.clone(),
        range: range.clone(),
    };
    let values = points[range].iter().map(Point::present).collect();
    (phase, values)
}

fn marks(length: usize, phases: &[Phase]) -> Vec<Marks> {
    let mut marks = vec![Marks::default(); length];
    for signal in phases.iter().flat_map(|phase| &phase.signals) {
        for &at in &signal.points {
            let mark = match signal.rule {
                Rule::Outside => &mut marks[at].outside,
                Rule::RunOfEight => &mut marks[at].run,
                Rule::ThreeOfFour => &mut marks[at].three_of_four,
            };
            *mark = Some(signal.side);
        }
    }
    for trend in phases.iter().flat_map(|phase| &phase.trends) {
        for &at in &trend.points {
            marks[at].rising = Some(trend.rising);
        }
    }
    marks
}

#[cfg(test)]
pub(super) mod tests;

#[cfg(test)]
mod laws;
