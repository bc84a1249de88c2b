//! What is written into the row of a measure.

use crate::balls::Subject;
use crate::balls::store::says_something_new;
use crate::db::{Statement, Tx, query};
use crate::ids::{MeasureId, PersonId, TeamId};
use crate::measures::chart_choices::ChartChoices;
use crate::measures::{Definition, State};
use chrono::NaiveDate;

const ADD: &str = "
    INSERT INTO measure (id, team_id, state, name, question, how_counted, kind, cadence, unit, better, keeper_id, source,
        wish, wish_by, wish_words, not_used_for, cost_minutes, floor, ceiling, least_slips, spread, rules, limits, season,
        definition_version, worth_on, paused_until, asked_from, created_at, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 'mean', 'three',
        'same', 'none', 1, $21, NULL, $22, $23, 1)";

/// Add a measure today. `worth_on` is the day on which it is first asked whether it is worth its minutes.
pub async fn add(
    tx: &mut Tx,
    id: MeasureId,
    team: TeamId,
    state: State,
    new: &Definition,
    (today, worth_on): (NaiveDate, NaiveDate),
) -> sqlx::Result<()> {
    let now = tx.now();
    let query = with_definition(query(ADD).bind(id).bind(team).bind(state), new);
    tx.later(query.bind(worth_on).bind(today).bind(now)).await?;
    says_something_new(tx, Subject::Measure, id.0).await
}

const REWRITE: &str = "
    UPDATE measure SET name = $2, question = $3, how_counted = $4, kind = $5, cadence = $6, unit = $7, better = $8,
        keeper_id = $9, source = $10, wish = $11, wish_by = $12, wish_words = $13, not_used_for = $14,
        cost_minutes = $15, floor = $16, ceiling = $17, least_slips = $18, version = version + 1
    WHERE id = $1";

/// Write a definition anew.
pub async fn rewrite(tx: &mut Tx, id: MeasureId, new: &Definition) -> sqlx::Result<()> {
    tx.later(with_definition(query(REWRITE).bind(id), new)).await?;
    says_something_new(tx, Subject::Measure, id.0).await
}

fn with_definition(query: Statement, new: &Definition) -> Statement {
    let query = query.bind(new.name.clone()).bind(new.question.clone()).bind(new.how_counted.clone()).bind(new.kind);
    let query = query.bind(new.cadence).bind(new.unit.clone()).bind(new.better).bind(new.keeper_id);
    let query = query.bind(new.source.clone()).bind(new.wish).bind(new.wish_by.clone()).bind(new.wish_words.clone());
    let query = query.bind(new.not_used_for.clone()).bind(new.cost_minutes).bind(new.floor).bind(new.ceiling);
    query.bind(new.least_slips)
}

const SET_STATE: &str = "UPDATE measure SET state = $2, version = version + 1 WHERE id = $1";

/// Put it into a state.
pub async fn set_state(tx: &mut Tx, id: MeasureId, state: State) -> sqlx::Result<()> {
    tx.later(query(SET_STATE).bind(id).bind(state)).await
}

const SET_KEEPER: &str = "UPDATE measure SET keeper_id = $2, version = version + 1 WHERE id = $1";

/// Give it to a keeper.
pub async fn set_keeper(tx: &mut Tx, id: MeasureId, keeper: PersonId) -> sqlx::Result<()> {
    tx.later(query(SET_KEEPER).bind(id).bind(keeper)).await
}

const SET_PAUSED: &str = "UPDATE measure SET paused_until = $2, version = version + 1 WHERE id = $1";

/// Let it rest until a day, or take the day away.
pub async fn set_paused(tx: &mut Tx, id: MeasureId, until: Option<NaiveDate>) -> sqlx::Result<()> {
    tx.later(query(SET_PAUSED).bind(id).bind(until)).await
}

const ASK_FROM: &str = "UPDATE measure SET asked_from = $2 WHERE id = $1";

/// Values are expected from the period of this day on; who did not enter earlier ones is not late.
pub async fn ask_from(tx: &mut Tx, id: MeasureId, day: NaiveDate) -> sqlx::Result<()> {
    tx.later(query(ASK_FROM).bind(id).bind(day)).await
}

const AFFIRM: &str = "UPDATE measure SET worth_on = $2, version = version + 1 WHERE id = $1";

/// It is worth its minutes; ask again on this day.
pub async fn affirm(tx: &mut Tx, id: MeasureId, next: NaiveDate) -> sqlx::Result<()> {
    tx.later(query(AFFIRM).bind(id).bind(next)).await
}

const SET_WAY: &str =
    "UPDATE measure SET spread = $2, rules = $3, limits = $4, season = $5, version = version + 1 WHERE id = $1";

/// Read its chart like this.
pub async fn set_way(tx: &mut Tx, id: MeasureId, way: ChartChoices) -> sqlx::Result<()> {
    let query = query(SET_WAY).bind(id).bind(way.spread).bind(way.rules).bind(way.limits).bind(way.season);
    tx.later(query).await
}

const BEGIN_VERSION: &str =
    "UPDATE measure SET definition_version = $2, how_counted = $3, version = version + 1 WHERE id = $1";

/// From now on it is counted like this.
pub async fn begin_version(tx: &mut Tx, id: MeasureId, number: i64, how_counted: &str) -> sqlx::Result<()> {
    tx.later(query(BEGIN_VERSION).bind(id).bind(number).bind(how_counted.to_owned())).await?;
    says_something_new(tx, Subject::Measure, id.0).await
}
