//! The rows of promises. A person finds a promise whose team they may see, one given to them, and one whose ball they
//! ever held.

use super::promise::{Promise, State};
use crate::db::{Sql, Tx};
use crate::ids::{IdeaId, PersonId, PromiseId, TeamId};
use chrono::{DateTime, Utc};

macro_rules! promises {
    ($($rest:expr),*) => {
        concat!(
            "SELECT promise.id, promise.team_id, promise.idea_id, idea.hurt, promise.promiser_id,
                    promiser.name AS promiser, promise.receiver_id, receiver.name AS receiver, promise.what,
                    promise.due_at, promise.state, promise.version, ball.holder_id, holder.name AS holder,
                    ball.owes, ball.since, ball.due_at AS clock_at
             FROM promise
             JOIN person AS promiser ON promiser.id = promise.promiser_id
             JOIN person AS receiver ON receiver.id = promise.receiver_id
             LEFT JOIN idea ON idea.id = promise.idea_id
             LEFT JOIN ball ON ball.subject = 'promise' AND ball.subject_id = promise.id
             LEFT JOIN person AS holder ON holder.id = ball.holder_id ",
            $($rest),*
        )
    };
}

macro_rules! seen {
    () => {
        "WHERE promise.id = $1 AND (
             promise.receiver_id = $2
             OR EXISTS (SELECT 1 FROM kept_name WHERE kept_name.idea_id = promise.idea_id AND kept_name.person_id = $2)
             OR EXISTS (SELECT 1 FROM sight WHERE sight.person_id = $2 AND sight.team_id = promise.team_id)
             OR EXISTS (SELECT 1 FROM throw
                        WHERE throw.subject = 'promise' AND throw.subject_id = promise.id AND throw.holder_id = $2)
         )"
    };
}

const SEEN: &str = promises!(seen!());

/// A promise this person may see; missing and foreign are the same nothing.
pub async fn seen(tx: &mut Tx, id: PromiseId, person: PersonId) -> sqlx::Result<Option<Promise>> {
    tx.query_as(SEEN).bind(id).bind(person).optional().await
}

const SEEN_TO_CHANGE: Sql = Sql::either(promises!(seen!()), promises!(seen!(), " FOR UPDATE OF promise"));

/// The same, held until the transaction ends, so that two who act at once act one after the other.
pub async fn seen_to_change(tx: &mut Tx, id: PromiseId, person: PersonId) -> sqlx::Result<Option<Promise>> {
    tx.query_as(SEEN_TO_CHANGE).bind(id).bind(person).optional().await
}

const OF_IDEA: &str = promises!("WHERE promise.idea_id = $1 ORDER BY promise.id");

/// The promises that came of an idea, oldest first.
pub async fn of_idea(tx: &mut Tx, idea: IdeaId) -> sqlx::Result<Vec<Promise>> {
    tx.query_as(OF_IDEA).bind(idea).all().await
}

const ADD: &str = "
    INSERT INTO promise (id, team_id, idea_id, promiser_id, receiver_id, what, due_at, state, created_at, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'promised', $8, 1)";

/// A promise about to be given.
pub struct NewPromise<'a> {
    /// The team it is given to.
    pub team: TeamId,
    /// The idea it comes of.
    pub idea: Option<IdeaId>,
    /// Who gives it.
    pub promiser: PersonId,
    /// For whom.
    pub receiver: PersonId,
    /// What.
    pub what: &'a str,
    /// By when.
    pub due_at: DateTime<Utc>,
}

/// Write a new promise.
pub async fn add(tx: &mut Tx, new: &NewPromise<'_>) -> sqlx::Result<PromiseId> {
    let (id, now) = (tx.new_id::<PromiseId>(), tx.now());
    let query = tx.query(ADD).bind(id).bind(new.team).bind(new.idea).bind(new.promiser).bind(new.receiver);
    query.bind(new.what.to_owned()).bind(new.due_at).bind(now).execute().await?;
    Ok(id)
}

const CHANGE: &str = "
    UPDATE promise SET state = $3, due_at = $4, version = version + 1 WHERE id = $1 AND version = $2";

/// Change a promise as it was read; an error when somebody changed it in between.
pub async fn change(tx: &mut Tx, promise: &Promise, state: State, due_at: DateTime<Utc>) -> sqlx::Result<()> {
    match tx.query(CHANGE).bind(promise.id).bind(promise.version).bind(state).bind(due_at).execute().await? {
        0 => Err(sqlx::Error::RowNotFound),
        _ => Ok(()),
    }
}
