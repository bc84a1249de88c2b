//! The rows of values. One is never overwritten: a correction is a new row, and the one it replaces keeps its place.

use super::{Whose, hold_still};
use crate::db::{Ask, Tx, query, query_as};
use crate::ids::{MeasureId, PersonId, ValueId};
use crate::measures::amount::Amount;
use crate::measures::definition::Measure;
use crate::measures::period::with_gaps;
use crate::spc::Point;
use chrono::{DateTime, NaiveDate, Utc};

#[derive(sqlx::FromRow)]
struct ValueRow {
    measure_id: MeasureId,
    period: NaiveDate,
    value: f64,
    numerator: Option<f64>,
    denominator: Option<f64>,
    excluded: bool,
}

impl ValueRow {
    fn point(&self) -> Point {
        let (numerator, denominator) = (self.numerator, self.denominator);
        Point { numerator, denominator, excluded: self.excluded, ..Point::plain(self.period, Some(self.value)) }
    }
}

macro_rules! values {
    ($where:literal) => {
        concat!(
            "SELECT measure_id, period, value, numerator, denominator,
                    EXISTS (SELECT 1 FROM measure_exclusion
                            WHERE measure_exclusion.measure_id = measure_value.measure_id
                              AND measure_exclusion.period = measure_value.period
                              AND measure_exclusion.ended_at IS NULL) AS excluded
             FROM measure_value
             WHERE superseded_at IS NULL AND ",
            $where,
            " ORDER BY measure_id, period"
        )
    };
}

const VALUES: &str = values!("measure_id = $1");
const VALUES_IN_SIGHT: &str = values!(
    "measure_id IN (SELECT measure.id FROM measure JOIN sight ON sight.team_id = measure.team_id
                    WHERE sight.person_id = $1)"
);
const VALUES_OF_TEAM: &str = values!("measure_id IN (SELECT measure.id FROM measure WHERE measure.team_id = $1)");

/// The series of a measure, one point a period; a period without a value is a gap.
pub async fn points(tx: &mut Tx, measure: &Measure) -> sqlx::Result<Vec<Point>> {
    Ok(with_gaps(tx.ask(values_of(measure.id)).await?, measure.cadence, &measure.calendar()))
}

/// The values of a measure, without gaps.
pub fn values_of(measure: MeasureId) -> Ask<Vec<Point>> {
    query_as(VALUES).bind(measure).all().map(|rows: Vec<ValueRow>| rows.iter().map(ValueRow::point).collect())
}

/// The values of many measures in one query, by measure and without gaps.
pub fn all_points(whose: Whose) -> Ask<Vec<(MeasureId, Vec<Point>)>> {
    let rows: Ask<Vec<ValueRow>> = match whose {
        Whose::InSightOf(person) => query_as(VALUES_IN_SIGHT).bind(person).all(),
        Whose::Team(team) => query_as(VALUES_OF_TEAM).bind(team).all(),
    };
    rows.map(|rows| {
        let series = rows.chunk_by(|one, next| one.measure_id == next.measure_id);
        let points = |rows: &[ValueRow]| rows.iter().map(ValueRow::point).collect();
        series.filter_map(|rows| Some((rows.first()?.measure_id, points(rows)))).collect()
    })
}

/// One value as it was entered, also one that was replaced later.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Entry {
    /// The first day of its period.
    pub period: NaiveDate,
    pub value: f64,
    /// What was counted.
    pub numerator: Option<f64>,
    /// What it was counted out of.
    pub denominator: Option<f64>,
    /// When it was replaced; nothing for the value that counts.
    pub superseded_at: Option<DateTime<Utc>>,
    /// Who had entered the one that was replaced.
    pub replaced_of: Option<String>,
    /// Whether it is left out of averages and runs.
    pub excluded: bool,
}

const ENTRIES: &str = "
    SELECT measure_value.period, measure_value.value, measure_value.numerator, measure_value.denominator,
           measure_value.superseded_at, person.name AS replaced_of,
           EXISTS (SELECT 1 FROM measure_exclusion
                   WHERE measure_exclusion.measure_id = measure_value.measure_id
                     AND measure_exclusion.period = measure_value.period
                     AND measure_exclusion.ended_at IS NULL) AS excluded
    FROM measure_value
    LEFT JOIN person ON measure_value.superseded_at IS NOT NULL AND person.id = measure_value.entered_by
    WHERE measure_value.measure_id = $1
    ORDER BY measure_value.period, measure_value.entered_at, measure_value.id";

/// All values of a measure with what they replaced, by period.
pub fn entries(measure: MeasureId) -> Ask<Vec<Entry>> {
    query_as(ENTRIES).bind(measure).all()
}

