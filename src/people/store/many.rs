//! Adding many people at once, and the links they come in with.

use crate::db::given::{self, given_words};
use crate::db::{self, Ask, Sql, Tx, query_as};
use crate::ids::{PersonId, TeamId};
use crate::people::invitation::LASTS;
use crate::people::roster::Named;
use crate::web::seal::hex;
use crate::world::hash_of;

/// The rows of new people as `(SELECT … AS id, … AS name, … AS email, … AS email_key, … AS code_hash)`, for one engine.
macro_rules! given_people {
    (sqlite, $n:literal) => {
        concat!(
            "(SELECT unhex(replace(value ->> 0, '-', '')) AS id, value ->> 1 AS name, value ->> 2 AS email,
                     value ->> 3 AS email_key, unhex(value ->> 4) AS code_hash FROM json_each(",
            $n,
            "))"
        )
    };
    (postgres, $n:literal) => {
        concat!(
            "(SELECT CAST(value ->> 0 AS UUID) AS id, value ->> 1 AS name, value ->> 2 AS email,
                     value ->> 3 AS email_key, decode(value ->> 4, 'hex') AS code_hash
              FROM jsonb_array_elements(CAST(",
            $n,
            " AS JSONB)) AS listed (value))"
        )
    };
}

macro_rules! add_people {
    ($given:expr) => {
        concat!(
            "INSERT INTO person (id, name, email, email_key, department, created_at)
             SELECT id, name, email, email_key, '', $2 FROM ",
            $given,
            " AS pasted"
        )
    };
}

macro_rules! give_roles {
    ($given:expr) => {
        concat!("INSERT INTO role (person_id, role, team_id) SELECT id, 'rep', $2 FROM ", $given, " AS pasted")
    };
}

macro_rules! invite {
    ($given:expr) => {
        concat!(
            "INSERT INTO invitation (code_hash, person_id, expires_at) SELECT code_hash, id, $2 FROM ",
            $given,
            " AS pasted"
        )
    };
}

const ADD_PEOPLE: Sql =
    Sql::either(add_people!(given_people!(sqlite, "$1")), add_people!(given_people!(postgres, "$1")));
const GIVE_ROLES: Sql =
    Sql::either(give_roles!(given_people!(sqlite, "$1")), give_roles!(given_people!(postgres, "$1")));
const INVITE: Sql = Sql::either(invite!(given_people!(sqlite, "$1")), invite!(given_people!(postgres, "$1")));

/// The code of somebody's link, made of the secret of all that were added together.
fn code_of(secret: &str, person: PersonId) -> String {
    hex(&hash_of(&format!("{secret} {person}"))[..16])
}

/// Add these people as reps of the team, each with an invitation whose code is made of the secret.
pub async fn add_reps(tx: &mut Tx, people: &[Named], team: TeamId, secret: &str) -> sqlx::Result<()> {
    let rows = people.iter().map(|named| {
        let id: PersonId = tx.new_id();
        let code = hex(&hash_of(&code_of(secret, id)));
        [id.to_string(), named.name.clone(), named.email.clone(), named.key(), code]
    });
    let (rows, now) = (given::rows(rows), tx.now());
    tx.later(db::query(ADD_PEOPLE).bind(rows.clone()).bind(now)).await?;
    tx.later(db::query(GIVE_ROLES).bind(rows.clone()).bind(team)).await?;
    tx.later(db::query(INVITE).bind(rows).bind(now + LASTS)).await
}

macro_rules! known {
    ($given:expr) => {
        concat!(
            "SELECT person.email_key, person.name FROM person JOIN ",
            $given,
            " AS asked ON asked.word = person.email_key"
        )
    };
}

const KNOWN: Sql = Sql::either(known!(given_words!(sqlite, "$1")), known!(given_words!(postgres, "$1")));

/// Who of these addresses is here already: address and name.
pub fn known(keys: &[String]) -> Ask<Vec<(String, String)>> {
    query_as(KNOWN).bind(given::words(keys.iter().map(String::as_str))).all()
}

/// Somebody who was added together with others, and their link.
pub struct Invitee {
    pub name: String,
    pub email: String,
    pub code: String,
}

// All that were added together end together, so they stand together.
const INVITED: &str = "
    SELECT person.id, person.name, person.email, invitation.code_hash
    FROM invitation JOIN person ON person.id = invitation.person_id
    WHERE invitation.expires_at > $1 AND NOT person.mask
    ORDER BY invitation.expires_at DESC, person.name, person.id
    LIMIT 500";

/// Who was added with this secret and has not come in yet.
pub async fn invited_with(tx: &mut Tx, secret: &str) -> sqlx::Result<Vec<Invitee>> {
    let now = tx.now();
    let rows: Vec<(PersonId, String, String, Vec<u8>)> = tx.query_as(INVITED).bind(now).all().await?;
    let theirs = rows.into_iter().filter_map(|(id, name, email, hash)| {
        let code = code_of(secret, id);
        (hash_of(&code) == hash).then_some(Invitee { name, email, code })
    });
    Ok(theirs.collect())
}
