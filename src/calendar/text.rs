//! A calendar as people type it: four short lines, read with errors that fit beside a form field.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime, Weekday, WeekdaySet};
use chrono_tz::Tz;

/// The lines of a calendar, as they stand in a form and in storage.
#[derive(Debug, Clone, PartialEq, Eq, Default, sqlx::FromRow)]
pub struct Written {
    pub zone: String,
    /// Weekdays: "Mon Tue Wed Thu Fri" or "Mon-Fri".
    pub days: String,
    pub hours: String,
    /// Dates, one a line or with commas between: "2026-12-25" or "25 December 2026". May be empty.
    pub holidays: String,
}

/// What is wrong with a line of a calendar, as a sentence that stands beside its field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The time zone is not in the world's list.
    #[error("\u{201c}{0}\u{201d} is not a time zone we know. Write one such as Europe/London or America/New_York.")]
    Zone(String),
    /// No weekday is named.
    #[error("A team needs at least one working day. Write days such as Mon Tue Wed Thu Fri.")]
    NoDays,
    /// A word is no weekday.
    #[error("\u{201c}{0}\u{201d} is not a weekday. Write days such as Mon Tue Wed Thu Fri.")]
    Day(String),
    /// No hours are given.
    #[error("A team needs working hours. Write them such as 08:00-12:00, 13:00-17:00.")]
    NoHours,
    /// A part of the hours is not two times with a dash between.
    #[error("\u{201c}{0}\u{201d} is not a span of hours. Write hours such as 08:00-12:00, 13:00-17:00.")]
    Hours(String),
    /// A span ends before or when it begins.
    #[error("{0} ends before it begins. Hours stay within one day, from 00:00 to 23:59 at most.")]
    Backwards(String),
    /// Two spans share some time.
    #[error("{0} and {1} overlap. Let each span begin when or after the one before it ends.")]
    Overlap(String, String),
    /// A part of the holidays is no date.
    #[error("\u{201c}{0}\u{201d} is not a date. Write holidays such as 2026-12-25 or 25 December 2026.")]
    Holiday(String),
}

impl Fault {
    /// The field of [`Written`] this fault belongs to.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Zone(_) => "zone",
            Self::NoDays | Self::Day(_) => "days",
            Self::NoHours | Self::Hours(_) | Self::Backwards(_) | Self::Overlap(..) => "hours",
            Self::Holiday(_) => "holidays",
        }
    }
}

/// Reads the name of a time zone, such as "Europe/London".
pub fn read_zone(text: &str) -> Result<Tz, Fault> {
    text.trim().parse().map_err(|_| Fault::Zone(text.trim().to_owned()))
}

/// Reads weekdays: names or their first three letters, with spaces or commas between, or a range such as "Mon-Fri".
pub fn read_days(text: &str) -> Result<WeekdaySet, Fault> {
    let mut days = WeekdaySet::EMPTY;
    for word in text.split([' ', ',', ';', '\t', '\r', '\n']).filter(|word| !word.is_empty()) {
        let (first, last) = word.split_once(DASHES).unwrap_or((word, word));
        let (Ok(first), Ok(last)) = (first.parse::<Weekday>(), last.parse::<Weekday>()) else {
            return Err(Fault::Day(word.to_owned()));
        };
        let mut day = first;
        days.insert(day);
        while day != last {
            day = day.succ();
            days.insert(day);
        }
    }
    if days.is_empty() { Err(Fault::NoDays) } else { Ok(days) }
}

/// Reads spans of wall times with commas between, such as "08:00-12:00, 13:00-17:00", and puts them in order.
pub fn read_hours(text: &str) -> Result<Vec<(NaiveTime, NaiveTime)>, Fault> {
    let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    in_order(parts.map(read_span).collect::<Result<_, _>>()?)
}

/// Reads dates with commas or line ends between; no dates at all is no holiday.
pub fn read_holidays(text: &str) -> Result<BTreeSet<NaiveDate>, Fault> {
    let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| read_date(part).ok_or_else(|| Fault::Holiday(part.to_owned()))).collect()
}

/// Spans in ascending order; fails when there are none, when one is backwards, or when two overlap.
pub(super) fn in_order(mut hours: Vec<(NaiveTime, NaiveTime)>) -> Result<Vec<(NaiveTime, NaiveTime)>, Fault> {
    hours.sort_unstable();
    if hours.is_empty() {
        return Err(Fault::NoHours);
    }
    if let Some(backwards) = hours.iter().find(|(open, close)| close <= open) {
        return Err(Fault::Backwards(span(backwards)));
    }
    match hours.iter().zip(hours.iter().skip(1)).find(|(early, late)| late.0 < early.1) {
        Some((early, late)) => Err(Fault::Overlap(span(early), span(late))),
        None => Ok(hours),
    }
}

