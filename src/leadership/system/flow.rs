//! What was thrown, what was finished, and what became of it within thirty, sixty and ninety days.

use super::counts::Tallies;
use crate::ideas::{State, Verb};
use crate::spc::Point;
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc};

/// What became of one idea.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Outcome {
    pub thrown_at: DateTime<Utc>,
    pub state: State,
    /// The first of the six answers it had.
    pub first_answer: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
    /// When its last ball was caught for good.
    pub finished_at: Option<DateTime<Utc>>,
}

/// The two sums at the end of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    pub month: NaiveDate,
    pub thrown: i64,
    pub finished: i64,
}

/// The sums since the beginning at the end of each of the last thirteen months, the oldest first; from the first month
/// with a throw on.
pub fn sums(tallies: &Tallies, today: NaiveDate) -> Vec<Sums> {
    let this = today.with_day(1).unwrap_or(today);
    let ends = (0..13).rev().filter_map(|back| this.checked_sub_months(Months::new(back)));
    let until = |month: NaiveDate, what: &str| tallies.until(what, &month.format("%Y-%m").to_string());
    let all = ends.map(|month| Sums { month, thrown: until(month, "thrown"), finished: until(month, "finished") });
    all.filter(|sums| sums.thrown > 0).collect()
}

/// What became of ideas within so many days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Became {
    /// All that were thrown and are old enough to tell.
    pub all: i64,
    /// In use, or confirmed by the author.
    pub done: i64,
    /// Tried, with a lesson.
    pub learned: i64,
    /// A no with its reason.
    pub declined: i64,
    /// Put together with another, or taken back.
    pub other: i64,
    /// Answered, and on its way.
    pub answered: i64,
    /// Nobody has answered yet.
    pub waiting: i64,
}

/// The ideas of one quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarter {
    /// Such as "1st quarter 2026".
    pub name: String,
    /// After 30, 60 and 90 days; nothing while no idea of it is old enough.
    pub after: [Option<Became>; 3],
}

/// After how many days it is looked at.
pub const AFTER: [i64; 3] = [30, 60, 90];

/// The newest four quarters in which something was thrown, the newest first.
pub fn quarters(outcomes: &[Outcome], now: DateTime<Utc>) -> Vec<Quarter> {
    let quarter = |at: DateTime<Utc>| (at.year(), at.month0() / 3);
    let mut all: Vec<(i32, u32)> = outcomes.iter().map(|outcome| quarter(outcome.thrown_at)).collect();
    all.sort_unstable();
    all.dedup();
    let one = |of: (i32, u32)| {
        let ideas: Vec<&Outcome> = outcomes.iter().filter(|outcome| quarter(outcome.thrown_at) == of).collect();
        let ordinal = ["1st", "2nd", "3rd", "4th"][of.1 as usize % 4];
        Quarter { name: format!("{ordinal} quarter {}", of.0), after: AFTER.map(|days| became(&ideas, days, now)) }
    };
    all.into_iter().rev().take(4).map(one).collect()
}

fn became(ideas: &[&Outcome], days: i64, now: DateTime<Utc>) -> Option<Became> {
    let mut sums = Became::default();
    for idea in ideas {
        let then = idea.thrown_at + TimeDelta::days(days);
        if then > now {
            continue;
        }
        sums.all += 1;
        let came = |at: Option<DateTime<Utc>>| at.is_some_and(|at| at <= then);
        let place = match idea.state {
            _ if !came(idea.finished_at) && came(idea.answered_at) => &mut sums.answered,
            _ if !came(idea.finished_at) => &mut sums.waiting,
            State::Learned => &mut sums.learned,
            State::ClosedDeclined => &mut sums.declined,
            State::Merged | State::Withdrawn => &mut sums.other,
            State::Done => &mut sums.done,
            // It was closed then and is open again.
            _ => &mut sums.answered,
        };
        *place += 1;
    }
    (sums.all > 0).then_some(sums)
}

impl Became {
    /// "9 of 12 answered: 4 done, 1 learned, 2 no, 2 on their way; 3 waiting".
    pub fn words(&self) -> String {
        let parts = [
            (self.done, "done"),
            (self.learned, "learned"),
            (self.declined, "no, with a reason"),
            (self.answered, "answered, on the way"),
            (self.other, "put together or taken back"),
            (self.waiting, "waiting"),
        ];
        let told: Vec<String> =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")).collect();
        format!("{} thrown: {}", self.all, told.join(", "))
    }
}

