//! Texts of people in a shorter form: a headline, the beginning of a text, a first name.

/// The most characters of a headline.
const HEADLINE: usize = 140;

/// A text as a headline and the rest: the first line, or its first sentence when the line is long. A sentence that is
/// too long for a headline is cut at a word, and the rest is then the whole text.
pub fn headline(text: &str) -> (String, String) {
    let text = text.trim();
    let line = text.lines().next().unwrap_or_default().trim();
    let end_of_sentence = line.find(". ").map_or(line.len(), |at| at + 1);
    for end in [line.len(), end_of_sentence] {
        if line[..end].chars().count() <= HEADLINE {
            return (line[..end].to_owned(), text[end..].trim().to_owned());
        }
    }
    (beginning(line, HEADLINE), text.to_owned())
}

/// The beginning of a text in one line, cut between words after at most so many characters.
pub fn beginning(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most).collect();
    let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{} \u{2026}", whole_words.trim_end_matches([',', ';', ':', '.']))
}

/// The first word of a name; all of it where that is a single letter, as of "A colleague".
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().filter(|word| word.chars().count() > 1).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headline_is_the_first_sentence_of_the_author() {
        assert_eq!(headline(" Ten must-fill fields "), ("Ten must-fill fields".into(), String::new()));
        assert_eq!(headline("Short\nThe rest. Of it."), ("Short".into(), "The rest. Of it.".into()));
        let long = format!("It hurts here. {}", "And there. ".repeat(20));
        assert_eq!(headline(&long), ("It hurts here.".into(), "And there. ".repeat(20).trim().into()));
        let endless = "\u{17c}\u{f3}\u{142}w ".repeat(60);
        let (head, rest) = headline(&endless);
        assert!(head.ends_with("\u{17c}\u{f3}\u{142}w \u{2026}") && head.chars().count() <= 142);
        assert_eq!(rest, endless.trim());
    }

    #[test]
    fn a_long_text_ends_between_words() {
        assert_eq!(beginning("Ten must-fill\n\nfields", 140), "Ten must-fill fields");
        assert_eq!(beginning("Ten must-fill fields", 12), "Ten \u{2026}");
        assert_eq!(beginning("Every quote, goes through the desk", 14), "Every quote \u{2026}");
        assert_eq!(beginning(&"\u{fc}".repeat(200), 10), format!("{} \u{2026}", "\u{fc}".repeat(10)));
    }
}
