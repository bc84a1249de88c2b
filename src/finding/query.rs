//! What is looked for: the words somebody typed, and how near a word of a text comes to one of them.

use super::spelling::are_near;
use super::tokens::{is_unspaced, tokens};

/// How many of the words typed are looked for.
pub const MOST: usize = 8;

/// How a word of a text answers to a word typed, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// The same word.
    Same,
    /// It begins like it.
    Begins,
    /// It has the same stem: "quoting" and "quotes".
    Stem,
    /// The same but for a typing mistake.
    Mistyped,
}

/// How generous a comparison is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tolerance {
    /// Words as they are typed, or beginning like it.
    Strict,
    /// Other endings and typing mistakes too.
    Loose,
}

/// One word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub word: String,
    /// How many bytes of it are its stem; none where it has no other ending.
    stem: Option<usize>,
}

impl Term {
    /// A folded word to look for.
    pub fn new(word: String) -> Self {
        let stem = stem(&word).map(str::len);
        Self { word, stem }
    }

    /// How near this word of a text comes; nothing when it is another word.
    pub fn nearness(&self, word: &str, tolerance: Tolerance) -> Option<Nearness> {
        if word == self.word {
            return Some(Nearness::Same);
        }
        if self.begins_words() && word.starts_with(&self.word) {
            return Some(Nearness::Begins);
        }
        if tolerance == Tolerance::Strict {
            return None;
        }
        if self.stem().is_some_and(|mine| word.starts_with(mine) && (word == mine || stem(word) == Some(mine))) {
            return Some(Nearness::Stem);
        }
        are_near(&self.word, word).then_some(Nearness::Mistyped)
    }

    /// The nearest of these words.
    pub fn nearest<'a>(&self, words: impl IntoIterator<Item = &'a str>, tolerance: Tolerance) -> Option<Nearness> {
        let mut nearest = None;
        for nearness in words.into_iter().filter_map(|word| self.nearness(word, tolerance)) {
            nearest = Some(nearest.map_or(nearness, |nearest: Nearness| nearest.min(nearness)));
            if nearest == Some(Nearness::Same) {
                break;
            }
        }
        nearest
    }

    /// How a word that comes near at a strict look stands in a list of words with blanks around each.
    pub fn as_beginning(&self) -> String {
        if self.begins_words() { format!(" {}", self.word) } else { format!(" {} ", self.word) }
    }

    /// What all words begin with that can come near, but for typing mistakes.
    pub fn beginning(&self, tolerance: Tolerance) -> &str {
        match (tolerance, self.stem()) {
            (Tolerance::Loose, Some(stem)) => stem,
            _ => &self.word,
        }
    }

    fn stem(&self) -> Option<&str> {
        self.stem.map(|length| &self.word[..length])
    }

    /// Whether longer words that begin like it are meant too: not with a single letter.
    pub fn begins_words(&self) -> bool {
        self.word.chars().nth(1).is_some() || self.word.chars().all(is_unspaced)
    }
}

/// The words to look for: each once, the first ones when there are too many.
pub fn terms(typed: &str) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    for token in tokens(typed) {
        if terms.len() == MOST {
            break;
        }
        if !terms.iter().any(|term| term.word == token.word) {
            terms.push(Term::new(token.word));
        }
    }
    terms
}

/// A word without its ending, where what is left still says something. Endings of English and a few of its neighbours;
/// words of other languages are found by their beginning.
fn stem(word: &str) -> Option<&str> {
    const ENDINGS: [&str; 12] = ["ings", "ing", "ers", "ied", "ies", "ed", "er", "es", "en", "s", "e", "n"];
    const LEAST: usize = 4;
    ENDINGS.iter().find_map(|ending| {
        let rest = word.strip_suffix(ending)?;
        (rest.chars().count() >= LEAST).then_some(rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(typed: &str, word: &str, tolerance: Tolerance) -> Option<Nearness> {
        terms(typed)[0].nearness(word, tolerance)
    }

    #[test]
    fn beginnings_are_found_at_a_close_look_and_mistakes_at_a_wide_one() {
        assert_eq!(near("Quotes", "quotes", Tolerance::Strict), Some(Nearness::Same));
        assert_eq!(near("quot", "quotes", Tolerance::Strict), Some(Nearness::Begins));
        assert_eq!(near("quotse", "quotes", Tolerance::Strict), None);
        assert_eq!(near("quotse", "quotes", Tolerance::Loose), Some(Nearness::Mistyped));
        assert_eq!(near("quoting", "quotes", Tolerance::Loose), Some(Nearness::Stem));
        assert_eq!(near("q", "quotes", Tolerance::Loose), None);
        assert_eq!(near("価", "価格", Tolerance::Strict), Some(Nearness::Begins));
        assert_eq!(near("sheet", "desk", Tolerance::Loose), None);
    }

    #[test]
    fn each_word_is_looked_for_once_and_not_too_many() {
        let typed: Vec<String> = (0..50).map(|number| format!("w{number} W{number}")).collect();
        assert_eq!(terms(&typed.join(" ")).len(), MOST);
        assert!(terms("\"%_*\0 ()").is_empty());
    }

    #[test]
    fn what_comes_near_begins_with_the_beginning_or_is_a_mistake() {
        for (typed, word) in [("quoting", "quotes"), ("prices", "price"), ("customers", "customer")] {
            let term = &terms(typed)[0];
            assert!(word.starts_with(term.beginning(Tolerance::Loose)), "{typed}");
        }
    }
}
