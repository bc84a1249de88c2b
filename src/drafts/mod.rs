//! Drafts: what is being written, kept on the way so that a crash or a lost session takes nothing.
//!
//! A draft is private property of whoever writes it: it is read through their own session only, stands on no page of
//! anybody else, in no list of an admin and in no export, moves no change counter, and is gone when it is sent. A form asks
//! for it with a hidden field named `draft`; a form without one, such as a nameless throw, leaves no trace.

pub mod clock;
pub mod layer;
pub mod pages;
pub mod store;
pub mod wipe;

use crate::web::Form;
use crate::web::fields::MOST;
use crate::web::form::{DRAFT, DRAFT_PAGE, KEY, VERSION};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashSet;

/// The place of the throw.
pub const THROW: &str = "idea";
/// The field that says how a throw is to be thrown.
pub const WAY: &str = "way";
/// How long a draft is kept that nobody touches.
pub const KEPT: TimeDelta = TimeDelta::days(90);
/// The most bytes of a draft.
const LARGEST: usize = 400_000;

/// What is being written in one form.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Draft {
    pub place: String,
    pub address: String,
    pub fields: String,
    pub saved_at: DateTime<Utc>,
}

/// Names and texts of a form.
pub type Fields = Vec<(String, String)>;

impl Draft {
    /// The fields, no more than a form has; none when they can't be read.
    pub fn fields(&self) -> Fields {
        let mut fields: Fields = serde_json::from_str(&self.fields).unwrap_or_default();
        fields.truncate(MOST);
        fields
    }

    /// The beginning of its longest text.
    pub fn title(&self) -> String {
        let fields = self.fields();
        let longest = fields
            .iter()
            .filter(|(name, _)| name != WAY)
            .map(|(_, text)| text.as_str())
            .max_by_key(|text| text.chars().count());
        crate::text::headline(longest.unwrap_or_default()).0
    }
}

/// Whether a draft may belong there: a short plain word, such as `idea` or `comment:` and an identifier.
pub fn is_place(place: &str) -> bool {
    let known = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, ':' | '-' | '_' | '/');
    (1..=100).contains(&place.len()) && place.chars().all(known)
}

/// Whether it is the address of a page here.
pub fn is_address(address: &str) -> bool {
    let plain = address.chars().all(|letter| letter.is_ascii_graphic() && letter != '\\');
    address.len() <= 200 && address.starts_with('/') && !address.starts_with("//") && plain
}

/// What was written before with what was sent now: a text that was emptied is gone, one that is not in this form stays.
/// Keys, versions and passwords are no draft.
pub fn merge(before: Fields, form: &Form) -> Fields {
    let is_text = |name: &str| {
        !matches!(name, KEY | VERSION | DRAFT | DRAFT_PAGE | "save") && !name.contains("password") && name.len() <= 100
    };
    let sent: Vec<_> = form.values().iter().filter(|(name, _)| is_text(name)).collect();
    let names: HashSet<&str> = sent.iter().map(|(name, _)| name.as_str()).collect();
    let mut fields = before;
    fields.retain(|(name, _)| !names.contains(name.as_str()));
    fields.extend(sent.into_iter().filter(|(_, text)| !text.trim().is_empty()).cloned());
    // The way that is chosen is nothing that somebody wrote.
    if fields.iter().all(|(name, _)| name == WAY) { Fields::new() } else { fields }
}

/// The fields as they are kept; nothing when they are too much.
pub fn written(fields: &Fields) -> Option<String> {
    let few_enough = fields.len() <= MOST;
    serde_json::to_string(fields).ok().filter(|text| few_enough && text.len() <= LARGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(fields: &[(&str, &str)]) -> Fields {
        fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_small_form_takes_nothing_from_a_large_one() {
        let form =
            Form::filled([("hurt", "new"), ("why", " "), ("key", "x"), ("password", "secret"), ("draft", "idea")]);
        let merged = merge(pairs(&[("hurt", "old"), ("why", "because"), ("better", "this")]), &form);
        assert_eq!(merged, pairs(&[("better", "this"), ("hurt", "new")]));
    }

    #[test]
    fn what_an_older_version_kept_of_too_many_fields_is_looked_at_no_further() {
        let many: Fields = (0..40_000).map(|number| (format!("f{number}"), "x".into())).collect();
        let draft = Draft {
            place: THROW.into(),
            address: "/ideas/new".into(),
            fields: serde_json::to_string(&many).unwrap(),
            saved_at: DateTime::default(),
        };
        assert_eq!(draft.fields().len(), MOST);
        assert_eq!(written(&many), None);
        let form = Form::filled((0..MOST).map(|number| (format!("g{number}"), "x")));
        assert_eq!(merge(draft.fields(), &form).len(), 2 * MOST);
        assert_eq!(written(&merge(draft.fields(), &form)), None);
    }

    #[test]
    fn places_and_addresses_are_plain() {
        assert!(is_place("idea") && is_place("comment:0198-af") && is_place("/ideas/0198:go-"));
        assert!(!is_place("") && !is_place("a b") && !is_place("<x>") && !is_place(&"a".repeat(101)));
        assert!(is_address("/ideas/new?from=1"));
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "ideas", "/a b"] {
            assert!(!is_address(foreign), "{foreign}");
        }
    }

    #[test]
    fn a_draft_is_called_by_its_longest_text() {
        let draft = Draft {
            place: THROW.into(),
            address: "/ideas/new".into(),
            fields: written(&pairs(&[("authority", "need_ok"), ("hurt", "Every quote waits")])).unwrap(),
            saved_at: DateTime::default(),
        };
        assert_eq!(draft.title(), "Every quote waits");
    }
}
