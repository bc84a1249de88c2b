//! What is looked for: the words somebody typed, and how near a word of a text comes to one of them.

use super::spelling::are_near;
use super::words::{is_unspaced, tokens};

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

/// How generous a look is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Words as they are typed, or beginning like it.
    Close,
    /// Other endings and typing mistakes too.
    Wide,
}

/// One word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub word: String,
    stem: Option<String>,
}

impl Term {
    /// A folded word to look for.
    pub fn new(word: String) -> Self {
        let stem = stem(&word);
        Self { word, stem }
    }

    /// How near this word of a text comes; nothing when it is another word.
    pub fn nearness(&self, word: &str, look: Look) -> Option<Nearness> {
        if word == self.word {
            return Some(Nearness::Same);
        }
        if self.begins_words() && word.starts_with(&self.word) {
            return Some(Nearness::Begins);
        }
        if look == Look::Close {
            return None;
        }
        let same_stem = self.stem.as_ref().is_some_and(|mine| stem(word).as_ref() == Some(mine) || word == mine);
        if same_stem {
            return Some(Nearness::Stem);
        }
        are_near(&self.word, word).then_some(Nearness::Mistyped)
    }

    /// The nearest of these words.
    pub fn nearest<'a>(&self, words: impl IntoIterator<Item = &'a str>, look: Look) -> Option<Nearness> {
        words.into_iter().filter_map(|word| self.nearness(word, look)).min()
    }

    /// What all words begin with that can come near, but for typing mistakes.
    pub fn beginning(&self, look: Look) -> &str {
        match (look, &self.stem) {
            (Look::Wide, Some(stem)) => stem,
            _ => &self.word,
        }
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
fn stem(word: &str) -> Option<String> {
    const ENDINGS: [&str; 12] = ["ings", "ing", "ers", "ied", "ies", "ed", "er", "es", "en", "s", "e", "n"];
    const LEAST: usize = 4;
    let cut = ENDINGS.iter().find_map(|ending| {
        let rest = word.strip_suffix(ending)?;
        (rest.chars().count() >= LEAST).then_some(rest)
    })?;
    Some(cut.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(typed: &str, word: &str, look: Look) -> Option<Nearness> {
        terms(typed)[0].nearness(word, look)
    }

    #[test]
    fn beginnings_are_found_at_a_close_look_and_mistakes_at_a_wide_one() {
        assert_eq!(near("Quotes", "quotes", Look::Close), Some(Nearness::Same));
        assert_eq!(near("quot", "quotes", Look::Close), Some(Nearness::Begins));
        assert_eq!(near("quotse", "quotes", Look::Close), None);
        assert_eq!(near("quotse", "quotes", Look::Wide), Some(Nearness::Mistyped));
        assert_eq!(near("quoting", "quotes", Look::Wide), Some(Nearness::Stem));
        assert_eq!(near("q", "quotes", Look::Wide), None);
        assert_eq!(near("価", "価格", Look::Close), Some(Nearness::Begins));
        assert_eq!(near("sheet", "desk", Look::Wide), None);
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
            assert!(word.starts_with(term.beginning(Look::Wide)), "{typed}");
        }
    }
}
