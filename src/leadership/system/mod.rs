//! How leadership works, read as the teams' measures are: times to a person and to a real answer, where the balls lie,
//! what was thrown and finished, and what came of it. Sums of the company; nothing here says a name.
//!
//! [`store`] fetches, [`pace`] reads the times out of what happened to an idea, [`chart`] draws them, [`flow`] follows
//! what was thrown to its end, [`places`] says where the balls are, [`counts`] words the other sums.

pub mod chart;
pub mod counts;
pub mod flow;
pub mod pace;
pub mod places;
pub mod store;
