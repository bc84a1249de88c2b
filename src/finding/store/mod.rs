//! The index: the words of things in tables that are the same on both engines, and the dictionary of each team.

pub mod dictionary;
pub mod hits;

pub(crate) use hits::recent;

use crate::balls::Subject;
use crate::db::given::{self, given_ids, given_words};
use crate::db::{self, Ask, Sql, Statement, Tx};
use crate::finding::forms::parts;
use crate::finding::spelling::keys;
use crate::ids::TeamId;
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How many things of one kind that were changed a moment ago are read as they are, the newest first.
pub const MOST_RECENT: i64 = 100;

const CHANGED: &str = "SELECT subject, subject_id FROM unread ORDER BY subject, subject_id LIMIT $1";

/// Things whose words have changed since they were taken into the index, at most so many.
pub fn changed(most: i64) -> Ask<Vec<(Subject, Uuid)>> {
    db::query_as(CHANGED).bind(most).all()
}

/// The words of a thing as they stand in the index.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Indexed {
    pub subject: Subject,
    pub subject_id: Uuid,
    pub team_id: TeamId,
    /// The second it was made.
    pub at: i64,
    /// Its words, each once, with blanks between.
    pub words: String,
}

impl Indexed {
    /// Its words, each once.
    pub fn words(&self) -> BTreeSet<&str> {
        self.words.split(' ').filter(|word| !word.is_empty()).collect()
    }
}

/// A statement of both engines around a list that is given.
macro_rules! around_given {
    ($given:ident, $before:literal, $place:literal, $after:literal) => {
        Sql::either(
            concat!($before, $given!(sqlite, $place), $after),
            concat!($before, $given!(postgres, $place), $after),
        )
    };
}

const INDEXED: Sql = around_given!(
    given_ids,
    "SELECT subject, subject_id, team_id, at, words FROM found_thing
     WHERE subject IN ('idea', 'promise', 'experiment', 'standard', 'measure') AND subject_id IN ",
    "$1",
    ""
);

/// These things as they stand in the index, those that do.
pub fn indexed(ids: impl IntoIterator<Item = Uuid>) -> Ask<Vec<Indexed>> {
    db::query_as(INDEXED).bind(given::ids(ids)).all()
}

macro_rules! unspelt {
    ($engine:ident) => {
        concat!(
            "SELECT sought.word FROM ",
            given_words!($engine, "$1"),
            " AS sought
             WHERE NOT EXISTS (SELECT 1 FROM spelling WHERE spelling.key = sought.word AND spelling.word = sought.word)
             UNION
             SELECT sought.word FROM ",
            given_words!($engine, "$2"),
            " AS sought WHERE NOT EXISTS (SELECT 1 FROM word_part WHERE word_part.word = sought.word)"
        )
    };
}

const UNSPELT: Sql = Sql::either(unspelt!(sqlite), unspelt!(postgres));

/// Those of these words that nobody has used yet and that can be mistyped or may be put together of several.
pub fn unspelt(words: &BTreeSet<&str>) -> Ask<Vec<String>> {
    let mistyped = given::words(words.iter().copied().filter(|word| !keys(word).is_empty()));
    let compounds = given::words(words.iter().copied().filter(|word| parts(word).next().is_some()));
    let rows = db::query_as::<(String,)>(UNSPELT).bind(mistyped).bind(compounds).all();
    rows.map(|rows| rows.into_iter().map(|(word,)| word).collect())
}

const SPELL: Sql = Sql::either(
    "INSERT INTO spelling (key, word)
     SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each($1) WHERE 1 = 1 ON CONFLICT DO NOTHING",
    "INSERT INTO spelling (key, word)
     SELECT value ->> 0, value ->> 1 FROM jsonb_array_elements(CAST($1 AS JSONB)) AS listed (value) ON CONFLICT DO NOTHING",
);

const TAKE_APART: Sql = Sql::either(
    "INSERT INTO word_part (part, word)
     SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each($1) WHERE 1 = 1 ON CONFLICT DO NOTHING",
    "INSERT INTO word_part (part, word)
     SELECT value ->> 0, value ->> 1 FROM jsonb_array_elements(CAST($1 AS JSONB)) AS listed (value) ON CONFLICT DO NOTHING",
);

/// Keep these words under what is left of them when one letter is left out, and long ones under their parts.
pub async fn spell(tx: &mut Tx, words: &[String]) -> sqlx::Result<()> {
    let keys = words.iter().flat_map(|word| keys(word).into_iter().map(move |key| json!([key, word])));
    tx.later(db::query(SPELL).bind(serde_json::Value::from(keys.collect::<Vec<_>>()).to_string())).await?;
    let parts: Vec<_> = words.iter().flat_map(|word| parts(word).map(move |part| json!([part, word]))).collect();
    if parts.is_empty() {
        return Ok(());
    }
    tx.later(db::query(TAKE_APART).bind(serde_json::Value::from(parts).to_string())).await
}

