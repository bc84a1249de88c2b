//! The page for everything that went wrong, with what was typed still on it.

use crate::db::Patience;
use crate::error::{Error, Kept};
use crate::web::flash::{ByName, NoTrace};
use crate::web::form::{DRAFT, DRAFT_PAGE, Form, KEY, SubmittedForm, VERSION};
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
pub struct ErrorPage {
    pub page: Layout,
    pub title: String,
    pub words: String,
    /// The number under which the cause is logged; empty unless the fault is ours.
    pub number: String,
    pub address: String,
    /// What was typed, without passwords.
    pub typed: Vec<TypedField>,
    /// Whether signing in is the next step.
    pub sign_in: bool,
}

/// One field that was typed.
pub struct TypedField {
    pub name: String,
    pub label: String,
    pub value: String,
    /// Whether a person typed it, so that it is shown.
    pub shown: bool,
}

/// The number of a request, in its log lines and on the page of a fault.
#[derive(Clone, Default)]
pub struct RequestNumber(pub String);

/// The mark of a request that may be one of a letter.
#[derive(Clone, Copy, Debug)]
pub struct MayBeNameless;

/// Draw the page for an error that a handler or a layer below returned.
pub async fn layer(mut request: Request, next: Next) -> Response {
    let typed = SubmittedForm::default();
    request.extensions_mut().insert(typed.clone());
    let failed = FailedRequest::of(&request);
    let response = next.run(request).await;
    let Some(error) = response.extensions().get::<Error>().cloned() else { return response };
    let form = typed.lock().unwrap_or_else(PoisonError::into_inner).take();
    let (no_trace, by_name) = (response.extensions().get::<NoTrace>(), response.extensions().get::<ByName>());
    if no_trace.is_none() {
        let may_be_nameless = failed.may_be_nameless && by_name.is_none();
        let mut answer = FailedRequest { may_be_nameless, ..failed }.answer(&error, form.as_ref());
        by_name.map(|mark| answer.extensions_mut().insert(*mark));
        return answer;
    }
    let mut answer =
        FailedRequest { frame: Frame::default(), may_be_nameless: true, ..failed }.answer(&error, form.as_ref());
    answer.extensions_mut().insert(NoTrace);
    answer
}

/// What the page of an error needs to know of the request.
pub struct FailedRequest {
    frame: Frame,
    number: String,
    address: String,
    patience: Patience,
    /// Whether it only asked for something to look at.
    reads: bool,
    /// Whether it may be one of a letter: then no line is written, which would have a time.
    may_be_nameless: bool,
}

impl FailedRequest {
    /// Remember it before the request is handed on.
    pub fn of(request: &Request) -> Self {
        Self {
            frame: Frame::of(request.extensions()).uncounted(),
            number: request.extensions().get::<RequestNumber>().cloned().unwrap_or_default().0,
            address: request.uri().path_and_query().map_or_else(String::new, ToString::to_string),
            patience: request.extensions().get().cloned().unwrap_or_default(),
            reads: request.method().is_safe(),
            may_be_nameless: request.extensions().get::<MayBeNameless>().is_some(),
        }
    }

    /// The page of the error; a fault of ours is logged here, once.
    pub fn answer(self, error: &Error, form: Option<&Form>) -> Response {
        match error {
            _ if self.may_be_nameless => {}
            Error::Broken(cause) => {
                tracing::error!(number = self.number, cause = format!("{cause:#}"), "a request failed");
            }
            Error::Unavailable(fault) => tracing::warn!(number = self.number, ?fault, "the database could not do it"),
            _ => {}
        }
        draw(error, &self, form)
    }
}

impl FailedRequest {
    /// What is known of what was sent: a form with a key or a version counts once.
    fn kept(&self, form: Option<&Form>) -> Kept {
        let counts_once = |form: &Form| [KEY, VERSION].iter().any(|name| !form.value(name).is_empty());
        match (self.patience.may_have_kept() && !self.reads, form.is_some_and(counts_once)) {
            (false, _) => Kept::Nothing,
            (true, true) => Kept::Once,
            (true, false) => Kept::Unknown,
        }
    }
}

fn draw(error: &Error, failed: &FailedRequest, form: Option<&Form>) -> Response {
    let ours = matches!(error, Error::Broken(_)) && !failed.may_be_nameless;
    let page = ErrorPage {
        page: failed.frame.layout(error.title(), ""),
        title: error.title().to_owned(),
        words: match error {
            Error::Broken(_) if failed.may_be_nameless => error.words_unlogged(failed.kept(form)),
            _ => error.words(failed.kept(form)),
        },
        number: if ours { failed.number.clone() } else { String::new() },
        address: failed.address.clone(),
        // A form that was sent too often holds a password, which is never put on a page: sending it again is no use.
        typed: form.filter(|_| !matches!(error, Error::TooMany(_))).map(kept).unwrap_or_default(),
        sign_in: matches!(error, Error::SignIn),
    };
    let mut response = match page.render() {
        Ok(text) => (error.status(), Html(text)).into_response(),
        Err(_) => (error.status(), error.title()).into_response(),
    };
    let seconds = match error {
        Error::Unavailable(_) => 5,
        Error::Crowded => 30,
        Error::TooMany(seconds) => *seconds,
        _ => return response,
    };
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// What was typed, fit to be sent again. Passwords are never put on a page.
fn kept(form: &Form) -> Vec<TypedField> {
    let fields = form.values().iter().filter(|(name, _)| !name.contains("password"));
    fields
        .map(|(name, value)| TypedField {
            name: name.clone(),
            label: name.replace('_', " "),
            value: value.clone(),
            // How something is thrown was chosen, not typed.
            shown: !matches!(name.as_str(), KEY | VERSION | DRAFT | DRAFT_PAGE | "way") && !value.trim().is_empty(),
        })
        .collect()
}
