//! The rows of signals that were thrown to a keeper, and what was known about each.

use crate::db::{Ask, Tx, query, query_as};
use crate::ids::{MeasureId, PersonId, SignalId};
use crate::measures::alarms::{Alarm, Answer};
use chrono::{DateTime, Utc};

/// A signal that was thrown.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Thrown {
    pub id: SignalId,
    /// What it says.
    #[sqlx(flatten)]
    pub alarm: Alarm,
    /// When it was thrown.
    pub thrown_at: DateTime<Utc>,
    /// What is known about it; nothing while it waits.
    pub answer: Option<Answer>,
    /// In the words of the one who answered.
    pub words: String,
    pub answered_by: Option<String>,
}

const OF: &str = "
    SELECT measure_signal.id, measure_signal.period, measure_signal.since, measure_signal.rule, measure_signal.side,
           measure_signal.sustained, measure_signal.thrown_at, measure_signal.answer, measure_signal.words,
           person.name AS answered_by
    FROM measure_signal LEFT JOIN person ON person.id = measure_signal.answered_by
    WHERE measure_signal.measure_id = $1
    ORDER BY measure_signal.period, measure_signal.thrown_at, measure_signal.id";

/// The signals of a measure that were thrown, oldest first.
pub fn of(measure: MeasureId) -> Ask<Vec<Thrown>> {
    query_as(OF).bind(measure).all()
}

const ADD: &str = "
    INSERT INTO measure_signal (id, measure_id, period, since, rule, side, sustained, thrown_at, answer, words,
        answered_by, answered_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, '', NULL, NULL)";

/// Write down that a signal is thrown.
pub async fn add(tx: &mut Tx, measure: MeasureId, alarm: &Alarm) -> sqlx::Result<()> {
    let (id, now) = (tx.new_id::<SignalId>(), tx.now());
    let query = query(ADD).bind(id).bind(measure).bind(alarm.period).bind(alarm.since).bind(alarm.rule);
    tx.later(query.bind(alarm.side).bind(alarm.sustained).bind(now)).await
}

const ANSWER: &str = "
    UPDATE measure_signal SET answer = $2, words = $3, answered_by = $4, answered_at = $5
    WHERE id = $1 AND answer IS NULL";

/// Say what is known about a signal that waits; nobody says it when it shows no more.
pub async fn answer(tx: &mut Tx, id: SignalId, answer: Answer, words: &str, by: Option<PersonId>) -> sqlx::Result<()> {
    let now = tx.now();
    let query = query(ANSWER).bind(id).bind(answer).bind(words.to_owned()).bind(by).bind(now);
    tx.later(query).await
}

/// The signals of a measure that wait for a word, oldest first.
pub async fn waiting(tx: &mut Tx, measure: MeasureId) -> sqlx::Result<Vec<Thrown>> {
    let all = tx.ask(of(measure)).await?;
    Ok(all.into_iter().filter(|thrown| thrown.answer.is_none()).collect())
}
