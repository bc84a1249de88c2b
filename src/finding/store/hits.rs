//! In which things words stand: the newest of each team, read from the index, however many there are.

use crate::balls::Subject;
use crate::db::given::{self, given_words};
use crate::db::{self, Ask, Sql};
use crate::ids::PersonId;
use serde_json::json;
use uuid::Uuid;

/// A thing in which a word stands, with all its words.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Hit {
    pub subject: Subject,
    pub subject_id: Uuid,
    /// The second it was made.
    pub at: i64,
    /// Its words, with blanks between.
    pub words: String,
}

/// What is looked for in the teams in sight.
pub struct Wanted<'a> {
    pub subjects: &'a [Subject],
    /// Lists of words: a thing is looked at that has a word of one of them.
    pub lists: &'a [Vec<String>],
    /// A thing answers that has one of each of these lists in its words, with blanks around each word.
    pub needed: &'a [Vec<String>],
    /// How many of the newest are looked at for each word of a team.
    pub looked_at: i64,
    /// How many of the newest answers are wanted of each kind and list.
    pub most: i64,
}

/// The newest things that were changed since their words were taken into the index: `$most` of one kind.
macro_rules! recent {
    ($subject:literal, $most:literal) => {
        concat!(
            "SELECT changed.subject_id FROM (SELECT unread.subject_id FROM unread WHERE unread.subject = '",
            $subject,
            "'
             ORDER BY unread.subject_id DESC LIMIT ",
            $most,
            ") AS changed"
        )
    };
}

pub(crate) use recent;

macro_rules! recent_of_all {
    ($most:literal) => {
        concat!(
            "(",
            recent!("idea", $most),
            " UNION ALL ",
            recent!("promise", $most),
            " UNION ALL ",
            recent!("experiment", $most),
            " UNION ALL ",
            recent!("standard", $most),
            " UNION ALL ",
            recent!("measure", $most),
            ")"
        )
    };
}

// For each team and word only as many are read as are looked at; PostgreSQL says so in words, SQLite by where they end.
macro_rules! newest {
    (sqlite) => {
        " CROSS JOIN found_word AS newest
          WHERE newest.team_id = near.team_id AND newest.subject = kind.word AND newest.word = sought.word
            AND newest.at >= COALESCE((
                SELECT edge.at FROM found_word AS edge
                WHERE edge.team_id = near.team_id AND edge.subject = kind.word AND edge.word = sought.word
                ORDER BY edge.at DESC LIMIT 1 OFFSET $5 - 1), -9000000000000000000)"
    };
    (postgres) => {
        " CROSS JOIN LATERAL (
              SELECT found_word.at, found_word.subject_id FROM found_word
              WHERE found_word.team_id = near.team_id AND found_word.subject = kind.word AND found_word.word = sought.word
              ORDER BY found_word.at DESC, found_word.subject_id DESC LIMIT $5) AS newest"
    };
}

macro_rules! hits {
    ($engine:ident, $lists:literal, $needed:literal, $has:literal) => {
        concat!(
            "WITH near AS MATERIALIZED (SELECT DISTINCT sight.team_id FROM sight WHERE sight.person_id = $1),
                  kind AS MATERIALIZED ", given_words!($engine, "$2"), ",
                  sought AS MATERIALIZED (", $lists, "),
                  needed AS MATERIALIZED (", $needed, "),
                  candidate AS (
                      SELECT DISTINCT kind.word AS subject, sought.list, newest.at, newest.subject_id
                      FROM near CROSS JOIN kind CROSS JOIN sought ", newest!($engine), "),
                  answer AS (
                      SELECT candidate.list, found_thing.subject, found_thing.subject_id, found_thing.at, found_thing.words,
                             ROW_NUMBER() OVER (PARTITION BY candidate.list, found_thing.subject
                                                ORDER BY candidate.at DESC, candidate.subject_id DESC) AS place
                      FROM candidate CROSS JOIN found_thing
                      WHERE found_thing.subject = candidate.subject AND found_thing.subject_id = candidate.subject_id
                        AND (SELECT COUNT(DISTINCT needed.list) FROM needed WHERE ", $has, ") = $8
                        AND found_thing.subject_id NOT IN ", recent_of_all!("$6"), ")
             SELECT answer.subject, answer.subject_id, answer.at, answer.words FROM answer
             WHERE answer.place <= $7 ORDER BY answer.list, answer.subject, answer.place"
        )
    };
}

