//! The time of the example: its weeks are counted back from the present, so that nothing in it ever looks old.
//!
//! What happened weeks ago stands in its calendar week: `W0` is the week of the present, `W-12` the one twelve
//! weeks earlier. What is still open was done so many *working hours* ago, so that ages and clocks are the same on
//! whatever day and at whatever hour it is loaded.

use crate::calendar::{Calendar, Working};
use crate::measures::weeks::{monday, next};
use crate::promises::REVIEW_DAYS;
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

    /// A moment by its name: `W-52 Tue 11:20`, a day and the wall clock on it; `-3:50`, so many hours and minutes of
    /// working time before the present; `half a year before +13 16:00`, the review that makes one due on that day.
    pub fn moment(&self, name: &str) -> anyhow::Result<DateTime<Utc>> {
        if let Some(ago) = name.strip_prefix('-') {
            let (hours, minutes) = ago.split_once(':').unwrap_or((ago, "0"));
            let ago = Working::minutes(hours.parse::<i64>()? * 60 + minutes.parse::<i64>()?);
            return Ok(self.calendar.subtract(self.now, ago));
        }
        let (day, wall) = name.rsplit_once(' ').context("no time of the day")?;
        let day = match day.strip_prefix("half a year before ") {
            Some(day) => self.day(day)? - Days::new(REVIEW_DAYS),
            None => self.day(day)?,
        };
        Ok(self.calendar.moment(day, wall.parse()?))
    }

    /// A day by its name: `W-52 Tue`, or `W-52` for the Monday; `+13`, the working day on which so many working hours
    /// after the present are over; `-19`, the day so many working hours ago.
    pub fn day(&self, name: &str) -> anyhow::Result<NaiveDate> {
        if let Some(hours) = name.strip_prefix('+') {
            return Ok(self.calendar.date_of(self.after(self.now, hours.parse()?)));
        }
        if name.starts_with('-') {
            return Ok(self.calendar.date_of(self.moment(name)?));
        }
        let week = name.strip_prefix('W').context("no week")?;
        let (week, weekday) = week.split_once(' ').unwrap_or((week, "Mon"));
        let weekday: Weekday = weekday.parse().map_err(|_| anyhow!("no day of the week"))?;
        let monday = self.week_of(self.now) + TimeDelta::weeks(week.parse()?);
        Ok(monday + Days::new(u64::from(weekday.num_days_from_monday())))
    }

    /// The day of a moment.
    pub fn date_of(&self, moment: DateTime<Utc>) -> NaiveDate {
        self.calendar.date_of(moment)
    }

    /// The Monday of the week of a moment.
    pub fn week_of(&self, moment: DateTime<Utc>) -> NaiveDate {
        monday(self.calendar.date_of(moment))
    }

    /// The Monday of the week whose values were entered at a moment of [`Self::entry_of`].
    pub fn week_entered(&self, moment: DateTime<Utc>) -> NaiveDate {
        self.week_of(moment - TimeDelta::days(3))
    }

    /// So many working hours after a moment.
    pub fn after(&self, moment: DateTime<Utc>, hours: i64) -> DateTime<Utc> {
        self.calendar.add(moment, Working::hours(hours))
    }

    /// A file of the story with the days in angle brackets as dates.
    pub fn with_days(&self, story: &str) -> anyhow::Result<String> {
        replaced(story, ('<', '>'), |name| Ok(self.day(name)?.to_string()))
    }

    /// Words with what stands in braces as people say it: `{W-34 Fri}` becomes "10 October", `{W2}` "the week of 15
    /// June". `{+13}` is the day on which so many working hours from now are over, `{@9}` that moment by weekday and
    /// hour, and `{-19}` the weekday so many working hours ago.
    pub fn dated(&self, words: &str) -> anyhow::Result<String> {
        replaced(words, ('{', '}'), |name| self.said(name))
    }

    fn said(&self, name: &str) -> anyhow::Result<String> {
        if let Some(hours) = name.strip_prefix('@') {
            let moment = self.after(self.now, hours.parse()?).with_timezone(&self.calendar.zone());
            return Ok(moment.format("%A %H:%M").to_string());
        }
        let day = self.day(name)?;
        Ok(match name.chars().next() {
            Some('-') => day.format("%A").to_string(),
            Some('W') if !name.contains(' ') => format!("the week of {}", day.format("%-d %B")),
            _ => day.format("%-d %B").to_string(),
        })
    }

    /// Monday morning after a week, when last week's values are entered. Early on a Monday that has not come yet:
    /// then they were entered on Friday before going home.
    pub fn entry_of(&self, week: NaiveDate) -> DateTime<Utc> {
        let at = |day, hour: i64, minute: i64| {
            self.calendar.moment(day, NaiveTime::MIN + TimeDelta::minutes(hour * 60 + minute))
        };
        let monday = at(next(week), 9, 10);
        if monday <= self.now { monday } else { at(week + Days::new(4), 16, 50) }
    }
}

