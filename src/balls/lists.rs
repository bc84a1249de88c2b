//! The lists of a start page: what people wait for from somebody, what else is with them, and what they wait for.

use super::Waiting;
use crate::calendar::Written;
use crate::db::{Ask, query_as};
use crate::ids::PersonId;
use crate::people::COLLEAGUE;
use chrono::{DateTime, Utc};

/// One of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum List {
    /// An answer, a promise, a yes that something is safe to try; and what was to rest until a day that has come. What is
    /// over, or will be first, is the first.
    Awaited,
    /// The work itself; the oldest clock is the first.
    WithMe,
    /// What somebody threw, asked for or tries, and another has; the oldest clock is the first.
    WaitsFor,
}

/// One open thing in one of the lists.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    pub list: List,
    #[sqlx(flatten)]
    pub waiting: Waiting,
    /// The name of its team.
    pub team: String,
    /// Who threw an idea, as they chose, or tries an experiment.
    pub from: Option<String>,
    /// How an idea was thrown, and when.
    pub anonymity: Option<String>,
    pub thrown_at: Option<DateTime<Utc>>,
    /// The working time of its team.
    #[sqlx(flatten)]
    pub time: Written,
}

/// Which rows of a list are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rows {
    pub skip: i64,
    pub most: i64,
}

/// What somebody owes to people who wait for it.
macro_rules! answers {
    () => {
        "'catch', 'answer', 'keep', 'safety', 'respond', 'renew'"
    };
}

/// What lies with $1, by name or as an author whose name the coach keeps, and is to be done ($when, a condition); the
/// first rows of the list in its order. The conditions are word for word those of the indexes.
macro_rules! mine {
    ($when:expr, $order:literal, $most:literal) => {
        concat!(
            "SELECT * FROM (SELECT ball.subject, ball.subject_id, ball.since, ball.due_at FROM ball
                            WHERE ball.holder_id = $1 AND ",
            $when,
            " ORDER BY ",
            $order,
            " LIMIT ",
            $most,
            ") AS by_name UNION ALL
             SELECT ball.subject, ball.subject_id, ball.since, ball.due_at
             FROM kept CROSS JOIN ball
             WHERE ball.subject = kept.subject AND ball.subject_id = kept.id AND ball.holder_id = $2 AND ",
            $when
        )
    };
}

