//! What happens to every request and every answer, whichever page it is.

use crate::App;
use crate::db::lent::lending;
use crate::db::{Fault, Patience};
use crate::error::{Error, Result};
use crate::letters::failures::Failures;
use crate::letters::{is_nameless, leaves_no_trace, may_be_nameless, unlogged};
use crate::locale::Locale;
use crate::measures::slips;
use crate::people::{Role, session};
use crate::web::deadline::Arrival;
use crate::web::error_page::{self, MayBeNameless, RequestNumber};
use crate::web::flash::{self, NoTrace};
use crate::web::headers;
use crate::web::origin;
use crate::web::page::Plain;
use crate::web::ticket::Ticket;
use crate::web::uploads::is_multipart;
use crate::web::visitor::{Visitor, Visitors, ticket, with_renewed};
use crate::world::hash_of;
use crate::{demo, drafts};
use anyhow::anyhow;
use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::task::AbortOnDropHandle;
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;
use tracing::Instrument;
use tracing::instrument::WithSubscriber;

/// The most bytes of a form.
const LARGEST_FORM: usize = 1024 * 1024;
/// How long a request may take to be answered once all of it has come. Half of it is the most that the database has.
const LONGEST_ANSWER: Duration = Duration::from_secs(10);
/// How long one may take that brings pictures: they are drawn anew, one after another.
const LONGEST_UPLOAD: Duration = Duration::from_mins(1);
const NUMBER: HeaderName = HeaderName::from_static("x-request-id");

/// The layers around all pages; the first named is the outermost.
pub fn around_pages(pages: Router, app: &App) -> Router {
    pages.layer(
        ServiceBuilder::new()
            .layer(from_fn(packed))
            .layer(CompressionLayer::new())
            .layer(from_fn_with_state(app.clone(), flash::layer))
            .layer(Extension(demo::guests::GUESTS))
            .layer(from_fn_with_state(app.clone(), visitor))
            .layer(from_fn(error_page::layer))
            .layer(from_fn_with_state(app.clone(), drafts::layer::forget_sent))
            .layer(from_fn(to_the_end))
            .layer(from_fn(in_their_language))
            .layer(from_fn_with_state(app.clone(), origin::layer))
            .layer(DefaultBodyLimit::max(LARGEST_FORM)),
    )
}

/// The layers around style, script and icons.
pub fn around_assets(assets: Router) -> Router {
    assets.layer(ServiceBuilder::new().layer(from_fn(packed)).layer(CompressionLayer::new()))
}

/// The layers around everything, assets and health included.
pub fn around_everything(everything: Router, app: &App) -> Router {
    everything.layer(
        ServiceBuilder::new()
            .layer(from_fn_with_state(app.clone(), log))
            .layer(from_fn_with_state(app.clone(), headers::layer))
            .layer(from_fn(hide_letterboxes))
            .layer(from_fn(patiently)),
    )
}

/// A page is packed at once: what packs it takes a third of a megabyte, and would be there as long as somebody does not read.
async fn packed(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if !response.headers().contains_key(header::CONTENT_ENCODING) {
        return response;
    }
    let (head, body) = response.into_parts();
    match to_bytes(body, usize::MAX).await {
        Ok(page) => Response::from_parts(head, Body::from(page)),
        Err(error) => Error::from(anyhow!("a page was not packed: {error}")).into_response(),
    }
}

/// Whatever the request asks of the database, it waits for it no longer than a patience of its own.
async fn patiently(mut request: Request, next: Next) -> Response {
    let patience = Patience::default();
    request.extensions_mut().insert(patience.clone());
    patience.during(next.run(request)).await
}

/// Find out who asks, for handlers, policies and error pages alike.
async fn visitor(State(app): State<App>, mut request: Request, next: Next) -> Response {
    // Where letters are thrown and read nobody is looked for.
    let nobody = HeaderMap::new();
    let headers = if is_nameless(request.uri().path()) { &nobody } else { request.headers() };
    let ticket = ticket(&app, headers);
    // Where it can't be found out what was typed is kept all the same, by whoever answers that.
    // Its memory is given back before the request goes on.
    let found = Box::pin(visitor_of(&app, ticket.as_ref())).await;
    let visitor = found.unwrap_or_else(|error| Visitor { unknown: Some(error), ..Visitor::default() });
    let ticket = ticket.filter(|_| visitor.person.is_some());
    request.extensions_mut().insert(Plain(app.config.is_plain()));
    request.extensions_mut().insert(visitor);
    let response = next.run(request).await;
    let leaves_no_trace = response.extensions().get::<NoTrace>().is_some();
    match ticket.filter(|_| !leaves_no_trace) {
        Some(ticket) => with_renewed(&app, &ticket, response),
        None => response,
    }
}

