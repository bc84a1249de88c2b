//! How a form that was sent to an experiment is taken and given back.

use super::edit::{self, EditPage};
use super::{fields, show};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::experiments::{Experiment, State, Verb, step, store, verbs};
use crate::ids::ExperimentId;
use crate::moves::{Moved, Record, Refusal, Returned};
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
        let Returned { app, member, frame, id, name, mut form, refusal, .. } = returned;
        let mut tx = app.read().await?;
        let experiment = tx.ask(store::seen(id, member.id)).await?.ok_or(Error::NotFound)?;
        let is_of_plan = |field: &str| fields::LABELS.iter().any(|(known, _)| *known == field);
        let gaps = match &refusal {
            Some(Refusal::Gaps(gaps)) if gaps.iter().any(|gap| is_of_plan(gap.field)) => gaps.as_slice(),
            _ => &[],
        };
        let is_refused = matches!(refusal, Some(Refusal::NotYours(_) | Refusal::NotNow(_)));
        if !gaps.is_empty() {
            form = fields::filled(&experiment.plan, app.world.id(), experiment.version);
            for gap in gaps {
                form.refuse(gap.field, gap.message);
            }
        } else if name != edit::FORM || is_refused {
            return show::again(&app, &frame, &member, id, (name, form), refusal.as_ref()).await;
        }
        form.set(VERSION, experiment.version.to_string());
        let page = EditPage::of(&mut tx, &frame, &experiment, form).await?;
        let now = if matches!(refusal, Some(Refusal::First(_))) { fields::now(&experiment.plan) } else { Vec::new() };
        html(&EditPage { now, ..page })
    }
}
