//! Other words for an idea: its author may change them until an experiment on it starts; the old ones stay readable.

use super::show;
use crate::App;
use crate::error::{Error, Result};
use crate::ideas::situation::Situation;
use crate::ideas::viewer::Viewer;
use crate::ideas::{Idea, LONGEST, NewIdea, Verb, store, verbs};
use crate::ids::IdeaId;
use crate::moves::{Handled, Move, Refusal, Submission};
use crate::web::form::{KEY, VERSION};
use crate::web::{Form, Frame, Layout, Member, Path, html};
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
    let idea = store::seen(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    let situation = Situation::of(&mut tx, &idea).await?;
    let can = Viewer::of(&mut tx, &idea, &situation, &member).await?.can(&idea, Verb::Reword);
    if !can || verbs::experiment_has_started(&mut tx, &idea).await? {
        drop(tx);
        let whose = Refusal::saying(Verb::Reword.whose());
        return show::refused(&app, &member, &frame, id, whose).await;
    }
    html(&page(&frame, id, words_of(&idea, app.world.id().to_string())))
}

/// The page with this form.
pub fn page(frame: &Frame, id: IdeaId, form: Form) -> EditPage {
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
fn read(form: &mut Form) -> NewIdea {
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
pub async fn update(mut sent: Submission<Idea>) -> Handled {
    let new = read(&mut sent.form);
    let mut at = sent.named(FORM_NAME).tells_at("hurt").open(Verb::Reword).await?;
    let done = verbs::reword(&mut at.tx, &at.record, Move::of(at.key, &at.actor, ""), &new).await;
    at.close(done, "The words are changed.").await
}
