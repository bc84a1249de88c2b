//! Leadership: the pages that read across all features, first of all the start page.

pub mod hands;
pub mod home;
pub mod more;
pub mod row;

use crate::balls::{Owes, Waiting};
use chrono::{DateTime, Utc};

/// Whether people wait for this from its holder, and not only the work itself: an answer, a promise, a yes that
/// something is safe to try; and what was to rest until a day that has come.
pub fn is_awaited(waiting: &Waiting, now: DateTime<Utc>) -> bool {
    match waiting.owes {
        Owes::Catch | Owes::Answer | Owes::Keep | Owes::Safety | Owes::Respond | Owes::Renew => true,
        Owes::Wake => waiting.due_at.is_some_and(|day| day <= now),
        _ => false,
    }
}

/// The beginning of a text, cut between words, for a line in a list.
pub fn beginning(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole} \u{2026}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_ends_between_words() {
        assert_eq!(beginning("Ten must-fill\n\nfields", 140), "Ten must-fill fields");
        assert_eq!(beginning("Ten must-fill fields", 12), "Ten \u{2026}");
        assert_eq!(beginning(&"ü".repeat(200), 10), format!("{} \u{2026}", "ü".repeat(10)));
    }
}
