//! How people say times: "today 15:10", "since 4 hours", "2 days over". The exact moment always goes along.

use chrono::{DateTime, Datelike, Days, NaiveDate, SecondsFormat, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{Calendar, Working};

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
    #[must_use]
    pub fn due(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> Moment {
        self.told(self.when(at, now), at)
    }

    /// How long something lies, in working time: "since 4 hours", "since 2 days".
    ///
    /// While no working time has passed it says "just now" for the first hour, and then when it came: "since Sat 15:10".
    #[must_use]
    pub fn since(&self, from: DateTime<Utc>, now: DateTime<Utc>) -> Moment {
        let age = self.between(from, now);
        let words = if age > Working::NONE {
            format!("since {}", self.length(age))
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
    #[must_use]
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
    #[must_use]
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
    #[must_use]
    pub fn day_words(&self, date: NaiveDate, now: DateTime<Utc>) -> String {
        self.with_year(date, now, "%a %-d %b", "%a %-d %b %Y")
    }

    /// The week a date lies in, by its Monday: "week of 12 Oct", with the year when it is another one.
    #[must_use]
    pub fn week_words(&self, date: NaiveDate, now: DateTime<Utc>) -> String {
        let since_monday = u64::from(date.weekday().num_days_from_monday());
        let monday = date
            .checked_sub_days(Days::new(since_monday))
            .unwrap_or(date);
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
        same_year: &str,
        other_year: &str,
    ) -> String {
        let same = date.year() == self.date_of(now).year();
        date.format(if same { same_year } else { other_year })
            .to_string()
    }

    fn told(&self, words: String, at: DateTime<Utc>) -> Moment {
        let local: DateTime<Tz> = at.with_timezone(&self.zone);
        Moment {
            words,
            exact: local.to_rfc3339_opts(SecondsFormat::Secs, false),
            full: local.format("%A %-d %B %Y, %H:%M %Z").to_string(),
        }
    }
}

/// A number with its unit, in the singular for one.
fn counted(count: i64, unit: &str) -> String {
    if count == 1 {
        format!("1 {unit}")
    } else {
        format!("{count} {unit}s")
    }
}
