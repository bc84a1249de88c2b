//! Other forms of a word: its stem in English and in German, umlauts written out, and the parts of a compound.
//!
//! Nobody says in which language a word is, so it is taken as either: two words belong together when one of the two
//! languages says so.

use crate::folding::fold;
use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

/// A shorter stem says nothing.
const SHORTEST_STEM: usize = 3;
/// A word of so many letters may be put together of several.
const COMPOUND: usize = 9;
/// The fewest letters of a part, and of what stands before it.
const PART: usize = 4;

/// The stems of a word in the two languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stems {
    english: String,
    german: String,
}

impl Stems {
    /// The stems of a folded word; none of what has figures or letters of another script in it.
    pub fn of(word: &str) -> Option<Self> {
        if word.len() < SHORTEST_STEM || !is_plain(word) {
            return None;
        }
        let stem = |language| Stemmer::create(language).stem(word).into_owned();
        Some(Self { english: stem(Algorithm::English), german: stem(Algorithm::German) })
    }

    /// Whether a word with these stems is another form of the same word.
    pub fn are_those_of(&self, other: &Self) -> bool {
        let says = |one: &str, other: &str| one.len() >= SHORTEST_STEM && one == other;
        says(&self.english, &other.english) || says(&self.german, &other.german)
    }

    /// How many letters all forms of the word share at their beginning.
    pub fn beginning(&self, word: &str) -> usize {
        let known = self.both().filter(|stem| stem.len() >= SHORTEST_STEM);
        // "companies" has the stem "compani", which "company" does not begin with.
        let shared = known.map(|stem| shared(word, stem.strip_suffix('i').unwrap_or(stem)));
        shared.filter(|length| *length >= SHORTEST_STEM).min().unwrap_or(word.len())
    }

    fn both(&self) -> impl Iterator<Item = &str> {
        [self.english.as_str(), self.german.as_str()].into_iter()
    }
}

/// How many letters two words share at their beginning.
fn shared(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count()
}

/// Whether a folded word has only the letters of the two languages.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|letter| letter.is_ascii_lowercase())
}

/// A word as it was typed with its umlauts written out, folded: "pruefung" of "Prüfung"; nothing where it has none.
pub fn written_out(typed: &str) -> Option<String> {
    let mut out = String::with_capacity(typed.len() + 4);
    let mut has_some = false;
    for letter in typed.nfc() {
        let two = match letter {
            'ä' | 'Ä' => "ae",
            'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
            'ü' | 'Ü' => "ue",
            'å' | 'Å' => "aa",
            other => {
                out.push(other);
                continue;
            }
        };
        has_some = true;
        out.push_str(two);
    }
    has_some.then(|| fold(&out))
}

/// A folded word with each "ae", "oe" and "ue" that may stand for an umlaut as that umlaut is folded: "prufung" of "pruefung".
///
/// Nothing where there is none. After another vowel it is none ("neue"), nor after a q.
pub fn drawn_together(word: &str) -> Option<String> {
    if !is_plain(word) {
        return None;
    }
    let mut before = None;
    let mut together = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        together.push(letter);
        let may_be = matches!(letter, 'a' | 'o' | 'u')
            && !matches!(before, Some('a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'q'))
            && letters.peek() == Some(&'e');
        before = if may_be { letters.next() } else { Some(letter) };
    }
    (together.len() < word.len() && together.len() >= SHORTEST_STEM).then_some(together)
}

/// What may be a part at the end of a folded word that is long enough to be put together of several.
///
/// All of its ends, as no dictionary says where one part ends: whoever looks for a part writes a word.
pub fn parts(word: &str) -> impl Iterator<Item = &str> {
    let is_long = word.len() >= COMPOUND && is_plain(word);
    let ends = if is_long { PART..word.len() - PART + 1 } else { 0..0 };
    ends.map(|at| &word[at..])
}

/// Whether a word stands inside a longer one, not at its beginning.
pub fn is_inside(part: &str, word: &str) -> bool {
    word.len() >= COMPOUND && part.len() >= PART && is_plain(word) && word[PART..].contains(part)
}

/// What a word is looked for by inside of longer ones; nothing of what is too short or mostly an ending.
pub fn as_part(word: &str) -> Option<&str> {
    const ENDINGS: [&str; 14] = [
        "able", "ages", "ally", "ding", "king", "less", "ling", "ment", "ness", "ning", "ring", "ship", "sing", "ting",
    ];
    let stems = Stems::of(word)?;
    let known = stems.both().filter(|stem| stem.len() >= PART && word.starts_with(*stem));
    let length = known.map(str::len).min().unwrap_or(word.len());
    let part = &word[..length];
    (part.len() >= PART && !ENDINGS.contains(&part)).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_forms(one: &str, other: &str) -> bool {
        let stems = |word| Stems::of(&fold(word)).unwrap();
        stems(one).are_those_of(&stems(other))
    }

    #[test]
    fn forms_of_one_word_share_a_stem_in_one_of_the_languages() {
        for (one, other) in [
            ("van", "vans"),
            ("quote", "quotes"),
            ("quoting", "quoted"),
            ("company", "companies"),
            ("visit", "visiting"),
            ("delivery", "deliveries"),
            ("Angebot", "Angebote"),
            ("Angebots", "Angeboten"),
            ("Vertrag", "Verträge"),
            ("Kunde", "Kunden"),
            ("Haus", "Häuser"),
        ] {
            assert!(are_forms(one, other), "{one} {other}");
            let (one, other) = (fold(one), fold(other));
            let beginning = &one[..Stems::of(&one).unwrap().beginning(&one)];
            assert!(other.starts_with(beginning), "{one} {other}: {beginning}");
        }
        for (one, other) in [("van", "vanilla"), ("quote", "quota"), ("price", "prize"), ("Angebot", "Angel")] {
            assert!(!are_forms(one, other), "{one} {other}");
        }
        assert!(Stems::of("a4").is_none() && Stems::of("цены").is_none() && Stems::of("ab").is_none());
    }

    #[test]
    fn umlauts_are_written_in_two_ways() {
        assert_eq!(written_out("Überprüfung").as_deref(), Some("ueberpruefung"));
        assert_eq!(written_out("Gro\u{308}ße").as_deref(), Some("groesse"));
        assert_eq!(written_out("quote"), None);
        for (word, together) in [
            ("pruefung", Some("prufung")),
            ("ueberpruefung", Some("uberprufung")),
            ("tuer", Some("tur")),
            ("neue", None),
            ("queue", None),
            ("bauer", None),
            ("quote", None),
            ("due", None),
        ] {
            assert_eq!(drawn_together(word).as_deref(), together, "{word}");
        }
    }

    #[test]
    fn parts_of_a_compound_are_its_ends() {
        let word = "angebotsbearbeitungszeiten";
        for part in ["bearbeitung", "bearbeitungszeit", "zeiten"] {
            assert!(parts(word).any(|end| end.starts_with(part)) && is_inside(part, word), "{part}");
        }
        assert_eq!(parts("price").count() + parts("quote4quote").count(), 0);
        assert_eq!(parts("headcount").collect::<Vec<_>>(), ["count", "ount"]);
        assert!(!is_inside("count", "discount") && !is_inside("zeit", "zeitung"));
        assert_eq!(as_part("zeiten"), Some("zeit"));
        assert_eq!(as_part("angebote"), Some("angebot"));
        assert_eq!(as_part("ring").or(as_part("van")), None);
    }
}
