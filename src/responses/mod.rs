//! What leadership answers: the six answers with what each needs.

pub mod answer;
pub mod answer_box;
pub mod pages;
