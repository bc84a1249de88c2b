//! The rows of nameless slips: one box a period with the sum and how many, and nothing about who or when.

use crate::db::{Ask, Tx, query, query_as};
use crate::ids::MeasureId;
use crate::measures::Measure;
use chrono::NaiveDate;
use uuid::Uuid;

/// A box with the slips of one period.
#[derive(Clone, Copy, Debug, PartialEq, sqlx::FromRow)]
pub struct SlipBox {
    /// The first day of the period.
    pub period: NaiveDate,
    pub total: f64,
    pub slips: i64,
}

const BOXES: &str = "SELECT period, total, slips FROM slip_box WHERE measure_id = $1 ORDER BY period";

/// The boxes that are still there: of the current period, and of earlier ones until their clock turns.
pub fn boxes(measure: MeasureId) -> Ask<Vec<SlipBox>> {
    query_as(BOXES).bind(measure).all()
}

const PEOPLE_AND_SLIPS: &str = "
    SELECT (SELECT COUNT(DISTINCT role.person_id) FROM role JOIN person ON person.id = role.person_id
            WHERE role.team_id = $1 AND NOT person.mask),
           COALESCE((SELECT slips FROM slip_box WHERE measure_id = $2 AND period = $3), 0)";

/// How many people the team of a measure has, and how many slips are in the box of a period.
pub fn people_and_slips(measure: &Measure, period: NaiveDate) -> Ask<(i64, i64)> {
    query_as(PEOPLE_AND_SLIPS).bind(measure.team_id).bind(measure.id).bind(period).one()
}

const IS_IN: &str = "SELECT COUNT(*) FROM slip_key WHERE key = $1";
const KEEP_KEY: &str = "INSERT INTO slip_key (key, measure_id, period) VALUES ($1, $2, $3)";
const PUT_IN: &str = "
    INSERT INTO slip_box (measure_id, period, total, slips) VALUES ($1, $2, $3, 1)
    ON CONFLICT (measure_id, period) DO UPDATE SET total = slip_box.total + excluded.total, slips = slip_box.slips + 1";

/// Whether the form with this key has counted.
pub async fn is_in(tx: &mut Tx, key: Uuid) -> sqlx::Result<bool> {
    let (there,): (i64,) = tx.query_as(IS_IN).bind(key).one().await?;
    Ok(there > 0)
}

/// Put a slip into the box of a period; the key of the form makes it count once.
pub async fn put_in(tx: &mut Tx, key: Uuid, measure: MeasureId, period: NaiveDate, number: f64) -> sqlx::Result<()> {
    if !is_in(tx, key).await? {
        tx.later(query(KEEP_KEY).bind(key).bind(measure).bind(period)).await?;
        tx.later(query(PUT_IN).bind(measure).bind(period).bind(number)).await?;
    }
    Ok(())
}

const EMPTY_BOX: &str = "DELETE FROM slip_box WHERE measure_id = $1 AND period = $2";
const FORGET_KEYS: &str = "DELETE FROM slip_key WHERE measure_id = $1 AND period = $2";

/// Empty the box of a period that is over.
pub async fn empty(tx: &mut Tx, measure: MeasureId, period: NaiveDate) -> sqlx::Result<()> {
    for statement in [EMPTY_BOX, FORGET_KEYS] {
        tx.later(query(statement).bind(measure).bind(period)).await?;
    }
    Ok(())
}

const WITH_BOXES: &str = "SELECT DISTINCT measure_id FROM slip_box";

/// The measures that have a box with slips.
pub async fn with_boxes(tx: &mut Tx) -> sqlx::Result<Vec<MeasureId>> {
    let rows: Vec<(MeasureId,)> = tx.query_as(WITH_BOXES).all().await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
