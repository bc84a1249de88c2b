//! What is kept about one person and by them, line by line, as they may take it with them.

use crate::db::{Ask, query_as};
use crate::ids::PersonId;
use chrono::{DateTime, Utc};
use serde::Serialize;

/// So many lines one file has; the others stand in the next.
pub const MOST: i64 = 500;

/// One line of the file.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct Line {
    /// The kind of thing: "idea", "comment", "draft".
    pub what: String,
    pub at: Option<DateTime<Utc>>,
    /// What it belongs to.
    pub about: String,
    pub words: String,
}

/// The columns of people that the file follows, with their tables.
pub const FOLLOWED: &[(&str, &str)] = &[
    ("absence", "person_id"),
    ("agreement", "first_by"),
    ("agreement", "second_by"),
    ("comment", "writer_id"),
    ("draft", "person_id"),
    ("experiment", "owner_id"),
    ("following", "person_id"),
    ("hurt_too", "person_id"),
    ("idea", "author_id"),
    ("kept_name", "person_id"),
    ("measure", "keeper_id"),
    ("measure_note", "by_id"),
    ("measure_value", "entered_by"),
    ("name_reading", "reader_id"),
    ("notice", "person_id"),
    ("promise", "promiser_id"),
    ("promise", "receiver_id"),
    ("role", "person_id"),
    ("session", "person_id"),
    ("standard", "owner_id"),
    ("standard_check", "by_id"),
    ("throw", "by_id"),
    ("volunteer", "person_id"),
    ("weekly_line", "by_id"),
];

/// The columns that the file leaves out, and why.
pub const LEFT_OUT: &[(&str, &str, &str)] = &[
    ("absence", "deputy_id", "it is the absence of somebody else"),
    ("ball", "for_id", "every ball is a line of its throw"),
    ("ball", "holder_id", "every ball is a line of its throw"),
    ("ball", "waits_id", "every ball is a line of its throw"),
    ("give_back", "by_id", "it is what a team got, without a name"),
    ("idea", "carrier_id", "every part in an idea is a line of its throw"),
    ("idea", "catcher_id", "every part in an idea is a line of its throw"),
    ("idea", "doer_id", "every part in an idea is a line of its throw"),
    ("invitation", "person_id", "it is a hash of a code that was given away"),
    ("measure_exclusion", "by_id", "every move of a measure is a line of its throw"),
    ("measure_exclusion", "ended_by", "every move of a measure is a line of its throw"),
    ("measure_note", "removed_by", "it is the note of somebody else"),
    ("measure_signal", "answered_by", "every move of a measure is a line of its throw"),
    ("measure_version", "by_id", "every move of a measure is a line of its throw"),
    ("person", "next_level_id", "it says who somebody else reports to"),
    ("phase", "agreed_by", "every move of a measure is a line of its throw"),
    ("phase", "ended_by", "every move of a measure is a line of its throw"),
    ("phase", "set_by", "every move of a measure is a line of its throw"),
    ("screen", "forgotten_by", "it is about a television"),
    ("screen", "paired_by", "it is about a television"),
    ("standard", "proposer_id", "every move of a standard is a line of its throw"),
    ("standard_edition", "by_id", "every move of a standard is a line of its throw"),
    (
        "standard_shown",
        "person_id",
        "what was said against a standard is a line of its throw; the rest is only counted",
    ),
    ("stated_minutes", "by_id", "it is the word of those whom a change concerns, without a name"),
    ("team", "wide_head_id", "it says who catches the letters of the company"),
    ("throw", "holder_id", "it is the move of somebody else"),
];

