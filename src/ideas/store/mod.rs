//! The rows of ideas. A person finds an idea whose team they may see, one of their own, one whose ball they ever held,
//! and one they were made co-author of: who changes the team keeps what they threw.

pub mod listing;
pub mod people;

use super::{Idea, IdeaText, NewIdea, State, Thrower};
use crate::db::{self, Ask, Sql, Tx, query_as};
use crate::ids::{IdeaId, PersonId, ThrowId};
use crate::people::COLLEAGUE;
use uuid::Uuid;

macro_rules! ideas {
    ($($rest:expr),*) => {
        concat!(
            "SELECT idea.id, idea.team_id, team.name AS team, team.zone, team.days, team.hours, team.holidays, idea.author_id,
                    author.name AS author, idea.way AS anonymity, idea.carried,
                    idea.problem_id, idea.merged_into_id, idea.hurts, idea.state, idea.hurt, idea.why,
                    idea.better, idea.needed_change, idea.small_try, idea.benefit, idea.authority, idea.measure_id,
                    idea.catcher_id, idea.doer_id, idea.carrier_id, idea.thrown_at, idea.version,
                    ball.holder_id, holder.name AS holder, ball.for_id, away.name AS stands_for, ball.owes, ball.since,
                    ball.due_at,
                    (SELECT MAX(throw.at) FROM throw
                     WHERE throw.subject = 'idea' AND throw.subject_id = idea.id AND throw.verb = 'take'
                       AND throw.by_id = COALESCE(ball.for_id, ball.holder_id)) AS taken_at
             FROM idea
             JOIN team ON team.id = idea.team_id
             JOIN person AS author ON author.id = idea.author_id
             LEFT JOIN ball ON ball.subject = 'idea' AND ball.subject_id = idea.id
             LEFT JOIN person AS holder ON holder.id = ball.holder_id
             LEFT JOIN person AS away ON away.id = ball.for_id ",
            $($rest),*
        )
    };
}

/// The ideas with which one of this person's own was put together, by somebody who could see them: nobody opens to others
/// what is closed to themselves.
macro_rules! co_written {
    ($person:literal) => {
        concat!(
            "SELECT idea.merged_into_id AS id FROM idea
             WHERE idea.author_id = ",
            $person,
            " AND idea.merged_into_id IS NOT NULL AND idea.opened
             UNION ALL
             SELECT idea.merged_into_id AS id FROM kept_name JOIN idea ON idea.id = kept_name.idea_id
             WHERE kept_name.person_id = ",
            $person,
            " AND idea.merged_into_id IS NOT NULL AND idea.opened"
        )
    };
}
pub(crate) use co_written;

