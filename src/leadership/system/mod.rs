//! How leadership works, read as the measures of teams are. All are sums of the company; nothing here says a name.
//!
//! [`store`] fetches, [`pace`] reads the times out of what happened to an idea, [`chart`] draws them, [`flow`] follows
//! what was thrown to its end, [`places`] says where the balls are, [`counts`] words the other sums.

pub mod chart;
pub mod counts;
pub mod flow;
pub mod pace;
pub mod places;
pub mod store;
