//! The links of people who were added together, to be copied, photographed or printed. As with a single one, the admin's
//! browser keeps what they are made of in a cookie for ten minutes.

use crate::error::Result;
use crate::people::store::many::invited_with;
use crate::web::cookie::Cookie;
use crate::web::qr::Qr;
use crate::web::visitor::with_cookie;
use crate::web::{Admin, App, Frame, Layout, Response, State, Template, html, see_other_saying};
use axum::http::HeaderMap;
use chrono::TimeDelta;

const SHOWN: TimeDelta = TimeDelta::minutes(10);
const SECRET: Cookie = Cookie::of_some_pages("links");
const PATH: &str = "/people/links";

/// Send the admin to the page with the links of all that were added with the secret.
pub fn shown(app: &App, secret: &str, count: usize) -> Response {
    let words = match count {
        0 => String::from("They were added already. Here are their links."),
        1 => String::from("One person is added."),
        count => format!("{count} people are added."),
    };
    with_cookie(see_other_saying(PATH, words), SECRET.set(app, PATH, secret, SHOWN.num_seconds()))
}

/// The page for the admin.
#[derive(Template)]
#[template(path = "people/links.html")]
pub struct LinksPage {
    pub page: Layout,
    pub links: Vec<Link>,
}

/// Somebody's link and its picture.
pub struct Link {
    pub name: String,
    pub email: String,
    pub address: String,
    pub qr: Qr,
}

/// `GET /people/links`
pub async fn index(State(app): State<App>, _: Admin, frame: Frame, headers: HeaderMap) -> Result<Response> {
    let invited = match SECRET.value(&app, &headers) {
        Some(secret) => invited_with(&mut app.read().await?, &secret).await?,
        None => Vec::new(),
    };
    let mut links = Vec::new();
    for one in invited {
        let address = app.config.address_of(&format!("/invitations/{}", one.code));
        links.push(Link { name: one.name, email: one.email, qr: Qr::of(&address)?, address });
    }
    html(&LinksPage { page: frame.layout("Links for new people", "people"), links })
}
