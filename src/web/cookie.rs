//! Our cookies: what they are called, to which pages browsers send them, and that no script reads them.

use crate::App;
use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::CookieJar;

/// One of our cookies.
#[derive(Clone, Copy, Debug)]
pub struct Cookie {
    name: &'static str,
    everywhere: bool,
}

impl Cookie {
    /// One that browsers send with every request.
    pub const fn everywhere(name: &'static str) -> Self {
        Self { name, everywhere: true }
    }

    /// One that browsers send to some pages only.
    pub const fn of_some_pages(name: &'static str) -> Self {
        Self { name, everywhere: false }
    }

    /// Its whole name, in which the installation stands: browsers do not tell the ports of a machine apart. Over plain http
    /// they refuse the stricter ones.
    pub fn full_name(self, app: &App) -> String {
        format!("{}_{}", self.older_name(app), app.seal.name)
    }

    /// The name it had before the installation stood in it.
    fn older_name(self, app: &App) -> String {
        let strict = match (app.config.is_https(), self.everywhere) {
            (false, _) => "",
            (true, true) => "__Host-",
            (true, false) => "__Secure-",
        };
        format!("{strict}{}", self.name)
    }

    /// What it holds under its older name.
    pub fn older_value(self, app: &App, headers: &HeaderMap) -> Option<String> {
        let jar = CookieJar::from_headers(headers);
        let value = jar.get(&self.older_name(app))?.value().to_owned();
        (!value.is_empty()).then_some(value)
    }

    /// What it holds in the visitor's browser.
    pub fn value(self, app: &App, headers: &HeaderMap) -> Option<String> {
        let jar = CookieJar::from_headers(headers);
        let value = jar.get(&self.full_name(app))?.value().to_owned();
        (!value.is_empty()).then_some(value)
    }

    /// Put it into the browser for so many seconds, for the pages below the path.
    pub fn set(self, app: &App, path: &str, value: &str, seconds: i64) -> HeaderValue {
        self.header(app, path, value, &format!("; Max-Age={seconds}"))
    }

    /// Put it into the browser until that is closed.
    pub fn set_for_now(self, app: &App, value: &str) -> HeaderValue {
        self.header(app, "/", value, "")
    }

    /// Take it out of the browser.
    pub fn remove(self, app: &App, path: &str) -> HeaderValue {
        self.set(app, path, "", 0)
    }

    fn header(self, app: &App, path: &str, value: &str, lasts: &str) -> HeaderValue {
        let path = if self.everywhere { "/" } else { path };
        let secure = if app.config.is_https() { "; Secure" } else { "" };
        let text = format!("{}={value}; Path={path}; HttpOnly; SameSite=Lax{lasts}{secure}", self.full_name(app));
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
    }
}
