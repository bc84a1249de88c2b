//! The rules as loops against the same rules spelled out value by value.

use super::*;
use crate::spc::Limits;
use crate::spc::limits::Basis;
use crate::spc::tolerance::TOLERANCE;
use chrono::NaiveDate;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A signal without the order of its parts.
type Plain = (u8, bool, Vec<usize>, usize);

fn on(figure: f64, line: f64) -> bool {
    (figure - line).abs() <= TOLERANCE * figure.abs().max(line.abs()).max(1.0)
}

fn over(side: Side, figure: f64, line: f64) -> bool {
    !on(figure, line) && if side == Side::Above { figure > line } else { figure < line }
}

fn spelled_out(points: &[Point], limits: &Limits, options: &Options) -> Vec<Plain> {
    let counted: Vec<(usize, f64)> =
        points.iter().enumerate().filter_map(|(at, point)| Some((at, point.counted()?))).collect();
    let mut found = Vec::new();
    for side in [Side::Above, Side::Below] {
        let above = side == Side::Above;
        let limit = if above { limits.upper } else { limits.lower };
        for (at, point) in points.iter().enumerate() {
            if point.present().zip(limit).is_some_and(|(value, limit)| over(side, value, limit)) {
                found.push((1, above, vec![at], at));
            }
        }
        if options.rules != RuleSet::One {
            runs_spelled_out(&counted, side, limits, options, &mut found);
        }
        match options.rules {
            RuleSet::Three => zones_spelled_out(&counted, side, 4, &mut found, |window| {
                let line = if above { limits.mid_upper } else { limits.mid_lower };
                let near: Vec<bool> = window.iter().map(|&value| over(side, value, line)).collect();
                (near.iter().filter(|&&near| near).count() >= 3).then_some(near)
            }),
            RuleSet::Nhs => zones_spelled_out(&counted, side, 3, &mut found, |window| {
                let reach = 2.0 / 3.0 * (limits.unpl - limits.mean);
                let line = if above { limits.mean + reach } else { limits.mean - reach };
                let inside = |value: f64| limit.is_none_or(|limit| !over(side, value, limit));
                let near: Vec<bool> = window.iter().map(|&x| over(side, x, line) && inside(x)).collect();
                let one_side = window.iter().all(|&value| over(side, value, limits.mean));
                (one_side && near.iter().filter(|&&near| near).count() >= 2).then_some(near)
            }),
            RuleSet::Two | RuleSet::One => {}
        }
    }
    found.sort();
    found
}

fn runs_spelled_out(counted: &[(usize, f64)], side: Side, limits: &Limits, options: &Options, found: &mut Vec<Plain>) {
    let length = if options.rules == RuleSet::Nhs { 7 } else { options.run_length };
    let mut run = Vec::new();
    // One value more, which ends the last run.
    for (at, value) in counted.iter().copied().chain([(usize::MAX, f64::NAN)]) {
        if over(side, value, limits.mean) {
            run.push(at);
        } else if !(on(value, limits.mean) && options.tie == Tie::Skips) {
            if run.len() >= length {
                found.push((2, side == Side::Above, run.clone(), run[length - 1]));
            }
            run.clear();
        }
    }
}

/// `near` says for a window which of its values are marked, if it is one.
fn zones_spelled_out(
    counted: &[(usize, f64)],
    side: Side,
    length: usize,
    found: &mut Vec<Plain>,
    near: impl Fn(&[f64]) -> Option<Vec<bool>>,
) {
    let mut stretch: Option<(BTreeSet<usize>, usize)> = None;
    let mut end = |stretch: &mut Option<(BTreeSet<usize>, usize)>| {
        if let Some((points, seen)) = stretch.take() {
            found.push((3, side == Side::Above, points.into_iter().collect(), seen));
        }
    };
    for window in counted.windows(length) {
        let values: Vec<f64> = window.iter().map(|&(_, value)| value).collect();
        match near(&values) {
            Some(marked) => {
                let (points, _) = stretch.get_or_insert_with(|| (BTreeSet::new(), window[length - 1].0));
                points.extend(window.iter().zip(marked).filter(|(_, marked)| *marked).map(|((at, _), _)| *at));
            }
            None => end(&mut stretch),
        }
    }
    end(&mut stretch);
}

