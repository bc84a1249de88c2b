//! The words of things in tables: in which things of a team a word stands, and the dictionary of each team.

use super::spelling::keys;
use super::terms::{Look, Term};
use crate::balls::Subject;
use crate::db::given::{self, given_ids, given_words};
use crate::db::{self, Sql, Tx};
use crate::ids::{PersonId, TeamId};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// How many words of a dictionary one term may mean.
const MEANT: usize = 24;
/// How many things are looked at in one go.
pub const PAGE: i64 = 60;

/// A word of a dictionary, and in how many things it stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Known {
    pub word: String,
    pub things: i64,
}

macro_rules! known {
    ($engine:ident, $from:expr, $where:literal) => {
        concat!(
            "SELECT team_word.word, CAST(SUM(team_word.things) AS BIGINT) AS things FROM ",
            given_ids!($engine, "$1"),
            " AS team CROSS JOIN ",
            $from,
            "team_word
             WHERE team_word.team_id = team.id AND ",
            $where,
            " GROUP BY team_word.word
              ORDER BY CASE WHEN team_word.word = $2 THEN 0 ELSE 1 END, things DESC, team_word.word LIMIT $3"
        )
    };
}

const BEGINNING: Sql = Sql::either(
    known!(sqlite, "", "team_word.word >= $4 AND team_word.word < $5"),
    known!(postgres, "", "team_word.word >= $4 AND team_word.word < $5"),
);

macro_rules! mistyped {
    ($engine:ident) => {
        concat!(
            "(SELECT DISTINCT spelling.word FROM spelling WHERE spelling.key IN ",
            given_words!($engine, "$4"),
            ") AS near CROSS JOIN "
        )
    };
}

const MISTYPED: Sql = Sql::either(
    known!(sqlite, mistyped!(sqlite), "team_word.word = near.word"),
    known!(postgres, mistyped!(postgres), "team_word.word = near.word"),
);

/// The words in the dictionaries of these teams that come near a term, the same word first, then the most usual ones.
pub async fn known(tx: &mut Tx, teams: &str, term: &Term, look: Look) -> sqlx::Result<Vec<Known>> {
    let from = term.beginning(look).to_owned();
    let to = if term.begins_words() { format!("{from}\u{10ffff}") } else { format!("{from}\u{1}") };
    let most = if look == Look::Wide { 4 * MEANT } else { MEANT };
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let query = tx.query_as(BEGINNING).bind(teams.to_owned()).bind(term.word.clone()).bind(most).bind(from).bind(to);
    let mut known: Vec<Known> = query.all().await?;
    let keys = keys(&term.word);
    if look == Look::Wide && !keys.is_empty() {
        let keys = given::words(keys.iter().map(String::as_str));
        let query = tx.query_as(MISTYPED).bind(teams.to_owned()).bind(term.word.clone()).bind(most).bind(keys);
        let near: Vec<Known> = query.all().await?;
        known.extend(near.into_iter().filter(|near| !term.word.eq(&near.word)));
    }
    let mut seen = BTreeSet::new();
    known.retain(|known| term.nearness(&known.word, look).is_some() && seen.insert(known.word.clone()));
    known.truncate(MEANT);
    Ok(known)
}

/// A thing in which a word stands, with all its words.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Hit {
    pub subject_id: Uuid,
    /// The second it was made.
    pub at: i64,
    pub words: String,
}

/// Where a list of hits goes on.
#[derive(Clone, Copy, Debug)]
pub struct After {
    /// The second of the last one.
    pub at: i64,
    /// The last one.
    pub id: Uuid,
}

impl After {
    /// Before the first one.
    pub const BEGINNING: Self = Self { at: i64::MAX, id: Uuid::max() };
}

macro_rules! before {
    ($word:literal) => {
        concat!($word, ".at <= $4 AND (", $word, ".at < $4 OR ", $word, ".subject_id < $5)")
    };
}

// For each team and word only as many as fit on the page are read, however many there are; PostgreSQL says so in words,
// SQLite by where the page ends.
macro_rules! newest {
    (sqlite) => {
        concat!(
            " CROSS JOIN found_word AS newest
             WHERE newest.team_id = team.id AND newest.subject = $3 AND newest.word = sought.word AND ",
            before!("newest"),
            "  AND newest.at >= COALESCE((
                   SELECT edge.at FROM found_word AS edge
                   WHERE edge.team_id = team.id AND edge.subject = $3 AND edge.word = sought.word AND ",
            before!("edge"),
            "      ORDER BY edge.at DESC LIMIT 1 OFFSET $6 - 1), -9000000000000000000)"
        )
    };
    (postgres) => {
        concat!(
            " CROSS JOIN LATERAL (
                 SELECT found_word.at, found_word.subject_id FROM found_word
                 WHERE found_word.team_id = team.id AND found_word.subject = $3 AND found_word.word = sought.word AND ",
            before!("found_word"),
            "    ORDER BY found_word.at DESC, found_word.subject_id DESC LIMIT $6) AS newest"
        )
    };
}

