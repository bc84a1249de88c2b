//! The rows of the organisation, its teams and its people.

pub mod forms;
pub mod many;

use super::keys::{address_key, key_of, older_address_key};
use super::{Organisation, Person, Role, Team};
use crate::calendar::Calendar;
use crate::db::{Ask, Tx, query_as};
use crate::ids::{PersonId, TeamId};

const ORGANISATION: &str = "SELECT id, name, zone, example FROM organisation";

/// The company; none before the first set-up.
pub fn organisation() -> Ask<Option<Organisation>> {
    query_as(ORGANISATION).optional()
}

const FOUND: &str = "INSERT INTO organisation (id, name, zone, example, created_at) VALUES ($1, $2, $3, $4, $5)";

/// Found the company.
pub async fn found(tx: &mut Tx, name: &str, zone: &str, example: bool) -> sqlx::Result<()> {
    let (id, now) = (tx.new_id::<crate::ids::OrganisationId>(), tx.now());
    tx.query(FOUND).bind(id).bind(name.to_owned()).bind(zone.to_owned()).bind(example).bind(now).execute().await?;
    Ok(())
}

const ADD_TEAM: &str = "
    INSERT INTO team (id, name, name_key, zone, days, hours, holidays, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Add a team with its working time.
pub async fn add_team(tx: &mut Tx, name: &str, calendar: &Calendar) -> sqlx::Result<TeamId> {
    let id = tx.new_id();
    add_team_as(tx, id, name, calendar).await?;
    Ok(id)
}

/// Add a team whose identifier is the key of the form, so that a double click adds one.
pub async fn add_team_as(tx: &mut Tx, id: TeamId, name: &str, calendar: &Calendar) -> sqlx::Result<()> {
    let (now, written) = (tx.now(), calendar.write());
    let query = tx.query(ADD_TEAM).bind(id).bind(name.to_owned()).bind(key_of(name));
    let query = query.bind(written.zone).bind(written.days).bind(written.hours).bind(written.holidays);
    query.bind(now).execute().await?;
    Ok(())
}

const TEAM: &str = "SELECT id, name, zone, days, hours, holidays, wide_head_id FROM team WHERE id = $1";

/// One team.
pub fn team(id: TeamId) -> Ask<Option<Team>> {
    query_as(TEAM).bind(id).optional()
}

const TEAMS: &str = "
    SELECT id, name, zone, days, hours, holidays, wide_head_id FROM team WHERE wide_head_id IS NULL ORDER BY name_key, id";

/// All teams, by name.
pub fn all_teams() -> Ask<Vec<Team>> {
    query_as(TEAMS).all().by_name(|team: &Team| &team.name)
}

const UNITS: &str = "SELECT id, name, zone, days, hours, holidays, wide_head_id FROM team ORDER BY name_key, id";

/// All teams, and the whole company as a unit for nameless letters, where there is one: to look up whose a thing is.
pub fn all_units() -> Ask<Vec<Team>> {
    query_as(UNITS).all().by_name(|team: &Team| &team.name)
}

const SEEN_TEAMS: &str = "
    SELECT team.id, team.name, team.zone, team.days, team.hours, team.holidays, team.wide_head_id
    FROM team JOIN sight ON sight.team_id = team.id
    WHERE sight.person_id = $1 AND team.wide_head_id IS NULL
    ORDER BY team.name_key, team.id";

/// The teams a person may see, by name.
pub fn teams_in_sight(person: PersonId) -> Ask<Vec<Team>> {
    query_as(SEEN_TEAMS).bind(person).all().by_name(|team: &Team| &team.name)
}

const ADD_PERSON: &str = "
    INSERT INTO person (id, name, email, email_key, next_level_id, department, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// A person as a form describes them, to be added or changed.
#[derive(Default)]
pub struct NewPerson {
    pub name: String,
    pub email: String,
    pub next_level: Option<PersonId>,
    pub department: String,
    /// Their roles, with the team where there is one.
    pub roles: Vec<(Role, Option<TeamId>)>,
}

impl NewPerson {
    /// Whether they are to play the role anywhere.
    pub fn is(&self, role: Role) -> bool {
        self.roles.iter().any(|(played, _)| *played == role)
    }
}

/// Add a person without a password; an invitation lets them set one.
pub async fn add_person(tx: &mut Tx, new: &NewPerson) -> sqlx::Result<PersonId> {
    let id = tx.new_id();
    add_person_as(tx, id, new).await?;
    Ok(id)
}

/// Add a person whose identifier is the key of the form, so that a double click adds one.
pub async fn add_person_as(tx: &mut Tx, id: PersonId, new: &NewPerson) -> sqlx::Result<()> {
    let now = tx.now();
    let query = tx.query(ADD_PERSON).bind(id).bind(new.name.clone()).bind(new.email.trim().to_owned());
    let query = query.bind(address_key(&new.email)).bind(new.next_level).bind(new.department.clone());
    query.bind(now).execute().await?;
    for (role, team) in &new.roles {
        give_role(tx, id, *role, *team).await?;
    }
    Ok(())
}

const GIVE_ROLE: &str = "INSERT INTO role (person_id, role, team_id) VALUES ($1, $2, $3)";

/// Let a person play a role.
pub async fn give_role(tx: &mut Tx, person: PersonId, role: Role, team: Option<TeamId>) -> sqlx::Result<()> {
    tx.query(GIVE_ROLE).bind(person).bind(role).bind(team).execute().await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    id: PersonId,
    name: String,
    next_level_id: Option<PersonId>,
    role: Option<Role>,
    team_id: Option<TeamId>,
}

const PERSON: &str = "
    SELECT person.id, person.name, person.next_level_id, role.role, role.team_id
    FROM person LEFT JOIN role ON role.person_id = person.id
    WHERE person.id = $1
    ORDER BY role.role";

/// One person with their roles.
pub async fn person(tx: &mut Tx, id: PersonId) -> sqlx::Result<Option<Person>> {
    let rows: Vec<PersonRow> = tx.query_as(PERSON).bind(id).all().await?;
    Ok(gather(rows).pop())
}

/// One person who may have an account: no placeholder of a protected author.
pub async fn real_person(tx: &mut Tx, id: PersonId) -> sqlx::Result<Option<Person>> {
    let is_placeholder = id == super::COLLEAGUE || id == super::SOMEBODY;
    if is_placeholder { Ok(None) } else { person(tx, id).await }
}

const PEOPLE: &str = "
    SELECT person.id, person.name, person.next_level_id, role.role, role.team_id
    FROM person LEFT JOIN role ON role.person_id = person.id
    WHERE NOT person.mask
    ORDER BY person.name, person.id, role.role";

/// Everybody with their roles, by name.
pub fn all_people() -> Ask<Vec<Person>> {
    query_as(PEOPLE).all().map(gather).by_name(|person: &Person| &person.name)
}

const WHO_ANSWERS: &str = "
    SELECT person.id, person.name, person.next_level_id, role.role, role.team_id
    FROM person LEFT JOIN role ON role.person_id = person.id
    WHERE NOT person.mask
      AND (person.id = $1
           OR NOT EXISTS (SELECT 1 FROM role AS rep WHERE rep.person_id = person.id AND rep.role = 'rep')
           OR EXISTS (SELECT 1 FROM role AS other WHERE other.person_id = person.id AND other.role <> 'rep')
           OR person.id IN (SELECT next_level_id FROM person)
           OR person.id IN (SELECT person_id FROM absence UNION ALL SELECT deputy_id FROM absence))
    ORDER BY person.name, person.id, role.role";

/// This person, and everybody who leads, is asked by others, or stands in or is away; by name.
pub fn who_answers(person: PersonId) -> Ask<Vec<Person>> {
    query_as(WHO_ANSWERS).bind(person).all().map(gather).by_name(|person: &Person| &person.name)
}

/// One person for the rows that follow each other with the same identifier.
fn gather(rows: Vec<PersonRow>) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for row in rows {
        let role = row.role.map(|role| (role, row.team_id));
        match people.last_mut() {
            Some(last) if last.id == row.id => last.roles.extend(role),
            _ => people.push(Person {
                id: row.id,
                name: row.name,
                next_level: row.next_level_id,
                roles: role.into_iter().collect(),
            }),
        }
    }
    people
}

/// What signing in needs to know of a person.
#[derive(Debug, sqlx::FromRow)]
pub struct Account {
    pub id: PersonId,
    /// The hash of their password; none before they accepted their invitation.
    pub password: Option<String>,
}

// Of two whose addresses turned out to be the same the younger one is found as it was typed.
const ACCOUNT: &str = "
    SELECT id, password FROM person WHERE email_key IN ($1, $2) ORDER BY CASE WHEN email_key = $2 THEN 0 ELSE 1 END";

/// The account with this e-mail address.
pub fn account(email: &str) -> Ask<Option<Account>> {
    query_as(ACCOUNT).bind(address_key(email)).bind(older_address_key(email)).optional()
}

const HASH: &str = "SELECT id, password FROM person WHERE id = $1";

/// The account of somebody who is signed in.
pub async fn account_of(tx: &mut Tx, person: PersonId) -> sqlx::Result<Option<Account>> {
    tx.query_as(HASH).bind(person).optional().await
}

const TEAM_PEOPLE_IN_SIGHT: &str = "
    SELECT DISTINCT person.id, person.name, role.team_id
    FROM role
    JOIN person ON person.id = role.person_id
    JOIN sight ON sight.team_id = role.team_id
    WHERE sight.person_id = $1
    ORDER BY person.name, person.id";

/// The people of all teams that the viewer may see, leaders among them, by name.
pub async fn team_people_in_sight(tx: &mut Tx, viewer: PersonId) -> sqlx::Result<Vec<(PersonId, String, TeamId)>> {
    let people = query_as::<(PersonId, String, TeamId)>(TEAM_PEOPLE_IN_SIGHT).bind(viewer).all();
    tx.ask(people.by_name(|(_, name, _)| name)).await
}

const SET_PASSWORD: &str = "UPDATE person SET password = $2 WHERE id = $1";

/// Keep the hash of a new password.
pub async fn set_password(tx: &mut Tx, person: PersonId, hash: &str) -> sqlx::Result<()> {
    tx.query(SET_PASSWORD).bind(person).bind(hash.to_owned()).execute().await?;
    Ok(())
}
