//! The policy of a route: who may knock at all. What belongs to whom is decided record by record.

use crate::App;
use crate::db::Counter;
use crate::error::{Error, Result};
use crate::people::{Person, Role};
use crate::web::album::{Album, is_album};
use crate::web::form::Form;
use crate::web::shelf::PageKey;
use crate::web::who::Visitor;
use crate::web::{flash, see_other};
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Who may knock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Anybody, signed in or not.
    Public,
    /// Anybody while this is the example company; otherwise it does not exist.
    Example,
    /// Somebody who is signed in.
    Member,
    /// A team leader or a director.
    Leader,
    /// Who may define measures: leaders and the coach.
    Definer,
    /// Who may pair screens and put up letterboxes: leaders, the coach, the admin.
    ScreenKeeper,
    /// Who may read the list of people: leaders and the admin.
    PeopleReader,
    /// The coach, who keeps names.
    Coach,
    Admin,
    /// A paired television, or one that waits for its code.
    Wall,
}

impl Policy {
    /// Whether the policy admits the signed-in person.
    pub fn admits(self, person: &Person) -> bool {
        match self {
            Self::Public | Self::Example | Self::Member | Self::Wall => true,
            Self::Leader => person.leads(),
            Self::Definer => person.defines_measures(),
            Self::ScreenKeeper => person.keeps_screens(),
            Self::PeopleReader => person.reads_people(),
            Self::Coach => person.is(Role::Coach),
            Self::Admin => person.is(Role::Admin),
        }
    }

    /// Whether nobody needs to be signed in.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Public | Self::Example | Self::Wall)
    }
}

/// Let the request in if the policy admits it.
pub async fn admit(app: App, policy: Policy, kept: bool, request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Visitor>().cloned().unwrap_or_default();
    let example = visitor.organisation.is_some_and(|company| company.example);
    if policy == Policy::Example && !example {
        return Error::NotFound.into_response();
    }
    match visitor.person {
        None if !policy.is_open() => to_sign_in(&app, request).await,
        Some(person) if !policy.admits(&person) => Error::NotFound.into_response(),
        Some(person) if kept => from_the_shelf(&app, &person, request, next).await,
        _ => next.run(request).await,
    }
}

/// A reader is sent to sign in and comes back; what a writer typed is kept on the page that says so.
async fn to_sign_in(app: &App, request: Request) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let next: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
        return see_other(format!("/session/new?next={next}"));
    }
    let brings_pictures = is_album(request.headers());
    let is_form =
        request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www"));
    let read = if brings_pictures {
        Album::from_request(request, app).await.map(|_| ())
    } else if is_form {
        Form::from_request(request, app).await.map(|_| ())
    } else {
        Ok(())
    };
    if let Err(refused) = read {
        return refused.into_response();
    }
    Error::SignIn.into_response()
}

const LARGEST_KEPT: usize = 512 * 1024;

/// A page that was drawn for this person since the last change, in this minute; drawn anew otherwise.
async fn from_the_shelf(app: &App, person: &Person, request: Request, next: Next) -> Response {
    let says_something = flash::of(request.headers()).is_some();
    if *request.method() != Method::GET || says_something {
        return next.run(request).await;
    }
    let counter = app.db.counter();
    let address = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let key = PageKey { person: person.id, address, minute: app.world.now().timestamp().div_euclid(60) };
    if let Some(page) = app.pages.take(counter, &key) {
        return html_response(Body::from(page));
    }
    let response = next.run(request).await;
    if response.status().is_success() { keep(app, counter, key, response).await.into_response() } else { response }
}

async fn keep(app: &App, counter: Counter, key: PageKey, response: Response) -> Result<Response> {
    let (parts, body) = response.into_parts();
    let page = to_bytes(body, usize::MAX).await.map_err(|error| Error::from(anyhow::Error::from(error)))?;
    if page.len() <= LARGEST_KEPT {
        app.pages.put(counter, key, page.clone());
    }
    Ok(Response::from_parts(parts, Body::from(page)))
}

fn html_response(body: Body) -> Response {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}
