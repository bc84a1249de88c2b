//! The page of the example: who can be signed in with one click, what to look at, and the way to a company of one's own.

use super::people::GUESTS;
use crate::App;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::PersonId;
use crate::people::store;
use crate::web::{Frame, Layout, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// Somebody who can be signed in with one click.
pub struct Guest {
    pub id: PersonId,
    pub name: String,
    pub look: &'static str,
}

/// The page.
#[derive(Template)]
#[template(path = "demo/example.html")]
pub struct ExamplePage {
    pub page: Layout,
    pub guests: Vec<Guest>,
    /// Whether the database is gone when the program stops, so that no company of one's own may begin in it.
    pub passing: bool,
}

/// Everybody of the list who is there.
pub async fn guests(tx: &mut Tx) -> sqlx::Result<Vec<Guest>> {
    let mut guests = Vec::with_capacity(GUESTS.len());
    for (email, look) in GUESTS {
        let Some(account) = store::account(tx, email).await? else { continue };
        let Some(person) = store::person(tx, account.id).await? else { continue };
        guests.push(Guest { id: person.id, name: person.name, look });
    }
    Ok(guests)
}

/// `GET /example`
pub async fn show(State(app): State<App>, frame: Frame) -> Result<Response> {
    let guests = guests(&mut app.read().await?).await?;
    html(&ExamplePage { page: frame.layout("The example company", ""), guests, passing: app.config.passing })
}
