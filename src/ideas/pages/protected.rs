//! `GET /ideas/protected`: the coach's list of protected ideas, without names.

use crate::App;
use crate::error::Result;
use crate::ideas::protection::{self, Protected};
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// The coach's list of protected ideas, without names.
#[derive(Template)]
#[template(path = "ideas/protected.html")]
pub struct ProtectedPage {
    pub page: Layout,
    pub ideas: Vec<Protected>,
}

/// `GET /ideas/protected`
pub async fn index(State(app): State<App>, _: Member, frame: Frame) -> Result<Response> {
    let ideas = protection::protected(&mut app.read().await?).await?;
    html(&ProtectedPage { page: frame.layout("Protected ideas", "ideas"), ideas })
}
