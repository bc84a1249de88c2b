//! The frame of every page: who looks at it, where in the menu it stands, and the line about what just happened.

use crate::App;
use crate::db::lent::give_back;
use crate::error::Result;
use crate::people::Person;
use crate::people::session::MOST_UNREAD;
use crate::web::assets;
use crate::web::flash::Flash;
use crate::web::qr::Qr;
use crate::web::visitor::Visitor;
use askama::Template;
use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::header::RETRY_AFTER;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use std::convert::Infallible;
use std::sync::Arc;

/// What `layout.html` needs.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub title: String,
    /// Who looks at the page; drafts on a shared device are kept apart by their account.
    pub person: Option<Arc<Person>>,
    /// How many notices they have not seen.
    pub unread: i64,
    pub place: &'static str,
    pub flash: Option<Flash>,
    pub example: bool,
    /// Whether what is sent goes over a network unencrypted.
    pub is_plain: bool,
    /// The company's name; empty before the set-up.
    pub company: String,
    /// The way back to the page from a sheet of paper: its address, and the code of one that nobody would type.
    pub paper: Option<(String, Option<Qr>)>,
    pub css: &'static str,
    pub js: &'static str,
    /// The keys, for those who are signed in.
    pub keys: &'static str,
    pub icon: &'static str,
    /// The one that a phone shows beside its apps.
    pub touch_icon: &'static str,
}

/// Whether this request came over a network unencrypted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain(pub bool);

/// The parts of a request that a page's frame is made of.
#[derive(Clone, Default)]
pub struct Frame {
    visitor: Visitor,
    flash: Option<Flash>,
    plain: Plain,
    /// The address of the page, where it may stand on paper, and whether it is that of one thing among many.
    paper: Option<(String, bool)>,
}

impl Frame {
    /// The layout of one page.
    pub fn layout(&self, title: impl Into<String>, place: &'static str) -> Layout {
        let company = self.visitor.organisation.as_ref();
        Layout {
            title: title.into(),
            person: self.visitor.person.clone(),
            unread: self.visitor.unread,
            place,
            flash: self.flash.clone(),
            example: company.is_some_and(|company| company.example),
            company: company.map_or_else(String::new, |company| company.name.clone()),
            is_plain: self.plain.0,
            paper: self.paper.clone().map(|(address, is_long)| {
                let code = if is_long { Qr::of(&address).ok() } else { None };
                (address, code)
            }),
            ..Layout::bare()
        }
    }

    /// The frame for a request whose parts are at hand.
    pub fn of(extensions: &axum::http::Extensions) -> Self {
        let (visitor, flash) = (extensions.get().cloned().unwrap_or_default(), extensions.get().cloned());
        Self { visitor, flash, plain: extensions.get().copied().unwrap_or_default(), paper: None }
    }

    /// The same without the count of new notices, as the page of an error shows it.
    pub fn uncounted(mut self) -> Self {
        self.visitor.unread = 0;
        self
    }
}

impl Layout {
    /// The words of the menu's entry: "Notices", "Notices, 2 new".
    pub fn notices(&self) -> String {
        match self.unread {
            0 => String::from("Notices"),
            _ => format!("Notices, {}", self.new_ones()),
        }
    }

    /// How many are new: "2 new", "999+ new" where nobody counts any more.
    pub fn new_ones(&self) -> String {
        format!("{} new", counted(self.unread))
    }

    /// How many notices are new, in front of the title: "(2) "; empty for none.
    pub fn count(&self) -> String {
        match self.unread {
            0 => String::new(),
            more => format!("({}) ", counted(more)),
        }
    }

    /// A layout with nothing but the assets.
    pub fn bare() -> Self {
        Self {
            css: assets::path("app.css"),
            js: assets::path("app.js"),
            keys: assets::path("keys.js"),
            icon: assets::path("icon.svg"),
            touch_icon: assets::path("icon-180.png"),
            ..Self::default()
        }
    }
}

fn counted(unread: i64) -> String {
    if unread < MOST_UNREAD { unread.to_string() } else { format!("{}+", MOST_UNREAD - 1) }
}

impl FromRequestParts<App> for Frame {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self { paper: paper(parts, app), ..Self::of(&parts.extensions) })
    }
}

/// The address of a page as it may stand on paper, for whoever is signed in: without what stands behind the question mark,
/// which may be what somebody looked for, and not where the address itself is a key.
fn paper(parts: &Parts, app: &App) -> Option<(String, bool)> {
    let route = parts.extensions.get::<MatchedPath>()?.as_str();
    let is_known = parts.extensions.get::<Visitor>().is_some_and(|visitor| visitor.person.is_some());
    if parts.method != Method::GET || route.contains("{code}") || !is_known {
        return None;
    }
    let address = app.config.base_url.join(parts.uri.path()).ok()?;
    Some((address.into(), route.contains("{id}")))
}

/// A page.
pub fn html(page: &impl Template) -> Result<Response> {
    html_with(StatusCode::OK, page)
}

/// How many seconds whoever did something too often should wait at least; the page says how long.
const A_MINUTE: &str = "60";

/// A page with another status than 200, such as 409 when somebody was first. Whatever the request was lent is given back
/// first: what is not committed by now never is.
pub fn html_with(status: StatusCode, page: &impl Template) -> Result<Response> {
    give_back();
    let mut response = (status, Html(page.render()?)).into_response();
    if status == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(A_MINUTE));
    }
    Ok(response)
}

/// A form that comes back with its messages.
pub fn html_refused(page: &impl Template) -> Result<Response> {
    html_with(StatusCode::UNPROCESSABLE_ENTITY, page)
}
