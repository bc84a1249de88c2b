//! Signing in and out.
//!
//! An unknown address, a wrong password and an invitation that nobody accepted yet get the same answer after
//! the same work. Each sign-in makes a new session; signing out ends it on the server.

use crate::error::Result;
use crate::lengths;
use crate::people::brakes::{Attempt, Guesser};
use crate::people::guests::{Guest, Guests};
use crate::people::hashing::Lanes;
use crate::people::password::Fit;
use crate::people::store::Account;
use crate::people::{device, password, session, store};
use crate::web::sender::Sender;
use crate::web::visitor::{token_hash, with_cookie, with_session, without_session};
use crate::web::{
    App, Form, Frame, Layout, Query, Response, State, Template, html, html_refused, see_other, see_other_saying,
};
use axum::Extension;
use axum::http::HeaderMap;
use serde::Deserialize;

/// The sign-in page; before the set-up it says where the link is.
#[derive(Template)]
#[template(path = "people/sign_in.html")]
pub struct SignInPage {
    pub page: Layout,
    pub form: Form,
    /// Whether there is a company to sign in to.
    pub is_set_up: bool,
    /// Who can be signed in with one click, in the example company.
    pub guests: Vec<Guest>,
}

impl SignInPage {
    async fn new(app: &App, frame: &Frame, guests: Guests, form: Form) -> Result<Self> {
        let page = frame.layout("Sign in", "");
        let is_set_up = !page.company.is_empty();
        let guests = if page.example { guests.present(&mut app.read().await?).await? } else { Vec::new() };
        Ok(Self { page, form, is_set_up, guests })
    }
}

/// Where to go after signing in.
#[derive(Deserialize)]
pub struct Onward {
    #[serde(default)]
    next: String,
}

const LONGEST: usize = 2_000;

/// The path if it leads to a page of ours, the start page otherwise.
fn local(next: &str) -> &str {
    let foreign = next.len() > LONGEST || next.starts_with("//") || next.contains('\\');
    let foreign = foreign || !next.bytes().all(|byte| byte.is_ascii_graphic());
    if next.starts_with('/') && !foreign { next } else { "/" }
}

/// `GET /session/new`
pub async fn new(
    State(app): State<App>,
    Extension(guests): Extension<Guests>,
    frame: Frame,
    Query(onward): Query<Onward>,
) -> Result<Response> {
    let next = local(&onward.next);
    let page = SignInPage::new(&app, &frame, guests, Form::filled([("next", next)])).await?;
    if page.page.person.is_some() { Ok(see_other(next)) } else { html(&page) }
}

/// `POST /session`
pub async fn create(
    State(app): State<App>,
    Extension(guests): Extension<Guests>,
    sender: Sender,
    headers: HeaderMap,
    frame: Frame,
    mut form: Form,
) -> Result<Response> {
    let email = form.needed("email", lengths::EMAIL, "Write the e-mail address of your account.");
    let password = form.value("password").to_owned();
    if password.is_empty() {
        form.refuse("password", "Write your password.");
    }
    if form.is_good()
        && let Some(found) = check(&app, sender, &headers, &email, password).await?
        && let Some((account, token)) = open(&app, found, &email, token_hash(&app, &headers)).await?
    {
        return Ok(signed_in(&app, &headers, &account, &token, see_other(local(form.value("next")))));
    }
    form.refuse(
        "password",
        "This e-mail address and this password do not belong together. Try again, or ask your admin for a new link.",
    );
    let next = local(form.value("next")).to_owned();
    form.set("next", next);
    html_refused(&SignInPage::new(&app, &frame, guests, form).await?)
}

/// The answer that signs its reader in, on a device that is known from now on.
pub(super) fn signed_in(
    app: &App,
    headers: &HeaderMap,
    account: &Account,
    token: &str,
    response: Response,
) -> Response {
    let response = with_session(app, token, response);
    match device::remembered(app, headers, account) {
        Some(cookie) => with_cookie(response, cookie),
        None => response,
    }
}

/// Whose password was right.
struct Found {
    account: Account,
    /// A hash of today's make, where the stored one is older.
    renewed: Option<String>,
}

/// The account with the address, if the password is theirs. A wrong try writes nothing, so that nothing that others can
/// watch moves with it.
async fn check(app: &App, sender: Sender, headers: &HeaderMap, email: &str, password: String) -> Result<Option<Found>> {
    let account = app.read().await?.ask(store::account(email)).await?;
    let device = account.as_ref().and_then(|account| device::known(app, headers, account));
    let lanes = app.memory::<Lanes>();
    let (guesser, lane) = match &device {
        Some(device) => (Guesser::Device(device), &lanes.known),
        None => (Guesser::Stranger(sender), &lanes.strangers),
    };
    let attempt = Attempt::begin(app, email, guesser)?;
    let hash = account.as_ref().and_then(|account| account.password.clone());
    let fit = password::check(lane, password.clone(), hash).await?;
    let Some(account) = account.filter(|_| fit != Fit::Wrong) else {
        attempt.was_wrong();
        return Ok(None);
    };
    let renewed = match fit {
        Fit::Outdated => Some(password::hash(lane, password, app.world.salt()).await?),
        _ => None,
    };
    Ok(Some(Found { account, renewed }))
}

/// A new session in place of the browser's old one; none if the password was changed in between.
async fn open(app: &App, found: Found, email: &str, old: Option<Vec<u8>>) -> Result<Option<(Account, String)>> {
    let Found { mut account, renewed } = found;
    let mut tx = app.write().await?;
    let now = tx.ask(store::account(email)).await?;
    if now.is_none_or(|now| now.id != account.id || now.password != account.password) {
        return Ok(None);
    }
    if let Some(hash) = renewed {
        store::set_password(&mut tx, account.id, &hash).await?;
        account.password = Some(hash);
    }
    let token = session::open_instead(&mut tx, account.id, old).await?;
    tx.commit().await?;
    Ok(Some((account, token)))
}

/// `POST /session/removal`
pub async fn destroy(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    if let Some(token_hash) = token_hash(&app, &headers) {
        let mut tx = app.write().await?;
        session::close(&mut tx, &token_hash).await?;
        tx.commit().await?;
    }
    Ok(without_session(&app, see_other_saying("/session/new", "You are signed out.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_followed() {
        for path in ["/", "/ideas", "/ideas/new?team=1", "/a//b", "/?next=//evil.example"] {
            assert_eq!(local(path), path);
        }
        let foreign = [
            "",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\n/evil.example",
            "evil.example",
            " /ideas",
            "/ideas\r\nX: y",
            "data:text/html,x",
            "/\u{2215}evil.example",
            "/%5C\\evil.example",
            "///evil.example",
        ];
        for path in foreign {
            assert_eq!(local(path), "/", "{path:?}");
        }
    }
}
