//! One line for the next page: what just happened.
//!
//! It travels in a cookie and not in the session's row, because a GET changes nothing in the database.

use crate::letters::Unseen;
use axum::extract::Request;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

const NAME: &str = "flash";

/// Go and see.
pub fn see_other(path: impl AsRef<str>) -> Response {
    let location = HeaderValue::from_str(path.as_ref()).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

/// Go and see, with a line that says what just happened.
pub fn see_other_saying(path: impl AsRef<str>, words: impl AsRef<str>) -> Response {
    let written: String = url::form_urlencoded::byte_serialize(words.as_ref().as_bytes()).collect();
    let cookie = Cookie::build((NAME, written)).path("/").http_only(true).same_site(SameSite::Lax).build();
    (CookieJar::new().add(cookie), see_other(path)).into_response()
}

/// The line that came with the request.
pub fn of(headers: &HeaderMap) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    let written = jar.get(NAME)?.value();
    let (words, _) = url::form_urlencoded::parse(written.as_bytes()).next()?;
    (!words.is_empty()).then(|| words.chars().take(400).collect())
}

/// Forget the line once a page has shown it.
pub async fn layer(request: Request, next: Next) -> Response {
    let shown = of(request.headers()).is_some();
    let response = next.run(request).await;
    let unseen = response.extensions().get::<Unseen>().is_some();
    if shown && !unseen && !response.status().is_redirection() && !response.headers().contains_key(SET_COOKIE) {
        let mut gone = Cookie::build((NAME, "")).path("/").build();
        gone.make_removal();
        return (CookieJar::new().add(gone), response).into_response();
    }
    response
}
