//! What is asked of the database for the page of leadership: sums and times, and no names.

use super::counts::Tallies;
use super::flow::Outcome;
use super::pace::{Step, Thrown};
use super::places::Held;
use crate::db::{Ask, Sql, query_as};
use crate::ids::PersonId;
use crate::promises::counts::WEEKS;
use chrono::{DateTime, TimeDelta, Utc};

/// How many of the newest ideas the times are read of: those of a chart, and of the stretch before it.
pub const NEWEST: i64 = 80;
/// Of how many of the newest ideas of a year it is said what became of them.
pub const FOLLOWED: i64 = 1_000;

// What somebody did already and only told has nobody to wait for.
const LATEST: &str = concat!(
    "SELECT idea.id, idea.headline, idea.state, idea.thrown_at, team.zone, team.days, team.hours, team.holidays,
            CASE WHEN ",
    crate::ideas::store::seen_by!("$1"),
    " THEN TRUE ELSE FALSE END AS seen
     FROM (SELECT id FROM idea WHERE authority <> 'did_it' ORDER BY thrown_at DESC, id DESC LIMIT $2) AS newest
     JOIN idea ON idea.id = newest.id
     JOIN team ON team.id = idea.team_id
     ORDER BY idea.thrown_at, idea.id"
);

/// The newest ideas, the oldest first.
pub fn latest(reader: PersonId) -> Ask<Vec<Thrown>> {
    query_as(LATEST).bind(reader).bind(NEWEST).all()
}

const STEPS: &str = "
    SELECT idea.id AS idea_id, throw.at, throw.verb,
           throw.by_id IS NOT NULL AND throw.by_id <> idea.author_id AS by_other,
           COALESCE(throw.holder_id = idea.author_id, FALSE) AS with_author
    FROM (SELECT id FROM idea WHERE authority <> 'did_it' ORDER BY thrown_at DESC, id DESC LIMIT $1) AS newest
    JOIN idea ON idea.id = newest.id
    JOIN throw ON throw.subject = 'idea' AND throw.subject_id = idea.id
    ORDER BY idea.thrown_at, idea.id, throw.number";

/// What happened to them, in the same order.
pub fn steps() -> Ask<Vec<Step>> {
    query_as(STEPS).bind(NEWEST).all()
}

