//! Who acts: the person behind the cookie, and the extractors that put them into a handler's signature.

use crate::App;
use crate::db::Counter;
use crate::error::{Error, Result};
use crate::people::{Organisation, Person, Role, SESSION_LASTS};
use crate::world::hash_of;
use axum::extract::FromRequestParts;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use axum_extra::extract::CookieJar;
use std::ops::Deref;
use std::sync::Arc;

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Member(pub Arc<Person>);

/// Somebody who looks after the installation.
#[derive(Clone)]
pub struct Admin(pub Arc<Person>);

impl Deref for Member {
    type Target = Person;
    fn deref(&self) -> &Person {
        &self.0
    }
}

impl Deref for Admin {
    type Target = Person;
    fn deref(&self) -> &Person {
        &self.0
    }
}

/// What is known of whoever sends a request, before any handler runs.
#[derive(Clone, Default)]
pub struct Visitor {
    pub person: Option<Arc<Person>>,
    /// The company, once it is set up.
    pub organisation: Option<Arc<Organisation>>,
    /// How many notices the person has not seen.
    pub unread: i64,
    /// Where the change counter stood when they were looked up, or before.
    pub counter: Counter,
}

const SESSION: &str = "session";

/// The full name of a cookie. Over plain http a browser refuses the stricter one.
fn cookie_name(app: &App, name: &str) -> String {
    let strict = if app.config.is_https() { "__Host-" } else { "" };
    format!("{strict}{name}")
}

/// What the visitor's cookie of this name holds.
pub fn cookie_value(app: &App, headers: &HeaderMap, name: &str) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    Some(jar.get(&cookie_name(app, name))?.value().to_owned())
}

/// The hash of the token in the visitor's cookie.
pub fn token_hash(app: &App, headers: &HeaderMap) -> Option<Vec<u8>> {
    Some(hash_of(&cookie_value(app, headers, SESSION)?))
}

/// The answer with the cookie that signs its reader in.
pub fn with_session(app: &App, token: &str, response: Response) -> Response {
    with_cookie(response, cookie(app, SESSION, token, SESSION_LASTS.num_seconds()))
}

/// The answer with a cookie that makes the browser forget its session.
pub fn without_session(app: &App, response: Response) -> Response {
    with_cookie(response, cookie(app, SESSION, "", 0))
}

fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}

/// A cookie that no script can read, kept for so many seconds.
pub fn cookie(app: &App, name: &str, value: &str, seconds: i64) -> HeaderValue {
    let secure = if app.config.is_https() { "; Secure" } else { "" };
    let name = cookie_name(app, name);
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

fn signed_in(parts: &Parts) -> Result<Arc<Person>> {
    let visitor = parts.extensions.get::<Visitor>();
    visitor.and_then(|visitor| visitor.person.clone()).ok_or(Error::SignIn)
}

impl FromRequestParts<App> for Member {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self> {
        Ok(Self(signed_in(parts)?))
    }
}

impl FromRequestParts<App> for Admin {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self> {
        let person = signed_in(parts)?;
        if person.is(Role::Admin) { Ok(Self(person)) } else { Err(Error::NotFound) }
    }
}
