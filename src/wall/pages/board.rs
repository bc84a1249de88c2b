//! The part of a television's page that is swapped when something changed.

use crate::App;
use crate::error::{Error, Result};
use crate::wall::board::{Board, gather};
use crate::wall::screen_key;
use crate::web::html;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

/// The part of the page that is swapped when something changed.
#[derive(Template)]
#[template(path = "wall/board.html")]
pub struct BoardPart {
    pub board: Board,
}

/// `GET /wall/board`: the board part; nothing yet while the television waits for its code.
pub async fn show(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let mut tx = app.read().await?;
    let look = screen_key::look(&app, &mut tx, &headers).await?.ok_or(Error::NotFound)?;
    match look.screen.team_id {
        Some(team) => html(&BoardPart { board: gather(&mut tx, team, look).await? }),
        None => Ok(StatusCode::NO_CONTENT.into_response()),
    }
}
