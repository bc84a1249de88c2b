//! The policy of a route: who may send a request to it at all. What belongs to whom is decided record by record.

use crate::App;
use crate::error::Error;
use crate::people::{Person, Role};
use crate::web::form::Form;
use crate::web::uploads::{Uploads, is_multipart};
use crate::web::visitor::Visitor;
use crate::web::{cache, see_other};
use axum::extract::{FromRequest, Request};
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Who may send a request.
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
pub async fn admit(app: App, policy: Policy, cached: bool, request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Visitor>().cloned().unwrap_or_default();
    let example = visitor.organisation.is_some_and(|company| company.example);
    if policy == Policy::Example && !example {
        return visitor.unknown.unwrap_or(Error::NotFound).into_response();
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if let Some(error) = visitor.unknown.clone().filter(|_| reads) {
        return error.into_response();
    }
    let known = (visitor.counter, visitor.unread);
    match visitor.person {
        None if !policy.is_open() => Box::pin(to_sign_in(&app, visitor.unknown, request)).await,
        Some(person) if !policy.admits(&person) => Error::NotFound.into_response(),
        Some(person) if cached => Box::pin(cache::page(&app, person.id, known, request, next)).await,
        _ => next.run(request).await,
    }
}

/// A reader is sent to sign in and comes back; what a writer typed is kept on the page that says so, also when it could not
/// be found out who they are.
async fn to_sign_in(app: &App, unknown: Option<Error>, request: Request) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let next: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
        return see_other(format!("/session/new?next={next}"));
    }
    let brings_pictures = is_multipart(request.headers());
    let is_form =
        request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www"));
    let read = if brings_pictures {
        Uploads::from_request(request, app).await.map(|_| ())
    } else if is_form {
        Form::from_request(request, app).await.map(|_| ())
    } else {
        Ok(())
    };
    if let Err(refused) = read {
        return refused.into_response();
    }
    unknown.unwrap_or(Error::SignIn).into_response()
}
