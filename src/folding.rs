//! Words without what makes them look different: by this they are looked up, and lists of names are sorted.
//!
//! The order of names is made here and not by the engines, of which one puts "Ö" behind "Z" and the other goes by the machine.

use unicode_normalization::UnicodeNormalization;

/// Where a name stands in a list: as a dictionary sorts, accents and capitals count only between names that are else the same.
pub fn place_of(name: &str) -> (String, String) {
    (fold(name), name.to_owned())
}

/// Words as they are looked up and sorted: no accents, no capitals, no marks that only point a letter.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().filter(|letter| *letter != '\'').map(|letter| letter.to_ascii_lowercase()).collect();
    }
    let plain = word.nfkd().filter(|letter| !is_dropped(*letter)).flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(word.len());
    for letter in plain {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            _ => folded.push(letter),
        }
    }
    folded.nfc().collect()
}

/// Accents and points that people leave out when they look for a word. Vowel signs of other scripts stay.
fn is_dropped(letter: char) -> bool {
    matches!(letter,
        '\'' | '\u{2019}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{640}'
        | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_as_in_a_dictionary() {
        let mut names = [
            "Zoe",
            "\u{d6}zlem",
            "Olaf",
            "adam",
            "\u{c5}sa",
            "Ozan",
            "Otto",
            "\u{141}ukasz",
            "Lukas",
            "\u{df}ata",
            "Ssara",
        ];
        names.sort_by_key(|name| place_of(name));
        let expected = [
            "adam",
            "\u{c5}sa",
            "Lukas",
            "\u{141}ukasz",
            "Olaf",
            "Otto",
            "Ozan",
            "\u{d6}zlem",
            "Ssara",
            "\u{df}ata",
            "Zoe",
        ];
        assert_eq!(names, expected);
    }
}
