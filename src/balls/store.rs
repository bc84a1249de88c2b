//! The rows of throws and balls. Nothing but this and `lying` writes to these two tables; they also note that a thing
//! says something new, so that search reads it again.

use super::handing::{self, Standins};
use super::{Ball, Hold, Subject, Throw, Thrown};
use crate::db::{self, Ask, Tx};
use crate::ids::{IdeaId, PersonId, ThrowId};
use uuid::Uuid;

const IS_THROWN: &str = "SELECT COUNT(*) FROM throw WHERE id = $1";

/// Whether the form with this key has counted already.
pub async fn is_thrown(tx: &mut Tx, key: ThrowId) -> sqlx::Result<bool> {
    let (count,): (i64,) = tx.query_as(IS_THROWN).bind(key).one().await?;
    Ok(count > 0)
}

const WRITE: &str = "
    INSERT INTO throw (id, subject, subject_id, number, team_id, verb, by_id, words, at, state, holder_id, owes, due_at)
    SELECT $1, $2, $3, COALESCE(MAX(throw.number), 0) + 1, $4, $5, $6, $7, $8, $9, $10, $11, $12
    FROM throw WHERE throw.subject = $2 AND throw.subject_id = $3";

const GIVE: &str = "
    INSERT INTO ball (subject, subject_id, team_id, holder_id, owes, since, due_at, resting, waits_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
            (SELECT author_id FROM idea WHERE id = $2 UNION ALL SELECT receiver_id FROM promise WHERE id = $2
             UNION ALL SELECT owner_id FROM experiment WHERE id = $2 UNION ALL SELECT owner_id FROM standard WHERE id = $2))
    ON CONFLICT (subject, subject_id) DO UPDATE SET waits_id = excluded.waits_id,
        holder_id = excluded.holder_id, owes = excluded.owes, due_at = excluded.due_at, resting = excluded.resting,
        since = CASE WHEN ball.holder_id = excluded.holder_id AND ball.owes = excluded.owes
                          AND ball.due_at = excluded.due_at THEN ball.since ELSE excluded.since END,
        told = CASE WHEN ball.holder_id = excluded.holder_id AND ball.owes = excluded.owes
                         AND ball.due_at = excluded.due_at THEN ball.told ELSE 0 END,
        for_id = CASE WHEN ball.holder_id = excluded.holder_id AND $9 THEN ball.for_id END";

const NEWS: &str = "INSERT INTO unread (subject, subject_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";

/// Note that the words of a thing have changed, in the transaction that changes them; a throw does so by itself.
pub async fn says_something_new(tx: &mut Tx, subject: Subject, id: Uuid) -> sqlx::Result<()> {
    tx.later(db::query(NEWS).bind(subject).bind(id)).await
}

const TAKE: &str = "DELETE FROM ball WHERE subject = $1 AND subject_id = $2";

/// Write the throw, to be found by its words from then on, and give the ball to its new holder, or take it out of play.
///
/// A ball that stays where it is, with the same clock, has lain there since before. One whose holder is away goes on to
/// the one who stands in.
pub async fn throw(tx: &mut Tx, throw: &Throw<'_>) -> sqlx::Result<()> {
    write(tx, throw).await?;
    if throw.hold.is_some_and(|hold| hold.owes.another_can()) {
        let standins = Standins::of(tx).await?;
        handing::redirect(tx, standins.as_ref(), throw.subject, throw.id).await?;
    }
    Ok(())
}

/// The same where it is known already who may be away; whether the ball went on to another.
pub async fn throw_among(tx: &mut Tx, throw: &Throw<'_>, standins: Option<&Standins>) -> sqlx::Result<bool> {
    write(tx, throw).await?;
    let goes_on = throw.hold.is_some_and(|hold| hold.owes.another_can());
    if goes_on { handing::redirect(tx, standins, throw.subject, throw.id).await } else { Ok(false) }
}

async fn write(tx: &mut Tx, throw: &Throw<'_>) -> sqlx::Result<()> {
    let (now, hold) = (tx.now(), throw.hold);
    let query = db::query(WRITE).bind(throw.key).bind(throw.subject).bind(throw.id).bind(throw.team);
    let query = query.bind(throw.verb.to_owned()).bind(throw.by).bind(throw.words.to_owned()).bind(now);
    let query = query.bind(throw.state.to_owned()).bind(hold.map(|hold| hold.holder));
    tx.later(query.bind(hold.map(|hold| hold.owes)).bind(hold.and_then(|hold| hold.due_at))).await?;
    // A measure is found by what it is, not by what is said with its numbers.
    if throw.subject != Subject::Measure {
        says_something_new(tx, throw.subject, throw.id).await?;
    }
    let Some(hold) = hold else {
        return tx.later(db::query(TAKE).bind(throw.subject).bind(throw.id)).await;
    };
    let query = db::query(GIVE).bind(throw.subject).bind(throw.id).bind(throw.team).bind(hold.holder);
    let query = query.bind(hold.owes).bind(now).bind(hold.due_at).bind(hold.owes.rests());
    tx.later(query.bind(hold.owes.comes_back())).await
}

