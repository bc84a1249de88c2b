//! Notices: what somebody should know, told inside the product and nowhere else.
//!
//! A ball that came or whose clock ran out stands apart from news. Whether a notice was seen is kept, never when: nobody's
//! reading is a figure.

pub mod store;

use crate::balls::Subject;
use crate::ids::PersonId;
use uuid::Uuid;

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
    /// For whom.
    pub person: PersonId,
    /// Which kind.
    pub kind: Kind,
    /// The kind of the thing it is about.
    pub subject: Subject,
    /// The thing.
    pub id: Uuid,
    /// One sentence.
    pub words: String,
}
