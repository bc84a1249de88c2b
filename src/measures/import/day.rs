//! Days, weeks and months as people write them. In which order dates with slashes are written only the whole table can tell.

use super::terms::Terms;
use crate::locale::form;
use crate::spc::Cadence;
use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::BTreeSet;

/// What a cell says about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    Clear(NaiveDate),
    /// A week, by its Monday.
    Week(NaiveDate),
    /// A month, by its first day.
    Month(NaiveDate),
    /// Two numbers and a year between slashes; which is the month, only the whole table can tell.
    Slashed(u32, u32, i32),
}

crate::choices! {
    /// How the dates with slashes of one table are read.
    Order {
        DayFirst "day" "Day/month/year, as 31/12/2025";
        MonthFirst "month" "Month/day/year, as 12/31/2025";
    }
    besides {
        Unknown "unknown" "As the rows show";
    }
}

impl Order {
    /// The day of three numbers in this order, if there is such a day.
    pub fn date(self, one: u32, two: u32, year: i32) -> Option<NaiveDate> {
        match self {
            Self::DayFirst => NaiveDate::from_ymd_opt(year, two, one),
            Self::MonthFirst => NaiveDate::from_ymd_opt(year, one, two),
            Self::Unknown => None,
        }
    }

    /// The order as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::DayFirst => "Dates with slashes were read as day/month/year.",
            Self::MonthFirst => "Dates with slashes were read as month/day/year.",
            Self::Unknown => "Dates with slashes may be day/month or month/day here.",
        }
    }

    /// The order of one table, as far as the table itself can tell.
    ///
    /// It tells by a number above twelve, by periods that are not possible or occur twice, or because only one order
    /// makes all of them the same weekday.
    pub fn of(days: &[Day], terms: &Terms) -> Self {
        let slashed = days.iter().filter_map(|day| match *day {
            Day::Slashed(one, two, year) => Some((one, two, year)),
            Day::Clear(_) | Day::Week(_) | Day::Month(_) => None,
        });
        let slashed: Vec<Slashed> = slashed.collect();
        let (first, second) = (slashed.iter().any(|date| date.0 > 12), slashed.iter().any(|date| date.1 > 12));
        let tests: [&dyn Fn(Self) -> bool; 2] =
            [&|order| is_possible(&slashed, order, terms), &|order| is_one_weekday(&slashed, order)];
        let by_number = match (first, second) {
            (true, false) => Some(Self::DayFirst),
            (false, true) => Some(Self::MonthFirst),
            _ => None,
        };
        by_number.or_else(|| tests.iter().find_map(|test| only_one(*test))).unwrap_or(Self::Unknown)
    }
}

const MONTHS: &str = "january february march april may june july august september october november december";

/// What a cell says about a day: `2026-03-02`, `02.03.2026`, `02/03/2026`, `2 Mar 2026`, `2026-W10`, `2026-03`,
/// `March 2026`; a time behind it is passed over.
pub fn read(cell: &str) -> Option<Day> {
    let cell = cell.trim();
    iso_week(cell).or_else(|| by_name(cell)).or_else(|| by_numbers(cell))
}

fn iso_week(cell: &str) -> Option<Day> {
    let (year, week) = cell.split_once(['W', 'w'])?;
    let year = number(year.trim_end_matches(['-', ' ']), 4)?;
    NaiveDate::from_isoywd_opt(i32::try_from(year).ok()?, number(week, 2)?, Weekday::Mon).map(Day::Week)
}

/// With a month by its name; a year of two digits is understood only behind a month without a day, as spreadsheets write.
fn by_name(cell: &str) -> Option<Day> {
    let parts: Vec<&str> = cell.split([' ', '-', ',', '.', '/']).filter(|part| !part.is_empty()).collect();
    match *parts.as_slice() {
        [one, two, year] => {
            let (day, month) = month(two).map(|month| (one, month)).or_else(|| Some((two, month(one)?)))?;
            NaiveDate::from_ymd_opt(full_year(year)?, month, number(day, 2)?).map(Day::Clear)
        }
        [name, year] if year.len() == 2 => first_of(i32::try_from(2000 + number(year, 2)?).ok()?, month(name)?),
        [one, two] => {
            let (year, month) = month(one).map(|month| (two, month)).or_else(|| Some((one, month(two)?)))?;
            first_of(full_year(year)?, month)
        }
        _ => None,
    }
}

fn month(name: &str) -> Option<u32> {
    let name = name.to_ascii_lowercase();
    let name = if name == "sept" { "sep" } else { &name };
    let found = MONTHS.split(' ').position(|month| month == name || month.get(..3) == Some(name))?;
    u32::try_from(found + 1).ok()
}

