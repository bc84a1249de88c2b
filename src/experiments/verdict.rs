//! An experiment beside its chart: the verdict with a fresh count from its start on.

use super::Plan;
use super::schedule::weeks;
use crate::measures::series::Series;
use crate::spc::sentences::{balance_sentence, could_be_seen, verdict_sentence, worth_sentence};
use crate::spc::verdict::verdict;
use crate::spc::{Judgement, Side, Trial};
use chrono::NaiveDate;

/// The verdict in one of the four sentences on the values from the week of `since` to the week of `until`, by the limits
/// from before. Without a predicted direction no signal can be in it.
pub fn sentence(series: &Series, plan: &Plan, since: NaiveDate, until: NaiveDate) -> String {
    judged(series, plan, since, until).map_or_else(
        || String::from("No direction was predicted, so the chart is shown without a verdict."),
        |judgement| verdict_sentence(&judgement, &series.points, &series.words),
    )
}

/// What stands beside the verdict: what the change is worth, and what so many values could have shown.
pub fn beside(series: &Series, plan: &Plan, since: NaiveDate, until: NaiveDate) -> Vec<String> {
    let Some(judgement) = judged(series, plan, since, until) else { return Vec::new() };
    let worth = worth_sentence(&judgement, &series.words);
    let seen = judgement.signals.is_empty().then_some(judgement.values);
    let seen = seen.and_then(|values| could_be_seen(values, judgement.limits.as_ref(), &series.words));
    worth.into_iter().chain(seen).collect()
}

/// Whether a measure that must not get worse did, read the same way.
pub fn balance(series: &Series, since: NaiveDate, until: NaiveDate) -> String {
    let better = series.options.better.side();
    let judgement = read(series, (since, until), 0, better.unwrap_or(Side::Above));
    balance_sentence(&judgement, better, &series.points, &series.words)
}

/// Judges the values from the week of `since` to the week of `until`; nothing without a predicted direction.
pub fn judged(series: &Series, plan: &Plan, since: NaiveDate, until: NaiveDate) -> Option<Judgement> {
    let planned = weeks(since, plan.ends_on.unwrap_or(until)).len();
    Some(read(series, (since, until), planned, plan.predicted(series.options.better)?))
}

fn read(series: &Series, (since, until): (NaiveDate, NaiveDate), planned: usize, predicted: Side) -> Judgement {
    let place = |day: NaiveDate| series.points.iter().position(|point| point.period >= day);
    let start = place(series.measure.cadence.start_of(since)).unwrap_or(series.points.len());
    let end = series.points.iter().position(|point| point.period > until).unwrap_or(series.points.len());
    let trial = Trial { evaluated: start..end.max(start), planned, predicted };
    verdict(&series.as_counted(), &series.starts(), trial, &series.options)
}
