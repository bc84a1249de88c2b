//! The rows of comments.

pub mod people;
pub mod pictures;
pub mod reactions;

use super::Comment;
use crate::db::{self, Ask, Tx};
use crate::ideas::{Idea, Named};
use crate::ids::{CommentId, IdeaId, PersonId};
use chrono::{DateTime, Utc};

/// How many comments the page of an idea shows at once.
pub const SHOWN: usize = 100;
/// How many bytes of words it shows at once, or one comment.
const LARGEST: usize = 60_000;

macro_rules! comments {
    ($rest:literal) => {
        concat!(
            "SELECT comment.id, comment.idea_id, comment.writer_id, writer.name AS writer, comment.at, comment.changed,
                    comment.taken_back_at,
                    CASE WHEN comment.taken_back_at IS NULL THEN comment.words ELSE '' END AS words
             FROM comment JOIN person AS writer ON writer.id = comment.writer_id ",
            $rest
        )
    };
}

const NEWEST: &str = comments!("WHERE comment.idea_id = $1 ORDER BY comment.at DESC, comment.id DESC LIMIT $2");
const BEFORE: &str = comments!(
    "WHERE comment.idea_id = $1 AND (comment.at < $3 OR (comment.at = $3 AND comment.id < $4))
     ORDER BY comment.at DESC, comment.id DESC LIMIT $2"
);

/// The newest comments about an idea, or the newest of those before one of them, oldest first; one more than asked for
/// says whether there are more.
pub fn of_idea(idea: IdeaId, before: Option<&Comment>, most: usize) -> Ask<Vec<Comment>> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let query = db::query_as(if before.is_some() { BEFORE } else { NEWEST }).bind(idea).bind(most);
    let newest_first = match before {
        Some(before) => query.bind(before.at).bind(before.id).all(),
        None => query.all(),
    };
    newest_first.map(|comments: Vec<Comment>| comments.into_iter().rev().collect())
}

/// Leave out of comments, oldest first and one more than is shown, the older ones that make no part of the page. Whether
/// there are such.
pub fn leave_older(comments: &mut Vec<Comment>) -> bool {
    let mut bytes = 0;
    let fits = comments.iter().rev().enumerate().take_while(|(place, comment)| {
        bytes += comment.words.len();
        *place < SHOWN && (*place == 0 || bytes <= LARGEST)
    });
    let left_out = comments.len() - fits.count();
    comments.drain(..left_out);
    left_out > 0
}

const FIND: &str = comments!("WHERE comment.id = $1");

/// A comment. Whoever changes it holds its idea.
pub fn find(id: CommentId) -> Ask<Option<Comment>> {
    db::query_as(FIND).bind(id).optional()
}

const IDEA_OF: &str = "SELECT idea_id FROM comment WHERE id = $1";

/// The idea that a comment is about.
pub fn idea_of(id: CommentId) -> Ask<Option<IdeaId>> {
    db::query_as::<(IdeaId,)>(IDEA_OF).bind(id).optional().map(|row| row.map(|(idea,)| idea))
}

const ADD: &str = "
    INSERT INTO comment (id, idea_id, writer_id, at, changed, taken_back_at, words)
    VALUES ($1, $2, $3, $4, $5, NULL, $6)";

/// Write a comment; its identifier is the key of its form.
pub async fn add(tx: &mut Tx, id: CommentId, idea: IdeaId, writer: PersonId, words: &str) -> sqlx::Result<()> {
    let add = db::query(ADD).bind(id).bind(idea).bind(writer).bind(tx.now()).bind(false);
    tx.later(add.bind(words.to_owned())).await
}

const CHANGE: &str = "UPDATE comment SET words = $2, changed = $3 WHERE id = $1";

/// Change the words of a comment.
pub async fn change(tx: &mut Tx, id: CommentId, words: &str) -> sqlx::Result<()> {
    tx.later(db::query(CHANGE).bind(id).bind(words.to_owned()).bind(true)).await
}

const TAKE_BACK: &str = "UPDATE comment SET taken_back_at = $2 WHERE id = $1";

/// Take a comment back, or undo that.
pub async fn take_back(tx: &mut Tx, id: CommentId, at: Option<DateTime<Utc>>) -> sqlx::Result<()> {
    tx.later(db::query(TAKE_BACK).bind(id).bind(at)).await
}

const TO_ERASE: &str = "
    SELECT COUNT(*) FROM comment
    WHERE taken_back_at IS NOT NULL AND taken_back_at < $1
      AND (words <> '' OR EXISTS (SELECT 1 FROM picture WHERE picture.comment_id = comment.id))";

/// Whether there is something to be erased of what was taken back before this.
pub async fn has_to_erase(tx: &mut Tx, before: DateTime<Utc>) -> sqlx::Result<bool> {
    let (count,): (i64,) = tx.query_as(TO_ERASE).bind(before).one().await?;
    Ok(count > 0)
}

const ERASE: &str =
    "UPDATE comment SET words = '' WHERE taken_back_at IS NOT NULL AND taken_back_at < $1 AND words <> ''";
const ERASE_PICTURES: &str = "
    DELETE FROM picture WHERE comment_id IN (SELECT id FROM comment WHERE taken_back_at IS NOT NULL AND taken_back_at < $1)";

/// Erase the words and pictures of comments that were taken back before this.
pub async fn erase(tx: &mut Tx, before: DateTime<Utc>) -> sqlx::Result<()> {
    tx.later(db::query(ERASE_PICTURES).bind(before)).await?;
    tx.later(db::query(ERASE).bind(before)).await
}

const VISIBLE_TO: &str = "
    SELECT person.id, person.name FROM person
    WHERE NOT person.mask
      AND (person.id = $3
           OR person.id IN (SELECT sight.person_id FROM sight WHERE sight.team_id = $2)
           OR person.id IN (SELECT throw.holder_id FROM throw WHERE throw.subject = 'idea' AND throw.subject_id = $1))
    ORDER BY person.name, person.id";

/// Everybody who may see the idea as [`crate::ideas::store::seen`] says, but for whom nobody may find among them.
pub fn visible_to(idea: &Idea) -> Ask<Vec<Named>> {
    db::query_as(VISIBLE_TO)
        .bind(idea.id)
        .bind(idea.team_id)
        .bind(idea.author_id)
        .all()
        .by_name(|named: &Named| &named.name)
}
