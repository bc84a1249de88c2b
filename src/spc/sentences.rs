//! What a chart says, in sentences.
//!
//! The voice of the process (mean and limits) and the voice of the business (the wish) are never mixed: a wish is
//! no limit, and a value beyond it inside the limits is noise. No probabilities and no per cent of certainty.

pub mod description;
pub mod title;
pub mod wording;

#[cfg(test)]
mod tests;
