//! The headers of every answer: what browsers may do with it.

use crate::App;
use crate::config::Config;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

const ALWAYS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; \
         require-trusted-types-for 'script'; trusted-types catchball",
    ),
    ("x-content-type-options", "nosniff"),
    // Not `no-referrer`: with it Chromium sends `Origin: null` with our own forms, and over plain http, where it sends
    // no `Sec-Fetch-Site` either, nobody could tell them from a foreign site's.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-robots-tag", "noindex, nofollow"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
];
const NOT_KEPT: (&str, &str) = ("cache-control", "no-store");
const ONLY_ENCRYPTED: (&str, &str) = ("strict-transport-security", "max-age=31536000");

/// Put them on an answer; a picture has stricter ones of its own, and an asset is kept.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS.into_iter().chain([NOT_KEPT]) {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if app.config.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_ENCRYPTED.1));
    }
    response
}

/// The same as lines, for answers that are given before there is a request.
pub fn lines(config: &Config) -> String {
    let encrypted = config.is_https().then_some(ONLY_ENCRYPTED);
    let all = ALWAYS.into_iter().chain([NOT_KEPT]).chain(encrypted);
    all.map(|(name, value)| format!("{name}: {value}\r\n")).collect()
}
