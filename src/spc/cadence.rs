//! How often a series gets a value, and which period comes after which.
//!
//! Days without work are no periods of a series that has a value each working day, so they leave no gap; any other
//! period without a value stays on the axis.

use super::Point;
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

crate::choices! {
    /// How often a series has a value; each value is named by the first day of its period.
    #[derive(Default, serde::Serialize)]
    Cadence {
        /// One value a week, named by its Monday.
        #[default]
        Week "week" "Each week";
        Day "day" "Each day";
        WorkingDay "working_day" "Each working day";
        /// One value a month, named by its first day.
        Month "month" "Each month";
    }
    besides {
        /// Values without dates, counted from 1: the first stands at the first day of the calendar,
        /// [`NaiveDate::default`], the next one day later.
        Count "count" "Each value";
        /// One value a case, named by the day on which it came; several may come on one day.
        Case "case" "Each case";
    }
}

/// Which days are worked on.
pub trait WorkingDays {
    /// Whether people work on a day.
    fn works_on(&self, day: NaiveDate) -> bool;
}

/// From Monday to Friday.
#[derive(Clone, Copy, Debug)]
pub struct MondayToFriday;

impl WorkingDays for MondayToFriday {
    fn works_on(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
    }
}

impl Cadence {
    /// One period: `week`.
    pub fn one(self) -> &'static str {
        match self {
            Self::Day | Self::WorkingDay => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Count => "value",
            Self::Case => "case",
        }
    }

    /// Some periods: `6 weeks`, `1 week`.
    pub fn some(self, number: usize) -> String {
        let plural = if number == 1 { "" } else { "s" };
        format!("{number} {}{plural}", self.one())
    }

    /// The first day of the period in which a date lies.
    pub fn start_of(self, date: NaiveDate) -> NaiveDate {
        match self {
            Self::Week => earlier(date, u64::from(date.weekday().num_days_from_monday())),
            Self::Month => date.with_day(1).unwrap_or(date),
            Self::Day | Self::WorkingDay | Self::Count | Self::Case => date,
        }
    }

    /// The period after the one that begins with `start`.
    pub fn next(self, start: NaiveDate, days: &impl WorkingDays) -> NaiveDate {
        match self {
            Self::Week => later(start, 7),
            Self::Month => start.checked_add_months(Months::new(1)).unwrap_or(start),
            Self::Day | Self::Count | Self::Case => later(start, 1),
            Self::WorkingDay => working_day(start, days, later),
        }
    }

    /// The period before the one that begins with `start`.
    pub fn previous(self, start: NaiveDate, days: &impl WorkingDays) -> NaiveDate {
        match self {
            Self::Week => earlier(start, 7),
            Self::Month => start.checked_sub_months(Months::new(1)).unwrap_or(start),
            Self::Day | Self::Count | Self::Case => earlier(start, 1),
            Self::WorkingDay => working_day(start, days, earlier),
        }
    }

    /// The newest period that has begun on `today`; on a day off the last working day.
    pub fn current(self, today: NaiveDate, days: &impl WorkingDays) -> NaiveDate {
        match self {
            Self::WorkingDay if !days.works_on(today) => self.previous(today, days),
            _ => self.start_of(today),
        }
    }
}

fn later(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

fn earlier(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}

/// The nearest working day in one direction; the search ends after two years of days off.
fn working_day(from: NaiveDate, days: &impl WorkingDays, step: fn(NaiveDate, u64) -> NaiveDate) -> NaiveDate {
    (1..800).map(|count| step(from, count)).find(|day| days.works_on(*day)).unwrap_or_else(|| step(from, 1))
}

/// Puts a gap for each period without a value between the first and the last one. The points come in order.
pub fn with_gaps(points: Vec<Point>, cadence: Cadence, days: &impl WorkingDays) -> Vec<Point> {
    let mut whole: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        while let Some(missing) =
            whole.last().map(|last| cadence.next(last.period, days)).filter(|&period| period < point.period)
        {
            whole.push(Point::plain(missing, None));
        }
        whole.push(point);
    }
    whole
}
