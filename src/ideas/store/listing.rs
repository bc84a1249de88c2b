//! The rows of the list of ideas: the newest a person may see, a page of them.
//!
//! For each team and state only as many as fit on a page are read from the index, however many there are, and nothing is
//! counted for a row: the list takes as long with a hundred thousand ideas as with a thousand.

use super::co_written;
use crate::balls::Owes;
use crate::db::given::{self, given_ids, given_words};
use crate::db::{Sql, Tx};
use crate::ideas::State;
use crate::ideas::filter::Place;
use crate::ids::{IdeaId, PersonId, TeamId};
use crate::people::COLLEAGUE;
use crate::people::sight::Sight;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// An idea as a list shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    pub id: IdeaId,
    pub team_id: TeamId,
    pub author_id: PersonId,
    pub state: State,
    pub hurt: String,
    pub thrown_at: DateTime<Utc>,
    /// Who has the ball; nobody when it is closed.
    pub holder_id: Option<PersonId>,
    pub holder: Option<String>,
    /// The name of the one who is away and for whom they hold it.
    pub stands_for: Option<String>,
    pub owes: Option<Owes>,
    pub since: Option<DateTime<Utc>>,
    pub due_at: Option<DateTime<Utc>>,
}

/// How many ideas a list asks for at once.
pub const LISTED: i64 = 51;

/// Which ideas a list is to hold.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub person: PersonId,
    /// The teams whose ideas they see, and the others, of which they see their own and what they ever held.
    pub sight: Sight,
    pub states: Vec<State>,
    /// Whether only the reader's own are wanted.
    pub mine: bool,
    pub place: Option<Place>,
    /// Thrown before this moment, and before this idea of that moment.
    pub before: (DateTime<Utc>, Uuid),
}

macro_rules! before {
    ($idea:literal) => {
        concat!($idea, ".thrown_at <= $5 AND (", $idea, ".thrown_at < $5 OR ", $idea, ".id < $6)")
    };
}

// A person finds an idea whose team they may see, one of their own, and one whose ball they ever held.
macro_rules! listed {
    ($engine:ident, $newest:expr) => {
        concat!(
            "WITH near AS ", given_ids!($engine, "$2"), ",
             far AS ", given_ids!($engine, "$3"), ",
             wanted AS ", given_words!($engine, "$4"), ",
             outside AS (
                 SELECT idea.id FROM far CROSS JOIN idea WHERE idea.author_id = $1 AND idea.team_id = far.id
                 UNION
                 SELECT kept_name.idea_id FROM kept_name JOIN idea ON idea.id = kept_name.idea_id
                 WHERE kept_name.person_id = $1 AND idea.team_id IN (SELECT id FROM far)
                 UNION
                 SELECT other.id FROM (", co_written!("$1"), ") AS own CROSS JOIN idea AS other
                 WHERE other.id = own.id AND other.team_id IN (SELECT id FROM far)
                 UNION
                 SELECT throw.subject_id FROM far CROSS JOIN throw
                 WHERE throw.holder_id = $1 AND throw.team_id = far.id AND throw.subject = 'idea'
             ),
             page AS (", $newest, " ORDER BY thrown_at DESC, id DESC LIMIT $7)
             SELECT idea.id, idea.team_id, idea.author_id, idea.state, substr(idea.hurt, 1, 400) AS hurt, idea.thrown_at,
                    ball.holder_id, holder.name AS holder, away.name AS stands_for, ball.owes, ball.since, ball.due_at
             FROM page
             JOIN idea ON idea.id = page.id
             LEFT JOIN ball ON ball.subject = 'idea' AND ball.subject_id = idea.id
             LEFT JOIN person AS holder ON holder.id = ball.holder_id
             LEFT JOIN person AS away ON away.id = ball.for_id
             ORDER BY page.thrown_at DESC, page.id DESC"
        )
    };
}

// The newest of each team and state until a page is full; PostgreSQL says so in words, SQLite by where the page ends.
macro_rules! newest {
    (sqlite, $where:expr, $beginning:literal) => {
        concat!(
            "SELECT idea.thrown_at AS thrown_at, idea.id AS id
             FROM near CROSS JOIN wanted CROSS JOIN idea
             WHERE idea.team_id = near.id AND idea.state = wanted.word AND ",
            before!("idea"),
            $where,
            "
               AND idea.thrown_at >= COALESCE((
                   SELECT idea.thrown_at FROM idea
                   WHERE idea.team_id = near.id AND idea.state = wanted.word AND ",
            before!("idea"),
            $where,
            "
                   ORDER BY idea.thrown_at DESC LIMIT 1 OFFSET $7 - 1), ",
            $beginning,
            ")"
        )
    };
    (postgres, $where:expr, $beginning:literal) => {
        concat!(
            "SELECT newest.thrown_at AS thrown_at, newest.id AS id
             FROM near CROSS JOIN wanted CROSS JOIN LATERAL (
                 SELECT idea.thrown_at, idea.id FROM idea
                 WHERE idea.team_id = near.id AND idea.state = wanted.word AND ",
            before!("idea"),
            $where,
            "
                   AND idea.thrown_at >= ",
            $beginning,
            "
                 ORDER BY idea.thrown_at DESC, idea.id DESC LIMIT $7) AS newest"
        )
    };
}

macro_rules! anywhere {
    ($engine:ident) => {
        concat!(
            newest!($engine, "", "$8"),
            " UNION ALL
             SELECT idea.thrown_at AS thrown_at, idea.id AS id FROM outside JOIN idea ON idea.id = outside.id
             WHERE idea.state IN (SELECT word FROM wanted) AND ",
            before!("idea")
        )
    };
}

// The same places as on the wall.
macro_rules! is_there {
    () => {
        "(($8 = 'me' AND ball.holder_id = $1) OR $8 = CASE
              WHEN EXISTS (SELECT 1 FROM role WHERE role.person_id = ball.holder_id
                           AND role.role IN ('team_leader', 'director')) THEN 'leadership'
              WHEN ball.holder_id IN (SELECT person.id FROM person WHERE person.mask) THEN 'team'
              WHEN EXISTS (SELECT 1 FROM role WHERE role.person_id = ball.holder_id
                           AND role.role = 'rep' AND role.team_id = ball.team_id) THEN 'team'
              ELSE 'departments' END)"
    };
}

