//! How often the verdict on an experiment is right: for 12 values before and 12 after a step of 0, 1, 1.5 and 2 sigma, and for
//! counted cases without a change and with thirty points more.
//!
//! Normal values, the three rules, the old limits with a fresh count. It takes some seconds.

#![expect(clippy::print_stdout, reason = "the figures are for whoever runs it")]

use catchball::spc::cases::{CasePlan, CaseVerdict, Count};
use catchball::spc::verdict::verdict;
use catchball::spc::{Options, Point, Side, Trial, Verdict};
use chrono::NaiveDate;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const ROUNDS: u32 = 20_000;
/// So many values before and after.
const VALUES: usize = 12;

fn main() {
    let mut dice = StdRng::seed_from_u64(2026);
    println!("verdicts on {VALUES} values after {VALUES} before, {ROUNDS} rounds, in per cent");
    println!("{:<16}{:>12}{:>12}{:>8}{:>12}", "step, sigma", "predicted", "other way", "both", "no signal");
    for sigma in [0.0, 1.0, 1.5, 2.0, -1.5] {
        let mut counts = [0; 4];
        for _ in 0..ROUNDS {
            counts[match one(sigma, &mut dice) {
                Verdict::Predicted => 0,
                Verdict::Other => 1,
                Verdict::Both => 2,
                Verdict::NoSignal | Verdict::TooFew => 3,
            }] += 1;
        }
        let [predicted, other, both, none] = counts.map(share);
        println!("{sigma:<16}{predicted:>12.1}{other:>12.1}{both:>8.1}{none:>12.1}");
    }
    println!("\ncounted cases, {ROUNDS} rounds, in per cent: a signal upwards, a signal downwards");
    for (of, before, now) in [(0.4, 20, 20), (0.4, 60, 20), (0.4, 200, 40)] {
        for more in [0.0, 0.3] {
            let (mut up, mut down) = (0, 0);
            for _ in 0..ROUNDS {
                match counted((of, before), (of + more, now), &mut dice) {
                    CaseVerdict::Signal => up += 1,
                    CaseVerdict::Other => down += 1,
                    _ => {}
                }
            }
            let told = format!("{:.0} % of {before} before, {:.0} % of {now}", 100.0 * of, 100.0 * (of + more));
            println!("{told:<40}{:>8.1}{:>8.1}", share(up), share(down));
        }
    }
}

fn share(count: u32) -> f64 {
    100.0 * f64::from(count) / f64::from(ROUNDS)
}

/// The verdict on one series with a step upwards of so many sigma at the start, as predicted.
fn one(sigma: f64, dice: &mut StdRng) -> Verdict {
    let mut value = |shift: f64| shift + (0..12).map(|_| dice.random_range(0.0..1.0)).sum::<f64>() - 6.0;
    let values: Vec<f64> = (0..2 * VALUES).map(|at| value(if at < VALUES { 0.0 } else { sigma })).collect();
    let weeks = NaiveDate::default().iter_weeks();
    let points: Vec<Point> = weeks.zip(values).map(|(week, value)| Point::plain(week, Some(value))).collect();
    let trial = Trial { evaluated: VALUES..2 * VALUES, planned: VALUES, predicted: Side::Above };
    verdict(&points, &[], trial, &Options::default()).verdict
}

/// The verdict on cases that are a yes with these chances, before and now.
fn counted(before: (f64, u32), now: (f64, u32), dice: &mut StdRng) -> CaseVerdict {
    let mut count = |(chance, of): (f64, u32)| {
        let yes = (0..of).filter(|_| dice.random_range(0.0..1.0) < chance).count();
        Count { yes: u32::try_from(yes).unwrap_or(of), of }
    };
    let (before, now) = (count(before), count(now));
    let predicted = Count { yes: now.of, of: now.of };
    CasePlan { before, predicted, side: Side::Above }.verdict(now)
}
