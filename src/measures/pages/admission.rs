//! Who is let in to a move before anything that was typed is looked at.

use crate::measures::Verb;

/// Whose a move is.
#[derive(Clone, Copy, Debug)]
pub enum Admission {
    /// Whose this verb of the table is.
    Verb(Verb),
    /// Anybody of the team; the sentence says so to the others.
    Team(&'static str),
}
