//! What changes something must come from a page of ours: the protection against forms of other sites.
//!
//! Browsers say where a form comes from by `Sec-Fetch-Site`, and the older ones, and all over plain http, by `Origin`. What
//! says neither is no browser of today, unless a proxy took the headers away: with a cookie it is refused.

use crate::App;
use crate::config::Config;
use crate::error::Error;
use axum::extract::{Request, State};
use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::Url;

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuse what another site sends.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let only_reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if only_reads {
        return next.run(request).await;
    }
    match refusal(&app.config, request.headers()) {
        Some(words) => Error::Foreign(words).into_response(),
        None => next.run(request).await,
    }
}

/// Why a request that changes something is refused, and what to do about it; nothing when it comes from us.
fn refusal(config: &Config, headers: &HeaderMap) -> Option<String> {
    let foreign = || Some(String::from("Another site sent it. Open the page here and send it again."));
    let (Ok(site), Ok(origin)) = (only(headers, &SITE), only(headers, &ORIGIN)) else { return foreign() };
    match (site, origin) {
        (Some("same-origin" | "none"), _) => None,
        (Some(_), _) | (None, Some("null")) => foreign(),
        (None, Some(origin)) if is_ours(config, headers, origin) => None,
        (None, Some(origin)) => Some(not_known(config, origin)),
        (None, None) if headers.contains_key(COOKIE) => Some(String::from(UNSAID)),
        (None, None) => None,
    }
}

const UNSAID: &str = "Your browser did not say from which page it comes. If there is a proxy in front of Catchball, it has to hand on the headers Origin and Sec-Fetch-Site unchanged: tell your administrator. Then open the page here and send it again.";

fn not_known(config: &Config, origin: &str) -> String {
    let known = config.base_url.origin().ascii_serialization();
    format!(
        "Your browser says that it comes from {origin}, and Catchball knows itself as {known}. If you typed the first one, then your administrator has to set {} to it, or the proxy in front of Catchball has to hand on the header Host unchanged. Otherwise another site sent it.",
        crate::config::BASE_URL
    )
}

/// The one value of a header, if there is one; several, or one that is no text, come from no browser.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name).iter();
    let first = values.next().map(|value| value.to_str().map_err(|_| ())).transpose()?;
    if values.next().is_some() { Err(()) } else { Ok(first) }
}

/// Whether it is the address that people type, or the one that this request was sent to.
fn is_ours(config: &Config, headers: &HeaderMap, origin: &str) -> bool {
    let Ok(origin) = Url::parse(origin) else { return false };
    if origin.origin() == config.base_url.origin() {
        return true;
    }
    let is_weaker = config.is_https() && origin.scheme() != "https";
    let Ok(Some(host)) = only(headers, &HOST) else { return false };
    let asked = Url::parse(&format!("{}://{host}", origin.scheme()));
    !is_weaker && matches!(origin.scheme(), "http" | "https") && asked.is_ok_and(|url| url.origin() == origin.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(base: &str, headers: &[(&str, &str)]) -> Option<String> {
        let config = Config::from_vars([(String::from(crate::config::BASE_URL), base.to_owned())]).unwrap();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        }
        refusal(&config, &map)
    }

    const BASE: &str = "https://catchball.example.com";

    #[test]
    fn a_page_of_ours_may_send() {
        let ours: [&[(&str, &str)]; 9] = [
            &[("sec-fetch-site", "same-origin"), ("cookie", "session=x")],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "same-origin"), ("origin", BASE), ("host", "10.0.0.5:3000")],
            // A proxy changed the host.
            &[("origin", BASE), ("host", "10.0.0.5:3000"), ("cookie", "session=x")],
            &[("origin", "https://catchball.example.com:443"), ("host", "127.0.0.1")],
            // Another name of ours, which the proxy handed on.
            &[("origin", "https://catchball.lan"), ("host", "catchball.lan"), ("cookie", "session=x")],
            &[("origin", "https://catchball.lan"), ("host", "catchball.lan:443")],
            &[("origin", "https://catchball.lan:8443"), ("host", "catchball.lan:8443")],
            // No browser, and nobody is signed in.
            &[("host", "catchball.lan")],
        ];
        for headers in ours {
            assert_eq!(refused(BASE, headers), None, "{headers:?}");
        }
        assert_eq!(refused("http://192.168.1.5:3000", &[("origin", "http://192.168.1.5:3000")]), None);
    }

    #[test]
    fn another_site_may_not() {
        let foreign: [&[(&str, &str)]; 14] = [
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "https://evil.example.com")],
            &[("sec-fetch-site", "cross-site"), ("origin", BASE)],
            &[("sec-fetch-site", ""), ("cookie", "session=x")],
            &[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")],
            &[("origin", BASE), ("origin", "https://evil.example")],
            &[("origin", "null"), ("host", "null")],
            &[("origin", "https://evil.example"), ("host", "catchball.example.com")],
            &[("origin", "https://catchball.example.com.evil.example"), ("host", "catchball.example.com")],
            &[("origin", "http://catchball.example.com"), ("host", "catchball.example.com")],
            &[("origin", "https://catchball.example.com:8443"), ("host", "catchball.example.com")],
            &[("origin", "https://evil.example"), ("host", "evil.example"), ("host", "catchball.example.com")],
            &[("cookie", "session=x"), ("host", "catchball.example.com")],
            &[("cookie", "anything=x"), ("referer", BASE)],
        ];
        for headers in foreign {
            assert!(refused(BASE, headers).is_some(), "{headers:?}");
        }
    }

    #[test]
    fn the_refusal_names_what_to_set() {
        let words = refused(BASE, &[("origin", "https://ideas.example.com"), ("host", "10.0.0.5:3000")]).unwrap();
        for named in ["https://ideas.example.com", BASE, "CATCHBALL_BASE_URL", "Host"] {
            assert!(words.contains(named), "{words}");
        }
        let words = refused(BASE, &[("cookie", "session=x")]).unwrap();
        assert!(words.contains("Origin") && words.contains("Sec-Fetch-Site") && words.contains("proxy"), "{words}");
    }
}
