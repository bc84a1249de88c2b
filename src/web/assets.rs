//! Style sheets, scripts and icons: compiled in, addressed by what they contain, kept by browsers for a year.
//!
//! A handful of files needs no library: each is one line here. Its address holds the hash of its bytes, so
//! that a new version has a new address and template and router cannot disagree.

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::sync::LazyLock;

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: Cow<'static, [u8]>,
    path: String,
}

macro_rules! asset {
    ($name:literal, $kind:literal) => {
        Asset::new($name, $kind, Cow::Borrowed(include_bytes!(concat!("../../static/", $name))))
    };
}

macro_rules! text {
    ($name:literal, $kind:literal) => {
        Asset::new($name, $kind, Cow::Owned(sent(include_str!(concat!("../../static/", $name))).into_bytes()))
    };
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        text!("app.css", "text/css; charset=utf-8"),
        text!("app.js", "text/javascript; charset=utf-8"),
        text!("keys.js", "text/javascript; charset=utf-8"),
        asset!("icon.svg", "image/svg+xml"),
        asset!("icon-180.png", "image/png"),
        asset!("icon-192.png", "image/png"),
        asset!("icon-512.png", "image/png"),
        text!("wall.css", "text/css; charset=utf-8"),
        text!("wall.js", "text/javascript; charset=utf-8"),
    ]
});

impl Asset {
    fn new(name: &'static str, kind: &'static str, bytes: Cow<'static, [u8]>) -> Self {
        let hash = Sha256::digest(&bytes);
        let short = hash.iter().take(8).fold(0_u64, |short, byte| (short << 8) | u64::from(*byte));
        let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
        Self { name, kind, bytes, path: format!("/assets/{stem}.{short:016x}.{ending}") }
    }
}

/// A style sheet or script as it is sent: without the lines that are only a comment, and without what stands before a line.
/// That takes a third off the first page of a phone; a comment of several lines begins and ends with its lines.
fn sent(text: &str) -> String {
    let mut inside = false;
    let lines = text.lines().map(str::trim).filter(|line| {
        let begins = inside || line.starts_with("/*");
        inside = begins && !line.ends_with("*/");
        !begins && !line.starts_with("//") && !line.is_empty()
    });
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The address of an asset; empty for a name that is not in the list.
pub fn path(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("", |asset| &asset.path)
}

/// Where a phone learns how to keep this as an app.
pub const MANIFEST: &str = "/manifest.webmanifest";

/// The name, the icons and the first addresses, for a phone that keeps this as an app.
fn manifest() -> serde_json::Value {
    let icon = |name: &str, sizes: &str, kind: &str, purpose: &str| serde_json::json!({"src": path(name), "sizes": sizes, "type": kind, "purpose": purpose});
    serde_json::json!({
        "name": "Catchball",
        "short_name": "Catchball",
        "description": "Throw an idea, get an answer, keep what works.",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf7",
        "theme_color": "#fbfaf7",
        "icons": [
            icon("icon-192.png", "192x192", "image/png", "any"),
            icon("icon-512.png", "512x512", "image/png", "any"),
            icon("icon-512.png", "512x512", "image/png", "maskable"),
            icon("icon.svg", "any", "image/svg+xml", "any"),
        ],
        "shortcuts": [
            {"name": "Throw an idea", "url": "/ideas/new"},
            {"name": "Ideas", "url": "/ideas"},
        ],
    })
}

async fn show_manifest() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/manifest+json"), (CACHE_CONTROL, "public, max-age=86400")], manifest().to_string())
}

/// The routes of all assets.
pub fn router() -> Router {
    ASSETS.iter().fold(Router::new().route(MANIFEST, get(show_manifest)), |router, asset| {
        let kind = HeaderValue::from_static(asset.kind);
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        let answer = move || async move {
            ([(CONTENT_TYPE, kind), (CACHE_CONTROL, forever)], asset.bytes.as_ref()).into_response()
        };
        router.route(&asset.path, get(answer))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_not_sent_and_all_else_is() {
        let text = "// One\na {\n  /* two\n   * three */\n  b: \"/* no */\"; /* four */\n}\n\n/** five */\nc //six\n";
        assert_eq!(sent(text), "a {\nb: \"/* no */\"; /* four */\n}\nc //six\n");
    }

    #[test]
    fn the_files_are_written_so_that_nothing_else_is_lost() {
        for text in [
            include_str!("../../static/app.js"),
            include_str!("../../static/keys.js"),
            include_str!("../../static/wall.js"),
        ] {
            assert!(text.lines().all(|line| line.matches('`').count() % 2 == 0), "no text goes over several lines");
        }
        let sheets = [include_str!("../../static/app.css"), include_str!("../../static/wall.css")];
        for line in sheets.iter().flat_map(|text| text.lines()).map(str::trim) {
            assert!(
                !line.starts_with("/*") || !line.contains("*/") || line.ends_with("*/"),
                "behind a comment: {line}"
            );
        }
    }
}
