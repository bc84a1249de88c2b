//! The pages of finding, one file per address.

pub mod search;
pub mod similar;