/// Whether a person may see `idea`.
macro_rules! seen_by {
    ($person:literal) => {
        concat!(
            "(idea.author_id = ",
            $person,
            " OR EXISTS (SELECT 1 FROM kept_name WHERE kept_name.idea_id = idea.id AND kept_name.person_id = ",
            $person,
            ")
              OR EXISTS (SELECT 1 FROM sight WHERE sight.person_id = ",
            $person,
            " AND sight.team_id = idea.team_id)
              OR EXISTS (SELECT 1 FROM throw WHERE throw.subject = 'idea' AND throw.subject_id = idea.id
                                               AND throw.holder_id = ",
            $person,
            ") OR idea.id IN (",
            $crate::ideas::store::co_written!($person),
            "))"
        )
    };
}

pub(crate) use seen_by;

const SEEN: &str = ideas!("WHERE idea.id = $1 AND ", seen_by!("$2"));

/// An idea this person may see; missing and foreign are the same nothing.
pub fn seen(id: IdeaId, person: PersonId) -> Ask<Option<Idea>> {
    query_as(SEEN).bind(id).bind(person).optional()
}

const SEEN_TO_CHANGE: Sql = Sql::either(
    ideas!("WHERE idea.id = $1 AND ", seen_by!("$2")),
    ideas!("WHERE idea.id = $1 AND ", seen_by!("$2"), " FOR UPDATE OF idea"),
);

/// The same, held until the transaction ends, so that two who act at once act one after the other.
pub fn seen_to_change(id: IdeaId, person: PersonId) -> Ask<Option<Idea>> {
    query_as(SEEN_TO_CHANGE).bind(id).bind(person).optional()
}

const BELOW_THE_NEXT_LEVEL: &str = ideas!(
    "WHERE idea.id = $1 AND EXISTS (
         SELECT 1 FROM person JOIN sight ON sight.person_id = person.next_level_id
         WHERE person.id = $2 AND sight.team_id = idea.team_id)"
);

/// An idea with which this person may put another together: one they may see, or one of a team beside theirs.
///
/// A team is beside theirs when their next level sees it with their own. They need the address of the idea, and reading it
/// stays with those who may see it.
pub async fn in_reach(tx: &mut Tx, id: IdeaId, person: PersonId) -> sqlx::Result<Option<Idea>> {
    match tx.ask(seen(id, person)).await? {
        Some(idea) => Ok(Some(idea)),
        None => tx.query_as(BELOW_THE_NEXT_LEVEL).bind(id).bind(person).optional().await,
    }
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

/// Something that belongs to an idea.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RelatedThing {
    /// "measure"; "problem" and "into" for the ideas whose problem it takes up and with which it was put together;
    /// "merged" and `takes_up` for those that did so with this one; "experiment", "standard".
    pub kind: String,
    pub id: Uuid,
    pub name: String,
    pub state: String,
}

const RELATED: &str = concat!(
    "SELECT related.kind, related.id, related.name, related.state FROM (
         SELECT 0 AS place, 'measure' AS kind, measure.id, measure.name, measure.state, idea.thrown_at AS at
         FROM idea JOIN measure ON measure.id = idea.measure_id WHERE idea.id = $1
         UNION ALL
         SELECT CASE near.kind WHEN 'problem' THEN 1 WHEN 'into' THEN 2 ELSE 3 END, near.kind, idea.id, idea.headline,
                idea.state, idea.thrown_at
         FROM (SELECT 'problem' AS kind, problem_id AS id FROM idea WHERE id = $1
               UNION ALL SELECT 'into', merged_into_id FROM idea WHERE id = $1
               UNION ALL SELECT 'merged', id FROM idea WHERE merged_into_id = $1
               UNION ALL SELECT 'takes_up', id FROM idea WHERE problem_id = $1) AS near
         JOIN idea ON idea.id = near.id
         WHERE ",
    seen_by!("$2"),
    "
         UNION ALL
         SELECT 4, 'experiment', id, name, state, created_at FROM experiment WHERE idea_id = $1
         UNION ALL
         SELECT 5, 'standard', id, name, state, created_at FROM standard WHERE idea_id = $1
     ) AS related ORDER BY related.place, related.at DESC, related.id LIMIT 50"
);

/// What belongs to an idea: its measure, the other ideas that this person may see, experiments and standards.
pub fn related(id: IdeaId, reader: PersonId) -> Ask<Vec<RelatedThing>> {
    query_as(RELATED).bind(id).bind(reader).all()
}

const MERGED_INTO: &str = "SELECT id FROM idea WHERE merged_into_id = $1 ORDER BY id";

/// The ideas that were put together with this one.
pub async fn merged_into(tx: &mut Tx, id: IdeaId) -> sqlx::Result<Vec<IdeaId>> {
    let rows: Vec<(IdeaId,)> = tx.query_as(MERGED_INTO).bind(id).all().await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

const HELD: &str = ideas!(
    "WHERE idea.id = $3
       AND (ball.holder_id = $1
            OR ball.holder_id = $2 AND idea.id IN (SELECT idea_id FROM kept_name WHERE person_id = $1))"
);

/// An idea whose ball this person has, by name or as a kept author.
pub fn held(id: IdeaId, person: PersonId) -> Ask<Option<Idea>> {
    query_as(HELD).bind(person).bind(COLLEAGUE).bind(id).optional()
}

const ADD: &str = "
    INSERT INTO idea (id, team_id, author_id, way, carried, state, headline, measure_id, hurts, thrown_at, version,
                      problem_id, authority, hurt, why, better, needed_change, small_try, benefit)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, 1, $10, $11, $12, $13, $14, $15, $16, $17)";

