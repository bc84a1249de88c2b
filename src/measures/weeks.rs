//! Weeks: every value belongs to one, named by its Monday.

use crate::spc::Cadence;
use chrono::{Days, NaiveDate};

/// No week before this year is taken; a typing error would stretch the chart over centuries.
pub const FIRST_YEAR: i32 = 1990;

/// The Monday of the week in which a date lies.
pub fn monday(date: NaiveDate) -> NaiveDate {
    Cadence::Week.start_of(date)
}

/// The Monday so many weeks before another one.
pub fn weeks_before(monday: NaiveDate, weeks: u64) -> NaiveDate {
    monday.checked_sub_days(Days::new(weeks * 7)).unwrap_or(monday)
}

/// The Monday after.
pub fn next(monday: NaiveDate) -> NaiveDate {
    monday.checked_add_days(Days::new(7)).unwrap_or(monday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn any_day_of_a_week_counts_for_its_monday() {
        for date in ["2026-03-02", "2026-03-05", "2026-03-08"] {
            assert_eq!(monday(day(date)), day("2026-03-02"), "{date}");
        }
        assert_eq!(monday(day("2026-01-01")), day("2025-12-29"));
        assert_eq!(weeks_before(day("2026-03-02"), 9), day("2025-12-29"));
    }
}
