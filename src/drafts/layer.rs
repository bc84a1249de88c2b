//! A draft is gone when its form was accepted, and not before.

use super::{is_place, store};
use crate::App;
use crate::ids::PersonId;
use crate::web::form::{DRAFT, SubmittedForm};
use crate::web::visitor::Visitor;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::PoisonError;

/// After a form that names a draft was accepted, which is a redirect and nothing else, the draft is forgotten.
pub async fn forget_sent(State(app): State<App>, request: Request, next: Next) -> Response {
    let sends = *request.method() == Method::POST && !request.uri().path().starts_with("/drafts");
    let typed = request.extensions().get::<SubmittedForm>().cloned();
    let person = request.extensions().get::<Visitor>().and_then(|visitor| visitor.person.as_ref()).map(|one| one.id);
    let response = next.run(request).await;
    if let (true, StatusCode::SEE_OTHER, Some(typed), Some(person)) = (sends, response.status(), typed, person) {
        let place =
            typed.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|form| form.value(DRAFT).to_owned());
        if let Some(place) = place.filter(|place| is_place(place))
            && let Err(error) = forget(&app, person, &place).await
        {
            tracing::warn!(%error, "a draft was not forgotten");
        }
    }
    response
}

async fn forget(app: &App, person: PersonId, place: &str) -> sqlx::Result<()> {
    let mut tx = app.write_quietly().await?;
    store::forget(&mut tx, person, place).await?;
    tx.commit().await
}
