//! The return code: 24 letters, 120 bits, shown once. Only its hash is stored.

use crate::world::hash_of;
use chrono::TimeDelta;

/// How long a code stays good after its idea has ended: longer than the six months after which a no can be asked again.
pub const GOOD_FOR: TimeDelta = TimeDelta::days(200);

/// The same in the words of the pages.
pub const GOOD_FOR_WORDS: &str =
    "When your idea has ended, the code stays good for another 200 days. Then it is forgotten for good.";

const LETTERS: &str = "0123456789abcdefghjkmnpqrstvwxyz";
/// How many letters a code has.
pub const LENGTH: usize = 24;

/// A code as it was typed, freed of what people add or mistake; nothing when it can't be one.
pub fn read(typed: &str) -> Option<String> {
    let letters =
        typed.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '\u{2010}'..='\u{2015}'));
    let code: String = letters.map(|letter| meant(letter.to_ascii_lowercase())).take(LENGTH + 1).collect();
    (code.chars().count() == LENGTH && code.chars().all(|letter| LETTERS.contains(letter))).then_some(code)
}

/// Crockford's base 32 has no letters that look like digits.
fn meant(letter: char) -> char {
    match letter {
        'o' => '0',
        'i' | 'l' => '1',
        letter => letter,
    }
}

/// A code in groups of four, to be read aloud and written down.
pub fn spaced(code: &str) -> String {
    let letters: Vec<char> = code.to_ascii_uppercase().chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// What is stored of a code.
pub fn stored(code: &str) -> Vec<u8> {
    hash_of(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::World;

    #[test]
    fn a_code_has_120_bits_and_comes_back_as_it_was_written_down() {
        let code = World::real().return_code();
        assert_eq!((code.len(), code.len() * 5), (LENGTH, 120));
        assert_ne!(code, World::real().return_code());
        let spaced = spaced(&code);
        assert_eq!(spaced.split(' ').count(), 6);
        for typed in [spaced.clone(), spaced.to_lowercase(), spaced.replace(' ', "-"), spaced.replace(' ', "")] {
            assert_eq!(read(&typed), Some(code.clone()), "{typed}");
        }
        assert_eq!(read(&spaced.replace('0', "O").replace('1', "l")), Some(code));
    }

    #[test]
    fn the_words_name_the_time() {
        assert!(GOOD_FOR_WORDS.contains(&format!(" {} days", GOOD_FOR.num_days())));
    }

    #[test]
    fn what_can_not_be_a_code_is_none() {
        for typed in ["", "abc", &"u".repeat(24), &"a".repeat(23), &"a".repeat(25), &"\u{e4}".repeat(24)] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
