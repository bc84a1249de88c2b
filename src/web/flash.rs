//! One line for the next page: what just happened.
//!
//! It travels in a cookie and not in the session's row, because a GET changes nothing in the database.

use crate::App;
use crate::web::cookie::Cookie;
use axum::extract::{Request, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const LINE: Cookie = Cookie::everywhere("flash");

/// Go and see.
pub fn see_other(path: impl AsRef<str>) -> Response {
    let location = HeaderValue::from_str(path.as_ref()).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

/// Go and see, with a line that says what just happened.
pub fn see_other_saying(path: impl AsRef<str>, words: impl AsRef<str>) -> Response {
    saying(path, words.as_ref(), "")
}

/// The same with a button beside the line that undoes it; `undo` is the address that takes the button's form.
pub fn see_other_undoing(path: impl AsRef<str>, words: impl AsRef<str>, undo: &str) -> Response {
    saying(path, words.as_ref(), undo)
}

fn saying(path: impl AsRef<str>, words: &str, undo: &str) -> Response {
    let mut response = see_other(path);
    response.extensions_mut().insert(Flash { words: words.to_owned(), undo: undo.to_owned() });
    response
}

/// What just happened, as the next page says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flash {
    pub words: String,
    /// The address of a form that undoes it; empty where nothing can be undone.
    pub undo: String,
}

impl Flash {
    /// As it stands in the cookie.
    fn write(&self) -> String {
        let [words, undo] = [&self.words, &self.undo]
            .map(|text| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>());
        if undo.is_empty() { words } else { format!("{words}={undo}") }
    }

    /// Read it; nothing when it says nothing.
    fn read(written: &str) -> Option<Self> {
        let (words, undo) = url::form_urlencoded::parse(written.as_bytes()).next()?;
        let words: String = words.chars().take(400).collect();
        (!words.is_empty()).then(|| Self { words, undo: undoing(&undo) })
    }
}

/// An address that undoes something is one of these; a cookie that says otherwise offers nothing.
fn undoing(undo: &str) -> String {
    let known = ["/ideas/", "/comments/", "/notices/", "/measures/"].iter().any(|start| undo.starts_with(start));
    let plain = undo.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '/' | '-'));
    if known && plain && !undo.contains("//") { undo.to_owned() } else { String::new() }
}

/// The mark of an answer at an address that letters use too, which is certainly none to a letter: it leaves a line.
#[derive(Clone, Copy, Debug)]
pub struct ByName;

/// The mark of an answer that leaves no line in the log and no cookie in the browser.
#[derive(Clone, Copy, Debug)]
pub struct NoTrace;

/// Give the line that came with the request to its page, put a new one into the browser, and forget one that was shown.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let shown = LINE.value(&app, request.headers()).and_then(|written| Flash::read(&written));
    let is_shown = shown.is_some();
    if let Some(flash) = shown {
        request.extensions_mut().insert(flash);
    }
    let mut response = next.run(request).await;
    let said = response.extensions_mut().remove::<Flash>();
    let leaves_no_trace = response.extensions().get::<NoTrace>().is_some();
    let cookie = match said {
        Some(flash) => Some(LINE.set_for_now(&app, &flash.write())),
        None if is_shown && !leaves_no_trace && !response.status().is_redirection() => Some(LINE.remove(&app, "/")),
        None => None,
    };
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(response: &Response) -> Option<Flash> {
        Flash::read(&response.extensions().get::<Flash>().unwrap().write())
    }

    #[test]
    fn a_line_comes_with_the_address_that_undoes_it() {
        let flash = shown(&see_other_undoing("/ideas/1", "Done & said=so; \u{e9}", "/ideas/1/hurts/removal")).unwrap();
        assert_eq!((flash.words.as_str(), flash.undo.as_str()), ("Done & said=so; \u{e9}", "/ideas/1/hurts/removal"));
        let plain = shown(&see_other_saying("/", "Saved.")).unwrap();
        assert_eq!((plain.words.as_str(), plain.undo.as_str()), ("Saved.", ""));
    }

    #[test]
    fn a_foreign_address_undoes_nothing() {
        for undo in ["//evil.example/ideas/", "/session/removal", "/ideas//evil", "/ideas/?x", "https://x.example/"] {
            assert_eq!(shown(&see_other_undoing("/", "Said.", undo)).unwrap().undo, "", "{undo}");
        }
    }
}
