//! The lines of one baseline, laid over any values of the series, also where they differ from value to value.
//!
//! A chart whose limits follow the volume or whose centre slopes is judged like the plain chart: each value is moved
//! to where it would lie between the lines of the plain one. So there is one set of rules and one way to find signals.

use super::arithmetic::{average, median};
use super::centre_line::CentreLine;
use super::limits::Basis;
use super::moving_ranges::{mean_volume, normalised_ranges};
use super::point::counted;
use super::{Bounds, Centre, Limits, Options, Point, Spread};
use std::ops::Range;

/// Moving ranges of this many mean moving ranges or more are left out when they are screened.
pub const SCREEN_FACTOR: f64 = 3.267;

/// The lines of one baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LimitLines {
    pub limits: Limits,
    centre: CentreLine,
    /// The volume at which `limits` hold, if limits follow it.
    volume: Option<f64>,
}

impl LimitLines {
    /// The lines that follow from the values of `baseline`; `None` without a single moving range,
    /// or when the figures are too large to compute with.
    pub fn of(points: &[Point], baseline: Range<usize>, options: &Options) -> Option<Self> {
        let volume = mean_volume(points, baseline.clone(), options);
        let values: Vec<(usize, f64)> = counted(points, baseline.clone()).collect();
        let centre = match (volume, options.centre) {
            (Some(_), Centre::Mean) => CentreLine { anchor: 0.0, level: weighted_mean(points, &values)?, rise: 0.0 },
            _ => CentreLine::of(&values, options.centre)?,
        };
        let ranges = normalised_ranges(points, baseline, options, volume);
        let ranges: Vec<f64> = ranges.into_iter().map(|(_, size)| size).collect();
        let basis = Basis {
            values: values.len(),
            ranges: ranges.len(),
            centre: centre.level,
            spread: usual_range(ranges, options)?,
        };
        Some(Self { limits: Limits::from_basis(basis, options)?, centre, volume })
    }

    /// Lines that are the same for all values.
    pub fn plain(limits: Limits) -> Self {
        Self { limits, centre: CentreLine { anchor: 0.0, level: limits.mean, rise: 0.0 }, volume: None }
    }

    /// Whether the lines differ from value to value.
    pub fn vary(&self) -> bool {
        self.volume.is_some() || self.centre.rise != 0.0
    }

    /// The centre line.
    pub fn centre(&self) -> CentreLine {
        self.centre
    }

    /// The limits that hold for the value at an index; none where limits follow a volume that is not known.
    pub fn bounds(&self, at: usize, point: &Point, options: &Options) -> Bounds {
        if !self.vary() {
            return Bounds { upper: self.limits.upper, lower: self.limits.lower };
        }
        self.computed(at, point).map_or_else(Bounds::default, |(upper, lower)| Bounds::inside(upper, lower, options))
    }

    /// Upper and lower limit as computed for the value at an index, also beyond what can occur.
    pub fn computed(&self, at: usize, point: &Point) -> Option<(f64, f64)> {
        if !self.vary() {
            return Some((self.limits.unpl, self.limits.lnpl));
        }
        let (centre, reach) = (self.centre.at(at), (self.limits.unpl - self.limits.mean) / self.weight(point)?);
        Some((centre + reach, centre - reach)).filter(|(upper, lower)| upper.is_finite() && lower.is_finite())
    }

    /// Where a value would lie between the lines of the plain chart.
    pub fn judged(&self, at: usize, point: &Point) -> Option<f64> {
        let value = point.present()?;
        if !self.vary() {
            return Some(value);
        }
        let moved = self.limits.mean + (value - self.centre.at(at)) * self.weight(point)?;
        Some(moved).filter(|moved| moved.is_finite())
    }

    /// The moving ranges inside `range`, as the limit of moving ranges has them.
    pub fn moving_ranges(&self, points: &[Point], range: Range<usize>, options: &Options) -> Vec<(usize, f64)> {
        normalised_ranges(points, range, options, self.volume)
    }

    /// How many times narrower the limits are than at the mean volume.
    fn weight(&self, point: &Point) -> Option<f64> {
        match self.volume {
            Some(mean) => point.volume().map(|own| (own / mean).sqrt()).filter(|weight| weight.is_normal()),
            None => Some(1.0),
        }
    }
}

/// All that was counted by all it was counted out of: the mean of shares, weighted by their volume.
fn weighted_mean(points: &[Point], values: &[(usize, f64)]) -> Option<f64> {
    let volumes: Vec<f64> = values.iter().map(|&(at, _)| points[at].volume()).collect::<Option<_>>()?;
    let counted: f64 = values.iter().zip(&volumes).map(|((_, value), volume)| value * volume).sum();
    Some(counted / volumes.iter().sum::<f64>()).filter(|mean| mean.is_finite())
}

/// The mean or median of moving ranges. Screening is one pass; when it leaves nothing, nothing is screened.
fn usual_range(ranges: Vec<f64>, options: &Options) -> Option<f64> {
    let usual = |ranges: Vec<f64>| match options.spread {
        Spread::Mean => average(&ranges),
        Spread::Median => median(ranges),
    };
    if !options.screen_ranges {
        return usual(ranges);
    }
    let most = SCREEN_FACTOR * average(&ranges)?;
    let kept: Vec<f64> = ranges.iter().copied().filter(|&size| size < most).collect();
    usual(if kept.is_empty() { ranges } else { kept })
}
