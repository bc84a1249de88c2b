//! Notices: what somebody should know, told inside the product and nowhere else.
//!
//! A ball that came or whose clock ran out stands apart from news. Whether a notice was seen is kept, never when: nobody's
//! reading is a figure. Unread notices of one kind about the same thing are one notice, so that nobody drowns.
//! Who is told what stands with those who tell: `ideas::notify`, `conversation::notify` and their like.

pub mod clock;
pub mod pages;
pub mod store;

use crate::ids::{NoticeId, PersonId};
use crate::subject::Subject;
use crate::text::beginning;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// How long a notice is kept once it was seen.
pub const KEPT: TimeDelta = TimeDelta::days(90);
/// The most characters of a title.
const TITLE: usize = 140;
/// How many characters of somebody's words a notice quotes.
const QUOTED: usize = 140;

/// What kind of notice it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum NoticeKind {
    /// A ball that came, or whose clock ran out.
    Ball,
    /// Something that happened to what the reader threw, follows or takes part in.
    News,
}

impl NoticeKind {
    /// The name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ball => "ball",
            Self::News => "news",
        }
    }
}

/// A notice about to be written.
#[derive(Clone, Debug)]
pub struct Notice {
    pub person: PersonId,
    pub kind: NoticeKind,
    pub subject: Subject,
    pub id: Uuid,
    /// One sentence.
    pub words: String,
}

/// A notice as its reader finds it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StoredNotice {
    pub id: NoticeId,
    pub kind: NoticeKind,
    pub subject: Subject,
    pub subject_id: Uuid,
    /// What it is about is called now; none when the reader may not see it any more.
    pub title: Option<String>,
    /// One sentence: the newest.
    pub words: String,
    pub at: DateTime<Utc>,
    pub unread: bool,
    pub more: i64,
}

impl StoredNotice {
    /// The address of what it is about.
    pub fn address(&self) -> String {
        self.subject.address(self.subject_id)
    }

    /// Its title; of what cannot be seen any more only that.
    pub fn headline(&self) -> String {
        let title = self.title.as_deref().map(|title| beginning(title, TITLE));
        title.unwrap_or_else(|| String::from("Something that you can\u{2019}t see any more"))
    }

    /// "and 2 more"; empty when it stands for itself alone.
    pub fn and_more(&self) -> String {
        if self.more > 0 { format!("and {} more", self.more) } else { String::new() }
    }
}

/// The beginning of what somebody wrote, as the end of a notice's sentence.
pub fn quoted(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return String::from(".");
    }
    let start: String = line.chars().take(QUOTED).collect();
    let more = if start.len() < line.len() { " \u{2026}" } else { "" };
    format!(": \u{201c}{start}{more}\u{201d}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_quotes_the_beginning_only() {
        assert_eq!(quoted(" \n "), ".");
        assert_eq!(quoted("Mine\n too"), ": \u{201c}Mine too\u{201d}");
        let long = quoted(&"\u{17c}\u{f3}\u{142}w ".repeat(99));
        assert!(long.ends_with(" \u{2026}\u{201d}") && long.chars().count() < 150, "{long}");
    }
}
