//! An experiment beside its chart: the verdict with a fresh count from its start on.

use super::Plan;
use super::schedule::weeks;
use crate::measures::series::Series;
use crate::spc::sentences::verdict_sentence;
use crate::spc::verdict::verdict;
use crate::spc::{Judgement, Trial};
use chrono::NaiveDate;

/// Judge the values from the week of `since` to the week of `until` by the limits from before; nothing when no
/// direction was predicted, because then no signal can be in it.
pub fn judge(series: &Series, plan: &Plan, since: NaiveDate, until: NaiveDate) -> Option<Judgement> {
    let predicted = plan.predicted(series.options.better)?;
    let place = |week: NaiveDate| series.points.iter().position(|point| point.period >= week);
    let start = place(series.measure.cadence.start_of(since)).unwrap_or(series.points.len());
    let end = series.points.iter().position(|point| point.period > until).unwrap_or(series.points.len());
    let planned = weeks(since, plan.ends_on.unwrap_or(until)).len();
    let trial = Trial { evaluated: start..end.max(start), planned, predicted };
    Some(verdict(&series.as_counted(), &series.starts(), trial, &series.options))
}

/// The verdict in one of the four sentences.
pub fn sentence(series: &Series, plan: &Plan, since: NaiveDate, until: NaiveDate) -> String {
    match judge(series, plan, since, until) {
        Some(judgement) => verdict_sentence(&judgement, &series.points, &series.words),
        None => String::from("No direction was predicted, so the chart is shown without a verdict."),
    }
}
