//! Weeks and dates as people write them.

use crate::measures::weeks::{monday, next};
use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::BTreeSet;

/// What a cell says about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// One day without doubt.
    Clear(NaiveDate),
    /// Two numbers and a year between slashes; which is the month, only the whole table can tell.
    Slashed(u32, u32, i32),
}

/// How the dates with slashes of one table are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
    /// It can't be told.
    Unknown,
}

impl Order {
    /// The order as a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::DayFirst => "Dates with slashes were read as day/month/year.",
            Self::MonthFirst => "Dates with slashes were read as month/day/year.",
            Self::Unknown => "Dates with slashes may be day/month or month/day here.",
        }
    }

    fn date(self, one: u32, two: u32, year: i32) -> Option<NaiveDate> {
        match self {
            Self::DayFirst => NaiveDate::from_ymd_opt(year, two, one),
            Self::MonthFirst => NaiveDate::from_ymd_opt(year, one, two),
            Self::Unknown => None,
        }
    }
}

/// What a cell says about a day: `2026-03-02`, `02.03.2026`, `02/03/2026`, `2026-W10`; a time behind it is passed over.
pub fn read(cell: &str) -> Option<Day> {
    let cell = cell.trim();
    let upper = cell.to_ascii_uppercase();
    if let Some((year, week)) = upper.split_once('W') {
        let year = number(year.trim_end_matches(['-', ' ']), 4)?;
        let week = number(week, 2)?;
        return NaiveDate::from_isoywd_opt(i32::try_from(year).ok()?, week, Weekday::Mon).map(Day::Clear);
    }
    let (date, time) = cell.split_once([' ', 'T', 't']).unwrap_or((cell, "00:00"));
    if !time.contains(':') || time.contains(|sign: char| !sign.is_ascii_digit() && !":.+Zz".contains(sign)) {
        return None;
    }
    let mark = ['-', '.', '/'].into_iter().find(|mark| date.contains(*mark))?;
    let parts: Vec<&str> = date.split(mark).collect();
    let &[one, two, three] = parts.as_slice() else { return None };
    if one.len() == 4 {
        let day = NaiveDate::from_ymd_opt(i32::try_from(number(one, 4)?).ok()?, number(two, 2)?, number(three, 2)?);
        return day.map(Day::Clear);
    }
    let year = i32::try_from(number(three, 4).filter(|_| three.len() == 4)?).ok()?;
    let (one, two) = (number(one, 2)?, number(two, 2)?);
    match mark {
        '/' => Some(Day::Slashed(one, two, year)),
        _ => NaiveDate::from_ymd_opt(year, two, one).map(Day::Clear),
    }
}

fn number(text: &str, most: usize) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// The day in a cell, with slashes read in this order.
///
/// # Errors
/// A sentence when it is no day, or may be two.
pub fn date(cell: &str, order: Order) -> Result<NaiveDate, String> {
    let none = || format!("{cell:?} is not a week. Write it as 2026-03-02, 02.03.2026 or 2026-W10.");
    match read(cell).ok_or_else(none)? {
        Day::Clear(date) => Ok(date),
        Day::Slashed(one, two, year) if order != Order::Unknown => order.date(one, two, year).ok_or_else(none),
        Day::Slashed(one, two, year) => {
            let readings = [Order::DayFirst, Order::MonthFirst].map(|order| order.date(one, two, year));
            match readings {
                [Some(day), Some(month)] if monday(day) != monday(month) => Err(format!(
                    "{cell} may be {} or {}. Write it as {}.",
                    day.format("%-d %B"),
                    month.format("%-d %B"),
                    day.format("%Y-%m-%d")
                )),
                [day, month] => day.or(month).ok_or_else(none),
            }
        }
    }
}

/// In which order the dates of one table are written, as far as the table itself can tell.
///
/// It tells by a number above twelve, by dates in the future or two in one week, or because only one order makes all of
/// them the same weekday.
pub fn order(days: &[Day], this_week: NaiveDate) -> Order {
    let slashed = days.iter().filter_map(|day| match *day {
        Day::Slashed(one, two, year) => Some((one, two, year)),
        Day::Clear(_) => None,
    });
    let slashed: Vec<_> = slashed.collect();
    let (first, second) = (slashed.iter().any(|date| date.0 > 12), slashed.iter().any(|date| date.1 > 12));
    let tests: [&dyn Fn(Order) -> bool; 2] =
        [&|order| is_possible(&slashed, order, this_week), &|order| is_one_weekday(&slashed, order)];
    let by_number = match (first, second) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    };
    by_number.or_else(|| tests.iter().find_map(|test| only_one(*test))).unwrap_or(Order::Unknown)
}

fn only_one(holds: &dyn Fn(Order) -> bool) -> Option<Order> {
    match (holds(Order::DayFirst), holds(Order::MonthFirst)) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// All dates exist, none lies in the future, no two in the same week.
fn is_possible(slashed: &[(u32, u32, i32)], order: Order, this_week: NaiveDate) -> bool {
    let mut weeks = BTreeSet::new();
    let mut fits = |date: NaiveDate| date < next(this_week) && weeks.insert(monday(date));
    slashed.iter().all(|&(one, two, year)| order.date(one, two, year).is_some_and(&mut fits))
}

/// At least three dates, all on the same day of the week.
fn is_one_weekday(slashed: &[(u32, u32, i32)], order: Order) -> bool {
    let weekdays: BTreeSet<_> = slashed
        .iter()
        .map(|&(one, two, year)| order.date(one, two, year).map(|date| date.weekday().num_days_from_monday()))
        .collect();
    slashed.len() >= 3 && weekdays.len() == 1 && !weekdays.contains(&None)
}
