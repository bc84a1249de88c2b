//! The code on an unpaired television: eight letters without vowels, so that no word appears by chance.
//!
//! It is computed from the television's key. So the page can show it again without the code being kept anywhere, and
//! nobody who reads the code learns the key.

use fast_qr::QRBuilder;
use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use sha2::{Digest, Sha256};

/// The alphabet of RFC 8628, section 6.1: twenty letters, about 34 bits in eight of them.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
const LENGTH: usize = 8;

/// The code of the television with this key.
pub fn of_key(key: &str) -> String {
    let hash = Sha256::digest(format!("code of {key}"));
    let mut number = hash.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    let letter = |_| {
        let place = usize::try_from(number % 20).unwrap_or_default();
        number /= 20;
        char::from(LETTERS[place])
    };
    (0..LENGTH).map(letter).collect()
}

/// The code as it is shown: two groups of four.
pub fn spaced(code: &str) -> String {
    let (first, second) = code.split_at(LENGTH / 2);
    format!("{first} {second}")
}

/// The code as somebody typed it: blanks, hyphens and small letters do not matter.
pub fn read(typed: &str) -> String {
    typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

/// Whether it can be a code at all.
pub fn is_code(code: &str) -> bool {
    code.len() == LENGTH && code.bytes().all(|letter| LETTERS.contains(&letter))
}

/// A square to scan that holds the address, as an SVG without any style of its own; empty if it is too long.
pub fn square(address: &str) -> String {
    let square = QRBuilder::new(address).build();
    square.map(|square| SvgBuilder::default().margin(2).to_str(&square)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_belongs_to_its_key() {
        assert_eq!(of_key("one key"), of_key("one key"));
        assert_ne!(of_key("one key"), of_key("another key"));
        assert!(is_code(&of_key("one key")));
    }

    #[test]
    fn every_letter_comes_up() {
        let all: String = (0..200).map(|number| of_key(&number.to_string())).collect();
        assert!(LETTERS.iter().all(|letter| all.contains(char::from(*letter))));
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(read(" bcdf-GHJK "), "BCDFGHJK");
        assert_eq!(read(&spaced("BCDFGHJK")), "BCDFGHJK");
        for wrong in ["", "BCDFGHJ", "BCDFGHJKL", "BCDFGHJA", "ÄÖÜß", "BCDFGHJ1"] {
            assert!(!is_code(wrong), "{wrong}");
        }
    }

    #[test]
    fn the_square_needs_no_style() {
        let square = square("http://catchball.test/screens?code=BCDFGHJK");
        assert!(square.starts_with("<svg ") && square.ends_with("</svg>"));
        assert!(!square.contains("style"));
    }
}