fn trends_spelled_out(points: &[Point], length: usize) -> BTreeSet<(bool, Vec<usize>, usize)> {
    let counted: Vec<(usize, f64)> =
        points.iter().enumerate().filter_map(|(at, point)| Some((at, point.counted()?))).collect();
    let mut found = BTreeSet::new();
    for (rising, side) in [(true, Side::Above), (false, Side::Below)] {
        for start in 0..counted.len() {
            let step = |place: usize| over(side, counted[place + 1].1, counted[place].1);
            let goes_on = |from: usize| (from..counted.len() - 1).take_while(|&place| step(place)).count();
            let begins = start == 0 || !step(start - 1);
            let values = 1 + goes_on(start);
            if begins && values >= length {
                let points = counted[start..start + values].iter().map(|&(at, _)| at).collect();
                found.insert((rising, points, counted[start + length - 1].0));
            }
        }
    }
    found
}

/// Small whole values, so that many lie on a line; some are missing, some left out.
fn any_points(most: usize) -> impl Strategy<Value = Vec<Point>> {
    let value = prop::option::weighted(0.9, (-7..=7i32).prop_map(f64::from));
    prop::collection::vec((value, prop::bool::weighted(0.1)), 0..most).prop_map(|values| {
        let weeks = NaiveDate::default().iter_weeks();
        let point = |(period, (value, excluded))| Point { excluded, ..Point::plain(period, value) };
        weeks.zip(values).map(point).collect()
    })
}

/// Values that stay long on one side, so that runs reach over several words.
fn slow_points() -> impl Strategy<Value = Vec<Point>> {
    prop::collection::vec((prop::sample::select(vec![-2.0, 0.0, 1.0, 3.0]), 1..90usize), 1..6).prop_map(|stays| {
        let values = stays.into_iter().flat_map(|(value, times)| vec![value; times]);
        NaiveDate::default().iter_weeks().zip(values).map(|(week, value)| Point::plain(week, Some(value))).collect()
    })
}

/// Lines that lie on whole values but for the last bits: limits at mean +- `reach`.
fn lines_at(mean: i32, reach: i32, options: &Options) -> Limits {
    let basis = Basis { values: 20, ranges: 19, centre: f64::from(mean), spread: f64::from(reach) / 2.66 };
    Limits::from_basis(basis, options).unwrap()
}

fn any_options() -> impl Strategy<Value = Options> {
    let rules = prop::sample::select(vec![RuleSet::Three, RuleSet::Two, RuleSet::One, RuleSet::Nhs]);
    let bound = prop::option::of(-6..=6i32);
    let length = prop_oneof![4 => 1..12usize, 1 => 60..150usize];
    (rules, any::<bool>(), length, bound.clone(), bound).prop_map(|(rules, skips, run_length, floor, ceiling)| {
        Options {
            rules,
            tie: if skips { Tie::Skips } else { Tie::Breaks },
            run_length,
            floor: floor.map(f64::from),
            ceiling: ceiling.map(f64::from),
            ..Options::default()
        }
    })
}

fn found(points: &[Point], limits: &Limits, options: &Options) -> Vec<Plain> {
    let plain = |signal: Signal| {
        let rule = match signal.rule {
            Rule::Outside => 1,
            Rule::RunOfEight => 2,
            Rule::ThreeOfFour => 3,
        };
        (rule, signal.side == Side::Above, signal.points, signal.first_seen_at)
    };
    let mut found: Vec<Plain> =
        signals(points, 0..points.len(), &LimitLines::plain(*limits), options).into_iter().map(plain).collect();
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_rules_find_what_they_say(
        points in prop_oneof![any_points(40), any_points(200), slow_points()],
        mean in -1..=1i32,
        reach in 0..=6i32,
        options in any_options(),
    ) {
        let limits = lines_at(mean, reach, &options);
        prop_assert_eq!(found(&points, &limits, &options), spelled_out(&points, &limits, &options));
    }

    #[test]
    fn trends_are_found_as_the_rule_says(points in any_points(150), length in 2..5usize) {
        let lines = LimitLines::plain(lines_at(0, 3, &Options::default()));
        let found = trends_of(&points, 0..points.len(), &lines, length).into_iter();
        let found: BTreeSet<_> = found.map(|trend| (trend.rising, trend.points, trend.first_seen_at)).collect();
        prop_assert_eq!(found, trends_spelled_out(&points, length));
    }

    #[test]
    fn a_range_is_judged_as_if_it_were_alone(points in any_points(120), from in 0..60usize, options in any_options()) {
        let (from, limits) = (from.min(points.len()), lines_at(0, 3, &options));
        let alone = found(&points[from..], &limits, &options);
        let inside = signals(&points, from..points.len(), &LimitLines::plain(limits), &options);
        prop_assert_eq!(inside.len(), alone.len());
        let first = |at: usize| at - from;
        for signal in inside {
            let points: Vec<usize> = signal.points.iter().map(|&at| first(at)).collect();
            prop_assert!(alone.iter().any(|(_, _, other, seen)| *other == points && *seen == first(signal.first_seen_at)));
        }
    }
}
