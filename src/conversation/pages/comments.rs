//! `/ideas/{id}/comments` and `/comments/{id}`: reading older comments, writing, changing and taking back one. No comment is a
//! move: the ball stays where it is.

use crate::App;
use crate::conversation::mentions::Mentioned;
use crate::conversation::part::{CommentView, WHICH};
use crate::conversation::{Comment, FORM_NAME, pictures, store, verbs};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::{Idea, Refusal, pages, protection, store as ideas};
use crate::ids::{CommentId, IdeaId};
use crate::lengths::COMMENT;
use crate::web::move_form::ReturnedForm;
use crate::web::path::Query;
use crate::web::uploads::{PICTURES, Uploads};
use crate::web::{Form, Frame, Layout, Member, Path, html, html_refused, see_other_saying, see_other_undoing};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// Which comments are asked for.
#[derive(Deserialize)]
pub struct Before {
    /// Those before this one; the newest where none is named.
    before: Option<CommentId>,
}

/// Older comments about an idea.
#[derive(Template)]
#[template(path = "conversation/comments.html")]
pub struct CommentsPage {
    pub page: Layout,
    pub address: String,
    pub headline: String,
    /// The comments, oldest first.
    pub comments: Vec<CommentView>,
    /// The address of still older ones; empty when there are none.
    pub older: String,
}

/// `GET /ideas/{id}/comments`: the whole conversation, a hundred comments at a time, where the page of the idea shows the
/// newest only.
pub async fn index(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    Query(Before { before }): Query<Before>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let idea = tx.ask(ideas::seen(id, member.id)).await?.ok_or(Error::NotFound)?;
    let before = match before {
        Some(before) => {
            Some(tx.ask(store::find(before)).await?.filter(|known| known.idea_id == id).ok_or(Error::NotFound)?)
        }
        None => None,
    };
    let comments = store::of_idea(id, before.as_ref(), store::SHOWN + 1);
    let (mut comments, pictures) =
        tx.ask((comments, store::pictures::of_idea(id, before.as_ref().map(|before| before.at)))).await?;
    let has_older = store::leave_older(&mut comments);
    let older = comments.first().filter(|_| has_older).map(|first| format!("/ideas/{id}/comments?before={}", first.id));
    let (calendar, now) = (idea.calendar(), tx.now());
    let comments =
        comments.into_iter().map(|comment| CommentView::of(comment, &pictures, false, None, (&calendar, now)));
    html(&CommentsPage {
        page: frame.layout("Older comments", "ideas"),
        address: format!("/ideas/{id}"),
        headline: idea.headline(),
        comments: comments.collect(),
        older: older.unwrap_or_default(),
    })
}

/// `POST /ideas/{id}/comments`
pub async fn create(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    uploads: Uploads,
) -> Result<Response> {
    let Uploads { mut form, files } = uploads;
    if !files.is_empty() {
        // Nobody lets pictures be encoded for what they may not see.
        app.read().await?.ask(ideas::seen(id, member.id)).await?.ok_or(Error::NotFound)?;
    }
    let key: CommentId = form.key()?;
    let words = form.text("words", COMMENT);
    let taken = pictures::take(&mut form, files).await?;
    if words.is_empty() && taken.is_empty() && form.error(PICTURES).is_none() {
        form.refuse("words", "Write something, or add a picture.");
    }
    if !form.is_good() {
        return refused(&app, &member, &frame, id, form).await;
    }
    let mut tx = app.write().await?;
    let (idea, counted) = tx.ask((ideas::seen_to_change(id, member.id), store::idea_of(key))).await?;
    let idea = idea.ok_or(Error::NotFound)?;
    if counted.is_some() {
        return Ok(written(id, key, ""));
    }
    let mentioned = verbs::write(&mut tx, &idea, &member, key, &words, taken).await?;
    tx.commit().await?;
    Ok(written(id, key, &unclear(&mentioned)))
}

fn written(idea: IdeaId, comment: CommentId, more: &str) -> Response {
    see_other_saying(place(idea, comment), format!("Written. The ball stays where it is.{more}"))
}