// What has no ball any more is finished; only what was put together with another may come back.
macro_rules! tallies {
    ($before:literal, $after:literal) => {
        concat!(
            "SELECT 'thrown' AS what, month, CAST(COUNT(*) AS BIGINT) AS times
             FROM (SELECT ",
            $before,
            "thrown_at",
            $after,
            " AS month FROM idea) AS came
             GROUP BY month
             UNION ALL
             SELECT 'finished', month, CAST(COUNT(*) AS BIGINT)
             FROM (SELECT ",
            $before,
            "MAX(throw.at)",
            $after,
            " AS month
                   FROM throw
                   WHERE throw.subject = 'idea' AND throw.holder_id IS NULL AND throw.verb <> 'thank'
                     AND (throw.verb <> 'merge'
                          OR EXISTS (SELECT 1 FROM idea WHERE idea.id = throw.subject_id AND idea.state = 'merged'))
                   GROUP BY throw.subject_id) AS went
             GROUP BY month
             UNION ALL
             SELECT 'uncaught', '', COUNT(*) FROM idea WHERE state = 'new'
             UNION ALL
             SELECT 'over', '', COUNT(*) FROM ball
             WHERE due_at <= $1 AND NOT resting AND owes NOT IN ('follow', 'wake', 'end')
             UNION ALL
             SELECT 'unconfirmed', '', COUNT(*) FROM ball WHERE owes = 'confirm'
             UNION ALL
             SELECT state, '', COUNT(*) FROM experiment GROUP BY state
             UNION ALL
             SELECT 'cause', promise_term.cause, COUNT(*)
             FROM promise_term JOIN promise ON promise.id = promise_term.promise_id
             WHERE promise_term.cause IS NOT NULL AND promise.first_due_at >= $2
             GROUP BY promise_term.cause"
        )
    };
}

const TALLIES: Sql =
    Sql::either(tallies!("substr(", ", 1, 7)"), tallies!("to_char(", " AT TIME ZONE 'UTC', 'YYYY-MM')"));

/// All that is only counted.
///
/// Ideas thrown and finished in each month, things in the places where such systems stall, experiments by state, and what
/// got in the way of promises of the last year.
pub fn tallies(now: DateTime<Utc>) -> Ask<Tallies> {
    query_as(TALLIES).bind(now).bind(now - TimeDelta::weeks(WEEKS)).all().map(Tallies)
}

const OUTCOMES: &str = "
    SELECT idea.thrown_at, idea.state,
           (SELECT throw.verb FROM throw
            WHERE throw.subject = 'idea' AND throw.subject_id = idea.id
              AND throw.verb IN ('go', 'try', 'help', 'pass_up', 'park', 'decline')
            ORDER BY throw.number LIMIT 1) AS first_answer,
           (SELECT MIN(throw.at) FROM throw
            WHERE throw.subject = 'idea' AND throw.subject_id = idea.id
              AND throw.verb IN ('go', 'try', 'help', 'pass_up', 'park', 'decline')) AS answered_at,
           (SELECT MAX(throw.at) FROM throw
            WHERE throw.subject = 'idea' AND throw.subject_id = idea.id AND throw.holder_id IS NULL
              AND throw.verb <> 'thank') AS finished_at
    FROM idea
    WHERE idea.authority <> 'did_it' AND idea.thrown_at >= $1
    ORDER BY idea.thrown_at DESC, idea.id DESC LIMIT $2";

/// What became of the newest ideas since a day.
pub fn outcomes(since: DateTime<Utc>) -> Ask<Vec<Outcome>> {
    query_as(OUTCOMES).bind(since).bind(FOLLOWED).all()
}

// A ball that follows another or rests waits for nobody; nor does a turn of the routine before its day. The two kinds are
// those of the two indexes. Somebody with several parts stands in the one that carries most.
const PLACES: &str = "
    WITH part AS (
        SELECT person.id,
               CASE WHEN EXISTS (SELECT 1 FROM role WHERE role.person_id = person.id AND role.role = 'director')
                        THEN 'directors'
                    WHEN EXISTS (SELECT 1 FROM role WHERE role.person_id = person.id AND role.role = 'team_leader')
                        THEN 'leaders'
                    WHEN EXISTS (SELECT 1 FROM role WHERE role.person_id = person.id AND role.role = 'rep') THEN 'team'
                    ELSE 'departments' END AS level,
               (SELECT role.team_id FROM role WHERE role.person_id = person.id AND role.role = 'rep' LIMIT 1) AS team_id
        FROM person WHERE NOT person.mask),
    lying AS (
        SELECT holder_id, COUNT(*) AS balls, MIN(since) AS oldest
        FROM (SELECT holder_id, since FROM ball
              WHERE owes IN ('catch', 'answer', 'keep', 'safety', 'respond', 'renew')
              UNION ALL
              SELECT holder_id, since FROM ball
              WHERE owes NOT IN ('catch', 'answer', 'keep', 'safety', 'respond', 'renew', 'follow') AND NOT resting
                AND NOT (owes IN ('line', 'check', 'value') AND due_at > $1)) AS waiting
        GROUP BY holder_id)
    SELECT part.level, COALESCE(team.name, '') AS team, CAST(COUNT(*) AS BIGINT) AS people,
           CAST(COALESCE(SUM(lying.balls), 0) AS BIGINT) AS balls, MIN(lying.oldest) AS oldest
    FROM part
    LEFT JOIN lying ON lying.holder_id = part.id
    LEFT JOIN team ON team.id = part.team_id AND part.level = 'team'
    GROUP BY part.level, COALESCE(team.name, '')
    ORDER BY team";

/// How many people and balls are in each place.
pub fn places(now: DateTime<Utc>) -> Ask<Vec<Held>> {
    query_as(PLACES).bind(now).all()
}
