//! The rows of nameless slips: one box a period with the sum and how many, and nothing about who or when. What was put in
//! before is in no file once the log is emptied.

use crate::db::{Ask, Laid, Tx, query, query_as};
use crate::ids::MeasureId;
use crate::laid;
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
    /// In how many runs of the program they came.
    pub runs: i64,
}

const BOXES: &str = "SELECT period, total, slips, runs FROM slip_box WHERE measure_id = $1 ORDER BY period";

/// The boxes that are still there: of the current period, and of earlier ones until their clock turns.
pub fn boxes(measure: MeasureId) -> Ask<Vec<SlipBox>> {
    query_as(BOXES).bind(measure).all()
}

const PEOPLE: &str = "
    SELECT COUNT(DISTINCT role.person_id) FROM role JOIN person ON person.id = role.person_id
    WHERE role.team_id = $1 AND NOT person.mask";

/// How many people the team of a measure has.
pub fn people(measure: &Measure) -> Ask<i64> {
    query_as::<(i64,)>(PEOPLE).bind(measure.team_id).one().map(|(people,)| people)
}

const KEEP_KEY: &str = "INSERT INTO slip_key (key, measure_id, period) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
const PUT_IN: &str = "
    INSERT INTO slip_box (measure_id, period, total, slips, runs) VALUES ($1, $2, $3, 1, 1)
    ON CONFLICT (measure_id, period) DO UPDATE SET total = slip_box.total + excluded.total, slips = slip_box.slips + 1,
        runs = slip_box.runs + $4";

/// Put a slip into the box of a period; the key of the form makes it count once. `is_first` says whether this run of the
/// program has put none into it so far.
pub async fn put_in(
    tx: &mut Tx,
    key: Uuid,
    (measure, period): (MeasureId, NaiveDate),
    number: f64,
    is_first: bool,
) -> sqlx::Result<()> {
    if tx.ask(query(KEEP_KEY).bind(key).bind(measure).bind(period).changed()).await? > 0 {
        tx.later(query(PUT_IN).bind(measure).bind(period).bind(number).bind(i64::from(is_first))).await?;
    }
    Ok(())
}

/// The tables of slips, laid anew so that no earlier sum is left in their files.
pub const LAID_ANEW: [&Laid; 2] = [&laid!("slip_box"), &laid!("slip_key")];

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
