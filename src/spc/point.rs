//! One period of a measure, and which of its figures take part in what.

use chrono::NaiveDate;
use std::ops::Range;

/// One period of a measure; a period without a value stays on the axis as a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// First day of the period.
    pub period: NaiveDate,
    /// The value in the unit of the measure; `None` when nothing was measured.
    pub value: Option<f64>,
    /// What was counted, for shares and averages.
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    /// Left out of mean and runs by a person, with a reason; it stays visible.
    pub excluded: bool,
}

impl Point {
    /// A period with a plain value, nothing counted and nothing excluded.
    pub fn plain(period: NaiveDate, value: Option<f64>) -> Self {
        Self { period, value, numerator: None, denominator: None, excluded: false }
    }

    /// The value, if there is one that can be drawn.
    pub fn present(&self) -> Option<f64> {
        self.value.filter(|value| value.is_finite())
    }

    /// The value, if it takes part in means, ranges and runs.
    pub fn counted(&self) -> Option<f64> {
        self.present().filter(|_| !self.excluded)
    }

    /// What the value was counted out of, if limits can follow it.
    pub fn volume(&self) -> Option<f64> {
        self.denominator.filter(|&volume| volume.is_finite() && volume > 0.0)
    }
}

/// A range cut to the points there are.
pub(crate) fn clip(range: Range<usize>, points: &[Point]) -> Range<usize> {
    let end = range.end.min(points.len());
    range.start.min(end)..end
}

/// The values of a range that are present and not excluded, each with its index.
pub(crate) fn counted(points: &[Point], range: Range<usize>) -> impl DoubleEndedIterator<Item = (usize, f64)> {
    let range = clip(range, points);
    let start = range.start;
    points[range]
        .iter()
        .enumerate()
        .filter_map(move |(place, point)| point.counted().map(|value| (start + place, value)))
}

/// How many values of a range are present and not excluded.
pub fn count(points: &[Point], range: Range<usize>) -> usize {
    counted(points, range).count()
}
