//! Laws that hold for every series.

use super::tests::series;
use super::*;
use crate::spc::cautions::lag_one_correlation;
use crate::spc::gain::gain;
use crate::spc::limits::FIRM_FROM;
use crate::spc::point::count;
use crate::spc::verdict::verdict;
use crate::spc::{Better, Centre, LimitsKind, Options, Point, Rule, RuleSet, Season, Side, Spread, Tie, Trial};
use proptest::prelude::*;

/// Whole figures, so that no law breaks on binary rounding; one value in ten is missing.
fn any_series() -> impl Strategy<Value = Vec<Option<f64>>> {
    prop::collection::vec(prop::option::weighted(0.9, (-500..500i32).prop_map(f64::from)), 0..60)
}

fn plain_study(values: &[Option<f64>]) -> Study {
    study(&series(values), &[], &Options::default())
}

fn changed(values: &[Option<f64>], change: impl Fn(f64) -> f64) -> Vec<Option<f64>> {
    values.iter().map(|value| value.map(&change)).collect()
}

fn seen(study: &Study) -> Vec<(Rule, Vec<usize>)> {
    let mut all: Vec<_> = study.signals().map(|signal| (signal.rule, signal.points.clone())).collect();
    all.sort_by_key(|(rule, points)| (*rule as u8, points.clone()));
    all
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-6 * one.abs().max(other.abs()).max(1.0)
}

