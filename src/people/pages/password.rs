//! A new password for oneself. It ends all other sessions; this one goes on under a new token.

use super::session::signed_in;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::people::brakes::{Attempt, Guesser};
use crate::people::hashing::Lanes;
use crate::people::password::Fit;
use crate::people::store::{self, Account, forms};
use crate::people::{password, session};
use crate::web::visitor::token_hash;
use crate::web::{App, Form, Frame, Layout, Member, Response, State, Template, html, html_refused, see_other_saying};
use axum::http::HeaderMap;

/// The form of a new password.
#[derive(Template)]
#[template(path = "people/password.html")]
pub struct PasswordPage {
    pub page: Layout,
    pub form: Form,
    /// The address the person signs in with, for the password keeper of the browser.
    pub email: String,
}

/// `GET /password/edit`
pub async fn edit(State(app): State<App>, member: Member, frame: Frame) -> Result<Response> {
    let email = email_of(&app, member.id).await?;
    html(&PasswordPage { page: frame.layout("Change your password", "more"), form: Form::default(), email })
}

async fn email_of(app: &App, person: PersonId) -> Result<String> {
    let card = app.read().await?.ask(forms::card(person)).await?;
    Ok(card.ok_or(Error::NotFound)?.email)
}

/// `POST /password`
pub async fn update(
    State(app): State<App>,
    member: Member,
    headers: HeaderMap,
    frame: Frame,
    mut form: Form,
) -> Result<Response> {
    let email = email_of(&app, member.id).await?;
    let new = form.value("new_password").to_owned();
    if let Some(fault) = password::fault_of(&new) {
        form.refuse("new_password", fault);
    }
    if !is_theirs(&app, &headers, member.id, form.value("password").to_owned()).await? {
        form.refuse("password", "This is not your current password.");
    }
    if !form.is_good() {
        let page = frame.layout("Change your password", "more");
        return html_refused(&PasswordPage { page, form, email });
    }
    let hash = password::hash(&app.memory::<Lanes>().known, new, app.world.salt()).await?;
    let mut tx = app.write().await?;
    store::set_password(&mut tx, member.id, &hash).await?;
    session::close_all(&mut tx, member.id).await?;
    let token = session::open(&mut tx, member.id).await?;
    tx.commit().await?;
    let changed = see_other_saying("/more", "Your password is changed. All other sign-ins of yours have ended.");
    Ok(signed_in(&app, &headers, &Account { id: member.id, password: Some(hash) }, &token, changed))
}

/// Whether it is the current password. Wrong ones count against this session alone: nobody else keeps its owner from
/// changing it.
pub(super) async fn is_theirs(app: &App, headers: &HeaderMap, person: PersonId, password: String) -> Result<bool> {
    let session = token_hash(app, headers).unwrap_or_default();
    let attempt = Attempt::begin(app, "", Guesser::Session(&session))?;
    let account = store::account_of(&mut app.read().await?, person).await?;
    let fit =
        password::check(&app.memory::<Lanes>().known, password, account.and_then(|account| account.password)).await?;
    if fit == Fit::Wrong {
        attempt.was_wrong();
    }
    Ok(fit != Fit::Wrong)
}
