//! The rows of balls that a clock may move: those of people who are away, and those whose time is up.

use super::{Hold, Owes, Subject, Waiting};
use crate::db::{self, Ask, Tx};
use crate::ids::{PersonId, TeamId, ThrowId};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A ball as it lies, for a clock that may move it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Lying {
    pub subject: Subject,
    pub subject_id: Uuid,
    pub team_id: TeamId,
    pub holder_id: PersonId,
    /// The one who is away and for whom they hold it.
    pub for_id: Option<PersonId>,
    pub owes: Owes,
    pub due_at: Option<DateTime<Utc>>,
}

macro_rules! lying {
    ($where:literal) => {
        concat!(
            "SELECT ball.subject, ball.subject_id, ball.team_id, ball.holder_id, ball.for_id, ball.owes, ball.due_at
             FROM ball WHERE ",
            $where
        )
    };
}

const LYING: &str = lying!("ball.subject = $1 AND ball.subject_id = $2");

/// The ball of a thing as it lies; none when it is closed.
pub async fn lying(tx: &mut Tx, subject: Subject, id: Uuid) -> sqlx::Result<Option<Lying>> {
    tx.query_as(LYING).bind(subject).bind(id).optional().await
}

const AWAY: &str = lying!(
    "ball.since <= $1
     AND (ball.for_id IS NOT NULL OR EXISTS (SELECT 1 FROM absence WHERE absence.person_id = ball.holder_id))
     ORDER BY ball.subject, ball.subject_id"
);

/// The balls that somebody holds for another, and those of people with an absence, now or later.
///
/// A ball whose clock begins later, as that of a letter does, is left alone: moving it would write down the day.
pub async fn of_the_absent(tx: &mut Tx) -> sqlx::Result<Vec<Lying>> {
    let now = tx.now();
    tx.query_as(AWAY).bind(now).all().await
}

const PAST_TO: &str = "
    SELECT throw.holder_id FROM idea JOIN throw ON throw.subject = 'idea' AND throw.subject_id = idea.id
    WHERE idea.id = $1 AND idea.past AND throw.number = 1 AND throw.holder_id IS NOT NULL";

/// To whom an idea was thrown past somebody; nobody for what went the usual way, and for other things.
pub fn past_whom(id: Uuid) -> Ask<Option<PersonId>> {
    db::query_as::<(PersonId,)>(PAST_TO).bind(id).optional().map(|row| row.map(|(to,)| to))
}

const AUTHOR: &str = "SELECT author_id FROM idea WHERE id = $1";
const RECEIVER: &str = "SELECT receiver_id FROM promise WHERE id = $1";
const OWNER: &str = "SELECT owner_id FROM experiment WHERE id = $1";

/// Those who wait for what the holder owes: they can't stand in for the holder.
pub async fn who_waits(tx: &mut Tx, subject: Subject, id: Uuid) -> sqlx::Result<Vec<PersonId>> {
    let sql = match subject {
        Subject::Idea => AUTHOR,
        Subject::Promise => RECEIVER,
        Subject::Experiment => OWNER,
        Subject::Measure | Subject::Standard => return Ok(Vec::new()),
    };
    let rows: Vec<(PersonId,)> = tx.query_as(sql).bind(id).all().await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

const WRITE_HAND: &str = "
    INSERT INTO throw (id, subject, subject_id, number, team_id, verb, by_id, words, at, state, holder_id, owes, due_at)
    SELECT $1, $2, $3, last.number + 1, last.team_id, $4, $5, '', $6, last.state, $7, $8, $9
    FROM throw AS last WHERE last.subject = $2 AND last.subject_id = $3
    ORDER BY last.number DESC LIMIT 1";

const HAND: &str = "UPDATE ball SET holder_id = $3, for_id = $4 WHERE subject = $1 AND subject_id = $2";

/// Let a ball lie with somebody else, for the one who is away or back with them: its clock runs on.
pub async fn hand(
    tx: &mut Tx,
    ball: &Lying,
    verb: &'static str,
    hold: Hold,
    whose: Option<PersonId>,
) -> sqlx::Result<()> {
    let (key, now, nobody) = (tx.new_id::<ThrowId>(), tx.now(), None::<PersonId>);
    let query = db::query(WRITE_HAND).bind(key).bind(ball.subject).bind(ball.subject_id).bind(verb.to_owned());
    tx.later(query.bind(nobody).bind(now).bind(hold.holder).bind(hold.owes).bind(hold.due_at)).await?;
    let query = db::query(HAND).bind(ball.subject).bind(ball.subject_id);
    tx.later(query.bind(hold.holder).bind(whose)).await
}

/// A ball whose clock has ended.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Overdue {
    /// What waits.
    #[sqlx(flatten)]
    pub waiting: Waiting,
    /// The one who is away and for whom the holder has it.
    pub for_id: Option<PersonId>,
    /// How many have been told that the clock has ended.
    pub told: i64,
    /// The version of an idea, for the form that takes its ball.
    pub version: Option<i64>,
    pub past_to: Option<PersonId>,
    /// When the one whose ball it is took it from somebody else.
    pub taken_at: Option<DateTime<Utc>>,
}

