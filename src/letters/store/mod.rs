//! The rows of letters, and of what their authors did by the code.

pub mod letterbox;

use super::code;
use crate::db::{Ask, Sql, Tx, query, query_as};
use crate::ideas::IdeaText;
use crate::ids::{IdeaId, TeamId};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// A letter, with its words as long as it lies in its box.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Letter {
    /// Its chance number, which the idea keeps.
    pub id: IdeaId,
    pub team_id: TeamId,
    #[sqlx(flatten)]
    pub text: IdeaText,
    pub week: NaiveDate,
    /// `lying` or `delivered`.
    pub state: String,
}

impl Letter {
    /// Whether the post has not taken it yet.
    pub fn is_lying(&self) -> bool {
        self.state == "lying"
    }
}

macro_rules! letters {
    ($rest:literal) => {
        concat!(
            "SELECT letter.id, letter.team_id, letter.hurt, letter.why, letter.better, letter.needed_change,
                    letter.small_try, letter.benefit, letter.week, letter.state
             FROM letter ",
            $rest
        )
    };
}

const PUT_IN: &str = "
    INSERT INTO letter (id, team_id, hurt, why, better, needed_change, small_try, benefit, week, state, code_hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'lying', $10) ON CONFLICT DO NOTHING";

// On PostgreSQL rows lie in the order in which they came, and a dump shows that order. So what lies there is laid anew by
// its chance numbers each time something comes. A table of SQLite without row numbers lies in that order by itself.
const MIX: Sql = Sql::either(
    "SELECT 1",
    "WITH taken AS (DELETE FROM letter WHERE state = 'lying' RETURNING *)
     INSERT INTO letter SELECT * FROM taken ORDER BY id",
);
const MIX_WORDS: Sql = Sql::either(
    "SELECT 1",
    "WITH taken AS (DELETE FROM letter_word RETURNING *) INSERT INTO letter_word SELECT * FROM taken ORDER BY id",
);

// Whoever goes back in their browser, changes a word and sends again means the same letter.
const CORRECT: &str = "
    UPDATE letter SET hurt = $2, why = $3, better = $4, needed_change = $5, small_try = $6, benefit = $7
    WHERE id = $1 AND state = 'lying' AND code_hash = $8";

/// Put a letter into its box, once. Sent again while it lies there, it has the newer words.
pub async fn put_in(tx: &mut Tx, letter: &Letter, code: &str) -> sqlx::Result<()> {
    let put_in = letter.text.bind(query(PUT_IN).bind(letter.id).bind(letter.team_id)).bind(letter.week);
    if tx.ask(put_in.bind(code::stored(code)).changed()).await? == 0 {
        let correct = letter.text.bind(query(CORRECT).bind(letter.id));
        tx.later(correct.bind(code::stored(code))).await?;
    }
    tx.query(MIX).execute().await?;
    Ok(())
}

const BY_CODE: &str = letters!("WHERE letter.code_hash = $1");

/// The letter of a code.
pub async fn by_code(tx: &mut Tx, code: &str) -> sqlx::Result<Option<Letter>> {
    tx.query_as(BY_CODE).bind(code::stored(code)).optional().await
}

const LYING: &str = letters!("WHERE letter.team_id = $1 AND letter.state = 'lying' ORDER BY letter.id");

/// What lies in the box of a team, in the order of chance.
pub async fn lying(tx: &mut Tx, team: TeamId) -> sqlx::Result<Vec<Letter>> {
    tx.query_as(LYING).bind(team).all().await
}

const DELIVERED: &str = "
    UPDATE letter SET state = 'delivered', hurt = '', why = '', better = '', needed_change = '', small_try = '', benefit = ''
    WHERE id = $1";

/// The post has taken it; its words are in the idea from now on.
pub async fn delivered(tx: &mut Tx, id: IdeaId) -> sqlx::Result<()> {
    tx.later(query(DELIVERED).bind(id)).await
}

const FORGET_WORDS: &str = "DELETE FROM letter_word WHERE letter_id = $1";
const FORGET: &str = "DELETE FROM letter WHERE id = $1 AND state = 'lying'";

/// Take a letter out of its box for good, with what was added to it; whether the post had not taken it before.
pub async fn forget(tx: &mut Tx, id: IdeaId) -> sqlx::Result<bool> {
    tx.query(FORGET_WORDS).bind(id).execute().await?;
    Ok(tx.query(FORGET).bind(id).execute().await? > 0)
}

macro_rules! expired {
    ($what:literal) => {
        concat!(
            $what,
            " FROM letter WHERE letter.state = 'delivered'
               AND NOT EXISTS (SELECT 1 FROM letter_word WHERE letter_word.letter_id = letter.id)
               AND NOT EXISTS (SELECT 1 FROM ball WHERE ball.subject = 'idea' AND ball.subject_id = letter.id)
               AND (SELECT MAX(throw.at) FROM throw
                    WHERE throw.subject = 'idea' AND throw.subject_id = letter.id) < $1"
        )
    };
}

const HAS_EXPIRED: &str = expired!("SELECT COUNT(*)");
const FORGET_EXPIRED: &str = expired!("DELETE");

/// Whether the idea of a delivered letter ended before this moment and nothing waits for the post.
pub async fn has_expired(tx: &mut Tx, before: DateTime<Utc>) -> sqlx::Result<bool> {
    let (count,): (i64,) = tx.query_as(HAS_EXPIRED).bind(before).one().await?;
    Ok(count > 0)
}

/// Forget these letters with the hashes of their codes; the ideas stay.
pub async fn forget_expired(tx: &mut Tx, before: DateTime<Utc>) -> sqlx::Result<()> {
    tx.later(query(FORGET_EXPIRED).bind(before)).await
}

/// What an author did by the code, until the post takes it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WaitingMove {
    pub id: Uuid,
    pub letter_id: IdeaId,
    pub verb: String,
    pub words: String,
    pub week: NaiveDate,
}

const ADD_WORD: &str = "
    INSERT INTO letter_word (id, letter_id, verb, words, week) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";

/// Add what the post is to take, once.
pub async fn add_waiting(tx: &mut Tx, word: &WaitingMove) -> sqlx::Result<()> {
    let add = query(ADD_WORD).bind(word.id).bind(word.letter_id).bind(word.verb.clone());
    tx.later(add.bind(word.words.clone()).bind(word.week)).await?;
    tx.query(MIX_WORDS).execute().await?;
    Ok(())
}

const WORDS: &str = "
    SELECT id, letter_id, verb, words, week FROM letter_word WHERE letter_id = $1 ORDER BY week, id";

/// What waits for the post, week by week and by chance within one.
pub fn waiting(letter: IdeaId) -> Ask<Vec<WaitingMove>> {
    query_as(WORDS).bind(letter).all()
}

const TEAM_WORDS: &str = "
    SELECT letter_word.id, letter_word.letter_id, letter_word.verb, letter_word.words, letter_word.week
    FROM letter_word JOIN letter ON letter.id = letter_word.letter_id
    WHERE letter.team_id = $1 ORDER BY letter_word.week, letter_word.id";

/// What waits for the post of a team.
pub async fn waiting_of_team(tx: &mut Tx, team: TeamId) -> sqlx::Result<Vec<WaitingMove>> {
    tx.query_as(TEAM_WORDS).bind(team).all().await
}

const WORD_GONE: &str = "DELETE FROM letter_word WHERE id = $1";

/// The post has taken it.
pub async fn remove_waiting(tx: &mut Tx, id: Uuid) -> sqlx::Result<()> {
    tx.later(query(WORD_GONE).bind(id)).await
}