/// What people type between two days or two times.
const DASHES: [char; 3] = ['-', '\u{2013}', '\u{2014}'];

fn read_span(part: &str) -> Result<(NaiveTime, NaiveTime), Fault> {
    let times = part.split_once(DASHES).and_then(|(open, close)| Some((read_time(open)?, read_time(close)?)));
    times.ok_or_else(|| Fault::Hours(part.to_owned()))
}

/// Reads "8", "8:30" or "08.30". Whole minutes only, because working time is counted in them.
fn read_time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.trim().split_once([':', '.']).unwrap_or((text.trim(), "0"));
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

fn read_date(text: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%d %B %Y", "%d.%m.%Y"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())
}

pub(super) fn span((open, close): &(NaiveTime, NaiveTime)) -> String {
    format!("{}-{}", open.format("%H:%M"), close.format("%H:%M"))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{at, london};
    use super::super::{Calendar, Working};
    use super::*;

    fn written() -> Written {
        Written {
            zone: "Europe/London".into(),
            days: "Mon Tue Wed Thu Fri".into(),
            hours: "08:00-12:00, 13:00-17:00".into(),
            holidays: String::new(),
        }
    }

    #[test]
    fn the_usual_calendar_is_written_as_people_would() {
        assert_eq!(london().write(), written());
        assert_eq!(Calendar::read(&written()), Ok(london()));
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let odd = Written {
            zone: "America/St_Johns".into(),
            days: "Sun, wednesday; FRI".into(),
            hours: "13.15\u{2013}14:45, 9-10".into(),
            holidays: "25 December 2026\r\n1 Jan 2027, 2026-04-03".into(),
        };
        let calendar = Calendar::read(&odd).unwrap();
        let tidy = calendar.write();
        assert_eq!(tidy.days, "Wed Fri Sun");
        assert_eq!(tidy.hours, "09:00-10:00, 13:15-14:45");
        assert_eq!(tidy.holidays, "2026-04-03\n2026-12-25\n2027-01-01");
        assert_eq!(Calendar::read(&tidy), Ok(calendar));
    }

    #[test]
    fn days_may_be_a_range_also_over_the_weekend() {
        assert_eq!(read_days("Mon-Fri"), read_days("Mon Tue Wed Thu Fri"));
        assert_eq!(read_days("Sun\u{2013}Tue, Thu"), read_days("Sun Mon Tue Thu"));
    }

    #[test]
    fn spans_that_touch_are_fine() {
        assert_eq!(read_hours("12:00-17:00, 8:00-12:00").map(|hours| hours.len()), Ok(2));
    }

    #[test]
    fn every_line_says_its_own_fault_at_its_own_field() {
        let wrong = Written {
            zone: "London".into(),
            days: "Mon Funday".into(),
            hours: "8 to 12".into(),
            holidays: "Christmas".into(),
        };
        let faults = Calendar::read(&wrong).unwrap_err();
        let fields: Vec<_> = faults.iter().map(Fault::field).collect();
        assert_eq!(fields, ["zone", "days", "hours", "holidays"]);
        assert_eq!(
            faults[1].to_string(),
            "\u{201c}Funday\u{201d} is not a weekday. Write days such as Mon Tue Wed Thu Fri."
        );
    }

    #[test]
    fn lines_without_working_time_are_refused() {
        assert_eq!(read_days("  "), Err(Fault::NoDays));
        assert_eq!(read_hours(" , "), Err(Fault::NoHours));
        assert_eq!(read_hours("17:00-08:00"), Err(Fault::Backwards("17:00-08:00".into())));
        assert_eq!(read_hours("20:00-24:00"), Err(Fault::Hours("20:00-24:00".into())));
        assert_eq!(
            read_hours("08:00-12:30, 12:00-17:00"),
            Err(Fault::Overlap("08:00-12:30".into(), "12:00-17:00".into()))
        );
    }

    #[test]
    fn holidays_are_read_and_kept() {
        let calendar = Calendar::read(&Written { holidays: "12 Oct 2026".into(), ..written() }).unwrap();
        let age = calendar.between(at("2026-10-09 17:00"), at("2026-10-13 08:00"));
        assert_eq!(age, Working::NONE);
        assert_eq!(read_holidays(""), Ok(BTreeSet::new()));
    }
}
