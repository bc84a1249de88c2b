//! What happens to every request and every answer, whichever page it is.

use crate::App;
use crate::drafts;
use crate::error::Error;
use crate::letters::{Unseen, is_nameless};
use crate::web::album::is_album;
use crate::web::{flash, trouble, who};
use anyhow::anyhow;
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tracing::Instrument;

/// The most bytes of a form.
const LARGEST_FORM: usize = 1024 * 1024;
/// How long a request may take to be answered.
const LONGEST_ANSWER: Duration = Duration::from_secs(30);
/// How long one may take that brings pictures over a slow line.
const LONGEST_UPLOAD: Duration = Duration::from_secs(150);
const NUMBER: HeaderName = HeaderName::from_static("x-request-id");

/// The number of a request, in its log lines and on the page of a fault.
#[derive(Clone, Default)]
pub struct Number(pub String);

/// The layers around all pages; the first named is the outermost.
pub fn around_pages(pages: Router, app: &App) -> Router {
    pages.layer(
        ServiceBuilder::new()
            .layer(CompressionLayer::new())
            .layer(from_fn(flash::layer))
            .layer(from_fn_with_state(app.clone(), who::layer))
            .layer(from_fn(trouble::layer))
            .layer(from_fn_with_state(app.clone(), drafts::sending::layer))
            .layer(from_fn(to_the_end))
            .layer(CsrfLayer::new().with_rejection_response(|_| Error::Foreign.into_response()))
            .layer(DefaultBodyLimit::max(LARGEST_FORM)),
    )
}

/// The layers around everything, assets and health included.
pub fn around_everything(everything: Router, app: &App) -> Router {
    everything.layer(
        ServiceBuilder::new()
            .layer(from_fn_with_state(app.clone(), log))
            .layer(from_fn_with_state(app.clone(), headers)),
    )
}

/// Work that has begun is brought to its end even when the visitor has gone: a transaction that is dropped
/// half way can leave its connection unusable. It may not take for ever, and a panic ends only itself.
async fn to_the_end(request: Request, next: Next) -> Response {
    let longest = if is_album(request.headers()) { LONGEST_UPLOAD } else { LONGEST_ANSWER };
    let work = tokio::spawn(next.run(request).in_current_span());
    match tokio::time::timeout(longest, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(panicked)) => Error::from(anyhow!("a handler panicked: {panicked}")).into_response(),
        Err(_) => Error::Busy.into_response(),
    }
}

/// One line for each request: method, matched path, status, time, number. No bodies, no names, and no query,
/// which may hold what somebody searched for. Letters leave no line.
async fn log(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let number = app.world.id().to_string();
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    request.extensions_mut().insert(Number(number.clone()));
    let address = request.uri().path().to_owned();
    let span = tracing::info_span!("request", number);
    let began = tokio::time::Instant::now();
    let mut response = next.run(request).instrument(span).await;
    // A line, or a number with a time in it, would say when a letter came.
    if is_nameless(&address) || response.extensions().get::<Unseen>().is_some() {
        return response;
    }
    let (status, micros) = (response.status().as_u16(), began.elapsed().as_micros());
    tracing::info!(number, %method, path, status, micros, "answered");
    if let Ok(value) = HeaderValue::from_str(&number) {
        response.headers_mut().insert(NUMBER, value);
    }
    response
}

/// The headers of every answer.
pub async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        // A picture has stricter ones of its own.
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if app.config.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

const ALWAYS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    // Not `no-referrer`: with it Chromium sends `Origin: null` with our own forms, and over plain http, where it sends
    // no `Sec-Fetch-Site` either, nobody could tell them from a foreign site's.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
];
