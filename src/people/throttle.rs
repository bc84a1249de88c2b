//! The brake on guessing passwords: ten tries in three minutes for one e-mail address, known or not.
//!
//! A try is counted before the password is checked, so that many guesses at once count too. The address is kept as
//! a hash, because people type all sorts of things into that field, and for three minutes at the most.

use super::key_of;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::world::hash_of;
use chrono::TimeDelta;

/// How many tries are free.
pub const FREE: i64 = 10;
/// How long tries are counted, and the longest anybody has to wait.
pub const WINDOW: TimeDelta = TimeDelta::minutes(3);

const FORGET_OLD: &str = "DELETE FROM sign_in_try WHERE ends_at <= $1";
const COUNT: &str = "
    INSERT INTO sign_in_try (email_hash, tries, ends_at) VALUES ($1, 1, $2)
    ON CONFLICT (email_hash) DO UPDATE SET tries = sign_in_try.tries + 1
    RETURNING tries";

/// Count one try.
///
/// # Errors
/// `TooMany` from the eleventh on, until three minutes after the first.
pub async fn count(tx: &mut Tx, email: &str) -> Result<()> {
    let now = tx.now();
    tx.query(FORGET_OLD).bind(now).execute().await?;
    let (tries,): (i64,) = tx.query_as(COUNT).bind(hash_of(&key_of(email))).bind(now + WINDOW).one().await?;
    if tries > FREE { Err(Error::TooMany) } else { Ok(()) }
}

const FORGET: &str = "DELETE FROM sign_in_try WHERE email_hash = $1";

/// Forget the tries of somebody who knew the password.
pub async fn forget(tx: &mut Tx, email: &str) -> sqlx::Result<()> {
    tx.query(FORGET).bind(hash_of(&key_of(email))).execute().await?;
    Ok(())
}
