//! The values of a measure: one is entered, all are taken along as a file.

use super::Opened;
use super::admission::Admission;
use super::annotations::flags;
use super::entry::{period_of, read_amount, seen};
use super::figure::PointsQuery;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::locale::form;
use crate::measures::store::{self, Entered};
use crate::measures::verbs::values::{self, Before};
use crate::measures::{Measure, Series, Verb};
use crate::moves::{Handled, Move, Record, Refusal, Submission};
use crate::spc::Cadence;
use crate::web::{App, Member, Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// The hidden field with the number that was asked about.
const SURE: &str = "sure";

/// `POST /measures/{id}/values`; it needs no key: the same number for the same period is the same move.
pub async fn create(sent: Submission<Measure>) -> Handled {
    let at = sent.named("values").without_key().open(Admission::Verb(Verb::Enter)).await?;
    let read = |at: &mut Opened| {
        let period = period_of(at);
        period.zip(read_amount(&mut at.form, &at.record))
    };
    let (mut at, (period, amount)) = at.reads(read).await?;
    let typed = at.form.value("value").trim().to_owned();
    // Whoever sends the same again after the question is sure.
    let unasked = !typed.is_empty() && at.form.value(SURE) != typed;
    let before = Before { seen: seen(&at.form, period), typed: unasked.then_some(&typed) };
    let done = values::enter(&mut at.tx, &at.record, Move::of(at.key, &at.actor, ""), (period, amount), before).await;
    at.form.set(SURE, typed.as_str());
    let (yours, when) = (at.record.said(amount.value), said(&at.record, &period.format(&form("%-d %b")).to_string()));
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
