//! Who acts: the person behind the cookie, and the extractors that put them into a handler's signature.

use crate::App;
use crate::error::{Error, Result};
use crate::people::{Organisation, Person, session, store};
use crate::web::trouble::Asked;
use crate::world::hash_of;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
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

/// What is known of the visitor before any handler runs.
#[derive(Clone, Default)]
pub struct Visitor {
    /// The person who is signed in.
    pub person: Option<Arc<Person>>,
    /// The company, once it is set up.
    pub organisation: Option<Arc<Organisation>>,
}

/// Find out who asks, for handlers, guards and error pages alike.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    match visitor(&app, request.headers()).await {
        Ok(visitor) => {
            request.extensions_mut().insert(visitor);
            next.run(request).await
        }
        Err(error) => Asked::of(&request).answer(&error, None),
    }
}

async fn visitor(app: &App, headers: &HeaderMap) -> Result<Visitor> {
    Ok(Visitor { person: person(app, headers).await?, organisation: organisation(app).await? })
}

async fn person(app: &App, headers: &HeaderMap) -> Result<Option<Arc<Person>>> {
    let Some(token_hash) = token_hash(app, headers) else { return Ok(None) };
    let counter = app.db.counter();
    if let Some(known) = app.people.take(counter, &token_hash) {
        return Ok(Some(known));
    }
    let found = session::person_of(&mut app.read().await?, &token_hash).await?.map(Arc::new);
    if let Some(person) = &found {
        app.people.put(counter, token_hash, person.clone());
    }
    Ok(found)
}

async fn organisation(app: &App) -> Result<Option<Arc<Organisation>>> {
    let counter = app.db.counter();
    if let Some(known) = app.organisation.take(counter, &()) {
        return Ok(Some(known));
    }
    let found = store::organisation(&mut app.read().await?).await?.map(Arc::new);
    if let Some(organisation) = &found {
        app.organisation.put(counter, (), organisation.clone());
    }
    Ok(found)
}

/// The name of the session's cookie. Over plain http a browser refuses the stricter one.
fn cookie_name(app: &App) -> &'static str {
    if app.config.is_https() { "__Host-session" } else { "session" }
}

/// The hash of the token in the visitor's cookie.
pub fn token_hash(app: &App, headers: &HeaderMap) -> Option<Vec<u8>> {
    let jar = CookieJar::from_headers(headers);
    Some(hash_of(jar.get(cookie_name(app))?.value()))
}

/// The cookie that signs its holder in.
pub fn session_cookie(app: &App, token: &str) -> HeaderValue {
    cookie(app, token, session::LASTS.num_seconds())
}

/// The cookie that makes the browser forget.
pub fn no_cookie(app: &App) -> HeaderValue {
    cookie(app, "", 0)
}

fn cookie(app: &App, token: &str, seconds: i64) -> HeaderValue {
    let secure = if app.config.is_https() { "; Secure" } else { "" };
    let name = cookie_name(app);
    let text = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
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
        if person.is(crate::people::Role::Admin) { Ok(Self(person)) } else { Err(Error::NotFound) }
    }
}
