//! Pictures of an idea and of its comments: taken with a form, kept in the database, served to who may see the idea.

use super::drawing::{Drawn, Kind, draw};
use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{CommentId, IdeaId, PictureId};
use crate::web::uploads::{LARGEST, MOST, PICTURES, Sent};
use crate::web::{Form, Member, Path};
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

/// The field with what the pictures show, for those who can't see them.
pub const SHOWS: &str = "pictures_show";
const LONGEST_WORDS: usize = 500;

/// One at a time: a large photo takes some hundred megabytes while it is drawn.
static AT_ONCE: Semaphore = Semaphore::const_new(1);

/// Pictures that were drawn anew, and what they show.
#[derive(Default)]
pub struct Taken {
    drawn: Vec<Drawn>,
    words: String,
}

impl Taken {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.drawn.is_empty()
    }
}

/// Draw the pictures of a form anew; what is refused puts its sentence at the field. Ask before a transaction begins.
pub async fn take(form: &mut Form, files: Vec<Sent>) -> Result<Taken> {
    let words = form.text(SHOWS, LONGEST_WORDS);
    if files.len() > MOST {
        form.refuse(
            PICTURES,
            format!("{MOST} pictures are the most for one time. Your text is kept; choose the pictures again."),
        );
    } else if files.iter().any(|file| file.too_large) {
        let most = LARGEST / 1024 / 1024;
        form.refuse(PICTURES, format!("A picture may have {most} MB. Your text is kept; choose smaller pictures."));
    }
    if !form.is_good() || files.is_empty() {
        return Ok(Taken::default());
    }
    let turn = AT_ONCE.acquire().await.map_err(anyhow::Error::from)?;
    let work = move || files.iter().map(|file| draw(&file.bytes)).collect::<Result<Vec<_>, _>>();
    let done = tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?;
    drop(turn);
    match done {
        Ok(drawn) => Ok(Taken { drawn, words }),
        Err(why) => {
            form.refuse(PICTURES, format!("{why} Your text is kept; choose the pictures again."));
            Ok(Taken::default())
        }
    }
}

const ADD: &str = "
    INSERT INTO picture (id, idea_id, comment_id, number, kind, width, height, words, hash, bytes)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Keep pictures with a comment, or with the throw of the idea itself.
pub async fn keep(tx: &mut Tx, idea: IdeaId, comment: Option<CommentId>, taken: Taken) -> sqlx::Result<()> {
    for (number, drawn) in (1_i64..).zip(taken.drawn) {
        let (id, hash) = (tx.new_id::<PictureId>(), Sha256::digest(&drawn.bytes).to_vec());
        let query = tx.query(ADD).bind(id).bind(idea).bind(comment).bind(number).bind(drawn.kind);
        let query = query.bind(i64::from(drawn.width)).bind(i64::from(drawn.height)).bind(taken.words.clone());
        query.bind(hash).bind(drawn.bytes).execute().await?;
    }
    Ok(())
}

/// A picture as a page shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Shown {
    pub id: PictureId,
    /// The comment it belongs to; none for one of the idea itself.
    pub comment_id: Option<CommentId>,
    /// Which one it is.
    pub number: i64,
    pub width: i64,
    pub height: i64,
    pub words: String,
}

impl Shown {
    /// What is said instead of it.
    pub fn told(&self) -> String {
        if self.words.is_empty() { format!("Picture {}", self.number) } else { self.words.clone() }
    }
}

const OF_IDEA: &str = "
    SELECT picture.id, picture.comment_id, picture.number, picture.width, picture.height, picture.words
    FROM picture LEFT JOIN comment ON comment.id = picture.comment_id
    WHERE picture.idea_id = $1 AND comment.taken_back_at IS NULL
    ORDER BY picture.number, picture.id";

/// All pictures of an idea and its comments.
pub async fn of_idea(tx: &mut Tx, idea: IdeaId) -> sqlx::Result<Vec<Shown>> {
    tx.query_as(OF_IDEA).bind(idea).all().await
}

#[derive(sqlx::FromRow)]
struct Kept {
    idea_id: IdeaId,
    kind: Kind,
    hash: Vec<u8>,
}

const KEPT: &str = "
    SELECT picture.idea_id, picture.kind, picture.hash
    FROM picture LEFT JOIN comment ON comment.id = picture.comment_id
    WHERE picture.id = $1 AND comment.taken_back_at IS NULL";
const BYTES: &str = "SELECT bytes FROM picture WHERE id = $1";

/// `GET /pictures/{id}`: to who may see its idea, and never from a store without asking again.
pub async fn show(
    State(app): State<App>,
    member: Member,
    Path(id): Path<PictureId>,
    headers: HeaderMap,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let kept: Option<Kept> = tx.query_as(KEPT).bind(id).optional().await?;
    let kept = kept.ok_or(Error::NotFound)?;
    crate::ideas::store::seen(&mut tx, kept.idea_id, member.id).await?.ok_or(Error::NotFound)?;
    let tag = format!("\"{}\"", kept.hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let always = [(CACHE_CONTROL, "private, no-cache".to_owned()), (ETAG, tag.clone())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, always).into_response());
    }
    let (bytes,): (Vec<u8>,) = tx.query_as(BYTES).bind(id).one().await?;
    let more = [
        (CONTENT_TYPE, kept.kind.mime()),
        (CONTENT_DISPOSITION, "inline"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'"),
    ];
    Ok((always, more, Body::from(bytes)).into_response())
}
