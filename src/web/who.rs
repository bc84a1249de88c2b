//! Who acts: the person behind the cookie, and the extractors that put them into a handler's signature.

use crate::App;
use crate::error::{Error, Result};
use crate::letters::is_nameless;
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
    pub person: Option<Arc<Person>>,
    /// The company, once it is set up.
    pub organisation: Option<Arc<Organisation>>,
}

/// Find out who asks, for handlers, guards and error pages alike.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    // Where letters are thrown and read nobody is looked for.
    let nobody = HeaderMap::new();
    let headers = if is_nameless(request.uri().path()) { &nobody } else { request.headers() };
    match visitor(&app, headers).await {
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
    if let Some((known, until)) = app.people.take(counter, &token_hash) {
        return Ok(Some(known).filter(|_| app.world.now() < until));
    }
    let Some((found, until)) = session::person_of(&mut app.read().await?, &token_hash).await? else { return Ok(None) };
    let found = Arc::new(found);
    app.people.put(counter, token_hash, (found.clone(), until));
    Ok(Some(found))
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

/// The cookie that signs its holder in.
pub fn session_cookie(app: &App, token: &str) -> HeaderValue {
    cookie(app, SESSION, token, session::LASTS.num_seconds())
}

/// The cookie that makes the browser forget.
pub fn no_cookie(app: &App) -> HeaderValue {
    cookie(app, SESSION, "", 0)
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
        if person.is(crate::people::Role::Admin) { Ok(Self(person)) } else { Err(Error::NotFound) }
    }
}
