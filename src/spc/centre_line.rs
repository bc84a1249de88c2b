//! A sloping centre line, for growth that is expected and named; not to make signals go away.

use super::Centre;
use super::arithmetic::{average, float, median};

/// A centre line: level at one place, and how much it rises per period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CentreLine {
    /// The place, in periods from the start of the series, at which the line has its level.
    pub anchor: f64,
    pub level: f64,
    /// The rise per period; 0 for a level line.
    pub rise: f64,
}

impl CentreLine {
    /// The line a baseline gives, from its values with their indexes; `None` without a value, for a sloping line
    /// without two. The two halves are Wheeler's way (*Making Sense of Data*, p. 179), least squares that of Xmrit.
    pub fn of(values: &[(usize, f64)], centre: Centre) -> Option<Self> {
        let figures = || values.iter().map(|&(_, value)| value).collect::<Vec<_>>();
        let level = |level: f64| Self { anchor: 0.0, level, rise: 0.0 };
        match centre {
            Centre::Mean => average(&figures()).map(level),
            Centre::Median => median(figures()).map(level),
            Centre::HalfAverages => half_averages(values),
            Centre::LeastSquares => least_squares(values),
        }
    }

    /// The centre at an index of the series.
    pub fn at(&self, at: usize) -> f64 {
        if self.rise == 0.0 { self.level } else { self.level + self.rise * (float(at) - self.anchor) }
    }
}

/// Mean place and mean value.
fn middle(values: &[(usize, f64)]) -> Option<(f64, f64)> {
    let places: Vec<f64> = values.iter().map(|&(at, _)| float(at)).collect();
    let figures: Vec<f64> = values.iter().map(|&(_, value)| value).collect();
    Some((average(&places)?, average(&figures)?))
}

fn half_averages(values: &[(usize, f64)]) -> Option<CentreLine> {
    let half = values.len() / 2;
    let (first, first_mean) = middle(&values[..half])?;
    let (second, second_mean) = middle(&values[values.len() - half..])?;
    let rise = (second_mean - first_mean) / (second - first);
    let anchor = f64::midpoint(first, second);
    finite(CentreLine { anchor, level: f64::midpoint(first_mean, second_mean), rise })
}

fn least_squares(values: &[(usize, f64)]) -> Option<CentreLine> {
    let (anchor, level) = middle(values)?;
    let (mut with, mut alone) = (0.0, 0.0);
    for &(at, value) in values {
        let from = float(at) - anchor;
        with += from * (value - level);
        alone += from * from;
    }
    finite(CentreLine { anchor, level, rise: with / alone })
}

fn finite(line: CentreLine) -> Option<CentreLine> {
    [line.anchor, line.level, line.rise].iter().all(|figure| figure.is_finite()).then_some(line)
}
