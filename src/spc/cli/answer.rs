//! The figures of a chart as JSON, under the names of the reference files (`tests/reference/spc`).
//!
//! What has no value is `null`. Figures are the whole arithmetic, also from fewer values than a page would show limits
//! for: `limits_shown` says whether it would.

use super::input::Series;
use super::options::Chosen;
use crate::spc::baseline::Baseline;
use crate::spc::cautions::{chunky, lag_one_correlation};
use crate::spc::limit_lines::LimitLines;
use crate::spc::limits::mean;
use crate::spc::rules::{Zone, large_jumps, near_limit, signals, trends, trends_of};
use crate::spc::season::Adjustment;
use crate::spc::target::{Assurance, assurance};
use crate::spc::{Centre, Firmness, Limits, LimitsKind, Options, Point, Rule, RuleSet, Side, Signal, Trend};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::ops::Range;

/// A phase: its baseline, laid over the series, and the values the rules look at.
struct Part<'a> {
    range: Range<usize>,
    baseline: Range<usize>,
    laid: Baseline<'a>,
    looked_at: Range<usize>,
}

/// The answer for a series.
pub fn answer(series: &Series, chosen: &Chosen) -> Value {
    let points = without_excluded(&series.points, &chosen.excluded);
    let parts = parts(&points, chosen);
    let (options, length) = (&chosen.options, points.len());
    let mut answer = match parts.as_slice() {
        [only] => figures(only, options, length),
        _ => json!({}),
    };
    let judging: Vec<&Part> = parts.iter().filter(|part| !part.looked_at.is_empty()).collect();
    if let (Some(part), true) = (judging.first(), chosen.evaluated.is_some()) {
        answer["limits"] = plain_figures(part);
    }
    answer["phases"] = parts.iter().map(|part| phase(part, options, length)).collect();
    rules(&mut answer, &judging, options);
    let assurance = parts.last().and_then(|part| assured(part, chosen.target?, options));
    answer["assurance"] = json!(assurance);
    answer["assurance_last_phase"] = json!(assurance);
    values(&mut answer, &parts, options);
    answer
}

/// The series with the values marked that were left out by hand.
pub fn without_excluded(points: &[Point], excluded: &[usize]) -> Vec<Point> {
    let marked = |(at, point): (usize, &Point)| Point { excluded: excluded.contains(&at), ..point.clone() };
    points.iter().enumerate().map(marked).collect()
}

fn parts<'a>(points: &'a [Point], chosen: &Chosen) -> Vec<Part<'a>> {
    let ends = chosen.starts.iter().skip(1).map(|start| start.start).chain([points.len()]);
    let mut parts: Vec<Part<'a>> = Vec::new();
    for (start, end) in chosen.starts.iter().zip(ends) {
        let range = start.start..end;
        let baseline = start.baseline.clone().unwrap_or_else(|| range.clone());
        let before = parts.last().map_or(&Adjustment::Off, |part| &part.laid.adjustment);
        let laid = Baseline::over(points, points, baseline.clone(), before, &chosen.options);
        // With a fresh count the limits of one phase judge all that is looked at, also beyond the phase.
        let looked_at = match &chosen.evaluated {
            None => range.clone(),
            Some(evaluated) if range.contains(&evaluated.start) => evaluated.clone(),
            Some(_) => 0..0,
        };
        parts.push(Part { range, baseline, laid, looked_at });
    }
    parts
}

