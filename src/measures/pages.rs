//! What people see of one measure: its page, and its numbers as a file.

use super::definition::Measure;
use super::drawn::{self, Series};
use super::entering::EntryForm;
use super::figure::{Asked, Extent, Figure};
use super::store::{self, Entry};
use super::tried::{self, Tried};
use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::people::Person;
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, Path, html};
use askama::Template;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// One measure.
#[derive(Template)]
#[template(path = "measures/show.html")]
pub struct ShowPage {
    page: Layout,
    measure: Measure,
    finding: String,
    figure: Option<Figure>,
    outlook: String,
    mixture: bool,
    wish: Option<String>,
    replaced: Vec<String>,
    phases: Vec<(String, String)>,
    entry: Option<EntryForm>,
    trying: Vec<Tried>,
    over: Vec<Tried>,
    facts: Vec<(&'static str, String)>,
}

/// GET /measures/{id}
pub async fn show(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let measure = store::load(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    html(&draw_to(&mut tx, &frame, &member, measure, None, asked.extent()).await?)
}

/// The page of a measure, with what was typed if a number was refused.
pub(super) async fn draw(
    tx: &mut Tx,
    frame: &Frame,
    viewer: &Person,
    measure: Measure,
    typed: Option<Form>,
) -> Result<ShowPage> {
    draw_to(tx, frame, viewer, measure, typed, Extent::Newest).await
}

async fn draw_to(
    tx: &mut Tx,
    frame: &Frame,
    viewer: &Person,
    measure: Measure,
    typed: Option<Form>,
    extent: Extent,
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
    Ok(ShowPage {
        page: frame.layout(measure.name.as_str(), "measures"),
        finding: series.finding(),
        figure: series.figure(&starts, &[], extent),
        outlook: series.outlook(),
        mixture: series.study.current().is_some_and(|phase| phase.limits.is_some() && !phase.baseline_is_quiet()),
        wish: measure.wish.map(|wish| measure.said(wish)),
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
pub async fn values(
    State(app): State<App>,
    member: Member,
    Path(id): Path<MeasureId>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let series = drawn::load(&mut app.read().await?, id, member.id).await?.ok_or(Error::NotFound)?;
    let shown = series.newest_range(asked.extent().most());
    let table = series.sheet(&[]).csv(shown).map_err(anyhow::Error::from)?;
    let letters = series.measure.name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    let name: String = letters.collect::<String>().to_lowercase();
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    Ok((headers, table).into_response())
}
