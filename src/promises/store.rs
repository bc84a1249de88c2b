//! The rows of promises with a day. A person finds a promise whose team they may see, one they gave or that was given to
//! them, and one whose ball they ever held.

use super::{Cause, Promise, PromiseRequest};
use crate::calendar::Written;
use crate::db::{Ask, Sql, Tx, query, query_as};
use crate::ideas::Named;
use crate::ideas::store::seen_by;
use crate::ids::{IdeaId, PersonId, PromiseId, TeamId, ThrowId};
use crate::people::{COLLEAGUE, Person, Role};
use chrono::{DateTime, Utc};
use uuid::Uuid;

macro_rules! promises {
    ([$($more:expr),+], $($rest:expr),*) => {
        concat!(
            "SELECT promise.id, promise.team_id, promise.idea_id, idea.hurt, promise.answers,
                    promise.answers AND idea.state = 'helping' AND NOT EXISTS (
                        SELECT 1 FROM promise AS newer
                        WHERE newer.idea_id = promise.idea_id AND newer.answers AND newer.id <> promise.id
                          AND (newer.created_at > promise.created_at
                               OR newer.created_at = promise.created_at AND newer.id > promise.id)) AS followed,
                    promise.promiser_id,
                    promiser.name AS promiser, promise.receiver_id, receiver.name AS receiver, promise.what,
                    promise.how, promise.due_at, promise.first_due_at, promise.moved, promise.missed_at,
                    promise.unconfirmed, promise.proposed_what, promise.proposed_due_at, promise.proposed_cause,
                    promise.state, promise.version, team.zone, team.days, team.hours, team.holidays, ball.holder_id, holder.name AS holder,
                    away.name AS stands_for, ball.owes, ball.since, ball.due_at AS clock_at, ",
            $($more,)+
            "
             FROM promise
             JOIN team ON team.id = promise.team_id
             JOIN person AS promiser ON promiser.id = promise.promiser_id
             JOIN person AS receiver ON receiver.id = promise.receiver_id
             LEFT JOIN idea ON idea.id = promise.idea_id
             LEFT JOIN ball ON ball.subject = 'promise' AND ball.subject_id = promise.id
             LEFT JOIN person AS holder ON holder.id = ball.holder_id
             LEFT JOIN person AS away ON away.id = ball.for_id
             WHERE NOT promise.stands AND ",
            $($rest),*
        )
    };
    ($($rest:expr),*) => {
        promises!(["promise.created_at"], $($rest),*)
    };
}

/// And this person may see the promise.
macro_rules! visible {
    () => {
        " AND (
             promise.receiver_id = $2
             OR EXISTS (SELECT 1 FROM kept_name WHERE kept_name.idea_id = promise.idea_id AND kept_name.person_id = $2)
             OR promise.promiser_id = $2
             OR EXISTS (SELECT 1 FROM sight WHERE sight.person_id = $2 AND sight.team_id = promise.team_id)
             OR EXISTS (SELECT 1 FROM throw
                        WHERE throw.subject = 'promise' AND throw.subject_id = promise.id AND throw.holder_id = $2)
         )"
    };
}

/// A promise as somebody reads it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SeenPromise {
    #[sqlx(flatten)]
    pub promise: Promise,
    /// Whether the reader may see the idea that it is for.
    pub idea_seen: bool,
    /// Whether the reader threw that idea with a name that the coach keeps.
    pub kept: bool,
}

const SEEN: &str = promises!(
    [
        "COALESCE(",
        seen_by!("$2"),
        ", false) AS idea_seen,
         EXISTS (SELECT 1 FROM kept_name
                 WHERE kept_name.idea_id = promise.idea_id AND kept_name.person_id = $2) AS kept"
    ],
    "promise.id = $1",
    visible!()
);

/// A promise this person may see; missing and foreign are the same nothing.
pub fn seen(id: PromiseId, person: PersonId) -> Ask<Option<SeenPromise>> {
    query_as(SEEN).bind(id).bind(person).optional()
}

const SEEN_TO_CHANGE: Sql = Sql::either(
    promises!("promise.id = $1", visible!()),
    promises!("promise.id = $1", visible!(), " FOR UPDATE OF promise"),
);

/// The same, held until the transaction ends, so that two who act at once act one after the other.
pub async fn seen_to_change(tx: &mut Tx, id: PromiseId, person: PersonId) -> sqlx::Result<Option<Promise>> {
    tx.query_as(SEEN_TO_CHANGE).bind(id).bind(person).optional().await
}

const PROMISE: Sql = Sql::either(promises!("promise.id = $1"), promises!("promise.id = $1 FOR UPDATE OF promise"));

/// A promise for its clock, held until the transaction ends.
pub async fn promise(tx: &mut Tx, id: PromiseId) -> sqlx::Result<Option<Promise>> {
    tx.query_as(PROMISE).bind(id).optional().await
}

/// The newest promises of an idea: one that is followed is the newest of its kind.
macro_rules! newest {
    () => {
        "promise.idea_id = $1
         AND promise.id IN (SELECT one.id FROM promise AS one WHERE one.idea_id = $1 ORDER BY one.created_at DESC, one.id DESC LIMIT 50)"
    };
}