/// A text with what stands between two marks put into other words.
fn replaced(
    text: &str,
    (open, close): (char, char),
    say: impl Fn(&str) -> anyhow::Result<String>,
) -> anyhow::Result<String> {
    let mut parts = text.split(open);
    let mut told = String::from(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once(close).with_context(|| format!("{open} stays open in {text:?}"))?;
        told.push_str(&say(name).with_context(|| format!("{name:?} in {text:?}"))?);
        told.push_str(rest);
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(now: &str) -> Time {
        Time::new(now.parse().unwrap(), Calendar::usual(chrono_tz::Europe::London))
    }

    fn moment(time: &Time, name: &str) -> String {
        time.moment(name).unwrap().to_rfc3339()
    }

    fn day(time: &Time, name: &str) -> String {
        time.day(name).unwrap().to_string()
    }

    #[test]
    fn weeks_are_counted_from_the_week_of_the_present() {
        // A Thursday in summer time.
        let thursday = time("2026-06-04T09:00:00Z");
        assert_eq!(day(&thursday, "W0 Mon"), "2026-06-01");
        assert_eq!(moment(&thursday, "W-12 Tue 09:30"), "2026-03-10T09:30:00+00:00");
        assert_eq!(moment(&thursday, "W-1 Tue 09:30"), "2026-05-26T08:30:00+00:00");
    }

    #[test]
    fn what_is_open_was_done_so_many_working_hours_ago() {
        assert_eq!(moment(&time("2026-06-04T09:00:00Z"), "-10"), "2026-06-03T07:00:00+00:00");
        assert_eq!(moment(&time("2026-06-06T23:00:00Z"), "-10"), "2026-06-04T14:00:00+00:00");
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
        assert_eq!(day(&time("2026-06-04T09:00:00Z"), "+13"), "2026-06-05");
        assert_eq!(day(&time("2026-06-06T23:00:00Z"), "+13"), "2026-06-09");
        assert_eq!(moment(&time("2026-06-04T09:00:00Z"), "-3:50"), "2026-06-03T14:10:00+00:00");
    }

    #[test]
    fn the_last_value_is_never_entered_in_the_future() {
        let entry = |time: &Time, week: &str| {
            let week = time.day(week).unwrap();
            let at = time.entry_of(week);
            assert_eq!(time.week_entered(at), week);
            at
        };
        assert_eq!(entry(&time("2026-06-04T09:00:00Z"), "W-1").to_rfc3339(), "2026-06-01T08:10:00+00:00");
        let early = time("2026-06-01T02:00:00Z");
        assert_eq!(entry(&early, "W-1"), early.moment("W-1 Fri 16:50").unwrap());
        assert_eq!(entry(&early, "W-2"), early.moment("W-1 Mon 09:10").unwrap());
    }
}
