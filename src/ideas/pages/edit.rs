//! Other words for an idea: its author may change them until an experiment on it starts; the old ones stay readable.

use super::show;
use crate::App;
use crate::error::{Error, Result};
use crate::ideas::viewer::Viewer;
use crate::ideas::{Idea, IdeaText, Verb, verbs};
use crate::ids::IdeaId;
use crate::moves::{Handled, Move, Submission};
use crate::web::form::{KEY, VERSION};
use crate::web::{Form, Frame, Layout, Member, Path, html, html_refused};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// The name of the form for other words.
pub const FORM_NAME: &str = "reword";

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
    let loaded = tx.ask(show::Loaded::of(id, member.id)).await?.ok_or(Error::NotFound)?;
    let (idea, situation) = (&loaded.idea, &loaded.situation);
    if Viewer::of(idea, situation, &member).can(idea, Verb::Reword) && !situation.experiment_has_started(idea) {
        return html(&page(&frame, id, words_of(idea, app.world.id().to_string())));
    }
    let whose = vec![Verb::Reword.whose().to_owned()];
    html_refused(&show::page(&app, tx, (&member, &frame), loaded, None, whose).await?)
}

/// The page with this form.
pub fn page(frame: &Frame, id: IdeaId, form: Form) -> EditPage {
    EditPage { page: frame.layout("Other words", "ideas"), address: format!("/ideas/{id}"), form }
}

fn words_of(idea: &Idea, key: String) -> Form {
    let mut form = Form::filled([(KEY, key), (VERSION, idea.version.to_string())]);
    for (name, text) in idea.text.fields() {
        form.set(name, text);
    }
    form
}

/// `POST /ideas/{id}`
pub async fn update(mut sent: Submission<Idea>) -> Handled {
    let new = IdeaText::read(&mut sent.form);
    let mut at = sent.named(FORM_NAME).tells_at("hurt").open(Verb::Reword).await?;
    let done = verbs::reword(&mut at.tx, &at.record, Move::of(at.key, &at.actor, ""), &new).await;
    at.close(done, "The words are changed.").await
}
