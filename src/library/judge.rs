//! Whether a prediction came true, as its chart told it.

use crate::experiments::effect::Effect;
use crate::experiments::{Experiment, verdict};
use crate::measures::series::Series;
use crate::spc::cases::CaseVerdict;
use crate::spc::sentences::case_sentence;
use crate::spc::verdict::{Trial, Verdict, verdict as judgement};
use chrono::NaiveDate;

/// Whether the prediction came true by the limits from before, and the verdict in a sentence. Nothing came true or not
/// where no direction was predicted or there were too few values.
pub fn came_true(experiment: &Experiment, series: &Series, decided_on: NaiveDate) -> (Option<bool>, String) {
    let plan = &experiment.plan;
    let (Some(since), Some(predicted)) = (experiment.first_day(), plan.predicted(series.options.better)) else {
        return (None, String::new());
    };
    let until = plan.ends_on.map_or(decided_on, |end| end.min(decided_on));
    let start = series.points.iter().position(|point| point.period >= series.measure.cadence.start_of(since));
    let start = start.unwrap_or(series.points.len());
    let end = series.points.iter().position(|point| point.period > until).unwrap_or(series.points.len());
    let trial = Trial { evaluated: start..end.max(start), planned: 0, predicted };
    let read = judgement(&series.as_counted(), &series.starts(), trial, &series.options);
    let told = match read.verdict {
        Verdict::Predicted => Some(true),
        Verdict::Other | Verdict::Both | Verdict::NoSignal => Some(false),
        Verdict::TooFew => None,
    };
    (told, verdict::sentence(series, plan, since, until))
}

/// The same for counted cases; nothing for an experiment that counted none.
pub fn cases_came_true(effect: &Effect) -> Option<(Option<bool>, String)> {
    let (plan, counted) = (effect.cases()?, effect.counted());
    let told = match plan.verdict(counted) {
        CaseVerdict::Signal | CaseVerdict::AsPredicted => Some(true),
        CaseVerdict::NotAsPredicted | CaseVerdict::Other => Some(false),
        CaseVerdict::TooFew => None,
    };
    Some((told, case_sentence(&plan, counted)))
}