const BALL: &str = "
    SELECT ball.holder_id, person.name AS holder, away.name AS stands_for, ball.owes, ball.since, ball.due_at
    FROM ball JOIN person ON person.id = ball.holder_id
    LEFT JOIN person AS away ON away.id = ball.for_id
    WHERE ball.subject = $1 AND ball.subject_id = $2";

/// The ball of a thing; none when it is closed.
pub fn ball(subject: Subject, id: Uuid) -> Ask<Option<Ball>> {
    db::query_as(BALL).bind(subject).bind(id).optional()
}

/// The hold of an open thing as it is: for a change of its words, which is no move and starts no clock anew.
pub async fn hold_of(tx: &mut Tx, subject: Subject, id: Uuid) -> sqlx::Result<Option<Hold>> {
    Ok(tx.ask(ball(subject, id)).await?.map(|ball| ball.hold()))
}

#[derive(sqlx::FromRow)]
struct Placed {
    subject_id: Uuid,
    #[sqlx(flatten)]
    ball: Ball,
}

const IN_SIGHT: &str = "
    SELECT ball.subject_id, ball.holder_id, person.name AS holder, away.name AS stands_for, ball.owes, ball.since,
           ball.due_at
    FROM ball
    JOIN person ON person.id = ball.holder_id
    LEFT JOIN person AS away ON away.id = ball.for_id
    JOIN sight ON sight.team_id = ball.team_id AND sight.person_id = $2
    WHERE ball.subject = $1";

/// The balls of all open things of one kind in a person's sight, each with its thing.
pub async fn in_sight(tx: &mut Tx, subject: Subject, person: PersonId) -> sqlx::Result<Vec<(Uuid, Ball)>> {
    let rows: Vec<Placed> = tx.query_as(IN_SIGHT).bind(subject).bind(person).all().await?;
    Ok(rows.into_iter().map(|row| (row.subject_id, row.ball)).collect())
}

macro_rules! story {
    ($and:literal) => {
        concat!(
            "SELECT throw.number, throw.verb, throw.by_id, thrower.name AS by_name, throw.words, throw.at, throw.state,
                    throw.holder_id, holder.name AS holder_name, throw.due_at
             FROM throw
             LEFT JOIN person AS thrower ON thrower.id = throw.by_id
             LEFT JOIN person AS holder ON holder.id = throw.holder_id
             WHERE throw.subject = $1 AND throw.subject_id = $2 ",
            $and,
            " ORDER BY throw.number"
        )
    };
}

const STORY: &str = story!("");

/// The history of a thing, oldest first.
pub fn history(subject: Subject, id: Uuid) -> Ask<Vec<Thrown>> {
    db::query_as(STORY).bind(subject).bind(id).all()
}

const STORY_WITHOUT: &str = story!("AND throw.verb NOT IN ($3, $4)");

/// The history of a thing, oldest first, without the verbs that come again and again: a measure has thousands of them.
pub fn story_without(subject: Subject, id: Uuid, verbs: [&str; 2]) -> Ask<Vec<Thrown>> {
    let [one, other] = verbs.map(str::to_owned);
    db::query_as(STORY_WITHOUT).bind(subject).bind(id).bind(one).bind(other).all()
}

/// The throws and the ball of an idea and of all that came of it: promises, experiments, standards.
macro_rules! of_the_idea {
    ($update:literal, $column:literal) => {
        concat!(
            $update,
            " SET ",
            $column,
            " = $2 WHERE subject IN ('idea', 'promise', 'experiment', 'standard') AND subject_id IN (
              SELECT id FROM idea WHERE id = $1 UNION ALL SELECT id FROM promise WHERE idea_id = $1
              UNION ALL SELECT id FROM experiment WHERE idea_id = $1
              UNION ALL SELECT id FROM standard WHERE idea_id = $1) AND ",
            $column,
            " = $3"
        )
    };
}

const FILL_IN: [&str; 5] = [
    of_the_idea!("UPDATE throw", "by_id"),
    "UPDATE throw SET by_id = $2 WHERE by_id = $3 AND id IN (SELECT throw_id FROM promise_term WHERE idea_id = $1)",
    of_the_idea!("UPDATE throw", "holder_id"),
    of_the_idea!("UPDATE ball", "holder_id"),
    of_the_idea!("UPDATE ball", "waits_id"),
];

/// Fill in the name of an author who shows it, wherever the placeholder stands in what came of the idea.
pub async fn fill_in(tx: &mut Tx, idea: IdeaId, author: PersonId, placeholder: PersonId) -> sqlx::Result<()> {
    for statement in FILL_IN {
        tx.query(statement).bind(idea).bind(author).bind(placeholder).execute().await?;
    }
    Ok(())
}
