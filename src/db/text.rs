//! Several statements as one text, which SQLite takes in one trip. Its `$n` count in the values of all of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many joined texts are remembered; more than this are forgotten together.
const MOST: usize = 1_000;

/// A statement's text and how many values come with it.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) text: &'static str,
    pub(super) values: usize,
}

/// Of each part: where its text stands in the program, how long it is, how many values it has.
type Key = Vec<(usize, usize, usize)>;

/// Texts that were joined before, by the places of their parts in the program.
#[derive(Default)]
pub(super) struct Texts {
    known: Mutex<HashMap<Key, Arc<str>>>,
}

impl Texts {
    /// The parts in one text. A `$n` without a value is refused: SQLite would take NULL or another statement's value.
    pub(super) fn joined(&self, parts: &[Part]) -> sqlx::Result<Arc<str>> {
        let key: Vec<_> = parts.iter().map(|part| (part.text.as_ptr().addr(), part.text.len(), part.values)).collect();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = known.get(&key) {
            return Ok(text.clone());
        }
        let text: Arc<str> = Arc::from(join(parts)?);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, text.clone());
        Ok(text)
    }
}

fn join(parts: &[Part]) -> sqlx::Result<String> {
    let mut whole = String::with_capacity(parts.iter().map(|part| part.text.len() + 8).sum());
    let mut before = 0;
    for part in parts {
        if !whole.is_empty() {
            // On lines of their own: a comment may end the text in front.
            whole.push_str("\n;\n");
        }
        let highest = renumber(part.text, before, &mut whole);
        if highest > part.values {
            let told = format!("${highest} has no value, {} came with: {}", part.values, part.text);
            return Err(sqlx::Error::Protocol(told));
        }
        before += part.values;
    }
    Ok(whole)
}

/// Write the text down with `before` added to each `$n`; the highest `n` there was. What is quoted stays.
pub(super) fn renumber(text: &str, before: usize, whole: &mut String) -> usize {
    let mut highest = 0;
    let mut rest = text;
    while let Some(at) = rest.find(['$', '\'', '"', '-', '/']) {
        let (plain, from) = rest.split_at(at);
        whole.push_str(plain);
        let length = quoted(from);
        if length > 0 {
            whole.push_str(&from[..length]);
            rest = &from[length..];
            continue;
        }
        whole.push_str(&from[..1]);
        rest = &from[1..];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if from.starts_with('$')
            && let Ok(number) = rest[..digits].parse::<usize>()
        {
            highest = highest.max(number);
            let is_limit = whole.ends_with("LIMIT $");
            whole.push_str(&(number + before).to_string());
            // SQLite looks at the value of a bare limit, and makes its plan anew for each that is bound.
            whole.push_str(if is_limit { " + 0" } else { "" });
            rest = &rest[digits..];
        }
    }
    whole.push_str(rest);
    highest
}

/// How long the quotation or comment is that begins here; 0 where none does.
fn quoted(text: &str) -> usize {
    let end = |open: usize, close: &str| text[open..].find(close).map_or(text.len(), |at| open + at + close.len());
    match text.as_bytes() {
        [b'\'', ..] => end(1, "'"),
        [b'"', ..] => end(1, "\""),
        [b'-', b'-', ..] => end(2, "\n"),
        [b'/', b'*', ..] => end(2, "*/"),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(parts: &[(&'static str, usize)]) -> sqlx::Result<String> {
        join(&parts.iter().map(|(text, values)| Part { text, values: *values }).collect::<Vec<_>>())
    }

    #[test]
    fn numbers_count_in_the_values_of_all_statements() {
        let text = joined(&[("SELECT $1, $2", 2), ("SELECT $2::uuid, $1, $2", 2), ("SELECT 1", 0), ("SELECT $1", 1)]);
        assert_eq!(text.unwrap(), "SELECT $1, $2\n;\nSELECT $4::uuid, $3, $4\n;\nSELECT 1\n;\nSELECT $5");
    }

    #[test]
    fn a_limit_is_never_a_bare_value() {
        let text = joined(&[("SELECT 1 LIMIT $1", 1), ("SELECT 1 LIMIT $1 OFFSET $2", 2)]);
        assert_eq!(text.unwrap(), "SELECT 1 LIMIT $1 + 0\n;\nSELECT 1 LIMIT $2 + 0 OFFSET $3");
    }

    #[test]
    fn what_is_quoted_stays() {
        let odd = "SELECT '$1 it''s $2', \"a$1\", $1 - 1 / 2 -- $3 'x\n, /* $4 ' */ 'ü$9' || $2 -- end $1";
        let text = joined(&[("SELECT $1", 1), (odd, 2)]).unwrap();
        let wanted = "SELECT '$1 it''s $2', \"a$1\", $2 - 1 / 2 -- $3 'x\n, /* $4 ' */ 'ü$9' || $3 -- end $1";
        assert_eq!(text, format!("SELECT $1\n;\n{wanted}"));
    }

    #[test]
    fn a_number_without_a_value_is_refused() {
        assert!(joined(&[("SELECT $1, $2", 1), ("SELECT $1", 1)]).is_err());
        assert!(joined(&[("SELECT $1", 2)]).is_ok());
    }

    #[test]
    fn a_text_is_joined_once() {
        let texts = Texts::default();
        let part = Part { text: "SELECT $1", values: 1 };
        let first = texts.joined(&[part, part]).unwrap();
        assert!(Arc::ptr_eq(&first, &texts.joined(&[part, part]).unwrap()));
    }
}
