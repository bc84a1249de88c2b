//! The frame of every page: who looks at it, where in the menu it stands, and the line about what just happened.

use crate::App;
use crate::error::Result;
use crate::web::who::Visitor;
use crate::web::{assets, flash};
use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use std::convert::Infallible;

/// What `layout.html` needs.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The words in the browser's tab.
    pub title: String,
    /// Who looks at the page.
    pub person: Option<Looker>,
    /// The place in the menu.
    pub place: &'static str,
    /// What just happened.
    pub flash: Option<String>,
    /// Whether this is the example company.
    pub example: bool,
    /// The company's name; empty before the set-up.
    pub company: String,
    /// The address of the style sheet.
    pub css: &'static str,
    /// The address of the script.
    pub js: &'static str,
    /// The address of the icon.
    pub icon: &'static str,
}

/// The person who looks at a page, and what the menu offers them.
#[derive(Clone, Debug, Default)]
pub struct Looker {
    /// Their name.
    pub name: String,
    /// Whether people wait for answers from them.
    pub leads: bool,
    /// Whether they look after the installation.
    pub admin: bool,
    /// Whether they may pair screens.
    pub screens: bool,
}

/// The parts of a request that a page's frame is made of.
#[derive(Clone, Default)]
pub struct Frame {
    visitor: Visitor,
    flash: Option<String>,
}

impl Frame {
    /// The layout of one page.
    pub fn layout(&self, title: impl Into<String>, place: &'static str) -> Layout {
        let person = self.visitor.person.as_ref().map(|person| Looker {
            name: person.name.clone(),
            leads: person.leads(),
            admin: person.is(crate::people::Role::Admin),
            screens: person.keeps_screens(),
        });
        let company = self.visitor.organisation.as_ref();
        Layout {
            title: title.into(),
            person,
            place,
            flash: self.flash.clone(),
            example: company.is_some_and(|company| company.example),
            company: company.map_or_else(String::new, |company| company.name.clone()),
            ..Layout::bare()
        }
    }

    /// The frame for a request whose parts are at hand.
    pub fn of(extensions: &axum::http::Extensions, headers: &axum::http::HeaderMap) -> Self {
        Self { visitor: extensions.get().cloned().unwrap_or_default(), flash: flash::of(headers) }
    }
}

impl Layout {
    /// A layout with nothing but the assets.
    pub fn bare() -> Self {
        Self {
            css: assets::path("app.css"),
            js: assets::path("app.js"),
            icon: assets::path("icon.svg"),
            ..Self::default()
        }
    }
}

impl FromRequestParts<App> for Frame {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions, &parts.headers))
    }
}

/// A page.
pub fn html(page: &impl Template) -> Result<Response> {
    html_with(StatusCode::OK, page)
}

/// A page with another status than 200: 422 for a form that comes back, 409 when somebody was first.
pub fn html_with(status: StatusCode, page: &impl Template) -> Result<Response> {
    Ok((status, Html(page.render()?)).into_response())
}
