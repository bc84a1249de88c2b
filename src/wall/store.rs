//! The rows of screens: keys and codes are stored as hashes only.

use super::{CODE_LASTS, MOST_WAITING, Screen, pairing_code};
use crate::calendar::Written;
use crate::db::{Ask, Tx, query_as};
use crate::ids::{PersonId, ScreenId, TeamId};
use crate::people::{Person, Role, Team};
use crate::world::hash_of;

const CLEAR: &str = "DELETE FROM screen WHERE team_id IS NULL AND code_expires_at <= $1";
const MAKE_ROOM: &str = "
    DELETE FROM screen WHERE id IN (
        SELECT id FROM screen WHERE team_id IS NULL ORDER BY code_expires_at DESC, id DESC LIMIT 10 OFFSET $1)";

/// Make room for one more television that waits for its code: those whose code ran out go, and where very many wait the
/// ones that have waited longest.
pub async fn make_room(tx: &mut Tx) -> sqlx::Result<()> {
    let now = tx.now();
    tx.query(CLEAR).bind(now).execute().await?;
    tx.query(MAKE_ROOM).bind(MOST_WAITING - 1).execute().await?;
    Ok(())
}

const ADD: &str =
    "INSERT INTO screen (id, key_hash, code_hash, code_expires_at, created_at) VALUES ($1, $2, $3, $4, $5)";

/// Add a television that waits for its code: the key for its cookie, kept nowhere else.
pub async fn add(tx: &mut Tx) -> sqlx::Result<String> {
    let (id, key, now) = (tx.new_id::<ScreenId>(), tx.new_secret(), tx.now());
    let query = tx.query(ADD).bind(id).bind(hash_of(&key)).bind(hash_of(&pairing_code::of_key(&key)));
    query.bind(now + CODE_LASTS).bind(now).execute().await?;
    Ok(key)
}

/// A television that looks at what it shows.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Look {
    #[sqlx(flatten)]
    pub screen: Screen,
    /// The name of its team; none while it waits for its code.
    pub team: Option<String>,
    /// The working time of its team.
    #[sqlx(flatten)]
    pub written: Written,
}

const LOOK: &str = "
    SELECT screen.id, screen.team_id, screen.paired_by, screen.code_expires_at, team.name AS team,
           COALESCE(team.zone, '') AS zone, COALESCE(team.days, '') AS days, COALESCE(team.hours, '') AS hours,
           COALESCE(team.holidays, '') AS holidays
    FROM screen LEFT JOIN team ON team.id = screen.team_id
    WHERE screen.key_hash = $1 AND screen.forgotten_at IS NULL";

/// The television with this key, unless it was forgotten.
pub fn look(key_hash: Vec<u8>) -> Ask<Option<Look>> {
    query_as(LOOK).bind(key_hash).optional()
}

const OF_CODE: &str = "
    SELECT id, team_id, paired_by, code_expires_at FROM screen
    WHERE code_hash = $1 AND forgotten_at IS NULL";

/// The television that shows or showed this code.
pub async fn of_code(tx: &mut Tx, code: &str) -> sqlx::Result<Option<Screen>> {
    tx.query_as(OF_CODE).bind(hash_of(code)).optional().await
}

const PAIR: &str =
    "UPDATE screen SET team_id = $2, name = $3, paired_by = $4, paired_at = $5 WHERE id = $1 AND team_id IS NULL";

/// Let the television show the team's board.
pub async fn pair(tx: &mut Tx, screen: ScreenId, team: TeamId, name: &str, by: PersonId) -> sqlx::Result<()> {
    let now = tx.now();
    let query = tx.query(PAIR).bind(screen).bind(team).bind(name.to_owned()).bind(by).bind(now);
    query.execute().await?;
    Ok(())
}

/// A paired screen in the list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    pub id: ScreenId,
    pub name: String,
    pub team: String,
    pub keeper: String,
}

// Whose screens somebody keeps: those of the teams in sight; the admin keeps all, because somebody must.
macro_rules! kept {
    ($what:literal, $order:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM screen
             JOIN team ON team.id = screen.team_id
             JOIN person ON person.id = screen.paired_by
             WHERE (EXISTS (SELECT 1 FROM sight WHERE sight.person_id = $1 AND sight.team_id = screen.team_id)
                OR EXISTS (SELECT 1 FROM role WHERE role.person_id = $1 AND role.role = 'admin'))",
            $order
        )
    };
}

const LIST: &str = kept!(
    "screen.id, screen.name, team.name AS team, person.name AS keeper",
    " AND screen.forgotten_at IS NULL ORDER BY team.name_key, screen.name, screen.id LIMIT $2 OFFSET $3"
);

/// A page of the paired screens that this person keeps; one more than it shows tells that there is another.
pub async fn list(tx: &mut Tx, keeper: PersonId, page: i64, most: i64) -> sqlx::Result<Vec<Listed>> {
    tx.query_as(LIST).bind(keeper).bind(most + 1).bind(page.saturating_mul(most)).all().await
}

const NAME: &str = kept!("screen.name", " AND screen.id = $2");
const FORGET: &str = "UPDATE screen SET forgotten_by = $2, forgotten_at = $3 WHERE id = $1 AND forgotten_at IS NULL";

/// Take the key from a screen: its name; none if this person keeps no such screen. A second time changes nothing.
pub async fn forget(tx: &mut Tx, screen: ScreenId, keeper: PersonId) -> sqlx::Result<Option<String>> {
    let found: Option<(String,)> = tx.query_as(NAME).bind(keeper).bind(screen).optional().await?;
    let Some((name,)) = found else { return Ok(None) };
    let now = tx.now();
    tx.query(FORGET).bind(screen).bind(keeper).bind(now).execute().await?;
    Ok(Some(name))
}

/// The teams whose board this person may put on a screen, by name.
pub async fn teams(tx: &mut Tx, keeper: &Person) -> sqlx::Result<Vec<Team>> {
    if keeper.is(Role::Admin) {
        return tx.ask(crate::people::store::all_teams()).await;
    }
    tx.ask(crate::people::store::teams_in_sight(keeper.id)).await
}
