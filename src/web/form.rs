//! A form as it was typed, with the messages at its fields: whatever is refused comes back word for word.

use crate::App;
use crate::error::Error;
use crate::lengths::Length;
use crate::locale::{self, Locale};
use crate::web::fields;
use axum::extract::{FromRequest, Request};
use chrono::{Datelike, NaiveDate, NaiveTime};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

/// The hidden field with the key that makes a form count once.
pub const KEY: &str = "key";
/// The hidden field with the version of the record that the page showed.
pub const VERSION: &str = "version";
/// The hidden field that says to which draft the fields of a form belong.
pub const DRAFT: &str = "draft";
/// The hidden field with the address of the page on which the form is.
pub const DRAFT_PAGE: &str = "draft_page";

/// The most bytes of a day, a number, or one of several values.
const LONGEST_VALUE: usize = 200;

/// What was typed, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Form {
    values: Vec<(String, String)>,
    errors: Vec<(String, String)>,
}

/// A fresh key for a form that makes something.
pub struct NewKey(pub Uuid);

/// Where the form extractor leaves a copy for the error page and for the layer that forgets drafts.
pub type SubmittedForm = Arc<Mutex<Option<Form>>>;

impl Form {
    /// A form with these values, as when something is edited.
    pub fn filled<N: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (N, V)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { values, errors: Vec::new() }
    }

    /// An empty form with a fresh key.
    pub fn fresh(key: Uuid) -> Self {
        Self::filled([(KEY, key.to_string())])
    }

    /// Set a value, as a hidden field.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.retain(|(known, _)| known != name);
        self.values.push((name.to_owned(), value.into()));
    }

    /// What was typed in the field; nothing if it was not there.
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// All that was typed, in order.
    pub fn values(&self) -> &[(String, String)] {
        &self.values
    }

    /// Whether the box of the field is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.value(name).is_empty()
    }

    /// The message at the field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|(known, _)| known == name).map(|(_, message)| message.as_str())
    }

    /// All messages with the names of their fields.
    pub fn errors(&self) -> &[(String, String)] {
        &self.errors
    }

    /// Whether nothing is wrong so far.
    pub fn is_good(&self) -> bool {
        self.errors.is_empty()
    }

    /// Put a message at a field; the first one stays.
    pub fn refuse(&mut self, name: &str, message: impl Into<String>) {
        if self.error(name).is_none() {
            self.errors.push((name.to_owned(), message.into()));
        }
    }

    /// An optional text of at most this length, without blanks around it.
    pub fn text(&mut self, name: &str, most: Length) -> String {
        let text = self.value(name).replace("\r\n", "\n");
        // Composed, as most keyboards write: the same words are the same bytes.
        let text: String = text.nfc().filter(|&letter| !is_unreadable(letter)).collect();
        // A text of signs without a shape, such as a lone zero-width space, is no text.
        let text = if text.chars().all(is_unseen) { String::new() } else { text.trim().to_owned() };
        if let Some(why) = most.refuses(&[&text]) {
            self.refuse(name, why);
        }
        text
    }

    /// A text that must be there; the message says what to write.
    pub fn needed(&mut self, name: &str, most: Length, message: &str) -> String {
        let text = self.text(name, most);
        if text.is_empty() {
            self.refuse(name, message);
        }
        text
    }

    /// What stands in the field, read; nothing if it is empty, and a message if it can't be read.
    fn read<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.value(name).trim().to_owned();
        if text.is_empty() {
            return None;
        }
        if text.len() > LONGEST_VALUE {
            self.refuse(name, "This is too long to be read.");
            return None;
        }
        read(&text).map_err(|message| self.refuse(name, message)).ok()
    }

    /// The same value, with a message at the field where there is none.
    fn must<T>(&mut self, name: &str, value: Option<T>, message: &str) -> Option<T> {
        if value.is_none() {
            self.refuse(name, message);
        }
        value
    }

    /// An optional day.
    pub fn date(&mut self, name: &str) -> Option<NaiveDate> {
        self.read(name, |text| {
            let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
            let date = date.filter(|date| (1970..=2999).contains(&date.year()));
            date.ok_or_else(|| format!("{text:?} is not a day. Write it as 2026-03-31."))
        })
    }

    /// A day that must be chosen; the message says which.
    pub fn needed_day(&mut self, name: &str, message: &str) -> Option<NaiveDate> {
        let day = self.date(name);
        self.must(name, day, message)
    }

    /// A time of day that must be chosen; the message says which.
    pub fn needed_time(&mut self, name: &str, message: &str) -> Option<NaiveTime> {
        let time = self.read(name, |text| {
            let time = ["%H:%M", "%H:%M:%S"].iter().find_map(|form| NaiveTime::parse_from_str(text, form).ok());
            time.ok_or_else(|| format!("{text:?} is not a time. Write it as 14:30."))
        });
        self.must(name, time, message)
    }

    /// An optional number, with a decimal point or comma; `1.234` may be more than a thousand to a reader who writes a
    /// decimal comma, as `1,234` may to all others.
    pub fn number(&mut self, name: &str) -> Option<f64> {
        self.read(name, |typed| parse(typed, &locale::typed(typed)))
    }

    /// One of several values, such as an identifier or a choice; nothing if empty, a message if unknown.
    pub fn choice<T: FromStr>(&mut self, name: &str) -> Option<T> {
        self.read(name, |text| text.parse().map_err(|_| String::from("Choose one of the list.")))
    }

    /// One of several values that must be chosen; the message says what to choose.
    pub fn chosen<T: FromStr>(&mut self, name: &str, message: &str) -> Option<T> {
        let choice = self.choice(name);
        self.must(name, choice, message)
    }

    /// The key that makes the form count once; a form without one is not ours.
    pub fn key<Id: From<Uuid>>(&self) -> Result<Id, Error> {
        let key = self.value(KEY).parse::<Uuid>();
        key.map(Id::from).map_err(|_| Error::Unreadable("The form came without its key. Open the page again.".into()))
    }

    /// The version of the record that the page showed.
    pub fn version(&self) -> Result<i64, Error> {
        let version = self.value(VERSION).parse();
        version.map_err(|_| Error::Unreadable("The form came without its version. Open the page again.".into()))
    }
}