fn by_numbers(cell: &str) -> Option<Day> {
    let (date, time) = cell.split_once([' ', 'T', 't']).unwrap_or((cell, "00:00"));
    if !time.contains(':') || time.contains(|sign: char| !sign.is_ascii_digit() && !":.+ZzAaPpMm ".contains(sign)) {
        return None;
    }
    let mark = ['-', '.', '/'].into_iter().find(|mark| date.contains(*mark))?;
    let parts: Vec<&str> = date.split(mark).collect();
    match *parts.as_slice() {
        [year, two, three] if year.len() == 4 => {
            NaiveDate::from_ymd_opt(full_year(year)?, number(two, 2)?, number(three, 2)?).map(Day::Clear)
        }
        [one, two, year] => {
            let (one, two, year) = (number(one, 2)?, number(two, 2)?, full_year(year)?);
            match mark {
                '/' => Some(Day::Slashed(one, two, year)),
                _ => NaiveDate::from_ymd_opt(year, two, one).map(Day::Clear),
            }
        }
        // With a point it would be a number with decimals.
        [_, _] if mark == '.' => None,
        [year, month] if year.len() == 4 => first_of(full_year(year)?, number(month, 2)?),
        [month, year] => first_of(full_year(year)?, number(month, 2)?),
        _ => None,
    }
}

fn first_of(year: i32, month: u32) -> Option<Day> {
    NaiveDate::from_ymd_opt(year, month, 1).map(Day::Month)
}

fn full_year(text: &str) -> Option<i32> {
    i32::try_from(number(text, 4).filter(|_| text.len() == 4)?).ok()
}

fn number(text: &str, most: usize) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Whether the cell names a period of this measure, possibly one of two.
pub fn is_period(cell: &str, cadence: Cadence) -> bool {
    read(cell).is_some_and(|day| fits(day, cadence))
}

fn fits(day: Day, cadence: Cadence) -> bool {
    match day {
        Day::Clear(_) | Day::Slashed(..) => true,
        Day::Week(_) => cadence == Cadence::Week,
        Day::Month(_) => cadence == Cadence::Month,
    }
}

/// The period in a cell, with slashes read in this order.
pub fn period(cell: &str, order: Order, terms: &Terms) -> Result<NaiveDate, String> {
    let cadence = terms.cadence();
    let none = || format!("{cell:?} is not a {}. {}", cadence.one(), written(cadence));
    match read(cell).ok_or_else(none)? {
        Day::Week(_) if cadence != Cadence::Week => Err(format!("{cell:?} is a whole week. {}", written(cadence))),
        Day::Month(_) if cadence != Cadence::Month => Err(format!("{cell:?} is a whole month. {}", written(cadence))),
        Day::Clear(date) | Day::Week(date) | Day::Month(date) => terms.period(date),
        Day::Slashed(one, two, year) if order != Order::Unknown => {
            terms.period(order.date(one, two, year).ok_or_else(none)?)
        }
        Day::Slashed(one, two, year) => {
            match [Order::DayFirst, Order::MonthFirst].map(|order| order.date(one, two, year)) {
                [Some(day), Some(month)] if cadence.start_of(day) != cadence.start_of(month) => Err(format!(
                    "{cell} may be {} or {}. Write it as {}.",
                    day.format(&form("%-d %B")),
                    month.format(&form("%-d %B")),
                    day.format("%Y-%m-%d")
                )),
                [day, month] => terms.period(day.or(month).ok_or_else(none)?),
            }
        }
    }
}

fn written(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Week => "Write it as 2026-03-02, 02.03.2026 or 2026-W10.",
        Cadence::Month => "Write it as 2026-03, Mar 2026 or 03/2026.",
        Cadence::Day | Cadence::WorkingDay | Cadence::Count | Cadence::Case => {
            "Write it as 2026-03-02, 02.03.2026 or 2 Mar 2026."
        }
    }
}

type Slashed = (u32, u32, i32);

fn only_one(holds: &dyn Fn(Order) -> bool) -> Option<Order> {
    match (holds(Order::DayFirst), holds(Order::MonthFirst)) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// All dates exist, the measure may have values for them, no two lie in the same period.
fn is_possible(slashed: &[Slashed], order: Order, terms: &Terms) -> bool {
    let mut periods = BTreeSet::new();
    let mut fits = |date| terms.period(date).is_ok_and(|period| periods.insert(period));
    slashed.iter().all(|&(one, two, year)| order.date(one, two, year).is_some_and(&mut fits))
}

/// At least three dates, all on the same day of the week.
fn is_one_weekday(slashed: &[Slashed], order: Order) -> bool {
    let weekdays: BTreeSet<_> = slashed
        .iter()
        .map(|&(one, two, year)| order.date(one, two, year).map(|date| date.weekday().num_days_from_monday()))
        .collect();
    slashed.len() >= 3 && weekdays.len() == 1 && !weekdays.contains(&None)
}
