//! The rows of measures, their values and their phases.
//!
//! A value is never overwritten: a correction is a new row, and the one it replaces keeps its place.

use super::definition::{Amount, Definition, Measure};
use super::limits::Point;
use super::study::PhaseStart;
use super::weeks;
use crate::balls::{Subject, Throw, store as balls};
use crate::db::Tx;
use crate::ids::{MeasureId, PersonId, PhaseId, TeamId, ThrowId, ValueId};
use chrono::{DateTime, NaiveDate, Utc};

macro_rules! measure {
    ($where:literal) => {
        concat!(
            "SELECT measure.id, measure.team_id, team.name AS team, team.zone,
                    (SELECT role.person_id FROM role
                     WHERE role.team_id = measure.team_id AND role.role = 'team_leader') AS leader_id,
                    measure.name, measure.question, measure.how_counted, measure.kind, measure.unit, measure.better,
                    measure.keeper_id, person.name AS keeper, measure.source, measure.wish, measure.wish_words,
                    measure.not_used_for, measure.cost_minutes, measure.floor, measure.ceiling, measure.created_at
             FROM measure
             JOIN team ON team.id = measure.team_id
             JOIN person ON person.id = measure.keeper_id
             WHERE ",
            $where,
            " ORDER BY team.name_key, measure.created_at, measure.id"
        )
    };
}

const LOAD: &str = measure!(
    "measure.id = $1 AND EXISTS (SELECT 1 FROM sight WHERE sight.person_id = $2 AND sight.team_id = measure.team_id)"
);

/// A measure, if the viewer may see its team.
pub async fn load(tx: &mut Tx, id: MeasureId, viewer: PersonId) -> sqlx::Result<Option<Measure>> {
    tx.query_as(LOAD).bind(id).bind(viewer).optional().await
}

const FIND: &str = measure!("measure.id = $1");

/// A measure, whoever asks; for those who have already been let in to what it belongs to.
pub async fn find(tx: &mut Tx, id: MeasureId) -> sqlx::Result<Option<Measure>> {
    tx.query_as(FIND).bind(id).optional().await
}

const IN_SIGHT: &str = measure!("measure.team_id IN (SELECT sight.team_id FROM sight WHERE sight.person_id = $1)");

/// All measures of the teams a person may see, team by team.
pub async fn in_sight(tx: &mut Tx, person: PersonId) -> sqlx::Result<Vec<Measure>> {
    tx.query_as(IN_SIGHT).bind(person).all().await
}

const OF_TEAM: &str = measure!("measure.team_id = $1");

/// All measures of a team, the oldest first.
pub async fn of_team(tx: &mut Tx, team: TeamId) -> sqlx::Result<Vec<Measure>> {
    tx.query_as(OF_TEAM).bind(team).all().await
}

const DEFINE: &str = "
    INSERT INTO measure (id, team_id, name, question, how_counted, kind, unit, better, keeper_id, source, wish,
        wish_words, not_used_for, cost_minutes, floor, ceiling, created_at, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)";

/// Begin a measure; who defined it and when is its first throw, which carries the key of the form.
pub async fn define(tx: &mut Tx, key: ThrowId, new: &Definition, by: PersonId) -> sqlx::Result<MeasureId> {
    let (id, now) = (tx.new_id::<MeasureId>(), tx.now());
    let query = tx.query(DEFINE).bind(id).bind(new.team).bind(new.name.clone()).bind(new.question.clone());
    let query = query.bind(new.how_counted.clone()).bind(new.kind).bind(new.unit.clone()).bind(new.better);
    let query = query.bind(new.keeper).bind(new.source.clone()).bind(new.wish).bind(new.wish_words.clone());
    let query = query.bind(new.not_used_for.clone()).bind(new.cost_minutes).bind(new.floor).bind(new.ceiling);
    query.bind(now).execute().await?;
    write_down(tx, key, (id, new.team), "define", &new.question, by).await?;
    Ok(id)
}