proptest! {
    #[test]
    fn shifting_all_values_shifts_the_lines(values in any_series(), by in -1000..1000i32) {
        let (before, after) = (plain_study(&values), plain_study(&changed(&values, |value| value + f64::from(by))));
        prop_assert_eq!(seen(&before), seen(&after));
        if let (Some(before), Some(after)) = (before.phases[0].limits, after.phases[0].limits) {
            prop_assert!(close(before.unpl + f64::from(by), after.unpl) && close(before.lnpl + f64::from(by), after.lnpl));
        }
    }

    #[test]
    fn another_unit_scales_the_lines(values in any_series(), by in 1..200u32) {
        let (before, after) = (plain_study(&values), plain_study(&changed(&values, |value| value * f64::from(by))));
        prop_assert_eq!(seen(&before), seen(&after));
        if let (Some(before), Some(after)) = (before.phases[0].limits, after.phases[0].limits) {
            prop_assert!(close(before.unpl * f64::from(by), after.unpl) && close(before.amr * f64::from(by), after.amr));
        }
    }

    #[test]
    fn a_mirrored_series_has_mirrored_signals(values in any_series()) {
        let (before, after) = (plain_study(&values), plain_study(&changed(&values, |value| -value)));
        prop_assert_eq!(seen(&before), seen(&after));
        prop_assert!(before.marks.iter().zip(&after.marks).all(|(one, other)| one.run.map(Side::opposite) == other.run));
        if let (Some(before), Some(after)) = (before.phases[0].limits, after.phases[0].limits) {
            prop_assert!(close(before.unpl, -after.lnpl));
        }
    }

    #[test]
    fn new_values_never_move_firm_limits(values in any_series(), more in any_series()) {
        let present = values.iter().flatten().count();
        let (before, after) = (plain_study(&values), plain_study(&[values.clone(), more].concat()));
        if present >= FIRM_FROM {
            prop_assert_eq!(before.phases[0].limits, after.phases[0].limits);
        }
        let points = series(&values);
        let baseline = own_baseline(0..points.len(), &points, &Options::default());
        prop_assert_eq!(count(&points, baseline), present.min(FIRM_FROM));
    }

    #[test]
    fn locked_limits_never_move_with_new_values(
        values in any_series(), more in any_series(), to in 1..60usize, options in any_options(),
    ) {
        let locked = [locked(0, 0..to.min(values.len()))];
        let before = study(&series(&values), &locked, &options);
        let after = study(&series(&[values.clone(), more].concat()), &locked, &options);
        if let (Some(before), Some(after)) = (before.phases.first(), after.phases.first()) {
            prop_assert_eq!((before.limits, before.mean), (after.limits, after.mean));
            prop_assert!((0..values.len()).all(|at| before.bounds(at) == after.bounds(at)));
        }
    }

    #[test]
    fn a_series_read_backwards_has_the_same_limits(values in any_series(), skips in any::<bool>()) {
        let options = Options { tie: if skips { Tie::Skips } else { Tie::Breaks }, ..Options::default() };
        let backwards: Vec<Option<f64>> = values.iter().rev().copied().collect();
        let read = |values: &[Option<f64>]| study(&series(values), &[locked(0, 0..values.len())], &options);
        let (before, after) = (read(&values), read(&backwards));
        let lines = |read: &Study| read.current().and_then(|phase| phase.limits);
        match (lines(&before), lines(&after)) {
            (Some(one), Some(other)) => {
                prop_assert!(close(one.mean, other.mean) && close(one.unpl, other.unpl) && close(one.lnpl, other.lnpl));
            }
            (one, other) => prop_assert_eq!(one, other),
        }
        let both = before.marks.iter().zip(after.marks.iter().rev());
        prop_assert!(both.into_iter().all(|(one, other)| (one.outside, one.run) == (other.outside, other.run)));
    }

    #[test]
    fn phases_are_read_as_if_each_were_alone(values in any_series(), at in 1..60usize, options in any_options()) {
        let points = series(&values);
        let at = at.min(points.len());
        let whole = study(&points, &[locked(0, 0..at), locked(at, at..points.len())], &options);
        let parts = [(0, &points[..at]), (at, &points[at..])];
        for (phase, (start, part)) in whole.phases.iter().zip(parts) {
            let alone = study(part, &[locked(0, 0..part.len())], &options);
            let moved = |signal: &Signal| {
                let points: Vec<usize> = signal.points.iter().map(|at| at + start).collect();
                (signal.rule, signal.side, points, signal.first_seen_at + start)
            };
            let as_it_is = |signal: &Signal| (signal.rule, signal.side, signal.points.clone(), signal.first_seen_at);
            prop_assert_eq!(phase.limits, alone.phases[0].limits);
            let found: Vec<_> = phase.signals.iter().map(as_it_is).collect();
            prop_assert_eq!(found, alone.signals().map(moved).collect::<Vec<_>>());
            let trends = |phase: &Phase, from: usize| -> Vec<Vec<usize>> {
                phase.trends.iter().map(|trend| trend.points.iter().map(|at| at + from).collect()).collect()
            };
            prop_assert_eq!(trends(phase, 0), trends(&alone.phases[0], start));
        }
    }

    #[test]
    fn no_figure_is_infinite_or_no_number(points in any_figures(), options in any_options(), volume in any::<bool>(),
        slope in any::<bool>(), cycle in 0..4usize, split in 1..40usize,
    ) {
        let options = Options {
            limits: if volume { LimitsKind::Volume } else { LimitsKind::Same },
            centre: if slope { Centre::LeastSquares } else { options.centre },
            season: (cycle > 0).then_some(Season::Cycle(cycle)),
            ..options
        };
        let split = split.min(points.len());
        let read = study(&points, &[locked(0, 0..split), locked(split, split..points.len())], &options);
        prop_assert!(read.values.iter().flatten().all(|value| value.is_finite()));
        for phase in &read.phases {
            let lines = phase.limits.map(|l| [l.mean, l.amr, l.unpl, l.lnpl, l.url_mr, l.mid_upper, l.mid_lower]);
            let bounds = phase.range.clone().map(|at| (phase.bounds(at), phase.centre(at)));
            let each = bounds.flat_map(|(bounds, centre)| [bounds.upper, bounds.lower, centre]).flatten();
            let factors = phase.adjustment.factors().into_iter().flat_map(|factors| factors.values().copied());
            let mut all = lines.into_iter().flatten().chain(phase.mean).chain(each).chain(factors);
            prop_assert!(all.all(f64::is_finite), "{phase:?}");
        }
        if let [Some(old), Some(new)] = read.phases.iter().map(|phase| phase.limits).collect::<Vec<_>>()[..] {
            prop_assert!(gain(&old, &new).is_none_or(|gain| gain.size.is_finite() && gain.give_or_take.is_finite()));
        }
        prop_assert!(lag_one_correlation(&points, 0..points.len(), &options).is_none_or(|lag| lag.abs() <= 1.0 + 1e-9));
        let trial = Trial { evaluated: split..points.len(), planned: 12, predicted: Side::Above };
        let judged = verdict(&points, &[], trial, &options);
        prop_assert!(judged.limits.is_none_or(|limits| limits.unpl.is_finite() && limits.lnpl.is_finite()));
    }
}

