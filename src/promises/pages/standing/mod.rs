//! The pages of standing promises, one file for each address.

pub mod moves;
pub mod new;
pub mod show;