/// Number of values, lines, and what else belongs to one baseline.
fn figures(part: &Part, options: &Options, length: usize) -> Value {
    let mut figures = plain_figures(part);
    let (points, lines) = (&part.laid.points, part.laid.lines);
    if options.limits == LimitsKind::Volume {
        let limits = |at: usize| lines.and_then(|lines| lines.computed(at, &points[at])).unzip();
        let (upper, lower): (Vec<_>, Vec<_>) = part.range.clone().map(limits).unzip();
        figures["cl"] = figures["mean"].clone();
        figures["unpl"] = json!(upper);
        figures["lnpl"] = json!(lower);
    }
    if matches!(options.centre, Centre::HalfAverages | Centre::LeastSquares) {
        let centre = lines.map(|lines| lines.centre());
        figures["slope"] = json!(centre.map(|centre| centre.rise));
        figures["line_first"] = json!(centre.map(|centre| centre.at(0)));
        figures["line_last"] = json!(centre.map(|centre| centre.at(length.saturating_sub(1))));
        let offset = lines.map(|lines| lines.limits.unpl - lines.limits.mean);
        figures["offset"] = json!(offset);
    }
    let shown = part.laid.firmness() >= Firmness::Provisional && lines.is_some();
    figures["limits_shown"] = json!(shown);
    let correlation = lag_one_correlation(points, part.range.clone(), options);
    figures["lag1"] = json!(correlation);
    let coarse = lines.map(|lines| chunky(points, part.baseline.clone(), &lines.limits));
    figures["chunky"] = json!(coarse);
    figures
}

/// Number of values and the lines of the plain chart.
fn plain_figures(part: &Part) -> Value {
    let limits = part.laid.lines.map(|lines| lines.limits);
    let of = |figure: fn(&Limits) -> f64| json!(limits.as_ref().map(figure));
    // Where nothing was measured, nothing can be said about neighbours.
    let none_yet = (part.laid.values > 0).then_some(0);
    let ranges = limits.map_or(none_yet, |limits| Some(limits.ranges));
    let centre = limits.map(|limits| limits.mean).or_else(|| mean(&part.laid.points, part.baseline.clone()));
    json!({
        "n": part.laid.values,
        "n_mr": ranges,
        "mean": centre,
        "amr": of(|limits| limits.amr),
        "unpl": of(|limits| limits.unpl),
        "lnpl": of(|limits| limits.lnpl),
        "url_mr": of(|limits| limits.url_mr),
        "mid_upper": of(|limits| limits.mid_upper),
        "mid_lower": of(|limits| limits.mid_lower),
        "upper": limits.and_then(|limits| limits.upper),
        "lower": limits.and_then(|limits| limits.lower),
    })
}

fn phase(part: &Part, options: &Options, length: usize) -> Value {
    let mut figures = figures(part, options, length);
    figures["start"] = json!(part.range.start);
    figures["end"] = json!(part.range.end);
    figures
}

/// What the chosen rules find, when, and on which side; and what rules find that were not chosen.
fn rules(answer: &mut Value, parts: &[&Part], options: &Options) {
    let signals = of_parts(parts, |points, range, lines| signals(points, range, lines, options));
    let jumps = of_parts(parts, |points, range, lines| large_jumps(points, range, lines, options));
    let mut marked = json!({
        "rule1": members(&signals, Rule::Outside),
        "rule2": members(&signals, Rule::RunOfEight),
        "rule3": members(&signals, Rule::ThreeOfFour),
        "mr": jumps,
    });
    if options.rules.trend().is_some() {
        let trends = of_parts(parts, |points, range, lines| trends(points, range, lines, options));
        marked["trend"] = in_trends(&trends);
    }
    if options.limits == LimitsKind::Volume {
        answer["rule1"] = marked["rule1"].clone();
    }
    answer["signals"] = marked;
    answer["rule3_window"] = windows(parts, &signals);
    let seen = |rule: Rule| numbers(of_rule(&signals, rule).map(|signal| signal.first_seen_at));
    answer["first_seen_at"] = json!({
        "rule1": seen(Rule::Outside), "rule2": seen(Rule::RunOfEight), "rule3": seen(Rule::ThreeOfFour),
    });
    let good = options.better.side();
    answer["first_favourable"] = first(&signals, good);
    answer["first_unfavourable"] = first(&signals, good.map(Side::opposite));
    answer["optional_rules"] = optional_rules(parts, options);
}

