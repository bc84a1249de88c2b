//! The pages of give-back, one file for each address.

pub mod index;
pub mod new;
