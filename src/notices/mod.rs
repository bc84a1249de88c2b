//! Notices: what somebody should know, told inside the product and nowhere else.
//!
//! A ball that came or whose clock ran out stands apart from news. Whether a notice was seen is kept, never when: nobody's
//! reading is a figure. Unread notices of one kind about the same thing are one notice, so that nobody drowns.
//! `telling` says who is told what, `following` who hears of an idea.

pub mod edit;
pub mod following;
pub mod pages;
pub mod store;
pub mod telling;

pub use telling::{tell_comment, tell_mentions, tell_move, tell_promise, tell_volunteer};

use crate::balls::Subject;
use crate::ids::{NoticeId, PersonId};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// How long a notice is kept once it was seen.
pub const KEPT: TimeDelta = TimeDelta::days(90);

/// What kind of notice it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Kind {
    /// A ball that came, or whose clock ran out.
    Ball,
    /// Something that happened to what the reader threw, follows or takes part in.
    News,
}

/// A notice about to be written.
#[derive(Clone, Debug)]
pub struct Notice {
    pub person: PersonId,
    /// Which kind.
    pub kind: Kind,
    pub subject: Subject,
    pub id: Uuid,
    /// One sentence.
    pub words: String,
}

/// A notice as it stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Standing {
    pub id: NoticeId,
    /// Which kind.
    pub kind: Kind,
    pub subject: Subject,
    pub subject_id: Uuid,
    pub title: String,
    /// One sentence: the newest.
    pub words: String,
    /// When that happened.
    pub at: DateTime<Utc>,
    /// Whether it was not seen yet.
    pub unread: bool,
    pub more: i64,
}

impl Standing {
    /// The address of what it is about.
    pub fn address(&self) -> String {
        self.subject.address(self.subject_id)
    }

    /// "and 2 more"; empty when it stands for itself alone.
    pub fn and_more(&self) -> String {
        if self.more > 0 { format!("and {} more", self.more) } else { String::new() }
    }
}
