//! `GET /purpose/mine`: all that is kept about whoever asks, and by them, as a file.

use crate::App;
use crate::error::Result;
use crate::purpose::mine::{self, Line};
use crate::web::Member;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// The file.
#[derive(Serialize)]
struct File {
    about: &'static str,
    lines: Vec<Line>,
}

/// `GET /purpose/mine`
pub async fn show(State(app): State<App>, member: Member) -> Result<Response> {
    let mut tx = app.read().await?;
    let lines = tx.ask(mine::of(member.id)).await?;
    tx.commit().await?;
    let about =
        "What is kept about you, and what you wrote. Only you can fetch this file. Newest first, at most 20,000 lines.";
    let named = (header::CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\"");
    Ok(([named], Json(File { about, lines })).into_response())
}
