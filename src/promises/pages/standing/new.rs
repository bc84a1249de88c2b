//! The form in which a leader gives a standing promise.

use crate::App;
use crate::error::Result;
use crate::ids::{PromiseId, ThrowId};
use crate::lengths;
use crate::moves::{Move, kept_or_refused};
use crate::promises::standing::verbs::stand;
use crate::promises::store;
use crate::web::{Form, Frame, Layout, Member, NewKey, html, html_refused, html_with, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// The form.
#[derive(Template)]
#[template(path = "promises/standing/new.html")]
pub struct NewStandingPage {
    pub page: Layout,
    pub form: Form,
}

fn page(frame: &Frame, form: Form) -> NewStandingPage {
    NewStandingPage { page: frame.layout("A standing promise", "promises"), form }
}

/// `GET /standing-promises/new`
pub async fn new(frame: Frame, NewKey(key): NewKey) -> Result<Response> {
    html(&page(&frame, Form::fresh(key)))
}

/// `POST /standing-promises`
pub async fn create(State(app): State<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let key: ThrowId = form.key()?;
    let what = form.needed("what", lengths::PARAGRAPH, "Say what will hold, in a sentence.");
    let mut tx = app.write().await?;
    if let Some(id) = store::of_throw(&mut tx, key).await? {
        return Ok(given(id));
    }
    if !form.is_good() {
        return html_refused(&page(&frame, form));
    }
    let done = stand(&mut tx, Move::of(key, &member, ""), &what).await;
    match kept_or_refused(tx, done).await? {
        Ok(id) => Ok(given(id)),
        Err(refusal) => {
            let status = refusal.told_in(&mut form, "what");
            html_with(status, &page(&frame, form))
        }
    }
}

fn given(id: PromiseId) -> Response {
    see_other_saying(format!("/promises/{id}"), "It stands. You are asked in half a year whether it still does.")
}
