//! What the rows of a measure can be: its kind, its periods, the days on which its team works.

use crate::calendar::Calendar;
use crate::locale;
use crate::measures::Measure;
use crate::measures::weeks::FIRST_YEAR;
use crate::spc::Cadence;
use chrono::{Datelike, NaiveDate};

/// A measure with its time, for reading many rows.
pub struct Terms<'a> {
    pub measure: &'a Measure,
    calendar: Calendar,
    this: NaiveDate,
}

impl<'a> Terms<'a> {
    /// The terms of a measure; `this` is the newest period that has begun.
    pub fn new(measure: &'a Measure, this: NaiveDate) -> Self {
        Self { measure, calendar: measure.calendar(), this }
    }

    /// How often it gets a value.
    pub fn cadence(&self) -> Cadence {
        self.measure.cadence
    }

    /// The period in which a date lies.
    pub fn period(&self, date: NaiveDate) -> Result<NaiveDate, String> {
        let period = self.cadence().start_of(date);
        if self.cadence() == Cadence::WorkingDay && !self.calendar.works_on(period) {
            let day = period.format(&locale::form("%A, %-d %b %Y")).to_string();
            return Err(format!("The team does not work on {day}. Leave the row out, or check the day."));
        }
        if period > self.this {
            return Err(format!("{} has not begun yet.", self.named(period)));
        }
        if period.year() < FIRST_YEAR {
            return Err(format!("{} is too long ago: nothing before {FIRST_YEAR} is taken.", self.named(period)));
        }
        Ok(period)
    }

    /// A period at the beginning of a sentence: `The week of 2 Mar 2026`.
    pub fn named(&self, period: NaiveDate) -> String {
        match self.cadence() {
            Cadence::Week => format!("The week of {}", said(self.cadence(), period)),
            cadence => said(cadence, period),
        }
    }
}

/// A period by its date: `2 Mar 2026`, `Mar 2026`.
pub fn said(cadence: Cadence, period: NaiveDate) -> String {
    let form = if cadence == Cadence::Month { "%b %Y" } else { "%-d %b %Y" };
    period.format(&locale::form(form)).to_string()
}
