//! `/letters`: whoever has the code reads what came of the letter.
//!
//! The code comes in the body of a POST and stands in no address. A wrong one, one that is forgotten and one that was never
//! given are the same.

use super::layout;
use super::status::{self, Extras};
use crate::App;
use crate::error::Result;
use crate::letters::author_move::AuthorMove;
use crate::letters::code;
use crate::letters::rate_limit::{Attempt, RateLimit};
use crate::letters::store::{self, Letter};
use crate::letters::{Sender, nameless_html};
use crate::moves::{Early, Handled};
use crate::web::{Form, Layout};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use std::net::IpAddr;

/// Where the code is entered.
#[derive(Template)]
#[template(path = "letters/index.html")]
pub struct EnterPage {
    pub page: Layout,
    pub form: Form,
    /// What the words in the form are for; nothing when only the code is asked for.
    pub act: Option<AuthorMove>,
    /// What just happened; empty for nothing.
    pub said: String,
}

/// `GET /letters`
pub async fn new(State(app): State<App>) -> Result<Response> {
    enter(&app, StatusCode::OK, Form::default(), "").await
}

/// The page on which the code is entered.
pub(super) async fn enter(app: &App, status: StatusCode, form: Form, said: &str) -> Result<Response> {
    let page = layout(app, &mut app.read().await?, "What came of my letter").await?;
    let act = form.value("act").parse().ok();
    nameless_html(status, &EnterPage { page, form, act, said: said.to_owned() })
}

/// `POST /letters`: the code opens the page.
pub async fn show(State(app): State<App>, Sender(sender): Sender, form: Form) -> Handled {
    let extras = Extras { shows_text: form.value("show") == "text", ..Extras::default() };
    let (letter, code) = open(&app, sender, form).await?;
    Ok(status::show(&app, StatusCode::OK, letter, code, extras).await?)
}

/// The letter of the code that was typed, with the code; an answer that says why there is none leaves early.
pub(super) async fn open(app: &App, sender: Option<IpAddr>, mut form: Form) -> Result<(Letter, String), Early> {
    let typed = code::read(form.value("code"));
    let found = match &typed {
        Some(code) => store::by_code(&mut app.read().await?, code).await?,
        None => None,
    };
    if let Some(opened) = found.zip(typed) {
        return Ok(opened);
    }
    // Who has a code is let in, whatever others tried at this address.
    if !app.memory::<RateLimit>().allows(&app.world, Attempt::WrongCode, sender) {
        form.refuse("code", "Many wrong codes came from this address. Wait ten minutes, then try again.");
        return Err(enter(app, StatusCode::TOO_MANY_REQUESTS, form, "").await?.into());
    }
    form.refuse("code", "No letter has this code. It has 24 letters and digits; look at each once more.");
    Err(enter(app, StatusCode::UNPROCESSABLE_ENTITY, form, "").await?.into())
}
