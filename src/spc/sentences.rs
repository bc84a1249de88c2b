//! What a chart says, in sentences.
//!
//! The voice of the process (mean and limits) and the voice of the business (the wish) are never mixed: a wish is
//! no limit, and a value beyond it inside the limits is noise. No probabilities and no per cent of certainty.

pub mod cases;
pub mod cautions;
pub mod description;
pub mod judged;
pub mod outlook;
pub mod signals;
pub mod title;
pub mod verdict;
pub mod wording;

pub use cases::{case_outlook, case_sentence, cases_so_far, still_possible};
pub use cautions::{cautions, gained};
pub use description::description;
pub use judged::{balance_sentence, could_be_seen, worth_sentence};
pub use outlook::{newest_reading, outlook};
pub use signals::{open_signal, signal_words};
pub use title::{dated_title, title};
pub use verdict::verdict_sentence;

#[cfg(test)]
mod tests;
