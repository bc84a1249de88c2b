//! The key of a television: a cookie that opens its own board, and no other page.

use super::store::{self, Look};
use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::ScreenId;
use crate::web::cookie::Cookie;
use crate::world::hash_of;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use chrono_tz::Tz;

/// The cookie.
const KEY: Cookie = Cookie::everywhere("screen");
/// Browsers keep a cookie for 400 days at most; each look at the page renews it.
const LASTS: i64 = 400 * 24 * 60 * 60;

/// A paired television: it hears of the board of its team.
#[derive(Clone, Debug)]
pub struct Wall {
    pub screen: ScreenId,
    /// The zone of its team.
    pub zone: Tz,
    /// The hash of its key, to ask again later.
    pub key_hash: Vec<u8>,
}

/// The key in the visitor's cookie. Televisions that were paired before the cookie had its name of today keep their key.
pub fn of(app: &App, headers: &HeaderMap) -> Option<String> {
    KEY.value(app, headers).or_else(|| KEY.older_value(app, headers))
}

/// The cookie that holds the key.
pub fn to_cookie(app: &App, key: &str) -> HeaderValue {
    KEY.set(app, "/", key, LASTS)
}

/// The television that asks, paired or waiting; none if it has no key, or one that was forgotten or ran out.
pub async fn look(app: &App, tx: &mut Tx, headers: &HeaderMap) -> Result<Option<Look>> {
    let Some(key) = of(app, headers) else { return Ok(None) };
    let found = tx.ask(store::look(hash_of(&key))).await?;
    Ok(found.filter(|look| look.screen.team_id.is_some() || look.screen.waits(tx.now())))
}

impl FromRequestParts<App> for Wall {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let key = of(app, &parts.headers).ok_or(Error::NotFound)?;
        let look = look(app, &mut app.read().await?, &parts.headers).await?;
        let paired = look.filter(|look| look.screen.team_id.is_some()).ok_or(Error::NotFound)?;
        Ok(Self { screen: paired.screen.id, zone: paired.written.calendar().zone(), key_hash: hash_of(&key) })
    }
}
