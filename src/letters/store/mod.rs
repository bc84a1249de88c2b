//! The rows of letters, and of what their authors did by the code.

pub mod letterbox;
pub mod mixing;
pub mod pieces;
pub mod tidying;

use super::code;
use crate::db::{Ask, Tx, query, query_as};
use crate::ideas::IdeaText;
use crate::ids::{IdeaId, TeamId};
use chrono::{DateTime, NaiveDate, Utc};
use pieces::{Apart, Piece};
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

    fn completed(mut self, pieces: &[Piece]) -> Self {
        pieces::complete(&mut self.text, self.id.0, pieces);
        self
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

// Whoever goes back in their browser, changes a word and sends again means the same letter.
const CORRECT: &str = "
    UPDATE letter SET hurt = $2, why = $3, better = $4, needed_change = $5, small_try = $6, benefit = $7
    WHERE id = $1 AND state = 'lying' AND code_hash = $8";

/// Put a letter into its box, once. Sent again while it lies there, it has the newer words.
pub async fn put_in(tx: &mut Tx, letter: &Letter, code: &str) -> sqlx::Result<()> {
    let apart = Apart::of(letter.text.fields().map(|(_, text)| text));
    let kept = apart.kept_text();
    let put_in = kept.bind(query(PUT_IN).bind(letter.id).bind(letter.team_id)).bind(letter.week);
    let mut is_this = tx.ask(put_in.bind(code::stored(code)).changed()).await?;
    if is_this == 0 {
        let correct = kept.bind(query(CORRECT).bind(letter.id));
        is_this = tx.ask(correct.bind(code::stored(code)).changed()).await?;
    }
    if is_this > 0 {
        pieces::write(tx, letter.id.0, apart.pieces).await?;
    }
    mixing::mix(tx).await.map(drop)
}

const BY_CODE: &str = letters!("WHERE letter.code_hash = $1");

/// The letter of a code.
pub async fn by_code(tx: &mut Tx, code: &str) -> sqlx::Result<Option<Letter>> {
    let hash = code::stored(code);
    let letter = query_as::<Letter>(BY_CODE).bind(hash.clone()).optional();
    let (letter, pieces) = tx.ask((letter, pieces::of_code(hash))).await?;
    Ok(letter.map(|letter| letter.completed(&pieces)))
}

const LYING: &str = letters!("WHERE letter.team_id = $1 AND letter.state = 'lying' ORDER BY letter.id");

/// What lies in the box of a team, in the order of chance.
pub async fn lying(tx: &mut Tx, team: TeamId) -> sqlx::Result<Vec<Letter>> {
    let (letters, pieces) = tx.ask((query_as::<Letter>(LYING).bind(team).all(), pieces::of_team(team))).await?;
    Ok(letters.into_iter().map(|letter| letter.completed(&pieces)).collect())
}

const DELIVERED: &str = "
    UPDATE letter SET state = 'delivered', hurt = '', why = '', better = '', needed_change = '', small_try = '', benefit = ''
    WHERE id = $1";

/// The post has taken it; its words are in the idea from now on.
pub async fn delivered(tx: &mut Tx, id: IdeaId) -> sqlx::Result<()> {
    pieces::forget(tx, id.0).await?;
    tx.later(query(DELIVERED).bind(id)).await
}

const FORGET_PIECES: &str = "
    DELETE FROM piece WHERE whole_id = $1 OR whole_id IN (SELECT id FROM letter_word WHERE letter_id = $1)";
const FORGET_WORDS: &str = "DELETE FROM letter_word WHERE letter_id = $1";
const IS_LYING: &str = "UPDATE letter SET state = state WHERE id = $1 AND state = 'lying'";
const FORGET: &str = "DELETE FROM letter WHERE id = $1 AND state = 'lying'";

/// Take a letter out of its box for good, with what was added to it; whether the post had not taken it before.
pub async fn forget(tx: &mut Tx, id: IdeaId) -> sqlx::Result<bool> {
    if tx.ask(query(IS_LYING).bind(id).changed()).await? == 0 {
        return Ok(false);
    }
    for statement in [FORGET_PIECES, FORGET_WORDS, FORGET] {
        tx.later(query(statement).bind(id)).await?;
    }
    mixing::mix(tx).await?;
    Ok(true)
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

/// What an author did by the code, until the post takes it. What does not fit into its row lies in pieces.
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
    let mut apart = Apart::of([word.words.as_str()]);
    let add = query(ADD_WORD).bind(word.id).bind(word.letter_id).bind(word.verb.clone());
    let add = add.bind(apart.kept.pop().unwrap_or_default()).bind(word.week);
    if tx.ask(add.changed()).await? > 0 {
        pieces::write(tx, word.id, apart.pieces).await?;
    }
    mixing::mix(tx).await.map(drop)
}

const WORDS: &str = "
    SELECT id, letter_id, verb, words, week FROM letter_word WHERE letter_id = $1 ORDER BY week, id";

/// What waits for the post, week by week and by chance within one, each with the beginning of its words.
pub fn waiting(letter: IdeaId) -> Ask<Vec<WaitingMove>> {
    query_as(WORDS).bind(letter).all()
}

const TEAM_WORDS: &str = "
    SELECT letter_word.id, letter_word.letter_id, letter_word.verb, letter_word.words, letter_word.week
    FROM letter_word JOIN letter ON letter.id = letter_word.letter_id
    WHERE letter.team_id = $1 ORDER BY letter_word.week, letter_word.id";

/// What waits for the post of a team.
pub async fn waiting_of_team(tx: &mut Tx, team: TeamId) -> sqlx::Result<Vec<WaitingMove>> {
    let words = query_as::<WaitingMove>(TEAM_WORDS).bind(team).all();
    let (mut words, pieces) = tx.ask((words, pieces::of_team(team))).await?;
    for word in &mut words {
        pieces::append(&mut word.words, word.id, &pieces, 0);
    }
    Ok(words)
}

const WORD_GONE: &str = "DELETE FROM letter_word WHERE id = $1";

/// The post has taken it.
pub async fn remove_waiting(tx: &mut Tx, id: Uuid) -> sqlx::Result<()> {
    pieces::forget(tx, id).await?;
    tx.later(query(WORD_GONE).bind(id)).await
}
