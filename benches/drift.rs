//! How many weeks pass until a drift is seen by a standard's ball, which its measure throws by itself, beside a check every
//! 90 or 180 days alone, and beside both together; and how often the ball is thrown although nothing drifts.
//!
//! Normal values, limits from 12, 17 or 24 of them, the three rules, a fresh count from the beginning of the watch. A check is
//! taken to see every drift, on its day. It takes some seconds.

#![expect(clippy::print_stdout, reason = "the figures are for whoever runs it")]

use catchball::spc::watch::watch;
use catchball::spc::{Options, PhaseStart, Point, Side};
use chrono::NaiveDate;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const ROUNDS: usize = 4_000;
/// So many weeks are watched.
const WEEKS: usize = 52;
/// Days between two checks: the first three, and later ones.
const CHECKS: [f64; 2] = [90.0, 180.0];

fn main() {
    println!(
        "weeks until it is seen, {ROUNDS} rounds; a drift that is not seen within {WEEKS} weeks counts as {WEEKS}"
    );
    println!("{:<34}{:>10}{:>10}{:>12}{:>12}", "", "median", "mean", "in 8 weeks", "in a year");
    let mut dice = StdRng::seed_from_u64(2026);
    for baseline in [12, 17, 24] {
        for sigma in [0.0, 1.0, 2.0] {
            let waits: Vec<usize> = (0..ROUNDS).map(|_| weeks(baseline, sigma, &mut dice)).collect();
            let name = if sigma > 0.0 { format!("{sigma} sigma") } else { "nothing drifts".to_owned() };
            let waits: Vec<f64> = waits.into_iter().map(count).collect();
            told(&format!("ball, {baseline} values, {name}"), waits.clone());
            for days in CHECKS {
                let with = waits.iter().map(|wait| wait.min(check(days, &mut dice))).collect();
                if sigma > 0.0 {
                    told(&format!("  and a check every {days} days"), with);
                }
            }
        }
    }
    for days in CHECKS {
        told(&format!("check every {days} days alone"), (0..ROUNDS).map(|_| check(days, &mut dice)).collect());
    }
}

/// Weeks from a drift to the next check.
fn check(days: f64, dice: &mut StdRng) -> f64 {
    dice.random_range(0.0..days / 7.0)
}

fn told(name: &str, mut waits: Vec<f64>) {
    waits.sort_by(f64::total_cmp);
    let share = |within: f64| 100.0 * count(waits.iter().filter(|wait| **wait <= within).count()) / count(waits.len());
    let mean = waits.iter().sum::<f64>() / count(waits.len());
    let year = count(WEEKS) - 0.5;
    println!("{name:<34}{:>10.1}{mean:>10.1}{:>10.0} %{:>10.0} %", waits[waits.len() / 2], share(8.0), share(year));
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// How many weeks after a drift upwards the watch sees it.
fn weeks(baseline: usize, sigma: f64, dice: &mut StdRng) -> usize {
    let dates = NaiveDate::default().iter_weeks();
    let mut value = |shift: f64| shift + (0..12).map(|_| dice.random_range(0.0..1.0)).sum::<f64>() - 6.0;
    let values: Vec<f64> = (0..baseline + WEEKS).map(|at| value(if at < baseline { 0.0 } else { sigma })).collect();
    let points: Vec<Point> = dates.zip(values).map(|(week, value)| Point::plain(week, Some(value))).collect();
    let phases = [PhaseStart { start: 0, baseline: Some(0..baseline), ..PhaseStart::default() }];
    let seen = watch(&points, &phases, baseline, &Options::default());
    seen.first(Side::Above).map_or(WEEKS, |signal| signal.first_seen_at + 1 - baseline)
}
