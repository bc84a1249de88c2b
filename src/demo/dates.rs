//! The time of the example: its weeks are counted back from the present, so that nothing in it ever looks old.
//!
//! What happened weeks ago stands in its calendar week: `W0` is the week of the present, week -12 the one twelve
//! weeks earlier. What is still open was done so many *working hours* ago, so that ages and clocks are the same on
//! whatever day and at whatever hour it is loaded.

use crate::calendar::{Calendar, Working};
use crate::measures::weeks::monday;
use anyhow::{Context, anyhow};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

/// The present, and the calendar by which it is counted back.
#[derive(Clone, Debug)]
pub struct Time {
    now: DateTime<Utc>,
    calendar: Calendar,
}

impl Time {
    /// Counted back from `now`.
    pub fn new(now: DateTime<Utc>, calendar: Calendar) -> Self {
        Self { now, calendar }
    }

    /// The present.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The Monday of a week: 0 for this week, -1 for the last one, 1 for the next.
    pub fn monday(&self, week: i64) -> NaiveDate {
        monday(self.calendar.date_of(self.now)) + TimeDelta::weeks(week)
    }

    /// A day of a week.
    pub fn day(&self, week: i64, weekday: Weekday) -> NaiveDate {
        self.monday(week) + Days::new(u64::from(weekday.num_days_from_monday()))
    }

    /// A moment of a day, by the hour and minute on the wall.
    pub fn at(&self, week: i64, weekday: Weekday, wall: (i64, i64)) -> DateTime<Utc> {
        self.on(self.day(week, weekday), wall)
    }

    /// The same on a day that is given.
    pub fn on(&self, day: NaiveDate, (hour, minute): (i64, i64)) -> DateTime<Utc> {
        self.calendar.moment(day, NaiveTime::MIN + TimeDelta::minutes(hour * 60 + minute))
    }

    /// The day of a moment.
    pub fn date(&self, moment: DateTime<Utc>) -> NaiveDate {
        self.calendar.date_of(moment)
    }

    /// So many working hours after a moment.
    pub fn after(&self, moment: DateTime<Utc>, hours: i64) -> DateTime<Utc> {
        self.calendar.add(moment, Working::hours(hours))
    }

    /// So many working hours before the present.
    pub fn ago(&self, hours: i64) -> DateTime<Utc> {
        self.calendar.subtract(self.now, Working::hours(hours))
    }

    /// So many minutes of working time before the present.
    pub fn minutes_ago(&self, minutes: i64) -> DateTime<Utc> {
        self.calendar.subtract(self.now, Working::minutes(minutes))
    }

    /// The working day on which so many working hours after the present are over.
    pub fn day_ahead(&self, hours: i64) -> NaiveDate {
        self.calendar.date_of(self.after(self.now, hours))
    }

    /// Words with what stands in braces as dates: `{W-34 Fri}` becomes "10 October", `{W2}` "the week of 15 June".
    /// `{+13}` is the day on which so many working hours from now are over, `{@9}` that moment by weekday and hour, and
    /// `{-19}` the weekday so many working hours ago.
    ///
    /// # Errors
    /// When something in braces is none of these.
    pub fn dated(&self, words: &str) -> anyhow::Result<String> {
        let mut parts = words.split('{');
        let mut told = String::from(parts.next().unwrap_or_default());
        for part in parts {
            let (named, rest) = part.split_once('}').with_context(|| format!("a brace stays open in {words:?}"))?;
            told.push_str(&self.named(named).with_context(|| format!("{named:?} in {words:?}"))?);
            told.push_str(rest);
        }
        Ok(told)
    }

