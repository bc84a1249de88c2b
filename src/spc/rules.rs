//! The rules that tell a signal from routine variation.
//!
//! Three of Wheeler's rules raise a signal: a value outside a limit, eight in a row on one side of the mean, and three
//! of four beyond a half-way line; other sets of rules can be chosen. Each is looked for inside one stretch of values
//! that share their limits; nothing is counted across its start. Missing and excluded values are passed over: they
//! neither add to a run nor end it.

pub mod bits;
pub mod masks;

use std::ops::Range;

use super::limit_lines::LimitLines;
use super::limits::Limits;
use super::options::{Better, Options, Tie};
use super::point::Point;
use super::point::clip;
use super::tolerance::{above, below};
use masks::{Found, Masks, Thresholds, Zone, steps};

/// A side of the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Larger than the mean.
    Above,
    /// Smaller than the mean.
    Below,
}

impl Side {
    /// The other side.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Above => Self::Below,
            Self::Below => Self::Above,
        }
    }

    /// Whether `figure` lies beyond `line` on this side, not on it.
    pub fn beyond(self, figure: f64, line: f64) -> bool {
        match self {
            Self::Above => above(figure, line),
            Self::Below => below(figure, line),
        }
    }
}

impl Better {
    /// The side that is wanted, if one is.
    pub fn side(self) -> Option<Side> {
        match self {
            Self::Lower => Some(Side::Below),
            Self::Higher => Some(Side::Above),
            Self::Neither => None,
        }
    }
}

/// The three rules that raise a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Rule 1: a value outside a limit.
    Outside,
    /// Rule 2: eight or more successive values on one side of the mean; seven in the NHS set.
    RunOfEight,
    /// Rule 3: at least three of four successive values beyond the same half-way line. In the NHS set its place is
    /// taken by two of three between the two-sigma line and the limit.
    ThreeOfFour,
}

/// One signal: which rule, which side, which values, and when it could first be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    pub rule: Rule,
    /// The side on which the values lie.
    pub side: Side,
    /// Indexes of the values that belong to it, oldest first.
    pub points: Vec<usize>,
    /// From the first to the last value that was looked at: for rule 3 the whole windows, also those not near a limit.
    pub window: Range<usize>,
    /// Index of the value at which it was complete. An alarm is raised once, at this value.
    pub first_seen_at: usize,
}

/// Seven or more values in a row, each higher (or each lower) than the one before.
///
/// Only the NHS set looks for it. It says nothing about the level, so it has no side and no part in the verdict on an
/// experiment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trend {
    /// Whether the values rise; otherwise they fall.
    pub rising: bool,
    /// Indexes of the values that belong to it, oldest first.
    pub points: Vec<usize>,
    /// Index of the value at which it was complete.
    pub first_seen_at: usize,
}

/// All signals inside `range` against `limits`, in the order in which they could be seen.
pub fn signals(points: &[Point], range: Range<usize>, limits: &Limits, options: &Options) -> Vec<Signal> {
    signals_by(points, range, &LimitLines::plain(*limits), options)
}

/// All signals inside `range` against lines that may differ from value to value.
pub fn signals_by(points: &[Point], range: Range<usize>, lines: &LimitLines, options: &Options) -> Vec<Signal> {
    let thresholds = Thresholds::new(&lines.limits, options.rules.zone(), !lines.vary());
    let mut masks = Masks::default();
    let present = judged(points, clip(range.clone(), points), lines, |_| true);
    masks.compare(&present.values, &thresholds);
    let mut found = outside(points, &present, &masks, lines, options);
    let counted = judged(points, clip(range, points), lines, |point| !point.excluded);
    if counted.at.len() != present.at.len() {
        masks.compare(&counted.values, &thresholds);
    }
    masks.find(options);
    for side in [Side::Above, Side::Below] {
        found.extend(runs(&counted.at, side, &masks, options));
    }
    if let Some(zone) = options.rules.zone() {
        found.extend(zones(&counted.at, &masks, zone));
    }
    found.sort_by_key(|signal| signal.first_seen_at);
    found
}

/// What a rule about a few values near a limit finds inside `range`, whatever rules are chosen.
pub fn near_limit(points: &[Point], range: Range<usize>, lines: &LimitLines, zone: Zone) -> Vec<Signal> {
    let counted = judged(points, clip(range, points), lines, |point| !point.excluded);
    let mut masks = Masks::default();
    masks.compare(&counted.values, &Thresholds::new(&lines.limits, Some(zone), !lines.vary()));
    masks.find_zone(zone);
    zones(&counted.at, &masks, zone)
}

/// The trends inside `range`, if the rules ask for them.
pub fn trends(points: &[Point], range: Range<usize>, lines: &LimitLines, options: &Options) -> Vec<Trend> {
    options.rules.trend().map_or_else(Vec::new, |length| trends_of(points, range, lines, length))
}