macro_rules! hits {
    ($engine:ident) => {
        concat!(
            "SELECT found_thing.subject_id, found_thing.at, found_thing.words
             FROM (
                 SELECT DISTINCT newest.at, newest.subject_id
                 FROM ",
            given_ids!($engine, "$1"),
            " AS team CROSS JOIN ",
            given_words!($engine, "$2"),
            " AS sought ",
            newest!($engine),
            "    ORDER BY newest.at DESC, newest.subject_id DESC LIMIT $6
             ) AS hit
             CROSS JOIN found_thing
             WHERE found_thing.subject = $3 AND found_thing.subject_id = hit.subject_id
             ORDER BY hit.at DESC, hit.subject_id DESC"
        )
    };
}

const HITS: Sql = Sql::either(hits!(sqlite), hits!(postgres));

/// The newest things of these teams in which one of the words stands, a page of them.
pub async fn hits(
    tx: &mut Tx,
    teams: &str,
    words: &[String],
    subject: Subject,
    after: After,
) -> sqlx::Result<Vec<Hit>> {
    let words = given::words(words.iter().map(String::as_str));
    let query = tx.query_as(HITS).bind(teams.to_owned()).bind(words).bind(subject).bind(after.at).bind(after.id);
    query.bind(PAGE).all().await
}

// The newest four hundred: who holds more than that in teams out of sight looks for it where it is listed.
macro_rules! outside {
    ($engine:ident) => {
        concat!(
            "WITH team AS ",
            given_ids!($engine, "$1"),
            ",
             known AS (
                 SELECT throw.subject_id AS id FROM team CROSS JOIN throw
                 WHERE throw.holder_id = $2 AND throw.team_id = team.id AND throw.subject = $3
                 UNION
                 SELECT idea.id FROM team CROSS JOIN idea
                 WHERE idea.author_id = $2 AND idea.team_id = team.id AND $3 = 'idea'
                 UNION
                 SELECT kept_name.idea_id FROM kept_name WHERE kept_name.person_id = $2 AND $3 = 'idea'
                 UNION
                 SELECT promise.id FROM team CROSS JOIN promise
                 WHERE promise.receiver_id = $2 AND promise.team_id = team.id AND $3 = 'promise'
             )
             SELECT found_thing.subject_id, found_thing.at, found_thing.words
             FROM known CROSS JOIN found_thing
             WHERE found_thing.subject = $3 AND found_thing.subject_id = known.id
             ORDER BY found_thing.at DESC, found_thing.subject_id DESC LIMIT 400"
        )
    };
}

const OUTSIDE: Sql = Sql::either(outside!(sqlite), outside!(postgres));

/// What a person knows of teams that they do not see: what they threw, were promised, and ever held.
pub async fn outside(tx: &mut Tx, teams: &str, person: PersonId, subject: Subject) -> sqlx::Result<Vec<Hit>> {
    tx.query_as(OUTSIDE).bind(teams.to_owned()).bind(person).bind(subject).all().await
}

/// The words of a thing as they stand in the tables.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Kept {
    pub team_id: TeamId,
    /// The second it was made.
    pub at: i64,
    pub words: String,
}

#[derive(sqlx::FromRow)]
struct KeptRow {
    subject_id: Uuid,
    #[sqlx(flatten)]
    kept: Kept,
}

macro_rules! kept {
    ($engine:ident) => {
        concat!(
            "SELECT subject_id, team_id, at, words FROM found_thing WHERE subject = $1 AND subject_id IN ",
            given_ids!($engine, "$2")
        )
    };
}

const KEPT: Sql = Sql::either(kept!(sqlite), kept!(postgres));

