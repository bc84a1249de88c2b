//! The values of a measure: one is entered, all are taken along as a file.

use super::Opened;
use super::admission::Admission;
use super::annotations::flags;
use super::entry::{period_of, read_amount, seen};
use super::figure::PointsQuery;
use super::plausible::question;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::measures::store::{self, Entered};
use crate::measures::verbs::values;
use crate::measures::{Measure, Series, Verb, series};
use crate::moves::{Handled, Move, Record, Refusal, Submission};
use crate::spc::Cadence;
use crate::web::{App, Form, Member, Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// `POST /measures/{id}/values`; it needs no key: the same number for the same period is the same move.
pub async fn create(sent: Submission<Measure>) -> Handled {
    let at = sent.named("values").without_key().open(Admission::Verb(Verb::Enter)).await?;
    let read = |at: &mut Opened| {
        let period = period_of(at);
        period.zip(read_amount(&mut at.form, &at.record))
    };
    let (mut at, (period, amount)) = at.reads(read).await?;
    let question = asked_back(&mut at, amount.value).await?;
    let (mut at, ()) = at.reads(|at| is_answered(&mut at.form, question)).await?;
    let seen = seen(&at.form, period);
    let done = values::enter(&mut at.tx, &at.record, Move::of(at.key, &at.actor, ""), (period, amount), seen).await;
    let (yours, when) = (at.record.said(amount.value), said(&at.record, &period.format("%-d %b").to_string()));
    let done = match done {
        Ok(Entered::Meanwhile { value, by }) => {
            let theirs = at.record.said(value);
            let words = format!("{by} entered {theirs} for {when}; you wrote {yours}. Send yours again to replace it.");
            Err(Refusal::First(words).into())
        }
        done => done,
    };
    let undo = format!("{}/values/removal", Measure::address(at.record.id));
    at.close_undoing(done, format!("{yours} is in for {when}."), &undo).await
}

/// `POST /measures/{id}/values/removal`: the number that was entered last, within a minute.
pub async fn undo(sent: Submission<Measure>) -> Handled {
    let mut at = sent.named("values").without_key().open(Admission::Verb(Verb::Enter)).await?;
    let done = values::take_back(&mut at.tx, &at.record, Move::of(at.key, &at.actor, "")).await;
    at.close(done, "Taken back. The number is as it was before.").await
}

/// The question about a number far outside, which is asked once: whoever sends the same again is sure.
async fn asked_back(at: &mut Opened, value: f64) -> Result<Option<String>> {
    let typed = at.form.value("value").trim().to_owned();
    if typed.is_empty() || at.form.value("sure") == typed {
        return Ok(None);
    }
    let series = series::of(&mut at.tx, at.record.clone()).await?;
    Ok(question(&series, value, &typed))
}

/// Whether nothing is asked; else the question stands at the field, and what was typed is marked as asked about.
fn is_answered(form: &mut Form, question: Option<String>) -> Option<()> {
    let Some(question) = question else { return Some(()) };
    let typed = form.value("value").trim().to_owned();
    form.set("sure", typed);
    form.refuse("value", question);
    None
}

fn said(measure: &Measure, day: &str) -> String {
    if measure.cadence == Cadence::Week { format!("the week of {day}") } else { day.to_owned() }
}

/// The numbers of a measure as a file: exactly those that its page draws.
///
/// `GET /measures/{id}/values.csv`
pub async fn index(
    State(app): State<App>,
    member: Member,
    Path(id): Path<MeasureId>,
    Query(asked): Query<PointsQuery>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let rows = (store::load(id, member.id), store::entries(id), store::beginnings(id), store::notes::known(id));
    let (measure, entries, beginnings, (notes, signals)) = tx.ask(rows).await?;
    let measure = measure.ok_or(Error::NotFound)?;
    let series = Series::of_entries(measure, &entries, beginnings);
    let flags = flags(&series, &notes, &signals, &entries);
    let shown = series.newest_range(asked.points.most());
    let table = series.sheet(&flags).csv(shown).map_err(anyhow::Error::from)?;
    let letters = series.measure.name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    let name: String = letters.collect::<String>().to_lowercase();
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    Ok((headers, table).into_response())
}
