//! The rows of signals that were thrown to a keeper, and what was known about each.

use crate::db::{Tx, query};
use crate::ids::{MeasureId, PersonId, SignalId};
use crate::measures::alarms::{Alarm, Answer};

/// A signal that was thrown.
#[derive(Clone, Debug)]
pub struct Thrown {
    pub id: SignalId,
    pub alarm: Alarm,
    /// What is known about it; nothing while it waits.
    pub answer: Option<Answer>,
    pub words: String,
    pub answered_by: Option<String>,
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

/// The signal that waits for a word, the oldest of several.
pub fn waiting(thrown: &[Thrown]) -> Option<&Thrown> {
    thrown.iter().find(|thrown| thrown.answer.is_none())
}
