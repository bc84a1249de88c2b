//! The rules that tell a signal from routine variation.
//!
//! Three of Wheeler's rules raise a signal: a value outside a limit, eight in a row on one side of the mean, and three
//! of four beyond a half-way line; other sets of rules can be chosen. Each is looked for inside one stretch of values
//! that share their limits; nothing is counted across its start. Missing and excluded values are passed over: they
//! neither add to a run nor end it.

use super::limit_lines::LimitLines;
use super::point::clip;
use super::tolerance::{above, below, just_above};
use super::{Better, Options, Point, RuleSet, Tie};
use std::ops::Range;

/// A side of the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Side {
    Above,
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

    /// Where it is, and the limit of this side: `above`, `upper`.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Above => ("above", "upper"),
            Self::Below => ("below", "lower"),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Rule {
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
    pub rising: bool,
    /// Indexes of the values that belong to it, oldest first.
    pub points: Vec<usize>,
    /// Index of the value at which it was complete.
    pub first_seen_at: usize,
}

/// A rule about a few successive values near a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// At least three of four beyond the half-way line, beyond the limit too.
    ThreeOfFour,
    /// At least two of three beyond the two-sigma line, beyond the limit too (Western Electric).
    TwoOfThree,
    /// At least two of three between the two-sigma line and the limit, all three on one side of the mean (NHS England).
    TwoOfThreeInside,
}

impl Zone {
    /// How many values a window has.
    fn window(self) -> usize {
        if self == Self::ThreeOfFour { 4 } else { 3 }
    }
}

impl RuleSet {
    /// The rule about values near a limit.
    fn zone(self) -> Option<Zone> {
        match self {
            Self::Three => Some(Zone::ThreeOfFour),
            Self::Two | Self::One => None,
            Self::Nhs => Some(Zone::TwoOfThreeInside),
        }
    }

    /// How many values in a row that rise, or fall, are a signal.
    pub fn trend(self) -> Option<usize> {
        (self == Self::Nhs).then_some(7)
    }
}

/// The lines a value is compared with on one side of the mean, each moved out by the tolerance. Below the mean all
/// figures are turned round, so that one comparison serves both sides.
#[derive(Clone, Copy, Debug)]
struct Thresholds {
    side: Side,
    sign: f64,
    mean: f64,
    near: f64,
    limit: f64,
}

impl Thresholds {
    /// The lines of both sides. A limit that lies beyond what can occur is no line where lines are the same for all values.
    fn of(lines: &LimitLines, zone: Option<Zone>) -> [Self; 2] {
        let limits = &lines.limits;
        let near = match zone {
            None | Some(Zone::ThreeOfFour) => [limits.mid_upper, limits.mid_lower],
            Some(Zone::TwoOfThree | Zone::TwoOfThreeInside) => limits.two_sigma(),
        };
        let side = |side: Side, sign: f64, near: f64, limit: f64, drawn: Option<f64>| {
            let line = |line: f64| just_above(sign * line);
            let limit = if drawn.is_none() && !lines.vary() { f64::INFINITY } else { line(limit) };
            Self { side, sign, mean: line(limits.mean), near: line(near), limit }
        };
        [
            side(Side::Above, 1.0, near[0], limits.unpl, limits.upper),
            side(Side::Below, -1.0, near[1], limits.lnpl, limits.lower),
        ]
    }

    fn is_on_this_side(&self, value: f64) -> bool {
        self.sign * value > self.mean
    }

    fn is_near(&self, value: f64, zone: Zone) -> bool {
        self.sign * value > self.near && !(zone == Zone::TwoOfThreeInside && self.is_outside(value))
    }

    fn is_outside(&self, value: f64) -> bool {
        self.sign * value > self.limit
    }
}

/// All signals inside `range` against lines that may differ from value to value.
pub fn signals(points: &[Point], range: Range<usize>, lines: &LimitLines, options: &Options) -> Vec<Signal> {
    let zone = options.rules.zone();
    let sides = Thresholds::of(lines, zone);
    let range = clip(range, points);
    let present = judged(points, range.clone(), lines, |_| true);
    let mut found: Vec<Signal> =
        sides.iter().flat_map(|side| outside(points, &present, side, lines, options)).collect();
    let counted = judged(points, range, lines, |point| !point.excluded);
    if options.rules != RuleSet::One {
        found.extend(
            sides.iter().zip([&sides[1], &sides[0]]).flat_map(|(side, other)| runs(&counted, side, other, options)),
        );
    }
    if let Some(zone) = zone {
        found.extend(sides.iter().flat_map(|side| windows(&counted, side, zone)));
    }
    found.sort_by_key(|signal| signal.first_seen_at);
    found
}

/// What a rule about a few values near a limit finds inside `range`, whatever rules are chosen.
pub fn near_limit(points: &[Point], range: Range<usize>, lines: &LimitLines, zone: Zone) -> Vec<Signal> {
    let counted = judged(points, clip(range, points), lines, |point| !point.excluded);
    Thresholds::of(lines, Some(zone)).iter().flat_map(|side| windows(&counted, side, zone)).collect()
}

