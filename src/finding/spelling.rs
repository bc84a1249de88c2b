//! Typing mistakes: which words may be each other, typed in haste.
//!
//! Two words are near when leaving out one letter of each makes them equal, and at most one letter was missed, doubled,
//! exchanged or swapped with its neighbour; in long words one may be missing and another too many.

use std::collections::BTreeSet;
use strsim::osa_distance;

/// Shorter words are found only as they are written.
const SHORTEST: usize = 4;
/// Longer ones too.
const LONGEST: usize = 24;
/// From so many letters on a word may have two mistakes.
const LONG: usize = 8;

/// The keys under which a word is kept and looked for: itself, and itself without each of its letters.
///
/// Two words share a key whenever they are one mistake apart. Words with figures in them have none: 400 is not 40.
pub fn keys(word: &str) -> BTreeSet<String> {
    let letters: Vec<char> = word.chars().collect();
    if !(SHORTEST..=LONGEST).contains(&letters.len()) || letters.iter().any(|letter| letter.is_numeric()) {
        return BTreeSet::new();
    }
    let without = |left_out: usize| {
        let kept = letters.iter().enumerate().filter(|(at, _)| *at != left_out);
        kept.map(|(_, letter)| letter).collect()
    };
    let mut keys: BTreeSet<String> = (0..letters.len()).map(without).collect();
    keys.insert(word.to_owned());
    keys
}

/// Whether one may be the other, typed in haste.
pub fn are_near(one: &str, other: &str) -> bool {
    // A letter has at most four bytes: most words of a text are told apart by their lengths.
    if one.len().abs_diff(other.len()) > 4 {
        return false;
    }
    let (of_one, of_other) = (one.chars().count(), other.chars().count());
    let (shorter, longer) = (of_one.min(of_other), of_one.max(of_other));
    if shorter < SHORTEST || longer > LONGEST || one.chars().chain(other.chars()).any(char::is_numeric) {
        return false;
    }
    let most = if shorter >= LONG { 2 } else { 1 };
    // Each mistake leaves at most one letter of each word out of the other's: most words are told apart by that.
    let apart = (signs(one) ^ signs(other)).count_ones();
    longer - shorter <= 1 && apart <= 2 * most && osa_distance(one, other) <= most as usize
}

/// Which letters a word has, those that share a place as one.
fn signs(word: &str) -> u64 {
    word.chars().fold(0, |signs, letter| signs | 1 << (u32::from(letter) % 64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_mistake_is_forgiven() {
        for (typed, meant) in [
            ("quotse", "quotes"),
            ("custmer", "customer"),
            ("customerr", "customer"),
            ("cuztomer", "customer"),
            ("ucstomer", "customer"),
            ("цeны", "цены"),
        ] {
            assert!(are_near(typed, meant) && are_near(meant, typed), "{typed}");
            assert!(!keys(typed).is_disjoint(&keys(meant)), "{typed}");
        }
    }

    #[test]
    fn other_words_stay_other_words() {
        for (one, other) in
            [("quote", "note"), ("cat", "car"), ("4000", "400"), ("price", "prize2"), ("late", "plates")]
        {
            assert!(!are_near(one, other), "{one} {other}");
        }
        assert!(keys("cat").is_empty() && keys("a400b").is_empty() && keys(&"x".repeat(25)).is_empty());
    }

    proptest! {
        #[test]
        fn words_that_are_one_mistake_apart_share_a_key(word in "[a-zäж]{5,12}", at in 0_usize..12, letter in "[a-zäж]", kind in 0..4) {
            let mut letters: Vec<char> = word.chars().collect();
            let at = at % letters.len();
            let new = letter.chars().next().unwrap();
            match kind {
                0 => { letters.remove(at); }
                1 => letters.insert(at, new),
                2 => letters[at] = new,
                _ => { let next = (at + 1).min(letters.len() - 1); letters.swap(at, next); }
            }
            let typed: String = letters.into_iter().collect();
            prop_assert!(are_near(&word, &typed), "{} {}", word, typed);
            prop_assert!(!keys(&word).is_disjoint(&keys(&typed)), "{} {}", word, typed);
        }
    }
}
