//! What a new level is worth beside the old one, and how much of it is still there.

use super::arithmetic::{average, float};
use super::point::counted;
use super::{Limits, Point};
use std::ops::Range;

/// How many of the newest values say where the process is now.
pub const LAST_VALUES: usize = 8;

/// New mean minus old mean, with a plain range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gain {
    /// The difference, in the unit of the measure; negative when the new mean is lower.
    pub size: f64,
    /// How far the difference may be off on either side.
    pub give_or_take: f64,
}

/// The gain from an old to a new phase, give or take two standard errors: 2 sigma sqrt(1/n0 + 1/n1), with the sigma of
/// the old phase. `None` when the figures are too large to compute with.
pub fn gain(old: &Limits, new: &Limits) -> Option<Gain> {
    gain_of(old, (new.mean, new.values))
}

/// The same for so many new values with this mean, which need no limits of their own.
pub fn gain_of(old: &Limits, (mean, values): (f64, usize)) -> Option<Gain> {
    let size = mean - old.mean;
    let give_or_take = 2.0 * old.sigma() * (1.0 / float(old.values) + 1.0 / float(values)).sqrt();
    (size.is_finite() && give_or_take.is_finite()).then_some(Gain { size, give_or_take })
}

/// The share of a gain that is still there, by the last eight values of a range: 1 is all of it, 0 none, less than 0
/// worse than before. `None` with fewer than eight values, or when there was no gain.
pub fn kept_gain(points: &[Point], since: Range<usize>, old: &Limits, new: &Limits) -> Option<f64> {
    let now = last_mean(points, since)?;
    Some((now - old.mean) / (new.mean - old.mean)).filter(|kept| kept.is_finite())
}

/// Whether the last eight values of a range are, on average, nearer to the old mean than to the new one; `None` with
/// fewer than eight values.
pub fn back_to_the_old_level(points: &[Point], since: Range<usize>, old: &Limits, new: &Limits) -> Option<bool> {
    let now = last_mean(points, since)?;
    Some((now - old.mean).abs() < (now - new.mean).abs())
}

fn last_mean(points: &[Point], range: Range<usize>) -> Option<f64> {
    let last: Vec<f64> = counted(points, range).rev().take(LAST_VALUES).map(|(_, value)| value).collect();
    average(&last).filter(|_| last.len() == LAST_VALUES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spc::limits::Basis;
    use crate::spc::options::Options;
    use chrono::NaiveDate;

    fn lines(values: usize, centre: f64, spread: f64) -> Limits {
        let basis = Basis { values, ranges: values - 1, centre, spread };
        Limits::from_basis(basis, &Options::default()).unwrap()
    }

    fn series(values: &[f64]) -> Vec<Point> {
        let weeks = NaiveDate::default().iter_weeks();
        weeks.zip(values).map(|(week, &value)| Point::plain(week, Some(value))).collect()
    }

    #[test]
    fn a_gain_comes_with_its_range() {
        // 2 x (2.660 x 3 / 3) x sqrt(1/12 + 1/12) = 5.32 x 0.408248
        let found = gain(&lines(12, 50.0, 3.0), &lines(12, 40.0, 1.0)).unwrap();
        assert!((found.size + 10.0).abs() < 1e-12 && (found.give_or_take - 2.171_881).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn kept_gain_looks_at_the_last_eight_values() {
        let (old, new) = (lines(12, 50.0, 3.0), lines(12, 40.0, 3.0));
        let now = |last: f64| {
            let points = series(&[vec![90.0; 4], vec![last; 8]].concat());
            let all = 0..points.len();
            (kept_gain(&points, all.clone(), &old, &new), back_to_the_old_level(&points, all, &old, &new))
        };
        assert_eq!(now(40.0), (Some(1.0), Some(false)));
        assert_eq!(now(47.5), (Some(0.25), Some(true)));
        assert_eq!(now(52.0), (Some(-0.2), Some(true)));
        assert_eq!(now(45.0), (Some(0.5), Some(false)), "half way is not back");
        let few = series(&[40.0; 7]);
        assert_eq!(kept_gain(&few, 0..7, &old, &new), None);
        assert_eq!(back_to_the_old_level(&few, 0..7, &old, &new), None);
        assert_eq!(kept_gain(&series(&[40.0; 8]), 0..8, &old, &old), None, "there was no gain");
    }
}
