//! The values that are there, packed tight, with the places where a moving range may not be taken.

use super::arithmetic::average;
use super::point::clip;
use super::{LimitsKind, Options, Point};
use std::ops::Range;

/// The values of a range that are present and not excluded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackedValues {
    pub at: Vec<usize>,
    pub values: Vec<f64>,
    /// Where stretches without a break begin: places in `values`.
    starts: Vec<usize>,
}

impl PackedValues {
    /// Packs the values of a range. An excluded value breaks the stretch, and so does a gap unless gaps are bridged.
    pub fn of(points: &[Point], range: Range<usize>, bridge_gaps: bool) -> Self {
        let mut dense = Self::default();
        let mut broken = true;
        for at in clip(range, points) {
            let point = &points[at];
            if let Some(value) = point.counted() {
                if broken {
                    dense.starts.push(dense.values.len());
                }
                dense.at.push(at);
                dense.values.push(value);
                broken = false;
            } else if point.present().is_some() || !bridge_gaps {
                broken = true;
            }
        }
        dense
    }

    fn stretches(&self) -> impl Iterator<Item = Range<usize>> {
        let ends = self.starts.iter().skip(1).copied().chain([self.values.len()]);
        self.starts.iter().zip(ends).map(|(&start, end)| start..end)
    }

    /// The pairs of neighbours without a break, as places of the earlier and the later value.
    pub fn neighbours(&self) -> impl Iterator<Item = (usize, usize)> {
        self.stretches().flat_map(|stretch| (stretch.start + 1..stretch.end).map(|later| (later - 1, later)))
    }
}

/// The moving ranges inside `range`, each with the index of its later value. An excluded value removes both ranges
/// it touches; across a gap there is none unless the options bridge gaps.
pub fn moving_ranges(points: &[Point], range: Range<usize>, options: &Options) -> Vec<(usize, f64)> {
    normalised_ranges(points, range, options, None)
}

/// The moving ranges as they would be at one volume: those between values counted out of few weigh less.
///
/// With equal volumes, or without one, they are the plain ones. Formula: W. Taylor, *Normalized Individuals Control Chart*.
pub fn normalised_ranges(
    points: &[Point],
    range: Range<usize>,
    options: &Options,
    volume: Option<f64>,
) -> Vec<(usize, f64)> {
    let dense = PackedValues::of(points, range, options.bridge_gaps);
    let part = |place: usize, volume: f64| points[dense.at[place]].volume().map(|own| volume / own);
    let ranges = dense.neighbours().filter_map(|(earlier, later)| {
        let weight = match volume {
            Some(volume) => (2.0 / (part(earlier, volume)? + part(later, volume)?)).sqrt(),
            None => 1.0,
        };
        Some((dense.at[later], (dense.values[later] - dense.values[earlier]).abs() * weight))
    });
    ranges.collect()
}

/// The mean volume of the values of a range, if limits follow it.
pub fn mean_volume(points: &[Point], range: Range<usize>, options: &Options) -> Option<f64> {
    let volumes = || points[clip(range, points)].iter().filter(|point| point.counted().is_some());
    (options.limits == LimitsKind::Volume)
        .then(|| average(&volumes().filter_map(Point::volume).collect::<Vec<_>>()))
        .flatten()
}
