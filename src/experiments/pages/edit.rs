//! `/experiments/{id}/edit`: the form of a plan that is not locked, and where it is sent.

use super::fields;
use super::forms::not_drawn;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::experiments::{Experiment, State, Verb, step, store, verbs};
use crate::ids::{ExperimentId, IdeaId};
use crate::moves::{Handled, Move, Submission};
use crate::web::{Form, Frame, Layout, Member, NewKey, Path, html};
use crate::{App, measures};

use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;

/// The form of a new experiment, or of one that is not locked yet.
#[derive(Template)]
#[template(path = "experiments/edit.html")]
pub struct EditPage {
    pub page: Layout,
    pub title: &'static str,
    pub action: String,
    pub form: Form,
    /// The idea it comes from: identifier and words.
    pub idea: Option<(IdeaId, String)>,
    /// The measures to choose from: identifier and name.
    pub measures: Vec<(String, String)>,
    /// Why it was refused as a whole; empty when it was not.
    pub refused: String,
    /// What is stored now, when somebody else was first.
    pub now: Vec<(&'static str, String)>,
    /// Whether saving takes back that it is safe to try.
    pub was_ready: bool,
}

/// The name of the form, beside those of the experiment's page.
pub const FORM: &str = "edit";

/// `GET /experiments/{id}/edit`
pub async fn edit(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    NewKey(key): NewKey,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let experiment = tx.ask(store::seen(id, member.id)).await?.ok_or(Error::NotFound)?;
    let viewer = verbs::actor(&mut tx, &experiment, &member).await?;
    step(experiment.state, Verb::Change, &[experiment.part_of(&viewer)])
        .map_err(|refusal| not_drawn(&refusal, Verb::Change.whose()))?;
    let form = fields::filled(&experiment.plan, key, experiment.version);
    html(&EditPage::of(&mut tx, &frame, &experiment, form).await?)
}

/// `POST /experiments/{id}`
pub async fn update(sent: Submission<Experiment>) -> Handled {
    let mut at = sent.named(FORM).open(Verb::Change).await?;
    let version = at.form.version()?;
    let measures = at.tx.ask(measures::store::of_team(at.record.team_id)).await?;
    let plan = fields::read(&mut at.form, &fields::measure_options(&measures));
    let mut at = at.checked().await?;
    let done = verbs::change(&mut at.tx, &at.record, Move::of(at.key, &at.actor, ""), version, &plan).await;
    at.close(done, "Saved. Nothing runs yet: say next that it is safe to try.").await
}

impl EditPage {
    /// The form of an experiment that exists.
    pub async fn of(tx: &mut Tx, frame: &Frame, experiment: &Experiment, form: Form) -> Result<Self> {
        let measures = tx.ask(measures::store::of_team(experiment.team_id)).await?;
        Ok(Self {
            page: frame.layout(&experiment.plan.name, "experiments"),
            title: "What you want to try",
            action: format!("/experiments/{}", experiment.id),
            form,
            idea: experiment.idea(),
            measures: fields::measure_options(&measures),
            refused: String::new(),
            now: Vec::new(),
            was_ready: experiment.state == State::Ready,
        })
    }
}
