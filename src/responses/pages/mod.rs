//! The pages of the six answers.

pub mod answer;
