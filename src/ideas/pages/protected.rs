//! `GET /ideas/protected`: the coach's list of protected ideas, without names.

use crate::App;
use crate::error::Result;
use crate::ideas::protection::{self, Protected};
use crate::web::paging::{PageNumber, ROWS};
use crate::web::path::Query;
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
    /// The address of the next page; none when there is none.
    pub next: Option<String>,
}

/// `GET /ideas/protected`
pub async fn index(
    State(app): State<App>,
    _: Member,
    frame: Frame,
    Query(page): Query<PageNumber>,
) -> Result<Response> {
    let most = i64::try_from(ROWS).unwrap_or(i64::MAX);
    let mut ideas = app.read().await?.ask(protection::protected(page.number(), most)).await?;
    let next = page.cut(&mut ideas, ROWS, "/ideas/protected");
    html(&ProtectedPage { page: frame.layout("Protected ideas", "ideas"), ideas, next })
}
