//! The form for a number: one field, entered on a phone in fifteen seconds. The last period that is over and has none is
//! offered; where none is missing, the page says from when on the next one is due.
//!
//! It carries the values that its page showed, so that of two people who enter the same period the second sees both.

use super::Opened;
use crate::locale;
use crate::measures::plausible::with_thousands;
use crate::measures::{Amount, Kind, Measure, Series, weeks};
use crate::spc::Cadence;
use crate::spc::sentences::wording::capital;
use crate::web::Form;
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// How many of the last periods can be chosen; older ones come by import.
const PERIODS: usize = 8;
/// The hidden field with the values that the page showed.
const SEEN: &str = "seen";

/// What the page of a measure needs to take a number.
pub struct EntryForm {
    pub form: Form,
    pub headline: String,
    /// Whether a number is missing; else the form is folded.
    pub due: bool,
    /// Whether a folded form is open, for who came to enter a number.
    pub open: bool,
    /// What opens a folded form.
    pub other: String,
    /// The periods to choose from.
    pub periods: Vec<(String, String)>,
    pub period_word: String,
    /// The labels of the two counts that are asked for; nothing for one number.
    pub counts: Option<(&'static str, &'static str)>,
    /// What already is in for the chosen period, and what another number does.
    pub present: Option<String>,
}

impl EntryForm {
    /// The form as it is before anything is typed, or with what was refused.
    pub fn new(series: &Series, now: DateTime<Utc>, typed: Option<Form>) -> Self {
        let (measure, calendar) = (&series.measure, series.measure.calendar());
        let this = measure.this_period(now);
        let missing = missing(series, this);
        let chosen = missing.unwrap_or(this);
        let refused = typed.is_some();
        let mut form = typed.unwrap_or_else(|| Form::filled([("period", chosen.to_string())]));
        let back = |period: &NaiveDate| Some(measure.cadence.previous(*period, &calendar));
        let mut periods: Vec<NaiveDate> = std::iter::successors(Some(this), back).take(PERIODS).collect();
        periods.extend(read_period(&form, measure, this).ok().filter(|period| !periods.contains(period)));
        form.set(SEEN, said_values(series, &periods));
        let told = |period: &NaiveDate| {
            let value = series.value_of(*period).map(|value| format!(" · {} is in", series.words.value(value)));
            (period.to_string(), format!("{}{}", said(series, *period, this), value.unwrap_or_default()))
        };
        let cadence = measure.cadence;
        let of_period = series.value_of(chosen).map(|value| {
            let (value, date) = (series.words.value(value), series.words.date(chosen));
            format!("{value} is in for {date}. Another number replaces it; the old one stays on record.")
        });
        let due = missing.is_some() || series.points.is_empty();
        Self {
            headline: if due { headline(series, chosen, this) } else { next(series, this) },
            due: due || refused,
            open: false,
            other: format!("Enter or correct the number of another {}", cadence.one()),
            periods: periods.iter().map(told).collect(),
            period_word: capital(cadence.one()),
            counts: counts(measure.kind),
            present: of_period,
            form,
        }
    }
}

/// What two counts are called, for the kinds that are made of two.
fn counts(kind: Kind) -> Option<(&'static str, &'static str)> {
    match kind {
        Kind::Share => Some(("Counted", "Out of")),
        Kind::Slips => Some(("Sum of all slips", "How many slips")),
        _ => None,
    }
}

/// The last period of the list that is over and has no value, since the team was first asked for one.
fn missing(series: &Series, this: NaiveDate) -> Option<NaiveDate> {
    let (measure, calendar) = (&series.measure, series.measure.calendar());
    let asked = measure.cadence.current(measure.asked_from, &calendar);
    let back = |period: &NaiveDate| Some(measure.cadence.previous(*period, &calendar));
    let over = std::iter::successors(back(&this), back).take(PERIODS).take_while(|period| *period >= asked);
    over.into_iter().find(|period| series.value_of(*period).is_none())
}

/// `Next number from 7 December`: the day after the first period without a value.
fn next(series: &Series, this: NaiveDate) -> String {
    let (cadence, calendar) = (series.measure.cadence, series.measure.calendar());
    let ahead = |period: &NaiveDate| Some(cadence.next(*period, &calendar));
    let open = std::iter::successors(Some(this), ahead).find(|period| series.value_of(*period).is_none());
    let day = calendar.date_of(cadence.ends(open.unwrap_or(this), &calendar));
    format!("Next number from {}", day.format(&locale::form("%-d %B")))
}

