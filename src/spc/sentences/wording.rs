//! How figures and periods are said: units, rounding, dates.
//!
//! British English; days and figures as the reader writes them ([`crate::locale`]). Figures keep no more digits than the process supports; values keep the digits they came with.

use chrono::{Datelike, NaiveDate};

use crate::locale::{self, Locale};
pub use crate::spc::cadence::Cadence;
use crate::spc::{Limits, Point};

/// A space that does not break, between a figure and its unit.
const TIGHT: char = '\u{a0}';

/// The unit of a measure as its keeper wrote it: `%`, `hours`, `£`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit(pub String);

impl Unit {
    /// A figure with its unit: `46 hours`, `1 hour`, `62 %`, `£4,100`.
    pub fn with(&self, figure: &str) -> String {
        match self.0.as_str() {
            "" => figure.to_owned(),
            sign @ ("£" | "€" | "$") if Locale::reader() == Locale::English => match figure.strip_prefix('−') {
                Some(size) => format!("−{sign}{size}"),
                None => format!("{sign}{figure}"),
            },
            words if figure == "1" => format!("{figure}{TIGHT}{}", singular(words)),
            words => format!("{figure}{TIGHT}{words}"),
        }
    }
}

/// `hours per person` becomes `hour per person`.
fn singular(words: &str) -> String {
    let (first, rest) = words.split_at(words.find(' ').unwrap_or(words.len()));
    let one = first.strip_suffix('s').filter(|stem| !stem.ends_with('s') && stem.len() > 1).unwrap_or(first);
    format!("{one}{rest}")
}

/// The way one measure speaks: its unit, its cadence and the year that need not be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    pub unit: Unit,
    pub cadence: Cadence,
    /// The newest period; dates of its year are said without the year.
    pub newest: Option<NaiveDate>,
}

impl Wording {
    /// The words for a series.
    pub fn new(unit: &str, cadence: Cadence, points: &[Point]) -> Self {
        Self { unit: Unit(unit.to_owned()), cadence, newest: points.last().map(|point| point.period) }
    }

    /// A value with its unit and the digits it came with.
    pub fn value(&self, value: f64) -> String {
        self.unit.with(&plain(value))
    }

    /// A rounded figure with its unit.
    pub fn rounded(&self, figure: f64, decimals: usize) -> String {
        self.unit.with(&number(figure, decimals))
    }

    /// A period by its date alone: `12 Oct`, `12 Oct 2023`, `Oct 2023`; a counted one by its number: `no. 12`.
    pub fn date(&self, period: NaiveDate) -> String {
        if self.cadence == Cadence::Count {
            return format!("no. {}", (period - NaiveDate::default()).num_days() + 1);
        }
        let this_year = self.newest.is_some_and(|newest| newest.year() == period.year());
        let form = match (self.cadence, this_year) {
            (Cadence::Month, true) => "%b",
            (Cadence::Month, false) => "%b %Y",
            (_, true) => "%-d %b",
            (_, false) => "%-d %b %Y",
        };
        period.format(&locale::form(form)).to_string()
    }

    /// A period in a sentence: `in the week of 12 Oct`, `on 12 Oct`, `in Oct`.
    pub fn at(&self, period: NaiveDate) -> String {
        let date = self.date(period);
        match self.cadence {
            Cadence::Week => format!("in the week of {date}"),
            Cadence::Month => format!("in {date}"),
            Cadence::Day | Cadence::WorkingDay | Cadence::Case => format!("on {date}"),
            Cadence::Count => format!("at {date}"),
        }
    }
}

/// The same words with a capital at the front.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// How many decimals figures about a process deserve: about two digits of the width of its limits.
pub fn decimals(limits: &Limits) -> usize {
    let width = limits.unpl - limits.lnpl;
    match width {
        _ if width >= 10.0 => 0,
        _ if width >= 1.0 => 1,
        _ if width >= 0.1 => 2,
        _ if width >= 0.01 => 3,
        _ if width > 0.0 => 4,
        _ => usize::from(limits.mean.fract() != 0.0),
    }
}

/// A figure with a fixed number of decimals and a mark between thousands.
pub fn number(figure: f64, decimals: usize) -> String {
    locale::figure(english(figure, decimals))
}

fn english(figure: f64, decimals: usize) -> String {
    if figure.abs() >= 1e15 {
        return format!("{figure:.1e}");
    }
    let text = format!("{:.decimals$}", figure.abs());
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let nothing = text.chars().all(|letter| matches!(letter, '0' | '.'));
    let sign = if figure < 0.0 && !nothing { "−" } else { "" };
    format!("{sign}{grouped}{rest}")
}

/// A value with the digits it came with, up to three decimals; longer ones are cut to about three digits.
pub fn plain(value: f64) -> String {
    locale::figure(plain_english(value))
}

fn plain_english(value: f64) -> String {
    let written = format!("{}", value.abs());
    let given = written.split_once('.').map_or(0, |(_, rest)| rest.len());
    let size = value.abs();
    let decimals = match given {
        0..=3 => given,
        _ if size >= 10.0 => 1,
        _ if size >= 1.0 => 2,
        _ if size >= 0.01 => 3,
        _ => 5,
    };
    let text = english(value, decimals);
    if text.contains('.') && !text.contains('e') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// How many decimals [`plain`] writes.
pub fn decimals_of(value: f64) -> usize {
    plain_english(value).split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_days_are_written_as_the_reader_does() {
        let words = Wording { unit: Unit("\u{20ac}".into()), cadence: Cadence::Week, newest: None };
        let said =
            |locale: Locale| locale.with(|| (plain(-1234.5), words.value(4100.0), words.at(NaiveDate::default())));
        let english = ("−1,234.5".into(), "\u{20ac}4,100".into(), "in the week of 1 Jan 1970".into());
        assert_eq!(said(Locale::English), english);
        let german = ("−1.234,5".into(), "4.100\u{a0}\u{20ac}".into(), "in the week of 1.1.1970".into());
        assert_eq!(said(Locale::German), german);
        assert_eq!(Locale::German.with(|| decimals_of(1234.25)), 2);
    }

    #[test]
    fn sentences_begin_with_a_capital() {
        assert_eq!(["", "week", "ünder way"].map(capital), ["", "Week", "Ünder way"]);
    }
}
