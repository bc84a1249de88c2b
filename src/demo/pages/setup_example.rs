//! Opening the example from the set-up, instead of founding a company of one's own.

use crate::App;
use crate::demo::loading::{Failure, Loading, Stage, is_there};
use crate::error::{Kept, Result};
use crate::people::setup;
use crate::web::{Form, Frame, Layout, Query, html, see_other, see_other_saying};
use crate::world::hash_of;
use askama::Template;
use axum::extract::State;
use axum::http::header::{HeaderValue, REFRESH};
use axum::response::Response;
use serde::Deserialize;

/// The page that shows how far it is.
#[derive(Template)]
#[template(path = "demo/loading.html")]
pub struct LoadingPage {
    pub page: Layout,
    pub token: String,
    /// How many steps are done, and how many there are; 0 before they are counted.
    pub done: usize,
    pub all: usize,
    pub failed: Option<Failed>,
}

/// Why it is not there, and what to do.
pub struct Failed {
    pub title: &'static str,
    pub words: String,
    /// The number under which the cause is logged.
    pub number: String,
}

/// The token in the link.
#[derive(Deserialize)]
pub struct Link {
    #[serde(default)]
    token: String,
}

/// `POST /setup/example`: the example instead of a company of one's own. It is loaded beside the request.
pub async fn open(State(app): State<App>, form: Form) -> Result<Response> {
    let (loading, token) = (app.memory::<Loading>(), form.value("token"));
    if !matches!(loading.stage(&hash_of(token)), Some(Stage::Runs(_))) {
        if is_there(&app).await? {
            return Ok(opened());
        }
        setup::admit(&mut app.read().await?, token).await?;
        loading.begin(&app, hash_of(token));
    }
    let token: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
    Ok(see_other(format!("/setup/example?token={token}")))
}

/// `GET /setup/example`: how far it is, until it is there.
pub async fn show(State(app): State<App>, frame: Frame, Query(link): Query<Link>) -> Result<Response> {
    let stage = app.memory::<Loading>().stage(&hash_of(&link.token));
    match stage {
        // While it runs the database has enough to do.
        Some(Stage::Runs(progress)) => {
            let mut response = drawn(&frame, link.token, progress.so_far(), None)?;
            response.headers_mut().insert(REFRESH, HeaderValue::from_static("1"));
            Ok(response)
        }
        _ if is_there(&app).await? => Ok(opened()),
        Some(Stage::Failed(failure)) => drawn(&frame, link.token, (0, 0), Some(failure)),
        _ => {
            setup::admit(&mut app.read().await?, &link.token).await?;
            let token: String = url::form_urlencoded::byte_serialize(link.token.as_bytes()).collect();
            Ok(see_other(format!("/setup?token={token}")))
        }
    }
}

fn opened() -> Response {
    see_other_saying("/example", "The example company is open. Choose whose eyes you look through.")
}

fn drawn(frame: &Frame, token: String, (done, all): (usize, usize), failed: Option<Failure>) -> Result<Response> {
    let failed = failed.map(|failure| Failed {
        title: failure.error.title(),
        words: failure.error.words(Kept::Nothing),
        number: failure.number,
    });
    html(&LoadingPage { page: frame.layout("The example company", ""), token, done, all, failed })
}