/// A line in the history of a measure that moves no ball.
async fn write_down(
    tx: &mut Tx,
    key: ThrowId,
    (measure, team): (MeasureId, TeamId),
    verb: &str,
    words: &str,
    by: PersonId,
) -> sqlx::Result<()> {
    let (subject, state) = (Subject::Measure, "baseline");
    balls::throw(tx, &Throw { key, subject, id: measure.0, team, verb, by: Some(by), words, state, hold: None }).await
}

#[derive(sqlx::FromRow)]
struct ValueRow {
    measure_id: MeasureId,
    period: NaiveDate,
    value: f64,
    numerator: Option<f64>,
    denominator: Option<f64>,
}

impl ValueRow {
    fn point(&self) -> Point {
        let (numerator, denominator) = (self.numerator, self.denominator);
        Point { numerator, denominator, ..Point::plain(self.period, Some(self.value)) }
    }
}

macro_rules! values {
    ($where:literal) => {
        concat!(
            "SELECT measure_id, period, value, numerator, denominator FROM measure_value
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

/// The series of a measure, one point a week; a week without a value is a gap.
pub async fn points(tx: &mut Tx, measure: MeasureId) -> sqlx::Result<Vec<Point>> {
    let rows: Vec<ValueRow> = tx.query_as(VALUES).bind(measure).all().await?;
    Ok(weeks::with_gaps(rows.iter().map(ValueRow::point).collect()))
}

/// Whose measures are asked for at once.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// All that this person may see.
    InSightOf(PersonId),
    /// Those of one team.
    Team(TeamId),
}

/// The series of many measures in one query, by measure.
pub async fn all_points(tx: &mut Tx, whose: Whose) -> sqlx::Result<Vec<(MeasureId, Vec<Point>)>> {
    let rows: Vec<ValueRow> = match whose {
        Whose::InSightOf(person) => tx.query_as(VALUES_IN_SIGHT).bind(person).all().await?,
        Whose::Team(team) => tx.query_as(VALUES_OF_TEAM).bind(team).all().await?,
    };
    let series = rows.chunk_by(|one, next| one.measure_id == next.measure_id);
    let points = |rows: &[ValueRow]| weeks::with_gaps(rows.iter().map(ValueRow::point).collect());
    Ok(series.filter_map(|rows| Some((rows.first()?.measure_id, points(rows)))).collect())
}

/// One value as it was entered, also one that was replaced later.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Entry {
    /// The Monday of its week.
    pub period: NaiveDate,
    /// The value.
    pub value: f64,
    /// What was counted.
    pub numerator: Option<f64>,
    /// What it was counted out of.
    pub denominator: Option<f64>,
    /// When it was replaced; nothing for the value that counts.
    pub superseded_at: Option<DateTime<Utc>>,
    /// Who had entered the one that was replaced.
    pub replaced_of: Option<String>,
}

const ENTRIES: &str = "
    SELECT measure_value.period, measure_value.value, measure_value.numerator, measure_value.denominator,
           measure_value.superseded_at, person.name AS replaced_of
    FROM measure_value
    LEFT JOIN person ON measure_value.superseded_at IS NOT NULL AND person.id = measure_value.entered_by
    WHERE measure_value.measure_id = $1
    ORDER BY measure_value.period, measure_value.entered_at, measure_value.id";

/// All values of a measure with what they replaced, by week.
pub async fn entries(tx: &mut Tx, measure: MeasureId) -> sqlx::Result<Vec<Entry>> {
    tx.query_as(ENTRIES).bind(measure).all().await
}

/// The series that the entries make.
pub fn points_of(entries: &[Entry]) -> Vec<Point> {
    let counting = entries.iter().filter(|entry| entry.superseded_at.is_none());
    let point = |entry: &Entry| Point {
        numerator: entry.numerator,
        denominator: entry.denominator,
        ..Point::plain(entry.period, Some(entry.value))
    };
    weeks::with_gaps(counting.map(point).collect())
}

/// What became of a value that was entered.
#[derive(Clone, Debug, PartialEq)]
pub enum Entered {
    /// It is the first one of its week.
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

#[derive(sqlx::FromRow)]
struct CurrentRow {
    id: ValueId,
    value: f64,
    numerator: Option<f64>,
    denominator: Option<f64>,
    by_name: String,
}

const HOLD_STILL: &str = "UPDATE measure SET version = version + 1 WHERE id = $1";

/// Nobody else changes values or phases of this measure until this transaction ends.
pub async fn hold_still(tx: &mut Tx, measure: MeasureId) -> sqlx::Result<()> {
    tx.query(HOLD_STILL).bind(measure).execute().await?;
    Ok(())
}

const CURRENT: &str = "
    SELECT measure_value.id, measure_value.value, measure_value.numerator, measure_value.denominator,
           person.name AS by_name
    FROM measure_value JOIN person ON person.id = measure_value.entered_by
    WHERE measure_value.measure_id = $1 AND measure_value.period = $2 AND measure_value.superseded_at IS NULL";

/// Enter the value of a week. `seen` is the value of that week that the person had before their eyes.
pub async fn enter(
    tx: &mut Tx,
    measure: &Measure,
    week: NaiveDate,
    amount: Amount,
    by: PersonId,
    seen: Option<f64>,
) -> sqlx::Result<Entered> {
    hold_still(tx, measure.id).await?;
    let week = weeks::monday(week);
    let current: Option<CurrentRow> = tx.query_as(CURRENT).bind(measure.id).bind(week).optional().await?;
    let Some(current) = current else {
        insert(tx, measure.id, week, amount, by).await?;
        return Ok(Entered::New);
    };
    if same(&current, amount) {
        return Ok(Entered::Same);
    }
    if seen != Some(current.value) {
        return Ok(Entered::Meanwhile { value: current.value, by: current.by_name });
    }
    supersede(tx, current.id).await?;
    insert(tx, measure.id, week, amount, by).await?;
    Ok(Entered::Replaced)
}

#[expect(clippy::float_cmp, reason = "the same digits typed twice make the same figure")]
fn same(current: &CurrentRow, amount: Amount) -> bool {
    current.value == amount.value && current.numerator.zip(current.denominator) == amount.counts
}

const SUPERSEDE: &str = "UPDATE measure_value SET superseded_at = $2 WHERE id = $1";

async fn supersede(tx: &mut Tx, value: ValueId) -> sqlx::Result<()> {
    let now = tx.now();
    tx.query(SUPERSEDE).bind(value).bind(now).execute().await?;
    Ok(())
}

const INSERT: &str = "
    INSERT INTO measure_value (id, measure_id, period, value, numerator, denominator, entered_by, entered_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

async fn insert(tx: &mut Tx, measure: MeasureId, week: NaiveDate, amount: Amount, by: PersonId) -> sqlx::Result<()> {
    let (id, now) = (tx.new_id::<ValueId>(), tx.now());
    let query = tx.query(INSERT).bind(id).bind(measure).bind(week).bind(amount.value);
    let query = query.bind(amount.counts.map(|(part, _)| part)).bind(amount.counts.map(|(_, whole)| whole));
    query.bind(by).bind(now).execute().await?;
    Ok(())
}

/// Enter many weeks at once; a week that has another value gets the new one, with a trace. How many were new or changed.
pub async fn import_rows(
    tx: &mut Tx,
    measure: &Measure,
    rows: &[(NaiveDate, Amount)],
    by: PersonId,
) -> sqlx::Result<usize> {
    let mut changed = 0;
    for (week, amount) in rows {
        let mut done = enter(tx, measure, *week, *amount, by, None).await?;
        if let Entered::Meanwhile { value, .. } = done {
            done = enter(tx, measure, *week, *amount, by, Some(value)).await?;
        }
        changed += usize::from(done != Entered::Same);
    }
    Ok(changed)
}

/// New limits from a week on.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct NewLimits {
    /// The measure.
    pub measure_id: MeasureId,
    /// The first week of the phase.
    pub starts: NaiveDate,
    /// The first week of the values that give the limits.
    pub baseline_from: NaiveDate,
    /// The last week of them; nothing for the phase's own first values.
    pub baseline_to: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// Who set them.
    pub set_by: String,
    /// When.
    pub set_at: DateTime<Utc>,
}

macro_rules! phases {
    ($where:literal) => {
        concat!(
            "SELECT phase.measure_id, phase.starts, phase.baseline_from, phase.baseline_to, phase.reason,
                    person.name AS set_by, phase.set_at
             FROM phase JOIN person ON person.id = phase.set_by
             WHERE ",
            $where,
            " ORDER BY phase.measure_id, phase.starts"
        )
    };
}

const PHASES: &str = phases!("phase.measure_id = $1");
const PHASES_IN_SIGHT: &str = phases!(
    "phase.measure_id IN (SELECT measure.id FROM measure JOIN sight ON sight.team_id = measure.team_id
                          WHERE sight.person_id = $1)"
);
const PHASES_OF_TEAM: &str = phases!("phase.measure_id IN (SELECT measure.id FROM measure WHERE measure.team_id = $1)");

/// The phases that people began, oldest first.
pub async fn phases(tx: &mut Tx, measure: MeasureId) -> sqlx::Result<Vec<NewLimits>> {
    tx.query_as(PHASES).bind(measure).all().await
}

/// The phases of many measures in one query.
pub async fn all_phases(tx: &mut Tx, whose: Whose) -> sqlx::Result<Vec<NewLimits>> {
    match whose {
        Whose::InSightOf(person) => tx.query_as(PHASES_IN_SIGHT).bind(person).all().await,
        Whose::Team(team) => tx.query_as(PHASES_OF_TEAM).bind(team).all().await,
    }
}

/// The same phases by the places of their weeks in the series; one that begins after the last value is left out.
pub fn phase_starts(phases: &[NewLimits], points: &[Point]) -> Vec<PhaseStart> {
    let place = |week: NaiveDate| points.iter().position(|point| point.period >= week);
    let after = |week: NaiveDate| points.iter().position(|point| point.period > week).unwrap_or(points.len());
    let start = |phase: &NewLimits| {
        let baseline = phase.baseline_to.and_then(|last| Some(place(phase.baseline_from)?..after(last)));
        Some(PhaseStart { start: place(phase.starts)?, baseline, reason: phase.reason.clone() })
    };
    phases.iter().filter_map(start).collect()
}

/// Why new limits can't begin there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPhase {
    /// The week has no value.
    NoValue,
    /// New limits begin there already.
    Exists,
    /// The last week of the baseline lies before the first.
    Backwards,
}

