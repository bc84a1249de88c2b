//! What the list of people and the forms of a person and of a team read and write.
//!
//! It says who plays which role where. It never says when somebody was here.

use super::NewPerson;
use crate::calendar::Calendar;
use crate::db::{Ask, Tx, query_as};
use crate::ids::{PersonId, TeamId};
use crate::people::Role;
use crate::people::keys::{address_key, key_of};

/// One role of one person, or one person without a role.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Entry {
    pub id: PersonId,
    pub name: String,
    /// Their department; empty but for helpers.
    pub department: String,
    pub next_level: Option<String>,
    /// Whether they have not set a password yet.
    pub waits: bool,
    pub role: Option<Role>,
    pub team_id: Option<TeamId>,
}

const ENTRIES: &str = "
    SELECT person.id, person.name, person.department, above.name AS next_level,
           (person.password IS NULL) AS waits, role.role, role.team_id
    FROM person
    LEFT JOIN person AS above ON above.id = person.next_level_id
    LEFT JOIN role ON role.person_id = person.id
    WHERE NOT person.mask
    ORDER BY person.name, person.id, role.role";

/// Everybody with their roles, by name.
pub fn entries() -> Ask<Vec<Entry>> {
    query_as(ENTRIES).all().by_name(|entry: &Entry| &entry.name)
}

/// What the form of a person shows.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Card {
    pub name: String,
    pub email: String,
    /// The department; empty but for helpers.
    pub department: String,
    pub next_level_id: Option<PersonId>,
    pub version: i64,
}

const CARD: &str = "SELECT name, email, department, next_level_id, version FROM person WHERE id = $1";

/// The card of one person.
pub fn card(person: PersonId) -> Ask<Option<Card>> {
    query_as(CARD).bind(person).optional()
}

const OWNER_OF: &str = "SELECT id, name FROM person WHERE email_key = $1";

/// Who has the e-mail address.
pub fn owner_of(email: &str) -> Ask<Option<(PersonId, String)>> {
    query_as(OWNER_OF).bind(address_key(email)).optional()
}

const CHANGE: &str = "
    UPDATE person SET name = $3, email = $4, email_key = $5, next_level_id = $6, department = $7, version = version + 1
    WHERE id = $1 AND version = $2";
const TAKE_ROLES: &str = "DELETE FROM role WHERE person_id = $1";

/// Change a person; false when somebody changed them since this version.
pub async fn change(tx: &mut Tx, person: PersonId, version: i64, new: &NewPerson) -> sqlx::Result<bool> {
    let query = tx.query(CHANGE).bind(person).bind(version).bind(new.name.clone());
    let query = query.bind(new.email.trim().to_owned()).bind(address_key(&new.email));
    if query.bind(new.next_level).bind(new.department.clone()).execute().await? == 0 {
        return Ok(false);
    }
    tx.query(TAKE_ROLES).bind(person).execute().await?;
    for (role, team) in &new.roles {
        super::give_role(tx, person, *role, *team).await?;
    }
    Ok(true)
}

const TEAM_NAMED: &str = "SELECT id, name FROM team WHERE name_key = $1";

/// The team with this name.
pub fn team_named(name: &str) -> Ask<Option<(TeamId, String)>> {
    query_as(TEAM_NAMED).bind(key_of(name)).optional()
}

const TEAM_VERSION: &str = "SELECT version FROM team WHERE id = $1";

/// The version of a team.
pub fn team_version(team: TeamId) -> Ask<Option<i64>> {
    query_as::<(i64,)>(TEAM_VERSION).bind(team).optional().map(|row| row.map(|(version,)| version))
}

const CHANGE_TEAM: &str = "
    UPDATE team SET name = $3, name_key = $4, zone = $5, days = $6, hours = $7, holidays = $8, version = version + 1
    WHERE id = $1 AND version = $2";

/// Change a team; false when somebody changed it since this version.
pub async fn change_team(
    tx: &mut Tx,
    team: TeamId,
    version: i64,
    name: &str,
    calendar: &Calendar,
) -> sqlx::Result<bool> {
    let written = calendar.write();
    let query = tx.query(CHANGE_TEAM).bind(team).bind(version).bind(name.to_owned()).bind(key_of(name));
    let query = query.bind(written.zone).bind(written.days).bind(written.hours).bind(written.holidays);
    Ok(query.execute().await? > 0)
}
