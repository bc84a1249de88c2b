//! How a form that was sent to a standard is taken and given back.

use super::edit::{self, EditPage};
use super::{fields, show};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::StandardId;
use crate::moves::{Moved, Record, Refusal, Returned};
use crate::people::Person;
use crate::standards::{Standard, Verb, step, store, verbs};
use crate::web::form::VERSION;
use crate::web::html;
use axum::response::Response;

impl Record for Standard {
    type Id = StandardId;
    type Verb = Verb;

    async fn find(tx: &mut Tx, id: StandardId, viewer: &Person) -> sqlx::Result<Option<Self>> {
        tx.ask(store::seen(id, viewer.id)).await
    }

    fn address(id: StandardId) -> String {
        format!("/standards/{id}")
    }

    /// Only the text is written by two at once; its verb compares the version.
    fn version(&self) -> Option<i64> {
        None
    }

    async fn actor(&self, tx: &mut Tx, member: &Person) -> sqlx::Result<Person> {
        verbs::actor(tx, self, member).await
    }

    async fn admit(&self, _tx: &mut Tx, verb: Verb, actor: &Person) -> Moved {
        step(self.state, verb, &self.parts_of(actor))?;
        Ok(())
    }

    async fn page_again(returned: Returned<Self>) -> Result<Response> {
        let gaps = if let Some(Refusal::Gaps(gaps)) = &returned.refusal { gaps.as_slice() } else { &[] };
        let is_refused = matches!(returned.refusal, Some(Refusal::NotYours(_) | Refusal::NotNow(_)));
        if gaps.is_empty() && (returned.name != edit::FORM || is_refused) {
            return show::again(returned).await;
        }
        let mut tx = returned.app.read().await?;
        let standard = tx.ask(store::seen(returned.id, returned.member.id)).await?.ok_or(Error::NotFound)?;
        let mut form = returned.form;
        if !gaps.is_empty() {
            form = fields::filled(&standard.text, standard.owner_id, returned.app.world.id(), standard.version);
        }
        for gap in gaps {
            form.refuse(gap.field, gap.message);
        }
        form.set(VERSION, standard.version.to_string());
        let page = edit::of_standard(&mut tx, &returned.frame, &standard, form).await?;
        let was_first = matches!(returned.refusal, Some(Refusal::First(_)));
        html(&EditPage { now: if was_first { fields::stored(&standard) } else { Vec::new() }, ..page })
    }
}