/// The series that the entries make.
pub fn points_of(entries: &[Entry], measure: &Measure) -> Vec<Point> {
    let counting = entries.iter().filter(|entry| entry.superseded_at.is_none());
    let point = |entry: &Entry| Point {
        numerator: entry.numerator,
        denominator: entry.denominator,
        excluded: entry.excluded,
        ..Point::plain(entry.period, Some(entry.value))
    };
    with_gaps(counting.map(point).collect(), measure.cadence, &measure.calendar())
}

/// What became of a value that was entered.
#[derive(Clone, Debug, PartialEq)]
pub enum Entered {
    /// It is the first one of its period.
    New,
    /// It was there already, as after a double click.
    Same,
    /// It replaced the one that the form had shown.
    Replaced,
    /// Somebody else entered another one meanwhile; nothing was changed.
    Meanwhile {
        /// The value that is there now.
        value: f64,
        /// Who entered it.
        by: String,
    },
}

/// The value of a period that counts now, and who entered it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Current {
    id: ValueId,
    value: f64,
    numerator: Option<f64>,
    denominator: Option<f64>,
    by_name: String,
}

const CURRENT: &str = "
    SELECT measure_value.id, measure_value.value, measure_value.numerator, measure_value.denominator,
           person.name AS by_name
    FROM measure_value JOIN person ON person.id = measure_value.entered_by
    WHERE measure_value.measure_id = $1 AND measure_value.period = $2 AND measure_value.superseded_at IS NULL";

const NEWEST: &str = "SELECT MAX(period) FROM measure_value WHERE measure_id = $1 AND superseded_at IS NULL";

/// The period of the newest value.
pub fn newest_period(measure: MeasureId) -> Ask<Option<NaiveDate>> {
    query_as::<(Option<NaiveDate>,)>(NEWEST).bind(measure).one().map(|(newest,)| newest)
}

/// Whether the period has a value.
pub async fn is_there(tx: &mut Tx, measure: MeasureId, period: NaiveDate) -> sqlx::Result<bool> {
    let current: Option<Current> = tx.query_as(CURRENT).bind(measure).bind(period).optional().await?;
    Ok(current.is_some())
}

/// The value of a period that counts now.
pub fn current(measure: &Measure, period: NaiveDate) -> Ask<Option<Current>> {
    query_as(CURRENT).bind(measure.id).bind(measure.cadence.start_of(period)).optional()
}

/// Enter the value of a period over the `current` one. `seen` is the value of that period that the person had before
/// their eyes. The measure is held still.
pub async fn enter(
    tx: &mut Tx,
    measure: &Measure,
    (period, amount): (NaiveDate, Amount),
    by: PersonId,
    (current, seen): (Option<Current>, Option<f64>),
) -> sqlx::Result<Entered> {
    let period = measure.cadence.start_of(period);
    let Some(current) = current else {
        insert(tx, measure.id, period, amount, by).await?;
        return Ok(Entered::New);
    };
    if same(&current, amount) {
        return Ok(Entered::Same);
    }
    if seen != Some(current.value) {
        return Ok(Entered::Meanwhile { value: current.value, by: current.by_name });
    }
    supersede(tx, current.id).await?;
    insert(tx, measure.id, period, amount, by).await?;
    Ok(Entered::Replaced)
}

#[expect(clippy::float_cmp, reason = "the same digits typed twice make the same figure")]
fn same(current: &Current, amount: Amount) -> bool {
    current.value == amount.value && current.numerator.zip(current.denominator) == amount.counts
}

const SUPERSEDE: &str = "UPDATE measure_value SET superseded_at = $2 WHERE id = $1";

async fn supersede(tx: &mut Tx, value: ValueId) -> sqlx::Result<()> {
    let now = tx.now();
    tx.later(query(SUPERSEDE).bind(value).bind(now)).await
}

const INSERT: &str = "
    INSERT INTO measure_value (id, measure_id, period, value, numerator, denominator, entered_by, entered_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

async fn insert(tx: &mut Tx, measure: MeasureId, period: NaiveDate, amount: Amount, by: PersonId) -> sqlx::Result<()> {
    let (id, now) = (tx.new_id::<ValueId>(), tx.now());
    let query = query(INSERT).bind(id).bind(measure).bind(period).bind(amount.value);
    let query = query.bind(amount.counts.map(|(part, _)| part)).bind(amount.counts.map(|(_, whole)| whole));
    tx.later(query.bind(by).bind(now)).await
}

/// Enter many periods at once; a period that has another value gets the new one, with a trace. How many were new or changed.
pub async fn import_rows(
    tx: &mut Tx,
    measure: &Measure,
    rows: &[(NaiveDate, Amount)],
    by: PersonId,
) -> sqlx::Result<usize> {
    hold_still(tx, measure.id).await?;
    let mut changed = 0;
    for row in rows {
        let there = tx.ask(current(measure, row.0)).await?;
        let seen = there.as_ref().map(|there| there.value);
        let done = enter(tx, measure, *row, by, (there, seen)).await?;
        changed += usize::from(done != Entered::Same);
    }
    Ok(changed)
}
