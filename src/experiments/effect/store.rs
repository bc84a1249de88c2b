//! The rows of how an effect is seen: the choice with its count, and the days of events.

use super::Effect;
use crate::db::{Ask, Tx, query, query_as};
use crate::ids::ExperimentId;
use chrono::NaiveDate;

const OF: &str = "
    SELECT way, what, before_yes, before_of, stated, wanted, planned, fewer, alike, balance_id, answers, last_form
    FROM experiment_effect WHERE experiment_id = $1";

/// How the effect of an experiment is seen, if somebody chose a way.
pub fn of(id: ExperimentId) -> Ask<Option<Effect>> {
    query_as(OF).bind(id).optional()
}

const CHOOSE: &str = "
    INSERT INTO experiment_effect (experiment_id, way, what, before_yes, before_of, stated, wanted, planned, fewer, alike,
        balance_id, answers)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '')
    ON CONFLICT (experiment_id) DO UPDATE SET way = excluded.way, what = excluded.what, before_yes = excluded.before_yes,
        before_of = excluded.before_of, stated = excluded.stated, wanted = excluded.wanted, planned = excluded.planned,
        fewer = excluded.fewer, alike = excluded.alike, balance_id = excluded.balance_id";

/// Keep the way that was chosen; it never changes once something is counted.
pub async fn choose(tx: &mut Tx, id: ExperimentId, effect: &Effect) -> sqlx::Result<()> {
    let effect = effect.clone();
    let chosen = query(CHOOSE).bind(id).bind(effect.way).bind(effect.what).bind(effect.before_yes);
    let chosen = chosen.bind(effect.before_of).bind(effect.stated).bind(effect.wanted).bind(effect.planned);
    tx.later(chosen.bind(effect.fewer).bind(effect.alike).bind(effect.balance_id)).await
}

const COPY: &str = "
    INSERT INTO experiment_effect (experiment_id, way, what, before_yes, before_of, stated, wanted, planned, fewer, alike,
        balance_id, answers)
    SELECT $2, way, what, before_yes, before_of, stated, wanted, planned, fewer, alike, balance_id, ''
    FROM experiment_effect WHERE experiment_id = $1";
const COPY_EVENTS: &str = "
    INSERT INTO experiment_event (experiment_id, on_day)
    SELECT $2, on_day FROM experiment_event WHERE experiment_id = $1";

/// The next cycle sees its effect the same way, with nothing counted yet.
pub async fn copy(tx: &mut Tx, from: ExperimentId, to: ExperimentId) -> sqlx::Result<()> {
    tx.later(query(COPY).bind(from).bind(to)).await?;
    tx.later(query(COPY_EVENTS).bind(from).bind(to)).await
}

const COUNT: &str = "
    UPDATE experiment_effect SET answers = answers || $3, last_form = $4
    WHERE experiment_id = $1 AND way = 'cases' AND length(answers) = $2 - 1 AND length(answers) < planned";

/// Count the case of this number; whether it was the next one.
pub async fn count(tx: &mut Tx, id: ExperimentId, number: i64, yes: bool, form: Vec<u8>) -> sqlx::Result<bool> {
    let answer = if yes { "y" } else { "n" };
    let count = query(COUNT).bind(id).bind(number).bind(answer.to_owned()).bind(form);
    Ok(tx.ask(count.changed()).await? == 1)
}

const UNCOUNT: &str = "
    UPDATE experiment_effect SET answers = substr(answers, 1, length(answers) - 1), last_form = $3
    WHERE experiment_id = $1 AND length(answers) = $2 AND length(answers) > 0";

/// Take the case of this number back; whether it was the last one.
pub async fn uncount(tx: &mut Tx, id: ExperimentId, number: i64, form: Vec<u8>) -> sqlx::Result<bool> {
    Ok(tx.ask(query(UNCOUNT).bind(id).bind(number).bind(form).changed()).await? == 1)
}

const DAYS: &str = "SELECT on_day FROM experiment_event WHERE experiment_id = $1 ORDER BY on_day";

/// The days on which the event came, the first one first.
pub fn days(id: ExperimentId) -> Ask<Vec<NaiveDate>> {
    query_as::<(NaiveDate,)>(DAYS).bind(id).all().map(|days| days.into_iter().map(|(day,)| day).collect())
}

const ADD_DAY: &str = "
    INSERT INTO experiment_event (experiment_id, on_day) VALUES ($1, $2)
    ON CONFLICT (experiment_id, on_day) DO NOTHING";

/// Add a day of the event; whether it was not there yet.
pub async fn add_day(tx: &mut Tx, id: ExperimentId, day: NaiveDate) -> sqlx::Result<bool> {
    Ok(tx.ask(query(ADD_DAY).bind(id).bind(day).changed()).await? == 1)
}

const REMOVE_DAY: &str = "DELETE FROM experiment_event WHERE experiment_id = $1 AND on_day = $2";

/// Take a day of the event back; whether it was there.
pub async fn remove_day(tx: &mut Tx, id: ExperimentId, day: NaiveDate) -> sqlx::Result<bool> {
    Ok(tx.ask(query(REMOVE_DAY).bind(id).bind(day).changed()).await? == 1)
}

const REMOVE_DAYS: &str = "DELETE FROM experiment_event WHERE experiment_id = $1";

/// Write the days from before anew.
pub async fn rewrite_days(tx: &mut Tx, id: ExperimentId, days: &[NaiveDate]) -> sqlx::Result<()> {
    tx.later(query(REMOVE_DAYS).bind(id)).await?;
    for day in days {
        tx.later(query(ADD_DAY).bind(id).bind(*day)).await?;
    }
    Ok(())
}
