//! How long the texts of people may be: the one table that all forms are read by.
//!
//! Each is what people need and no more, so that no text takes more to keep, find and draw than a page of it does.

/// The most of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// How many words, as blanks part them.
    pub words: usize,
    /// How many characters: scripts without blanks, and words without end.
    pub characters: usize,
}

/// All the words of an idea, in its six texts together.
pub const IDEA: Length = Length { words: 10_000, characters: 80_000 };
/// A comment.
pub const COMMENT: Length = Length { words: 2_000, characters: 20_000 };
/// What somebody says with a move.
pub const MOVE: Length = COMMENT;
/// The words with a move on a measure, and what a picture shows.
pub const REMARK: Length = characters(500);
/// People that are pasted at once.
pub const PASTED: Length = characters(20_000);
/// How a way is done.
pub const WAY: Length = characters(8_000);
/// A part of a plan, a definition, a way; the holidays of a team.
pub const PART: Length = characters(4_000);
/// What somebody will do, or learned; an objection.
pub const PARAGRAPH: Length = characters(2_000);
/// One line of a week or of a look.
pub const LINE: Length = characters(1_000);
/// The question of a measure, and where its numbers come from.
pub const QUESTION: Length = characters(500);
/// Why a kept name is read.
pub const REASON: Length = characters(300);
/// What an experiment or a way is called.
pub const TITLE: Length = characters(200);
/// An address of e-mail.
pub const EMAIL: Length = characters(254);
/// What a person, a team, a company, a measure, a screen is called; a case; working hours.
pub const NAME: Length = characters(120);
/// A zone, a count, a period.
pub const VALUE: Length = characters(60);
/// A unit, a code, one of several choices.
pub const WORD: Length = characters(40);

/// So many characters, however many words.
const fn characters(characters: usize) -> Length {
    Length { words: usize::MAX, characters }
}

impl Length {
    /// What is too long in these texts together, as a sentence; nothing when they are short enough.
    pub fn refuses(self, texts: &[&str]) -> Option<String> {
        let this = if texts.len() > 1 { "All of it together" } else { "This" };
        let told = |long: usize, most: usize, what: &str| {
            (long > most).then(|| format!("{this} has {long} {what}; {most} are the most. Your text is kept."))
        };
        let words = texts.iter().map(|text| text.split_whitespace().count()).sum();
        let characters = texts.iter().map(|text| text.chars().count()).sum();
        told(words, self.words, "words").or_else(|| told(characters, self.characters, "characters"))
    }

    /// So many characters less, for what is put beside the text.
    pub const fn less(self, characters: usize) -> Self {
        Self { characters: self.characters.saturating_sub(characters), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_are_counted_over_all_texts() {
        let few = Length { words: 3, characters: 20 };
        assert_eq!(few.refuses(&["one two", "three"]), None);
        let told = few.refuses(&["one two", "three four"]).unwrap();
        assert_eq!(told, "All of it together has 4 words; 3 are the most. Your text is kept.");
        let told = few.refuses(&["ä".repeat(21).as_str()]).unwrap();
        assert_eq!(told, "This has 21 characters; 20 are the most. Your text is kept.");
        assert_eq!(few.less(20).refuses(&["ä"]).unwrap(), "This has 1 characters; 0 are the most. Your text is kept.");
    }
}