/// `This week's number`, `The number of the week of 2 Mar`.
fn headline(series: &Series, chosen: NaiveDate, this: NaiveDate) -> String {
    let date = series.words.date(chosen);
    match series.measure.cadence {
        cadence if chosen == this => match cadence {
            Cadence::Day | Cadence::WorkingDay => "Today’s number".to_owned(),
            other => format!("This {}’s number", other.one()),
        },
        Cadence::Week => format!("The number of the week of {date}"),
        _ => format!("The number of {date}"),
    }
}

fn said(series: &Series, period: NaiveDate, this: NaiveDate) -> String {
    let date = series.words.date(period);
    match series.measure.cadence {
        Cadence::Week if period == this => format!("This week, {date}"),
        Cadence::Week => format!("Week of {date}"),
        Cadence::Day | Cadence::WorkingDay if period == this => format!("Today, {date}"),
        Cadence::Month if period == this => format!("This month, {date}"),
        _ => date,
    }
}

/// The values of these periods as the form carries them: `2026-03-02=31.5;2026-02-23=`.
fn said_values(series: &Series, periods: &[NaiveDate]) -> String {
    let said = |period: &NaiveDate| {
        format!("{period}={}", series.value_of(*period).map(|value| value.to_string()).unwrap_or_default())
    };
    periods.iter().map(said).collect::<Vec<_>>().join(";")
}

/// The value that the page showed for a period.
pub(super) fn seen(form: &Form, period: NaiveDate) -> Option<f64> {
    let period = period.to_string();
    let said = form.value(SEEN).split(';').filter_map(|pair| pair.split_once('='));
    said.into_iter().find(|(shown, _)| *shown == period).and_then(|(_, value)| value.parse().ok())
}

/// The period that a form names in its field `period`; the current one when it names none.
fn read_period(form: &Form, measure: &Measure, this: NaiveDate) -> Result<NaiveDate, String> {
    let text = form.value("period").trim();
    let day = if text.is_empty() { Some(this) } else { text.parse().ok() };
    let one = measure.cadence.one();
    match day.map(|day| measure.cadence.start_of(day)) {
        Some(period) if period > this => {
            Err(format!("This {one} has not begun yet. Choose the current one or an earlier one."))
        }
        Some(period) if measure.cadence == Cadence::WorkingDay && !measure.calendar().works_on(period) => {
            Err("On this day the team does not work. Choose a working day.".to_owned())
        }
        Some(period) if period.year() >= weeks::FIRST_YEAR => Ok(period),
        _ => Err(format!("Choose a {one} of the list.")),
    }
}

/// The period that a form names, or a message at its field.
pub(super) fn period_of(at: &mut Opened) -> Option<NaiveDate> {
    let period = read_period(&at.form, &at.record, at.record.this_period(at.tx.now()));
    period.map_err(|words| at.form.refuse("period", words)).ok()
}

/// The field at which a wrong amount is told.
pub(super) fn amount_field(measure: &Measure) -> &'static str {
    if counts(measure.kind).is_some() { "numerator" } else { "value" }
}

/// What was typed as the value, in the shape of the kind.
pub(super) fn read_amount(form: &mut Form, measure: &Measure) -> Option<Amount> {
    let amount = if counts(measure.kind).is_some() {
        let (part, whole) = (form.number("numerator"), form.number("denominator"));
        for (name, count) in [("numerator", part), ("denominator", whole)] {
            if count.is_none() {
                form.refuse(name, "Write how many.");
            }
        }
        match measure.kind {
            Kind::Slips => Amount::slips(part?, whole?, measure.least_slips()),
            _ => Amount::share(part?, whole?),
        }
    } else {
        // The question about what lies far outside asks which of two ways is meant.
        let value = with_thousands(&locale::typed(form.value("value"))).or_else(|| form.number("value"));
        if value.is_none() {
            form.refuse("value", format!("Write the number of the {}.", measure.cadence.one()));
        }
        Amount::of(measure, value?)
    };
    amount.map_err(|message| form.refuse(amount_field(measure), message)).ok()
}
