//! Past values from a spreadsheet: paste or upload, look at the preview, then take them over.
//!
//! The preview changes nothing. It carries the text and a mark of what it showed; if the values changed meanwhile, the
//! confirmation shows a new preview instead of taking anything over.

use super::amount::Amount;
use super::definition::Measure;
use super::import::{Bad, Table, read, text};
use super::limits::Point;
use super::machine::{Part, Verb, step};
use super::refusal::Refusal;
use super::refusal::Undone;
use super::store;
use super::valuing;
use crate::App;
use crate::balls::Deed;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::web::{Form, Frame, Layout, Member, Path, Upload, html, html_with, see_other_saying};
use crate::world::hash_of;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use std::collections::HashMap;
use std::fmt::Write;

/// The field with the pasted text.
const TEXT: &str = "text";
/// The hidden field with the mark of what the preview showed.
const SEEN: &str = "seen";

/// The page to paste or upload past values, with the preview once there is something to preview.
#[derive(Template)]
#[template(path = "measures/import.html")]
pub struct ImportPage {
    page: Layout,
    measure: Measure,
    form: Form,
    preview: Option<Preview>,
    /// Why there is a new preview although the old one was confirmed.
    moved: bool,
}

/// What would happen.
struct Preview {
    rows: Vec<PreviewRow>,
    bad: Vec<Bad>,
    notes: Vec<String>,
    finding: String,
    text: String,
    seen: String,
}

struct PreviewRow {
    line: usize,
    week: String,
    value: String,
    effect: String,
}

/// The measure, if it exists for this person and they may enter values.
fn kept(measure: Option<Measure>, member: &Member) -> Result<Measure> {
    let measure = measure.ok_or(Error::NotFound)?;
    match step(measure.state, Verb::Enter, &Part::of(&measure, member)) {
        Err(Refusal::NotYours(whose)) => Err(Error::Forbidden(whose)),
        _ => Ok(measure),
    }
}

/// GET /measures/{id}/values/import
pub async fn new(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<MeasureId>) -> Result<Response> {
    let measure = kept(store::load(&mut app.read().await?, id, member.id).await?, &member)?;
    html(&ImportPage { page: layout(&frame, &measure), measure, form: Form::default(), preview: None, moved: false })
}

fn layout(frame: &Frame, measure: &Measure) -> Layout {
    frame.layout(format!("Past values of {}", measure.name), "measures")
}

