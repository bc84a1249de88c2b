//! The values of the example's measures, 78 weeks of each.

use super::dates::Time;
use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};

/// The week in which the product came into use. What is older was imported.
const IN_USE: &str = "W-52";

const SERIES: [(&str, &str); 8] = [
    ("M1", include_str!("series/quote-turnaround.csv")),
    ("M2", include_str!("series/quotes-reissued.csv")),
    ("M3", include_str!("series/first-answer.csv")),
    ("M4", include_str!("series/no-decision.csv")),
    ("M5", include_str!("series/win-rate.csv")),
    ("M6", include_str!("series/admin-hours.csv")),
    ("M7", include_str!("series/agreed-next-step.csv")),
    ("M8", include_str!("series/leads-accepted.csv")),
];

/// The table of a measure, its weeks as dates.
pub fn of(time: &Time, measure: &str) -> anyhow::Result<String> {
    let found = SERIES.iter().find(|(name, _)| *name == measure);
    time.with_days(found.with_context(|| format!("{measure} has no table"))?.1)
}

/// When the values were entered, week by week.
pub fn entered(time: &Time, measure: &str) -> anyhow::Result<Vec<DateTime<Utc>>> {
    let in_use = time.day(IN_USE)?;
    let table = of(time, measure)?;
    let weeks = table.lines().filter_map(|line| line.split(',').next()?.parse::<NaiveDate>().ok());
    Ok(weeks.filter(|week| *week >= in_use).map(|week| time.entry_of(week)).collect())
}
