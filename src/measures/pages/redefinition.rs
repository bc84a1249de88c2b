//! Counting it differently from a period on: a new version of the definition, with limits of its own.

use super::admission::Admission;
use super::forms::opened;
use crate::error::Result;
use crate::ids::MeasureId;
use crate::lengths;
use crate::measures::{Measure, Verb, verbs};
use crate::moves::{Handled, Move, Submission};
use crate::web::{App, Form, Frame, Layout, Member, Path, Response, State, Template, html};

/// The form of a new version.
#[derive(Template)]
#[template(path = "measures/redefinition.html")]
pub struct RedefinitionPage {
    page: Layout,
    measure: Measure,
    form: Form,
}

/// GET /measures/{id}/redefinition/new
pub async fn new(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<MeasureId>) -> Result<Response> {
    let (tx, measure, mut form) = opened(&app, &member, id, (Verb::Redefine, "redefinition")).await?;
    form.set("how_counted", measure.how_counted.as_str());
    form.set("from", measure.this_period(tx.now()).to_string());
    html(&draw(&frame, measure, form))
}

pub(super) fn draw(frame: &Frame, measure: Measure, form: Form) -> RedefinitionPage {
    RedefinitionPage { page: frame.layout(format!("Count {} differently", measure.name), "measures"), measure, form }
}

/// `POST /measures/{id}/redefinition`
pub async fn create(mut sent: Submission<Measure>) -> Handled {
    let how =
        sent.form.needed("how_counted", lengths::PART, "Write how it is counted, so that two people get the same.");
    let words = sent.words("Say what was wrong with the old way.", lengths::REMARK);
    let from = sent.form.needed_day("from", "Choose the day from which it is counted like this.");
    let at = sent.named("redefinition").open(Admission::Verb(Verb::Redefine)).await?;
    let read = |at: &mut super::Opened| {
        if how == at.record.how_counted {
            at.form.refuse("how_counted", "This is how it is counted now. Write the new way.");
        }
        from
    };
    let (mut at, from) = at.reads(read).await?;
    let done = verbs::redefine(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), &how, from).await;
    at.close(done, "Written down. Let two people try it, then let it begin.").await
}

short_moves! {
    destroy "redefinition/removal" LeaveDefinition, "", "The definition stays as it was." => verbs::leave_definition;
}