/// The trends inside `range`, if the rules ask for them.
pub fn trends(points: &[Point], range: Range<usize>, lines: &LimitLines, options: &Options) -> Vec<Trend> {
    options.rules.trend().map_or_else(Vec::new, |length| trends_of(points, range, lines, length))
}

/// The trends of at least `length` values inside `range`; two values are the least.
pub fn trends_of(points: &[Point], range: Range<usize>, lines: &LimitLines, length: usize) -> Vec<Trend> {
    let counted = judged(points, clip(range, points), lines, |point| !point.excluded);
    let length = length.max(2);
    let mut found = Vec::new();
    for rising in [true, false] {
        let side = if rising { Side::Above } else { Side::Below };
        let stretches = counted.chunk_by(|one, next| side.beyond(next.1, one.1));
        found.extend(stretches.filter(|stretch| stretch.len() >= length).map(|stretch| {
            let points: Vec<usize> = stretch.iter().map(|(at, _)| *at).collect();
            Trend { rising, first_seen_at: points[length - 1], points }
        }));
    }
    found.sort_by_key(|trend| trend.first_seen_at);
    found
}

/// Indexes of the values that jumped by more than the moving ranges allow. Shown, but not an alarm: a large jump
/// mostly shows in the values as well.
pub fn large_jumps(points: &[Point], range: Range<usize>, lines: &LimitLines, options: &Options) -> Vec<usize> {
    let ranges = lines.moving_ranges(points, range, options).into_iter();
    ranges.filter_map(|(at, size)| above(size, lines.limits.url_mr).then_some(at)).collect()
}

/// Values with their indexes, moved to where they would lie on the plain chart.
fn judged(
    points: &[Point],
    range: Range<usize>,
    lines: &LimitLines,
    takes_part: impl Fn(&Point) -> bool,
) -> Vec<(usize, f64)> {
    let taken = range.filter(|&at| takes_part(&points[at]));
    taken.filter_map(|at| Some((at, lines.judged(at, &points[at])?))).collect()
}

/// Rule 1. It looks at excluded values, too: leaving a value out of the mean does not make it usual. Where lines
/// differ, a limit may lie beyond what can occur for some values only.
fn outside(
    points: &[Point],
    present: &[(usize, f64)],
    lines: &Thresholds,
    limits: &LimitLines,
    options: &Options,
) -> Vec<Signal> {
    let drawn = |at: usize| {
        let bounds = limits.bounds(at, &points[at], options);
        if lines.side == Side::Above { bounds.upper.is_some() } else { bounds.lower.is_some() }
    };
    let beyond = present.iter().filter(|&&(at, value)| lines.is_outside(value) && drawn(at));
    let signal = |&(at, _): &(usize, f64)| Signal {
        rule: Rule::Outside,
        side: lines.side,
        points: vec![at],
        window: at..at + 1,
        first_seen_at: at,
    };
    beyond.map(signal).collect()
}

/// Rule 2, one signal per run however long it grows. A run goes on over values on the mean if those are passed over.
fn runs(counted: &[(usize, f64)], lines: &Thresholds, others: &Thresholds, options: &Options) -> Vec<Signal> {
    let Some(last) = options.run().checked_sub(1) else { return Vec::new() };
    let (mut found, mut run) = (Vec::new(), Vec::new());
    let mut close = |run: &mut Vec<usize>| {
        let points = std::mem::take(run);
        if let (Some(&seen), Some(&first), Some(&newest)) = (points.get(last), points.first(), points.last()) {
            let window = first..newest + 1;
            found.push(Signal { rule: Rule::RunOfEight, side: lines.side, points, window, first_seen_at: seen });
        }
    };
    for &(at, value) in counted {
        if lines.is_on_this_side(value) {
            run.push(at);
        } else if options.tie == Tie::Breaks || others.is_on_this_side(value) {
            close(&mut run);
        }
    }
    close(&mut run);
    found
}

/// Rule 3: one signal for each unbroken stretch of windows. The last value of a window may lie anywhere.
fn windows(counted: &[(usize, f64)], lines: &Thresholds, zone: Zone) -> Vec<Signal> {
    let inside = zone == Zone::TwoOfThreeInside;
    let near: Vec<bool> = counted.iter().map(|&(_, value)| lines.is_near(value, zone)).collect();
    let all_on_this_side = |start: usize| {
        let window = &counted[start..start + zone.window()];
        window.iter().all(|&(_, value)| lines.is_on_this_side(value))
    };
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for (start, window) in near.windows(zone.window()).enumerate() {
        let many = window.iter().filter(|near| **near).count() + 1 >= zone.window();
        if many && (!inside || all_on_this_side(start)) {
            match stretches.last_mut() {
                Some(last) if last.end == start => last.end = start + 1,
                _ => stretches.push(start..start + 1),
            }
        }
    }
    let signal = |starts: Range<usize>| {
        let places = starts.start..starts.end + zone.window() - 1;
        let whole = &counted[places.clone()];
        Signal {
            rule: Rule::ThreeOfFour,
            side: lines.side,
            points: places.filter(|&place| near[place]).map(|place| counted[place].0).collect(),
            window: whole[0].0..whole[whole.len() - 1].0 + 1,
            first_seen_at: whole[zone.window() - 1].0,
        }
    };
    stretches.into_iter().map(signal).collect()
}

#[cfg(test)]
mod tests;
