//! The single-use code by which somebody sets a password: for seven days. Only its hash is stored, and a new one voids the old.

use crate::db::Tx;
use crate::ids::PersonId;
use crate::world::hash_of;
use chrono::TimeDelta;

/// How long a link is good.
pub const LASTS: TimeDelta = TimeDelta::days(7);

const VOID: &str = "DELETE FROM invitation WHERE person_id = $1";
const MAKE: &str = "INSERT INTO invitation (code_hash, person_id, expires_at) VALUES ($1, $2, $3)";

/// A new link for the person; the one before it is void.
pub async fn make(tx: &mut Tx, person: PersonId) -> sqlx::Result<String> {
    let (code, expires_at) = (tx.new_secret(), tx.now() + LASTS);
    tx.query(VOID).bind(person).execute().await?;
    tx.query(MAKE).bind(hash_of(&code)).bind(person).bind(expires_at).execute().await?;
    Ok(code)
}

const INVITED: &str = "
    SELECT person.id, person.name, person.email
    FROM invitation JOIN person ON person.id = invitation.person_id
    WHERE invitation.code_hash = $1 AND invitation.expires_at > $2 AND NOT person.mask";

/// Whom a code is for.
#[derive(sqlx::FromRow)]
pub struct Invited {
    pub id: PersonId,
    pub name: String,
    pub email: String,
}

/// Who may set a password by this code; nobody once it was used, voided or is too old.
pub async fn invited(tx: &mut Tx, code: &str) -> sqlx::Result<Option<Invited>> {
    let now = tx.now();
    tx.query_as(INVITED).bind(hash_of(code)).bind(now).optional().await
}

/// The code is used: it opens nothing any more.
pub async fn void(tx: &mut Tx, person: PersonId) -> sqlx::Result<u64> {
    tx.query(VOID).bind(person).execute().await
}