    fn named(&self, named: &str) -> anyhow::Result<String> {
        let day = |date: NaiveDate| date.format("%-d %B").to_string();
        let wall = |moment: DateTime<Utc>| moment.with_timezone(&self.calendar.zone());
        if let Some(hours) = named.strip_prefix('+') {
            return Ok(day(self.day_ahead(hours.parse()?)));
        }
        if let Some(hours) = named.strip_prefix('@') {
            return Ok(wall(self.after(self.now, hours.parse()?)).format("%A %H:%M").to_string());
        }
        if let Some(hours) = named.strip_prefix('-') {
            return Ok(wall(self.ago(hours.parse()?)).format("%A").to_string());
        }
        let week = named.strip_prefix('W').context("no week")?;
        match week.split_once(' ') {
            Some((week, weekday)) => {
                let weekday = weekday.parse().map_err(|_| anyhow!("no day of the week"))?;
                Ok(day(self.day(week.parse()?, weekday)))
            }
            None => Ok(format!("the week of {}", day(self.monday(week.parse()?)))),
        }
    }

    /// Monday morning after a week, when last week's values are entered. Early on a Monday that has not come yet:
    /// then they were entered on Friday before going home.
    pub fn entry_of(&self, week: i64) -> DateTime<Utc> {
        let monday = self.at(week + 1, Weekday::Mon, (9, 10));
        if monday <= self.now { monday } else { self.at(week, Weekday::Fri, (16, 50)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Weekday::{Fri, Mon, Tue};

    fn time(now: &str) -> Time {
        Time::new(now.parse().unwrap(), Calendar::usual(chrono_tz::Europe::London))
    }

    #[test]
    fn weeks_are_counted_from_the_week_of_the_present() {
        // A Thursday in summer time.
        let thursday = time("2026-06-04T09:00:00Z");
        assert_eq!(thursday.day(0, Mon).to_string(), "2026-06-01");
        assert_eq!(thursday.at(-12, Tue, (9, 30)).to_rfc3339(), "2026-03-10T09:30:00+00:00");
        assert_eq!(thursday.at(-1, Tue, (9, 30)).to_rfc3339(), "2026-05-26T08:30:00+00:00");
    }

    #[test]
    fn what_is_open_was_done_so_many_working_hours_ago() {
        assert_eq!(time("2026-06-04T09:00:00Z").ago(10).to_rfc3339(), "2026-06-03T07:00:00+00:00");
        assert_eq!(time("2026-06-06T23:00:00Z").ago(10).to_rfc3339(), "2026-06-04T14:00:00+00:00");
    }

    #[test]
    fn weeks_in_words_become_dates() {
        let thursday = time("2026-06-04T09:00:00Z");
        let told = thursday.dated("Yes, by {W-34 Fri}, or in {W2}.").unwrap();
        assert_eq!(told, "Yes, by 10 October, or in the week of 15 June.");
        assert_eq!(thursday.dated("As it is.").unwrap(), "As it is.");
        assert_eq!(thursday.dated("{+13}, {@9}, {-19}").unwrap(), "5 June, Friday 11:00, Monday");
        for wrong in ["{W1", "{tomorrow}", "{W1 Someday}"] {
            assert!(thursday.dated(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_due_ahead_has_its_hours_left_on_whatever_day() {
        assert_eq!(time("2026-06-04T09:00:00Z").day_ahead(13).to_string(), "2026-06-05");
        assert_eq!(time("2026-06-06T23:00:00Z").day_ahead(13).to_string(), "2026-06-09");
        assert_eq!(time("2026-06-04T09:00:00Z").minutes_ago(230).to_rfc3339(), "2026-06-03T14:10:00+00:00");
    }

    #[test]
    fn the_last_value_is_never_entered_in_the_future() {
        assert_eq!(time("2026-06-04T09:00:00Z").entry_of(-1).to_rfc3339(), "2026-06-01T08:10:00+00:00");
        let early = time("2026-06-01T02:00:00Z");
        assert_eq!(early.entry_of(-1), early.at(-1, Fri, (16, 50)));
        assert_eq!(early.entry_of(-2), early.at(-1, Mon, (9, 10)));
    }
}