#[test]
fn a_steep_line_ends_where_figures_end() {
    let values = [vec![None; 60], vec![Some(1e307); 3], vec![Some(-1e307); 3]].concat();
    let options = Options { centre: Centre::LeastSquares, spread: Spread::Median, ..Options::default() };
    let read = study(&series(&values), &[locked(0, 0..66)], &options);
    let phase = &read.phases[0];
    assert!(phase.limits.is_some() && phase.limits_differ());
    assert!(phase.centre(65).is_some());
    assert_eq!((phase.centre(0), phase.bounds(0)), (None, Bounds::default()));
}

#[test]
fn factors_of_the_season_wait_for_two_cycles_and_are_kept_by_the_next_phase() {
    // Every twelfth value is four times as large; before and after a new phase of six values.
    let value = |at: usize| Some(if at % 12 == 11 { 40.0 } else { 10.0 });
    let values: Vec<Option<f64>> = (0..30).map(value).collect();
    let options = Options { season: Some(Season::Cycle(12)), ..Options::default() };
    let early = study(&series(&values[..23]), &[], &options);
    assert_eq!(early.phases[0].adjustment, Adjustment::TooFewCycles);
    assert_eq!(early.values, values[..23], "values are as they came");

    let new_phase = PhaseStart { start: 24, ..PhaseStart::default() };
    let read = study(&series(&values), std::slice::from_ref(&new_phase), &options);
    assert_eq!(read.phases[0].baseline, 0..24, "the own baseline waits for two cycles, not for seventeen values");
    assert!(read.phases.iter().all(|phase| phase.adjustment == read.phases[0].adjustment));
    assert!(read.values.iter().flatten().all(|value| close(*value, 12.5)), "{:?}", read.values);
    assert_eq!(read.signals().count(), 0);

    let trial = Trial { evaluated: 30..42, planned: 12, predicted: Side::Above };
    let longer: Vec<Option<f64>> = (0..42).map(value).collect();
    let judged = verdict(&series(&longer), &[new_phase], trial, &options);
    assert_eq!((judged.limits.map(|limits| limits.values), judged.signals), (Some(6), vec![]));
}

fn locked(start: usize, baseline: Range<usize>) -> PhaseStart {
    PhaseStart { start, baseline: Some(baseline), ..PhaseStart::default() }
}

/// Ways to read a series that do not ask where in the series it is.
fn any_options() -> impl Strategy<Value = Options> {
    let rules = prop::sample::select(vec![RuleSet::Three, RuleSet::Two, RuleSet::One, RuleSet::Nhs]);
    let centre = prop::sample::select(vec![Centre::Mean, Centre::Median]);
    (rules, centre, any::<[bool; 4]>()).prop_map(|(rules, centre, [median, screened, skips, bridged])| Options {
        rules,
        centre,
        spread: if median { Spread::Median } else { Spread::Mean },
        screen_ranges: screened,
        tie: if skips { Tie::Skips } else { Tie::Breaks },
        bridge_gaps: bridged,
        better: Better::Higher,
        limits_from: 1,
        ..Options::default()
    })
}

/// Everything that a figure can be, also what is none.
fn any_figures() -> impl Strategy<Value = Vec<Point>> {
    let edges = [1e308, -1e308, f64::MAX, f64::MIN, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 5e-324, 0.0, -0.0, 1.0];
    let figure =
        || prop_oneof![prop::num::f64::ANY, prop::sample::select(edges.to_vec()), (1..50i32).prop_map(f64::from)];
    let point =
        (prop::option::weighted(0.9, figure()), prop::option::weighted(0.9, figure()), prop::bool::weighted(0.1));
    prop::collection::vec(point, 0..40).prop_map(|all| {
        let figures = all.iter().map(|(value, ..)| *value).collect::<Vec<_>>();
        let of = |(point, (_, denominator, excluded)): (Point, (_, Option<f64>, bool))| Point {
            denominator,
            excluded,
            ..point
        };
        series(&figures).into_iter().zip(all).map(of).collect()
    })
}
