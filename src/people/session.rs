//! Sessions: a random token in a cookie, its hash in the database; revoking is deleting the row.

use super::{Organisation, Person, Role, SESSION_LASTS};
use crate::db::{self, Ask, Tx};
use crate::ids::{PersonId, TeamId};
use crate::world::hash_of;
use chrono::{DateTime, Days, NaiveTime, Utc};

const FORGET_ENDED: &str = "DELETE FROM session WHERE expires_at <= $1";
const OPEN: &str = "INSERT INTO session (token_hash, person_id, expires_at) VALUES ($1, $2, $3)";

/// Sign the person in: the token for their cookie, shown to nobody else.
pub async fn open(tx: &mut Tx, person: PersonId) -> sqlx::Result<String> {
    let token = tx.new_secret();
    let (now, expires_at) = (tx.now(), end_of(tx.now()));
    tx.query(FORGET_ENDED).bind(now).execute().await?;
    tx.query(OPEN).bind(hash_of(&token)).bind(person).bind(expires_at).execute().await?;
    Ok(token)
}

/// When the row of a session that begins now goes: at the border of a day, so that it does not tell when somebody signed in.
/// The session itself ends by what its cookie says, which is signed.
fn end_of(now: DateTime<Utc>) -> DateTime<Utc> {
    let day = (now + SESSION_LASTS).date_naive() + Days::new(1);
    day.and_time(NaiveTime::MIN).and_utc()
}

/// The same in place of the session that their browser had, by the hash of its token.
pub async fn open_instead(tx: &mut Tx, person: PersonId, old: Option<Vec<u8>>) -> sqlx::Result<String> {
    if let Some(old) = old {
        close(tx, &old).await?;
    }
    open(tx, person).await
}

/// What is known of a visitor by their token alone.
pub struct Visit {
    pub organisation: Organisation,
    /// Who is signed in, and until when; `None` for a token that opens nothing.
    pub person: Option<(Person, DateTime<Utc>)>,
    /// How many notices they have not seen, at most [`MOST_UNREAD`].
    pub unread: i64,
    /// Where the change counter stands.
    pub counter: i64,
}

#[derive(sqlx::FromRow)]
struct VisitRow {
    #[sqlx(flatten)]
    organisation: Organisation,
    person_id: Option<PersonId>,
    person: Option<String>,
    next_level_id: Option<PersonId>,
    expires_at: Option<DateTime<Utc>>,
    unread: i64,
    counter: i64,
    role: Option<Role>,
    team_id: Option<TeamId>,
}

/// Unread notices are counted up to here: whoever has more is not told how many.
pub const MOST_UNREAD: i64 = 1_000;

const VISIT: &str = "
    SELECT organisation.id, organisation.name, organisation.zone, organisation.example, person.id AS person_id,
           person.name AS person, person.next_level_id, session.expires_at,
           (SELECT COUNT(*) FROM (SELECT 1 FROM notice
                                  WHERE notice.person_id = person.id AND notice.unread = $2 LIMIT $3) AS unseen) AS unread,
           change.counter, role.role, role.team_id
    FROM organisation CROSS JOIN change
    LEFT JOIN session ON session.token_hash = $1
    LEFT JOIN person ON person.id = session.person_id AND NOT person.mask
    LEFT JOIN role ON role.person_id = person.id
    ORDER BY role.role";

/// Everything the frame of a page says about its visitor. `None` before the company is set up.
pub fn visit(token_hash: Vec<u8>) -> Ask<Option<Visit>> {
    db::query_as::<VisitRow>(VISIT).bind(token_hash).bind(true).bind(MOST_UNREAD).all().map(gather)
}

fn gather(rows: Vec<VisitRow>) -> Option<Visit> {
    let roles = rows.iter().filter_map(|row| Some((row.role?, row.team_id))).collect();
    let first = rows.into_iter().next()?;
    let person = first.person_id.zip(first.person).zip(first.expires_at).map(|((id, name), until)| {
        let person = Person { id, name, next_level: first.next_level_id, roles };
        (person, until)
    });
    Some(Visit { organisation: first.organisation, person, unread: first.unread, counter: first.counter })
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