const PHASE_EXISTS: &str = "SELECT COUNT(*) FROM phase WHERE measure_id = $1 AND starts = $2";

const BEGIN: &str = "
    INSERT INTO phase (id, measure_id, starts, baseline_from, baseline_to, reason, set_by, set_at)
    VALUES ($1, $2, $3, $3, $4, $5, $6, $7)";

/// Begin new limits with the week `starts`, from the values up to `baseline_to` or from the first ones there will be.
pub async fn begin_phase(
    tx: &mut Tx,
    key: ThrowId,
    measure: &Measure,
    (starts, baseline_to): (NaiveDate, Option<NaiveDate>),
    reason: &str,
    by: PersonId,
) -> sqlx::Result<Result<PhaseId, NoPhase>> {
    hold_still(tx, measure.id).await?;
    let (starts, last) = (weeks::monday(starts), baseline_to.map(weeks::monday));
    if last.is_some_and(|last| last < starts) {
        return Ok(Err(NoPhase::Backwards));
    }
    let value: Option<CurrentRow> = tx.query_as(CURRENT).bind(measure.id).bind(starts).optional().await?;
    if value.is_none() {
        return Ok(Err(NoPhase::NoValue));
    }
    let (there,): (i64,) = tx.query_as(PHASE_EXISTS).bind(measure.id).bind(starts).one().await?;
    if there > 0 {
        return Ok(Err(NoPhase::Exists));
    }
    let (id, now) = (tx.new_id::<PhaseId>(), tx.now());
    let query = tx.query(BEGIN).bind(id).bind(measure.id).bind(starts).bind(last).bind(reason.to_owned());
    query.bind(by).bind(now).execute().await?;
    write_down(tx, key, (measure.id, measure.team_id), "new_limits", reason, by).await?;
    Ok(Ok(id))
}
