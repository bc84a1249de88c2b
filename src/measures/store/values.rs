//! The rows of values. One is never overwritten: a correction is a new row, and the one it replaces keeps its place.

use super::whose::{Whose, by_whose};
use crate::db::{Ask, Tx, query, query_as};
use crate::ids::{MeasureId, PersonId, ValueId};
use crate::measures::period::with_gaps;
use crate::measures::{Amount, Measure};
use crate::spc::Point;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::HashMap;

/// One value as it was entered, also one that was replaced later.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Entry {
    pub id: ValueId,
    /// The first day of its period.
    pub period: NaiveDate,
    pub value: f64,
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    pub entered_by: PersonId,
    pub entered_at: DateTime<Utc>,
    pub by_name: String,
    /// When it was replaced or taken back; nothing for the value that counts.
    pub superseded_at: Option<DateTime<Utc>>,
    /// Why it is left out of averages and runs; nothing for the others.
    pub left_out: Option<String>,
    pub left_out_by: Option<String>,
}

const ENTRIES: &str = "
    SELECT measure_value.id, measure_value.period, measure_value.value, measure_value.numerator,
           measure_value.denominator, measure_value.entered_by, measure_value.entered_at, person.name AS by_name,
           measure_value.superseded_at,
           measure_exclusion.reason AS left_out, excluder.name AS left_out_by
    FROM measure_value
    JOIN person ON person.id = measure_value.entered_by
    LEFT JOIN measure_exclusion ON measure_exclusion.measure_id = measure_value.measure_id
              AND measure_exclusion.period = measure_value.period AND measure_exclusion.ended_at IS NULL
    LEFT JOIN person AS excluder ON excluder.id = measure_exclusion.by_id
    WHERE measure_value.measure_id = $1
    ORDER BY measure_value.period, measure_value.entered_at, measure_value.id";

/// All values of a measure with what they replaced, by period.
pub fn entries(measure: MeasureId) -> Ask<Vec<Entry>> {
    query_as(ENTRIES).bind(measure).all()
}

/// Those of the entries that count.
pub fn counting(entries: &[Entry]) -> impl DoubleEndedIterator<Item = &Entry> {
    entries.iter().filter(|entry| entry.superseded_at.is_none())
}

/// The series that the entries make, one point a period; a period without a value is a gap.
pub fn points_of(entries: &[Entry], measure: &Measure) -> Vec<Point> {
    let point = |entry: &Entry| Point {
        numerator: entry.numerator,
        denominator: entry.denominator,
        excluded: entry.left_out.is_some(),
        ..Point::plain(entry.period, Some(entry.value))
    };
    with_gaps(counting(entries).map(point).collect(), measure.cadence, &measure.calendar())
}

macro_rules! values {
    ($whose:literal) => {
        concat!(
            "SELECT measure_id, period, value, numerator, denominator,
                    EXISTS (SELECT 1 FROM measure_exclusion
                            WHERE measure_exclusion.measure_id = measure_value.measure_id
                              AND measure_exclusion.period = measure_value.period
                              AND measure_exclusion.ended_at IS NULL) AS excluded
             FROM measure_value
             WHERE superseded_at IS NULL AND measure_id ",
            $whose,
            " ORDER BY measure_id, period"
        )
    };
}

const VALUES: [&str; 4] = by_whose!(values);

/// The values of many measures, without gaps.
pub fn points_by_measure(whose: Whose) -> Ask<HashMap<MeasureId, Vec<Point>>> {
    type Row = (MeasureId, NaiveDate, f64, Option<f64>, Option<f64>, bool);
    whose.query::<Row>(VALUES).all().map(|rows| {
        let mut all: HashMap<MeasureId, Vec<Point>> = HashMap::new();
        for (measure, period, value, numerator, denominator, excluded) in rows {
            let point = Point { period, value: Some(value), numerator, denominator, excluded };
            all.entry(measure).or_default().push(point);
        }
        all
    })
}

const NEWEST: &str = "SELECT MAX(period) FROM measure_value WHERE measure_id = $1 AND superseded_at IS NULL";

/// The period of the newest value.
pub fn newest_period(measure: MeasureId) -> Ask<Option<NaiveDate>> {
    query_as::<(Option<NaiveDate>,)>(NEWEST).bind(measure).one().map(|(newest,)| newest)
}

/// What became of a value that was entered.
#[derive(Clone, Debug, PartialEq)]
pub enum Entered {
    New,
    /// It was there already, as after a double click.
    Same,
    /// It replaced the one that the form had shown.
    Replaced,
    /// Somebody else entered another one meanwhile; nothing was changed.
    Meanwhile {
        value: f64,
        by: String,
    },
}

/// Enter the value of a period over the `current` one. `seen` is the value of that period that the person had before
/// their eyes. The measure is held still.
pub async fn enter(
    tx: &mut Tx,
    measure: MeasureId,
    (period, amount): (NaiveDate, Amount),
    by: PersonId,
    (current, seen): (Option<&Entry>, Option<f64>),
) -> sqlx::Result<Entered> {
    let Some(current) = current else {
        insert(tx, measure, period, amount, by).await?;
        return Ok(Entered::New);
    };
    if same(current, amount) {
        return Ok(Entered::Same);
    }
    if seen != Some(current.value) {
        return Ok(Entered::Meanwhile { value: current.value, by: current.by_name.clone() });
    }
    let now = tx.now();
    tx.later(query(SUPERSEDE).bind(current.id).bind(now)).await?;
    insert(tx, measure, period, amount, by).await?;
    Ok(Entered::Replaced)
}

const REVIVE: &str = "UPDATE measure_value SET superseded_at = NULL WHERE id = $1";

/// Take a value back; the one that it replaced counts again. The measure is held still.
pub async fn take_back(tx: &mut Tx, entry: &Entry, replaced: Option<&Entry>) -> sqlx::Result<()> {
    let now = tx.now();
    tx.later(query(SUPERSEDE).bind(entry.id).bind(now)).await?;
    if let Some(replaced) = replaced {
        tx.later(query(REVIVE).bind(replaced.id)).await?;
    }
    Ok(())
}

#[expect(clippy::float_cmp, reason = "the same digits typed twice make the same figure")]
fn same(current: &Entry, amount: Amount) -> bool {
    current.value == amount.value && current.numerator.zip(current.denominator) == amount.counts
}

const SUPERSEDE: &str = "UPDATE measure_value SET superseded_at = $2 WHERE id = $1";
const INSERT: &str = "
    INSERT INTO measure_value (id, measure_id, period, value, numerator, denominator, entered_by, entered_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

async fn insert(tx: &mut Tx, measure: MeasureId, period: NaiveDate, amount: Amount, by: PersonId) -> sqlx::Result<()> {
    let (id, now) = (tx.new_id::<ValueId>(), tx.now());
    let query = query(INSERT).bind(id).bind(measure).bind(period).bind(amount.value);
    let query = query.bind(amount.counts.map(|(part, _)| part)).bind(amount.counts.map(|(_, whole)| whole));
    tx.later(query.bind(by).bind(now)).await
}
