//! The rows of letterboxes, and of the whole company as one unit.

use crate::calendar::Calendar;
use crate::db::{Ask, Tx, query, query_as};
use crate::ids::{PersonId, TeamId};
use crate::letters::letterbox::Letterbox;
use chrono::NaiveDate;

// The leader of a team catches its letters and is not counted among those who could have thrown one. Of the whole company
// everybody in a team is counted, but for the one who catches its letters.
const ALL: &str = "
    SELECT team.id, team.name, team.zone, team.days, team.hours, team.holidays, team.wide_head_id AS head_id,
           (SELECT letterbox.secret FROM letterbox WHERE letterbox.team_id = team.id) AS secret,
           (SELECT letter_post.last_on FROM letter_post WHERE letter_post.team_id = team.id) AS last_on,
           (SELECT MIN(person.name) FROM person
            WHERE person.id = team.wide_head_id
               OR person.id IN (SELECT role.person_id FROM role
                                WHERE role.role = 'team_leader' AND role.team_id = team.id)) AS catcher,
           CASE WHEN team.wide_head_id IS NULL
                THEN (SELECT COUNT(*) FROM role WHERE role.role = 'rep' AND role.team_id = team.id)
                ELSE (SELECT COUNT(DISTINCT role.person_id) FROM role
                      WHERE role.role IN ('rep', 'team_leader') AND role.person_id <> team.wide_head_id)
           END AS people
    FROM team ORDER BY team.name_key, team.id";

/// The letterboxes of all teams and of the whole company, put up or not.
pub fn all() -> Ask<Vec<Letterbox>> {
    query_as(ALL).all().by_name(|letterbox: &Letterbox| &letterbox.name)
}

const LAST_POST: &str = "SELECT last_on FROM letter_post WHERE team_id = $1";

/// The day on which the post last went.
pub async fn last_post(tx: &mut Tx, team: TeamId) -> sqlx::Result<Option<NaiveDate>> {
    let row: Option<(NaiveDate,)> = tx.query_as(LAST_POST).bind(team).optional().await?;
    Ok(row.map(|(on,)| on))
}

const POST_WENT: &str = "
    INSERT INTO letter_post (team_id, last_on) VALUES ($1, $2)
    ON CONFLICT (team_id) DO UPDATE SET last_on = excluded.last_on";

/// The post went on this day, whether or not anything lay there.
pub async fn post_went(tx: &mut Tx, team: TeamId, on: NaiveDate) -> sqlx::Result<()> {
    tx.later(query(POST_WENT).bind(team).bind(on)).await
}

const PUT_UP: &str = "
    INSERT INTO letterbox (team_id, secret) VALUES ($1, $2)
    ON CONFLICT (team_id) DO UPDATE SET secret = excluded.secret";

/// Put up the unit's letterbox, or give it a new address.
pub async fn put_up(tx: &mut Tx, team: TeamId, secret: &str) -> sqlx::Result<()> {
    tx.later(query(PUT_UP).bind(team).bind(secret.to_owned())).await
}

// The next level of most leaders; while nobody stands above them a director, the coach, or who looks after the program.
const HEAD: &str = "
    SELECT person.id FROM person
    LEFT JOIN (SELECT led.next_level_id AS head_id, COUNT(*) AS leaders FROM role JOIN person AS led ON led.id = role.person_id
               WHERE role.role = 'team_leader' AND led.next_level_id IS NOT NULL GROUP BY led.next_level_id) AS above
           ON above.head_id = person.id
    LEFT JOIN role ON role.person_id = person.id AND role.role IN ('director', 'coach', 'admin')
    WHERE NOT person.mask AND (above.head_id IS NOT NULL OR role.role IS NOT NULL)
    ORDER BY COALESCE(above.leaders, 0) DESC,
             CASE role.role WHEN 'director' THEN 0 WHEN 'coach' THEN 1 ELSE 2 END, person.id LIMIT 1";

/// Who catches the letters of the whole company.
pub fn head() -> Ask<Option<PersonId>> {
    query_as::<(PersonId,)>(HEAD).optional().map(|row| row.map(|(head,)| head))
}

const WIDE: &str = "SELECT id, wide_head_id FROM team WHERE wide_head_id IS NOT NULL ORDER BY id LIMIT 1";

/// The whole company as a unit, with the one who catches its letters.
pub fn company_wide() -> Ask<Option<(TeamId, PersonId)>> {
    query_as(WIDE).optional()
}

const SET_HEAD: &str = "UPDATE team SET wide_head_id = $2 WHERE id = $1";

/// Somebody else catches the letters of the whole company from now on.
pub async fn set_head(tx: &mut Tx, id: TeamId, head: PersonId) -> sqlx::Result<()> {
    tx.later(query(SET_HEAD).bind(id).bind(head)).await
}

const MAKE_WIDE: &str = "
    INSERT INTO team (id, name, name_key, zone, days, hours, holidays, version, created_at, wide_head_id)
    VALUES ($1, $2, 'wide:company', $3, $4, $5, '', 1, $6, $7)";

/// Make the whole company a unit of its own.
pub async fn add_company_wide(tx: &mut Tx, name: &str, zone: &str, head: PersonId) -> sqlx::Result<TeamId> {
    let zone = zone.parse().unwrap_or(chrono_tz::UTC);
    let (id, now, written) = (tx.new_id::<TeamId>(), tx.now(), Calendar::usual(zone).write());
    let query = tx.query(MAKE_WIDE).bind(id).bind(name.to_owned()).bind(written.zone).bind(written.days);
    query.bind(written.hours).bind(now).bind(head).execute().await?;
    Ok(id)
}

const READERS: &str = "
    SELECT DISTINCT person.name, person.id FROM sight JOIN person ON person.id = sight.person_id
    WHERE sight.team_id = $1 ORDER BY person.name, person.id";

/// Who reads the letters of the whole company.
pub fn readers_of_company_wide(team: TeamId) -> Ask<Vec<String>> {
    let rows = query_as::<(String, PersonId)>(READERS).bind(team).all().by_name(|(name, _)| name);
    rows.map(|rows| rows.into_iter().map(|(name, _)| name).collect())
}
