//! The rows of who is hurt too, and of who would like to join.

use crate::db::{self, Tx};
use crate::ids::{IdeaId, PersonId};

const IS_HURT: &str = "SELECT COUNT(*) FROM hurt_too WHERE idea_id = $1 AND person_id = $2";

/// Whether this person said that it hurts them too. Nobody else is ever told.
pub async fn is_hurt(tx: &mut Tx, idea: IdeaId, person: PersonId) -> sqlx::Result<bool> {
    let (count,): (i64,) = tx.query_as(IS_HURT).bind(idea).bind(person).one().await?;
    Ok(count > 0)
}

const HURT: &str = "INSERT INTO hurt_too (idea_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
const ONE_MORE: &str = "UPDATE idea SET hurts = hurts + 1 WHERE id = $1";
const UNHURT: &str = "DELETE FROM hurt_too WHERE idea_id = $1 AND person_id = $2";
const ONE_LESS: &str = "UPDATE idea SET hurts = hurts - 1 WHERE id = $1 AND hurts > 0";

/// Say that it hurts this person too, or no longer; the number of the idea goes with it.
pub async fn set_hurt(tx: &mut Tx, idea: IdeaId, person: PersonId, hurts: bool) -> sqlx::Result<()> {
    let (row, number) = if hurts { (HURT, ONE_MORE) } else { (UNHURT, ONE_LESS) };
    if tx.query(row).bind(idea).bind(person).execute().await? > 0 {
        tx.query(number).bind(idea).execute().await?;
    }
    Ok(())
}

const JOIN: &str = "INSERT INTO volunteer (idea_id, person_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

/// This person would like to join; whether that is new.
pub async fn join(tx: &mut Tx, idea: IdeaId, person: PersonId) -> sqlx::Result<bool> {
    let now = tx.now();
    Ok(tx.query(JOIN).bind(idea).bind(person).bind(now).execute().await? > 0)
}

const LEAVE: &str = "DELETE FROM volunteer WHERE idea_id = $1 AND person_id = $2";

/// This person would no longer like to join.
pub async fn leave(tx: &mut Tx, idea: IdeaId, person: PersonId) -> sqlx::Result<()> {
    tx.later(db::query(LEAVE).bind(idea).bind(person)).await
}
