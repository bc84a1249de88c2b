//! A baseline ready to judge by: its lines, and the series as they see it.

use super::limit_lines::LimitLines;
use super::point::count;
use super::season::{Adjustment, adjusted};
use super::{Firmness, LimitsKind, Options, Point};
use std::borrow::Cow;
use std::ops::Range;

/// The lines of a baseline and the series freed of the season, over which they lie.
#[derive(Clone, Debug)]
pub struct Baseline<'a> {
    /// The whole series: adjusted, and without those that the chart cannot judge.
    pub points: Cow<'a, [Point]>,
    pub adjustment: Adjustment,
    pub values: usize,
    /// The lines; `None` while there are too few values, or none next to each other.
    pub lines: Option<LimitLines>,
}

impl<'a> Baseline<'a> {
    /// Takes factors and lines from a baseline of `reference`: the series itself, or as it was when its baseline was
    /// locked. Without two full cycles of its own it keeps the factors of the phase before, `inherited`.
    pub fn over(
        points: &'a [Point],
        reference: &[Point],
        baseline: Range<usize>,
        inherited: &Adjustment,
        options: &Options,
    ) -> Self {
        let factors_from = options.factors_from.clone().unwrap_or_else(|| baseline.clone());
        let own = Adjustment::of(reference, factors_from, options.season.as_ref());
        let adjustment = if own.factors().is_none() && inherited.factors().is_some() { inherited.clone() } else { own };
        let reference = freed(reference, &adjustment, options);
        let values = count(&reference, baseline.clone());
        let lines = (values >= options.limits_from).then(|| LimitLines::of(&reference, baseline, options)).flatten();
        Self { points: freed(points, &adjustment, options), adjustment, values, lines }
    }

    /// How far the values of the baseline carry.
    pub fn firmness(&self) -> Firmness {
        Firmness::of(self.values)
    }
}

/// The series freed of the season, without those that the chart cannot judge.
fn freed<'a>(points: &'a [Point], adjustment: &Adjustment, options: &Options) -> Cow<'a, [Point]> {
    let points = judgeable(points, options);
    match (&options.season, adjustment.factors()) {
        (Some(season), Some(factors)) => Cow::Owned(adjusted(&points, season, factors)),
        _ => points,
    }
}

/// Where limits follow the volume, a value without one is left out.
fn judgeable<'a>(points: &'a [Point], options: &Options) -> Cow<'a, [Point]> {
    if options.limits == LimitsKind::Same || points.iter().all(|point| point.volume().is_some()) {
        return Cow::Borrowed(points);
    }
    let left_out = |point: &Point| Point { excluded: point.excluded || point.volume().is_none(), ..point.clone() };
    Cow::Owned(points.iter().map(left_out).collect())
}
