//! The rows of pictures.

use crate::conversation::pictures::{NewPictures, PictureView};
use crate::conversation::reencode::PictureFormat;
use crate::db::{self, Ask, Tx};
use crate::ids::{CommentId, IdeaId, PictureId};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

const ADD: &str = "
    INSERT INTO picture (id, idea_id, comment_id, number, kind, width, height, words, hash, bytes)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Keep pictures with a comment, or with the throw of the idea itself.
pub async fn add(tx: &mut Tx, idea: IdeaId, comment: Option<CommentId>, new: NewPictures) -> sqlx::Result<()> {
    for (number, reencoded) in (1_i64..).zip(new.reencoded) {
        let (id, hash) = (tx.new_id::<PictureId>(), Sha256::digest(&reencoded.bytes).to_vec());
        let add = db::query(ADD).bind(id).bind(idea).bind(comment).bind(number).bind(reencoded.format);
        let add = add.bind(i64::from(reencoded.width)).bind(i64::from(reencoded.height)).bind(new.words.clone());
        tx.later(add.bind(hash).bind(reencoded.bytes)).await?;
    }
    Ok(())
}

const OF_IDEA: &str = "
    SELECT picture.id, picture.comment_id, picture.number, picture.width, picture.height, picture.words
    FROM picture LEFT JOIN comment ON comment.id = picture.comment_id
    WHERE picture.idea_id = $1 AND comment.taken_back_at IS NULL
      AND (picture.comment_id IS NULL OR picture.comment_id IN (
               SELECT shown.id FROM comment AS shown WHERE shown.idea_id = $1 AND shown.at <= $2
               ORDER BY shown.at DESC, shown.id DESC LIMIT 200))
    ORDER BY picture.number, picture.id";

/// Later than anything.
const NEVER: i64 = 253_402_214_400;

/// The pictures of an idea, and those of its comments until this moment that a page may show.
pub fn of_idea(idea: IdeaId, until: Option<DateTime<Utc>>) -> Ask<Vec<PictureView>> {
    let until = until.or(DateTime::from_timestamp(NEVER, 0)).unwrap_or_default();
    db::query_as(OF_IDEA).bind(idea).bind(until).all()
}

/// A picture without its bytes.
#[derive(sqlx::FromRow)]
pub struct StoredPicture {
    pub idea_id: IdeaId,
    #[sqlx(rename = "kind")]
    pub format: PictureFormat,
    /// The SHA-256 of its bytes.
    pub hash: Vec<u8>,
}

const FIND: &str = "
    SELECT picture.idea_id, picture.kind, picture.hash
    FROM picture LEFT JOIN comment ON comment.id = picture.comment_id
    WHERE picture.id = $1 AND comment.taken_back_at IS NULL";

/// A picture that was not taken back with its comment.
pub async fn find(tx: &mut Tx, id: PictureId) -> sqlx::Result<Option<StoredPicture>> {
    tx.query_as(FIND).bind(id).optional().await
}

const BYTES: &str = "SELECT bytes FROM picture WHERE id = $1";

/// The bytes of a picture.
pub async fn bytes(tx: &mut Tx, id: PictureId) -> sqlx::Result<Vec<u8>> {
    let (bytes,): (Vec<u8>,) = tx.query_as(BYTES).bind(id).one().await?;
    Ok(bytes)
}
