//! The link by which somebody sets a password, to be copied or shown as a code, and the page it opens.
//!
//! The admin's browser keeps the link in a cookie for ten minutes, so that the page that shows it can be an ordinary page,
//! and the link stands in no address and no log.

use super::anew::{self, Confirmed};
use super::session::signed_in;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::people::hashing::Lanes;
use crate::people::invitation::{Invited, invited, make, void};
use crate::people::store::Account;
use crate::people::{password, session, store};
use crate::web::cookie::Cookie;
use crate::web::qr::Qr;
use crate::web::visitor::{token_hash, with_cookie};
use crate::web::{
    Admin, App, Form, Frame, Layout, Path, Response, State, Template, html, html_refused, html_with, see_other_saying,
};
use axum::http::{HeaderMap, StatusCode};
use chrono::TimeDelta;

/// How long the browser of the admin can show it again.
const SHOWN: TimeDelta = TimeDelta::minutes(10);
const CODE: Cookie = Cookie::of_some_pages("invitation");

/// Send the admin to the page with the link, which their browser carries for a moment.
pub fn shown(app: &App, person: PersonId, code: &str, words: &str) -> Response {
    let path = format!("/people/{person}/invitation");
    with_cookie(see_other_saying(&path, words), CODE.set(app, &path, code, SHOWN.num_seconds()))
}

/// The page for the admin.
#[derive(Template)]
#[template(path = "people/invitation.html")]
pub struct InvitationPage {
    pub page: Layout,
    pub person: PersonId,
    pub name: String,
    /// Whether they have a password already, so that the link is for a new one.
    pub has_password: bool,
    pub link: Option<Link>,
    pub form: Form,
    /// Whether the admin writes their password once more before a new one is made.
    pub asks_password: bool,
}

/// A link and its picture.
pub struct Link {
    pub address: String,
    pub qr: Qr,
}

/// `GET /people/{id}/invitation`
pub async fn show(
    State(app): State<App>,
    admin: Admin,
    frame: Frame,
    headers: HeaderMap,
    Path(id): Path<PersonId>,
) -> Result<Response> {
    html(&page(&app, &admin, &frame, &headers, id, Form::default()).await?)
}

async fn page(
    app: &App,
    admin: &Admin,
    frame: &Frame,
    headers: &HeaderMap,
    id: PersonId,
    form: Form,
) -> Result<InvitationPage> {
    let asks_password = anew::is_due(app, headers, admin.id).await?;
    let mut tx = app.read().await?;
    let person = store::real_person(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let has_password = store::account_of(&mut tx, id).await?.is_some_and(|account| account.password.is_some());
    let code = CODE.value(app, headers).unwrap_or_default();
    let is_theirs = invited(&mut tx, &code).await?.is_some_and(|invited| invited.id == id);
    let link = if is_theirs {
        let address = app.config.address_of(&format!("/invitations/{code}"));
        Some(Link { qr: Qr::of(&address)?, address })
    } else {
        None
    };
    let page = frame.layout(format!("A link for {}", person.name), "people");
    Ok(InvitationPage { page, person: id, name: person.name, has_password, link, form, asks_password })
}

/// `POST /people/{id}/invitation`
pub async fn create(
    State(app): State<App>,
    admin: Admin,
    frame: Frame,
    headers: HeaderMap,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response> {
    let confirmed = Confirmed::by(&app, &headers, admin.id, &mut form).await?;
    if !form.is_good() {
        return html_refused(&page(&app, &admin, &frame, &headers, id, form).await?);
    }
    let mut tx = app.write().await?;
    store::real_person(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let code = make(&mut tx, id).await?;
    let token = confirmed.sign_in(&mut tx).await?;
    tx.commit().await?;
    Ok(confirmed.answer(token, shown(&app, id, &code, "Here is a new link. Every older one is void.")))
}

/// The page of the person who was invited; without a name when the link is used, void or too old.
#[derive(Template)]
#[template(path = "people/welcome.html")]
pub struct WelcomePage {
    pub page: Layout,
    /// Their name; empty when the link opens nothing.
    pub name: String,
    pub email: String,
    pub code: String,
    pub form: Form,
}

impl WelcomePage {
    fn of(frame: &Frame, invited: Option<Invited>, code: String, form: Form) -> Result<Response> {
        let status = match invited {
            None => StatusCode::NOT_FOUND,
            Some(_) if form.is_good() => StatusCode::OK,
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let page = frame.layout(if invited.is_some() { "Welcome to Catchball" } else { "This link opens nothing" }, "");
        let (name, email) = invited.map(|invited| (invited.name, invited.email)).unwrap_or_default();
        html_with(status, &Self { page, name, email, code, form })
    }
}

/// `GET /invitations/{code}`
pub async fn welcome(State(app): State<App>, frame: Frame, Path(code): Path<String>) -> Result<Response> {
    let invited = invited(&mut app.read().await?, &code).await?;
    WelcomePage::of(&frame, invited, code, Form::default())
}

/// `POST /invitations/{code}`
pub async fn accept(
    State(app): State<App>,
    frame: Frame,
    headers: HeaderMap,
    Path(code): Path<String>,
    mut form: Form,
) -> Result<Response> {
    let found = invited(&mut app.read().await?, &code).await?;
    let password = form.value("password").to_owned();
    if let Some(fault) = password::fault_of(&password) {
        form.refuse("password", fault);
    }
    if found.is_none() || !form.is_good() {
        return WelcomePage::of(&frame, found, code, form);
    }
    let hash = password::hash(&app.memory::<Lanes>().known, password, app.world.salt()).await?;
    let mut tx = app.write().await?;
    let Some(person) = invited(&mut tx, &code).await? else {
        return WelcomePage::of(&frame, None, code, form);
    };
    void(&mut tx, person.id).await?;
    store::set_password(&mut tx, person.id, &hash).await?;
    session::close_all(&mut tx, person.id).await?;
    let token = session::open_instead(&mut tx, person.id, token_hash(&app, &headers)).await?;
    tx.commit().await?;
    let welcome = see_other_saying("/", format!("Welcome, {}. You are signed in.", person.name));
    Ok(signed_in(&app, &headers, &Account { id: person.id, password: Some(hash) }, &token, welcome))
}
