//! How many promises were kept, moved and missed, and what got in the way: sums of the company, never of a person.

use super::Cause;
use crate::db::Tx;
use chrono::TimeDelta;

/// For how many weeks back it is counted, by the day that was promised first.
pub const WEEKS: i64 = 52;

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

const POINTED_AT: &str = "SELECT COUNT(*) FROM throw WHERE subject = 'promise' AND verb = 'point_at' AND at >= $1";

/// How often somebody pointed at a standing promise in the last year.
pub async fn pointed_at(tx: &mut Tx) -> sqlx::Result<i64> {
    let since = tx.now() - TimeDelta::weeks(WEEKS);
    let (times,): (i64,) = tx.query_as(POINTED_AT).bind(since).one().await?;
    Ok(times)
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
    fn sums_are_told_in_a_sentence() {
        let counts = Counts { kept: 7, moved: 1, missed: 3, ..Counts::default() };
        assert_eq!((counts.words().as_str(), counts.all()), ("7 kept, 1 moved, 3 missed", 11));
        let counts = Counts { taken_back: 1, ..counts };
        assert_eq!(counts.words(), "7 kept, 1 moved, 3 missed, 1 taken back in time");
        let causes = [(Cause::OnePerson, 2), (Cause::NotTold, 1)];
        assert_eq!(told(&causes), "one person for all systems 2, not told in time 1");
    }
}