/// Write a new idea.
pub async fn add(tx: &mut Tx, id: IdeaId, thrower: &Thrower, state: State, new: &NewIdea) -> sqlx::Result<()> {
    let now = tx.now();
    let query = db::query(ADD).bind(id).bind(thrower.team).bind(thrower.author).bind(new.anonymity).bind(new.carried);
    let query = query.bind(state).bind(new.text.headline()).bind(new.measure).bind(now).bind(new.problem);
    tx.later(new.text.bind(query.bind(new.authority.clone()))).await
}

const KEEP_WORDING: &str = "
    INSERT INTO idea_wording (idea_id, number, hurt, why, better, needed_change, small_try, benefit)
    SELECT idea.id, (SELECT COUNT(*) FROM idea_wording WHERE idea_wording.idea_id = idea.id) + 1, idea.hurt, idea.why,
           idea.better, idea.needed_change, idea.small_try, idea.benefit
    FROM idea WHERE idea.id = $1";

/// Keep the words as they are, before they change.
pub async fn keep_wording(tx: &mut Tx, idea: &Idea) -> sqlx::Result<()> {
    tx.later(db::query(KEEP_WORDING).bind(idea.id)).await
}

const REWORD: &str = "
    UPDATE idea SET headline = $2, hurt = $3, why = $4, better = $5, needed_change = $6, small_try = $7, benefit = $8
    WHERE id = $1";

/// Write new words.
pub async fn reword(tx: &mut Tx, idea: &Idea, new: &IdeaText) -> sqlx::Result<()> {
    tx.later(new.bind(db::query(REWORD).bind(idea.id).bind(new.headline()))).await
}

const WORDINGS: &str = "
    SELECT hurt, why, better, needed_change, small_try, benefit
    FROM (SELECT * FROM idea_wording WHERE idea_id = $1 ORDER BY number DESC LIMIT 10) AS newest ORDER BY number";

/// The older words of an idea, the last ten of them, oldest first.
pub fn wordings(id: IdeaId) -> Ask<Vec<IdeaText>> {
    query_as(WORDINGS).bind(id).all()
}

/// What a verb changes in the row of an idea.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    pub state: State,
    pub catcher: Option<PersonId>,
    pub doer: Option<PersonId>,
    pub carrier: Option<PersonId>,
    /// The idea it is put together with, and whether its author may read that one.
    pub merged_into: Option<(IdeaId, bool)>,
}

const CHANGE: &str = "
    UPDATE idea SET state = $3, catcher_id = $4, doer_id = $5, carrier_id = $6, merged_into_id = $7, opened = $8,
                    version = CASE WHEN version = $2 THEN version + 1 END
    WHERE id = $1";

/// Change an idea as it was read; one that somebody has changed since fails the transaction, as it has no version then.
pub async fn change(tx: &mut Tx, idea: &Idea, change: Change) -> sqlx::Result<()> {
    let (merged_into, opened) = change.merged_into.unzip();
    let query = db::query(CHANGE).bind(idea.id).bind(idea.version).bind(change.state).bind(change.catcher);
    let query = query.bind(change.doer).bind(change.carrier).bind(merged_into).bind(opened.unwrap_or_default());
    tx.later(query).await
}

const OF_THROW: &str = "SELECT subject_id FROM throw WHERE id = $1 AND subject = 'idea'";

/// The idea that the form with this key was about, once it has counted.
pub fn of_throw(key: ThrowId) -> Ask<Option<IdeaId>> {
    query_as::<(IdeaId,)>(OF_THROW).bind(key).optional().map(|row| row.map(|(id,)| id))
}
