//! Measures: what a team watches, and what its values say.
//!
//! From the ground up: [`limits`] computes, [`signals`] finds, [`study`] reads a series with its phases, [`verdict`]
//! judges an experiment, [`reading`] and [`telling`] put it into [`words`] and [`chart`] draws it. None does any I/O.

pub mod chart;
pub mod limits;
pub mod reading;
pub mod signals;
pub mod study;
pub mod telling;
pub mod verdict;
pub mod words;
