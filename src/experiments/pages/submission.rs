//! How a form that was sent to an experiment is taken and given back.

use super::edit::{self, EditPage};
use super::effect::{self, EffectPage};
use super::{fields, show};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::experiments::{Experiment, State, Verb, step, store, verbs};
use crate::ids::ExperimentId;
use crate::moves::{Gap, Moved, Record, Refusal, Returned};
use crate::people::Person;
use crate::web::form::VERSION;
use crate::web::html;
use axum::response::Response;

impl Record for Experiment {
    type Id = ExperimentId;
    type Verb = Verb;

    async fn find(tx: &mut Tx, id: ExperimentId, viewer: &Person) -> sqlx::Result<Option<Self>> {
        tx.ask(store::seen(id, viewer.id)).await
    }

    fn address(id: ExperimentId) -> String {
        format!("/experiments/{id}")
    }

    /// Only the plan is written by two at once; its verb compares the version.
    fn version(&self) -> Option<i64> {
        None
    }

    async fn actor(&self, tx: &mut Tx, member: &Person) -> sqlx::Result<Person> {
        verbs::actor(tx, self, member).await
    }

    async fn admit(&self, tx: &mut Tx, verb: Verb, actor: &Person) -> Moved {
        let has_ended = self.state == State::Running && self.has_ended(self.calendar().date_of(tx.now()));
        let state = if has_ended && verb == Verb::Study { State::Study } else { self.state };
        match step(state, verb, &[self.part_of(actor)]) {
            // The verb says first what is missing before the start.
            Err(Refusal::NotNow(_)) if verb == Verb::Start => Ok(()),
            stepped => Ok(stepped.map(|_| ())?),
        }
    }

    async fn page_again(returned: Returned<Self>) -> Result<Response> {
        let mut tx = returned.app.read().await?;
        let experiment = tx.ask(store::seen(returned.id, returned.member.id)).await?.ok_or(Error::NotFound)?;
        let is_refused = matches!(returned.refusal, Some(Refusal::NotYours(_) | Refusal::NotNow(_)));
        if returned.name == effect::FORM && !is_refused {
            let page = EffectPage::of(&mut tx, &returned.frame, &experiment, returned.form).await?;
            let refused = returned.refusal.as_ref().map_or_else(String::new, |refusal| refusal.sentence().to_owned());
            return html(&EffectPage { refused, ..page });
        }
        let fields = fields::fields(&experiment.plan);
        let is_of_plan = |gap: &Gap| fields.iter().any(|(known, ..)| *known == gap.field);
        let gaps = match &returned.refusal {
            Some(Refusal::Gaps(gaps)) if gaps.iter().any(is_of_plan) => gaps.as_slice(),
            _ => &[],
        };
        if gaps.is_empty() && (returned.name != edit::FORM || is_refused) {
            drop(tx);
            return show::again(returned).await;
        }
        let mut form = returned.form;
        if !gaps.is_empty() {
            form = fields::form_of(&fields, returned.app.world.id(), experiment.version);
        }
        for gap in gaps {
            form.refuse(gap.field, gap.message);
        }
        form.set(VERSION, experiment.version.to_string());
        let page = EditPage::of(&mut tx, &returned.frame, &experiment, form).await?;
        let was_first = matches!(returned.refusal, Some(Refusal::First(_)));
        html(&EditPage { now: if was_first { fields::now(fields) } else { Vec::new() }, ..page })
    }
}
