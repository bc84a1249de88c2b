//! The chart of the board: one measure of the team, the one that has most to say.

use crate::measures::series::Series;
use crate::spc::chart::{Drawing, Size};
use crate::spc::sentences::open_signal;
use chrono::NaiveDate;
use std::cmp::Reverse;

/// A chart with its finding.
#[derive(Clone, Debug)]
pub struct TeamChart {
    pub name: String,
    /// What there is to know, in one sentence.
    pub finding: String,
    /// The drawing; nothing while there is no value.
    pub drawing: Option<Drawing>,
}

/// The chart of the board out of the team's series; none while it watches nothing.
pub fn of(series: &[Series]) -> Option<TeamChart> {
    first(series).map(|series| TeamChart {
        name: series.measure.name.clone(),
        finding: series.finding(),
        drawing: (!series.points.is_empty()).then(|| series.draw("wall-chart", &[], Size::Wall)),
    })
}

/// The series with the newest signal, else the first by name; one with values before one without.
fn first(series: &[Series]) -> Option<&Series> {
    series.iter().min_by_key(|series| {
        (Reverse(signal_week(series)), series.points.is_empty(), series.measure.name.to_lowercase(), series.measure.id)
    })
}

/// The week of the newest value, if it belongs to a signal.
fn signal_week(series: &Series) -> Option<NaiveDate> {
    let signal = open_signal(series.study.current()?, &series.points)?;
    signal.points.iter().max().map(|newest| series.points[*newest].period)
}
