//! How many promises were kept, moved and missed, and what got in the way: sums of the company, never of a person.

use super::Cause;
use crate::db::Tx;
use chrono::{DateTime, TimeDelta, Utc};

/// For how many weeks back it is counted, by the day that was promised first.
pub const WEEKS: i64 = 52;

/// From how many answers on it is shown how many said that a no was fair.
const FEWEST_ANSWERS: usize = 5;

/// Sums of promises whose outcome is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    /// Kept by the day that was promised first.
    pub kept: i64,
    /// Of these, how many count as kept because the receiver said nothing.
    pub unconfirmed: i64,
    /// Kept by a day that was moved in time.
    pub moved: i64,
    /// Missed, whatever became of them.
    pub missed: i64,
    /// Taken back before their day.
    pub taken_back: i64,
}

const COUNTS: &str = "
    SELECT CAST(COALESCE(SUM(CASE WHEN state = 'kept' AND missed_at IS NULL AND moved = 0 THEN 1 END), 0) AS BIGINT) AS kept,
           CAST(COALESCE(SUM(CASE WHEN state = 'kept' AND missed_at IS NULL AND moved = 0 AND unconfirmed THEN 1 END), 0)
                AS BIGINT) AS unconfirmed,
           CAST(COALESCE(SUM(CASE WHEN state = 'kept' AND missed_at IS NULL AND moved > 0 THEN 1 END), 0) AS BIGINT) AS moved,
           CAST(COALESCE(SUM(CASE WHEN missed_at IS NOT NULL THEN 1 END), 0) AS BIGINT) AS missed,
           CAST(COALESCE(SUM(CASE WHEN state = 'revoked' AND missed_at IS NULL THEN 1 END), 0) AS BIGINT) AS taken_back
    FROM promise WHERE NOT stands AND first_due_at >= $1";

/// The sums of the last year.
pub async fn counts(tx: &mut Tx) -> sqlx::Result<Counts> {
    let since = tx.now() - TimeDelta::weeks(WEEKS);
    tx.query_as(COUNTS).bind(since).one().await
}

const OUTCOMES: &str = "
    SELECT first_due_at,
           CASE WHEN missed_at IS NOT NULL THEN 'missed' WHEN moved > 0 THEN 'moved' ELSE 'kept' END AS outcome
    FROM promise
    WHERE NOT stands AND first_due_at >= $1 AND (missed_at IS NOT NULL OR state = 'kept')";

/// Sums of four weeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// When they end.
    pub ends: DateTime<Utc>,
    pub counts: Counts,
}

/// The sums of the last year by four weeks, the newest first, as far back as there are any.
pub async fn blocks(tx: &mut Tx) -> sqlx::Result<Vec<Block>> {
    let now = tx.now();
    let since = now - TimeDelta::weeks(WEEKS);
    let outcomes: Vec<(DateTime<Utc>, String)> = tx.query_as(OUTCOMES).bind(since).all().await?;
    Ok(by_four_weeks(&outcomes, now))
}

/// What came before its day counts in the newest four weeks.
fn by_four_weeks(outcomes: &[(DateTime<Utc>, String)], now: DateTime<Utc>) -> Vec<Block> {
    let block_of = |due_at: DateTime<Utc>| usize::try_from((now - due_at).num_weeks() / 4).unwrap_or_default();
    let oldest = outcomes.iter().map(|(due_at, _)| block_of(*due_at) + 1).max().unwrap_or_default();
    let ends = (0..).map(|block| now - TimeDelta::weeks(4 * block));
    let mut blocks: Vec<Block> = ends.take(oldest).map(|ends| Block { ends, counts: Counts::default() }).collect();
    for (due_at, outcome) in outcomes {
        let Some(Block { counts, .. }) = blocks.get_mut(block_of(*due_at)) else { continue };
        match outcome.as_str() {
            "missed" => counts.missed += 1,
            "moved" => counts.moved += 1,
            _ => counts.kept += 1,
        }
    }
    blocks
}

const POINTED_AT: &str = "SELECT COUNT(*) FROM throw WHERE subject = 'promise' AND verb = 'point_at' AND at >= $1";

/// How often somebody pointed at a standing promise in the last year.
pub async fn pointed_at(tx: &mut Tx) -> sqlx::Result<i64> {
    let since = tx.now() - TimeDelta::weeks(WEEKS);
    let (times,): (i64,) = tx.query_as(POINTED_AT).bind(since).one().await?;
    Ok(times)
}

// What a nameless author says counts from the opening of the week after, so that of the last week the order is not settled.
const JUDGED: &str = "
    SELECT throw.verb FROM team JOIN throw ON throw.team_id = team.id
    WHERE throw.verb IN ('fair', 'throw_back') AND throw.subject = 'idea' AND throw.at < $1 ORDER BY throw.at, throw.id";

/// How many said that a no was fair, and how many were asked: sums of the company from the beginning.
pub async fn judged(tx: &mut Tx) -> sqlx::Result<Option<(usize, usize)>> {
    let settled = tx.now() - TimeDelta::weeks(1);
    let verbs: Vec<(String,)> = tx.query_as(JUDGED).bind(settled).all().await?;
    Ok(in_fives(&verbs.iter().map(|(verb,)| verb == "fair").collect::<Vec<_>>()))
}

/// The sum of the answers by whole fives, the oldest first: from one sum to the next nobody can read a single answer.
fn in_fives(fair: &[bool]) -> Option<(usize, usize)> {
    let whole = fair.len() - fair.len() % FEWEST_ANSWERS;
    let counted = fair.get(..whole).filter(|counted| !counted.is_empty())?;
    Some((counted.iter().filter(|fair| **fair).count(), whole))
}

const CAUSES: &str = "
    SELECT promise_term.cause, CAST(COUNT(*) AS BIGINT) AS times
    FROM promise_term JOIN promise ON promise.id = promise_term.promise_id
    WHERE promise_term.cause IS NOT NULL AND promise.first_due_at >= $1
    GROUP BY promise_term.cause ORDER BY times DESC, promise_term.cause";

/// What got in the way of missed and moved promises in the last year, the most frequent first.
pub async fn causes(tx: &mut Tx) -> sqlx::Result<Vec<(Cause, i64)>> {
    let since = tx.now() - TimeDelta::weeks(WEEKS);
    tx.query_as(CAUSES).bind(since).all().await
}

impl Counts {
    /// How many there are.
    pub fn all(&self) -> i64 {
        self.kept + self.moved + self.missed + self.taken_back
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
        let outcome = |due: &str, outcome: &str| (at(due), outcome.to_owned());
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
    fn whether_a_no_was_fair_is_summed_by_fives() {
        let fair = [true, false, true, true, true, false, false, false, false, false];
        assert_eq!((in_fives(&[]), in_fives(&fair[..4])), (None, None));
        assert_eq!((in_fives(&fair[..5]), in_fives(&fair[..9])), (Some((4, 5)), Some((4, 5))));
        assert_eq!(in_fives(&fair), Some((4, 10)));
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
