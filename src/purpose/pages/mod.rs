//! The page, and the file.

pub mod mine;
pub mod purpose;
