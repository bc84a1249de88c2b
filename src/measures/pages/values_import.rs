//! Past values from a spreadsheet: paste or upload, look at the preview, then take them over.
//!
//! The preview changes nothing. It carries the text, what was chosen about it, and a mark of what it showed; if the
//! values changed meanwhile, the confirmation shows a new preview instead of taking anything over.

mod columns;
mod preview;
mod wording;

use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{MeasureId, PersonId};
use crate::measures::import::{Table, read_chosen, text};
use crate::measures::{Amount, Measure, Verb, store, verbs};
use crate::moves::Move;
use crate::web::work::{Wanted, heavy};
use crate::web::{
    App, Form, Frame, Layout, Member, Path, Response, State, StatusCode, Template, Upload, html, html_refused,
    html_with, see_other_saying,
};
use chrono::NaiveDate;
use preview::{Preview, mark, values_of};
use wording::Labels;

/// What was read, or a sentence that says why it can't be.
type Read<T> = std::result::Result<T, String>;

/// The field with the pasted text.
const TEXT: &str = "text";
/// The field with the file.
const FILE: &str = "file";
/// The hidden field with the mark of what the preview showed.
const SEEN: &str = "seen";

/// The page to paste or upload past values, with the preview once there is something to preview.
#[derive(Template)]
#[template(path = "measures/import.html")]
pub struct ImportPage {
    page: Layout,
    measure: Measure,
    labels: Labels,
    form: Form,
    preview: Option<Preview>,
    /// Why there is a new preview although the old one was confirmed.
    moved: bool,
}

impl ImportPage {
    fn new(frame: &Frame, measure: Measure, form: Form) -> Self {
        let page = frame.layout(format!("Past values of {}", measure.name), "measures");
        Self { page, labels: Labels::of(&measure), measure, form, preview: None, moved: false }
    }

    /// The page again, with a message at a field.
    fn refused(mut self, field: &str, message: String) -> Result<Response> {
        self.form.refuse(field, message);
        html_refused(&self)
    }

    /// The page with what would happen.
    async fn showing(mut self, tx: &mut Tx, table: Table, text: String) -> Result<Self> {
        self.form.set(TEXT, text.as_str());
        self.preview = Some(Preview::of(tx, &self.measure, &mut self.form, table, text).await?);
        Ok(self)
    }
}

/// The measure, if it exists for this person and they may enter values.
async fn kept(tx: &mut Tx, id: MeasureId, member: &Member) -> Result<Measure> {
    let measure = tx.ask(store::load(id, member.id)).await?.ok_or(Error::NotFound)?;
    measure.admit(Verb::Enter, member)?;
    Ok(measure)
}

/// GET /measures/{id}/values/import
pub async fn new(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<MeasureId>) -> Result<Response> {
    let measure = kept(&mut app.read().await?, id, &member).await?;
    html(&ImportPage::new(&frame, measure, Form::default()))
}

/// POST /measures/{id}/values/import
pub async fn preview(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    upload: Upload,
) -> Result<Response> {
    let measure = kept(&mut app.read().await?, id, &member).await?;
    let (field, text) = match &upload.file {
        Some(bytes) => (FILE, text::decode(bytes)),
        None => (TEXT, text::clean(upload.form.value(TEXT))),
    };
    let mut form = upload.form;
    if upload.file.is_some() {
        // What was chosen is about the rows above, not about the file.
        columns::drop_all(&mut form);
    }
    let read = understand((&app, member.id), text, &measure, &form).await?;
    let page = ImportPage::new(&frame, measure, form);
    let mut tx = app.read().await?;
    match read {
        Ok((table, text)) => {
            let status = if table.good.is_empty() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            html_with(status, &page.showing(&mut tx, table, text).await?)
        }
        Err(message) => page.refused(field, message),
    }
}

/// The table of a text, with the text. It is read while no connection is held and nobody waits.
async fn understand(
    (app, member): (&App, PersonId),
    text: Read<String>,
    measure: &Measure,
    form: &Form,
) -> Result<Read<(Table, String)>> {
    let (measure, period, choice) = (measure.clone(), measure.this_period(app.world.now()), columns::choice_of(form));
    let read = move |_: &Wanted| {
        let text = text?;
        Ok((read_chosen(&text, &measure, period, &choice)?, text))
    };
    heavy(app, member, read).await
}

/// POST /measures/{id}/values/import/confirmation
pub async fn confirm(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    upload: Upload,
) -> Result<Response> {
    let mut form = upload.form;
    let known = kept(&mut app.read().await?, id, &member).await?;
    let (table, text) = match understand((&app, member.id), text::clean(form.value(TEXT)), &known, &form).await? {
        Ok(read) => read,
        Err(message) => return ImportPage::new(&frame, known, form).refused(TEXT, message),
    };
    let mut tx = app.write().await?;
    let measure = kept(&mut tx, id, &member).await?;
    if measure.definition != known.definition || measure.this_period(tx.now()) != known.this_period(app.world.now()) {
        return Err(Error::Stale("The measure became another one at this moment.".into()));
    }
    store::hold_still(&mut tx, id).await?;
    let now_there = values_of(&tx.ask(store::entries(id)).await?);
    let nothing_left =
        !table.good.is_empty() && table.good.iter().all(|row| now_there.get(&row.period) == Some(&row.amount));
    if form.value(SEEN) != mark(&table, &now_there) && !nothing_left {
        let page = ImportPage { moved: true, ..ImportPage::new(&frame, measure, form) };
        return html_with(StatusCode::CONFLICT, &page.showing(&mut tx, table, text).await?);
    }
    let rows: Vec<(NaiveDate, Amount)> = table.good.iter().map(|row| (row.period, row.amount)).collect();
    let this = Move::of(tx.new_id(), &member, "");
    if let Err(error) = verbs::values::import(&mut tx, &measure, this, &rows).await {
        let status = error.told_in(&mut form, TEXT)?;
        return html_with(status, &ImportPage::new(&frame, measure, form));
    }
    tx.commit().await?;
    let verb = if rows.len() == 1 { "is" } else { "are" };
    let words = format!("{} {verb} in{}.", values(&measure, rows.len()), left_out(table.bad.len()));
    Ok(see_other_saying(format!("/measures/{id}"), words))
}

fn values(measure: &Measure, count: usize) -> String {
    let value = if count == 1 { "The value" } else { "The values" };
    format!("{value} of {}", measure.cadence.some(count))
}

fn left_out(bad: usize) -> String {
    match bad {
        0 => String::new(),
        1 => ", 1 row was left out".to_owned(),
        more => format!(", {more} rows were left out"),
    }
}
