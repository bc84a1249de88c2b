//! The pages of finding, one file per address.

pub mod same;
pub mod search;
pub mod similar;
