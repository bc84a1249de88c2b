//! What the board says of the running experiment and of the last learning.

use crate::db::Tx;
use crate::experiments::Plan;
use crate::experiments::schedule::weeks;
use crate::experiments::store;
use crate::ids::TeamId;
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
pub async fn of(
    tx: &mut Tx,
    team: TeamId,
    today: NaiveDate,
    series: &[Series],
) -> sqlx::Result<Option<RunningExperiment>> {
    let Some(running) = tx.ask(store::running(team)).await? else { return Ok(None) };
    Ok(Some(RunningExperiment {
        progress: progress(&running.plan, today),
        expected: expected(&running.plan, series),
        name: running.plan.name,
        line: running.line.unwrap_or_default(),
    }))
}

/// The sentence that the team learned last.
pub async fn learning(tx: &mut Tx, team: TeamId) -> sqlx::Result<Option<String>> {
    let learning = tx.ask(store::last_learning(team)).await?;
    Ok(learning.map(|learning| learning.words).filter(|words| !words.is_empty()))
}

fn progress(plan: &Plan, today: NaiveDate) -> String {
    let (Some(start), Some(end)) = (plan.starts_on, plan.ends_on) else { return String::from("running") };
    match today {
        _ if today < start => String::from("starts soon"),
        _ if today > end => String::from("ended, to be studied"),
        _ => format!("week {} of {}", weeks(start, today).len(), weeks(start, end).len()),
    }
}

/// The prediction in its own words, else in the figures of its measure.
fn expected(plan: &Plan, series: &[Series]) -> String {
    let measure = series.iter().find(|series| Some(series.measure.id) == plan.measure_id);
    match (measure, plan.from_about, plan.to_about) {
        _ if !plan.expectation.is_empty() => plan.expectation.clone(),
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
        let plan = Plan { starts_on: Some(day("2026-03-04")), ends_on: Some(day("2026-04-10")), ..Plan::default() };
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
        assert_eq!(progress(&Plan::default(), day("2026-03-04")), "running");
    }
}
