//! A series read as a whole: its phases, the limits of each and the signals inside it.
//!
//! Limits and rules of each phase stand alone. A new phase begins only when a person says so, with a reason; nothing
//! here re-bases by itself, and old phases keep their limits.

use std::ops::Range;

use super::limits::{Firmness, Limits, Options, Point, clip, count, mean, own_baseline};
use super::signals::{Rule, Side, Signal, large_jumps, signals};

/// Where a person let new limits begin, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseStart {
    /// Index of the first value of the phase.
    pub start: usize,
    /// The values that give the limits, as chosen by a person; `None` for [`own_baseline`].
    pub baseline: Option<Range<usize>>,
    /// The reason, shown at the start of the phase.
    pub reason: String,
}

/// A stretch of the series with limits of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// Indexes of its values.
    pub range: Range<usize>,
    /// Indexes of the values that give the limits.
    pub baseline: Range<usize>,
    /// Why it began; empty for the first phase of a measure.
    pub reason: String,
    /// How many values of the baseline are present and not excluded.
    pub values: usize,
    /// How far they carry.
    pub firmness: Firmness,
    /// Their mean, from two values on.
    pub mean: Option<f64>,
    /// The lines to draw and to judge by, from six values on.
    pub limits: Option<Limits>,
    /// Signals inside the phase, in the order in which they could be seen.
    pub signals: Vec<Signal>,
    /// Indexes of values that jumped further than the moving ranges allow; not an alarm.
    pub large_jumps: Vec<usize>,
}

/// What one value belongs to: a value knows all rules, not only the strongest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Outside a limit, on this side.
    pub outside: Option<Side>,
    /// In a run of eight, on this side.
    pub run: Option<Side>,
    /// One of three of four near a limit, on this side.
    pub three_of_four: Option<Side>,
}

impl Marks {
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

/// The limits that hold at one value; one is missing beyond what can occur, and both while there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The upper limit to draw and to break.
    pub upper: Option<f64>,
    /// The lower limit to draw and to break.
    pub lower: Option<f64>,
}

impl Phase {
    /// The limits at a value of the phase.
    pub fn bounds(&self, _at: usize) -> Bounds {
        self.limits.map_or_else(Bounds::default, |limits| Bounds { upper: limits.upper, lower: limits.lower })
    }

    /// Whether the baseline is free of signals. If it is not, the limits describe a mixture and a person should look.
    pub fn baseline_is_quiet(&self) -> bool {
        !self.signals.iter().flat_map(|signal| &signal.points).any(|at| self.baseline.contains(at))
    }
}

/// Reads a series: limits, firmness and signals of each phase. Starts may come in any order; values before the first
/// start are a phase of their own.
pub fn study(points: &[Point], phases: &[PhaseStart], options: &Options) -> Study {
    let mut starts: Vec<&PhaseStart> = phases.iter().filter(|phase| phase.start < points.len()).collect();
    starts.sort_by_key(|phase| phase.start);
    let first = PhaseStart { start: 0, baseline: None, reason: String::new() };
    if starts.first().is_none_or(|phase| phase.start > 0) {
        starts.insert(0, &first);
    }
    let ends = starts.iter().skip(1).map(|phase| phase.start).chain([points.len()]);
    let phases: Vec<Phase> =
        starts.iter().zip(ends).map(|(start, end)| read_phase(points, start, end, options)).collect();
    let marks = marks(points.len(), &phases);
    Study { phases, marks }
}

fn read_phase(points: &[Point], start: &PhaseStart, end: usize, options: &Options) -> Phase {
    let range = start.start..end;
    let baseline =
        start.baseline.clone().map_or_else(|| own_baseline(range.clone(), points), |chosen| clip(chosen, points));
    let values = count(points, baseline.clone());
    let firmness = Firmness::of(values);
    let limits = (firmness >= Firmness::Provisional).then(|| Limits::of(points, baseline.clone(), options)).flatten();
    Phase {
        mean: (firmness >= Firmness::Mean).then(|| mean(points, baseline.clone())).flatten(),
        signals: limits.map_or_else(Vec::new, |lines| signals(points, range.clone(), &lines, options)),
        large_jumps: limits.map_or_else(Vec::new, |lines| large_jumps(points, range.clone(), &lines, options)),
        range,
        baseline,
        reason: start.reason.clone(),
        values,
        firmness,
        limits,
    }
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
    marks
}

#[cfg(test)]
#[path = "study_tests.rs"]
pub(super) mod tests;
