//! Periods of a measure in the calendar of its team: which can be chosen, how they are said, when they end.

use crate::calendar::Calendar;
use crate::spc::Cadence;
use crate::spc::cadence::WorkingDays;
pub use crate::spc::cadence::with_gaps;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

impl WorkingDays for Calendar {
    fn works_on(&self, day: NaiveDate) -> bool {
        Self::works_on(self, day)
    }
}

impl Cadence {
    /// How often, on a page: `one value a week`.
    pub fn how_often(self) -> &'static str {
        match self {
            Self::Day => "one value a day",
            Self::WorkingDay => "one value each working day",
            Self::Week => "one value a week",
            Self::Month => "one value a month",
            Self::Count | Self::Case => "one value after the other",
        }
    }

    /// The current period in words: `this week`.
    pub fn this(self) -> &'static str {
        match self {
            Self::Day | Self::WorkingDay => "today",
            Self::Week => "this week",
            Self::Month => "this month",
            Self::Count | Self::Case => "this value",
        }
    }

    /// When the period that begins with `start` is over, on the wall of the team.
    pub fn ends(self, start: NaiveDate, calendar: &Calendar) -> DateTime<Utc> {
        let end = match self {
            Self::WorkingDay => start.checked_add_days(Days::new(1)).unwrap_or(start),
            _ => self.next(start, calendar),
        };
        calendar.moment(end, NaiveTime::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spc::Point;
    use std::collections::BTreeSet;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        let usual = Calendar::usual(chrono_tz::Europe::London).write();
        let written = crate::calendar::Written { holidays: "2026-05-04".into(), ..usual };
        Calendar::read(&written).unwrap()
    }

    fn periods(cadence: Cadence, present: &[&str]) -> Vec<String> {
        let points = present.iter().map(|date| Point::plain(day(date), Some(1.0))).collect();
        let whole = with_gaps(points, cadence, &calendar());
        whole.iter().map(|point| format!("{}{}", point.period, if point.value.is_some() { "" } else { " -" })).collect()
    }

    #[test]
    fn every_date_belongs_to_a_period_that_is_named_by_its_first_day() {
        assert_eq!(Cadence::Week.start_of(day("2026-03-05")), day("2026-03-02"));
        assert_eq!(Cadence::Month.start_of(day("2026-02-28")), day("2026-02-01"));
        assert_eq!(Cadence::Day.start_of(day("2026-02-28")), day("2026-02-28"));
        assert_eq!(Cadence::Month.next(day("2026-12-01"), &calendar()), day("2027-01-01"));
        assert_eq!(Cadence::Week.previous(day("2026-03-02"), &calendar()), day("2026-02-23"));
    }

    #[test]
    fn weekends_and_holidays_are_no_working_days() {
        // The fourth of May 2026 is a Monday and a holiday here.
        assert_eq!(Cadence::WorkingDay.next(day("2026-05-01"), &calendar()), day("2026-05-05"));
        assert_eq!(Cadence::WorkingDay.previous(day("2026-05-05"), &calendar()), day("2026-05-01"));
        assert_eq!(Cadence::WorkingDay.current(day("2026-05-03"), &calendar()), day("2026-05-01"));
        assert_eq!(periods(Cadence::WorkingDay, &["2026-05-01", "2026-05-05"]), ["2026-05-01", "2026-05-05"]);
        assert_eq!(periods(Cadence::Day, &["2026-05-01", "2026-05-03"]), ["2026-05-01", "2026-05-02 -", "2026-05-03"]);
    }

    #[test]
    fn a_period_without_a_value_stays_on_the_axis() {
        assert_eq!(
            periods(Cadence::Week, &["2026-03-02", "2026-03-23"]),
            ["2026-03-02", "2026-03-09 -", "2026-03-16 -", "2026-03-23"]
        );
        assert_eq!(
            periods(Cadence::Month, &["2026-11-01", "2027-01-01"]),
            ["2026-11-01", "2026-12-01 -", "2027-01-01"]
        );
    }

    #[test]
    fn a_period_ends_at_midnight_on_the_wall_of_the_team() {
        // Summer time begins on the night to the 29th.
        assert_eq!(Cadence::Week.ends(day("2026-03-23"), &calendar()).to_rfc3339(), "2026-03-29T23:00:00+00:00");
        assert_eq!(Cadence::WorkingDay.ends(day("2026-05-01"), &calendar()).to_rfc3339(), "2026-05-01T23:00:00+00:00");
    }

    #[test]
    fn a_calendar_of_holidays_only_does_not_hang() {
        let holidays: BTreeSet<NaiveDate> = day("2026-01-01").iter_days().take(900).collect();
        let usual = Calendar::usual(chrono_tz::UTC);
        let text = holidays.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let written = crate::calendar::Written { holidays: text, ..usual.write() };
        if let Ok(calendar) = Calendar::read(&written) {
            assert!(Cadence::WorkingDay.next(day("2026-01-02"), &calendar) > day("2026-01-02"));
        }
    }
}
