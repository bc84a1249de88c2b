//! Whether the process lives, and whether it can serve. No details to strangers.

use crate::App;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use std::time::Duration;

const READY: &str = "SELECT COUNT(*) FROM organisation";
const PATIENCE: Duration = Duration::from_secs(3);

/// `/livez` and `/readyz`.
pub fn router(app: &App) -> Router {
    let live = || async { "alive\n" };
    Router::new().route("/livez", get(live)).route("/readyz", get(ready)).with_state(app.clone())
}

async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    let asked = tokio::time::timeout(PATIENCE, async {
        let mut tx = app.read().await?;
        tx.query_as::<(i64,)>(READY).one().await
    });
    match asked.await {
        Ok(Ok(_)) if !app.stop.is_cancelled() => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n"),
    }
}
