//! Measures: what a team watches, and what its values say.
//!
//! From the ground up: [`limits`] computes, [`signals`] finds, [`study`] reads a series with its phases, [`verdict`]
//! judges an experiment, [`reading`] and [`telling`] put it into [`words`] and [`chart`] draws it. None does any I/O.
//! [`definition`] says what a measure is and who may do what with it, [`weeks`] reads weeks and [`import`] reads a
//! pasted table; [`store`] keeps it all, [`drawn`] fetches a series ready to be put on any page (as [`small`] in a list), and [`figure`] is its
//! chart with all that stands under it. The pages stand on top: [`overview`], [`pages`] and [`beside`] show,
//! [`defining`], [`entering`], [`importing`] and [`new_limits`] change.

pub mod beside;
pub mod chart;
pub mod defining;
pub mod definition;
pub mod drawn;
pub mod entering;
pub mod figure;
pub mod import;
pub mod importing;
pub mod limits;
pub mod new_limits;
pub mod overview;
pub mod pages;
pub mod reading;
pub mod signals;
pub mod small;
pub mod store;
pub mod study;
pub mod telling;
pub mod tried;
pub mod verdict;
pub mod weeks;
pub mod words;

pub use definition::{Amount, Definition, Kind, Measure};
