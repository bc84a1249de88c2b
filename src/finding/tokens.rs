//! A text as words that can be looked up: in any script, without accents, capital and small letters alike.
//!
//! Scripts that put no blanks between words (Chinese, Japanese, Thai and their like) are cut into pairs of neighbouring
//! signs, so that a word inside a line is found.

use crate::folding::fold;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// The most signs of one word; what is longer is cut.
const LONGEST: usize = 40;

/// A word and where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub word: String,
    /// Its bytes in the text.
    pub place: Range<usize>,
}

/// The words of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut run: Vec<(Range<usize>, Sign)> = Vec::new();
    for (at, letter) in text.char_indices() {
        let place = at..at + letter.len_utf8();
        let sign = Sign::of(letter);
        match (sign, run.last_mut()) {
            // A mark belongs to the letter before it.
            (Sign::Mark, Some((whole, _))) => whole.end = place.end,
            (Sign::Mark | Sign::Gap, None) => {}
            (Sign::Gap, Some(_)) => close(text, &mut run, &mut found),
            (Sign::Letter | Sign::Unspaced, last) => {
                if last.is_some_and(|(_, before)| *before != sign) {
                    close(text, &mut run, &mut found);
                }
                run.push((place, sign));
            }
        }
    }
    close(text, &mut run, &mut found);
    found
}

fn close(text: &str, run: &mut Vec<(Range<usize>, Sign)>, found: &mut Vec<Token>) {
    let mut keep = |place: Range<usize>| {
        let word: String = fold(&text[place.clone()]).chars().take(LONGEST).collect();
        if !word.is_empty() {
            found.push(Token { word, place });
        }
    };
    match run.as_slice() {
        [] => {}
        [(place, _)] => keep(place.clone()),
        [first, .., last] if first.1 == Sign::Letter => keep(first.0.start..last.0.end),
        many => {
            for pair in many.windows(2) {
                keep(pair[0].0.start..pair[1].0.end);
            }
        }
    }
    run.clear();
}

/// What a sign is for the finding of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// A letter or a figure of a script with blanks.
    Letter,
    /// One of a script without blanks.
    Unspaced,
    /// It changes the letter before it, or holds letters together.
    Mark,
    /// Anything else ends a word.
    Gap,
}

impl Sign {
    fn of(letter: char) -> Self {
        match letter {
            '\'' | '\u{2019}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{640}' => Self::Mark,
            _ if is_combining_mark(letter) => Self::Mark,
            _ if is_unspaced(letter) => Self::Unspaced,
            _ if letter.is_alphanumeric() => Self::Letter,
            _ => Self::Gap,
        }
    }
}

/// Whether the script of the letter puts no blanks between words.
pub fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
        && letter.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn capitals_accents_and_marks_make_no_difference() {
        assert_eq!(words("Größe, CAFÉ cafe\u{301} Łódź İstanbul"), ["grosse", "cafe", "cafe", "lodz", "istanbul"]);
        assert_eq!(words("don\u{2019}t ring the customer's ﬁrm"), ["dont", "ring", "the", "customers", "firm"]);
        assert_eq!(words("ΟΔΟΣ οδός"), ["οδοσ", "οδοσ"]);
        assert_eq!(words("Ёлка ЦЕНЫ"), ["елка", "цены"]);
        assert_eq!(words("soft\u{ad}hyphen"), ["softhyphen"]);
    }

    #[test]
    fn every_script_has_words() {
        assert_eq!(words("שָׁלוֹם עולם"), ["שלום", "עולם"]);
        assert_eq!(words("السِّعْرُ قديم"), ["السعر", "قديم"]);
        assert_eq!(words("新価格表"), ["新価", "価格", "格表"]);
        assert_eq!(words("価"), ["価"]);
        assert_eq!(words("가격"), ["가격"]);
        assert_eq!(words("कीमत पुरानी"), ["कीमत", "पुरानी"]);
        assert_eq!(words("A4を2枚"), ["a4", "を", "2", "枚"]);
    }

    #[test]
    fn what_is_no_word_is_nothing_and_what_is_endless_is_cut() {
        assert!(words("\0\u{7}\u{202e} \"%_* AND".trim_end_matches("AND")).is_empty());
        assert!(words("\u{301}\u{200d}'").is_empty());
        assert_eq!(words(&"x".repeat(10_000)), ["x".repeat(LONGEST)]);
    }

    #[test]
    fn a_word_knows_where_it_stood() {
        let text = "Das heißt: cafe\u{301}!";
        let tokens = tokens(text);
        let places: Vec<_> = tokens.iter().map(|token| &text[token.place.clone()]).collect();
        assert_eq!(places, ["Das", "heißt", "cafe\u{301}"]);
    }
}
