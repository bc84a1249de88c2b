//! What is looked for: the words somebody typed, and how near a word of a text comes to one of them.

use super::forms::{Stems, as_part, drawn_together, is_inside, written_out};
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
    /// Another form of it: "quoting" and "quotes".
    Stem,
    /// A longer word of which it is a part: "Zeit" in "Bearbeitungszeit".
    Part,
    /// The same but for a typing mistake.
    Mistyped,
}

/// How generous a comparison is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tolerance {
    /// Words as they are typed, in another form, beginning like it, or with it as a part.
    Strict,
    /// Typing mistakes and short parts too.
    Loose,
}

/// The fewest letters of a word in its other spelling that others may begin with.
const BEGINS_SPELLED: usize = 4;
/// Shorter parts are looked for only where little else is found.
const LONG_PART: usize = 5;

/// One word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub word: String,
    /// The same word with its umlauts spelled in the other ways.
    spelled: Vec<String>,
    stems: Option<Stems>,
    /// How many bytes of it all of its forms begin with.
    beginning: usize,
    /// How many bytes of it are looked for inside of longer words; none for a word that is no part.
    part: usize,
}

impl Term {
    /// A folded word to look for.
    pub fn new(word: String) -> Self {
        let stems = Stems::of(&word);
        let beginning = stems.as_ref().map_or(word.len(), |stems| stems.beginning(&word));
        let part = as_part(&word).map_or(0, str::len);
        let spelled = drawn_together(&word).into_iter().collect();
        Self { word, spelled, stems, beginning, part }
    }

    /// A word as it was typed, to be looked for in each of its spellings.
    fn typed(word: String, typed: &str) -> Self {
        let mut term = Self::new(word);
        term.spelled.extend(written_out(typed).filter(|other| *other != term.word));
        term
    }

    /// How near this word of a text comes; nothing when it is another word.
    pub fn nearness(&self, word: &str, tolerance: Tolerance) -> Option<Nearness> {
        if word == self.word || self.spelled.iter().any(|spelled| word == spelled) {
            return Some(Nearness::Same);
        }
        if self.beginnings().any(|beginning| word.starts_with(beginning)) {
            return Some(Nearness::Begins);
        }
        if self.is_form_of(word) {
            return Some(Nearness::Stem);
        }
        if self.part(tolerance).is_some_and(|part| is_inside(part, word)) {
            return Some(Nearness::Part);
        }
        (tolerance == Tolerance::Loose && are_near(&self.word, word)).then_some(Nearness::Mistyped)
    }

    fn is_form_of(&self, word: &str) -> bool {
        let Some(stems) = &self.stems else { return false };
        word.starts_with(&self.word[..self.beginning])
            && Stems::of(word).is_some_and(|others| stems.are_those_of(&others))
    }

    /// What words begin with that are meant without looking at their stems.
    fn beginnings(&self) -> impl Iterator<Item = &str> {
        let spelled = self.spelled.iter().filter(|spelled| spelled.len() >= BEGINS_SPELLED);
        std::iter::once(&self.word).filter(|_| self.begins_words()).chain(spelled).map(String::as_str)
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

    /// How words that are it or begin like it stand in a list of words with blanks around each.
    pub fn in_a_list(&self) -> impl Iterator<Item = String> {
        let begin = self.beginnings().map(|beginning| format!(" {beginning}"));
        let all = std::iter::once(&self.word).chain(&self.spelled);
        let whole = all.filter(|word| !self.beginnings().any(|beginning| beginning == word.as_str()));
        begin.chain(whole.map(|word| format!(" {word} ")))
    }

    /// Each of its spellings, and whether longer words that begin like it are meant too.
    pub fn spellings(&self) -> impl Iterator<Item = (&str, bool)> {
        let spelled = self.spelled.iter().map(|spelled| (spelled.as_str(), spelled.len() >= BEGINS_SPELLED));
        std::iter::once((self.word.as_str(), self.begins_words())).chain(spelled)
    }

    /// What all of its forms begin with.
    pub fn beginning(&self) -> &str {
        &self.word[..self.beginning]
    }

    /// What it is looked for by inside of longer words.
    pub fn part(&self, tolerance: Tolerance) -> Option<&str> {
        let least = if tolerance == Tolerance::Strict { LONG_PART } else { 1 };
        (self.part >= least).then(|| &self.word[..self.part])
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
            terms.push(Term::typed(token.word, &typed[token.place]));
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(typed: &str, word: &str, tolerance: Tolerance) -> Option<Nearness> {
        terms(typed)[0].nearness(word, tolerance)
    }

    #[test]
    fn how_near_a_word_of_a_text_comes_to_a_word_typed() {
        use Nearness::{Begins, Mistyped, Part, Same, Stem};
        for (typed, word, strict, loose) in [
            ("Quotes", "quotes", Some(Same), Some(Same)),
            ("quot", "quotes", Some(Begins), Some(Begins)),
            ("quotse", "quotes", None, Some(Mistyped)),
            ("quoting", "quotes", Some(Stem), Some(Stem)),
            ("vans", "van", Some(Stem), Some(Stem)),
            ("van", "vans", Some(Begins), Some(Begins)),
            ("vans", "vanilla", None, None),
            ("q", "quotes", None, None),
            ("価", "価格", Some(Begins), Some(Begins)),
            ("sheet", "desk", None, None),
            ("Prüfung", "prufung", Some(Same), Some(Same)),
            ("Pruefung", "prufung", Some(Same), Some(Same)),
            ("Prüfung", "pruefung", Some(Same), Some(Same)),
            ("Prüf", "pruefung", Some(Begins), Some(Begins)),
            ("Tür", "tuer", Some(Same), Some(Same)),
            ("shoe", "shop", None, Some(Mistyped)),
            ("toe", "to", None, None),
            ("Angebot", "angebotsbearbeitungszeiten", Some(Begins), Some(Begins)),
            ("Bearbeitung", "angebotsbearbeitungszeiten", Some(Part), Some(Part)),
            ("Bearbeitungen", "angebotsbearbeitungszeiten", Some(Part), Some(Part)),
            ("Zeit", "angebotsbearbeitungszeiten", None, Some(Part)),
            ("count", "discount", None, None),
        ] {
            assert_eq!(near(typed, word, Tolerance::Strict), strict, "{typed} {word}");
            assert_eq!(near(typed, word, Tolerance::Loose), loose, "{typed} {word}");
        }
    }

    #[test]
    fn each_word_is_looked_for_once_and_not_too_many() {
        let typed: Vec<String> = (0..50).map(|number| format!("w{number} W{number}")).collect();
        assert_eq!(terms(&typed.join(" ")).len(), MOST);
        assert!(terms("\"%_*\0 ()").is_empty());
    }

    #[test]
    fn what_comes_near_stands_in_a_list_as_one_of_its_beginnings_or_is_known_by_its_stem() {
        let list = |typed: &str| terms(typed)[0].in_a_list().collect::<Vec<_>>();
        assert_eq!(list("quot"), [" quot"]);
        assert_eq!(list("q"), [" q "]);
        assert_eq!(list("Tür"), [" tur", " tuer"]);
        assert_eq!(list("tuer"), [" tuer", " tur "]);
        for (typed, word) in [("quoting", "quotes"), ("prices", "price"), ("customers", "customer")] {
            assert!(word.starts_with(terms(typed)[0].beginning()), "{typed}");
        }
    }
}
