//! Counting it differently from a period on: a new version of the definition, with limits of its own.

use super::act::{Act, Begun, address};
use super::definition::Measure;
use super::forms::key;
use super::machine::{Part, Verb, step};
use super::refusal::Refusal;
use super::{store, verbs};
use crate::App;
use crate::balls::Deed;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::web::{Form, Frame, Layout, Member, Path, html, html_with, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

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
    let mut tx = app.read().await?;
    let measure = store::load(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    if let Err(Refusal::NotYours(whose)) = step(measure.state, Verb::Redefine, &Part::of(&measure, &member)) {
        return Err(Error::Forbidden(whose));
    }
    let mut form = Form::fresh(key(&measure, member.id, "redefinition"));
    form.set("how_counted", measure.how_counted.as_str());
    form.set("from", measure.this_period(tx.now()).to_string());
    html(&draw(&frame, measure, form))
}

fn draw(frame: &Frame, measure: Measure, form: Form) -> RedefinitionPage {
    RedefinitionPage { page: frame.layout(format!("Count {} differently", measure.name), "measures"), measure, form }
}

/// POST /measures/{id}/redefinition
pub async fn create(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "redefinition").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    act.admit(Some(Verb::Redefine))?;
    let how = act.form.needed("how_counted", 4000, "Write how it is counted, so that two people get the same.");
    let words = act.words("Say what was wrong with the old way.", 500);
    let from = act.form.date("from");
    if from.is_none() {
        act.form.refuse("from", "Choose the day from which it is counted like this.");
    }
    if how == act.measure.how_counted {
        act.form.refuse("how_counted", "This is how it is counted now. Write the new way.");
    }
    let Some(from) = from.filter(|_| act.form.is_good()) else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &draw(&act.frame, act.measure, act.form));
    };
    let deed = Deed { key: act.key, by: &act.member, words: &words };
    match verbs::redefine(&mut act.tx, deed, &act.measure, &how, from).await {
        Ok(()) => {
            act.tx.commit().await?;
            Ok(see_other_saying(address(id), "Written down. Let two people try it, then let it begin."))
        }
        Err(undone) => {
            let status = undone.tell(&mut act.form)?;
            html_with(status, &draw(&act.frame, act.measure, act.form))
        }
    }
}
