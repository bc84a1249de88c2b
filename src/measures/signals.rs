//! The rules that tell a signal from routine variation.
//!
//! Three of Wheeler's rules raise a signal: a value outside a limit, eight in a row on one side of the mean, and three
//! of four beyond a half-way line. Each is looked for inside one stretch of values that share their limits; nothing
//! is counted across its start. Missing and excluded values are passed over: they neither add to a run nor end it.

use std::ops::Range;

use super::limits::{Better, Limits, Options, Point, Tie, above, clip, moving_ranges, on_line};

/// A side of the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
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
            Self::Below => above(line, figure),
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
    /// Rule 1: a value outside a limit.
    Outside,
    /// Rule 2: eight or more successive values on one side of the mean.
    RunOfEight,
    /// Rule 3: at least three of four successive values beyond the same half-way line.
    ThreeOfFour,
}

/// One signal: which rule, which side, which values, and when it could first be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The rule that fired.
    pub rule: Rule,
    /// The side on which the values lie.
    pub side: Side,
    /// Indexes of the values that belong to it, oldest first.
    pub points: Vec<usize>,
    /// Index of the value at which it was complete. An alarm is raised once, at this value.
    pub first_seen_at: usize,
}

/// All signals inside `range` against `limits`, in the order in which they could be seen.
pub fn signals(points: &[Point], range: Range<usize>, limits: &Limits, options: &Options) -> Vec<Signal> {
    let range = clip(range, points);
    let counted: Vec<(usize, f64)> =
        range.clone().filter_map(|at| points[at].counted().map(|value| (at, value))).collect();
    let mut found = outside(points, range, limits);
    found.extend(runs(&counted, limits, options));
    found.extend(three_of_four(&counted, limits, Side::Above));
    found.extend(three_of_four(&counted, limits, Side::Below));
    found.sort_by_key(|signal| signal.first_seen_at);
    found
}

/// Indexes of the values that jumped by more than the moving ranges allow. Shown, but not an alarm: a large jump
/// mostly shows in the values as well.
pub fn large_jumps(points: &[Point], range: Range<usize>, limits: &Limits, options: &Options) -> Vec<usize> {
    moving_ranges(points, range, options)
        .into_iter()
        .filter_map(|(at, size)| above(size, limits.url_mr).then_some(at))
        .collect()
}

/// Rule 1. It looks at excluded values, too: leaving a value out of the mean does not make it usual.
fn outside(points: &[Point], range: Range<usize>, limits: &Limits) -> Vec<Signal> {
    let side_of = |value: f64| {
        let beyond =
            |side: Side, limit: Option<f64>| limit.is_some_and(|limit| side.beyond(value, limit)).then_some(side);
        beyond(Side::Above, limits.upper).or_else(|| beyond(Side::Below, limits.lower))
    };
    range
        .filter_map(|at| {
            let side = side_of(points[at].present()?)?;
            Some(Signal { rule: Rule::Outside, side, points: vec![at], first_seen_at: at })
        })
        .collect()
}

/// Rule 2, one signal per run however long it grows.
fn runs(counted: &[(usize, f64)], limits: &Limits, options: &Options) -> Vec<Signal> {
    let mut found = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    let mut side = None;
    for &(at, value) in counted {
        let now = if on_line(value, limits.mean) {
            None
        } else if value > limits.mean {
            Some(Side::Above)
        } else {
            Some(Side::Below)
        };
        if now.is_none() && options.tie == Tie::Skips {
            continue;
        }
        if now != side {
            found.extend(completed(std::mem::take(&mut run), side, options));
            side = now;
        }
        run.push(at);
    }
    found.extend(completed(run, side, options));
    found
}

fn completed(run: Vec<usize>, side: Option<Side>, options: &Options) -> Option<Signal> {
    let first_seen_at = *run.get(options.run_length.checked_sub(1)?)?;
    Some(Signal { rule: Rule::RunOfEight, side: side?, points: run, first_seen_at })
}

/// Rule 3 on one side: one signal per unbroken stretch of such windows. The fourth value may lie anywhere.
fn three_of_four(counted: &[(usize, f64)], limits: &Limits, side: Side) -> Vec<Signal> {
    let line = match side {
        Side::Above => limits.mid_upper,
        Side::Below => limits.mid_lower,
    };
    let mut found: Vec<Signal> = Vec::new();
    let mut in_stretch = false;
    for window in counted.windows(4) {
        let beyond: Vec<usize> =
            window.iter().filter(|(_, value)| side.beyond(*value, line)).map(|&(at, _)| at).collect();
        let fires = beyond.len() >= 3;
        match found.last_mut().filter(|_| in_stretch && fires) {
            Some(signal) => {
                let newest = signal.points.last().copied();
                signal.points.extend(beyond.into_iter().filter(|&at| Some(at) > newest));
            }
            None if fires => {
                found.push(Signal { rule: Rule::ThreeOfFour, side, points: beyond, first_seen_at: window[3].0 });
            }
            None => {}
        }
        in_stretch = fires;
    }
    found
}
