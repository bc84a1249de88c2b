//! How many values per second the chart arithmetic reads: limits and all rules, on one core.
//!
//! `study` reads 10 000 series of 104 values, round by round, as the pages use it; the figure is the median of the rounds.
//! It takes a few seconds.

#![expect(clippy::print_stdout, reason = "the figures are for whoever runs it")]

use catchball::spc::{Options, PhaseStart, Point, RuleSet, study};
use chrono::NaiveDate;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::time::Instant;

const SERIES: usize = 10_000;
const VALUES: usize = 104;
const ROUNDS: usize = 9;

fn main() {
    let values = some_values();
    let points: Vec<Vec<Point>> = values.chunks_exact(VALUES).map(as_points).collect();
    println!("{SERIES} series of {VALUES} values, limits and three rules, one core, median of {ROUNDS} rounds");
    for (name, rules) in [("three rules", RuleSet::Three), ("as in the NHS", RuleSet::Nhs)] {
        let options = Options { rules, ..Options::default() };
        let rounds = (0..ROUNDS).map(|_| timed(|| points.iter().map(|series| signals(series, &options)).sum()));
        let (found, rates): (Vec<usize>, Vec<f64>) = rounds.unzip();
        println!("{name}: {:.1} million values/s, {} signals", median(rates), found[0]);
    }
}

/// What was found, and values per second.
fn timed(read: impl FnOnce() -> usize) -> (usize, f64) {
    let began = Instant::now();
    let found = read();
    let million_values = f64::from(u32::try_from(SERIES * VALUES).unwrap_or(u32::MAX)) / 1e6;
    (found, million_values / began.elapsed().as_secs_f64())
}

fn signals(points: &[Point], options: &Options) -> usize {
    let all = PhaseStart { start: 0, baseline: Some(0..points.len()), ..PhaseStart::default() };
    study(points, &[all], options).signals().count()
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
