//! The rows of a measure's definitions, version by version.

use super::Whose;
use crate::db::{Ask, Tx, query, query_as};
use crate::ids::{MeasureId, PersonId};
use chrono::{DateTime, NaiveDate, Utc};

/// How it was counted from a period on.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Version {
    pub measure_id: MeasureId,
    /// Its number, from 1.
    pub version: i64,
    /// The first period that is counted like this; none for the first version.
    pub starts: Option<NaiveDate>,
    pub how_counted: String,
    /// Why it was changed; empty for the first version.
    pub reason: String,
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

macro_rules! versions {
    ($where:literal) => {
        concat!(
            "SELECT measure_version.measure_id, measure_version.version, measure_version.starts,
                    measure_version.how_counted, measure_version.reason, person.name AS by_name, measure_version.at
             FROM measure_version JOIN person ON person.id = measure_version.by_id
             WHERE ",
            $where,
            " ORDER BY measure_version.measure_id, measure_version.version"
        )
    };
}

const VERSIONS: &str = versions!("measure_version.measure_id = $1");
const VERSIONS_IN_SIGHT: &str = versions!(
    "measure_version.measure_id IN (SELECT measure.id FROM measure JOIN sight ON sight.team_id = measure.team_id
                                    WHERE sight.person_id = $1)"
);
const VERSIONS_OF_TEAM: &str =
    versions!("measure_version.measure_id IN (SELECT measure.id FROM measure WHERE measure.team_id = $1)");

/// All versions of a definition, also one that has not begun.
pub async fn versions(tx: &mut Tx, measure: MeasureId) -> sqlx::Result<Vec<Version>> {
    tx.ask(versions_of(measure)).await
}

/// The same as a question.
pub fn versions_of(measure: MeasureId) -> Ask<Vec<Version>> {
    query_as(VERSIONS).bind(measure).all()
}

/// The versions of many measures in one query.
pub fn all_versions(whose: Whose) -> Ask<Vec<Version>> {
    match whose {
        Whose::InSightOf(person) => query_as(VERSIONS_IN_SIGHT).bind(person).all(),
        Whose::Team(team) => query_as(VERSIONS_OF_TEAM).bind(team).all(),
    }
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
