//! Opening the example from the set-up, instead of founding a company of one's own.

use crate::App;
use crate::demo::load;
use crate::error::Result;
use crate::people::{setup, store as people};
use crate::web::{Form, see_other_saying};
use axum::extract::State;
use axum::response::Response;

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
    Ok(app.read().await?.ask(people::organisation()).await?.is_some_and(|company| company.example))
}
