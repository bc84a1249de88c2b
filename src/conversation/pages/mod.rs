//! The pages of the conversation, one file per address.

pub mod comments;
pub mod pictures;
pub mod reactions;
