//! What the tests of this folder share: the usual calendar and moments as one reads them off a wall in London.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::{Calendar, Written};

/// The usual calendar in London.
pub fn london() -> Calendar {
    Calendar::usual(chrono_tz::Europe::London)
}

/// The same with these holidays.
pub fn with_holidays(holidays: &str) -> Calendar {
    let written = Written { holidays: holidays.to_owned(), ..london().write() };
    Calendar::read(&written).unwrap()
}

/// A calendar of every day of the week with these hours.
pub fn every_day(zone: Tz, hours: &str) -> Calendar {
    let written = Written {
        zone: zone.name().to_owned(),
        days: "Mon-Sun".to_owned(),
        hours: hours.to_owned(),
        holidays: String::new(),
    };
    Calendar::read(&written).unwrap()
}

/// A wall time in London: "2026-10-09 15:10".
pub fn at(text: &str) -> DateTime<Utc> {
    on_the_wall(&london(), text)
}

/// A wall time in the calendar's zone.
pub fn on_the_wall(calendar: &Calendar, text: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    calendar.moment(local.date(), local.time())
}

/// A moment in universal time: "2026-10-09 15:10".
pub fn utc(text: &str) -> DateTime<Utc> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap().and_utc()
}
