//! What people do together on an idea: say that it hurts them too, offer to join, talk, show pictures.
//!
//! None of it is a move: the ball stays where it is. Who talks is always the face of [`crate::ideas::protection`], so that
//! a protected author stays protected in the conversation too. Markdown is made into HTML by `markdown` and nowhere else.

pub mod clock;
pub mod markdown;
pub mod mentions;
pub mod notify;
pub mod pages;
pub mod part;
pub mod pictures;
pub mod reencode;
pub mod store;
pub mod verbs;

pub use part::ConversationPart;

use crate::ids::{CommentId, IdeaId, PersonId};
use chrono::{DateTime, TimeDelta, Utc};

/// How long a comment may be changed, and taking it back undone.
pub const CHANGEABLE: TimeDelta = TimeDelta::minutes(15);
/// The name of the form for comments on the page of an idea.
pub const FORM_NAME: &str = "comment";

/// A comment in the conversation about an idea.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Comment {
    pub id: CommentId,
    pub idea_id: IdeaId,
    /// Who wrote it; a placeholder where the author of the idea is protected.
    pub writer_id: PersonId,
    pub writer: String,
    pub at: DateTime<Utc>,
    /// Whether the words were changed afterwards.
    pub changed: bool,
    pub taken_back_at: Option<DateTime<Utc>>,
    pub words: String,
}

impl Comment {
    /// Whether whoever has this face on the idea wrote it. A placeholder stands for one person on one idea only.
    pub fn is_by(&self, face: PersonId) -> bool {
        self.writer_id == face
    }

    /// Whether its writer may still change it.
    pub fn is_changeable(&self, now: DateTime<Utc>) -> bool {
        self.taken_back_at.is_none() && now - self.at <= CHANGEABLE
    }

    /// Whether taking it back may still be undone.
    pub fn is_returnable(&self, now: DateTime<Utc>) -> bool {
        self.taken_back_at.is_some_and(|at| now - at <= CHANGEABLE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_can_be_changed_and_returned_for_a_quarter_of_an_hour() {
        let at: DateTime<Utc> = "2026-03-03T10:00:00Z".parse().unwrap();
        let mut comment = Comment {
            id: CommentId::default(),
            idea_id: IdeaId::default(),
            writer_id: PersonId::default(),
            writer: String::new(),
            at,
            changed: false,
            taken_back_at: None,
            words: String::new(),
        };
        let after = |minutes| at + TimeDelta::minutes(minutes);
        assert!(comment.is_changeable(after(15)) && !comment.is_changeable(after(16)));
        assert!(!comment.is_returnable(after(1)));
        comment.taken_back_at = Some(after(60));
        assert!(!comment.is_changeable(after(1)));
        assert!(comment.is_returnable(after(75)) && !comment.is_returnable(after(76)));
    }
}