/// The trends of at least `length` values inside `range`.
pub fn trends_of(points: &[Point], range: Range<usize>, lines: &LimitLines, length: usize) -> Vec<Trend> {
    let Judged { at, values } = judged(points, clip(range, points), lines, |point| !point.excluded);
    let mut found = Vec::new();
    for rising in [true, false] {
        let mut runs = steps(&values, rising);
        runs.keep_runs(length.saturating_sub(1));
        found.extend(runs.stretches().into_iter().map(|steps| {
            let first = steps.start - 1;
            Trend { rising, points: at[first..steps.end].to_vec(), first_seen_at: at[first + length - 1] }
        }));
    }
    found.sort_by_key(|trend| trend.first_seen_at);
    found
}

/// Indexes of the values that jumped by more than the moving ranges allow. Shown, but not an alarm: a large jump
/// mostly shows in the values as well.
pub fn large_jumps(points: &[Point], range: Range<usize>, limits: &Limits, options: &Options) -> Vec<usize> {
    large_jumps_by(points, range, &LimitLines::plain(*limits), options)
}

/// Indexes of the values that jumped by more than the moving ranges allow, by lines that may differ.
pub fn large_jumps_by(points: &[Point], range: Range<usize>, lines: &LimitLines, options: &Options) -> Vec<usize> {
    let ranges = lines.moving_ranges(points, range, options).into_iter();
    ranges.filter_map(|(at, size)| above(size, lines.limits.url_mr).then_some(at)).collect()
}

/// Values with their indexes, moved to where they would lie on the plain chart.
#[derive(Default)]
struct Judged {
    at: Vec<usize>,
    values: Vec<f64>,
}

fn judged(points: &[Point], range: Range<usize>, lines: &LimitLines, takes_part: impl Fn(&Point) -> bool) -> Judged {
    let taken = range.filter(|&at| takes_part(&points[at]));
    let (at, values) = taken.filter_map(|at| Some((at, lines.judged(at, &points[at])?))).unzip();
    Judged { at, values }
}

fn of_side(masks: &Masks, side: Side) -> &Found {
    match side {
        Side::Above => &masks.above,
        Side::Below => &masks.below,
    }
}

/// Rule 1. It looks at excluded values, too: leaving a value out of the mean does not make it usual. Where lines
/// differ, a limit may lie beyond what can occur for some values only.
fn outside(points: &[Point], present: &Judged, masks: &Masks, lines: &LimitLines, options: &Options) -> Vec<Signal> {
    let drawn = |side: Side, at: usize| {
        let bounds = lines.bounds(at, &points[at], options);
        if side == Side::Above { bounds.upper.is_some() } else { bounds.lower.is_some() }
    };
    let signal = |side: Side, at: usize| {
        let (rule, window) = (Rule::Outside, at..at + 1);
        drawn(side, at).then(|| Signal { rule, side, points: vec![at], window, first_seen_at: at })
    };
    let found = [Side::Above, Side::Below].map(|side| {
        let places = of_side(masks, side).outside.ones();
        places.filter_map(|place| signal(side, present.at[place])).collect::<Vec<_>>()
    });
    found.concat()
}

/// Rule 2, one signal per run however long it grows. A run goes on over values on the mean if those are passed over.
fn runs(at: &[usize], side: Side, masks: &Masks, options: &Options) -> Vec<Signal> {
    let others = &of_side(masks, side.opposite()).side;
    let over_ties = |between: Range<usize>| options.tie == Tie::Skips && !between.into_iter().any(|at| others.has(at));
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut last: Option<usize> = None;
    for place in of_side(masks, side).run.ones() {
        let goes_on = last.is_some_and(|last| place == last + 1 || over_ties(last + 1..place));
        match found.last_mut().filter(|_| goes_on) {
            Some(run) => run.push(at[place]),
            None => found.push(vec![at[place]]),
        }
        last = Some(place);
    }
    let signal = |points: Vec<usize>| {
        let first_seen_at = *points.get(options.run().checked_sub(1)?)?;
        let window = *points.first()?..points.last()? + 1;
        Some(Signal { rule: Rule::RunOfEight, side, points, window, first_seen_at })
    };
    found.into_iter().filter_map(signal).collect()
}

/// Rule 3: one signal per side and unbroken stretch of such windows. The last value of a window may lie anywhere.
fn zones(at: &[usize], masks: &Masks, zone: Zone) -> Vec<Signal> {
    let signal = |side: Side, ends: Range<usize>| {
        let places = ends.start + 1 - zone.window()..ends.end;
        let marked = places.clone().filter(|&place| of_side(masks, side).zone.has(place));
        Signal {
            rule: Rule::ThreeOfFour,
            side,
            points: marked.map(|place| at[place]).collect(),
            window: at[places.start]..at[ends.end - 1] + 1,
            first_seen_at: at[ends.start],
        }
    };
    let of_one = |side: Side| of_side(masks, side).ends.stretches().into_iter().map(move |ends| signal(side, ends));
    of_one(Side::Above).chain(of_one(Side::Below)).collect()
}

#[cfg(test)]
mod tests;
