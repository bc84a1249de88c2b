//! How many promises were kept, moved and missed, and what got in the way: sums of the company, never of a person.

use super::Cause;
use crate::db::{Ask, query_as};
use chrono::{DateTime, TimeDelta, Utc};

/// For how many weeks back it is counted, by the day that was promised first.
pub const WEEKS: i64 = 52;

/// Sums of promises whose outcome is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Kept by the day that was promised first.
    pub kept: i64,
    /// Of these, how many count as kept because the receiver said nothing.
    pub unconfirmed: i64,
    /// Kept by a day that was moved in time.
    pub moved: i64,
    /// Missed, whatever became of them.
    pub missed: i64,
    pub taken_back: i64,
}

const OUTCOMES: &str = "
    SELECT first_due_at,
           CASE WHEN missed_at IS NOT NULL THEN 'missed' WHEN state = 'revoked' THEN 'taken_back'
                WHEN moved > 0 THEN 'moved' WHEN unconfirmed THEN 'unconfirmed' ELSE 'kept' END AS outcome,
           COUNT(*) AS times
    FROM promise
    WHERE NOT stands AND first_due_at >= $1 AND (missed_at IS NOT NULL OR state IN ('kept', 'revoked'))
    GROUP BY 1, 2";

/// How many promises of one day came to the same end.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Outcome {
    pub first_due_at: DateTime<Utc>,
    /// `kept`, `unconfirmed`, `moved`, `missed` or `taken_back`.
    pub outcome: String,
    pub times: i64,
}

/// The outcomes of the last year.
pub fn outcomes(now: DateTime<Utc>) -> Ask<Vec<Outcome>> {
    query_as(OUTCOMES).bind(now - TimeDelta::weeks(WEEKS)).all()
}

/// Sums of four weeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub ends: DateTime<Utc>,
    pub counts: Counts,
}

/// The sums by four weeks, the newest first, as far back as something was kept, moved or missed. What came before its day
/// counts in the newest four weeks.
pub fn by_four_weeks(outcomes: &[Outcome], now: DateTime<Utc>) -> Vec<Block> {
    let block_of =
        |outcome: &Outcome| usize::try_from((now - outcome.first_due_at).num_weeks() / 4).unwrap_or_default();
    let told = || outcomes.iter().filter(|outcome| outcome.outcome != "taken_back");
    let oldest = told().map(|outcome| block_of(outcome) + 1).max().unwrap_or_default();
    let ends = (0..).map(|block| now - TimeDelta::weeks(4 * block));
    let mut blocks: Vec<Block> = ends.take(oldest).map(|ends| Block { ends, counts: Counts::default() }).collect();
    for outcome in told() {
        if let Some(block) = blocks.get_mut(block_of(outcome)) {
            block.counts.add(outcome);
        }
    }
    blocks
}

// What a nameless author says counts from the opening of the week after, so that of the last week the order is not
// settled. The sum goes by whole fives, the oldest first: from one sum to the next nobody can read a single answer.
const PUBLIC: &str = "
    SELECT (SELECT COUNT(*) FROM throw WHERE subject = 'promise' AND verb = 'point_at' AND at >= $1) AS pointed_at,
           CAST(COALESCE(SUM(CASE WHEN verb = 'fair' THEN 1 ELSE 0 END), 0) AS BIGINT) AS fair,
           COUNT(*) AS judged
    FROM (SELECT throw.verb, ROW_NUMBER() OVER (ORDER BY throw.at, throw.id) AS place, COUNT(*) OVER () AS known
          FROM team JOIN throw ON throw.team_id = team.id
          WHERE throw.verb IN ('fair', 'throw_back') AND throw.subject = 'idea' AND throw.at < $2) AS answers
    WHERE place <= known - known % 5";

/// How often somebody pointed at a standing promise in the last year, and how many found a no fair.
///
/// From the beginning: how many said that it was fair, of how many who were asked; both zero while there are too few answers to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PublicAnswers {
    pub pointed_at: i64,
    pub fair: i64,
    pub judged: i64,
}

