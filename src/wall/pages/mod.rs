//! The pages of televisions and of those who keep them, one file for each address.

pub mod board;
pub mod live;
pub mod screens;
pub mod wall;
