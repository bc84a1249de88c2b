//! The rows of absences.

use super::Away;
use crate::db::{self, Ask, Tx};
use crate::ids::AbsenceId;
use chrono::{DateTime, Days, NaiveDate, Utc};

macro_rules! absences {
    ($rest:literal) => {
        concat!("SELECT id, person_id, from_on, to_on, deputy_id, version FROM absence ", $rest)
    };
}

/// Yesterday and tomorrow in universal time: the day of every zone lies between them.
fn around_now(now: DateTime<Utc>) -> (NaiveDate, NaiveDate) {
    let today = now.date_naive();
    let before = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    (before, today.checked_add_days(Days::new(1)).unwrap_or(today))
}

const AROUND: &str = absences!("WHERE from_on <= $1 AND to_on >= $2 ORDER BY from_on, id");

/// The absences that may be on now, whatever the zone of a team.
pub fn around(now: DateTime<Utc>) -> Ask<Vec<Away>> {
    let (yesterday, tomorrow) = around_now(now);
    db::query_as(AROUND).bind(tomorrow).bind(yesterday).all()
}

const ALL: &str = absences!("ORDER BY from_on, id");

/// All absences that are known, those that begin first at the top.
pub fn all() -> Ask<Vec<Away>> {
    db::query_as(ALL).all()
}

const ADD: &str = "
    INSERT INTO absence (id, person_id, from_on, to_on, deputy_id, version) VALUES ($1, $2, $3, $4, $5, $6)";

/// Write down an absence.
pub async fn add(tx: &mut Tx, away: &Away) -> sqlx::Result<()> {
    let query = tx.query(ADD).bind(away.id).bind(away.person_id).bind(away.from_on).bind(away.to_on);
    query.bind(away.deputy_id).bind(away.version).execute().await?;
    Ok(())
}

const CHANGE: &str = "
    UPDATE absence SET from_on = $3, to_on = $4, deputy_id = $5, version = version + 1 WHERE id = $1 AND version = $2";

/// Change the days and the deputy; false when somebody changed them in between.
pub async fn change(tx: &mut Tx, away: &Away) -> sqlx::Result<bool> {
    let query = tx.query(CHANGE).bind(away.id).bind(away.version).bind(away.from_on).bind(away.to_on);
    Ok(query.bind(away.deputy_id).execute().await? > 0)
}

const REMOVE: &str = "DELETE FROM absence WHERE id = $1";

/// Forget an absence.
pub async fn remove(tx: &mut Tx, id: AbsenceId) -> sqlx::Result<()> {
    tx.query(REMOVE).bind(id).execute().await?;
    Ok(())
}

const ARE_OVER: &str = "SELECT COUNT(*) FROM absence WHERE to_on < $1";
const FORGET: &str = "DELETE FROM absence WHERE to_on < $1";

/// Whether there is an absence that is over everywhere.
pub async fn any_over(tx: &mut Tx) -> sqlx::Result<bool> {
    let (yesterday, _) = around_now(tx.now());
    let (count,): (i64,) = tx.query_as(ARE_OVER).bind(yesterday).one().await?;
    Ok(count > 0)
}

/// Forget the absences that are over everywhere.
pub async fn forget(tx: &mut Tx) -> sqlx::Result<()> {
    let (yesterday, _) = around_now(tx.now());
    tx.query(FORGET).bind(yesterday).execute().await?;
    Ok(())
}
