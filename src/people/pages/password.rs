//! A new password for oneself. It ends all other sessions; this one goes on under a new token.

use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::people::store::{self, forms};
use crate::people::{password, session, throttle};
use crate::web::visitor::with_session;
use crate::web::{App, Form, Frame, Layout, Member, Response, State, Template, html, html_refused, see_other_saying};

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
pub async fn update(State(app): State<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let email = email_of(&app, member.id).await?;
    let new = form.value("new_password").to_owned();
    if let Some(fault) = password::fault_of(&new) {
        form.refuse("new_password", fault);
    }
    if !is_theirs(&app, member.id, &email, form.value("password").to_owned()).await? {
        form.refuse("password", "This is not your current password.");
    }
    if !form.is_good() {
        let page = frame.layout("Change your password", "more");
        return html_refused(&PasswordPage { page, form, email });
    }
    let hash = password::hash(new, app.world.salt()).await?;
    let mut tx = app.write().await?;
    throttle::forget(&mut tx, &email).await?;
    store::set_password(&mut tx, member.id, &hash).await?;
    session::close_all(&mut tx, member.id).await?;
    let token = session::open(&mut tx, member.id).await?;
    tx.commit().await?;
    let words = "Your password is changed. All other sign-ins of yours have ended.";
    Ok(with_session(&app, &token, see_other_saying("/more", words)))
}

/// Whether it is the current password; wrong tries count as those at the sign-in.
async fn is_theirs(app: &App, person: PersonId, email: &str, password: String) -> Result<bool> {
    let mut tx = app.write().await?;
    throttle::count(&mut tx, email).await?;
    let account = store::account_of(&mut tx, person).await?;
    tx.commit().await?;
    Ok(password::is_right(password, account.and_then(|account| account.password)).await?)
}
