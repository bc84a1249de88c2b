//! The application put together: all routes, the assets, the health checks, and the layers around them.

use crate::web::{App, assets, health};
use crate::{layers, routes};
use axum::Router;

/// The whole application as a service.
pub fn router(app: &App) -> Router {
    let pages = layers::around_pages(routes::router(app), app);
    let everything = pages.merge(layers::around_assets(assets::router())).merge(health::router(app));
    layers::around_everything(everything, app)
}
