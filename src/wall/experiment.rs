//! What the board says of the running experiment and of the last learning.

use crate::experiments::schedule::weeks;
use crate::experiments::store::OfTeam;
use crate::measures::series::Series;
use chrono::NaiveDate;

/// The running experiment.
#[derive(Clone, Debug)]
pub struct RunningExperiment {
    pub name: String,
    pub progress: String,
    pub expected: String,
    /// The last weekly line; empty before the first.
    pub line: String,
}

/// What the team tries now, the oldest start first; none if it tries nothing.
pub fn of(now: &OfTeam, today: NaiveDate, series: &[Series]) -> Option<RunningExperiment> {
    Some(RunningExperiment {
        progress: progress(now, today),
        expected: expected(now, series),
        name: now.name.clone()?,
        line: now.line.clone().unwrap_or_default(),
    })
}

fn progress(plan: &OfTeam, today: NaiveDate) -> String {
    let (Some(start), Some(end)) = (plan.starts_on, plan.ends_on) else { return String::from("running") };
    match today {
        _ if today < start => String::from("starts soon"),
        _ if today > end => String::from("ended, to be studied"),
        _ => format!("week {} of {}", weeks(start, today).len(), weeks(start, end).len()),
    }
}

/// The prediction in its own words, else in the figures of its measure.
fn expected(plan: &OfTeam, series: &[Series]) -> String {
    let measure = series.iter().find(|series| Some(series.measure.id) == plan.measure_id);
    match (measure, plan.from_about, plan.to_about) {
        _ if plan.expectation.as_ref().is_some_and(|words| !words.is_empty()) => {
            plan.expectation.clone().unwrap_or_default()
        }
        (Some(series), Some(from), Some(to)) => {
            let words = &series.words;
            format!("{}: from about {} to about {}", series.measure.name, words.value(from), words.value(to))
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_counted_from_the_monday_of_the_start() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let plan = OfTeam { starts_on: Some(day("2026-03-04")), ends_on: Some(day("2026-04-10")), ..OfTeam::default() };
        let cases = [
            ("2026-03-03", "starts soon"),
            ("2026-03-04", "week 1 of 6"),
            ("2026-03-09", "week 2 of 6"),
            ("2026-04-10", "week 6 of 6"),
            ("2026-04-11", "ended, to be studied"),
        ];
        for (today, expected) in cases {
            assert_eq!(progress(&plan, day(today)), expected, "{today}");
        }
        assert_eq!(progress(&OfTeam::default(), day("2026-03-04")), "running");
    }
}
