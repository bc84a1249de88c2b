//! The pages of the library, one file for each address.

pub mod index;
pub mod show;
pub mod story;
