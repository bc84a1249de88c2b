//! The rows of letterboxes, and of the whole company as one unit.

use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::{PersonId, TeamId};
use chrono::NaiveDate;

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
    tx.query(POST_WENT).bind(team).bind(on).execute().await?;
    Ok(())
}

const WITH_A_BOX: &str = "SELECT team_id FROM letterbox ORDER BY team_id";

/// The units that have a letterbox.
pub async fn with_a_box(tx: &mut Tx) -> sqlx::Result<Vec<TeamId>> {
    let rows: Vec<(TeamId,)> = tx.query_as(WITH_A_BOX).all().await?;
    Ok(rows.into_iter().map(|(team,)| team).collect())
}

const BOX: &str = "SELECT team_id FROM letterbox WHERE secret = $1";

/// The unit whose letterbox has this secret.
pub async fn team_of(tx: &mut Tx, secret: &str) -> sqlx::Result<Option<TeamId>> {
    let row: Option<(TeamId,)> = tx.query_as(BOX).bind(secret.to_owned()).optional().await?;
    Ok(row.map(|(team,)| team))
}

const SECRET: &str = "SELECT secret FROM letterbox WHERE team_id = $1";

/// The path of the unit's letterbox.
pub async fn address_of(tx: &mut Tx, team: TeamId) -> sqlx::Result<Option<String>> {
    let row: Option<(String,)> = tx.query_as(SECRET).bind(team).optional().await?;
    Ok(row.map(|(secret,)| format!("/letterbox/{secret}")))
}

const PUT_UP: &str = "
    INSERT INTO letterbox (team_id, secret) VALUES ($1, $2)
    ON CONFLICT (team_id) DO UPDATE SET secret = excluded.secret";

/// Put up the unit's letterbox, or give it a new address.
pub async fn put_up(tx: &mut Tx, team: TeamId, secret: &str) -> sqlx::Result<()> {
    tx.query(PUT_UP).bind(team).bind(secret.to_owned()).execute().await?;
    Ok(())
}

const REPS: &str = "SELECT COUNT(*) FROM role WHERE role = 'rep' AND team_id = $1";
const EVERYBODY: &str = "
    SELECT COUNT(DISTINCT person_id) FROM role WHERE role IN ('rep', 'team_leader') AND person_id <> $1";

/// How many could have thrown a letter of the team: its reps. Its leader, who catches it, is not counted.
pub async fn reps(tx: &mut Tx, team: TeamId) -> sqlx::Result<i64> {
    let (count,): (i64,) = tx.query_as(REPS).bind(team).one().await?;
    Ok(count)
}

/// How many could have thrown a letter of the whole company: everybody in a team, but for the one who catches it.
pub async fn everybody(tx: &mut Tx, head: PersonId) -> sqlx::Result<i64> {
    let (count,): (i64,) = tx.query_as(EVERYBODY).bind(head).one().await?;
    Ok(count)
}

const HEAD: &str = "
    SELECT person.next_level_id FROM role JOIN person ON person.id = role.person_id
    WHERE role.role = 'team_leader' AND person.next_level_id IS NOT NULL
    GROUP BY person.next_level_id ORDER BY COUNT(*) DESC, person.next_level_id LIMIT 1";

/// The next level of most team leaders: who catches the letters of the whole company.
pub async fn head(tx: &mut Tx) -> sqlx::Result<Option<PersonId>> {
    let row: Option<(PersonId,)> = tx.query_as(HEAD).optional().await?;
    Ok(row.map(|(head,)| head))
}

const WIDE: &str = "SELECT id, wide_head_id FROM team WHERE wide_head_id IS NOT NULL ORDER BY id LIMIT 1";

/// The whole company as a unit, with the one who catches its letters.
pub async fn company_wide(tx: &mut Tx) -> sqlx::Result<Option<(TeamId, PersonId)>> {
    tx.query_as(WIDE).optional().await
}

const IS_WIDE: &str = "SELECT COUNT(*) FROM team WHERE id = $1 AND wide_head_id IS NOT NULL";

/// Whether this is the whole company as a unit.
pub async fn is_company_wide(tx: &mut Tx, team: TeamId) -> sqlx::Result<bool> {
    let (count,): (i64,) = tx.query_as(IS_WIDE).bind(team).one().await?;
    Ok(count > 0)
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
pub async fn readers_of_company_wide(tx: &mut Tx, team: TeamId) -> sqlx::Result<Vec<String>> {
    let rows: Vec<(String, PersonId)> = tx.query_as(READERS).bind(team).all().await?;
    Ok(rows.into_iter().map(|(name, _)| name).collect())
}
