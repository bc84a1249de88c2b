//! A page that somebody has open: they fill in fields and press a button, and what is sent is what a browser sends.

use super::form::PageForm;
use super::{Answer, Visitor};
use std::panic::Location;

/// A page in somebody's browser, with what they have filled in so far.
#[must_use = "a page sends nothing before a button is pressed"]
pub struct Page<'a> {
    who: &'a Visitor,
    from: From,
    filled: Vec<(String, String)>,
    files: Vec<(String, String, Vec<u8>)>,
}

/// Where the page comes from.
enum From {
    Path(String),
    /// What an answer shows: what it was an answer to, and its source.
    Answer(String, String),
}

impl Visitor {
    /// Open a page to do something on it. It is read when a button is pressed.
    pub fn opens(&self, path: &str) -> Page<'_> {
        self.page(From::Path(path.to_owned()))
    }

    /// Go on with a page as it came: one that was refused, or one that is open for a while.
    pub fn on(&self, page: &Answer) -> Page<'_> {
        self.page(From::Answer(page.request.clone(), page.body.clone()))
    }

    /// Throw an idea from the page for it.
    #[track_caller]
    pub fn throws<'a, V: AsRef<str>>(&'a self, fields: &[(&str, V)]) -> impl Future<Output = Answer> + use<'a, V> {
        self.opens("/ideas/new").fills(fields).sends("Throw it")
    }

    fn page(&self, from: From) -> Page<'_> {
        Page { who: self, from, filled: Vec::new(), files: Vec::new() }
    }
}

impl<'a> Page<'a> {
    /// Fill in these fields, choose these options, tick these boxes.
    pub fn fills<V: AsRef<str>>(mut self, fields: &[(&str, V)]) -> Self {
        self.filled.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), value.as_ref().to_owned())));
        self
    }

    /// Fill in the words, which most forms ask for.
    pub fn says(self, words: &str) -> Self {
        self.fills(&[("words", words)])
    }

    /// Choose a file.
    pub fn attaches(mut self, field: &str, name: &str, bytes: &[u8]) -> Self {
        self.files.push((field.to_owned(), name.to_owned(), bytes.to_vec()));
        self
    }

    /// Press the button with these words, in the form that takes what was filled in.
    #[track_caller]
    pub fn sends(self, button: &str) -> impl Future<Output = Answer> + use<'a> {
        let (button, at) = (button.to_owned(), Location::caller());
        async move {
            let (what, source) = match self.from {
                From::Path(path) => (path.clone(), self.who.get(&path).await.body),
                From::Answer(request, source) => (request, source),
            };
            match PageForm::pressed(&source, &button, &self.filled) {
                Ok(form) => send(self.who, &what, &form, &self.files).await,
                Err(trouble) => panic!("{at}: {} has {what} open: {trouble}", self.who.name),
            }
        }
    }
}

async fn send(who: &Visitor, page: &str, form: &PageForm, files: &[(String, String, Vec<u8>)]) -> Answer {
    let fields: Vec<_> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let action = if form.action.is_empty() { page } else { &form.action };
    if form.has_files {
        let files: Vec<_> =
            files.iter().map(|(field, name, bytes)| (field.as_str(), name.as_str(), &bytes[..])).collect();
        who.post_files(action, &fields, &files).await
    } else if form.is_sent {
        who.post_exactly(action, &fields).await
    } else {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        who.get(&format!("{action}?{query}")).await
    }
}
