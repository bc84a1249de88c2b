//! The weeks of an experiment, and who has its ball until when.

use super::store::WeeklyLine;
use super::{Experiment, State};
use crate::balls::{Hold, Owes};
use crate::measures::weeks::monday;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

/// The Mondays of all weeks from one day to another, both included.
pub fn weeks(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    monday(from).iter_weeks().take_while(|monday| *monday <= to).take(520).collect()
}

/// Who has the ball in its state, and until when; nobody once it is closed.
pub fn hold(experiment: &Experiment, now: DateTime<Utc>) -> Option<Hold> {
    let calendar = experiment.calendar();
    let days = |count| calendar.add(now, calendar.days(count));
    let after_end = || {
        let end = experiment.plan.ends_on.map_or(now, |day| calendar.closing(day));
        calendar.add(end, calendar.days(5))
    };
    let (owes, due_at) = match experiment.state {
        State::Drafting => (Owes::Write, days(5)),
        State::SafeCheck => (Owes::Safety, days(2)),
        // The end of its first day, and never earlier than in one working day.
        State::Ready => {
            (Owes::Start, experiment.plan.starts_on.map_or(days(1), |day| calendar.closing(day).max(days(1))))
        }
        State::Running => line_by(experiment).map_or_else(|| (Owes::Study, after_end()), |due_at| (Owes::Line, due_at)),
        State::Study => (Owes::Study, after_end()),
        State::Stopped => (Owes::Study, days(5)),
        State::Decide => (Owes::Decide, days(3)),
        State::Adopted | State::Adapted | State::Abandoned | State::Dropped => return None,
    };
    let enabler = experiment.enabler_id.filter(|_| experiment.state == State::SafeCheck);
    Some(Hold { holder: enabler.unwrap_or(experiment.owner_id), owes, due_at: Some(due_at) })
}

/// When the next line is due: two working days after its week; nothing once the last week has its line.
fn line_by(experiment: &Experiment) -> Option<DateTime<Utc>> {
    let weeks = weeks(experiment.first_day()?, experiment.plan.ends_on?);
    let week = weeks.into_iter().find(|week| experiment.newest_line.is_none_or(|newest| *week > newest))?;
    let calendar = experiment.calendar();
    let monday_after = week.checked_add_days(Days::new(7))?;
    Some(calendar.add(calendar.moment(monday_after, NaiveTime::MIN), calendar.days(2)))
}

/// The weeks that ran and have no line yet, the newest first.
pub fn open_weeks(experiment: &Experiment, today: NaiveDate, lines: &[WeeklyLine]) -> Vec<NaiveDate> {
    let (Some(first), Some(last)) = (experiment.first_day(), experiment.plan.ends_on) else { return Vec::new() };
    // Started before its planned first day: the week it was started in counts too.
    let ran = weeks(first.min(today), last.min(today));
    ran.into_iter().rev().filter(|week| lines.iter().all(|line| line.week != *week)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_named_by_their_mondays() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let weeks = weeks(day("2026-03-04"), day("2026-03-16"));
        assert_eq!(weeks, [day("2026-03-02"), day("2026-03-09"), day("2026-03-16")]);
    }
}
