//! Working time: when a team works, how much of its time has passed, and how people say it.
//!
//! Clocks run in the working time of the team that holds the ball, so that a throw on Friday evening does not cost its
//! holder the weekend. Nothing here reads a clock or a file: the present comes in as a parameter.
//!
//! - `text` reads the lines of a calendar as people type them, `written` makes a calendar of them and lines of a calendar;
//! - `hours` adds, subtracts and measures working time;
//! - `clock` says how far the clock of a ball has run;
//! - `words` says moments and ages the way people do.

mod clock;
mod hours;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod samples;
mod text;
mod week;
mod words;
mod written;
pub mod zones;

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday, WeekdaySet};
use chrono_tz::Tz;

pub use clock::Clock;
pub use text::{Fault, Written};
pub use week::week_words;
pub use words::Moment;

/// The hours in which a team works: weekdays, local wall times and the holidays on which nobody is asked for anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    zone: Tz,
    days: WeekdaySet,
    /// Opening and closing wall times of a working day: ascending, apart, each longer than nothing.
    hours: Vec<(NaiveTime, NaiveTime)>,
    holidays: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// A calendar of these parts.
    ///
    /// # Errors
    /// Fails when it would hold no working time, when a span is backwards, or when two overlap.
    pub fn new(
        zone: Tz,
        days: WeekdaySet,
        hours: Vec<(NaiveTime, NaiveTime)>,
        holidays: BTreeSet<NaiveDate>,
    ) -> Result<Self, Fault> {
        if days.is_empty() {
            return Err(Fault::NoDays);
        }
        let hours = text::in_order(hours)?;
        Ok(Self { zone, days, hours, holidays })
    }

    /// The calendar a team starts with: Monday to Friday, 08:00 to 12:00 and 13:00 to 17:00, no holidays.
    pub fn usual(zone: Tz) -> Self {
        Self {
            zone,
            days: WeekdaySet::from_array([Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri]),
            hours: vec![(o_clock(8), o_clock(12)), (o_clock(13), o_clock(17))],
            holidays: BTreeSet::new(),
        }
    }

    /// The time zone in which the hours are meant.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Whether the team works on this date.
    pub fn works_on(&self, date: NaiveDate) -> bool {
        self.days.contains(date.weekday()) && !self.holidays.contains(&date)
    }

    /// The working time of one full working day; eight hours in the usual calendar.
    pub fn day(&self) -> Working {
        let open = self.hours.iter().map(|(open, close)| *close - *open);
        Working::passed(open.sum())
    }

    /// So many full working days, in this calendar's hours.
    pub fn days(&self, count: i64) -> Working {
        Working::minutes(self.day().as_minutes().saturating_mul(count))
    }

    /// The date on the team's wall at this moment.
    pub fn date_of(&self, moment: DateTime<Utc>) -> NaiveDate {
        moment.with_timezone(&self.zone).date_naive()
    }
}

/// A length of working time in whole minutes, never below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Working {
    minutes: i64,
}

impl Working {
    /// No working time at all.
    pub const NONE: Self = Self { minutes: 0 };

    /// So many minutes of working time; less than none is none.
    pub const fn minutes(count: i64) -> Self {
        Self { minutes: if count < 0 { 0 } else { count } }
    }

    /// So many hours of working time; less than none is none.
    pub const fn hours(count: i64) -> Self {
        Self::minutes(count.saturating_mul(60))
    }

    /// This length in minutes, for storage and charts.
    pub const fn as_minutes(self) -> i64 {
        self.minutes
    }

    /// The full hours in this length; what is left of an hour is dropped.
    pub const fn full_hours(self) -> i64 {
        self.minutes / 60
    }

    /// The full minutes in a length measured more finely.
    fn passed(length: TimeDelta) -> Self {
        Self::minutes(length.num_minutes())
    }

    /// The same length for arithmetic with moments; the longest one that can be said when it is longer.
    fn length(self) -> TimeDelta {
        TimeDelta::try_minutes(self.minutes).unwrap_or(TimeDelta::MAX)
    }
}

impl std::ops::Add for Working {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::minutes(self.minutes.saturating_add(other.minutes))
    }
}

impl std::iter::Sum for Working {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::NONE, |total, length| total + length)
    }
}

/// The wall time of a full hour between 0 and 23.
fn o_clock(hour: i64) -> NaiveTime {
    NaiveTime::MIN + TimeDelta::hours(hour)
}

#[cfg(test)]
mod tests {
    use super::samples::{at, london, with_holidays};
    use super::*;

    #[test]
    fn a_usual_day_is_eight_hours() {
        assert_eq!(london().day(), Working::hours(8));
        assert_eq!(london().days(3), Working::hours(24));
    }

    #[test]
    fn working_time_is_never_below_zero_and_never_overflows() {
        assert_eq!(Working::minutes(-5), Working::NONE);
        assert_eq!(Working::hours(i64::MAX), Working::minutes(i64::MAX));
        let total: Working = [Working::hours(i64::MAX), Working::hours(1)].into_iter().sum();
        assert_eq!(total, Working::minutes(i64::MAX));
        assert_eq!(london().days(-1), Working::NONE);
    }

    #[test]
    fn a_calendar_without_working_time_cannot_be_built() {
        let hours = vec![(o_clock(8), o_clock(12))];
        let zone = chrono_tz::Europe::London;
        let new = |days, hours| Calendar::new(zone, days, hours, BTreeSet::new());
        assert_eq!(new(WeekdaySet::EMPTY, hours), Err(Fault::NoDays));
        assert_eq!(new(WeekdaySet::ALL, vec![]), Err(Fault::NoHours));
        let empty = vec![(o_clock(8), o_clock(8))];
        assert_eq!(new(WeekdaySet::ALL, empty), Err(Fault::Backwards("08:00-08:00".into())));
    }

    #[test]
    fn nobody_works_on_weekends_and_holidays() {
        let calendar = with_holidays("2026-12-25");
        let works = |text: &str| calendar.works_on(text.parse().unwrap());
        assert!(works("2026-12-24"));
        assert!(!works("2026-12-25"));
        assert!(!works("2026-12-26"));
    }

    #[test]
    fn the_date_is_the_one_on_the_wall() {
        let late = "2026-07-01T23:30:00Z".parse().unwrap();
        assert_eq!(london().date_of(late).to_string(), "2026-07-02");
        assert_eq!(london().date_of(at("2026-07-01 23:30")).to_string(), "2026-07-01");
    }
}
