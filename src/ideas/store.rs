//! The rows of ideas. A person finds an idea whose team they may see, one of their own, and one whose ball they ever
//! held: who changes the team keeps what they threw.

use super::{Idea, Named, NewIdea, State};
use crate::balls::Owes;
use crate::db::{Sql, Tx};
use crate::ids::{IdeaId, PersonId, TeamId, ThrowId};
use crate::people::{COLLEAGUE, Person};
use chrono::{DateTime, Utc};
use uuid::Uuid;

macro_rules! ideas {
    ($($rest:expr),*) => {
        concat!(
            "SELECT idea.id, idea.team_id, idea.author_id, author.name AS author, idea.way, idea.carried,
                    idea.problem_id, idea.merged_into_id, idea.hurts, idea.state, idea.hurt, idea.why,
                    idea.better, idea.needed_change, idea.small_try, idea.benefit, idea.authority, idea.measure_id,
                    idea.catcher_id, idea.doer_id, idea.carrier_id, idea.thrown_at, idea.version,
                    ball.holder_id, holder.name AS holder, ball.owes, ball.since, ball.due_at
             FROM idea
             JOIN person AS author ON author.id = idea.author_id
             LEFT JOIN ball ON ball.subject = 'idea' AND ball.subject_id = idea.id
             LEFT JOIN person AS holder ON holder.id = ball.holder_id ",
            $($rest),*
        )
    };
}

macro_rules! seen {
    () => {
        "WHERE idea.id = $1 AND (
             idea.author_id = $2
             OR EXISTS (SELECT 1 FROM kept_name WHERE kept_name.idea_id = idea.id AND kept_name.person_id = $2)
             OR EXISTS (SELECT 1 FROM sight WHERE sight.person_id = $2 AND sight.team_id = idea.team_id)
             OR EXISTS (SELECT 1 FROM throw
                        WHERE throw.subject = 'idea' AND throw.subject_id = idea.id AND throw.holder_id = $2)
         )"
    };
}

const SEEN: &str = ideas!(seen!());

/// An idea this person may see; missing and foreign are the same nothing.
pub async fn seen(tx: &mut Tx, id: IdeaId, person: PersonId) -> sqlx::Result<Option<Idea>> {
    tx.query_as(SEEN).bind(id).bind(person).optional().await
}

const SEEN_TO_CHANGE: Sql = Sql::either(ideas!(seen!()), ideas!(seen!(), " FOR UPDATE OF idea"));

/// The same, held until the transaction ends, so that two who act at once act one after the other.
pub async fn seen_to_change(tx: &mut Tx, id: IdeaId, person: PersonId) -> sqlx::Result<Option<Idea>> {
    tx.query_as(SEEN_TO_CHANGE).bind(id).bind(person).optional().await
}

const IDEA: Sql = Sql::either(ideas!("WHERE idea.id = $1"), ideas!("WHERE idea.id = $1 FOR UPDATE OF idea"));

/// An idea for what it follows or what follows it, held until the transaction ends.
pub async fn idea(tx: &mut Tx, id: IdeaId) -> sqlx::Result<Idea> {
    tx.query_as(IDEA).bind(id).one().await
}

const FIND: &str = ideas!("WHERE idea.id = $1");

/// An idea to be shown with what came of it, to whom that is shown.
pub async fn find(tx: &mut Tx, id: IdeaId) -> sqlx::Result<Option<Idea>> {
    tx.query_as(FIND).bind(id).optional().await
}

const HELD: &str = ideas!(
    "WHERE ball.holder_id = $1
        OR ball.holder_id = $2 AND idea.id IN (SELECT idea_id FROM kept_name WHERE person_id = $1)
     ORDER BY ball.due_at NULLS LAST, idea.id"
);

/// The ideas whose ball this person has, the oldest clock first; also those that are with them as a kept author.
pub async fn held(tx: &mut Tx, person: PersonId) -> sqlx::Result<Vec<Idea>> {
    tx.query_as(HELD).bind(person).bind(COLLEAGUE).all().await
}

