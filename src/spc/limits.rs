//! The lines of a process behaviour chart (XmR): mean and natural process limits.
//!
//! Limits come from the moving ranges of a baseline, never from the overall standard deviation, which would swallow
//! the very shifts the chart should find. Formulas and factors: D. J. Wheeler, *Making Sense of Data*. Nothing here
//! rounds: figures are rounded where they are shown, not before they are compared.

use super::arithmetic::average;
use super::options::PROVISIONAL_FROM;
use super::point::{clip, counted};
use super::tolerance::{above, below, on_line};
use super::{LimitsKind, Options, Point, Spread};
use std::ops::Range;

/// Distance of a natural process limit from the mean, in mean moving ranges (3 / 1.128, as printed by Wheeler).
pub const LIMIT_FACTOR: f64 = 2.660;
/// Upper limit of the moving ranges, in mean moving ranges (as printed by Wheeler).
pub const RANGE_FACTOR: f64 = 3.268;
/// Distance of a natural process limit from the mean, in median moving ranges (3 / 0.954, as printed by Wheeler).
pub const MEDIAN_LIMIT_FACTOR: f64 = 3.145;
/// Upper limit of the moving ranges, in median moving ranges (as printed by Wheeler).
pub const MEDIAN_RANGE_FACTOR: f64 = 3.865;
/// From this many baseline values on limits are called firm and stop moving.
pub const FIRM_FROM: usize = 17;

/// How far the values of a baseline carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Firmness {
    Nothing,
    /// One value: only the point is shown.
    Point,
    /// Two to five values: points and mean.
    Mean,
    /// Six to sixteen values: limits that still move.
    Provisional,
    /// Seventeen values or more: limits that stand.
    Firm,
}

impl Firmness {
    /// The firmness that a number of baseline values gives.
    pub fn of(values: usize) -> Self {
        match values {
            0 => Self::Nothing,
            1 => Self::Point,
            2..PROVISIONAL_FROM => Self::Mean,
            PROVISIONAL_FROM..FIRM_FROM => Self::Provisional,
            _ => Self::Firm,
        }
    }
}

/// The limits that hold for one value, where they lie inside what can occur.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    pub upper: Option<f64>,
    pub lower: Option<f64>,
}

impl Bounds {
    /// Two computed limits, each left out when it lies beyond what can occur.
    pub fn inside(upper: f64, lower: f64, options: &Options) -> Self {
        Self {
            upper: Some(upper).filter(|&limit| options.ceiling.is_none_or(|ceiling| !above(limit, ceiling))),
            lower: Some(lower).filter(|&limit| options.floor.is_none_or(|floor| !below(limit, floor))),
        }
    }
}

/// The lines of a chart as computed from one baseline.
///
/// Where limits follow the volume these are the lines at the mean volume of the baseline; on a sloping centre line,
/// those at the middle of the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    pub values: usize,
    pub ranges: usize,
    /// The centre line: mean of the baseline values, unless the options choose another.
    pub mean: f64,
    /// Mean moving range; the median one if the options choose it.
    pub amr: f64,
    /// Upper natural process limit as computed, even beyond the ceiling.
    pub unpl: f64,
    /// Lower natural process limit as computed, even beyond the floor.
    pub lnpl: f64,
    pub url_mr: f64,
    /// Half way between the mean and the computed upper limit.
    pub mid_upper: f64,
    /// Half way between the mean and the computed lower limit.
    pub mid_lower: f64,
    /// The upper limit to draw and to break; `None` when it lies beyond what can occur.
    pub upper: Option<f64>,
    /// The lower limit to draw and to break; `None` when it lies beyond what can occur.
    pub lower: Option<f64>,
}

/// What the lines of a chart follow from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Basis {
    pub values: usize,
    pub ranges: usize,
    pub centre: f64,
    pub spread: f64,
}

impl Limits {
    /// The lines that follow from a centre and a spread; `None` when they are too large to compute with.
    pub fn from_basis(basis: Basis, options: &Options) -> Option<Self> {
        let Basis { values, ranges, centre: mean, spread: amr } = basis;
        let (factor, range_factor) = factors(options);
        let (unpl, lnpl) = (mean + factor * amr, mean - factor * amr);
        let Bounds { upper, lower } = Bounds::inside(unpl, lnpl, options);
        let lines = Self {
            values,
            ranges,
            mean,
            amr,
            unpl,
            lnpl,
            url_mr: range_factor * amr,
            mid_upper: mean + factor / 2.0 * amr,
            mid_lower: mean - factor / 2.0 * amr,
            upper,
            lower,
        };
        [lines.unpl, lines.lnpl, lines.url_mr].iter().all(|figure| figure.is_finite()).then_some(lines)
    }

    /// Whether the baseline never varied, so that all lines lie on the mean.
    pub fn flat(&self) -> bool {
        on_line(self.unpl, self.mean)
    }

    /// One sigma as the moving ranges have it: a third of the distance from the mean to a limit.
    pub fn sigma(&self) -> f64 {
        (self.unpl - self.mean) / 3.0
    }

    /// The lines two thirds of the way from the mean to the limits, upper and lower.
    pub fn two_sigma(&self) -> [f64; 2] {
        [self.mean + 2.0 * self.sigma(), self.mean - 2.0 * self.sigma()]
    }
}

/// Distance of a limit from the centre and limit of the moving ranges, both in mean or median moving ranges. With
/// limits that follow the volume the first is 3 sqrt(pi) / 2, as Taylor does not round it.
fn factors(options: &Options) -> (f64, f64) {
    match (options.spread, options.limits) {
        (Spread::Median, _) => (MEDIAN_LIMIT_FACTOR, MEDIAN_RANGE_FACTOR),
        (Spread::Mean, LimitsKind::Same) => (LIMIT_FACTOR, RANGE_FACTOR),
        (Spread::Mean, LimitsKind::Volume) => (1.5 * std::f64::consts::PI.sqrt(), RANGE_FACTOR),
    }
}

/// The mean of the values of `baseline` that are present and not excluded.
pub fn mean(points: &[Point], baseline: Range<usize>) -> Option<f64> {
    average(&counted(points, baseline).map(|(_, value)| value).collect::<Vec<_>>())
}

/// The start of a phase up to its value number `most`, or all of it while there are fewer.
pub(crate) fn first_values(phase: Range<usize>, points: &[Point], most: usize) -> Range<usize> {
    let phase = clip(phase, points);
    let last = counted(points, phase.clone()).nth(most.saturating_sub(1));
    phase.start..last.map_or(phase.end, |(at, _)| at + 1)
}
