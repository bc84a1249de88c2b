//! What people see of measures: the list, and the numbers of one as a file. The page of one is in [`super::show`].

use super::drawn::{self, Series, Small};
use super::store::Whose;
use crate::App;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::web::{Frame, Layout, Member, Path, html};
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
