//! What a television sees: a page that asks for a code by itself, the code, and then its board.

use crate::App;
use crate::error::Result;
use crate::wall::board::{self, Board};
use crate::wall::frame::WallFrame;
use crate::wall::{CODE_LASTS, brakes, pairing_code, screen_key, store};
use crate::web::sender::Sender;
use crate::web::{html, see_other};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::Response;

/// The page of a television without a key: it sends its form by itself.
#[derive(Template)]
#[template(path = "wall/ask.html")]
pub struct AskPage {
    pub page: WallFrame,
}

/// The page of a television that waits to be paired.
#[derive(Template)]
#[template(path = "wall/code.html")]
pub struct CodePage {
    pub page: WallFrame,
    pub code: String,
    pub address: String,
    /// The same with the code in it, as a square to scan.
    pub square: String,
    /// For how many minutes a code is good.
    pub minutes: i64,
}

/// The whole page of a paired television.
#[derive(Template)]
#[template(path = "wall/page.html")]
pub struct BoardPage {
    pub page: WallFrame,
    pub board: Board,
}

/// `GET /wall`: whatever this television is to show now.
pub async fn show(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let page = WallFrame::default();
    let mut tx = app.read().await?;
    let look = screen_key::look(&app, &mut tx, &headers).await?;
    let Some((key, look)) = screen_key::of(&app, &headers).zip(look) else {
        return html(&AskPage { page });
    };
    let Some(team) = look.screen.team_id else {
        return html(&code_page(&app, page, &key));
    };
    let board = board::gather(&mut tx, team, look).await?;
    let mut response = html(&BoardPage { page, board })?;
    // Browsers forget a cookie in the end; one that is used stays.
    response.headers_mut().append(SET_COOKIE, screen_key::to_cookie(&app, &key));
    Ok(response)
}

fn code_page(app: &App, page: WallFrame, key: &str) -> CodePage {
    let code = pairing_code::of_key(key);
    let address = app.config.address_of("/screens");
    let square = pairing_code::square(&format!("{address}?code={code}"));
    CodePage { page, code: pairing_code::spaced(&code), address, square, minutes: CODE_LASTS.num_minutes() }
}

/// `POST /wall/pairing`: a key and a code for a television that has none.
pub async fn create(State(app): State<App>, sender: Sender, headers: HeaderMap) -> Result<Response> {
    // Nobody's page shows who waits: strangers move no counter.
    let mut tx = app.write_quietly().await?;
    if screen_key::look(&app, &mut tx, &headers).await?.is_some() {
        return Ok(see_other("/wall"));
    }
    brakes::admit_television(&app, sender)?;
    store::make_room(&mut tx).await?;
    let key = store::add(&mut tx).await?;
    tx.commit().await?;
    let mut response = see_other("/wall");
    response.headers_mut().append(SET_COOKIE, screen_key::to_cookie(&app, &key));
    Ok(response)
}