const OF_IDEA: &str = promises!(newest!(), " ORDER BY promise.id");

/// The promises that came of an idea, the newest fifty, oldest first.
pub fn of_idea(idea: IdeaId) -> Ask<Vec<Promise>> {
    query_as(OF_IDEA).bind(idea).all()
}

const OF_IDEA_SEEN: &str = promises!(newest!(), visible!(), " ORDER BY promise.id");

/// Those of them that this person may see.
pub fn of_idea_seen_by(idea: IdeaId, person: PersonId) -> Ask<Vec<Promise>> {
    query_as(OF_IDEA_SEEN).bind(idea).bind(person).all()
}

/// Whether the person $1 receives it, by name or as an author whose name the coach keeps ($2 is their placeholder).
macro_rules! for_me {
    () => {
        "(promise.receiver_id = $1 OR promise.receiver_id = $2 AND promise.idea_id IN (
              SELECT kept_name.idea_id FROM kept_name WHERE kept_name.person_id = $1))"
    };
}

macro_rules! mine {
    ($($rest:expr),*) => {
        promises!(
            [for_me!(), " AS for_me"],
            "(promise.promiser_id = $1 OR promise.receiver_id = $1
              OR promise.team_id IN (SELECT sight.team_id FROM sight WHERE sight.person_id = $1)
              OR promise.id IN (SELECT throw.subject_id FROM throw
                                WHERE throw.subject = 'promise' AND throw.holder_id = $1)) AND ",
            $($rest),*
        )
    };
}

/// A promise in a list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ListedPromise {
    #[sqlx(flatten)]
    pub promise: Promise,
    /// Whether the reader receives it, by name or as a kept author.
    pub for_me: bool,
}

const OPEN: &str = mine!(
    "ball.holder_id IS NOT NULL
     ORDER BY CASE WHEN promise.promiser_id = $1 THEN 0 WHEN ",
    for_me!(),
    " THEN 1 ELSE 2 END, ball.due_at, promise.id LIMIT $3 OFFSET $4"
);

const FINISHED: &str = mine!("ball.holder_id IS NULL ORDER BY promise.id DESC LIMIT $3 OFFSET $4");

/// The promises a person may see. Open ones: given by them, given to them, and the others, of each the oldest clock first;
/// finished ones: the newest first.
pub fn listed(finished: bool, person: PersonId, most: i64, skipped: i64) -> Ask<Vec<ListedPromise>> {
    query_as(if finished { FINISHED } else { OPEN }).bind(person).bind(COLLEAGUE).bind(most).bind(skipped).all()
}

const RUN_OUT: &str = "
    SELECT promise.id FROM promise
    JOIN ball ON ball.subject = 'promise' AND ball.subject_id = promise.id
    WHERE promise.state IN ('promised', 'renegotiating', 'delivered', 'ending') AND ball.due_at < $1
      AND NOT EXISTS (SELECT 1 FROM letter_word
                      WHERE letter_word.letter_id = promise.idea_id AND letter_word.verb <> 'said')
    ORDER BY promise.stands, ball.due_at, promise.id";

/// The promises whose clock has run out and that move by themselves then, standing ones last. What a nameless receiver did
/// in time and the post has not taken yet counts first.
pub async fn run_out(tx: &mut Tx) -> sqlx::Result<Vec<PromiseId>> {
    let now = tx.now();
    let rows: Vec<(PromiseId,)> = tx.query_as(RUN_OUT).bind(now).all().await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

// It answers an idea that waits for it by then.
const ADD: &str = "
    INSERT INTO promise (id, team_id, idea_id, answers, stands, promiser_id, receiver_id, what, how, due_at, first_due_at,
                         moved, unconfirmed, state, created_at, version)
    VALUES ($1, $2, $3, $4 AND EXISTS (SELECT 1 FROM idea WHERE idea.id = $3 AND idea.state = 'helping'), $5, $6, $7, $8,
            $9, $10, $11, 0, $5, $12, $13, 1)";

/// Write a new promise.
pub async fn add(tx: &mut Tx, new: &Promise) -> sqlx::Result<()> {
    let query = query(ADD).bind(new.id).bind(new.team_id).bind(new.idea_id).bind(new.answers).bind(false);
    let query = query.bind(new.promiser_id).bind(new.receiver_id).bind(new.what.clone()).bind(new.how.clone());
    let query = query.bind(new.due_at).bind(new.first_due_at).bind(new.state).bind(tx.now());
    tx.later(query).await
}

const CHANGE: &str = "
    UPDATE promise
    SET state = $3, what = $4, due_at = $5, first_due_at = $6, moved = $7, missed_at = $8, unconfirmed = $9,
        proposed_what = $10, proposed_due_at = $11, proposed_cause = $12, version = version + 1
    WHERE id = $1 AND version = $2";

/// Change a promise as it was read to what it is next; an error when somebody changed it in between.
pub async fn change(tx: &mut Tx, before: &Promise, next: &Promise) -> sqlx::Result<()> {
    let query = tx.query(CHANGE).bind(before.id).bind(before.version).bind(next.state).bind(next.what.clone());
    let query = query.bind(next.due_at).bind(next.first_due_at).bind(next.moved).bind(next.missed_at);
    let query = query.bind(next.unconfirmed).bind(next.proposed_what.clone()).bind(next.proposed_due_at);
    match query.bind(next.proposed_cause).execute().await? {
        0 => Err(sqlx::Error::RowNotFound),
        _ => Ok(()),
    }
}

/// What a throw of a promise named beside its words.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub struct Term {
    /// The number of the throw in the story; 0 for one that is being thrown.
    pub number: i64,
    pub due_at: Option<DateTime<Utc>>,
    /// What was asked for or offered.
    pub what: Option<String>,
    pub cause: Option<Cause>,
    /// The idea in which a standing promise may not have held.
    pub idea_id: Option<IdeaId>,
}

