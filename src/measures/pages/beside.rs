//! Two measures one above the other on the same weeks: does what we do to the one show in the other?

use super::annotations::experiments;
use super::figure::{Choice, Extent, heading};
use crate::db::{Ask, Questions};
use crate::error::{Error, Result};
use crate::ids::{MeasureId, PersonId};
use crate::measures::store::attempts;
use crate::measures::{Measure, Series, series, store, weeks};
use crate::spc::chart::numbers::Row;
use crate::spc::chart::{Chart, Drawing, Size, Start};
use crate::spc::{Cadence, Wording};
use crate::web::{App, Frame, Layout, Member, Path, Query, Response, State, Template, html};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Two measures one above the other.
#[derive(Template)]
#[template(path = "measures/beside.html")]
pub struct BesidePage {
    page: Layout,
    measure: Measure,
    heading: String,
    /// Address, words and whether it is the chosen one.
    others: Vec<(MeasureId, String, bool)>,
    all: bool,
    charts: Vec<ComparedChart>,
    /// How many periods are drawn, and how to see the others.
    choice: Option<Choice>,
    period: String,
    rows: Vec<[Row; 2]>,
}

/// One of the two charts.
pub struct ComparedChart {
    id: MeasureId,
    name: String,
    finding: String,
    drawings: [Drawing; 2],
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct Wanted {
    other: Option<String>,
    #[serde(default)]
    points: Extent,
}

/// GET /measures/{id}/beside
pub async fn show(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let chosen = wanted.other.filter(|other| !other.trim().is_empty());
    let chosen = chosen.map(|other| other.trim().parse().map_err(|_| Error::NotFound)).transpose()?;
    let other = chosen.map(|other| with_starts(other, member.id));
    let questions = (with_starts(id, member.id), other, store::in_sight(member.id));
    let (series, other, in_sight) = tx.ask(questions).await?;
    let (series, starts) = series.ok_or(Error::NotFound)?;
    let other = other.map(|other| other.ok_or(Error::NotFound)).transpose()?;
    // On one axis every period must be of the same kind.
    let other = other.filter(|(other, _)| other.words.cadence == series.words.cadence);
    let extent = wanted.points;
    let mut page = BesidePage {
        page: frame.layout(format!("{} beside another measure", series.measure.name), "measures"),
        heading: format!("{} beside another measure", series.measure.name),
        others: others(&series, other.as_ref().map(|(other, _)| other.measure.id), in_sight),
        all: extent == Extent::All,
        charts: Vec::new(),
        choice: None,
        period: heading(series.words.cadence),
        rows: Vec::new(),
        measure: series.measure.clone(),
    };
    if let Some((other, others_starts)) = other {
        page.lay([(&series, &starts), (&other, &others_starts)], extent);
    }
    html(&page)
}

/// A series that the viewer may see, with the experiments on it.
fn with_starts(id: MeasureId, viewer: PersonId) -> Ask<Option<(Series, Vec<Start>)>> {
    (series::load(id, viewer), attempts::at(id, viewer)).joined().map(|(series, attempts)| {
        let series = series?;
        let starts = experiments(&series, &attempts);
        Some((series, starts))
    })
}

/// The measures that can stand on the same periods.
fn others(series: &Series, chosen: Option<MeasureId>, in_sight: Vec<Measure>) -> Vec<(MeasureId, String, bool)> {
    let fits = |measure: &Measure| measure.id != series.measure.id && measure.cadence == series.words.cadence;
    let several = in_sight.iter().any(|measure| measure.team_id != series.measure.team_id);
    let said = |measure: Measure| {
        let words = if several { format!("{} · {}", measure.name, measure.team) } else { measure.name.clone() };
        (measure.id, words, chosen == Some(measure.id))
    };
    in_sight.into_iter().filter(fits).map(said).collect()
}

impl BesidePage {
    fn lay(&mut self, both: [(&Series, &[Start]); 2], extent: Extent) {
        let axis = axis(both.map(|(series, _)| series));
        let laid = |(number, (series, starts)): (usize, (&Series, &[Start]))| {
            let words = Wording { newest: axis.last().copied(), ..series.words.clone() };
            let id = format!("chart-{number}");
            let chart = series.chart(&id, Size::Full);
            let chart = Chart { axis: &axis, words: &words, starts, newest: extent.most(), ..chart };
            ComparedChart {
                id: series.measure.id,
                name: series.measure.name.clone(),
                finding: series.finding(),
                drawings: chart.both(),
            }
        };
        let names = both.map(|(series, _)| series.measure.name.clone());
        self.heading = format!("{} on the same {}s", names.join(" and "), both[0].0.words.cadence.one());
        self.charts = both.into_iter().zip(1..).map(|(one, number)| laid((number, one))).collect();
        let shown = &axis[axis.len().saturating_sub(extent.most())..];
        self.rows = shown.iter().rev().map(|&period| both.map(|(series, _)| row(series, period, &axis))).collect();
        let page = format!("/measures/{}/beside?other={}", self.measure.id, both[1].0.measure.id);
        self.choice = extent.choice(axis.len(), both[1].0.words.cadence, page, "Show the newest".to_owned());
    }
}

/// The periods of both, in order and without a hole where the calendar has none.
fn axis(both: [&Series; 2]) -> Vec<NaiveDate> {
    let mut periods: BTreeSet<NaiveDate> =
        both.iter().flat_map(|series| &series.points).map(|point| point.period).collect();
    if both[0].words.cadence == Cadence::Week
        && let (Some(&first), Some(&last)) = (periods.first(), periods.last())
    {
        periods.extend(std::iter::successors(Some(first), |&week| {
            Some(weeks::next(week)).filter(|&next| next < last && next > week)
        }));
    }
    periods.into_iter().collect()
}

fn row(series: &Series, period: NaiveDate, axis: &[NaiveDate]) -> Row {
    let words = Wording { newest: axis.last().copied(), ..series.words.clone() };
    match series.points.iter().position(|point| point.period == period) {
        Some(at) => {
            let row = series.sheet(&[]).rows(at..at + 1).pop().unwrap_or_default();
            Row { period: words.date(period), ..row }
        }
        None => Row { period: words.date(period), value: "no value".to_owned(), ..Row::default() },
    }
}