// What the coach keeps a name for is written by a placeholder; its author is found by the name that is kept.
const MINE: &str = "
    WITH me AS (SELECT id, name, email, created_at FROM person WHERE id = $1),
    written AS (
        SELECT idea.id, idea.headline, idea.thrown_at, idea.hurt, idea.why, idea.better, idea.needed_change,
               idea.small_try, idea.benefit, idea.author_id
        FROM idea WHERE idea.author_id = $1
           OR EXISTS (SELECT 1 FROM kept_name WHERE kept_name.idea_id = idea.id AND kept_name.person_id = $1)),
    as_mask AS (
        SELECT idea.id, idea.author_id FROM kept_name JOIN idea ON idea.id = kept_name.idea_id
        WHERE kept_name.person_id = $1 AND idea.author_id <> $1)
    SELECT what, at, about, words FROM (
        SELECT 'person' AS what, created_at AS at, name AS about, email AS words FROM me
        UNION ALL SELECT 'role', CAST(NULL AS TIMESTAMPTZ), COALESCE(team.name, ''), role.role
            FROM role LEFT JOIN team ON team.id = role.team_id WHERE role.person_id = $1
        UNION ALL SELECT 'signed in until', session.expires_at, '', '' FROM session WHERE session.person_id = $1
        UNION ALL SELECT 'idea', thrown_at, headline,
                hurt || ' / ' || why || ' / ' || better || ' / ' || needed_change || ' / ' || small_try || ' / ' || benefit
            FROM written
        UNION ALL SELECT 'move: ' || throw.verb, throw.at, thing.title, throw.words
            FROM throw JOIN thing ON thing.subject = throw.subject AND thing.id = throw.subject_id
            WHERE throw.by_id = $1
        UNION ALL SELECT 'move: ' || throw.verb, throw.at, '', throw.words
            FROM as_mask JOIN throw ON throw.subject = 'idea' AND throw.subject_id = as_mask.id
                                       AND throw.by_id = as_mask.author_id
        UNION ALL SELECT 'comment', comment.at, idea.headline, comment.words
            FROM comment JOIN idea ON idea.id = comment.idea_id
            WHERE comment.writer_id = $1
               OR EXISTS (SELECT 1 FROM as_mask WHERE as_mask.id = idea.id AND as_mask.author_id = comment.writer_id)
        UNION ALL SELECT 'draft', draft.saved_at, draft.place, draft.fields FROM draft WHERE draft.person_id = $1
        UNION ALL SELECT 'it hurts me too', CAST(NULL AS TIMESTAMPTZ), idea.headline, ''
            FROM hurt_too JOIN idea ON idea.id = hurt_too.idea_id WHERE hurt_too.person_id = $1
        UNION ALL SELECT 'would like to join', volunteer.at, idea.headline, ''
            FROM volunteer JOIN idea ON idea.id = volunteer.idea_id WHERE volunteer.person_id = $1
        UNION ALL SELECT CASE WHEN following.follows THEN 'follows' ELSE 'does not follow' END,
                CAST(NULL AS TIMESTAMPTZ), idea.headline, ''
            FROM following JOIN idea ON idea.id = following.idea_id WHERE following.person_id = $1
        UNION ALL SELECT 'promised', promise.created_at, promise.what, promise.how FROM promise
            WHERE promise.promiser_id = $1
        UNION ALL SELECT 'was promised', promise.created_at, promise.what, promise.how FROM promise
            WHERE promise.receiver_id = $1
        UNION ALL SELECT 'notice', notice.at, '', notice.words FROM notice WHERE notice.person_id = $1
        UNION ALL SELECT 'away', CAST(NULL AS TIMESTAMPTZ), '', CAST(from_on AS TEXT) || ' to ' || CAST(to_on AS TEXT)
            FROM absence WHERE absence.person_id = $1
        UNION ALL SELECT 'keeps the measure', created_at, name, question FROM measure WHERE keeper_id = $1
        UNION ALL SELECT 'number', measure_value.entered_at, measure.name, CAST(measure_value.value AS TEXT)
            FROM measure_value JOIN measure ON measure.id = measure_value.measure_id
            WHERE measure_value.entered_by = $1
        UNION ALL SELECT 'note', measure_note.at, measure.name, measure_note.words
            FROM measure_note JOIN measure ON measure.id = measure_note.measure_id WHERE measure_note.by_id = $1
        UNION ALL SELECT 'counted the same cases', agreement.first_at, measure.name, agreement.how_counted
            FROM agreement JOIN measure ON measure.id = agreement.measure_id
            WHERE agreement.first_by = $1 OR agreement.second_by = $1
        UNION ALL SELECT 'owns the experiment', created_at, name, doing FROM experiment WHERE owner_id = $1
        UNION ALL SELECT 'weekly line', weekly_line.at, experiment.name, weekly_line.line
            FROM weekly_line JOIN experiment ON experiment.id = weekly_line.experiment_id
            WHERE weekly_line.by_id = $1
        UNION ALL SELECT 'owns the standard', created_at, name, how FROM standard WHERE owner_id = $1
        UNION ALL SELECT 'check', standard_check.at, standard.name, standard_check.line
            FROM standard_check JOIN standard ON standard.id = standard_check.standard_id
            WHERE standard_check.by_id = $1
        UNION ALL SELECT 'read a kept name', name_reading.at, idea.headline, name_reading.why
            FROM name_reading JOIN idea ON idea.id = name_reading.idea_id WHERE name_reading.reader_id = $1
    ) AS line
    ORDER BY CASE WHEN at IS NULL THEN 0 ELSE 1 END, at DESC, what, about, words LIMIT $2 OFFSET $3";

/// The lines of a person on a page of them, from 0, and one more where others follow: those without a time first, then the
/// newest first.
pub fn of(person: PersonId, page: u32) -> Ask<Vec<Line>> {
    query_as(MINE).bind(person).bind(MOST + 1).bind(MOST * i64::from(page)).all()
}
