//! `GET /ideas/{id}/comments`: the whole conversation, a hundred comments at a time, where the page of the idea shows the
//! newest only.

use super::together::{Told, told};
use super::{pictures, store};
use crate::App;
use crate::error::{Error, Result};
use crate::ids::{CommentId, IdeaId};
use crate::web::path::Query;
use crate::web::{Frame, Layout, Member, Path, html};
use crate::{ideas, people};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    /// The comments before this one.
    before: Option<CommentId>,
}

/// Older comments about an idea.
#[derive(Template)]
#[template(path = "conversation/older.html")]
pub struct OlderPage {
    pub page: Layout,
    pub address: String,
    pub headline: String,
    /// The comments, oldest first.
    pub comments: Vec<Told>,
    /// The address of still older ones; empty when there are none.
    pub older: String,
}

/// `GET /ideas/{id}/comments`
pub async fn show(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let idea = ideas::store::seen(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    let team = people::store::team(&mut tx, idea.team_id).await?.ok_or(Error::NotFound)?;
    let before = match asked.before {
        Some(before) => {
            Some(store::find(&mut tx, before).await?.filter(|known| known.idea_id == id).ok_or(Error::NotFound)?)
        }
        None => None,
    };
    let mut comments = store::of_idea(&mut tx, id, before.as_ref(), store::SHOWN + 1).await?;
    let has_older = comments.len() > store::SHOWN;
    comments.drain(..usize::from(has_older));
    let older = comments.first().filter(|_| has_older).map(|first| format!("/ideas/{id}/comments?before={}", first.id));
    let pictures = pictures::of_idea(&mut tx, id).await?;
    let now = tx.now();
    let comments = comments.into_iter().map(|comment| {
        let shown = pictures.iter().filter(|picture| picture.comment_id == Some(comment.id)).cloned().collect();
        told(comment, shown, false, None, (&team.calendar, now))
    });
    html(&OlderPage {
        page: frame.layout("Conversation", "ideas"),
        address: format!("/ideas/{id}"),
        headline: idea.headline(),
        comments: comments.collect(),
        older: older.unwrap_or_default(),
    })
}
