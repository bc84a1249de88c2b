//! `GET /purpose`: what this is for, and what it will never be used for.

use crate::error::Result;
use crate::purpose::kept::{Kept, kept};
use crate::web::{Frame, Layout, html};
use askama::Template;
use axum::response::Response;

/// The page.
#[derive(Template)]
#[template(path = "purpose/purpose.html")]
pub struct PurposePage {
    pub page: Layout,
    pub kept: Vec<Kept>,
    /// Whether somebody is signed in, who may take their own data along.
    pub has_data: bool,
}

/// `GET /purpose`
pub async fn show(frame: Frame) -> Result<Response> {
    let page = frame.layout("What this is for", "purpose");
    let has_data = page.person.is_some();
    html(&PurposePage { page, kept: kept(), has_data })
}
