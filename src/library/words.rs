//! The words by which a lesson is found, and the story that is told on to others.

use super::Lesson;
use crate::finding::tokens::tokens;
use std::collections::BTreeSet;

/// How many different words of a lesson are kept.
const MOST: usize = 400;
/// A word that has no fewer letters than this is a name worth hiding by itself.
const SHORTEST_NAME: usize = 3;

/// A word as it is looked up: without the letter that only says that there are several.
fn stem(word: String) -> String {
    match word.strip_suffix('s') {
        Some(one) if one.chars().count() > 2 && !one.ends_with('s') => one.to_owned(),
        _ => word,
    }
}

/// The different words of texts, in the order of the alphabet.
pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let words = texts.into_iter().flat_map(tokens).map(|token| stem(token.word));
    words
        .filter(|word| word.chars().count() > 1 && word.len() <= 100)
        .take(MOST * 4)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .take(MOST)
        .collect()
}

impl Lesson {
    /// The words by which it is found: of the problem, the measure, what was tried and what was learned.
    pub fn words(&self) -> BTreeSet<String> {
        let texts = [
            self.name.as_str(),
            self.hurt.as_deref().unwrap_or_default(),
            self.measure.as_deref().unwrap_or_default(),
            &self.doing,
            &self.expectation,
            &self.because,
            &self.happened,
            &self.learned,
            &self.team,
        ];
        of(texts)
    }

    /// The story for others, without the names of our people and teams; names of customers are for a person to take out.
    pub fn story(&self, names: &[String]) -> String {
        let part = |before: &str, words: &str| {
            if words.trim().is_empty() { String::new() } else { format!("{before}{}\n\n", sentence(words)) }
        };
        let hurt = self.hurt.as_deref().unwrap_or_default();
        let ended = match self.state {
            crate::experiments::State::Adopted => "It is our way now.",
            crate::experiments::State::Adapted => "We changed it and tried again.",
            _ => "We did not keep it, and are glad that we know.",
        };
        let told = [
            format!("{}\n\n", self.name),
            part("What hurt: ", hurt),
            part("What we tried: ", &self.doing),
            part("What we expected: ", &self.prediction()),
            part("Why: ", &self.because),
            part("What happened: ", &self.happened),
            part("What we learned: ", &self.learned),
            ended.to_owned(),
        ];
        without_names(&told.concat(), names)
    }
}

fn sentence(words: &str) -> String {
    let words = words.trim();
    let ends = words.ends_with(['.', '!', '?', '\u{201d}', '"', '\u{2026}']);
    if ends { words.to_owned() } else { format!("{words}.") }
}

/// A text in which names, and first and last names by themselves, are "somebody of us".
pub fn without_names(text: &str, names: &[String]) -> String {
    let mut known: Vec<&str> = names.iter().map(String::as_str).collect();
    known.extend(names.iter().flat_map(|name| name.split_whitespace()));
    known.retain(|name| name.chars().count() >= SHORTEST_NAME && name.chars().next().is_some_and(char::is_uppercase));
    // The longest first, so that a whole name is not taken for its part.
    known.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let at_a_beginning = told.chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        let found = known.iter().find(|name| {
            at_a_beginning
                && rest.starts_with(**name)
                && rest[name.len()..].chars().next().is_none_or(|after| !after.is_alphanumeric())
        });
        if let Some(name) = found {
            told.push_str("somebody of us");
            rest = &rest[name.len()..];
        } else {
            told.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_one_and_in_many() {
        let words = of(["Quotes, twice the QUOTE", "glass of classes"]);
        assert_eq!(words.into_iter().collect::<Vec<_>>(), ["classe", "glass", "of", "quote", "the", "twice"]);
    }

    #[test]
    fn a_story_has_no_name_of_ours() {
        let names = ["Priya Nair".to_owned(), "Field North".to_owned(), "Bo".to_owned()];
        let told = without_names("Priya Nair of Field North told Priya: the north, Priyanka and Bo stay.", &names);
        assert_eq!(told, "somebody of us of somebody of us told somebody of us: the north, Priyanka and Bo stay.");
    }
}
