//! Whether what was improved still holds: how many of the standards that are older than 90 days, and than a year, are in use
//! as agreed. The company's, never a team's or a person's.

use crate::db::{Ask, Tx, query, query_as};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};

/// How many are older, and how many of those hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Held {
    pub older: i64,
    pub holding: i64,
    pub older_year: i64,
    pub holding_year: i64,
}

/// The same at the end of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Month {
    /// Its first day.
    pub month: NaiveDate,
    #[sqlx(flatten)]
    pub held: Held,
}

const HELD: &str = "
    SELECT COUNT(*) AS older,
           COUNT(CASE WHEN state IN ('holding', 'check_due', 'improving', 'retiring') THEN 1 END) AS holding,
           COUNT(CASE WHEN in_use_since <= $2 THEN 1 END) AS older_year,
           COUNT(CASE WHEN in_use_since <= $2 AND state IN ('holding', 'check_due', 'improving', 'retiring')
                 THEN 1 END) AS holding_year
    FROM standard WHERE in_use_since <= $1";

/// How many hold now.
pub fn held(now: DateTime<Utc>) -> Ask<Held> {
    query_as(HELD).bind(now - TimeDelta::days(90)).bind(now - TimeDelta::days(365)).one()
}

const MONTHS: &str = "
    SELECT month, older, holding, older_year, holding_year FROM hold_count ORDER BY month DESC LIMIT 60";

/// The last five years, the newest month first.
pub fn months() -> Ask<Vec<Month>> {
    query_as(MONTHS).all()
}

const NEWEST: &str = "SELECT month FROM hold_count ORDER BY month DESC LIMIT 1";

/// The newest month that is counted.
pub fn newest() -> Ask<Option<NaiveDate>> {
    query_as::<(NaiveDate,)>(NEWEST).optional().map(|row| row.map(|(month,)| month))
}

/// The first day of the month that ended last.
fn last_month(now: DateTime<Utc>) -> Option<NaiveDate> {
    let today = now.date_naive();
    today.with_day(1)?.checked_sub_days(Days::new(1))?.with_day(1)
}

/// Whether a month is over that is not counted.
pub fn is_over(newest: Option<NaiveDate>, now: DateTime<Utc>) -> bool {
    last_month(now).is_some_and(|month| newest.is_none_or(|newest| newest < month))
}

const COUNT: &str = "
    INSERT INTO hold_count (month, older, holding, older_year, holding_year) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (month) DO NOTHING";

/// Keep how many held at the end of the last month.
pub async fn count(tx: &mut Tx) -> sqlx::Result<()> {
    let Some(month) = last_month(tx.now()) else { return Ok(()) };
    let held = tx.ask(held(tx.now())).await?;
    let count = query(COUNT).bind(month).bind(held.older).bind(held.holding);
    tx.later(count.bind(held.older_year).bind(held.holding_year)).await
}

/// "5 of 7"; nothing while there is none.
pub fn words(holding: i64, older: i64) -> Option<String> {
    (older > 0).then(|| format!("{holding} of {older}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_month_is_counted_once_after_its_end() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        assert_eq!(last_month(at("2026-03-01T00:00:00Z")), day("2026-02-01"));
        assert_eq!(last_month(at("2026-01-31T23:00:00Z")), day("2025-12-01"));
        assert!(is_over(None, at("2026-03-31T09:00:00Z")));
        assert!(!is_over(day("2026-02-01"), at("2026-03-31T09:00:00Z")));
        assert!(is_over(day("2026-02-01"), at("2026-04-01T09:00:00Z")));
    }
}
