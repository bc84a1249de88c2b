//! `/standards/{id}/edit`: the form of a standard, before it is in use and after, and where it is sent.

use super::fields::{self, Choices};
use crate::db::{Ask, Questions, Tx};
use crate::error::{Error, Result};
use crate::experiments::pages::forms::not_drawn;
use crate::ids::{IdeaId, PersonId, StandardId, TeamId};
use crate::lengths;
use crate::moves::{Handled, Move, Submission};
use crate::standards::verbs::Revision;
use crate::standards::{Standard, Verb, factors, step, store, verbs};
use crate::web::{Form, Frame, Layout, Member, NewKey, Path, html};
use crate::{App, measures};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;

/// The form of a standard.
#[derive(Template)]
#[template(path = "standards/edit.html")]
pub struct EditPage {
    pub page: Layout,
    pub action: String,
    pub form: Form,
    /// The idea it comes from: identifier and words.
    pub idea: Option<(IdeaId, String)>,
    pub choices: Choices,
    /// Whether it is in use: then what changed and why is asked.
    pub in_use: bool,
    /// Why it was refused as a whole; empty when it was not.
    pub refused: String,
    /// What is stored now, when somebody else was first.
    pub now: Vec<(&'static str, String)>,
}

/// The name of the form, beside those of the standard's page.
pub const FORM: &str = "edit";

/// How a standard in use is changed.
pub fn verb_of(standard: &Standard) -> Verb {
    if standard.state.in_use() { Verb::Amend } else { Verb::Change }
}

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
    let stepped = step(standard.state, verb_of(&standard), &standard.parts_of(&viewer));
    stepped.map_err(|refusal| not_drawn(&refusal, Verb::Change.whose()))?;
    let form = fields::filled(&standard.text, standard.owner_id, key, standard.version);
    html(&of_standard(&mut tx, &frame, &standard, form).await?)
}

/// `POST /standards/{id}`
pub async fn update(sent: Submission<Standard>) -> Handled {
    // The form of a standard in use has fields of its own.
    let verb = if sent.form.value("in_use") == "yes" { Verb::Amend } else { Verb::Change };
    let mut at = sent.named(FORM).open(verb).await?;
    let version = at.form.version()?;
    let choices = at.tx.ask(choices(at.record.team_id, at.record.owner_id)).await?;
    let (text, owner) = fields::read(&mut at.form, &choices);
    if verb == Verb::Change {
        let mut at = at.checked().await?;
        let owner = owner.unwrap_or(at.record.owner_id);
        let this = Move::of(at.key, &at.actor, "");
        let done = verbs::change(&mut at.tx, &at.record, this, version, (owner, &text)).await;
        return at.close(done, "Saved. Next it is shown to all concerned.").await;
    }
    let changed = at.form.needed("changed", lengths::LINE, "Say what is different now.");
    let reason = at.form.needed("reason", lengths::LINE, "Say why it is changed.");
    let shown_again = at.form.value("again") == "yes";
    let today = at.record.calendar().date_of(at.tx.now());
    for gap in text.gaps(today).into_iter().filter(|gap| gap.field != "next_check_on") {
        at.form.refuse(gap.field, gap.message);
    }
    let mut at = at.checked().await?;
    let new = Revision { text: &text, changed: &changed, reason: &reason, shown_again };
    let this = Move::of(at.key, &at.actor, "");
    let done = verbs::revise(&mut at.tx, &at.record, this, version, new).await;
    at.close(done, if shown_again { "Changed. Now show it to all concerned again." } else { "Changed." }).await
}

/// The page of a standard that exists.
pub async fn of_standard(tx: &mut Tx, frame: &Frame, standard: &Standard, form: Form) -> Result<EditPage> {
    let choices = tx.ask(choices(standard.team_id, standard.owner_id)).await?;
    let page = EditPage::of(frame, format!("/standards/{}", standard.id), standard.idea(), choices, form);
    Ok(EditPage { in_use: standard.state.in_use(), ..page })
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
        let page = frame.layout("Our way", "standards");
        Self { page, action, form, idea, choices, in_use: false, refused, now }
    }

    /// The ten questions with the names of their fields.
    fn questions() -> Vec<(String, &'static str)> {
        factors::QUESTIONS.iter().enumerate().map(|(at, question)| (format!("factor{at}"), *question)).collect()
    }
}
