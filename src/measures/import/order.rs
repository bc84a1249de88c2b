//! In which order the dates with slashes of one table are written: only the whole table can tell.

use super::day::{Day, Order};
use super::terms::Terms;
use chrono::Datelike;
use std::collections::BTreeSet;

type Slashed = (u32, u32, i32);

impl Order {
    /// The order as a sentence.
    pub fn words(self) -> &'static str {
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
