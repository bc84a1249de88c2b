//! The first start: a one-time link on the console opens the page that founds the company.

use super::store;
use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::world::hash_of;
use chrono::TimeDelta;

/// How long the link is good.
pub const LASTS: TimeDelta = TimeDelta::minutes(60);

const FORGET: &str = "DELETE FROM set_up";
const OFFER: &str = "INSERT INTO set_up (token_hash, expires_at) VALUES ($1, $2)";

/// A fresh set-up link while there is no company; the one before it is void.
pub async fn offer(app: &App) -> sqlx::Result<Option<String>> {
    let mut tx = app.write().await?;
    if tx.ask(store::organisation()).await?.is_some() {
        return Ok(None);
    }
    let (token, expires_at) = (tx.new_secret(), tx.now() + LASTS);
    tx.query(FORGET).execute().await?;
    tx.query(OFFER).bind(hash_of(&token)).bind(expires_at).execute().await?;
    tx.commit().await?;
    Ok(Some(app.config.address_of(&format!("/setup?token={token}"))))
}

const IS_OFFERED: &str = "SELECT COUNT(*) FROM set_up WHERE token_hash = $1 AND expires_at > $2";

/// Refuse everybody who does not hold the link, and everybody once the company exists.
///
/// # Errors
/// A sentence that says where the link is.
pub async fn admit(tx: &mut Tx, token: &str) -> Result<()> {
    let now = tx.now();
    let (offers,): (i64,) = tx.query_as(IS_OFFERED).bind(hash_of(token)).bind(now).one().await?;
    if tx.ask(store::organisation()).await?.is_some() {
        return Err(Error::Forbidden(
            "Catchball is set up already. Sign in on the start page; whoever keeps it adds you with a link of your own.",
        ));
    }
    if offers == 0 {
        return Err(Error::Forbidden(
            "Set-up needs the one-time link that the program printed when it started. Start it again for a new one.",
        ));
    }
    Ok(())
}

/// The link is used: it opens nothing any more.
pub async fn close(tx: &mut Tx) -> sqlx::Result<u64> {
    tx.query(FORGET).execute().await
}