impl Overdue {
    /// Whose ball it is, away or not.
    pub fn whose(&self) -> PersonId {
        self.for_id.unwrap_or(self.waiting.holder_id)
    }

    /// Whether the one whose ball it is took it when its clock had ended, and so needs no reminder of that.
    pub fn was_taken_over(&self) -> bool {
        self.taken_at.is_some() && self.taken_at >= self.waiting.due_at
    }
}

// What a protected author owes as an author ends by itself. What else they took on is told: to them in person where the
// coach keeps the name, and to those above in any case. What has no clock is left out by `Stage`.
macro_rules! overdue {
    ($join:literal, $where:literal, $most:literal) => {
        concat!(
            "SELECT ball.subject, ball.subject_id, ball.team_id,
                    thing.title,
                    ball.holder_id, person.name AS holder, away.name AS stands_for, ball.owes, ball.since, ball.due_at,
                    ball.for_id, ball.told, idea.version,
                    (SELECT throw.holder_id FROM throw
                     WHERE idea.past AND throw.subject = 'idea' AND throw.subject_id = idea.id AND throw.number = 1)
                    AS past_to,
                    (SELECT MAX(throw.at) FROM throw
                     WHERE throw.subject = ball.subject AND throw.subject_id = ball.subject_id AND throw.verb = 'take'
                       AND throw.by_id = COALESCE(ball.for_id, ball.holder_id)) AS taken_at
             FROM ball
             JOIN thing ON thing.subject = ball.subject AND thing.id = ball.subject_id
             JOIN person ON person.id = ball.holder_id
                            AND (NOT person.mask OR ball.owes NOT IN ('reply', 'judge', 'confirm'))
             LEFT JOIN person AS away ON away.id = ball.for_id
             LEFT JOIN idea ON ball.subject = 'idea' AND idea.id = ball.subject_id ",
            $join,
            " WHERE ball.due_at <= $1 ",
            $where,
            " ORDER BY ball.due_at, ball.subject_id",
            $most
        )
    };
}

const OVERDUE: &str = overdue!("", "", "");

/// All balls whose clock has ended, the one that waits longest first.
pub async fn overdue(tx: &mut Tx) -> sqlx::Result<Vec<Overdue>> {
    let now = tx.now();
    tx.query_as(OVERDUE).bind(now).all().await
}

const ONE_OVERDUE: &str = overdue!("", "AND ball.subject = $2 AND ball.subject_id = $3", "");

/// The ball of a thing if its clock has ended.
pub async fn overdue_one(tx: &mut Tx, subject: Subject, id: Uuid) -> sqlx::Result<Option<Overdue>> {
    let now = tx.now();
    tx.query_as(ONE_OVERDUE).bind(now).bind(subject).bind(id).optional().await
}

const OVERDUE_IN_SIGHT: &str = overdue!(
    "JOIN sight ON sight.team_id = ball.team_id AND sight.person_id = $2",
    "AND ball.holder_id <> $2",
    " LIMIT 500"
);

/// The balls of others in a person's sight whose clock has ended: those that wait longest, the longest first. What comes
/// after the first five hundred waits until these are done.
pub fn overdue_in_sight(person: PersonId, now: DateTime<Utc>) -> Ask<Vec<Overdue>> {
    db::query_as(OVERDUE_IN_SIGHT).bind(now).bind(person).all()
}

const TOLD: &str = "UPDATE ball SET told = $3 WHERE subject = $1 AND subject_id = $2";

/// Remember how many have been told that the clock of this ball has ended.
pub async fn set_told(tx: &mut Tx, subject: Subject, id: Uuid, told: i64) -> sqlx::Result<()> {
    tx.query(TOLD).bind(subject).bind(id).bind(told).execute().await?;
    Ok(())
}

const TITLE: &str = "SELECT title FROM thing WHERE subject = $1 AND id = $2";

/// The headline of an open thing, for a sentence of a notice.
pub async fn title(tx: &mut Tx, subject: Subject, id: Uuid) -> sqlx::Result<String> {
    let row: Option<(String,)> = tx.query_as(TITLE).bind(subject).bind(id).optional().await?;
    Ok(row.map_or_else(String::new, |(title,)| title))
}
