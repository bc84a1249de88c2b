//! From the four lines of a form or of the database to a calendar, and back.

use super::Calendar;
use super::text::{Fault, Written, read_days, read_holidays, read_hours, read_zone, span};
use chrono::{NaiveDate, Weekday};
use sqlx::{FromRow, Row};

impl<'r, R: Row> FromRow<'r, R> for Calendar
where
    Written: FromRow<'r, R>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Written::from_row(row)?.calendar())
    }
}

impl Calendar {
    /// Reads a calendar.
    ///
    /// # Errors
    /// The first fault of every line that has one.
    pub fn read(written: &Written) -> Result<Self, Vec<Fault>> {
        let (zone, days) = (read_zone(&written.zone), read_days(&written.days));
        let (hours, holidays) = (read_hours(&written.hours), read_holidays(&written.holidays));
        match (zone, days, hours, holidays) {
            (Ok(zone), Ok(days), Ok(hours), Ok(holidays)) => {
                Self::new(zone, days, hours, holidays).map_err(|fault| vec![fault])
            }
            (zone, days, hours, holidays) => {
                Err([zone.err(), days.err(), hours.err(), holidays.err()].into_iter().flatten().collect())
            }
        }
    }

    /// Writes the calendar so that [`Calendar::read`] gives the same one again.
    pub fn write(&self) -> Written {
        let days: Vec<String> = self.days.iter(Weekday::Mon).map(|day| day.to_string()).collect();
        let hours: Vec<String> = self.hours.iter().map(span).collect();
        let holidays: Vec<String> = self.holidays.iter().map(NaiveDate::to_string).collect();
        Written {
            zone: self.zone.name().to_owned(),
            days: days.join(" "),
            hours: hours.join(", "),
            holidays: holidays.join("\n"),
        }
    }
}

impl Written {
    /// The calendar. What is stored was read once before; the usual week is for a row that somebody edited by hand.
    pub fn calendar(&self) -> Calendar {
        Calendar::read(self).unwrap_or_else(|_| Calendar::usual(chrono_tz::UTC))
    }
}
