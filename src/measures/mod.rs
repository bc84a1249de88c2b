//! Measures: what a team watches, and what its values say.
//!
//! The arithmetic, from the ground up: [`point`]s and [`options`] go in; [`tolerance`] says when a figure is on a line;
//! [`dense`] packs the values that are there and [`sums`] adds them up; [`limits`] are the lines that follow, with
//! [`slope`], and [`lines`] lays them over values whose limits differ; [`bits`] and [`masks`] apply the rules to many
//! values at a time and [`signals`] lists what they find. [`season`] frees values of the calendar, [`laid`] brings all
//! that together for one baseline, [`study`] reads a series with its phases and [`verdict`] judges an experiment;
//! [`gain`], [`target`] and [`cautions`] answer one question each. [`reading`] and [`telling`] put it into [`words`] and
//! [`chart`] draws it. None does any I/O. [`command`] is `catchball chart`.
//!
//! [`definition`] says what a measure is and who may do what with it, [`weeks`] reads weeks and [`import`] reads a
//! pasted table; [`store`] keeps it all, and [`drawn`] fetches a series ready to be put on any page. The pages stand on
//! top: [`pages`] shows, [`defining`], [`entering`], [`importing`] and [`new_limits`] change.

pub mod bits;
pub mod cautions;
pub mod chart;
pub mod command;
pub mod defining;
pub mod definition;
pub mod dense;
pub mod drawn;
pub mod entering;
pub mod gain;
pub mod import;
pub mod importing;
pub mod laid;
pub mod limits;
pub mod lines;
pub mod masks;
pub mod new_limits;
pub mod options;
pub mod pages;
pub mod point;
pub mod reading;
pub mod season;
pub mod signals;
pub mod slope;
pub mod store;
pub mod study;
pub mod sums;
pub mod target;
pub mod telling;
pub mod tolerance;
pub mod tried;
pub mod verdict;
pub mod weeks;
pub mod words;

pub use definition::{Amount, Definition, Kind, Measure};