/// The sums of what was answered in public.
pub fn public_answers(now: DateTime<Utc>) -> Ask<PublicAnswers> {
    query_as(PUBLIC).bind(now - TimeDelta::weeks(WEEKS)).bind(now - TimeDelta::weeks(1)).one()
}

const CAUSES: &str = "
    SELECT promise_term.cause, CAST(COUNT(*) AS BIGINT) AS times
    FROM promise_term JOIN promise ON promise.id = promise_term.promise_id
    WHERE promise_term.cause IS NOT NULL AND promise.first_due_at >= $1
    GROUP BY promise_term.cause ORDER BY times DESC, promise_term.cause";

/// What got in the way of missed and moved promises in the last year, the most frequent first.
pub fn causes(now: DateTime<Utc>) -> Ask<Vec<(Cause, i64)>> {
    query_as(CAUSES).bind(now - TimeDelta::weeks(WEEKS)).all()
}

impl Counts {
    /// The sums of all these outcomes.
    pub fn of(outcomes: &[Outcome]) -> Self {
        let mut counts = Self::default();
        for outcome in outcomes {
            counts.add(outcome);
        }
        counts
    }

    fn add(&mut self, outcome: &Outcome) {
        match outcome.outcome.as_str() {
            "missed" => self.missed += outcome.times,
            "moved" => self.moved += outcome.times,
            "taken_back" => self.taken_back += outcome.times,
            "unconfirmed" => {
                self.kept += outcome.times;
                self.unconfirmed += outcome.times;
            }
            _ => self.kept += outcome.times,
        }
    }

    /// How many there are.
    pub fn all(&self) -> i64 {
        self.kept + self.moved + self.missed + self.taken_back
    }

    /// Whether every single one of many was kept.
    pub fn are_all_kept(&self) -> bool {
        self.kept >= 5 && self.kept == self.all()
    }

    /// "7 kept, 1 moved, 3 missed".
    pub fn words(&self) -> String {
        let mut words = format!("{} kept, {} moved, {} missed", self.kept, self.moved, self.missed);
        if self.taken_back > 0 {
            words.push_str(&format!(", {} taken back in time", self.taken_back));
        }
        words
    }
}

/// "one person for all systems 2, not told in time 1"; empty when nothing got in the way.
pub fn told(causes: &[(Cause, i64)]) -> String {
    let told: Vec<String> = causes.iter().map(|(cause, times)| format!("{} {times}", cause.words())).collect();
    told.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_weeks_are_counted_back_from_now() {
        let at = |text: &str| -> DateTime<Utc> { text.parse().unwrap() };
        let now = at("2026-03-31T10:00:00Z");
        let outcome = |due: &str, outcome: &str| Outcome { first_due_at: at(due), outcome: outcome.into(), times: 1 };
        let outcomes = [
            outcome("2026-04-02T17:00:00Z", "kept"),
            outcome("2026-03-04T17:00:00Z", "missed"),
            outcome("2026-01-06T17:00:00Z", "moved"),
        ];
        let blocks = by_four_weeks(&outcomes, now);
        let sums: Vec<_> =
            blocks.iter().map(|block| (block.counts.kept, block.counts.moved, block.counts.missed)).collect();
        assert_eq!(sums, [(1, 0, 1), (0, 0, 0), (0, 1, 0)]);
        assert_eq!(blocks[1].ends, at("2026-03-03T10:00:00Z"));
        assert!(by_four_weeks(&[], now).is_empty());
    }

    #[test]
    fn sums_are_told_in_a_sentence() {
        let counts = Counts { kept: 7, moved: 1, missed: 3, ..Counts::default() };
        assert_eq!((counts.words().as_str(), counts.all()), ("7 kept, 1 moved, 3 missed", 11));
        let counts = Counts { taken_back: 1, ..counts };
        assert_eq!(counts.words(), "7 kept, 1 moved, 3 missed, 1 taken back in time");
        let causes = [(Cause::OnePerson, 2), (Cause::NotTold, 1)];
        assert_eq!(told(&causes), "one person for all systems 2, not told in time 1");
    }
}
