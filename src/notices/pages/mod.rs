//! The pages of notices, one file per address.

pub mod notices;