const ADD: &str = "
    INSERT INTO idea (id, team_id, author_id, way, carried, state, headline, measure_id, hurts, thrown_at, version,
                      authority, hurt, why, better, needed_change, small_try, benefit, problem_id)
    VALUES ($1, $2, $3, $4, $5, 'new', $6, $7, 0, $8, 1, $9, $10, $11, $12, $13, $14, $15, $16)";

/// Write a new idea. A protected author is not in its row.
pub async fn add(tx: &mut Tx, team: TeamId, author: PersonId, new: &NewIdea) -> sqlx::Result<IdeaId> {
    let (id, now) = (new.id.unwrap_or_else(|| tx.new_id()), tx.now());
    let query = tx.query(ADD).bind(id).bind(team).bind(new.way.face(author)).bind(new.way).bind(new.carried);
    let query = query.bind(super::headline(&new.hurt).0);
    let query = query.bind(new.measure).bind(now).bind(new.authority.clone()).bind(new.hurt.clone());
    let query = query.bind(new.why.clone()).bind(new.better.clone()).bind(new.needed_change.clone());
    let query = query.bind(new.small_try.clone()).bind(new.benefit.clone()).bind(new.problem);
    query.execute().await?;
    if new.way == super::Way::Kept {
        super::protection::keep(tx, id, author).await?;
    }
    Ok(id)
}

/// What a verb changes in the row of an idea.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// Where it is now.
    pub state: State,
    /// Who answers it.
    pub catcher: Option<PersonId>,
    /// Who does it.
    pub doer: Option<PersonId>,
    /// Who took it further.
    pub carrier: Option<PersonId>,
}

const CHANGE: &str = "
    UPDATE idea SET state = $3, catcher_id = $4, doer_id = $5, carrier_id = $6, version = version + 1
    WHERE id = $1 AND version = $2";

/// Change an idea as it was read; an error when somebody changed it in between.
pub async fn change(tx: &mut Tx, idea: &Idea, change: Change) -> sqlx::Result<()> {
    let query = tx.query(CHANGE).bind(idea.id).bind(idea.version).bind(change.state).bind(change.catcher);
    match query.bind(change.doer).bind(change.carrier).execute().await? {
        0 => Err(sqlx::Error::RowNotFound),
        _ => Ok(()),
    }
}

const CHAIN: &str = "
    WITH RECURSIVE above (person_id, level) AS (
        SELECT person_id, 0 FROM role WHERE role = 'team_leader' AND team_id = $1
        UNION
        SELECT wide_head_id, 0 FROM team WHERE id = $1 AND wide_head_id IS NOT NULL
        UNION
        SELECT person.next_level_id, above.level + 1
        FROM above JOIN person ON person.id = above.person_id
        WHERE person.next_level_id IS NOT NULL AND above.level < 8
    )
    SELECT person.id, person.name FROM above JOIN person ON person.id = above.person_id ORDER BY above.level";

/// The leader of a team and everybody above, from the team outwards.
pub async fn chain(tx: &mut Tx, team: TeamId) -> sqlx::Result<Vec<Named>> {
    tx.query_as(CHAIN).bind(team).all().await
}

const COACHES: &str = "
    SELECT person.id, person.name FROM role JOIN person ON person.id = role.person_id
    WHERE role.role = 'coach' ORDER BY person.name, person.id";

/// The coaches, who see the ideas of all teams.
pub async fn coaches(tx: &mut Tx) -> sqlx::Result<Vec<Named>> {
    tx.query_as(COACHES).all().await
}

const TARGETS: &str = "
    SELECT person.id, person.name FROM person
    WHERE person.id <> $1
      AND (person.id = $2 OR EXISTS (SELECT 1 FROM role WHERE role.person_id = person.id AND role.role = 'helper'))
    ORDER BY CASE WHEN person.id = $2 THEN 0 ELSE 1 END, person.name, person.id";

/// To whom this person can take an idea further: their next level first, then the helpers.
pub async fn targets(tx: &mut Tx, person: &Person) -> sqlx::Result<Vec<Named>> {
    // Without a next level the person's own identifier stands in for it; the first condition leaves it out.
    let next = person.next_level.unwrap_or(person.id);
    tx.query_as(TARGETS).bind(person.id).bind(next).all().await
}

