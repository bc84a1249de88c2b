//! One line for the next page: what just happened.
//!
//! It travels in a cookie and not in the session's row, because a GET changes nothing in the database.

use axum::extract::Request;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, Expiration, SameSite};

const NAME: &str = "flash";

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
    let [words, undo] =
        [words, undo].map(|text| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>());
    let written = if undo.is_empty() { words } else { format!("{words}={undo}") };
    let cookie = Cookie::build((NAME, written)).path("/").http_only(true).same_site(SameSite::Lax).build();
    (CookieJar::new().add(cookie), see_other(path)).into_response()
}

/// What just happened, as the next page says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flash {
    pub words: String,
    /// The address of a form that undoes it; empty where nothing can be undone.
    pub undo: String,
}

/// The line that came with the request.
pub fn of(headers: &HeaderMap) -> Option<Flash> {
    let jar = CookieJar::from_headers(headers);
    let written = jar.get(NAME)?.value();
    let (words, undo) = url::form_urlencoded::parse(written.as_bytes()).next()?;
    let words: String = words.chars().take(400).collect();
    (!words.is_empty()).then(|| Flash { words, undo: undoing(&undo) })
}

/// An address that undoes something is one of these; a cookie that says otherwise offers nothing.
fn undoing(undo: &str) -> String {
    let known = ["/ideas/", "/comments/", "/notices/"].iter().any(|start| undo.starts_with(start));
    let plain = undo.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '/' | '-'));
    if known && plain && !undo.contains("//") { undo.to_owned() } else { String::new() }
}

/// The mark of an answer that leaves no line in the log and no cookie in the browser.
#[derive(Clone, Copy, Debug)]
pub struct NoTrace;

/// Forget the line once a page has shown it.
pub async fn layer(request: Request, next: Next) -> Response {
    let shown = of(request.headers()).is_some();
    let response = next.run(request).await;
    let leaves_no_trace = response.extensions().get::<NoTrace>().is_some();
    if shown && !leaves_no_trace && !response.status().is_redirection() && !response.headers().contains_key(SET_COOKIE)
    {
        let mut gone = Cookie::build((NAME, "")).path("/").build();
        gone.make_removal();
        // Without the day a year ago, which would be told by the machine's own clock.
        gone.set_expires(Expiration::Session);
        return (CookieJar::new().add(gone), response).into_response();
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::COOKIE;

    fn shown(response: &Response) -> Option<Flash> {
        let cookie = response.headers()[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        of(&HeaderMap::from_iter([(COOKIE, cookie.parse().unwrap())]))
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
