//! `/standards/{id}/edit`: the form of a standard that is being written, and where it is sent.

use super::fields::{self, Choices};
use crate::db::{Ask, Questions, Tx};
use crate::error::{Error, Result};
use crate::experiments::pages::forms::not_drawn;
use crate::ids::{IdeaId, PersonId, StandardId, TeamId};
use crate::moves::{Handled, Move, Submission};
use crate::standards::{Standard, Verb, step, store, verbs};
use crate::web::{Form, Frame, Layout, Member, NewKey, Path, html};
use crate::{App, measures};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;

/// The form of a standard that is being written.
#[derive(Template)]
#[template(path = "standards/edit.html")]
pub struct EditPage {
    pub page: Layout,
    pub action: String,
    pub form: Form,
    /// The idea it comes from: identifier and words.
    pub idea: Option<(IdeaId, String)>,
    pub choices: Choices,
    /// Why it was refused as a whole; empty when it was not.
    pub refused: String,
    /// What is stored now, when somebody else was first.
    pub now: Vec<(&'static str, String)>,
}

/// The name of the form, beside those of the standard's page.
pub const FORM: &str = "edit";

/// `GET /standards/{id}/edit`
pub async fn edit(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<StandardId>,
    NewKey(key): NewKey,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let standard = tx.ask(store::seen(id, member.id)).await?.ok_or(Error::NotFound)?;
    let viewer = verbs::actor(&mut tx, &standard, &member).await?;
    let stepped = step(standard.state, Verb::Change, &[standard.part_of(&viewer)]);
    stepped.map_err(|refusal| not_drawn(&refusal, Verb::Change.whose()))?;
    let form = fields::filled(&standard.text, standard.owner_id, key, standard.version);
    html(&of_standard(&mut tx, &frame, &standard, form).await?)
}

/// `POST /standards/{id}`
pub async fn update(sent: Submission<Standard>) -> Handled {
    let mut at = sent.named(FORM).open(Verb::Change).await?;
    let version = at.form.version()?;
    let choices = at.tx.ask(choices(at.record.team_id, at.record.owner_id)).await?;
    let (text, owner) = fields::read(&mut at.form, &choices);
    let mut at = at.checked().await?;
    let owner = owner.unwrap_or(at.record.owner_id);
    let this = Move::of(at.key, &at.actor, "");
    let done = verbs::change(&mut at.tx, &at.record, this, version, (owner, &text)).await;
    at.close(done, "Saved. Next it is shown to all concerned.").await
}

/// The page of a standard that exists.
pub async fn of_standard(tx: &mut Tx, frame: &Frame, standard: &Standard, form: Form) -> Result<EditPage> {
    let choices = tx.ask(choices(standard.team_id, standard.owner_id)).await?;
    Ok(EditPage::of(frame, format!("/standards/{}", standard.id), standard.idea(), choices, form))
}

/// What the form of a standard offers that this person owns.
pub fn choices(team: TeamId, owner: PersonId) -> Ask<Choices> {
    let questions = (measures::store::of_team(team), store::candidates(team, owner));
    questions.joined().map(|(measures, candidates)| Choices::of(&measures, candidates))
}

impl EditPage {
    /// The page with this form, which is sent to `action`.
    pub fn of(frame: &Frame, action: String, idea: Option<(IdeaId, String)>, choices: Choices, form: Form) -> Self {
        let (refused, now) = (String::new(), Vec::new());
        Self { page: frame.layout("Our way", "standards"), action, form, idea, choices, refused, now }
    }
}
