//! The pages of the example, one file for each address.

pub mod example;
pub mod setup_example;