/// The share of first answers that were given without taking the idea further, by four weeks, the oldest first.
pub fn decided_here(outcomes: &[Outcome], today: NaiveDate) -> Vec<Point> {
    let block_of = |at: DateTime<Utc>| (today - at.date_naive()).num_days().max(0) / 28;
    let answered = outcomes.iter().filter_map(|outcome| Some((block_of(outcome.answered_at?), outcome)));
    let answered: Vec<(i64, &Outcome)> = answered.collect();
    let oldest = answered.iter().map(|(block, _)| *block).max().unwrap_or(-1);
    let point = |block: i64| {
        let of: Vec<&Outcome> = answered.iter().filter(|(at, _)| *at == block).map(|(_, outcome)| *outcome).collect();
        let here = of.iter().filter(|outcome| outcome.first_answer.as_deref() != Some(Verb::PassUp.name())).count();
        let back = Days::new(u64::try_from(block * 28 + 27).unwrap_or_default());
        let period = today.checked_sub_days(back).unwrap_or(today);
        share(period, here, of.len())
    };
    (0..=oldest).rev().map(point).collect()
}

/// A share in per cent with what it was counted from; no value of nothing.
fn share(period: NaiveDate, part: usize, of: usize) -> Point {
    let figure = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let value = (of > 0).then(|| (figure(part) / figure(of) * 1000.0).round() / 10.0);
    Point { numerator: Some(figure(part)), denominator: Some(figure(of)), ..Point::plain(period, value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leadership::system::counts::Tally;

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}T10:00:00Z").parse().unwrap()
    }

    fn idea(thrown: &str, state: State, first: Option<(Verb, &str)>, finished: Option<&str>) -> Outcome {
        Outcome {
            thrown_at: at(thrown),
            state,
            first_answer: first.map(|(verb, _)| verb.name().to_owned()),
            answered_at: first.map(|(_, day)| at(day)),
            finished_at: finished.map(at),
        }
    }

    #[test]
    fn the_sums_never_fall_and_begin_with_the_first_throw() {
        let tally = |month: &str, what: &str, times| Tally { of: month.into(), what: what.into(), times };
        let mut months = vec![
            tally("2024-12", "thrown", 2),
            tally("2026-01", "thrown", 3),
            tally("2026-02", "finished", 1),
            tally("2026-03", "finished", 2),
        ];
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let sums = super::sums(&Tallies(months.clone()), day("2026-03-31"));
        assert_eq!(sums.len(), 13);
        assert_eq!(sums[0], Sums { month: day("2025-03-01"), thrown: 2, finished: 0 });
        assert_eq!(sums[12], Sums { month: day("2026-03-01"), thrown: 5, finished: 3 });
        months.remove(0);
        let young = super::sums(&Tallies(months), day("2026-03-31"));
        assert_eq!((young.len(), young[0].thrown), (3, 3));
    }

    #[test]
    fn an_idea_counts_after_as_many_days_as_it_had() {
        let ideas = [
            idea("2026-01-05", State::Done, Some((Verb::Go, "2026-01-07")), Some("2026-02-20")),
            idea("2026-01-12", State::ClosedDeclined, Some((Verb::Decline, "2026-01-13")), Some("2026-01-20")),
            idea("2026-03-02", State::New, None, None),
        ];
        let quarters = quarters(&ideas, at("2026-03-20"));
        let [first] = quarters.as_slice() else { panic!("{quarters:?}") };
        assert_eq!(first.name, "1st quarter 2026");
        let after = |place: usize| first.after[place].unwrap().words();
        assert_eq!(after(0), "2 thrown: 1 no, with a reason, 1 answered, on the way");
        assert_eq!(after(1), "2 thrown: 1 done, 1 no, with a reason");
        assert_eq!(first.after[2], None, "nothing is ninety days old");
    }

    #[test]
    fn what_was_taken_further_was_not_decided_where_the_work_is() {
        let ideas = [
            idea("2026-01-05", State::Done, Some((Verb::Go, "2026-01-07")), None),
            idea("2026-03-02", State::Go, Some((Verb::Go, "2026-03-03")), None),
            idea("2026-03-03", State::PassedUp, Some((Verb::PassUp, "2026-03-04")), None),
        ];
        let points = decided_here(&ideas, "2026-03-20".parse().unwrap());
        let values: Vec<Option<f64>> = points.iter().map(|point| point.value).collect();
        assert_eq!(values, [Some(100.0), None, Some(50.0)]);
        assert_eq!((points[2].numerator, points[2].denominator), (Some(1.0), Some(2.0)));
    }
}
