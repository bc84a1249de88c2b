//! The mark of a device on which somebody was signed in before: strangers' wrong passwords do not keep it out.
//!
//! It opens nothing, and nothing of it is stored: it is a random name, signed with the hash of the account's password. So it
//! ends with that password, and whoever has no look into the database can make none.

use super::store::Account;
use crate::App;
use crate::web::cookie::Cookie;
use crate::web::seal::{hex, unhex};
use axum::http::{HeaderMap, HeaderValue};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const MARKS: Cookie = Cookie::of_some_pages("device");
/// A browser keeps a cookie for 400 days at the most.
const LASTS: i64 = 400 * 24 * 60 * 60;
/// How many accounts one browser is known to.
const MOST: usize = 4;

/// The name of the device, if the account was signed in there before.
pub fn known(app: &App, headers: &HeaderMap, account: &Account) -> Option<String> {
    let cookie = MARKS.value(app, headers)?;
    let mut marks = cookie.split('.').take(MOST).filter_map(|mark| mark.split_once('-'));
    marks.find(|(name, signed)| is_signed(account, name, signed)).map(|(name, _)| name.to_owned())
}

/// The cookie by which the device is known from now on, beside other accounts that were signed in there.
pub fn remembered(app: &App, headers: &HeaderMap, account: &Account) -> Option<HeaderValue> {
    let cookie = MARKS.value(app, headers).unwrap_or_default();
    let name = known(app, headers, account).unwrap_or_else(|| app.world.secret());
    let mark = format!("{name}-{}", hex(&signature(account, &name)?.finalize().into_bytes()));
    let others = cookie.split('.').filter(|other| !other.is_empty() && **other != mark);
    let marks: Vec<&str> = std::iter::once(mark.as_str()).chain(others).take(MOST).collect();
    Some(MARKS.set(app, "/session", &marks.join("."), LASTS))
}

fn signature(account: &Account, name: &str) -> Option<Hmac<Sha256>> {
    let mut signature = Hmac::<Sha256>::new_from_slice(account.password.as_ref()?.as_bytes()).ok()?;
    signature.update(format!("device {} {name}", account.id).as_bytes());
    Some(signature)
}

fn is_signed(account: &Account, name: &str, signed: &str) -> bool {
    signature(account, name)
        .zip(unhex(signed))
        .is_some_and(|(signature, signed)| signature.verify_slice(&signed).is_ok())
}
