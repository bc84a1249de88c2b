//! What people see of measures: the list, one measure, its numbers as a file.

use super::chart::Drawing;
use super::chart::numbers::Row;
use super::definition::{Kind, Measure};
use super::drawn::{self, Series, Small};
use super::entering::EntryForm;
use super::store::{self, Entry, Whose};
use super::tried::{self, Tried};
use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::people::Person;
use crate::web::{Form, Frame, Layout, Member, Path, html};
use askama::Template;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// The measures of all teams in sight.
#[derive(Template)]
#[template(path = "measures/index.html")]
pub struct IndexPage {
    page: Layout,
    finding: String,
    teams: Vec<(String, Vec<Small>)>,
    defines: bool,
}

/// GET /measures
pub async fn index(State(app): State<App>, member: Member, frame: Frame) -> Result<Response> {
    let all = drawn::all(&mut app.read().await?, Whose::InSightOf(member.id)).await?;
    let mut teams: Vec<(String, Vec<Small>)> = Vec::new();
    for team in all.chunk_by(|one, next| one.measure.team_id == next.measure.team_id) {
        let mut smalls: Vec<Small> = team.iter().map(Series::small).collect();
        smalls.sort_by_key(|small| !small.signal);
        teams.push((team[0].measure.team.clone(), smalls));
    }
    let signals = all.iter().filter(|series| series.has_signal()).count();
    let finding = headline(signals, all.len());
    html(&IndexPage { page: frame.layout("Measures", "measures"), finding, teams, defines: member.defines_measures() })
}

fn headline(signals: usize, all: usize) -> String {
    match (signals, all) {
        (_, 0) => "No measures yet".to_owned(),
        (0, _) => "No measure shows a signal".to_owned(),
        (1, 1) => "The measure shows a signal".to_owned(),
        (1, all) => format!("1 of {all} measures shows a signal"),
        (some, all) => format!("{some} of {all} measures show a signal"),
    }
}

/// One measure.
#[derive(Template)]
#[template(path = "measures/show.html")]
pub struct ShowPage {
    page: Layout,
    measure: Measure,
    finding: String,
    drawings: Option<[Drawing; 2]>,
    outlook: String,
    mixture: bool,
    wish: Option<String>,
    rows: Vec<Row>,
    replaced: Vec<String>,
    phases: Vec<(String, String)>,
    entry: Option<EntryForm>,
    trying: Vec<Tried>,
    over: Vec<Tried>,
    facts: Vec<(&'static str, String)>,
}

/// GET /measures/{id}
pub async fn show(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<MeasureId>) -> Result<Response> {
    let mut tx = app.read().await?;
    let measure = store::load(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    html(&draw(&mut tx, &frame, &member, measure, None).await?)
}

/// The page of a measure, with what was typed if a number was refused.
pub(super) async fn draw(
    tx: &mut Tx,
    frame: &Frame,
    viewer: &Person,
    measure: Measure,
    typed: Option<Form>,
) -> Result<ShowPage> {
    let entries = store::entries(tx, measure.id).await?;
    let phases = store::phases(tx, measure.id).await?;
    let tried = tried::at(tx, measure.id, viewer.id).await?;
    let now = tx.now();
    let series = Series::new(measure, store::points_of(&entries), phases);
    let measure = series.measure.clone();
    let starts: Vec<_> =
        tried.iter().filter_map(|tried| series.start(tried.began_on()?, tried.title.as_str())).collect();
    let (over, trying) = tried.into_iter().partition(Tried::is_over);
    let mut rows = series.rows();
    rows.reverse();
    Ok(ShowPage {
        page: frame.layout(measure.name.as_str(), "measures"),
        finding: series.finding(),
        drawings: (!series.points.is_empty()).then(|| series.both("chart", &starts)),
        outlook: series.outlook(),
        mixture: series.study.current().is_some_and(|phase| phase.limits.is_some() && !phase.baseline_is_quiet()),
        wish: measure.wish.map(|wish| measure.said(wish)),
        rows,
        replaced: replaced(&series, &entries),
        phases: phases_told(&series),
        entry: measure.is_kept_by(viewer.id).then(|| EntryForm::new(&series, now, typed)),
        trying,
        over,
        facts: facts(&measure),
        measure,
    })
}

/// The values that were replaced, in words.
fn replaced(series: &Series, entries: &[Entry]) -> Vec<String> {
    let told = |entry: &Entry| {
        let (at, by) = (entry.superseded_at?, entry.replaced_of.as_deref()?);
        let (week, day) = (series.words.date(entry.period), series.measure.today(at).format("%-d %b %Y"));
        let counts = entry.numerator.zip(entry.denominator).map(|(part, whole)| format!(" ({part} of {whole})"));
        let value = series.words.value(entry.value);
        Some(format!("Week of {week}: {value}{} by {by} was replaced on {day}.", counts.unwrap_or_default()))
    };
    entries.iter().filter_map(told).collect()
}

/// Each new beginning of the limits: when, and why.
fn phases_told(series: &Series) -> Vec<(String, String)> {
    let told = |phase: &store::NewLimits| {
        let from = format!("From the week of {}", series.words.date(phase.starts));
        let end =
            phase.baseline_to.map(|week| format!(", from the values up to the week of {}", series.words.date(week)));
        (from, format!("{} ({}{})", phase.reason, phase.set_by, end.unwrap_or_default()))
    };
    series.phases.iter().map(told).collect()
}

fn facts(measure: &Measure) -> Vec<(&'static str, String)> {
    let bound = |bound: Option<f64>| bound.map(|bound| measure.said(bound)).unwrap_or_default();
    let facts = [
        ("Question", measure.question.clone()),
        ("How we count it", measure.how_counted.clone()),
        ("Will not be used for", measure.not_used_for.clone()),
        ("Keeper", measure.keeper.clone()),
        ("How often", "one value a week".to_owned()),
        ("Source", measure.source.clone()),
        ("Cost", measure.cost_minutes.map(|minutes| format!("{minutes} minutes a week")).unwrap_or_default()),
        ("Can't be below", bound(measure.floor)),
        ("Can't be above", bound(measure.ceiling)),
    ];
    facts.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

/// GET /measures/{id}/values.csv
pub async fn values(State(app): State<App>, member: Member, Path(id): Path<MeasureId>) -> Result<Response> {
    let series = drawn::load(&mut app.read().await?, id, member.id).await?.ok_or(Error::NotFound)?;
    let table = table(&series).map_err(anyhow::Error::from)?;
    let letters = series.measure.name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    let name: String = letters.collect::<String>().to_lowercase();
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    Ok((headers, table).into_response())
}

/// What the chart draws, a row a week.
fn table(series: &Series) -> csv::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "week",
        "value",
        "numerator",
        "denominator",
        "mean",
        "lower_limit",
        "upper_limit",
        "signal",
    ])?;
    let figure = |figure: Option<f64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    for (at, (point, row)) in series.points.iter().zip(series.rows()).enumerate() {
        let phase = series.study.phase_of(at);
        let limits = phase.and_then(|phase| phase.limits);
        let figures = [
            point.present(),
            point.numerator,
            point.denominator,
            phase.and_then(|phase| phase.mean),
            limits.and_then(|limits| limits.lower),
            limits.and_then(|limits| limits.upper),
        ];
        let cells = [point.period.to_string()].into_iter().chain(figures.map(figure)).chain([row.signal]);
        writer.write_record(cells)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
