//! Where the forms of a measure go and where they come back.

use super::admission::Admission;
use super::definition_form::reach;
use super::figure::Extent;
use super::forms::Typed;
use super::{agreement, definition, entry, limits, redefinition, show, way};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::measures::{Measure, series, store};
use crate::moves::{Moved, Mover, Record, Refusal, Returned};
use crate::people::Person;
use crate::web::{Response, html};

impl Record for Measure {
    type Id = MeasureId;
    type Verb = Admission;

    async fn find(tx: &mut Tx, id: MeasureId, viewer: &Person) -> sqlx::Result<Option<Self>> {
        tx.ask(store::load(id, viewer.id)).await
    }

    fn address(id: MeasureId) -> String {
        format!("/measures/{id}")
    }

    fn version(&self) -> Option<i64> {
        None
    }

    async fn admit(&self, _tx: &mut Tx, admission: Admission, actor: &Person) -> Moved {
        let mover = Mover::Person(actor);
        match admission {
            Admission::Team(whose) => Ok(self.of_team(mover, whose)?),
            Admission::Verb(verb) => match self.step(verb, mover) {
                Err(refusal @ Refusal::NotYours(_)) => Err(refusal.into()),
                _ => Ok(()),
            },
        }
    }

    async fn page_again(returned: Returned<Self>) -> Result<Response> {
        let Returned { app, member, frame, id, name, mut form, notices, .. } = returned;
        let mut tx = app.read().await?;
        let measure = tx.ask(store::load(id, member.id)).await?.ok_or(Error::NotFound)?;
        let field = if name == "values" { entry::amount_field(&measure) } else { "words" };
        for notice in notices {
            form.refuse(field, notice);
        }
        match name {
            "agreement" => html(&agreement::draw(&mut tx, &frame, &member, measure, form).await?),
            "edit" => html(&definition::draw(&frame, form, &reach(&mut tx, &member).await?, Some(measure))),
            "limits" => html(&limits::draw(&frame, &series::of(&mut tx, measure).await?, form)),
            "redefinition" => html(&redefinition::draw(&frame, measure, form)),
            "way" => html(&way::draw(&frame, measure, form)),
            noun => html(&show::draw(&mut tx, &frame, &member, id, Some(Typed { noun, form }), Extent::Newest).await?),
        }
    }
}