/// Whether it turns the direction of the words behind it, which may be another's.
pub fn turns(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_unreadable(letter: char) -> bool {
    turns(letter) || letter.is_control() && !matches!(letter, '\n' | '\t')
}

/// Whether it leaves nothing to see by itself; inside a text such signs join letters and are kept.
pub fn is_unseen(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// A number as people write it: `1234.5`, `1234,5`, `1 234,5`, `1.234,5`, `1,234.5`, `62 %`.
///
/// # Errors
/// A sentence for what is no finite number, and for `1,234`, which may be read in two ways.
pub fn parse_number(typed: &str) -> Result<f64, String> {
    parse(typed, typed)
}

/// A number with the marks of English, and as it was typed, for the message.
fn parse(typed: &str, text: &str) -> Result<f64, String> {
    let refused = |why: &str| Err(format!("{typed:?} {why}"));
    let is_left_out = |sign: char| sign.is_whitespace() || matches!(sign, '\'' | '\u{2019}');
    let text: String = text.trim().trim_end_matches('%').chars().filter(|sign| !is_left_out(*sign)).collect();
    let text = text.replace('\u{2212}', "-");
    let plain = match (text.rfind('.'), text.rfind(',')) {
        (Some(point), Some(comma)) if comma > point => text.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => text.replace(',', ""),
        (None, Some(_)) if text.matches(',').count() > 1 => text.replace(',', ""),
        (None, Some(comma)) if text.len() - comma == 4 && !text.trim_start_matches('-').starts_with('0') => {
            let mark = Locale::reader().decimal_word();
            let two_ways = "may be read in two ways. Write it without the mark for thousands, or with a";
            return refused(&format!("{two_ways} {mark}."));
        }
        (None, Some(_)) => text.replace(',', "."),
        _ => text,
    };
    let looks_right = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'));
    match plain.parse::<f64>() {
        Ok(number) if looks_right && number.is_finite() && number.abs() <= 1e15 => Ok(number),
        Ok(number) if looks_right && number.abs() > 1e15 => refused("is too large to be a count or an amount."),
        _ => refused("is not a number. Write it like 31 or 31.5."),
    }
}

impl FromRequest<App> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let typed = request.extensions().get::<SubmittedForm>().cloned();
        let form = Self::filled(fields::read(request, app).await?.into_values());
        if let Some(typed) = typed {
            *typed.lock().unwrap_or_else(PoisonError::into_inner) = Some(form.clone());
        }
        Ok(form)
    }
}