/// POST /measures/{id}/values/import
pub async fn preview(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    upload: Upload,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let measure = kept(store::load(&mut tx, id, member.id).await?, &member)?;
    let mut form = upload.form;
    let decoded = match &upload.file {
        Some(bytes) => text::decode(bytes).map_err(|message| ("file", message)),
        None => text::clean(form.value(TEXT)).map_err(|message| (TEXT, message)),
    };
    match decoded
        .and_then(|text| Ok((read(&text, &measure, measure.this_period(tx.now())).map_err(|m| (TEXT, m))?, text)))
    {
        Ok((table, text)) => {
            form.set(TEXT, text.as_str());
            let status = if table.good.is_empty() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            let preview = look_ahead(&mut tx, &measure, table, text).await?;
            let page =
                ImportPage { page: layout(&frame, &measure), measure, form, preview: Some(preview), moved: false };
            html_with(status, &page)
        }
        Err((field, message)) => {
            form.refuse(field, message);
            let page = ImportPage { page: layout(&frame, &measure), measure, form, preview: None, moved: false };
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// POST /measures/{id}/values/import/confirmation
pub async fn confirm(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    mut form: Form,
) -> Result<Response> {
    let mut tx = app.write().await?;
    let measure = kept(store::load(&mut tx, id, member.id).await?, &member)?;
    store::hold_still(&mut tx, id).await?;
    let text = text::clean(form.value(TEXT));
    let table = text.and_then(|text| Ok((read(&text, &measure, measure.this_period(tx.now()))?, text)));
    let (table, text) = match table {
        Ok(read) => read,
        Err(message) => {
            form.refuse(TEXT, message);
            let page = ImportPage { page: layout(&frame, &measure), measure, form, preview: None, moved: false };
            return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let now_there = values_of(&store::points(&mut tx, &measure).await?);
    let nothing_left = table.good.iter().all(|row| now_there.get(&row.week) == Some(&row.amount));
    if form.value(SEEN) != mark(&table, &now_there) && !nothing_left {
        let preview = look_ahead(&mut tx, &measure, table, text).await?;
        let page = ImportPage { page: layout(&frame, &measure), measure, form, preview: Some(preview), moved: true };
        return html_with(StatusCode::CONFLICT, &page);
    }
    let rows: Vec<(NaiveDate, Amount)> = table.good.iter().map(|row| (row.week, row.amount)).collect();
    let deed = Deed { key: tx.new_id(), by: &member, words: "" };
    match valuing::import(&mut tx, deed, &measure, &rows).await {
        Ok(_) => tx.commit().await?,
        Err(Undone::Failed(error)) => return Err(error),
        Err(Undone::Refused(refusal)) => {
            form.refuse(TEXT, refusal.sentence());
            let page = ImportPage { page: layout(&frame, &measure), measure, form, preview: None, moved: false };
            return html_with(refusal.status(), &page);
        }
    }
    let words = format!("{} are in{}.", weeks(rows.len()), left_out(table.bad.len()));
    Ok(see_other_saying(format!("/measures/{id}"), words))
}

fn weeks(count: usize) -> String {
    if count == 1 { "The values of 1 week".to_owned() } else { format!("The values of {count} weeks") }
}

fn left_out(bad: usize) -> String {
    match bad {
        0 => String::new(),
        1 => ", 1 row was left out".to_owned(),
        more => format!(", {more} rows were left out"),
    }
}

/// The values that count now, by week.
fn values_of(points: &[Point]) -> HashMap<NaiveDate, Amount> {
    let amount =
        |point: &Point| Some(Amount { value: point.present()?, counts: point.numerator.zip(point.denominator) });
    points.iter().filter_map(|point| Some((point.period, amount(point)?))).collect()
}

/// A mark of the rows and of what each would replace; it changes when either does.
fn mark(table: &Table, now_there: &HashMap<NaiveDate, Amount>) -> String {
    let shown: Vec<_> = table.good.iter().map(|row| (row.week, row.amount, now_there.get(&row.week))).collect();
    hash_of(&format!("{shown:?}")).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

async fn look_ahead(tx: &mut Tx, measure: &Measure, table: Table, text: String) -> Result<Preview> {
    let now_there = values_of(&store::points(tx, measure).await?);
    let seen = mark(&table, &now_there);
    let effect = |week: &NaiveDate, amount: &Amount| match now_there.get(week) {
        None => "new".to_owned(),
        Some(there) if there == amount => "as it is now".to_owned(),
        Some(there) => format!("replaces {}", said(measure, there)),
    };
    let rows: Vec<PreviewRow> = table
        .good
        .iter()
        .map(|row| PreviewRow {
            line: row.line,
            week: row.week.format("%-d %b %Y").to_string(),
            value: said(measure, &row.amount),
            effect: effect(&row.week, &row.amount),
        })
        .collect();
    let heading =
        table.heading.map(|heading| format!("The first line was taken for a heading: {}", heading.replace('\t', ", ")));
    let notes = heading.into_iter().chain(table.slashes.map(str::to_owned)).collect();
    let finding = finding(rows.len(), table.bad.len());
    Ok(Preview { rows, bad: table.bad, notes, finding, text, seen })
}

fn finding(good: usize, bad: usize) -> String {
    let rows = |count: usize| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    match (good, bad) {
        (good, 0) => format!("{} understood, nothing taken over yet", rows(good)),
        (0, bad) => format!("None of {} understood", rows(bad)),
        (good, bad) => format!("{} understood, {bad} not, nothing taken over yet", rows(good)),
    }
}

fn said(measure: &Measure, amount: &Amount) -> String {
    let counts = amount.counts.map(|(part, whole)| format!(" ({part} of {whole})"));
    format!("{}{}", measure.said(amount.value), counts.unwrap_or_default())
}