const ADD_TERM: &str = "
    INSERT INTO promise_term (throw_id, promise_id, due_at, what, cause, idea_id) VALUES ($1, $2, $3, $4, $5, $6)";

/// Keep what a throw named; nothing is written when it named nothing.
pub async fn add_term(tx: &mut Tx, throw: ThrowId, promise: PromiseId, term: Term) -> sqlx::Result<()> {
    if term.due_at.is_none() && term.what.is_none() && term.cause.is_none() && term.idea_id.is_none() {
        return Ok(());
    }
    let query = query(ADD_TERM).bind(throw).bind(promise).bind(term.due_at).bind(term.what);
    tx.later(query.bind(term.cause).bind(term.idea_id)).await
}

const TERMS: &str = "
    SELECT throw.number, promise_term.due_at, promise_term.what, promise_term.cause, promise_term.idea_id
    FROM promise_term JOIN throw ON throw.id = promise_term.throw_id
    WHERE promise_term.promise_id = $1 ORDER BY throw.number";

/// What the throws of a promise named, oldest first.
pub fn terms(id: PromiseId) -> Ask<Vec<Term>> {
    query_as(TERMS).bind(id).all()
}

/// Whether the person $1 can ask `person` for a promise; $2 is the team among whose people they ask.
macro_rules! askable {
    () => {
        "person.id <> $1
         AND EXISTS (SELECT 1 FROM role WHERE role.person_id = person.id
                     AND (role.role IN ('team_leader', 'director', 'helper', 'coach')
                          OR (role.role = 'rep' AND role.team_id = $2)))"
    };
}

const ASKABLE: &str =
    concat!("SELECT person.id, person.name FROM person WHERE ", askable!(), " ORDER BY person.name, person.id");

/// Whom this person can ask for a promise: whoever leads, helps or coaches; and among themselves the people of a team.
/// What a leader wants of a team is no promise to be asked for.
pub fn askable(asker: &Person) -> Ask<Vec<Named>> {
    query_as(ASKABLE)
        .bind(asker.id)
        .bind(asker.team().filter(|_| asker.is(Role::Rep)))
        .all()
        .by_name(|named: &Named| &named.name)
}

/// Somebody who can be asked, and the team whose promise it will be.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AskedPerson {
    pub name: String,
    /// None where it has to be chosen.
    pub team_id: Option<TeamId>,
    /// The working time of the team.
    #[sqlx(flatten)]
    pub written: Written,
}

const ASKED: &str = concat!(
    "SELECT person.name, team.id AS team_id, COALESCE(team.zone, '') AS zone, COALESCE(team.days, '') AS days,
            COALESCE(team.hours, '') AS hours, COALESCE(team.holidays, '') AS holidays
     FROM person LEFT JOIN team ON team.id = COALESCE(
         (SELECT idea.team_id FROM idea WHERE idea.id = $4), $5,
         (SELECT sight.team_id FROM sight JOIN team AS seen ON seen.id = sight.team_id
          WHERE sight.person_id = $1 AND sight.team_id = $6 AND seen.wide_head_id IS NULL),
         (SELECT role.team_id FROM role WHERE role.person_id = person.id AND role.team_id IS NOT NULL
          ORDER BY role.role LIMIT 1))
     WHERE person.id = $3 AND ",
    askable!()
);

/// Whom somebody asks, if they can, and whose promise it will be: that of the team of the idea, of the asker's own, of the
/// one that was chosen, or of the promiser's.
pub fn asked(asker: &Person, request: &PromiseRequest) -> Ask<Option<AskedPerson>> {
    let query = query_as(ASKED).bind(asker.id).bind(asker.team().filter(|_| asker.is(Role::Rep))).bind(request.of);
    query.bind(request.idea).bind(asker.team()).bind(request.team).optional()
}

const OF_THROW: &str = "SELECT subject_id FROM throw WHERE id = $1 AND subject = 'promise'";

/// The promise that the form with this key was about, once it has counted.
pub async fn of_throw(tx: &mut Tx, key: ThrowId) -> sqlx::Result<Option<PromiseId>> {
    let row: Option<(Uuid,)> = tx.query_as(OF_THROW).bind(key).optional().await?;
    Ok(row.map(|(id,)| PromiseId(id)))
}
