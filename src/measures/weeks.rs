//! Weeks: every value belongs to one, named by its Monday.

use chrono::{Datelike, Days, NaiveDate};

/// No week before this year is taken; a typing error would stretch the chart over centuries.
pub const FIRST_YEAR: i32 = 1990;

/// The Monday of the week in which a date lies.
pub fn monday(date: NaiveDate) -> NaiveDate {
    back(date, u64::from(date.weekday().num_days_from_monday()))
}

/// The Monday so many weeks before another one.
pub fn weeks_before(monday: NaiveDate, weeks: u64) -> NaiveDate {
    back(monday, weeks * 7)
}

/// The Monday after.
pub fn next(monday: NaiveDate) -> NaiveDate {
    monday.checked_add_days(Days::new(7)).unwrap_or(monday)
}

fn back(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
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
