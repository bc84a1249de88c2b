//! The title says what the rules find, and the newest value is read by itself.

use super::outlook::newest_reading;
use super::title::title;
use super::wording::decimals;
use crate::spc::{Cadence, Limits, Options, PhaseStart, Point, Rule, Side, Study, Wording, study};
use chrono::NaiveDate;

fn series(values: &[f64]) -> Vec<Point> {
    let first = NaiveDate::from_ymd_opt(2025, 1, 6).unwrap();
    first.iter_weeks().zip(values).map(|(period, &value)| Point::plain(period, Some(value))).collect()
}

fn read(points: &[Point], phases: &[PhaseStart]) -> Study {
    study(points, phases, &Options::default())
}

/// The next number of a plain generator, between 0 and 1.
fn chance(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    f64::from(u32::try_from(*state >> 33).unwrap()) / f64::from(1u32 << 31)
}

/// Around forty, now and then moved or thrown far out at the end, so that all rules and silence occur.
fn seeded(seed: u64) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(7);
    let count = 24 + seed % 20;
    let mut values: Vec<f64> = (0..count).map(|_| (30.0 + 20.0 * chance(&mut state)).round()).collect();
    let last = values.len() - 1;
    match seed % 5 {
        0 => values[last] = 95.0,
        1 => values[last - 8..].iter_mut().for_each(|value| *value = 46.0 + (*value % 3.0)),
        2 => values[last - 2..].iter_mut().for_each(|value| *value = 56.0 + (*value % 2.0)),
        _ => {}
    }
    values
}

/// The rules for the newest value, written down a second time and as plainly as can be.
fn expected(values: &[f64], limits: &Limits) -> Option<(Rule, Side)> {
    let side = |value: f64, high: f64, low: f64| match value {
        value if value > high => Some(Side::Above),
        value if value < low => Some(Side::Below),
        _ => None,
    };
    let newest = *values.last()?;
    let mean = side(newest, limits.mean, limits.mean);
    let same = values.iter().rev().take_while(|&&value| side(value, limits.mean, limits.mean) == mean).count();
    if mean.is_some() && same >= 8 {
        return mean.map(|side| (Rule::RunOfEight, side));
    }
    if let Some(outside) = side(newest, limits.unpl, limits.lnpl) {
        return Some((Rule::Outside, outside));
    }
    let near = side(newest, limits.mid_upper, limits.mid_lower)?;
    let four =
        values.iter().rev().take(4).filter(|&&value| side(value, limits.mid_upper, limits.mid_lower) == Some(near));
    (four.count() >= 3).then_some((Rule::ThreeOfFour, near))
}

#[test]
fn the_title_says_the_computed_signal_in_fifty_seeded_cases() {
    let mut kinds = [0; 4];
    for seed in 0..50 {
        let values = seeded(seed);
        let points = series(&values);
        let study = read(&points, &[]);
        let limits = study.current().unwrap().limits.unwrap();
        let words = Wording::new("hours", Cadence::Week, &points);
        let said = title(&study, &points, &Options::default(), &words);
        let newest = words.at(points.last().unwrap().period);
        let (kind, wanted) = match expected(&values, &limits) {
            Some((Rule::Outside, side)) => (
                0,
                format!(
                    "Signal: {} {newest} is {} the usual range",
                    words.value(*values.last().unwrap()),
                    side.words().0
                ),
            ),
            Some((Rule::RunOfEight, side)) => {
                let beyond = |&&value: &&f64| (value > limits.mean) == (side == Side::Above);
                let run = values.iter().rev().take_while(beyond).count();
                (1, format!("Signal since {}: about ", words.date(points[points.len() - run].period)))
            }
            Some((Rule::ThreeOfFour, side)) => {
                let side = if side == Side::Above { "upper" } else { "lower" };
                (2, format!("Signal: three of four values are near the {side} limit, the last {newest}"))
            }
            None => (3, format!("About {}", words.rounded(limits.mean, decimals(&limits)))),
        };
        assert!(said.starts_with(&wanted), "seed {seed}: {said:?}, not {wanted:?}");
        kinds[kind] += 1;
    }
    assert!(kinds.iter().all(|&count| count >= 5), "all kinds occur: {kinds:?}");
}

#[test]
fn the_newest_value_inside_the_usual_range_means_nothing() {
    let mut values = seeded(3);
    *values.last_mut().unwrap() = 38.0;
    let points = series(&values);
    let words = Wording::new("hours", Cadence::Week, &points);
    let said = newest_reading(&read(&points, &[]), &points, &words).unwrap();
    let wanted = "The last value, 38\u{a0}hours, is within the usual range: a single value up or down means nothing.";
    assert_eq!(said, wanted);
}

#[test]
fn the_newest_value_says_when_it_is_a_signal_left_out_or_too_early() {
    let reading =
        |points: &[Point]| newest_reading(&read(points, &[]), points, &Wording::new("", Cadence::Week, points));
    let mut points = series(&seeded(0));
    let said = reading(&points).unwrap();
    assert!(said.starts_with("The last value, 95, belongs to a signal: above the usual range."), "{said}");
    points.last_mut().unwrap().excluded = true;
    assert!(reading(&points).unwrap().contains("95, is left out"));
    assert!(reading(&points[..1]).unwrap().contains("is the only one so far: too few"));
    assert!(reading(&points[..4]).unwrap().contains("is one of 4 so far: too few"));
    assert!(reading(&series(&[5.0; 9])).unwrap().contains("nothing to explain"));
    assert_eq!(reading(&[]), None);
}

#[test]
fn limits_that_a_person_locked_are_not_said_to_move() {
    let points = series(&[10.0, 12.0, 11.0, 13.0].repeat(4));
    let words = Wording::new("", Cadence::Week, &points);
    let said = |baseline: Option<std::ops::Range<usize>>| {
        let start = PhaseStart { baseline, ..PhaseStart::default() };
        title(&read(&points, &[start]), &points, &Options::default(), &words)
    };
    assert_eq!(said(None), "About 12 so far; no signal, limits from 16 values may still move");
    assert_eq!(said(Some(0..12)), "About 12 so far; no signal, limits locked on 12 values");
}