macro_rules! placed {
    () => {
        concat!(
            "SELECT idea.thrown_at AS thrown_at, idea.id AS id FROM ball JOIN idea ON idea.id = ball.subject_id
             WHERE ball.subject = 'idea'
               AND (ball.team_id IN (SELECT id FROM near) OR ball.subject_id IN (SELECT id FROM outside))
               AND idea.state IN (SELECT word FROM wanted) AND ",
            before!("idea"),
            " AND ",
            is_there!()
        )
    };
}

// The offset keeps PostgreSQL from looking at the balls of all ideas first.
macro_rules! with_its_ball {
    () => {
        concat!(
            "EXISTS (SELECT 1 FROM ball WHERE ball.subject = 'idea' AND ball.subject_id = idea.id AND ",
            is_there!(),
            " LIMIT 1 OFFSET 0)"
        )
    };
}

// Most open balls are in one of two places: there the newest are read until a page is full, as above.
macro_rules! usual {
    ($engine:ident) => {
        concat!(
            newest!($engine, concat!(" AND ", with_its_ball!()), "$9"),
            " UNION ALL
             SELECT idea.thrown_at AS thrown_at, idea.id AS id FROM outside JOIN idea ON idea.id = outside.id
             WHERE idea.state IN (SELECT word FROM wanted) AND ",
            before!("idea"),
            " AND ",
            with_its_ball!()
        )
    };
}

macro_rules! mine {
    () => {
        concat!(
            "SELECT idea.thrown_at AS thrown_at, idea.id AS id FROM idea
             WHERE (idea.author_id = $1
                    OR idea.id IN (SELECT kept_name.idea_id FROM kept_name WHERE kept_name.person_id = $1))
               AND idea.state IN (SELECT word FROM wanted) AND ",
            before!("idea"),
            "
               AND (idea.team_id IN (SELECT id FROM near) OR idea.team_id IN (SELECT id FROM far))
               AND ($8 = '' OR ",
            with_its_ball!(),
            ")"
        )
    };
}

const ANYWHERE: Sql = Sql::either(listed!(sqlite, anywhere!(sqlite)), listed!(postgres, anywhere!(postgres)));
const PLACED: Sql = Sql::either(listed!(sqlite, placed!()), listed!(postgres, placed!()));
const USUAL: Sql = Sql::either(listed!(sqlite, usual!(sqlite)), listed!(postgres, usual!(postgres)));
const MINE: Sql = Sql::either(listed!(sqlite, mine!()), listed!(postgres, mine!()));

/// The newest ideas a person may see, as they are wanted.
///
/// To themselves a kept author is the author of what the coach keeps for them, and has the ball where the placeholder has it.
pub async fn listed(tx: &mut Tx, wanted: &Wanted, kept: &[Uuid]) -> sqlx::Result<Vec<Listed>> {
    let (mut found, person) = (rows(tx, wanted).await?, wanted.person);
    for idea in found.iter_mut().filter(|idea| kept.contains(&idea.id.0)) {
        idea.author_id = person;
        idea.holder_id = idea.holder_id.map(|holder| if holder == COLLEAGUE { person } else { holder });
    }
    Ok(found)
}

async fn rows(tx: &mut Tx, wanted: &Wanted) -> sqlx::Result<Vec<Listed>> {
    let sql = match wanted.place {
        _ if wanted.mine => MINE,
        None => ANYWHERE,
        Some(Place::Team | Place::Leadership) => USUAL,
        Some(Place::Me | Place::Departments) => PLACED,
    };
    let states = given::words(wanted.states.iter().map(|state| state.name()));
    let (at, id) = wanted.before;
    let query = tx.query_as(sql).bind(wanted.person).bind(wanted.sight.near()).bind(wanted.sight.far()).bind(states);
    let query = query.bind(at).bind(id).bind(LISTED);
    let place = wanted.place.map_or("", Place::name).to_owned();
    match wanted.place {
        None if !wanted.mine => query.bind(DateTime::UNIX_EPOCH).all().await,
        Some(Place::Team | Place::Leadership) if !wanted.mine => {
            query.bind(place).bind(DateTime::UNIX_EPOCH).all().await
        }
        _ => query.bind(place).all().await,
    }
}
