//! Factors of the season: values freed of what the calendar explains.
//!
//! The factor of a calendar position is the mean of its values by the mean of all; a value is divided by the factor of
//! its position. Factors come from a baseline and stay locked with it. With one cycle alone everything would become
//! flat, so at least two are asked for; around zero a factor means nothing.

use super::arithmetic::average;
use super::limits::{FIRM_FROM, first_values};
use super::point::{clip, counted};
use super::{Options, Point, Season};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How many values each calendar position must have before there are factors.
pub const CYCLES: usize = 2;

/// The factor of each calendar position.
pub type Factors = BTreeMap<usize, f64>;

/// What became of the season in a phase.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Adjustment {
    #[default]
    Off,
    Adjusted(Factors),
    /// A calendar position has fewer than two values in the baseline; values are as they came.
    TooFewCycles,
    /// A value of the baseline is zero or negative; values are as they came.
    NotPositive,
}

impl Adjustment {
    /// The factors, if values are divided by some.
    pub fn factors(&self) -> Option<&Factors> {
        match self {
            Self::Adjusted(factors) => Some(factors),
            Self::Off | Self::TooFewCycles | Self::NotPositive => None,
        }
    }

    /// The factors from the values of `range`; each position that occurs in the series needs two values there.
    pub fn of(points: &[Point], range: Range<usize>, season: Option<&Season>) -> Self {
        let Some(season) = season else { return Self::Off };
        let values: Vec<(usize, f64)> = counted(points, range).collect();
        if values.iter().any(|&(_, value)| value <= 0.0) {
            return Self::NotPositive;
        }
        let mut groups: BTreeMap<usize, Vec<f64>> =
            season.positions(points.len()).into_iter().map(|position| (position, Vec::new())).collect();
        for &(at, value) in &values {
            if let Some(group) = season.position(at).and_then(|position| groups.get_mut(&position)) {
                group.push(value);
            }
        }
        if groups.is_empty() || groups.values().any(|values| values.len() < CYCLES) {
            return Self::TooFewCycles;
        }
        let all: Vec<f64> = values.into_iter().map(|(_, value)| value).collect();
        let factor = |values: &[f64]| Some(average(values)? / average(&all)?).filter(|factor| factor.is_normal());
        let factors: Option<Factors> =
            groups.into_iter().map(|(position, values)| Some((position, factor(&values)?))).collect();
        factors.map_or(Self::NotPositive, Self::Adjusted)
    }
}

impl Season {
    /// The calendar position of the value at an index.
    pub fn position(&self, at: usize) -> Option<usize> {
        match self {
            Self::Cycle(0) => None,
            Self::Cycle(length) => Some(at % length),
            Self::Positions(positions) => positions.get(at).copied(),
        }
    }

    /// The positions there are: all of a cycle, or those that occur among the first `length` values.
    fn positions(&self, length: usize) -> Vec<usize> {
        match self {
            Self::Cycle(cycle) if length > 0 => (0..*cycle).collect(),
            Self::Cycle(_) => Vec::new(),
            Self::Positions(positions) => {
                let all: BTreeSet<usize> = positions.iter().take(length).copied().collect();
                all.into_iter().collect()
            }
        }
    }

    /// How many positions there are among so many values.
    pub fn length(&self, values: usize) -> usize {
        self.positions(values).len()
    }
}

/// The series freed of the season: each value divided by the factor of its position.
pub fn adjusted(points: &[Point], season: &Season, factors: &Factors) -> Vec<Point> {
    let divided = |(at, point): (usize, &Point)| {
        // A position that the baseline does not know keeps its values.
        let factor = season.position(at).and_then(|position| factors.get(&position)).unwrap_or(&1.0);
        Point { value: point.present().map(|value| value / factor).filter(|value| value.is_finite()), ..point.clone() }
    };
    points.iter().enumerate().map(divided).collect()
}

/// The baseline of a phase for which nobody chose one.
///
/// It is all its values until there are seventeen, then its first seventeen for good. So new values move provisional limits and never firm ones. With a season it waits for two full
/// cycles.
pub fn own_baseline(phase: Range<usize>, points: &[Point], options: &Options) -> Range<usize> {
    let cycle = options.season.as_ref().map_or(0, |season| season.length(points.len()));
    first_values(clip(phase, points), points, FIRM_FROM.max(CYCLES * cycle))
}