fn place(idea: IdeaId, comment: CommentId) -> String {
    format!("/ideas/{idea}#comment-{comment}")
}

/// Which first names meant nobody, because several have them.
fn unclear(mentioned: &Mentioned) -> String {
    let names: Vec<String> = mentioned.unclear.iter().map(|name| format!("@{name}")).collect();
    if names.is_empty() {
        return String::new();
    }
    format!(" Several people are called {}: write the whole name to tell one of them.", names.join(" or "))
}

async fn refused(app: &App, member: &Member, frame: &Frame, id: IdeaId, form: Form) -> Result<Response> {
    let back = ReturnedForm { name: FORM_NAME, form };
    let page = pages::show::draw(app, member, frame, id, Some(&back), Vec::new()).await?;
    html_refused(&page)
}

/// A comment that this person wrote, held until the transaction ends, with its idea.
async fn own(tx: &mut Tx, member: &Member, id: CommentId) -> Result<(Idea, Comment)> {
    let idea = tx.ask(store::idea_of(id)).await?.ok_or(Error::NotFound)?;
    let (idea, comment) = tx.ask((ideas::seen_to_change(idea, member.id), store::find(id))).await?;
    let (idea, comment) = idea.zip(comment).ok_or(Error::NotFound)?;
    let face = protection::face_of(tx, &idea, member.id).await?;
    if !comment.is_by(face) {
        // Only who wrote it can change it or take it back; for others there is nothing at its address.
        return Err(Error::NotFound);
    }
    Ok((idea, comment))
}

/// `POST /comments/{id}`: other words, within a quarter of an hour.
pub async fn update(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<CommentId>,
    mut form: Form,
) -> Result<Response> {
    let mut tx = app.write().await?;
    let (idea, comment) = own(&mut tx, &member, id).await?;
    let words = form.needed("words", COMMENT, "Write something, or take the comment back.");
    form.set(WHICH, id.to_string());
    if !comment.is_changeable(tx.now()) {
        form.set(WHICH, "");
        form.refuse(
            "words",
            "A comment can be changed for 15 minutes, and they are over: it stays as it is. Your text is kept; send it as \
             a comment of its own.",
        );
    }
    if !form.is_good() {
        form.set(crate::web::form::KEY, tx.chance_id().to_string());
        drop(tx);
        return refused(&app, &member, &frame, idea.id, form).await;
    }
    let mentioned = verbs::change(&mut tx, &idea, &comment, &words).await?;
    tx.commit().await?;
    Ok(see_other_saying(place(idea.id, id), format!("Changed.{}", unclear(&mentioned))))
}

/// `POST /comments/{id}/removal`: nobody sees it from now on, and soon nothing is left of it.
pub async fn destroy(State(app): State<App>, member: Member, Path(id): Path<CommentId>) -> Result<Response> {
    let mut tx = app.write().await?;
    let (idea, comment) = own(&mut tx, &member, id).await?;
    if comment.taken_back_at.is_none() {
        let now = tx.now();
        store::take_back(&mut tx, id, Some(now)).await?;
        tx.commit().await?;
    }
    let said = "Taken back. Nobody sees it any more; in 15 minutes its words are erased.";
    Ok(see_other_undoing(format!("/ideas/{}", idea.id), said, &format!("/comments/{id}/return")))
}

/// `POST /comments/{id}/return`: taking it back is undone.
pub async fn restore(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<CommentId>,
) -> Result<Response> {
    let mut tx = app.write().await?;
    let (idea, comment) = own(&mut tx, &member, id).await?;
    if comment.taken_back_at.is_some() {
        if !comment.is_returnable(tx.now()) {
            drop(tx);
            let erased = Refusal::saying("It was taken back more than 15 minutes ago, and its words are erased.");
            return pages::show::refused(&app, &member, &frame, idea.id, erased).await;
        }
        store::take_back(&mut tx, id, None).await?;
        tx.commit().await?;
    }
    Ok(see_other_saying(place(idea.id, id), "It is back."))
}