const HITS: Sql = Sql::either(
    hits!(
        sqlite,
        "SELECT json_extract(value, '$[0]') AS list, json_extract(value, '$[1]') AS word FROM json_each($3)",
        "SELECT json_extract(value, '$[0]') AS list, json_extract(value, '$[1]') AS word FROM json_each($4)",
        "instr(' ' || found_thing.words || ' ', needed.word) > 0"
    ),
    hits!(
        postgres,
        "SELECT CAST(value ->> 0 AS BIGINT) AS list, value ->> 1 AS word
         FROM jsonb_array_elements(CAST($3 AS JSONB)) AS listed (value)",
        "SELECT CAST(value ->> 0 AS BIGINT) AS list, value ->> 1 AS word
         FROM jsonb_array_elements(CAST($4 AS JSONB)) AS listed (value)",
        "strpos(' ' || found_thing.words || ' ', needed.word) > 0"
    ),
);

/// The newest answers in the teams that a person sees, list by list and kind by kind.
pub fn in_sight(person: PersonId, wanted: &Wanted<'_>) -> Ask<Vec<Hit>> {
    let kinds = given::words(wanted.subjects.iter().map(|subject| subject.name()));
    let query = db::query_as(HITS).bind(person).bind(kinds).bind(numbered(wanted.lists)).bind(numbered(wanted.needed));
    let query = query.bind(wanted.looked_at).bind(super::MOST_RECENT).bind(wanted.most);
    query.bind(i64::try_from(wanted.needed.len()).unwrap_or(i64::MAX)).all()
}

/// Lists of words as one value: each word with the number of its list.
fn numbered(lists: &[Vec<String>]) -> String {
    let lists = lists.iter().enumerate();
    let words = lists.flat_map(|(list, words)| words.iter().map(move |word| json!([list, word])));
    serde_json::Value::from(words.collect::<Vec<_>>()).to_string()
}

// The newest four hundred of a kind: who holds more than that in teams out of sight looks for it where it is listed.
const OUT_OF_SIGHT: &str = concat!(
    "WITH far AS MATERIALIZED (
                 SELECT team.id FROM team
                 WHERE team.id NOT IN (SELECT sight.team_id FROM sight WHERE sight.person_id = $1)),
             known AS (
                 SELECT throw.subject, throw.subject_id FROM far CROSS JOIN throw
                 WHERE throw.holder_id = $1 AND throw.team_id = far.id AND throw.subject <> 'measure'
                 UNION
                 SELECT 'idea', idea.id FROM far CROSS JOIN idea WHERE idea.author_id = $1 AND idea.team_id = far.id
                 UNION
                 SELECT 'idea', kept_name.idea_id FROM kept_name WHERE kept_name.person_id = $1
                 UNION
                 SELECT 'promise', promise.id FROM far CROSS JOIN promise
                 WHERE promise.receiver_id = $1 AND promise.team_id = far.id
             ),
             placed AS (
                 SELECT found_thing.subject, found_thing.subject_id, found_thing.at, found_thing.words,
                        ROW_NUMBER() OVER (PARTITION BY found_thing.subject
                                           ORDER BY found_thing.at DESC, found_thing.subject_id DESC) AS place
                 FROM known CROSS JOIN found_thing
                 WHERE found_thing.subject = known.subject AND found_thing.subject_id = known.subject_id
                   AND found_thing.subject_id NOT IN ",
    recent_of_all!("$2"),
    ")
             SELECT placed.subject, placed.subject_id, placed.at, placed.words FROM placed WHERE placed.place <= 400"
);

/// What a person knows of teams that they do not see: what they threw, were promised, and ever held.
pub fn out_of_sight(person: PersonId) -> Ask<Vec<Hit>> {
    db::query_as(OUT_OF_SIGHT).bind(person).bind(super::MOST_RECENT).all()
}
