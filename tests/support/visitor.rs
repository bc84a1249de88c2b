//! Somebody with a browser: sends requests to the router itself and keeps cookies.

use super::Answer;
use axum::Router;
use axum::body::Body;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, HOST, SET_COOKIE};
use axum::http::{Method, Request};
use catchball::App;
use catchball::ids::PersonId;
use catchball::web::ticket::Ticket;
use catchball::web::visitor::session_cookie;
use std::collections::BTreeMap;
use std::sync::Mutex;
use tower::ServiceExt;
use uuid::Uuid;

/// A visitor, signed in or not.
pub struct Visitor {
    pub name: String,
    pub id: PersonId,
    router: Router,
    app: App,
    stays: bool,
    language: Option<&'static str>,
    address: Option<std::net::IpAddr>,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Visitor {
    /// Somebody who is not signed in.
    pub fn stranger(router: &Router, app: &App) -> Self {
        Self { stays: false, ..Self::with(router, app, "a stranger", BTreeMap::new()) }
    }

    /// Somebody who is signed in with this token.
    pub fn signed_in(router: &Router, app: &App, name: &str, id: PersonId, token: &str) -> Self {
        Self { id, ..Self::with(router, app, name, BTreeMap::from([session_cookie(app, token)])) }
    }

    fn with(router: &Router, app: &App, name: &str, cookies: BTreeMap<String, String>) -> Self {
        let (router, app, cookies) = (router.clone(), app.clone(), Mutex::new(cookies));
        Self {
            name: name.to_owned(),
            id: PersonId(Uuid::nil()),
            router,
            app,
            address: None,
            stays: true,
            language: None,
            cookies,
        }
    }

    /// The same, who does not sign in again in time by themselves, as everybody does of whom a test says nothing.
    pub fn forgetting(self) -> Self {
        Self { stays: false, ..self }
    }

    /// The token of their session.
    pub fn token(&self) -> String {
        Ticket::read(&self.cookie("session").unwrap(), &self.app.seal).unwrap().token
    }

    /// They have just signed in with this token.
    pub fn signs_in_with(&self, token: &str) {
        let (name, value) = session_cookie(&self.app, token);
        self.cookies.lock().unwrap().insert(name, value);
    }

    /// All cookies, as a browser sends them.
    pub fn jar(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// The same from this address, as the server sees the other end of the line.
    pub fn at(self, address: &str) -> Self {
        Self { address: Some(address.parse().unwrap()), ..self }
    }

    /// The same with a browser that asks for this language.
    pub fn reading(self, language: &'static str) -> Self {
        Self { language: Some(language), ..self }
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let whole = self.whole_name(name)?;
        self.cookies.lock().unwrap().get(&whole).cloned()
    }

    /// Put a cookie into the browser.
    pub fn set_cookie(&self, name: &str, value: &str) {
        let strict = if self.app.config.is_https() { "__Host-" } else { "" };
        let whole = format!("{strict}{name}_{}", self.app.seal.name);
        self.cookies.lock().unwrap().insert(whole, value.to_owned());
    }

    /// Put a cookie into the browser under exactly this name.
    pub fn set_bare_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    /// Put a cookie into the browser under the name it has in another one.
    pub fn set_cookie_like(&self, other: &Self, name: &str, value: &str) {
        let whole = other.whole_name(name).unwrap_or_else(|| name.to_owned());
        self.cookies.lock().unwrap().insert(whole, value.to_owned());
    }

    /// The whole name of a cookie, of which ours carry more.
    fn whole_name(&self, name: &str) -> Option<String> {
        let cookies = self.cookies.lock().unwrap();
        let is_it = |whole: &&String| {
            let bare = whole.strip_prefix("__Host-").or_else(|| whole.strip_prefix("__Secure-")).unwrap_or(whole);
            bare.split('_').next() == Some(name)
        };
        cookies.keys().find(is_it).cloned()
    }

    /// Open a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Send a form with a fresh key, unless it brings one.
    pub async fn post<V: AsRef<str>>(&self, path: &str, fields: &[(&str, V)]) -> Answer {
        let key = Uuid::new_v4().to_string();
        let key = if fields.iter().any(|(name, _)| *name == "key") { None } else { Some(("key", key.as_str())) };
        let fields = fields.iter().map(|(name, value)| (*name, value.as_ref()));
        self.post_exactly(path, &key.into_iter().chain(fields).collect::<Vec<_>>()).await
    }

    /// Send a form with these fields and no others.
    pub async fn post_exactly(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.post_raw(path, "application/x-www-form-urlencoded", form).await
    }

    /// Send a form with files, as a browser does: the fields in order, then each file under its field and name.
    pub async fn post_files(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        const LINE: &str = "----catchball-test";
        let mut body = Vec::new();
        let key = Uuid::new_v4().to_string();
        let with_key = fields.iter().any(|(name, _)| *name == "key");
        let key = if with_key { None } else { Some(("key", key.as_str())) };
        for (name, value) in key.iter().chain(fields) {
            let part = format!("--{LINE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        for (name, file, bytes) in files {
            let head = format!(
                "--{LINE}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 Content-Type: image/jpeg\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{LINE}--\r\n").as_bytes());
        self.post_raw(path, &format!("multipart/form-data; boundary={LINE}"), body).await
    }

    /// Send a body of any kind, as from a page of ours.
    pub async fn post_raw(&self, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post(path).header(CONTENT_TYPE, kind).header("sec-fetch-site", "same-origin");
        self.send(request.body(body.into()).unwrap()).await
    }

    /// Send any request with the cookies of this visitor.
    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        if self.stays && self.cookie("session").is_some_and(|kept| Ticket::read(&kept, &self.app.seal).is_some()) {
            self.signs_in_with(&self.token());
        }
        let jar = self.jar();
        if !jar.is_empty() {
            request.headers_mut().insert(COOKIE, jar.parse().unwrap());
        }
        request.headers_mut().entry(HOST).or_insert("catchball.test".parse().unwrap());
        if let Some(language) = self.language {
            request.headers_mut().insert(ACCEPT_LANGUAGE, language.parse().unwrap());
        }
        if let Some(address) = self.address {
            request.extensions_mut().insert(catchball::web::server::Peer(address));
        }
        let described = format!("{} {} by {}", request.method(), request.uri(), self.name);
        let response = self.router.clone().oneshot(request).await.unwrap();
        self.keep(response.headers());
        Answer::of(described, response).await
    }

    fn keep(&self, headers: &axum::http::HeaderMap) {
        let mut cookies = self.cookies.lock().unwrap();
        for header in headers.get_all(SET_COOKIE) {
            let text = header.to_str().unwrap();
            let (name, rest) = text.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if value.is_empty() || text.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// Send a request without a body by a method, as the walk over all routes does.
    pub async fn method(&self, method: &Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }
}
