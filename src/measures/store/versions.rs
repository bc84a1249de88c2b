//! The rows of a measure's definitions, version by version.

use crate::db::{Tx, query};
use crate::ids::{MeasureId, PersonId};
use chrono::NaiveDate;

/// How it was counted from a period on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub version: i64,
    /// The first period that is counted like this; none for the first version.
    pub starts: Option<NaiveDate>,
    pub how_counted: String,
    /// Why it was changed; empty for the first version.
    pub reason: String,
}

const ADD: &str = "
    INSERT INTO measure_version (measure_id, version, starts, how_counted, reason, by_id, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// Write down a version.
pub async fn add_version(
    tx: &mut Tx,
    measure: MeasureId,
    (version, starts): (i64, Option<NaiveDate>),
    how_counted: &str,
    reason: &str,
    by: PersonId,
) -> sqlx::Result<()> {
    let now = tx.now();
    let query = query(ADD).bind(measure).bind(version).bind(starts).bind(how_counted.to_owned());
    tx.later(query.bind(reason.to_owned()).bind(by).bind(now)).await
}

const DROP: &str = "DELETE FROM measure_version WHERE measure_id = $1 AND version = $2";

/// Take away a version that has not begun; its words stay in the history of the measure.
pub async fn drop_version(tx: &mut Tx, measure: MeasureId, version: i64) -> sqlx::Result<()> {
    tx.later(query(DROP).bind(measure).bind(version)).await
}
