//! Signing in to the example with one click, opening it from the set-up, and leaving it for a company of one's own.

use super::{load, pages, store};
use crate::App;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::people::{session, setup, store as people};
use crate::web::who::{no_cookie, session_cookie, token_hash};
use crate::web::{Form, see_other, see_other_saying};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::Response;

/// `POST /example/session`: only for the people of the list.
pub async fn sign_in(State(app): State<App>, headers: HeaderMap, mut form: Form) -> Result<Response> {
    let person = form.choice::<PersonId>("person").ok_or(Error::NotFound)?;
    let mut tx = app.write().await?;
    let guests = pages::guests(&mut tx).await?;
    let is_example = people::organisation(&mut tx).await?.is_some_and(|company| company.example);
    if !is_example || !guests.iter().any(|guest| guest.id == person) {
        return Err(Error::NotFound);
    }
    if let Some(old) = token_hash(&app, &headers) {
        session::close(&mut tx, &old).await?;
    }
    let token = session::open(&mut tx, person).await?;
    tx.commit().await?;
    let mut response = see_other("/");
    response.headers_mut().append(SET_COOKIE, session_cookie(&app, &token));
    Ok(response)
}

/// `POST /setup/example`: the example instead of a company of one's own.
pub async fn open(State(app): State<App>, form: Form) -> Result<Response> {
    if !is_open(&app).await? {
        setup::admit(&mut app.read().await?, form.value("token")).await?;
        if let Err(error) = load(&app.db, &app.world).await
            && !is_open(&app).await?
        {
            return Err(error.into());
        }
    }
    Ok(see_other_saying("/example", "The example company is open. Choose whose eyes you look through."))
}

/// Whether it is open already, as after a double click.
async fn is_open(app: &App) -> Result<bool> {
    Ok(people::organisation(&mut app.read().await?).await?.is_some_and(|company| company.example))
}

/// `POST /example/removal`: the example goes, and the console shows a fresh set-up link.
pub async fn destroy(State(app): State<App>) -> Result<Response> {
    if app.config.passing {
        return Err(Error::Forbidden(
            "This example is gone when the program stops, and a company of your own would be gone with it. Start the program without the word demo.",
        ));
    }
    let mut tx = app.write().await?;
    if !people::organisation(&mut tx).await?.is_some_and(|company| company.example) {
        return Err(Error::NotFound);
    }
    store::remove_everything(&mut tx).await?;
    tx.commit().await?;
    app.db.empty_log().await;
    if let Some(link) = setup::offer(&app).await? {
        app.world.post.say(&format!("Set it up here, once, within {} minutes: {link}", setup::LASTS.num_minutes()));
    }
    let words = "The example company is gone. A fresh set-up link is on the console of the program.";
    let mut response = see_other_saying("/session/new", words);
    response.headers_mut().append(SET_COOKIE, no_cookie(&app));
    Ok(response)
}
