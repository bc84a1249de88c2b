//! Pictures of an idea and of its comments: taken with a form, kept in the database.

use super::reencode::{Reencoded, reencode};
use crate::error::{Error, Result};
use crate::ids::{CommentId, PictureId};
use crate::lengths;
use crate::web::Form;
use crate::web::uploads::{LARGEST, MOST, PICTURES, Sent};
use std::time::Duration;
use tokio::sync::Semaphore;

/// The field with what the pictures show, for those who can't see them.
pub const SHOWS: &str = "pictures_show";

/// One at a time: a large photo takes some hundred megabytes while it is encoded.
static AT_ONCE: Semaphore = Semaphore::const_new(1);

/// How long others wait for their turn.
const PATIENCE: Duration = Duration::from_secs(20);

/// Pictures that were encoded anew, and what they show.
#[derive(Default)]
pub struct NewPictures {
    pub(super) reencoded: Vec<Reencoded>,
    pub(super) words: String,
}

impl NewPictures {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.reencoded.is_empty()
    }
}

/// Encode the pictures of a form anew; what is refused puts its sentence at the field. Ask before a transaction begins.
pub async fn take(form: &mut Form, files: Vec<Sent>) -> Result<NewPictures> {
    let words = form.text(SHOWS, lengths::REMARK);
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
        return Ok(NewPictures::default());
    }
    let turn = tokio::time::timeout(PATIENCE, AT_ONCE.acquire()).await.map_err(|_| Error::Crowded)?;
    let turn = turn.map_err(anyhow::Error::from)?;
    let work = move || {
        let encoded = files.into_iter().map(|file| reencode(&file.into_bytes())).collect::<Result<Vec<_>, _>>();
        // The next one has its turn when this memory is free, whether or not its request is still there.
        drop(turn);
        encoded
    };
    let done = tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?;
    match done {
        Ok(reencoded) => Ok(NewPictures { reencoded, words }),
        Err(why) => {
            form.refuse(PICTURES, format!("{why} Your text is kept; choose the pictures again."));
            Ok(NewPictures::default())
        }
    }
}

/// A picture as a page shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PictureView {
    pub id: PictureId,
    /// The comment it belongs to; none for one of the idea itself.
    pub comment_id: Option<CommentId>,
    /// Which one it is.
    pub number: i64,
    pub width: i64,
    pub height: i64,
    pub words: String,
}

impl PictureView {
    /// What is said instead of it.
    pub fn told(&self) -> String {
        if self.words.is_empty() { format!("Picture {}", self.number) } else { self.words.clone() }
    }
}