const SAVE: &str = "
    INSERT INTO found_thing (subject, subject_id, team_id, at, words) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (subject, subject_id) DO UPDATE SET team_id = excluded.team_id, at = excluded.at, words = excluded.words";
const REMOVE: &str = "DELETE FROM found_thing WHERE subject = $1 AND subject_id = $2";
const IS_INDEXED: &str = "DELETE FROM unread WHERE subject = $1 AND subject_id = $2";

/// Keep the words of a thing, or nothing of one that is gone; they stand in the index as they are.
pub async fn save(tx: &mut Tx, subject: Subject, id: Uuid, new: Option<&Indexed>) -> sqlx::Result<()> {
    let this = |sql| db::query(sql).bind(subject).bind(id);
    tx.later(match new {
        Some(new) => this(SAVE).bind(new.team_id).bind(new.at).bind(new.words.clone()),
        None => this(REMOVE),
    })
    .await?;
    tx.later(this(IS_INDEXED)).await
}

const ADD_WORDS: Sql = around_given!(
    given_words,
    "INSERT INTO found_word (team_id, subject, at, subject_id, word) SELECT $1, $2, $3, $4, sought.word FROM ",
    "$5",
    " AS sought WHERE 1 = 1 ON CONFLICT DO NOTHING"
);
const COUNT_UP: Sql = around_given!(
    given_words,
    "INSERT INTO team_word (team_id, word, things) SELECT $1, sought.word, 1 FROM ",
    "$2",
    " AS sought WHERE 1 = 1 ON CONFLICT (team_id, word) DO UPDATE SET things = team_word.things + 1"
);

/// Say of each of these words that it stands in the thing.
pub async fn add_words(tx: &mut Tx, of: &Indexed, words: &BTreeSet<&str>) -> sqlx::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    tx.later(in_thing(ADD_WORDS, of, words)).await?;
    tx.later(in_team(COUNT_UP, of, words)).await
}

const REMOVE_WORDS: Sql = around_given!(
    given_words,
    "DELETE FROM found_word WHERE team_id = $1 AND subject = $2 AND at = $3 AND subject_id = $4 AND word IN ",
    "$5",
    ""
);
const LAST_ONE: Sql =
    around_given!(given_words, "DELETE FROM team_word WHERE team_id = $1 AND things = 1 AND word IN ", "$2", "");
const COUNT_DOWN: Sql = around_given!(
    given_words,
    "UPDATE team_word SET things = things - 1 WHERE team_id = $1 AND things > 1 AND word IN ",
    "$2",
    ""
);
const FORGET: Sql = around_given!(
    given_words,
    "DELETE FROM spelling WHERE spelling.word IN ",
    "$1",
    " AND NOT EXISTS (SELECT 1 FROM team_word WHERE team_word.word = spelling.word)"
);

const FORGET_PARTS: Sql = around_given!(
    given_words,
    "DELETE FROM word_part WHERE word_part.word IN ",
    "$1",
    " AND NOT EXISTS (SELECT 1 FROM team_word WHERE team_word.word = word_part.word)"
);

/// Say of each of these words that it stands in the thing no more.
pub async fn remove_words(tx: &mut Tx, of: &Indexed, words: &BTreeSet<&str>) -> sqlx::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    tx.later(in_thing(REMOVE_WORDS, of, words)).await?;
    // The last ones first, or a word that is counted down to one would be taken for its last.
    tx.later(in_team(LAST_ONE, of, words)).await?;
    tx.later(in_team(COUNT_DOWN, of, words)).await
}

/// Forget those of these words that stand nowhere any more.
pub async fn forget(tx: &mut Tx, words: &BTreeSet<&str>) -> sqlx::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    for forget in [FORGET, FORGET_PARTS] {
        tx.later(db::query(forget).bind(given::words(words.iter().copied()))).await?;
    }
    Ok(())
}

fn in_thing(sql: Sql, of: &Indexed, words: &BTreeSet<&str>) -> Statement {
    let query = db::query(sql).bind(of.team_id).bind(of.subject).bind(of.at).bind(of.subject_id);
    query.bind(given::words(words.iter().copied()))
}

fn in_team(sql: Sql, of: &Indexed, words: &BTreeSet<&str>) -> Statement {
    db::query(sql).bind(of.team_id).bind(given::words(words.iter().copied()))
}
