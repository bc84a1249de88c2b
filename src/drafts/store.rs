//! The rows of drafts. Every statement names the person: there is no way to somebody else's.

use super::Draft;
use crate::db::{Ask, Tx, query_as};
use crate::ids::{DraftId, PersonId};
use chrono::{DateTime, Utc};

/// The most drafts of one person; the oldest goes when there are more.
const MOST: i64 = 50;

const OF_PERSON: &str =
    "SELECT place, address, fields, saved_at FROM draft WHERE person_id = $1 ORDER BY saved_at DESC, id";

/// All drafts of this person, the newest first.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> sqlx::Result<Vec<Draft>> {
    tx.query_as(OF_PERSON).bind(person).all().await
}

const FIND: &str = "SELECT place, address, fields, saved_at FROM draft WHERE person_id = $1 AND place = $2";

/// This person's draft of that place.
pub fn find(person: PersonId, place: &str) -> Ask<Option<Draft>> {
    query_as(FIND).bind(person).bind(place.to_owned()).optional()
}

const SAVE: &str = "
    INSERT INTO draft (id, person_id, place, address, fields, saved_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (person_id, place) DO UPDATE SET address = excluded.address, fields = excluded.fields,
                                                 saved_at = excluded.saved_at";
const ONLY_SO_MANY: &str = "
    DELETE FROM draft WHERE person_id = $1 AND id NOT IN
        (SELECT id FROM draft WHERE person_id = $1 ORDER BY saved_at DESC, id LIMIT $2)";

/// Save this person's draft of that place.
pub async fn save(tx: &mut Tx, person: PersonId, place: &str, address: &str, fields: &str) -> sqlx::Result<()> {
    let (id, now): (DraftId, _) = (tx.new_id(), tx.now());
    let query = tx.query(SAVE).bind(id).bind(person).bind(place.to_owned()).bind(address.to_owned());
    query.bind(fields.to_owned()).bind(now).execute().await?;
    tx.query(ONLY_SO_MANY).bind(person).bind(MOST).execute().await?;
    Ok(())
}

const FORGET: &str = "DELETE FROM draft WHERE person_id = $1 AND place = $2";

/// Forget this person's draft of that place.
pub async fn forget(tx: &mut Tx, person: PersonId, place: &str) -> sqlx::Result<()> {
    tx.query(FORGET).bind(person).bind(place.to_owned()).execute().await?;
    Ok(())
}

const HAS_COUNTED: &str =
    "SELECT (SELECT COUNT(*) FROM throw WHERE id = $1) + (SELECT COUNT(*) FROM comment WHERE id = $1)";

/// Whether the form with this key was sent already, so that nothing of it is a draft any more.
pub async fn has_counted(tx: &mut Tx, key: uuid::Uuid) -> sqlx::Result<bool> {
    let (count,): (i64,) = tx.query_as(HAS_COUNTED).bind(key).one().await?;
    Ok(count > 0)
}

const HAS_OLD: &str = "SELECT COUNT(*) FROM draft WHERE saved_at < $1";
const REMOVE_OLD: &str = "DELETE FROM draft WHERE saved_at < $1";

/// Whether there are drafts that nobody has touched since before this.
pub async fn has_old(tx: &mut Tx, before: DateTime<Utc>) -> sqlx::Result<bool> {
    let (count,): (i64,) = tx.query_as(HAS_OLD).bind(before).one().await?;
    Ok(count > 0)
}

/// Remove drafts that nobody has touched since before this.
pub async fn remove_old(tx: &mut Tx, before: DateTime<Utc>) -> sqlx::Result<()> {
    tx.query(REMOVE_OLD).bind(before).execute().await?;
    Ok(())
}
