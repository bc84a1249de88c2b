//! Who acts: the person behind the cookie, and the extractors that put them into a handler's signature.

use crate::App;
use crate::db::Counter;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::people::{Organisation, Person, Role};
use crate::web::cache::{self, Cache};
use crate::web::cookie::Cookie;
use crate::web::ticket::Ticket;
use crate::world::hash_of;
use axum::extract::FromRequestParts;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use chrono::{DateTime, Utc};
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
    /// Why it could not be found out who asks.
    pub unknown: Option<Error>,
}

impl Visitor {
    /// The person, where there must be one.
    pub fn somebody(&self) -> Result<Arc<Person>> {
        self.person.clone().ok_or_else(|| self.unknown.clone().unwrap_or(Error::SignIn))
    }
}

/// Visitors by the hash of their session's token, each with the end of the session; the one of an empty hash is a stranger's.
pub type Visitors = Cache<Vec<u8>, (Visitor, Option<DateTime<Utc>>)>;

/// Forget what is kept in memory for this person, because something changed that they alone can see.
pub fn forget(app: &App, person: PersonId) {
    let is_theirs = |visitor: &Visitor| visitor.person.as_ref().is_some_and(|known| known.id == person);
    app.memory::<Visitors>().forget(|_, (visitor, _)| is_theirs(visitor));
    cache::forget_pages(app, person);
}

const SESSION: Cookie = Cookie::everywhere("session");

/// What the cookie of the visitor's session holds.
pub fn ticket(app: &App, headers: &HeaderMap) -> Option<Ticket> {
    Ticket::read(&SESSION.value(app, headers)?, &app.seal)
}

/// The hash of the token in the visitor's cookie.
pub fn token_hash(app: &App, headers: &HeaderMap) -> Option<Vec<u8>> {
    Some(hash_of(&ticket(app, headers)?.token))
}

/// The answer with the cookie that signs its reader in.
pub fn with_session(app: &App, token: &str, response: Response) -> Response {
    with_ticket(app, &Ticket::of_now(token, app.world.now()), response)
}

fn with_ticket(app: &App, ticket: &Ticket, response: Response) -> Response {
    with_cookie(response, SESSION.set(app, "/", &ticket.write(&app.seal), ticket.lasts(app.world.now())))
}

/// The answer to somebody who is signed in by this ticket: once in a while with one that says that they were here.
pub fn with_renewed(app: &App, ticket: &Ticket, response: Response) -> Response {
    let name = SESSION.full_name(app);
    let sets = |cookie: &HeaderValue| cookie.as_bytes().starts_with(name.as_bytes());
    match ticket.renewed(app.world.now()) {
        Some(renewed) if !response.headers().get_all(SET_COOKIE).iter().any(sets) => {
            with_ticket(app, &renewed, response)
        }
        _ => response,
    }
}

/// The name and the value of the cookie that signs somebody in with this token now.
pub fn session_cookie(app: &App, token: &str) -> (String, String) {
    (SESSION.full_name(app), Ticket::of_now(token, app.world.now()).write(&app.seal))
}

/// The answer with a cookie that makes the browser forget its session.
pub fn without_session(app: &App, response: Response) -> Response {
    with_cookie(response, SESSION.remove(app, "/"))
}

/// The answer with one more cookie.
pub fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}

fn signed_in(parts: &Parts) -> Result<Arc<Person>> {
    parts.extensions.get::<Visitor>().ok_or(Error::SignIn)?.somebody()
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
