//! What leadership answers: the six answers with what each needs, and the promises that come of "I'll help" or are asked
//! for.
//!
//! A promise is a record with a receiver, who alone can say that it is kept.

pub mod answer;
pub mod answer_box;
pub mod edit;
pub mod promise;

pub use promise::{Promise, store, verbs as promise_verbs};
