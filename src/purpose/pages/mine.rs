//! `GET /purpose/mine`: all that is kept about whoever asks, and by them, as a file.

use crate::App;
use crate::error::Result;
use crate::purpose::mine::{self, Line};
use crate::web::Member;
use crate::web::path::Query;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

const ABOUT: &str = "What is kept about you, and what you wrote. Only you can fetch this file. The newest first.";

/// The file.
#[derive(Serialize)]
struct File {
    about: &'static str,
    /// The address of the next file; none when this is the last.
    next: Option<String>,
    lines: Vec<Line>,
}

/// Which of the files, from 0.
#[derive(Deserialize)]
pub struct Which {
    page: Option<u32>,
}

/// The last page that can be asked for.
const LAST_PAGE: u32 = 100_000;

/// `GET /purpose/mine`
pub async fn show(State(app): State<App>, member: Member, Query(which): Query<Which>) -> Result<Response> {
    let page = which.page.unwrap_or_default().min(LAST_PAGE);
    let mut tx = app.read().await?;
    let mut lines = tx.ask(mine::of(member.id, page)).await?;
    tx.commit().await?;
    let most = usize::try_from(mine::MOST).unwrap_or(usize::MAX);
    let next = (lines.len() > most).then(|| format!("/purpose/mine?page={}", page + 1));
    lines.truncate(most);
    let named = (header::CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\"");
    Ok(([named], Json(File { about: ABOUT, next, lines })).into_response())
}
