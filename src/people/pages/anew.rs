//! Signing in anew: whoever changes roles, addresses or the way to a password has proved who they are a moment ago, so that
//! a screen that was left open does not hand on the keys of the house.

use super::password::is_theirs;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::PersonId;
use crate::people::{session, store};
use crate::web::visitor::{ticket, token_hash, with_session};
use crate::web::{App, Form, Response};
use axum::http::HeaderMap;

/// The field that takes the password once more.
const FIELD: &str = "own_password";

/// Whether the password has to be written once more; in the example nobody has one.
pub async fn is_due(app: &App, headers: &HeaderMap, person: PersonId) -> Result<bool> {
    let now = app.world.now();
    if ticket(app, headers).is_some_and(|ticket| ticket.is_recent(now)) {
        return Ok(false);
    }
    let account = store::account_of(&mut app.read().await?, person).await?;
    Ok(account.is_some_and(|account| account.password.is_some()))
}

/// Somebody whose form brought the password where it was due; else there is a message at its field.
pub struct Confirmed<'a> {
    app: &'a App,
    headers: &'a HeaderMap,
    person: PersonId,
    signs_in: bool,
}

impl<'a> Confirmed<'a> {
    /// Look at the form of this person.
    pub async fn by(app: &'a App, headers: &'a HeaderMap, person: PersonId, form: &mut Form) -> Result<Self> {
        let mut signs_in = is_due(app, headers, person).await?;
        if signs_in {
            let typed = form.value(FIELD).to_owned();
            if typed.is_empty() {
                form.refuse(FIELD, "You signed in a while ago. Write your own password once more.");
                signs_in = false;
            } else if !is_theirs(app, headers, person, typed).await? {
                form.refuse(FIELD, "This is not your password.");
                signs_in = false;
            }
        }
        Ok(Self { app, headers, person, signs_in })
    }

    /// A new session in place of theirs, where they wrote their password: its token.
    pub async fn sign_in(&self, tx: &mut Tx) -> sqlx::Result<Option<String>> {
        if !self.signs_in {
            return Ok(None);
        }
        session::open_instead(tx, self.person, token_hash(self.app, self.headers)).await.map(Some)
    }

    /// The answer, with the new session where there is one.
    pub fn answer(&self, token: Option<String>, response: Response) -> Response {
        match token {
            Some(token) => with_session(self.app, &token, response),
            None => response,
        }
    }
}
