//! What makes the limits of a chart say less than they seem to: carry-over between periods, and coarse values.

use super::arithmetic::{average, float};
use super::moving_ranges::PackedValues;
use super::tolerance::above;
use super::{Limits, Options, Point};
use std::ops::Range;

/// With fewer values than this a correlation says nothing.
pub const CORRELATION_FROM: usize = 20;
/// From this correlation on values carry over, and the rules fire without cause. Independent values get there in 1.4 %
/// of cases with twenty values.
pub const CARRIES_OVER: f64 = 0.4;
/// With fewer possible moving ranges than this up to their limit, values are too coarse for limits (Wheeler).
pub const POSSIBLE_RANGES: usize = 4;

/// How each value follows the one before it: the lag-1 correlation, between -1 and 1. Pairs are neighbours, so none
/// across a gap. `None` with fewer than twenty values or without variation.
pub fn lag_one_correlation(points: &[Point], range: Range<usize>, options: &Options) -> Option<f64> {
    let dense = PackedValues::of(points, range, options.bridge_gaps);
    if dense.values.len() < CORRELATION_FROM {
        return None;
    }
    let mean = average(&dense.values)?;
    let off: Vec<f64> = dense.values.iter().map(|value| value - mean).collect();
    // The largest distance as the unit: squares of very large or very small figures would be lost.
    let unit = off.iter().map(|off| off.abs()).fold(0.0, f64::max);
    let squares: f64 = off.iter().map(|off| (off / unit).powi(2)).sum();
    let products: f64 = dense.neighbours().map(|(earlier, later)| off[earlier] / unit * (off[later] / unit)).sum();
    Some(products / squares).filter(|correlation| correlation.is_finite())
}

/// Whether values carry over from period to period so much that signals mean little.
pub fn carries_over(points: &[Point], range: Range<usize>, options: &Options) -> bool {
    lag_one_correlation(points, range, options).is_some_and(|correlation| above(correlation, CARRIES_OVER))
}

/// Whether the steps between possible values are so large that limits are too tight.
///
/// That is so with fewer than four possible moving ranges between 0 and their limit, 0 among them. The step is the
/// smallest that occurs between two values.
pub fn chunky(points: &[Point], range: Range<usize>, limits: &Limits) -> bool {
    let mut values = PackedValues::of(points, range, true).values;
    values.sort_unstable_by(f64::total_cmp);
    let steps = values.windows(2).filter(|pair| above(pair[1], pair[0])).map(|pair| pair[1] - pair[0]);
    let Some(step) = steps.reduce(f64::min) else { return false };
    // Possible ranges are 0, one step, two steps, …; the fourth is three steps.
    above(step * float(POSSIBLE_RANGES - 1), limits.url_mr)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spc::limit_lines::LimitLines;
    use chrono::NaiveDate;

    fn series(values: &[f64]) -> Vec<Point> {
        let weeks = NaiveDate::default().iter_weeks();
        weeks.zip(values).map(|(week, &value)| Point::plain(week, Some(value))).collect()
    }

    fn correlation(values: &[f64]) -> Option<f64> {
        lag_one_correlation(&series(values), 0..values.len(), &Options::default())
    }

    #[test]
    fn slow_series_carry_over_and_alternating_ones_do_not() {
        let slow: Vec<f64> = (0..24).map(|at| f64::from(at / 6)).collect();
        let quick = [1.0, 2.0].repeat(12);
        assert!(correlation(&slow).unwrap() > 0.7, "{:?}", correlation(&slow));
        assert!((correlation(&quick).unwrap() + 23.0 / 24.0).abs() < 1e-12, "{:?}", correlation(&quick));
        assert!(carries_over(&series(&slow), 0..24, &Options::default()));
        assert!(!carries_over(&series(&quick), 0..24, &Options::default()));
        assert_eq!(correlation(&quick[..19]), None, "too few values");
        assert_eq!(correlation(&[5.0; 24]), None, "no variation");
        let scaled: Vec<f64> = slow.iter().map(|value| value * 1e200).collect();
        assert!((correlation(&scaled).unwrap() - correlation(&slow).unwrap()).abs() < 1e-9);
    }

    #[test]
    fn a_pair_across_a_gap_does_not_count() {
        let mut points = series(&[1.0, 2.0].repeat(12));
        let whole = lag_one_correlation(&points, 0..24, &Options::default()).unwrap();
        points[10].value = None;
        let broken = lag_one_correlation(&points, 0..24, &Options::default()).unwrap();
        assert!(broken > whole, "{broken} {whole}: two of the opposite pairs are gone");
    }

    #[test]
    fn coarse_values_are_chunky() {
        let chunky_of = |values: &[f64]| {
            let points = series(values);
            let lines = LimitLines::of(&points, 0..points.len(), &Options::default()).unwrap();
            let limits = lines.limits;
            chunky(&points, 0..points.len(), &limits)
        };
        // Mean range 0.5 gives a limit of 1.6: ranges of 0 and 1 are possible.
        assert!(chunky_of(&[0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0]));
        // The same counts with tenths between them.
        assert!(!chunky_of(&[0.0, 0.1, 1.0, 1.2, 0.3, 0.0, 1.1, 1.0, 0.2]));
        assert!(!chunky_of(&[5.0; 9]), "no variation is no question of steps");
    }
}
