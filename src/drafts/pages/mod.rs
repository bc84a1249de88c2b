//! The pages of drafts, one file per address.

pub mod drafts;
pub mod fields;
