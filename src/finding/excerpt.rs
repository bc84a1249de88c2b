//! The sentence in which a word was found, with the word marked.

use super::query::{Nearness, Term, Tolerance};
use super::tokens::tokens;
use std::ops::Range;

/// The most signs of an excerpt.
const LONGEST: usize = 220;

/// A piece of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub words: String,
    pub marked: bool,
}

/// A line with the words that were looked for marked.
pub fn marked(text: &str, terms: &[Term], tolerance: Tolerance) -> Vec<Piece> {
    let found = found(text, terms, tolerance);
    cut(text, &touching(found.iter().map(|found| found.place.clone())))
}

/// The sentence of a text in which most of the words stand; nothing when none of them does.
pub fn excerpt(text: &str, terms: &[Term], tolerance: Tolerance) -> Option<Vec<Piece>> {
    let found = found(text, terms, tolerance);
    let inside = |sentence: &Range<usize>| {
        let (from, to) = (sentence.start, sentence.end);
        found.iter().filter(move |found| from <= found.place.start && found.place.end <= to)
    };
    let best = sentences(text).filter_map(|sentence| {
        let nearest =
            (0..terms.len()).filter_map(|term| inside(&sentence).filter_map(|found| found.nearness[term]).min());
        let nearest: Vec<Nearness> = nearest.collect();
        let worst = nearest.iter().max().copied()?;
        Some(((nearest.len(), std::cmp::Reverse(worst)), sentence))
    });
    let (_, best) = best.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    let hits = touching(inside(&best).map(|found| found.place.start - best.start..found.place.end - best.start));
    Some(shorten(&text[best], &hits))
}

/// A word of the text that one of the terms may mean.
struct Found {
    place: Range<usize>,
    /// How near it comes to each of the terms.
    nearness: Vec<Option<Nearness>>,
}

fn found(text: &str, terms: &[Term], tolerance: Tolerance) -> Vec<Found> {
    let found = tokens(text).into_iter().map(|token| Found {
        nearness: terms.iter().map(|term| term.nearness(&token.word, tolerance)).collect(),
        place: token.place,
    });
    found.filter(|found| found.nearness.iter().any(Option::is_some)).collect()
}

/// The places of the sentences of a text, without the blanks around them.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let ends = |letter: char| matches!(letter, '\n' | '.' | '!' | '?' | '\u{3002}' | '\u{61f}' | '\u{964}');
    let mut from = 0;
    let places = text.split_inclusive(ends).map(move |sentence| {
        let start = from + (sentence.len() - sentence.trim_start().len());
        from += sentence.len();
        start..start + sentence.trim().len()
    });
    places.filter(|place| !place.is_empty())
}

/// Where words stand, in order, those that touch as one.
fn touching(places: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut hits: Vec<Range<usize>> = Vec::new();
    for place in places {
        match hits.last_mut() {
            Some(last) if last.end >= place.start => last.end = last.end.max(place.end),
            _ => hits.push(place),
        }
    }
    hits
}

/// A sentence that is too long is shown around the first word that was found.
fn shorten(sentence: &str, hits: &[Range<usize>]) -> Vec<Piece> {
    let count = sentence.chars().count();
    if count <= LONGEST {
        return cut(sentence, hits);
    }
    let first = hits.first().map_or(0, |hit| sentence[..hit.start].chars().count());
    let start = first.saturating_sub(LONGEST / 3).min(count - LONGEST);
    let at = |number: usize| sentence.char_indices().nth(number).map_or(sentence.len(), |(at, _)| at);
    let (from, to) = (at(start), at(start + LONGEST));
    let inside = hits.iter().map(|hit| hit.start.max(from)..hit.end.min(to)).filter(|hit| hit.start < hit.end);
    let moved: Vec<_> = inside.map(|hit| hit.start - from..hit.end - from).collect();
    let mut pieces = cut(&sentence[from..to], &moved);
    let dots = || Piece { words: String::from("\u{2026}"), marked: false };
    if from > 0 {
        pieces.insert(0, dots());
    }
    if to < sentence.len() {
        pieces.push(dots());
    }
    pieces
}

fn cut(text: &str, hits: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut keep = |place: Range<usize>, marked| {
        if !place.is_empty() {
            pieces.push(Piece { words: text[place].to_owned(), marked });
        }
    };
    let mut at = 0;
    for hit in hits {
        keep(at..hit.start, false);
        keep(hit.clone(), true);
        at = hit.end;
    }
    keep(at..text.len(), false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::query::terms;
    use super::*;

    fn told(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| if piece.marked { format!("[{}]", piece.words) } else { piece.words.clone() })
            .collect()
    }

    fn shown(text: &str, typed: &str) -> String {
        told(&excerpt(text, &terms(typed), Tolerance::Loose).unwrap_or_default())
    }

    #[test]
    fn the_sentence_with_most_of_the_words_is_shown_with_them_marked() {
        let text = "The desk is slow. Every Quote goes through the desk!\nNobody knows why.";
        assert_eq!(shown(text, "quot desk"), "Every [Quote] goes through the [desk]!");
        assert_eq!(shown(text, "desk"), "The [desk] is slow.");
        assert_eq!(shown(text, "qoute"), "Every [Quote] goes through the desk!");
        assert_eq!(shown(text, "pump"), "");
        assert_eq!(shown("新価格表が古い。", "価格"), "新[価格]表が古い。");
        assert_eq!(shown("Das CAFÉ ist zu.", "cafe"), "Das [CAFÉ] ist zu.");
    }

    #[test]
    fn a_long_sentence_is_shown_around_the_word() {
        let text = format!("{} pump {}", "я ".repeat(400), "ж ".repeat(400));
        let shown = shown(&text, "pump");
        assert!(shown.contains("[pump]") && shown.starts_with('\u{2026}') && shown.ends_with('\u{2026}'));
        assert!(shown.chars().count() <= LONGEST + 4);
        let endless = told(&excerpt(&"x".repeat(5000), &terms(&"x".repeat(5000)), Tolerance::Strict).unwrap());
        assert!(endless.starts_with("[xxx"), "{endless}");
    }
}