const HELD_BY_OTHERS: &str = "
    SELECT DISTINCT person.id, person.name
    FROM throw JOIN person ON person.id = throw.holder_id
    WHERE throw.subject = 'idea' AND throw.subject_id = $1 AND NOT person.mask
      AND NOT EXISTS (SELECT 1 FROM sight WHERE sight.team_id = $2 AND sight.person_id = person.id)
    ORDER BY person.name, person.id";

/// Who ever had its ball and sees it for that reason alone.
pub async fn held_by_others(tx: &mut Tx, id: IdeaId, team: TeamId) -> sqlx::Result<Vec<Named>> {
    tx.query_as(HELD_BY_OTHERS).bind(id).bind(team).all().await
}

const OF_THROW: &str = "SELECT subject_id FROM throw WHERE id = $1 AND subject = 'idea'";

/// The idea that the form with this key was about, once it has counted.
pub async fn of_throw(tx: &mut Tx, key: ThrowId) -> sqlx::Result<Option<IdeaId>> {
    let row: Option<(Uuid,)> = tx.query_as(OF_THROW).bind(key).optional().await?;
    Ok(row.map(|(id,)| IdeaId(id)))
}

/// An idea as a list shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    /// Its identifier.
    pub id: IdeaId,
    /// Whose idea it is.
    pub team_id: TeamId,
    /// Who threw it.
    pub author_id: PersonId,
    /// Where it is.
    pub state: State,
    /// The beginning of what hurts.
    pub hurt: String,
    /// Who has the ball; nobody when it is closed.
    pub holder_id: Option<PersonId>,
    /// Their name.
    pub holder: Option<String>,
    /// What they owe.
    pub owes: Option<Owes>,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// Until when.
    pub due_at: Option<DateTime<Utc>>,
}

/// How many ideas a list asks for at once.
pub const LISTED: usize = 61;

macro_rules! listed {
    ($which:literal) => {
        concat!(
            "SELECT idea.id, idea.team_id, idea.author_id, idea.state, substr(idea.hurt, 1, 400) AS hurt,
                    ball.holder_id, holder.name AS holder, ball.owes, ball.since, ball.due_at
             FROM idea
             LEFT JOIN ball ON ball.subject = 'idea' AND ball.subject_id = idea.id
             LEFT JOIN person AS holder ON holder.id = ball.holder_id
             WHERE (idea.author_id = $1
                    OR idea.id IN (SELECT kept_name.idea_id FROM kept_name WHERE kept_name.person_id = $1)
                    OR idea.team_id IN (SELECT sight.team_id FROM sight WHERE sight.person_id = $1)
                    OR idea.id IN (SELECT throw.subject_id FROM throw WHERE throw.subject = 'idea' AND throw.holder_id = $1))
               AND idea.id < $2 AND ",
            $which,
            " ORDER BY idea.id DESC LIMIT $3"
        )
    };
}

const OPEN: &str = listed!("ball.holder_id IS NOT NULL");
const FINISHED: &str = listed!("ball.holder_id IS NULL");

/// The newest ideas a person may see, open or finished, thrown before this one.
pub async fn listed(tx: &mut Tx, person: PersonId, finished: bool, before: IdeaId) -> sqlx::Result<Vec<Listed>> {
    let sql = if finished { FINISHED } else { OPEN };
    let most = i64::try_from(LISTED).unwrap_or(i64::MAX);
    let mut listed: Vec<Listed> = tx.query_as(sql).bind(person).bind(before).bind(most).all().await?;
    // To themselves a kept author is the author.
    let kept = super::protection::kept_ideas(tx, person).await?;
    for idea in listed.iter_mut().filter(|idea| kept.contains(&idea.id.0)) {
        idea.author_id = person;
        idea.holder_id = idea.holder_id.map(|holder| if holder == COLLEAGUE { person } else { holder });
    }
    Ok(listed)
}
