//! The page for everything that went wrong, with what was typed still on it.

use crate::drafts::{PAGE, PLACE};
use crate::error::Error;
use crate::letters::Unseen;
use crate::web::form::{Form, KEY, Typed, VERSION};
use crate::web::layers::Number;
use crate::web::page::{Frame, Layout};
use askama::Template;
use axum::extract::Request;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use std::sync::PoisonError;

/// What can be seen when something went wrong.
#[derive(Template)]
#[template(path = "error.html")]
pub struct TroublePage {
    pub page: Layout,
    pub title: String,
    pub words: String,
    /// The number under which the cause is logged; empty unless the fault is ours.
    pub number: String,
    pub address: String,
    /// What was typed, without passwords.
    pub typed: Vec<Kept>,
    /// Whether signing in is the next step.
    pub sign_in: bool,
}

/// One field that was typed.
pub struct Kept {
    pub name: String,
    pub label: String,
    pub value: String,
    /// Whether a person typed it, so that it is shown.
    pub shown: bool,
}

/// Draw the page for an error that a handler or a layer below returned.
pub async fn layer(mut request: Request, next: Next) -> Response {
    let typed = Typed::default();
    request.extensions_mut().insert(typed.clone());
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    let Some(error) = response.extensions().get::<Error>().cloned() else { return response };
    let form = typed.lock().unwrap_or_else(PoisonError::into_inner).take();
    if response.extensions().get::<Unseen>().is_none() {
        return asked.answer(&error, form.as_ref());
    }
    let mut answer = Asked { frame: Frame::default(), ..asked }.answer(&error, form.as_ref());
    answer.extensions_mut().insert(Unseen);
    answer
}

/// What the page of an error needs to know of the request.
pub struct Asked {
    frame: Frame,
    number: String,
    address: String,
}

impl Asked {
    /// Remember it before the request is handed on.
    pub fn of(request: &Request) -> Self {
        Self {
            frame: Frame::of(request.extensions(), request.headers()),
            number: request.extensions().get::<Number>().cloned().unwrap_or_default().0,
            address: request.uri().path_and_query().map_or_else(String::new, ToString::to_string),
        }
    }

    /// The page of the error; a fault of ours is logged here, once.
    pub fn answer(self, error: &Error, form: Option<&Form>) -> Response {
        if let Error::Broken(cause) = error {
            tracing::error!(number = self.number, cause = format!("{cause:#}"), "a request failed");
        }
        draw(error, &self, form)
    }
}

fn draw(error: &Error, asked: &Asked, form: Option<&Form>) -> Response {
    let ours = matches!(error, Error::Broken(_));
    let page = TroublePage {
        page: asked.frame.layout(error.title(), ""),
        title: error.title().to_owned(),
        words: error.words(),
        number: if ours { asked.number.clone() } else { String::new() },
        address: asked.address.clone(),
        // A form that was sent too often holds a password, which is never put on a page: sending it again is no use.
        typed: form.filter(|_| !matches!(error, Error::TooMany)).map(kept).unwrap_or_default(),
        sign_in: matches!(error, Error::SignIn),
    };
    let mut response = match page.render() {
        Ok(text) => (error.status(), Html(text)).into_response(),
        Err(_) => (error.status(), error.title()).into_response(),
    };
    if matches!(error, Error::Busy | Error::TooMany) {
        let seconds = if matches!(error, Error::Busy) { "5" } else { "180" };
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(seconds));
    }
    response
}

/// What was typed, fit to be sent again. Passwords are never put on a page.
fn kept(form: &Form) -> Vec<Kept> {
    let fields = form.values().iter().filter(|(name, _)| !name.contains("password"));
    fields
        .map(|(name, value)| Kept {
            name: name.clone(),
            label: name.replace('_', " "),
            value: value.clone(),
            shown: !matches!(name.as_str(), KEY | VERSION | PLACE | PAGE) && !value.trim().is_empty(),
        })
        .collect()
}
