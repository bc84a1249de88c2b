//! What came back: status, headers, and a page that is asked by selector.

use axum::body::to_bytes;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use scraper::{Html, Selector};

/// An answer of the application.
pub struct Answer {
    pub(super) request: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub async fn of(request: String, response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Self { request, status: parts.status, headers: parts.headers, body }
    }

    /// The status must be this one.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}\n{}", self.request, self.text("main"));
        self
    }

    /// The page says it; runs of blanks count as one.
    #[track_caller]
    pub fn sees(self, words: &str) -> Self {
        let text = self.text("body");
        assert!(text.contains(words), "{} does not say {words:?}:\n{text}", self.request);
        self
    }

    /// The page does not say it, nor hold it anywhere in its source.
    #[track_caller]
    pub fn does_not_see(self, words: &str) -> Self {
        let text = self.text("body");
        assert!(!text.contains(words) && !self.body.contains(words), "{} says {words:?}:\n{text}", self.request);
        self
    }

    /// It sends the visitor on; where to.
    #[track_caller]
    pub fn location(&self) -> String {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}\n{}", self.request, self.text("main"));
        self.headers[LOCATION].to_str().unwrap().to_owned()
    }

    /// It sends the visitor there.
    #[track_caller]
    pub fn goes_to(self, path: &str) -> Self {
        assert_eq!(self.location(), path, "{}", self.request);
        self
    }

    /// The words of all elements the selector finds, blanks folded, joined by a blank.
    pub fn text(&self, selector: &str) -> String {
        self.texts(selector).join(" ")
    }

    /// The words of each element the selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let page = Html::parse_document(&self.body);
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector)
            .map(|element| element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    /// An attribute of each element the selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let page = Html::parse_document(&self.body);
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).filter_map(|element| element.value().attr(name).map(str::to_owned)).collect()
    }

    /// The value of a field as it stands in the page: input, text area or chosen option.
    pub fn value(&self, name: &str) -> String {
        let input = self.attributes(&format!("input[name='{name}']"), "value");
        let chosen = self.attributes(&format!("select[name='{name}'] option[selected]"), "value");
        let area = self.texts(&format!("textarea[name='{name}']"));
        input.into_iter().chain(chosen).chain(area).next().unwrap_or_default()
    }

    /// The value of the field the selector finds.
    pub fn value_of(&self, selector: &str) -> String {
        self.attributes(selector, "value").into_iter().next().unwrap_or_default()
    }

    /// The source without the lists of everybody who could be chosen or mentioned: there a name says nothing.
    pub fn outside_lists(&self) -> String {
        let mut source = self.body.clone();
        for (opens, closes) in [("<select", "</select>"), ("<ul hidden data-names", "</ul>")] {
            while let Some(at) = source.find(opens) {
                let end = source[at..].find(closes).map_or(source.len(), |end| at + end + closes.len());
                source.replace_range(at..end, "");
            }
        }
        source
    }
}
