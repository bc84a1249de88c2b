//! An experiment beside its chart: the verdict with a fresh count from its start on.

use super::Plan;
use super::schedule::weeks;
use crate::measures::series::Series;
use crate::spc::Trial;
use crate::spc::sentences::verdict_sentence;
use crate::spc::verdict::verdict;
use chrono::NaiveDate;

/// The verdict in one of the four sentences on the values from the week of `since` to the week of `until`, by the limits
/// from before. Without a predicted direction no signal can be in it.
pub fn sentence(series: &Series, plan: &Plan, since: NaiveDate, until: NaiveDate) -> String {
    let Some(predicted) = plan.predicted(series.options.better) else {
        return String::from("No direction was predicted, so the chart is shown without a verdict.");
    };
    let place = |week: NaiveDate| series.points.iter().position(|point| point.period >= week);
    let start = place(series.measure.cadence.start_of(since)).unwrap_or(series.points.len());
    let end = series.points.iter().position(|point| point.period > until).unwrap_or(series.points.len());
    let planned = weeks(since, plan.ends_on.unwrap_or(until)).len();
    let trial = Trial { evaluated: start..end.max(start), planned, predicted };
    let judgement = verdict(&series.as_counted(), &series.starts(), trial, &series.options);
    verdict_sentence(&judgement, &series.points, &series.words)
}