impl axum::extract::FromRequestParts<App> for NewKey {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(_: &mut axum::http::request::Parts, app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(app.world.id()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN: Length = Length { words: 10, characters: 10 };

    #[test]
    fn numbers_are_understood_as_people_write_them() {
        let cases = [
            ("31", 31.0),
            ("31.5", 31.5),
            ("31,5", 31.5),
            (" 62 % ", 62.0),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("1 234,5", 1234.5),
            ("1'234.5", 1234.5),
            ("1,234,567", 1_234_567.0),
            ("-3", -3.0),
            ("\u{2212}3", -3.0),
            ("0,125", 0.125),
            ("1e3", 1000.0),
        ];
        for (typed, number) in cases {
            assert!(parse_number(typed).is_ok_and(|read| (read - number).abs() < 1e-9), "{typed}");
        }
    }

    #[test]
    fn a_reader_with_a_decimal_comma_is_asked_about_the_point() {
        let read = |typed: &str| {
            let mut form = Form::filled([("size", typed)]);
            let number = Locale::German.with(|| form.number("size"));
            (number, form.error("size").map(str::to_owned))
        };
        for (typed, number) in
            [("12,5", 12.5), ("12.5", 12.5), ("2,950", 2.95), ("1.234,5", 1234.5), ("1,234.5", 1234.5)]
        {
            assert_eq!(read(typed), (Some(number), None), "{typed}");
        }
        let two_ways = "\"2.950\" may be read in two ways. Write it without the mark for thousands, or with a comma.";
        assert_eq!(read("2.950"), (None, Some(two_ways.into())));
    }

    #[test]
    fn what_is_no_number_is_refused_with_a_sentence() {
        for typed in ["NaN", "inf", "-Infinity", "abc", "", "1e308", "1e999", "12,345", "3h", "1.2.3", "--1", "٣"] {
            let message = parse_number(typed).unwrap_err();
            assert!(message.ends_with('.'), "{message}");
        }
    }

    #[test]
    fn a_time_of_day_is_read_as_a_browser_sends_it() {
        let time = |typed: &str| {
            let mut form = Form::filled([("time", typed)]);
            let time = form.needed_time("time", "Choose the time.");
            (time, form.error("time").map(str::to_owned))
        };
        let ten = NaiveTime::from_hms_opt(10, 0, 0);
        assert_eq!((time("10:00"), time("10:00:00")), ((ten, None), (ten, None)));
        assert_eq!(time(" "), (None, Some("Choose the time.".into())));
        assert_eq!(time("25:00"), (None, Some("\"25:00\" is not a time. Write it as 14:30.".into())));
    }

    #[test]
    fn a_refused_form_keeps_what_was_typed() {
        let mut form = Form::filled([("hurt", "  "), ("when", "31.3."), ("size", "many")]);
        form.needed("hurt", TEN, "Say where it hurts.");
        form.date("when");
        form.number("size");
        assert_eq!(form.errors().len(), 3);
        assert_eq!(form.value("when"), "31.3.");
        assert_eq!(form.error("hurt"), Some("Say where it hurts."));
    }

    #[test]
    fn a_text_without_a_visible_sign_is_no_text() {
        for typed in ["\u{7}\u{1}", "\u{200b}", "\u{feff} \u{200f}", "\u{202e}", "\0"] {
            let mut form = Form::filled([("hurt", typed)]);
            assert_eq!(form.needed("hurt", TEN, "Say where it hurts."), "");
            assert_eq!(form.error("hurt"), Some("Say where it hurts."), "{typed:?}");
            assert_eq!(form.value("hurt"), typed);
        }
    }

    #[test]
    fn a_text_cannot_turn_the_words_behind_it() {
        let mut form = Form::filled([("name", "\u{202e}eve\u{7}\r\na\u{200d}b\tc")]);
        assert_eq!(form.text("name", TEN), "eve\na\u{200d}b\tc");
    }

    #[test]
    fn too_long_a_text_is_refused_and_kept() {
        let mut form = Form::filled([("why", "äöü")]);
        form.text("why", TEN.less(8));
        assert_eq!(form.error("why"), Some("This has 3 characters; 2 are the most. Your text is kept."));
        assert_eq!(form.value("why"), "äöü");
    }
}
