//! The chart of an experiment's measure, with the start marked and the verdict.

use crate::balls::Thrown;
use crate::experiments::{Experiment, Verb, verdict};
use crate::ids::MeasureId;
use crate::measures::series::Series;
use crate::measures::weeks::monday;
use crate::spc::chart::{Drawing, numbers};
use chrono::NaiveDate;

/// The chart of the measure, with the start marked.
pub struct ChartView {
    pub measure: MeasureId,
    pub name: String,
    /// For narrow and for broad screens; nothing while there is no value.
    pub drawings: Option<[Drawing; 2]>,
    /// The values since the start, newest first.
    pub rows: Vec<numbers::Row>,
    /// The verdict in one of the four sentences; empty before the start.
    pub verdict: String,
    /// What the change is worth, and what so many values could have shown.
    pub beside: Vec<String>,
}

/// The last day whose values count: today while it runs, the day it was stopped, or its end.
pub fn last_day(experiment: &Experiment, today: NaiveDate, thrown: &[Thrown]) -> NaiveDate {
    let stopped = thrown.iter().find(|throw| throw.verb == Verb::Stop.name());
    let stopped = stopped.map(|throw| experiment.calendar().date_of(throw.at));
    let end = experiment.plan.ends_on.unwrap_or(today);
    stopped.unwrap_or(end).min(end).min(today)
}

/// The chart with the values up to this day; `over` when the verdict is the last one.
pub fn chart(series: &Series, experiment: &Experiment, until: NaiveDate, over: bool) -> ChartView {
    let first = experiment.first_day();
    let starts: Vec<_> = first.and_then(|day| series.start(day, "start")).into_iter().collect();
    let since = first.map(|first| series.points.iter().filter(|point| point.period >= monday(first)).count());
    let verdict = first.map(|first| verdict::sentence(series, &experiment.plan, first, until)).unwrap_or_default();
    let beside = first.map(|first| verdict::beside(series, &experiment.plan, first, until)).unwrap_or_default();
    let so_far = if over || verdict.is_empty() { "" } else { "So far: " };
    ChartView {
        measure: series.measure.id,
        name: series.measure.name.clone(),
        drawings: (!series.points.is_empty()).then(|| series.both("experiment-chart", &starts)),
        rows: series.rows().into_iter().rev().take(since.unwrap_or_default()).collect(),
        verdict: format!("{so_far}{verdict}"),
        beside,
    }
}
