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
use std::sync::LazyLock;

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
    path: String,
}

macro_rules! asset {
    ($name:literal, $kind:literal) => {
        Asset::new($name, $kind, include_bytes!(concat!("../../static/", $name)))
    };
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        asset!("app.css", "text/css; charset=utf-8"),
        asset!("app.js", "text/javascript; charset=utf-8"),
        asset!("icon.svg", "image/svg+xml"),
        asset!("icon-180.png", "image/png"),
        asset!("icon-192.png", "image/png"),
        asset!("icon-512.png", "image/png"),
        asset!("wall.css", "text/css; charset=utf-8"),
        asset!("wall.js", "text/javascript; charset=utf-8"),
    ]
});

impl Asset {
    fn new(name: &'static str, kind: &'static str, bytes: &'static [u8]) -> Self {
        let hash = Sha256::digest(bytes);
        let short = hash.iter().take(8).fold(0_u64, |short, byte| (short << 8) | u64::from(*byte));
        let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
        Self { name, kind, bytes, path: format!("/assets/{stem}.{short:016x}.{ending}") }
    }
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
        let answer =
            move || async move { ([(CONTENT_TYPE, kind), (CACHE_CONTROL, forever)], asset.bytes).into_response() };
        router.route(&asset.path, get(answer))
    })
}