const LISTS: &str = concat!(
    "WITH kept AS (
         SELECT 'idea' AS subject, idea_id AS id FROM kept_name WHERE person_id = $1
         UNION ALL SELECT 'promise', promise.id FROM promise JOIN kept_name ON kept_name.idea_id = promise.idea_id
                   WHERE kept_name.person_id = $1
         UNION ALL SELECT 'experiment', experiment.id
                   FROM experiment JOIN kept_name ON kept_name.idea_id = experiment.idea_id
                   WHERE kept_name.person_id = $1
         UNION ALL SELECT 'standard', standard.id FROM standard JOIN kept_name ON kept_name.idea_id = standard.idea_id
                   WHERE kept_name.person_id = $1
     ), awaited AS (",
    mine!(
        concat!("ball.owes IN (", answers!(), ")"),
        "ball.due_at NULLS LAST, ball.since, ball.subject_id",
        "$4 + $5"
    ),
    " UNION ALL ",
    mine!(
        "ball.owes = 'wake' AND ball.due_at <= $3",
        "ball.due_at NULLS LAST, ball.since, ball.subject_id",
        "$4 + $5"
    ),
    "), with_me AS (",
    mine!(
        concat!(
            "ball.owes NOT IN (",
            answers!(),
            ", 'follow') AND NOT (ball.owes = 'wake' AND COALESCE(ball.due_at <= $3, FALSE))"
        ),
        "ball.due_at NULLS LAST, ball.since, ball.subject_id",
        "$6 + $7"
    ),
    "), waits_for AS (
         SELECT * FROM (SELECT ball.subject, ball.subject_id, ball.since, ball.due_at FROM ball
                        WHERE ball.waits_id = $1 AND ball.holder_id <> $1 AND ball.owes <> 'follow'
                        ORDER BY ball.due_at NULLS LAST, ball.since, ball.subject_id LIMIT $8 + $9) AS by_name
         UNION ALL
         SELECT ball.subject, ball.subject_id, ball.since, ball.due_at
         FROM kept CROSS JOIN ball
         WHERE ball.subject = kept.subject AND ball.subject_id = kept.id AND ball.waits_id = $2 AND ball.holder_id <> $1 AND ball.holder_id <> $2 AND ball.owes <> 'follow'
     ), chosen AS (
         SELECT * FROM (SELECT 'awaited' AS list, subject, subject_id FROM awaited
                        ORDER BY due_at NULLS LAST, since, subject_id LIMIT $4 OFFSET $5) AS list_1
         UNION ALL
         SELECT * FROM (SELECT 'with_me' AS list, subject, subject_id FROM with_me
                        ORDER BY due_at NULLS LAST, since, subject_id LIMIT $6 OFFSET $7) AS list_2
         UNION ALL
         SELECT * FROM (SELECT 'waits_for' AS list, subject, subject_id FROM waits_for
                        ORDER BY due_at NULLS LAST, since, subject_id LIMIT $8 OFFSET $9) AS list_3
     )
     SELECT chosen.list, ball.subject, ball.subject_id, ball.team_id,
            COALESCE(idea.headline,
                     CASE promise.state
                         WHEN 'requested' THEN receiver.name || ' asks: ' || promise.what
                         WHEN 'countered' THEN promiser.name || ' offers instead: '
                                               || COALESCE(promise.proposed_what, promise.what)
                     END,
                     promise.what, experiment.name, standard.name, measure.name, '') AS title,
            CASE WHEN ball.holder_id = $2 AND chosen.list <> 'waits_for' THEN $1 ELSE ball.holder_id END AS holder_id,
            person.name AS holder, away.name AS stands_for, ball.owes, ball.since, ball.due_at,
            team.name AS team, COALESCE(author.name, trier.name) AS \"from\", idea.way AS anonymity, idea.thrown_at,
            team.zone, team.days, team.hours, team.holidays
     FROM chosen
     CROSS JOIN ball
     CROSS JOIN team
     JOIN person ON person.id = ball.holder_id
     LEFT JOIN person AS away ON away.id = ball.for_id
     LEFT JOIN idea ON ball.subject = 'idea' AND idea.id = ball.subject_id
     LEFT JOIN promise ON ball.subject = 'promise' AND promise.id = ball.subject_id
     LEFT JOIN person AS promiser ON promiser.id = promise.promiser_id
     LEFT JOIN person AS receiver ON receiver.id = promise.receiver_id
     LEFT JOIN experiment ON ball.subject = 'experiment' AND experiment.id = ball.subject_id
     LEFT JOIN person AS author ON author.id = idea.author_id
     LEFT JOIN person AS trier ON trier.id = experiment.owner_id
     LEFT JOIN standard ON ball.subject = 'standard' AND standard.id = ball.subject_id
     LEFT JOIN measure ON ball.subject = 'measure' AND measure.id = ball.subject_id
     WHERE ball.subject = chosen.subject AND ball.subject_id = chosen.subject_id AND team.id = ball.team_id
     ORDER BY chosen.list, ball.due_at NULLS LAST, ball.since, ball.subject_id"
);

/// The lists of a person: of each so many rows, in its order.
///
/// What is with them as an author whose name the coach keeps stands there as theirs.
pub fn lists(person: PersonId, now: DateTime<Utc>, [awaited, with_me, waits_for]: [Rows; 3]) -> Ask<Vec<Listed>> {
    let lists = query_as(LISTS).bind(person).bind(COLLEAGUE).bind(now);
    let lists = lists.bind(awaited.most).bind(awaited.skip).bind(with_me.most).bind(with_me.skip);
    lists.bind(waits_for.most).bind(waits_for.skip).all()
}
