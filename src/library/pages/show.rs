//! `/library/{id}`: what one experiment taught, and the way to take it home.

use crate::App;
use crate::balls::store as balls;
use crate::error::{Error, Result};
use crate::ids::{ExperimentId, ThrowId};
use crate::library::{Lesson, home, store};
use crate::moves::{Move, kept_or_refused};
use crate::people::sight::Sight;
use crate::web::{Form, Frame, Layout, Member, NewKey, Path, html, html_with, see_other, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

/// One lesson.
#[derive(Template)]
#[template(path = "library/show.html")]
pub struct LessonPage {
    pub page: Layout,
    pub lesson: Lesson,
    /// Whether the reader may open what is of its team.
    pub sees_team: bool,
    /// The key of the form by which it is taken home; none where nobody can.
    pub key: Option<String>,
    /// The teams that took it home, and who did.
    pub taken_by: Vec<(String, String)>,
    /// From which lesson of which team it came.
    pub taken_from: Option<(ExperimentId, String, String)>,
    /// Why it was not taken home; empty when nothing was refused.
    pub refused: String,
}

/// `GET /library/{id}`
pub async fn show(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    NewKey(key): NewKey,
) -> Result<Response> {
    html(&page(&app, &member, &frame, id, key.to_string()).await?)
}

/// `POST /library/{id}/experiments`
pub async fn take_home(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    form: Form,
) -> Result<Response> {
    let key: ThrowId = form.key()?;
    let mut tx = app.write().await?;
    if balls::is_thrown(&mut tx, key).await? {
        return Ok(see_other(format!("/experiments/{}/edit", key.0)));
    }
    let lesson = tx.ask(store::lesson(id)).await?.ok_or(Error::NotFound)?;
    let done = home::take(&mut tx, &lesson, Move::of(key, &member, "")).await;
    match kept_or_refused(tx, done).await? {
        Ok(new) => {
            let said = "Taken home. Those who did it are asked to show you. Change what is different with you.";
            Ok(see_other_saying(format!("/experiments/{new}/edit"), said))
        }
        Err(refusal) => {
            let page = page(&app, &member, &frame, id, app.world.id().to_string()).await?;
            let status =
                if refusal.status().is_success() { StatusCode::UNPROCESSABLE_ENTITY } else { refusal.status() };
            html_with(status, &LessonPage { refused: refusal.sentence().to_owned(), ..page })
        }
    }
}

async fn page(app: &App, member: &Member, frame: &Frame, id: ExperimentId, key: String) -> Result<LessonPage> {
    let mut tx = app.read().await?;
    let asked = (store::lesson(id), store::taken_by(id), store::taken_from(id), Sight::of(member.id));
    let (lesson, taken_by, taken_from, sight) = tx.ask(asked).await?;
    tx.commit().await?;
    let lesson = lesson.ok_or(Error::NotFound)?;
    let may_take = member.team().is_some_and(|team| team != lesson.team_id);
    Ok(LessonPage {
        page: frame.layout(&lesson.name, "experiments"),
        sees_team: sight.near.contains(&lesson.team_id),
        key: may_take.then_some(key),
        lesson,
        taken_by,
        taken_from,
        refused: String::new(),
    })
}
