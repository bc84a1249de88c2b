//! Measures: what a team watches, and what its values say.
//!
//! From the ground up: [`limits`] computes, [`signals`] finds, [`study`] reads a series with its phases, [`verdict`]
//! judges an experiment, [`reading`] and [`telling`] put it into [`words`] and [`chart`] draws it. None does any I/O.
//! [`definition`] says what a measure is and who may do what with it, [`weeks`] reads weeks and [`import`] reads a
//! pasted table; [`store`] keeps it all, and [`drawn`] fetches a series ready to be put on any page.

pub mod chart;
pub mod definition;
pub mod drawn;
pub mod import;
pub mod limits;
pub mod reading;
pub mod signals;
pub mod store;
pub mod study;
pub mod telling;
pub mod verdict;
pub mod weeks;
pub mod words;

pub use definition::{Amount, Definition, Kind, Measure};
