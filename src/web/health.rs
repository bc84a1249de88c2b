//! Whether the process lives, and whether it can serve. No details to strangers.

use crate::App;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(3);

/// `/livez` and `/readyz`.
pub fn router(app: &App) -> Router {
    let live = || async { "alive\n" };
    Router::new().route("/livez", get(live)).route("/readyz", get(ready)).with_state(app.clone())
}

/// Ready is who can read and keep changes: not with a full disk, nor with a standby.
async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    let obstacle = tokio::time::timeout(PATIENCE, app.db.obstacle()).await;
    match obstacle {
        Ok(None) if !app.stop.is_cancelled() => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n"),
    }
}
