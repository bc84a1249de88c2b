//! This week's number: one field, entered on a phone in fifteen seconds.
//!
//! The form carries the values that its page showed, so that of two people who enter the same week the second sees both.
//! It needs no key: the same number for the same week is the same deed.

use super::definition::{Amount, Kind, Measure};
use super::drawn::Series;
use super::store::{self, Entered};
use super::{pages, weeks};
use crate::App;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::web::{Form, Frame, Member, Path, html_with, see_other_saying};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// How many of the last weeks can be chosen; older ones come by import.
const WEEKS: u64 = 8;
/// The hidden field with the values that the page showed.
const SEEN: &str = "seen";

/// What the page of a measure needs to take a number.
pub struct EntryForm {
    /// What was typed, or nothing yet.
    pub form: Form,
    /// The weeks to choose from, the current one first.
    pub weeks: Vec<(String, String)>,
    /// Whether two counts are asked for.
    pub share: bool,
    /// The number that is in for the current week.
    pub present: Option<String>,
}

impl EntryForm {
    /// The form as it is before anything is typed, or with what was refused.
    pub fn new(series: &Series, now: DateTime<Utc>, typed: Option<Form>) -> Self {
        let this_week = series.measure.this_week(now);
        let mut form = typed.unwrap_or_else(|| Form::filled([("week", this_week.to_string())]));
        let mut weeks: Vec<NaiveDate> = (0..WEEKS).map(|ago| weeks::weeks_before(this_week, ago)).collect();
        weeks.extend(read_week(&form, this_week).ok().filter(|week| !weeks.contains(week)));
        form.set(SEEN, said_values(series, &weeks));
        let told = |week: &NaiveDate| {
            let now = if *week == this_week { "This week, " } else { "Week of " };
            let value = series.value_of(*week).map(|value| format!(" · {} is in", series.words.value(value)));
            (week.to_string(), format!("{now}{}{}", series.words.date(*week), value.unwrap_or_default()))
        };
        Self {
            form,
            weeks: weeks.iter().map(told).collect(),
            share: series.measure.kind == Kind::Share,
            present: series.value_of(this_week).map(|value| series.words.value(value)),
        }
    }
}

/// The values of these weeks as the form carries them: `2026-03-02=31.5;2026-02-23=`.
fn said_values(series: &Series, weeks: &[NaiveDate]) -> String {
    let said = |week: &NaiveDate| {
        format!("{week}={}", series.value_of(*week).map(|value| value.to_string()).unwrap_or_default())
    };
    weeks.iter().map(said).collect::<Vec<_>>().join(";")
}

/// The value that the page showed for a week.
fn seen(form: &Form, week: NaiveDate) -> Option<f64> {
    let week = week.to_string();
    let said = form.value(SEEN).split(';').filter_map(|pair| pair.split_once('='));
    said.into_iter().find(|(shown, _)| *shown == week).and_then(|(_, value)| value.parse().ok())
}

fn read_week(form: &Form, this_week: NaiveDate) -> std::result::Result<NaiveDate, &'static str> {
    let text = form.value("week").trim();
    let day = if text.is_empty() { Some(this_week) } else { text.parse().ok() };
    match day.map(weeks::monday) {
        Some(week) if week > this_week => Err("This week has not begun yet. Choose the current one or an earlier one."),
        Some(week) if week.year() >= weeks::FIRST_YEAR => Ok(week),
        _ => Err("Choose a week of the list."),
    }
}

fn read_amount(form: &mut Form, measure: &Measure) -> Option<Amount> {
    if measure.kind == Kind::Number {
        let value = form.number("value");
        if value.is_none() {
            form.refuse("value", "Write the number of the week.");
        }
        return value.map(Amount::number);
    }
    let (part, whole) = (form.number("numerator"), form.number("denominator"));
    for (name, count) in [("numerator", part), ("denominator", whole)] {
        if count.is_none() {
            form.refuse(name, "Write how many.");
        }
    }
    match Amount::share(part?, whole?) {
        Ok(amount) => Some(amount),
        Err(message) => {
            form.refuse("numerator", message);
            None
        }
    }
}

/// POST /measures/{id}/values
pub async fn create(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    mut form: Form,
) -> Result<Response> {
    let mut tx = app.write().await?;
    let measure = kept(store::load(&mut tx, id, member.id).await?, &member)?;
    let week = read_week(&form, measure.this_week(tx.now())).map_err(|message| form.refuse("week", message)).ok();
    let amount = read_amount(&mut form, &measure);
    let field = if measure.kind == Kind::Share { "numerator" } else { "value" };
    if let Some(Err(message)) = amount.map(|amount| measure.allows(amount.value)) {
        form.refuse(field, message);
    }
    let (Some(week), Some(amount), true) = (week, amount, form.is_good()) else {
        let page = pages::draw(&mut tx, &frame, &member, measure, Some(form)).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let seen = seen(&form, week);
    match store::enter(&mut tx, &measure, week, amount, member.id, seen).await? {
        Entered::New | Entered::Same | Entered::Replaced => {
            tx.commit().await?;
            let words = format!("{} is in for the week of {}.", measure.said(amount.value), week.format("%-d %b"));
            Ok(see_other_saying(format!("/measures/{id}"), words))
        }
        Entered::Meanwhile { value, by } => {
            let (theirs, yours) = (measure.said(value), measure.said(amount.value));
            let week = week.format("%-d %b");
            form.refuse(
                field,
                format!(
                    "{by} entered {theirs} for the week of {week}; you wrote {yours}. Send yours again to replace it."
                ),
            );
            let page = pages::draw(&mut tx, &frame, &member, measure, Some(form)).await?;
            html_with(StatusCode::CONFLICT, &page)
        }
    }
}

/// The measure, if it exists for this person and they may enter values.
pub(super) fn kept(measure: Option<Measure>, member: &Member) -> Result<Measure> {
    let measure = measure.ok_or(Error::NotFound)?;
    if measure.is_kept_by(member.id) {
        Ok(measure)
    } else {
        Err(Error::Forbidden("The keeper of the measure and the leader of its team enter numbers and set limits."))
    }
}
