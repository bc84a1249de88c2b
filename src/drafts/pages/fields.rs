//! `/drafts/fields`: what the script puts back into the forms of a page. Only their owner ever asks.

use crate::App;
use crate::drafts::{Fields, store};
use crate::error::Result;
use crate::people;
use crate::web::Member;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A draft as a form takes it.
#[derive(Serialize)]
struct FormDraft {
    place: String,
    when: String,
    fields: Fields,
}

/// `GET /drafts/fields`
pub async fn index(State(app): State<App>, member: Member) -> Result<Response> {
    let mut tx = app.read().await?;
    let (calendar, now) = (people::calendars::of_person(&mut tx, &member).await?, tx.now());
    let drafts = store::of_person(&mut tx, member.id).await?.into_iter().map(|draft| FormDraft {
        when: calendar.due(draft.saved_at, now).words,
        fields: draft.fields(),
        place: draft.place,
    });
    let text = serde_json::to_string(&drafts.collect::<Vec<_>>()).map_err(anyhow::Error::from)?;
    Ok(([(CONTENT_TYPE, "application/json")], text).into_response())
}
