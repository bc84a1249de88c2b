//! The page of the example: who can be signed in with one click, what to look at, and the way to a company of one's own.

use crate::App;
use crate::demo::guests::GUESTS;
use crate::demo::store;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::people::guests::Guest;
use crate::people::{session, setup, store as people};
use crate::web::visitor::{token_hash, with_session, without_session};
use crate::web::{Form, Frame, Layout, html, see_other, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

/// The page.
#[derive(Template)]
#[template(path = "demo/example.html")]
pub struct ExamplePage {
    pub page: Layout,
    pub guests: Vec<Guest>,
    /// Whether the database is gone when the program stops, so that no company of one's own may begin in it.
    pub passing: bool,
}

/// `GET /example`
pub async fn show(State(app): State<App>, frame: Frame) -> Result<Response> {
    let guests = GUESTS.present(&mut app.read().await?).await?;
    html(&ExamplePage { page: frame.layout("The example company", ""), guests, passing: app.config.passing })
}

/// `POST /example/session`: only for the people of the list.
pub async fn sign_in(State(app): State<App>, headers: HeaderMap, mut form: Form) -> Result<Response> {
    let person = form.choice::<PersonId>("person").ok_or(Error::NotFound)?;
    let mut tx = app.write().await?;
    let guests = GUESTS.present(&mut tx).await?;
    let is_example = tx.ask(people::organisation()).await?.is_some_and(|company| company.example);
    if !is_example || !guests.iter().any(|guest| guest.id == person) {
        return Err(Error::NotFound);
    }
    let token = session::open_instead(&mut tx, person, token_hash(&app, &headers)).await?;
    tx.commit().await?;
    Ok(with_session(&app, &token, see_other("/")))
}

/// `POST /example/removal`: the example goes, and the console shows a fresh set-up link.
pub async fn destroy(State(app): State<App>) -> Result<Response> {
    if app.config.passing {
        return Err(Error::Forbidden(
            "This example is gone when the program stops, and a company of your own would be gone with it. Start the program without the word demo.",
        ));
    }
    let mut tx = app.write().await?;
    if !tx.ask(people::organisation()).await?.is_some_and(|company| company.example) {
        return Err(Error::NotFound);
    }
    store::remove_everything(&mut tx).await?;
    tx.commit().await?;
    app.db.empty_log().await;
    if let Some(link) = setup::offer(&app).await? {
        app.world.post.say(&format!("Set it up here, once, within {} minutes: {link}", setup::LASTS.num_minutes()));
    }
    let words = "The example company is gone. A fresh set-up link is on the console of the program.";
    Ok(without_session(&app, see_other_saying("/session/new", words)))
}
