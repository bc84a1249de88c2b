//! How many values per second the chart arithmetic reads: limits and all three rules, on one core.
//!
//! Two ways side by side over the same 10 000 series of 104 values, round by round, median of the rounds: the dense
//! core into reused buffers, and `study` with its readable lists of signals as the pages use it. Both must mark the
//! same values, or the run fails. It takes a few seconds.

#![expect(clippy::print_stdout, reason = "the figures are for whoever runs it")]

use catchball::spc::arithmetic::Sums;
use catchball::spc::rules::masks::Masks;
use catchball::spc::{Limits, Options, Point};
use catchball::spc::{PhaseStart, study};
use chrono::NaiveDate;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::time::Instant;

const SERIES: usize = 10_000;
const VALUES: usize = 104;
const ROUNDS: usize = 9;

fn main() -> anyhow::Result<()> {
    let values = some_values();
    let points: Vec<Vec<Point>> = values.chunks_exact(VALUES).map(as_points).collect();
    let mut masks = Masks::default();
    let (mut core, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (marked, rate) = timed(|| values.chunks_exact(VALUES).map(|series| in_bulk(&mut masks, series)).sum());
        core.push(rate);
        let (marked_by_study, rate) = timed(|| points.iter().map(|series| by_study(series)).sum());
        whole.push(rate);
        anyhow::ensure!(marked == marked_by_study, "{marked:?} values marked in bulk, {marked_by_study:?} by study");
    }
    println!("{SERIES} series of {VALUES} values, limits and three rules, one core, median of {ROUNDS} rounds");
    println!("core, in bulk:             {:>8.1} million values/s", median(core));
    println!("study, with signal lists:  {:>8.1} million values/s", median(whole));
    Ok(())
}

/// Marks by rule, and values per second.
fn timed(read: impl FnOnce() -> Marked) -> (Marked, f64) {
    let began = Instant::now();
    let marked = read();
    let million_values = f64::from(u32::try_from(SERIES * VALUES).unwrap_or(u32::MAX)) / 1e6;
    (marked, million_values / began.elapsed().as_secs_f64())
}

/// How many values lie outside, in a run, in a zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Marked([usize; 3]);

impl std::iter::Sum for Marked {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |Self(sum), Self(more)| Self([0, 1, 2].map(|rule| sum[rule] + more[rule])))
    }
}

fn in_bulk(masks: &mut Masks, series: &[f64]) -> Marked {
    let options = Options::default();
    let mut sums = Sums::default();
    sums.add(series);
    let Some(limits) = Limits::from_sums(&sums, &options) else { return Marked::default() };
    masks.read(series, &limits, &options);
    let mut marked = Marked::default();
    for side in [&masks.above, &masks.below] {
        for (number, bits) in marked.0.iter_mut().zip([&side.outside, &side.run, &side.zone]) {
            *number += bits.words().iter().map(|word| word.count_ones() as usize).sum::<usize>();
        }
    }
    marked
}

fn by_study(points: &[Point]) -> Marked {
    let all = PhaseStart { start: 0, baseline: Some(0..points.len()), reason: String::new(), ..PhaseStart::default() };
    let read = study(points, &[all], &Options::default());
    let mut marked = Marked::default();
    for marks in &read.marks {
        for (number, side) in marked.0.iter_mut().zip([marks.outside, marks.run, marks.three_of_four]) {
            *number += usize::from(side.is_some());
        }
    }
    marked
}

/// Sums of four dice, with a shift in every fifth series so that all rules have something to find.
fn some_values() -> Vec<f64> {
    let mut dice = StdRng::seed_from_u64(104);
    let mut values = Vec::with_capacity(SERIES * VALUES);
    for series in 0..SERIES {
        for at in 0..VALUES {
            let shift = if series % 5 == 0 && at >= VALUES / 2 { 8.0 } else { 0.0 };
            values.push(40.0 + shift + (0..4).map(|_| dice.random_range(0.0..10.0)).sum::<f64>());
        }
    }
    values
}

fn as_points(values: &[f64]) -> Vec<Point> {
    let weeks = NaiveDate::default().iter_weeks();
    weeks.zip(values).map(|(week, &value)| Point::plain(week, Some(value))).collect()
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
