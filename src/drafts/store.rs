//! The rows of drafts. Every statement names the person: there is no way to somebody else's.

use super::Draft;
use crate::db::{Ask, Laid, Tx, query, query_as};
use crate::ids::{DraftId, PersonId};
use crate::laid;
use chrono::{DateTime, Utc};
use uuid::Uuid;

// Each draft of the person $1 with its place among them and with how much it and the newer ones hold: the newest fifty are
// kept, as far as they are no more than a million and a half characters together.
macro_rules! kept {
    ($columns:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM (SELECT draft.id, draft.place, draft.address, draft.fields, draft.saved_at,
                           ROW_NUMBER() OVER (ORDER BY draft.saved_at DESC, draft.id) AS number,
                           SUM(LENGTH(draft.fields)) OVER (ORDER BY draft.saved_at DESC, draft.id) AS together
                    FROM draft WHERE draft.person_id = $1) AS summed
              WHERE summed.number <= 50 AND summed.together <= 1500000"
        )
    };
}

const OF_PERSON: &str =
    concat!(kept!("summed.place, summed.address, summed.fields, summed.saved_at"), " ORDER BY summed.number");

/// All drafts of this person, the newest first.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> sqlx::Result<Vec<Draft>> {
    tx.query_as(OF_PERSON).bind(person).all().await
}

const NEWEST: &str = concat!(
    kept!("summed.place, summed.address, summed.fields, summed.saved_at"),
    " AND summed.together <= $2 ORDER BY summed.number"
);

/// The newest drafts of this person that have no more than so many characters together, the newest first.
pub fn newest(person: PersonId, characters: i64) -> Ask<Vec<Draft>> {
    query_as(NEWEST).bind(person).bind(characters).all()
}

const FIND: &str = "SELECT place, address, fields, saved_at FROM draft WHERE person_id = $1 AND place = $2";

/// This person's draft of that place.
pub fn find(person: PersonId, place: &str) -> Ask<Option<Draft>> {
    query_as(FIND).bind(person).bind(place.to_owned()).optional()
}

// Only while the draft is still the one that was looked at, and while nothing with the key has counted.
const SAVE: &str = "
    INSERT INTO draft (id, person_id, place, address, fields, saved_at)
    SELECT $1, $2, $3, $4, $5, $6
    WHERE NOT EXISTS (SELECT 1 FROM throw WHERE throw.id = $7)
      AND NOT EXISTS (SELECT 1 FROM comment WHERE comment.id = $7)
      AND ($8 = '' OR EXISTS (SELECT 1 FROM draft AS kept
                              WHERE kept.person_id = $2 AND kept.place = $3 AND kept.fields = $8))
    ON CONFLICT (person_id, place) DO UPDATE SET address = excluded.address, fields = excluded.fields,
                                                 saved_at = excluded.saved_at
    WHERE draft.fields = $8";
const ONLY_SO_MANY: &str = concat!("DELETE FROM draft WHERE person_id = $1 AND id NOT IN (", kept!("summed.id"), ")");

/// What is to be kept of a form.
pub struct Kept {
    pub address: String,
    pub fields: String,
    /// The fields as they were when this was put together with them; empty for none.
    pub before: String,
    /// The key of the form, if it has one.
    pub key: Option<Uuid>,
}

/// Save this person's draft of that place; false when it was changed meanwhile, or when the form has counted.
pub async fn save(tx: &mut Tx, person: PersonId, place: &str, kept: Kept) -> sqlx::Result<bool> {
    let (id, now): (DraftId, _) = (tx.new_id(), tx.now());
    let save = query(SAVE).bind(id).bind(person).bind(place.to_owned()).bind(kept.address).bind(kept.fields);
    let save = save.bind(now).bind(kept.key.unwrap_or_default()).bind(kept.before).changed();
    Ok(tx.ask((save, query(ONLY_SO_MANY).bind(person).changed())).await?.0 > 0)
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
pub fn has_counted(key: Uuid) -> Ask<bool> {
    query_as::<(i64,)>(HAS_COUNTED).bind(key).one().map(|(count,)| count > 0)
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

/// Lays the table of drafts anew on PostgreSQL, without what was wiped.
pub const LAID_ANEW: [&Laid; 1] = [&laid!("draft")];

const ALL: &str = "SELECT id, fields FROM draft WHERE id > $1 ORDER BY id LIMIT 50";

/// The drafts of everybody behind this one, some at a time: for what finds a draft by its words, and shows it nobody.
pub fn after(id: Uuid) -> Ask<Vec<(DraftId, String)>> {
    query_as(ALL).bind(id).all()
}

const REMOVE: &str = "DELETE FROM draft WHERE id = $1 AND fields = $2";

/// Remove a draft that still holds these fields.
pub async fn remove(tx: &mut Tx, id: DraftId, fields: String) -> sqlx::Result<()> {
    tx.later(query(REMOVE).bind(id).bind(fields)).await
}
