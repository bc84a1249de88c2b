//! `/library/{id}/story`: an improvement told on, as a page to print and a text to copy, without the names of our people.

use crate::App;
use crate::error::{Error, Result};
use crate::ids::ExperimentId;
use crate::library::store;
use crate::web::{Frame, Layout, Member, Path, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// The story.
#[derive(Template)]
#[template(path = "library/story.html")]
pub struct StoryPage {
    pub page: Layout,
    pub id: ExperimentId,
    pub name: String,
    /// The parts of the story; the first is its name.
    pub parts: Vec<String>,
    /// All of it, to copy.
    pub text: String,
}

/// `GET /library/{id}/story`
pub async fn show(
    State(app): State<App>,
    _member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let (lesson, names) = tx.ask((store::lesson(id), store::names())).await?;
    tx.commit().await?;
    let lesson = lesson.ok_or(Error::NotFound)?;
    let text = lesson.story(&names);
    let mut parts: Vec<String> = text.split("\n\n").map(str::to_owned).collect();
    let name = if parts.is_empty() { String::new() } else { parts.remove(0) };
    html(&StoryPage { page: frame.layout("Tell it on", "experiments"), id, name, parts, text })
}
