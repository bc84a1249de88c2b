//! How people say times: "today 15:10", "since 4 hours", "2 days over". The exact moment always goes along.

use chrono::{DateTime, Datelike, Days, NaiveDate, SecondsFormat, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{Calendar, Working};
use crate::locale::form;

/// Within how many days a weekday is enough to name a date without doubt.
const WEEKDAY_IS_ENOUGH: i64 = 6;

/// A moment for a page: words to read, the exact one for machines, and the full one for whoever points at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The words on the page: "today 15:10", "since 4 hours".
    pub words: String,
    /// RFC 3339 with the zone's offset, for `<time datetime>`: "2026-10-09T15:10:00+01:00".
    pub exact: String,
    /// The whole of it, for the title: "Friday 9 October 2026, 15:10 BST".
    pub full: String,
}

impl Calendar {
    /// When something is due or happened: "today 15:10", "tomorrow 12:00", "Fri 15:10", "3 March", "3 March 2027".
    pub fn due(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> Moment {
        self.told(self.when(at, now), at)
    }

    /// The same by the day alone: "today", "yesterday", "Fri", "3 March".
    pub fn day_of_moment(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> Moment {
        let date = self.date_of(at);
        let words = match (date - self.date_of(now)).num_days() {
            0 => "today".to_owned(),
            1 => "tomorrow".to_owned(),
            -1 => "yesterday".to_owned(),
            days if days.abs() <= WEEKDAY_IS_ENOUGH => date.format("%a").to_string(),
            _ => self.with_year(date, now, "%-d %B", "%-d %B %Y"),
        };
        Moment { words, exact: date.to_string(), full: date.format(&form("%A %-d %B %Y")).to_string() }
    }

    /// How long something lies, in working time: "for 4 hours", "for 2 days".
    ///
    /// While no working time has passed it says "just now" for the first hour, and then when it came: "since Sat 15:10".
    pub fn since(&self, from: DateTime<Utc>, now: DateTime<Utc>) -> Moment {
        let age = self.between(from, now);
        let words = if age > Working::NONE {
            format!("for {}", self.length(age))
        } else if now - from < TimeDelta::hours(1) {
            "just now".to_owned()
        } else {
            format!("since {}", self.when(from, now))
        };
        self.told(words, from)
    }

    /// How far a clock is over, in working time: "5 h over", "2 days over".
    ///
    /// While no working time has passed since the end it says "was due today 17:00".
    pub fn over(&self, due_at: DateTime<Utc>, now: DateTime<Utc>) -> Moment {
        let over = self.between(due_at, now);
        let words = if over == Working::NONE {
            format!("was due {}", self.when(due_at, now))
        } else if over < Working::hours(1) {
            format!("{} min over", over.as_minutes())
        } else if over < self.day() {
            format!("{} h over", over.full_hours())
        } else {
            format!("{} over", self.length(over))
        };
        self.told(words, due_at)
    }

    /// A length of working time: "10 minutes", "4 hours", "2 days". What is left of the unit is dropped.
    pub fn length(&self, working: Working) -> String {
        if working >= self.day() {
            counted(working.as_minutes() / self.day().as_minutes().max(1), "day")
        } else if working >= Working::hours(1) {
            counted(working.full_hours(), "hour")
        } else {
            counted(working.as_minutes(), "minute")
        }
    }

    /// A date: "Mon 12 Oct", with the year when it is another one.
    pub fn day_words(&self, date: NaiveDate, now: DateTime<Utc>) -> String {
        self.with_year(date, now, "%a %-d %b", "%a %-d %b %Y")
    }

    /// The week a date lies in, by its Monday: "week of 12 Oct", with the year when it is another one.
    pub fn week_words(&self, date: NaiveDate, now: DateTime<Utc>) -> String {
        let since_monday = u64::from(date.weekday().num_days_from_monday());
        let monday = date.checked_sub_days(Days::new(since_monday)).unwrap_or(date);
        self.with_year(monday, now, "week of %-d %b", "week of %-d %b %Y")
    }

    fn when(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.zone);
        let date = local.date_naive();
        let time = local.format("%H:%M");
        match (date - self.date_of(now)).num_days() {
            0 => format!("today {time}"),
            1 => format!("tomorrow {time}"),
            -1 => format!("yesterday {time}"),
            days if days.abs() <= WEEKDAY_IS_ENOUGH => local.format("%a %H:%M").to_string(),
            _ => self.with_year(date, now, "%-d %B", "%-d %B %Y"),
        }
    }

    fn with_year(
        &self,
        date: NaiveDate,
        now: DateTime<Utc>,
        same_year: &'static str,
        other_year: &'static str,
    ) -> String {
        let same = date.year() == self.date_of(now).year();
        date.format(&form(if same { same_year } else { other_year })).to_string()
    }

    fn told(&self, words: String, at: DateTime<Utc>) -> Moment {
        let local: DateTime<Tz> = at.with_timezone(&self.zone);
        Moment {
            words,
            exact: local.to_rfc3339_opts(SecondsFormat::Secs, false),
            full: local.format(&form("%A %-d %B %Y, %H:%M %Z")).to_string(),
        }
    }
}

/// A number with its unit, in the singular for one.
fn counted(count: i64, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{at, london, utc};
    use crate::locale::Locale;

    /// Friday.
    const NOW: &str = "2026-10-09 10:00";

    #[test]
    fn a_due_moment_is_said_as_people_say_it() {
        let due = |text: &str| london().due(at(text), at(NOW)).words;
        assert_eq!(due("2026-10-09 15:10"), "today 15:10");
        assert_eq!(due("2026-10-10 12:00"), "tomorrow 12:00");
        assert_eq!(due("2026-10-08 12:00"), "yesterday 12:00");
        assert_eq!(due("2026-10-15 15:10"), "Thu 15:10");
        assert_eq!(due("2026-10-16 15:10"), "16 October");
        assert_eq!(due("2026-10-05 11:00"), "Mon 11:00");
        assert_eq!(due("2026-10-02 11:00"), "2 October");
        assert_eq!(due("2027-03-03 09:00"), "3 March 2027");
    }

    #[test]
    fn tomorrow_is_the_next_date_on_the_wall_also_when_the_clocks_change() {
        let (before, after) = (at("2026-10-24 23:59"), at("2026-10-25 00:01"));
        assert_eq!(london().due(after, before).words, "tomorrow 00:01");
        assert_eq!(london().due(utc("2026-10-25 23:30"), after).words, "today 23:30");
    }

    #[test]
    fn the_exact_moment_goes_along() {
        let moment = london().due(at("2026-10-09 15:10"), at(NOW));
        assert_eq!(moment.exact, "2026-10-09T15:10:00+01:00");
        assert_eq!(moment.full, "Friday 9 October 2026, 15:10 BST");
        assert_eq!(london().since(at("2026-01-09 15:10"), at(NOW)).full, "Friday 9 January 2026, 15:10 GMT");
    }

    #[test]
    fn a_german_reader_sees_numerals() {
        let due = |text: &str| Locale::German.with(|| london().due(at(text), at(NOW)));
        let told = due("2026-10-16 15:10");
        assert_eq!((told.words.as_str(), told.full.as_str()), ("16.10.2026", "Friday 16.10.2026, 15:10 BST"));
        assert_eq!(due("2026-10-15 15:10").words, "Thu 15:10");
    }

    #[test]
    fn an_age_is_said_in_working_time() {
        let since = |text: &str| london().since(at(text), at(NOW)).words;
        assert_eq!(since("2026-10-09 09:59"), "for 1 minute");
        assert_eq!(since("2026-10-09 09:00"), "for 1 hour");
        assert_eq!(since("2026-10-08 15:10"), "for 3 hours");
        assert_eq!(since("2026-10-08 10:00"), "for 1 day");
        assert_eq!(since("2026-10-06 11:00"), "for 2 days");
    }

    #[test]
    fn an_age_without_working_time_says_when_it_came() {
        let since = |from: &str, now: &str| london().since(at(from), at(now)).words;
        assert_eq!(since("2026-10-10 15:10", "2026-10-10 15:30"), "just now");
        assert_eq!(since("2026-10-10 15:10", "2026-10-10 18:00"), "since today 15:10");
        assert_eq!(since("2026-10-10 15:10", "2026-10-12 08:00"), "since Sat 15:10");
        assert_eq!(since(NOW, NOW), "just now");
    }

    #[test]
    fn a_clock_that_is_over_says_by_how_much() {
        let over = |due: &str| london().over(at(due), at(NOW)).words;
        assert_eq!(over("2026-10-09 09:40"), "20 min over");
        assert_eq!(over("2026-10-08 13:00"), "6 h over");
        assert_eq!(over("2026-10-08 10:00"), "1 day over");
        assert_eq!(over("2026-10-06 11:00"), "2 days over");
        let evening = at("2026-10-09 20:00");
        assert_eq!(london().over(at("2026-10-09 17:00"), evening).words, "was due today 17:00");
    }

    #[test]
    fn dates_and_weeks_carry_the_year_only_when_it_is_another() {
        let day = |text: &str| london().day_words(text.parse().unwrap(), at(NOW));
        assert_eq!(day("2026-10-12"), "Mon 12 Oct");
        assert_eq!(day("2027-01-04"), "Mon 4 Jan 2027");
        let week = |text: &str| london().week_words(text.parse().unwrap(), at(NOW));
        assert_eq!(week("2026-10-18"), "week of 12 Oct");
        assert_eq!(week("2026-10-12"), "week of 12 Oct");
        assert_eq!(week("2026-01-01"), "week of 29 Dec 2025");
    }
}
