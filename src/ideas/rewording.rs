//! Other words for an idea: its author may change them until an experiment on it starts; the old ones stay readable.

use super::desk::{Desk, Opened};
use super::parts::Play;
use super::verbs::{self, Deed};
use super::{Idea, LONGEST, NewIdea, Refusal, Trouble, Verb, pages, store};
use crate::App;
use crate::error::{Error, Result};
use crate::ids::IdeaId;
use crate::web::form::{KEY, VERSION};
use crate::web::{Form, Frame, Layout, Member, Path, html, html_with};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

/// The page.
#[derive(Template)]
#[template(path = "ideas/edit.html")]
pub struct EditPage {
    pub page: Layout,
    pub address: String,
    pub form: Form,
}

/// `GET /ideas/{id}/edit`
pub async fn edit(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<IdeaId>) -> Result<Response> {
    let mut tx = app.read().await?;
    let idea = store::seen(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    let can = Play::of(&mut tx, &idea, &member).await?.can(&idea, Verb::Reword);
    if !can || verbs::experiment_has_started(&mut tx, &idea).await? {
        drop(tx);
        let whose = Refusal::saying("Its author changes the words, until an experiment on it starts.");
        return pages::refused(&app, &member, &frame, id, whose).await;
    }
    html(&page(&frame, id, words_of(&idea, app.world.id().to_string())))
}

fn page(frame: &Frame, id: IdeaId, form: Form) -> EditPage {
    EditPage { page: frame.layout("Other words", "ideas"), address: format!("/ideas/{id}"), form }
}

fn words_of(idea: &Idea, key: String) -> Form {
    Form::filled([
        (KEY, key),
        (VERSION, idea.version.to_string()),
        ("hurt", idea.hurt.clone()),
        ("why", idea.why.clone()),
        ("better", idea.better.clone()),
        ("needed_change", idea.needed_change.clone()),
        ("small_try", idea.small_try.clone()),
        ("benefit", idea.benefit.clone()),
    ])
}

/// The six questions that are answered in words, as a form reads them.
pub fn read(form: &mut Form) -> NewIdea {
    let hurt = form.needed("hurt", LONGEST, "Write where it hurts. One line is enough.");
    let mut text = |name| form.text(name, LONGEST);
    NewIdea {
        hurt,
        why: text("why"),
        better: text("better"),
        needed_change: text("needed_change"),
        small_try: text("small_try"),
        benefit: text("benefit"),
        ..NewIdea::default()
    }
}

/// `POST /ideas/{id}`
pub async fn update(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    mut form: Form,
) -> Result<Response> {
    let new = read(&mut form);
    let desk = Desk { app, member, frame, id, form_name: "reword" };
    let (mut tx, idea) = match desk.open(&form).await? {
        Opened::Ready(ready) => *ready,
        Opened::Answered(response) => return Ok(response),
    };
    if form.is_good() {
        let deed = Deed { key: form.key()?, by: &desk.member, words: "" };
        match verbs::reword(&mut tx, &idea, &deed, &new).await {
            Err(Trouble::Refused(refusal)) => form.refuse("hurt", refusal.0),
            done => return desk.close(tx, done, form, "hurt", "The words are changed.").await,
        }
    }
    drop(tx);
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&desk.frame, id, form))
}
