//! Caches for what holds until something changes: all of it is cleared when the change counter moves.

use crate::App;
use crate::db::Counter;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::locale::Locale;
use crate::web::flash::Flash;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

const MOST: usize = 400;
/// How many bytes the kept pages have together, and one of them: whoever asks for many addresses fills no memory.
const MOST_BYTES: usize = 8 * 1024 * 1024;
const LARGEST_PAGE: usize = 256 * 1024;

/// Values by key, good for one state of the change counter.
pub struct Cache<K, V> {
    kept: Mutex<Kept<K, V>>,
}

struct Kept<K, V> {
    counter: Counter,
    values: HashMap<K, V>,
    /// What they weigh together, where that was said.
    bytes: usize,
}

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self { kept: Mutex::new(Kept { counter: None, values: HashMap::new(), bytes: 0 }) }
    }
}

impl<K: Eq + Hash, V: Clone> Cache<K, V> {
    /// What was kept for the key at this state of the counter. Nothing while the counter is unknown.
    pub fn get<Q>(&self, counter: Counter, key: &Q) -> Option<V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        (counter.is_some() && kept.counter == counter).then(|| kept.values.get(key).cloned()).flatten()
    }

    /// Forget the values of some keys, because what they hold has changed for these alone.
    pub fn forget(&self, is_gone: impl Fn(&K, &V) -> bool) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.values.retain(|key, value| !is_gone(key, value));
    }

    /// Keep a value that was made after the counter was read.
    pub fn put(&self, counter: Counter, key: K, value: V) {
        self.put_of(counter, key, value, 0);
    }

    /// The same with what it weighs.
    pub fn put_of(&self, counter: Counter, key: K, value: V, bytes: usize) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // One that began earlier and ends later must not throw away what is newer.
        if counter < kept.counter {
            return;
        }
        if kept.counter != counter || kept.values.len() >= MOST || kept.bytes + bytes > MOST_BYTES {
            kept.values.clear();
            (kept.counter, kept.bytes) = (counter, 0);
        }
        kept.bytes += bytes;
        kept.values.insert(key, value);
    }
}

/// Whose page it is, its address, as whose language days and figures are written, how many notices it says are new (they are seen without moving the counter, perhaps in
/// another process), and the minute it was drawn in (ages are words of the minute).
#[derive(PartialEq, Eq, Hash)]
struct PageKey {
    person: PersonId,
    /// Path and query.
    address: String,
    locale: Locale,
    unread: i64,
    /// Minutes since 1970.
    minute: i64,
}

/// A page that was drawn for this person since the last change, in this minute; drawn anew otherwise.
///
/// `counter` is where the change counter stands, as this request has read it or as this process knows for sure; `unread`
/// how many notices are new to the person.
pub async fn page(
    app: &App,
    person: PersonId,
    (counter, unread): (Counter, i64),
    request: Request,
    next: Next,
) -> Response {
    let says_something = request.extensions().get::<Flash>().is_some();
    if *request.method() != Method::GET || says_something {
        return next.run(request).await;
    }
    let pages = app.memory::<Cache<PageKey, Bytes>>();
    let address = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let (locale, minute) = (Locale::reader(), app.world.now().timestamp().div_euclid(60));
    let key = PageKey { person, address, locale, unread, minute };
    if let Some(page) = pages.get(counter, &key) {
        return ([(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], page).into_response();
    }
    let response = next.run(request).await;
    if !response.status().is_success() {
        return response;
    }
    match taken_apart(response).await {
        Ok((response, page)) => {
            if page.len() <= LARGEST_PAGE {
                let bytes = page.len();
                pages.put_of(counter, key, page, bytes);
            }
            response
        }
        Err(error) => error.into_response(),
    }
}

/// Forget the pages that were drawn for this person.
pub fn forget_pages(app: &App, person: PersonId) {
    app.memory::<Cache<PageKey, Bytes>>().forget(|key, _| key.person == person);
}

async fn taken_apart(response: Response) -> Result<(Response, Bytes)> {
    let (parts, body) = response.into_parts();
    let page = to_bytes(body, usize::MAX).await.map_err(|error| Error::from(anyhow::Error::from(error)))?;
    Ok((Response::from_parts(parts, Body::from(page.clone())), page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_holds_until_the_counter_moves() {
        let cache = Cache::<&str, i32>::default();
        cache.put(Some(1), "page", 7);
        assert_eq!(cache.get(Some(1), "page"), Some(7));
        assert_eq!(cache.get(Some(2), "page"), None);
        cache.put(Some(2), "page", 8);
        cache.put(Some(1), "page", 7);
        assert_eq!(cache.get(Some(2), "page"), Some(8));
    }

    #[test]
    fn what_is_kept_weighs_no_more_than_there_is_room() {
        let cache = Cache::<usize, usize>::default();
        for value in 0..MOST {
            cache.put_of(Some(1), value, value, MOST_BYTES / 10);
            let kept = (0..MOST).filter(|value| cache.get(Some(1), value).is_some()).count();
            assert!((1..=10).contains(&kept), "{kept}");
            assert_eq!(cache.get(Some(1), &value), Some(value), "the newest is there");
        }
    }

    #[test]
    fn nothing_is_taken_while_the_counter_is_unknown() {
        let cache = Cache::<&str, i32>::default();
        cache.put(None, "page", 7);
        assert_eq!(cache.get(None, "page"), None);
    }
}