fn optional_rules(parts: &[&Part], options: &Options) -> Value {
    let seven = Options { rules: RuleSet::Two, run_length: 7, ..options.clone() };
    let runs = of_parts(parts, |points, range, lines| signals(points, range, lines, &seven));
    let trend =
        |length: usize| in_trends(&of_parts(parts, |points, range, lines| trends_of(points, range, lines, length)));
    let zone = |zone: Zone| {
        let found = of_parts(parts, |points, range, lines| near_limit(points, range, lines, zone));
        members(&found, Rule::ThreeOfFour)
    };
    json!({
        "shift7": members(&runs, Rule::RunOfEight),
        "trend7": trend(7),
        "trend6": trend(6),
        "two_of_three_nhs": zone(Zone::TwoOfThreeInside),
        "two_of_three_we": zone(Zone::TwoOfThree),
    })
}

/// What a rule finds in the values that are looked at, part by part.
fn of_parts<T>(parts: &[&Part], find: impl Fn(&[Point], Range<usize>, &LimitLines) -> Vec<T>) -> Vec<T> {
    let of_part = |part: &&Part| {
        let lines = part.laid.lines.as_ref()?;
        Some(find(&part.laid.points, part.looked_at.clone(), lines))
    };
    parts.iter().filter_map(of_part).flatten().collect()
}

fn of_rule(signals: &[Signal], rule: Rule) -> impl Iterator<Item = &Signal> {
    signals.iter().filter(move |signal| signal.rule == rule)
}

fn members(signals: &[Signal], rule: Rule) -> Value {
    numbers(of_rule(signals, rule).flat_map(|signal| signal.points.iter().copied()))
}

fn in_trends(trends: &[Trend]) -> Value {
    numbers(trends.iter().flat_map(|trend| trend.points.iter().copied()))
}

/// Each index once, in order.
fn numbers(indexes: impl Iterator<Item = usize>) -> Value {
    json!(indexes.collect::<BTreeSet<_>>())
}

/// All values of the windows of rule 3, also those not near a limit.
fn windows(parts: &[&Part], signals: &[Signal]) -> Value {
    let Some(part) = parts.first() else { return json!([]) };
    let inside = of_rule(signals, Rule::ThreeOfFour).flat_map(|signal| signal.window.clone());
    numbers(inside.filter(|&at| part.laid.points[at].counted().is_some()))
}

/// When each rule first showed a signal on a side.
fn first(signals: &[Signal], side: Option<Side>) -> Value {
    let of = |rule: Rule| {
        let on_side = of_rule(signals, rule).filter(|signal| Some(signal.side) == side);
        on_side.map(|signal| signal.first_seen_at).min()
    };
    json!({ "rule1": of(Rule::Outside), "rule2": of(Rule::RunOfEight), "rule3": of(Rule::ThreeOfFour) })
}

fn assured(part: &Part, target: f64, options: &Options) -> Option<&'static str> {
    let found = assurance(&part.laid.lines?.limits, target, options.better)?;
    Some(match found {
        Assurance::Pass => "pass",
        Assurance::Fail => "fail",
        Assurance::Inconsistent => "inconsistent",
    })
}

/// What stands at each value: its moving range, and what it is without the season.
fn values(answer: &mut Value, parts: &[Part], options: &Options) {
    let length = parts.last().map_or(0, |part| part.range.end);
    let mut ranges: Vec<Option<f64>> = vec![None; length];
    for part in parts {
        let of_part = part.laid.lines.map(|lines| lines.moving_ranges(&part.laid.points, part.range.clone(), options));
        for (at, size) in of_part.into_iter().flatten() {
            ranges[at] = Some(size);
        }
    }
    answer["moving_ranges"] = json!(ranges);
    if options.season.is_some() {
        let adjustment = parts.last().map_or(&Adjustment::Off, |part| &part.laid.adjustment);
        let word = match adjustment {
            Adjustment::Off => "off",
            Adjustment::Adjusted(_) => "adjusted",
            Adjustment::TooFewCycles => "too few cycles",
            Adjustment::NotPositive => "values at or below zero",
        };
        answer["season"] = json!(word);
        let factors = adjustment.factors().map(|factors| factors.values().copied().collect::<Vec<_>>());
        answer["seasonal_factors"] = json!(factors);
        let present = parts.iter().flat_map(|part| part.laid.points[part.range.clone()].iter().map(Point::present));
        answer["adjusted"] = present.collect();
    }
}