async fn visitor_of(app: &App, ticket: Option<&Ticket>) -> Result<Visitor> {
    let now = app.world.now();
    let ticket = ticket.filter(|ticket| ticket.is_good(now));
    let visitor = visitor_with(app, ticket.map(|ticket| hash_of(&ticket.token)).unwrap_or_default()).await?;
    let is_admin = visitor.person.as_ref().is_some_and(|person| person.is(Role::Admin));
    let is_good = !is_admin || ticket.is_some_and(|ticket| ticket.is_good_for_admins(now));
    Ok(if is_good { visitor } else { Visitor { person: None, unread: 0, ..visitor } })
}

async fn visitor_with(app: &App, token: Vec<u8>) -> Result<Visitor> {
    let (counter, visitors, now) = (app.db.sure_counter(), app.memory::<Visitors>(), app.world.now());
    // Where other processes may have ended the session it is looked up each time.
    if let Some((visitor, until)) = visitors.get(counter, &token) {
        return Ok(signed_in_until(Visitor { counter, ..visitor }, until, now));
    }
    let Some(visit) = app.read().await?.ask(session::visit(token.clone())).await? else {
        return Ok(Visitor::default());
    };
    let (person, until) = visit.person.map(|(person, until)| (Arc::new(person), until)).unzip();
    let organisation = Some(Arc::new(visit.organisation));
    let visitor = Visitor { person, organisation, unread: visit.unread, counter: Some(visit.counter), unknown: None };
    // Tokens that open nothing are of any number.
    if until.is_some() || token.is_empty() {
        visitors.put(counter, token, (visitor.clone(), until));
    }
    Ok(signed_in_until(visitor, until, now))
}

/// The visitor as they are now, whose session ends then.
fn signed_in_until(visitor: Visitor, until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Visitor {
    if until.is_some_and(|until| now < until) { visitor } else { Visitor { person: None, unread: 0, ..visitor } }
}

/// A form that was sent is brought to its end even when the visitor has gone; a page that nobody waits for is not. Neither
/// may take for ever, and a panic ends only itself.
async fn to_the_end(request: Request, next: Next) -> Response {
    let longest = if is_multipart(request.headers()) { LONGEST_UPLOAD } else { LONGEST_ANSWER };
    let only_reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let patience = request.extensions().get::<Patience>().cloned().unwrap_or_default();
    let work = {
        let patience = patience.clone();
        let (head, body) = request.into_parts();
        let (arrival, body) = Arrival::of(body);
        let answered = async move { patience.during(lending(next.run(Request::from_parts(head, body)))).await };
        // Whoever runs out of time gives back what they hold, wherever they are.
        let work = async move { arrival.within(longest, answered).await };
        tokio::spawn(work.in_current_span().with_current_subscriber())
    };
    let done = if only_reads { AbortOnDropHandle::new(work).await } else { work.await };
    match done {
        Ok(Some(response)) => response,
        Ok(None) => {
            patience.give_up();
            Error::Unavailable(Fault::Away).into_response()
        }
        Err(panicked) => Error::from(anyhow!("a handler panicked: {panicked}")).into_response(),
    }
}

/// Days and figures are written as the visitor's browser asks for it. What hangs on a wall is read by all, and a letter tells
/// nothing of its author: both are written as the company writes.
async fn in_their_language(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let asked = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|asked| asked.to_str().ok());
    let asked = asked.filter(|_| !is_nameless(path) && !path.starts_with("/wall"));
    asked.map(Locale::wanted).unwrap_or_default().during(next.run(request)).await
}

/// One line for each request: method, matched path, status, time, number. No bodies, no names, and no query,
/// which may hold what somebody searched for. Letters leave no line.
async fn log(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let number = app.world.id().to_string();
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    request.extensions_mut().insert(RequestNumber(number.clone()));
    let address = request.uri().path().to_owned();
    let span = tracing::info_span!("request", number);
    let began = tokio::time::Instant::now();
    let may_be_nameless = may_be_nameless(&method, &address);
    if may_be_nameless {
        request.extensions_mut().insert(MayBeNameless);
    }
    let answered = next.run(request).instrument(span);
    let is_slip = path == slips::ROUTE;
    let mut response = if is_nameless(&address) || is_slip { unlogged(answered).await } else { answered.await };
    // A line, or a number with a time in it, would say when a letter or a slip came.
    if is_slip || leaves_no_trace(may_be_nameless, &response) {
        if response.status().is_server_error() {
            app.memory::<Failures>().count();
        }
        return response;
    }
    let (status, micros) = (response.status().as_u16(), began.elapsed().as_micros());
    tracing::info!(number, %method, path, status, micros, "answered");
    if let Ok(value) = HeaderValue::from_str(&number) {
        response.headers_mut().insert(NUMBER, value);
    }
    response
}

/// The address of a letterbox is its key: with this its styles and scripts are asked for without it, for a proxy writes it
/// down.
async fn hide_letterboxes(request: Request, next: Next) -> Response {
    let is_nameless = is_nameless(request.uri().path());
    let mut response = next.run(request).await;
    if is_nameless {
        response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    }
    response
}
