//! The way back for an admin who cannot sign in: whoever runs the program makes them a link, on the machine itself.

use super::{Role, invitation, store};
use crate::App;
use anyhow::{Context, bail};

/// A one-time link by which the admin with this address sets a new password; links before it are void.
///
/// # Errors
/// A sentence that says why there is none: nobody has the address, or whoever has it is no admin.
pub async fn link(app: &App, address: &str) -> anyhow::Result<String> {
    let mut tx = app.write().await.context("the database does not take changes")?;
    let account = tx.ask(store::account(address)).await?;
    let Some(account) = account else {
        bail!("nobody here has the address {address}");
    };
    let person = store::real_person(&mut tx, account.id).await?;
    if !person.is_some_and(|person| person.is(Role::Admin)) {
        bail!("{address} is no admin here: an admin makes links for others, on the page People");
    }
    let code = invitation::make(&mut tx, account.id).await?;
    tx.commit().await?;
    Ok(app.config.address_of(&format!("/invitations/{code}")))
}
