//! Finding: what was thrown, answered and learned, by any word of it, half a word, or a mistyped one.
//!
//! `tokens` makes words of a text in any script, `query` says how near two of them are, `forms` knows other forms of a word
//! and the parts of long ones, `spelling` forgives mistakes, `excerpt` cuts out the sentence that matched: all pure. `documents` reads what things say, `store` keeps their words in
//! plain tables that are the same on both engines, `search` and `similar` ask them.
//!
//! Own tables and not the full-text search of each engine, because both must find the same, and because a search index
//! that grows in the order of arrival would tell when a nameless idea came.
//!
//! Every throw notes its thing as changed, in its own transaction. A search reads things so noted as they are, so that they
//! are found at once, and the clock takes their words into the tables a little later: a throw waits for no index.
//!
//! Words are kept by team, and a search asks only the tables of the teams a person sees, so that what others wrote
//! changes neither what is found nor how much. What is shown is read again through the rule of the thing itself.

pub mod clock;
pub mod documents;
pub mod excerpt;
pub mod forms;
pub mod pages;
pub mod query;
pub mod search;
pub mod similar;
pub mod spelling;
pub mod store;
pub mod tokens;

use crate::balls::Subject;

/// The kinds of things that can be found, in the order in which they are shown.
pub const KINDS: [Subject; 5] =
    [Subject::Idea, Subject::Promise, Subject::Experiment, Subject::Standard, Subject::Measure];
