//! The rows of standing promises. Everybody who is signed in finds them.

use super::{REVIEW_DAYS, StandingPromise, in_days};
use crate::db::{Ask, Sql, Tx, query, query_as};
use crate::ideas::store::seen_by;
use crate::ids::{IdeaId, PersonId, PromiseId, TeamId};
use chrono::NaiveDate;

macro_rules! standing {
    ($($rest:expr),*) => {
        concat!(
            "SELECT promise.id, promise.team_id, promise.promiser_id, promiser.name AS promiser, promise.what,
                    promise.review_on, promise.ends_on, promise.state, promise.created_at, promise.version,
                    team.zone, team.days, team.hours, team.holidays, ball.holder_id, holder.name AS holder, ball.owes, ball.since, ball.due_at AS clock_at
             FROM promise
             JOIN team ON team.id = promise.team_id
             JOIN person AS promiser ON promiser.id = promise.promiser_id
             LEFT JOIN ball ON ball.subject = 'promise' AND ball.subject_id = promise.id
             LEFT JOIN person AS holder ON holder.id = ball.holder_id
             WHERE promise.stands ",
            $($rest),*
        )
    };
}

const FIND: &str = standing!("AND promise.id = $1");

/// One standing promise.
pub fn find(id: PromiseId) -> Ask<Option<StandingPromise>> {
    query_as(FIND).bind(id).optional()
}

const FIND_TO_CHANGE: Sql =
    Sql::either(standing!("AND promise.id = $1"), standing!("AND promise.id = $1 FOR UPDATE OF promise"));

/// The same, held until the transaction ends.
pub async fn find_to_change(tx: &mut Tx, id: PromiseId) -> sqlx::Result<Option<StandingPromise>> {
    tx.query_as(FIND_TO_CHANGE).bind(id).optional().await
}

const ALL: &str = standing!("ORDER BY CASE WHEN ball.holder_id IS NULL THEN 1 ELSE 0 END, promise.id");

/// All standing promises, those that have ended last.
pub fn all() -> Ask<Vec<StandingPromise>> {
    query_as(ALL).all()
}

/// An idea in which a standing promise may not have held.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PointedAt {
    /// The number of the throw that named it.
    pub number: i64,
    pub idea_id: IdeaId,
    pub hurt: String,
}

const POINTED_AT: &str = concat!(
    "SELECT throw.number, idea.id AS idea_id, idea.hurt
     FROM promise_term
     JOIN throw ON throw.id = promise_term.throw_id
     JOIN idea ON idea.id = promise_term.idea_id
     WHERE promise_term.promise_id = $1 AND ",
    seen_by!("$2")
);

/// The ideas that were pointed at and that this person may see.
pub fn pointed_at(id: PromiseId, person: PersonId) -> Ask<Vec<PointedAt>> {
    query_as(POINTED_AT).bind(id).bind(person).all()
}

const ADD: &str = "
    INSERT INTO promise (id, team_id, answers, stands, promiser_id, what, how, moved, unconfirmed, review_on, state,
                         created_at, version)
    VALUES ($1, $2, $3, $4, $5, $6, '', 0, $3, $7, 'standing', $8, 1)";

/// Write a new standing promise.
pub async fn add(
    tx: &mut Tx,
    team: TeamId,
    promiser: PersonId,
    what: &str,
    today: NaiveDate,
) -> sqlx::Result<StandingPromise> {
    let (id, now) = (tx.new_id::<PromiseId>(), tx.now());
    let query = query(ADD).bind(id).bind(team).bind(false).bind(true).bind(promiser).bind(what.to_owned());
    tx.later(query.bind(in_days(today, REVIEW_DAYS)).bind(now)).await?;
    tx.ask(find(id)).await?.ok_or(sqlx::Error::RowNotFound)
}

const CHANGE: &str = "
    UPDATE promise SET state = $3, review_on = $4, ends_on = $5, version = version + 1 WHERE id = $1 AND version = $2";

/// Change one as it was read to what it is next; an error when somebody changed it in between.
pub async fn change(tx: &mut Tx, before: &StandingPromise, next: &StandingPromise) -> sqlx::Result<()> {
    let query = tx.query(CHANGE).bind(before.id).bind(before.version).bind(next.state).bind(next.review_on);
    match query.bind(next.ends_on).execute().await? {
        0 => Err(sqlx::Error::RowNotFound),
        _ => Ok(()),
    }
}