/// The words of these things as they stand in the tables; nothing of one that was never read.
pub async fn kept(tx: &mut Tx, subject: Subject, ids: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Kept>> {
    let kept = db::query_as::<KeptRow>(KEPT).bind(subject).bind(given::ids(ids.iter().copied())).all();
    tx.ask(kept.map(|rows| rows.into_iter().map(|row| (row.subject_id, row.kept)).collect())).await
}

const KEEP: &str = "
    INSERT INTO found_thing (subject, subject_id, team_id, at, words) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (subject, subject_id) DO UPDATE SET team_id = excluded.team_id, at = excluded.at, words = excluded.words";
const DROP: &str = "DELETE FROM found_thing WHERE subject = $1 AND subject_id = $2";

/// Keep the words of a thing, or nothing of one that is gone.
pub async fn keep(tx: &mut Tx, subject: Subject, id: Uuid, new: Option<&Kept>) -> sqlx::Result<()> {
    let Some(new) = new else {
        return tx.later(db::query(DROP).bind(subject).bind(id)).await;
    };
    let query = db::query(KEEP).bind(subject).bind(id).bind(new.team_id).bind(new.at).bind(new.words.clone());
    tx.later(query).await
}

macro_rules! lay {
    ($engine:ident) => {
        concat!(
            "INSERT INTO found_word (team_id, subject, word, at, subject_id)
             SELECT $1, $2, sought.word, $3, $4 FROM ",
            given_words!($engine, "$5"),
            " AS sought
             WHERE 1 = 1 ON CONFLICT DO NOTHING"
        )
    };
}

macro_rules! count_up {
    ($engine:ident) => {
        concat!(
            "INSERT INTO team_word (team_id, word, things)
             SELECT $1, sought.word, 1 FROM ",
            given_words!($engine, "$2"),
            " AS sought
             WHERE 1 = 1 ON CONFLICT (team_id, word) DO UPDATE SET things = team_word.things + 1"
        )
    };
}

macro_rules! unspelt {
    ($engine:ident) => {
        concat!(
            "SELECT sought.word FROM ", given_words!($engine, "$1"), " AS sought
             WHERE NOT EXISTS (SELECT 1 FROM spelling WHERE spelling.key = sought.word AND spelling.word = sought.word)"
        )
    };
}

macro_rules! spell {
    ($engine:ident) => {
        concat!(
            "INSERT INTO spelling (key, word) SELECT sought.word, $1 FROM ",
            given_words!($engine, "$2"),
            " AS sought
             WHERE 1 = 1 ON CONFLICT DO NOTHING"
        )
    };
}

const LAY: Sql = Sql::either(lay!(sqlite), lay!(postgres));
const COUNT_UP: Sql = Sql::either(count_up!(sqlite), count_up!(postgres));
const UNSPELT: Sql = Sql::either(unspelt!(sqlite), unspelt!(postgres));
const SPELL: Sql = Sql::either(spell!(sqlite), spell!(postgres));

/// Say of each of these words that it stands in the thing.
pub async fn lay(tx: &mut Tx, subject: Subject, id: Uuid, of: &Kept, words: &BTreeSet<&str>) -> sqlx::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let given = given::words(words.iter().copied());
    let query = db::query(LAY).bind(of.team_id).bind(subject).bind(of.at).bind(id);
    tx.later(query.bind(given.clone())).await?;
    tx.later(db::query(COUNT_UP).bind(of.team_id).bind(given)).await
}

/// Keep the spellings of those of these words that have none yet.
pub async fn spell(tx: &mut Tx, words: &BTreeSet<&str>) -> sqlx::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let spelt = given::words(words.iter().copied().filter(|word| !keys(word).is_empty()));
    let unspelt = db::query_as::<(String,)>(UNSPELT).bind(spelt).all();
    for (word,) in tx.ask(unspelt).await? {
        let keys = given::words(keys(&word).iter().map(String::as_str));
        tx.later(db::query(SPELL).bind(word).bind(keys)).await?;
    }
    Ok(())
}

macro_rules! take_up {
    ($engine:ident) => {
        concat!(
            "DELETE FROM found_word WHERE team_id = $1 AND subject = $2 AND at = $3 AND subject_id = $4 AND word IN ",
            given_words!($engine, "$5")
        )
    };
}

macro_rules! last_one {
    ($engine:ident) => {
        concat!("DELETE FROM team_word WHERE team_id = $1 AND things = 1 AND word IN ", given_words!($engine, "$2"))
    };
}

macro_rules! count_down {
    ($engine:ident) => {
        concat!(
            "UPDATE team_word SET things = things - 1 WHERE team_id = $1 AND things > 1 AND word IN ",
            given_words!($engine, "$2")
        )
    };
}

macro_rules! forget {
    ($engine:ident) => {
        concat!(
            "DELETE FROM spelling WHERE spelling.word IN ",
            given_words!($engine, "$1"),
            " AND NOT EXISTS (SELECT 1 FROM team_word WHERE team_word.word = spelling.word)"
        )
    };
}

const TAKE_UP: Sql = Sql::either(take_up!(sqlite), take_up!(postgres));
const COUNT_DOWN: Sql = Sql::either(count_down!(sqlite), count_down!(postgres));
const LAST_ONE: Sql = Sql::either(last_one!(sqlite), last_one!(postgres));
const FORGET: Sql = Sql::either(forget!(sqlite), forget!(postgres));

/// Say of each of these words that it stands in the thing no more; a word that stands nowhere any more is forgotten.
pub async fn take_up(tx: &mut Tx, subject: Subject, id: Uuid, of: &Kept, words: &BTreeSet<&str>) -> sqlx::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let given = given::words(words.iter().copied());
    let query = db::query(TAKE_UP).bind(of.team_id).bind(subject).bind(of.at).bind(id);
    tx.later(query.bind(given.clone())).await?;
    // The last ones first, or a word that is counted down to one would be taken for its last.
    tx.later(db::query(LAST_ONE).bind(of.team_id).bind(given.clone())).await?;
    tx.later(db::query(COUNT_DOWN).bind(of.team_id).bind(given.clone())).await?;
    tx.later(db::query(FORGET).bind(given)).await
}
