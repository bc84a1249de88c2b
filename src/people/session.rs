//! Sessions: a random token in a cookie, its hash in the database; revoking is deleting the row.

use super::{Person, Role};
use crate::db::Tx;
use crate::ids::{PersonId, TeamId};
use crate::world::hash_of;
use chrono::{DateTime, TimeDelta, Utc};

/// How long a sign-in lasts.
pub const LASTS: TimeDelta = TimeDelta::days(30);

#[derive(sqlx::FromRow)]
struct Row {
    id: PersonId,
    name: String,
    next_level_id: Option<PersonId>,
    expires_at: DateTime<Utc>,
    role: Option<Role>,
    team_id: Option<TeamId>,
}

const FORGET_ENDED: &str = "DELETE FROM session WHERE expires_at <= $1";
const OPEN: &str = "INSERT INTO session (token_hash, person_id, expires_at) VALUES ($1, $2, $3)";

/// Sign the person in: the token for their cookie, shown to nobody else.
pub async fn open(tx: &mut Tx, person: PersonId) -> sqlx::Result<String> {
    let token = tx.new_secret();
    let (now, expires_at) = (tx.now(), tx.now() + LASTS);
    tx.query(FORGET_ENDED).bind(now).execute().await?;
    tx.query(OPEN).bind(hash_of(&token)).bind(person).bind(expires_at).execute().await?;
    Ok(token)
}

const PERSON_OF: &str = "
    SELECT person.id, person.name, person.next_level_id, session.expires_at, role.role, role.team_id
    FROM session
    JOIN person ON person.id = session.person_id
    LEFT JOIN role ON role.person_id = person.id
    WHERE session.token_hash = $1 AND NOT person.mask
    ORDER BY role.role";

/// Who holds the token with this hash, if the session has not ended, and when it will.
pub async fn person_of(tx: &mut Tx, token_hash: &[u8]) -> sqlx::Result<Option<(Person, DateTime<Utc>)>> {
    let rows: Vec<Row> = tx.query_as(PERSON_OF).bind(token_hash.to_vec()).all().await?;
    let Some(first) = rows.first().filter(|row| row.expires_at > tx.now()) else { return Ok(None) };
    let person = Person {
        id: first.id,
        name: first.name.clone(),
        next_level: first.next_level_id,
        roles: rows.iter().filter_map(|row| Some((row.role?, row.team_id))).collect(),
    };
    Ok(Some((person, first.expires_at)))
}

const CLOSE: &str = "DELETE FROM session WHERE token_hash = $1";

/// Sign out: this token opens nothing any more.
pub async fn close(tx: &mut Tx, token_hash: &[u8]) -> sqlx::Result<u64> {
    tx.query(CLOSE).bind(token_hash.to_vec()).execute().await
}

const CLOSE_ALL: &str = "DELETE FROM session WHERE person_id = $1";

/// End all sessions of a person, as when the password or a role changes.
pub async fn close_all(tx: &mut Tx, person: PersonId) -> sqlx::Result<u64> {
    tx.query(CLOSE_ALL).bind(person).execute().await
}
