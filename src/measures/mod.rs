//! Measures: what a team watches, and what its values say.
//!
//! From the ground up: [`limits`] computes, [`signals`] finds, [`study`] reads a series with its phases, [`verdict`]
//! judges an experiment, [`reading`] puts it into words and [`chart`] draws it. None of these does any I/O.

pub mod limits;
pub mod signals;
pub mod study;
pub mod verdict;
