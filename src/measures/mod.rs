//! Measures: what a team watches, and what its values say.
//!
//! From the ground up: [`limits`] computes, [`signals`] finds, [`study`] reads a series with its phases, [`verdict`]
//! judges an experiment, [`alarms`] tells which signal asks its keeper, [`reading`] and [`telling`] put it into
//! [`words`] and [`chart`] draws it. None does any I/O. [`definition`] says what a measure is, [`machine`] what becomes of
//! it, [`amount`] what a value may be, [`period`] and [`weeks`] to which time it belongs, and [`import`] reads a pasted
//! table; [`store`] keeps it all, and [`drawn`] fetches a series ready to be put on any page. [`holding`] says who
//! has the ball and [`throwing`] throws it; [`verbs`], [`valuing`] and [`rebasing`] are what people do, [`turning`] what
//! clocks do. The pages stand on top.

pub mod act;
pub mod agreeing;
pub mod alarms;
pub mod amount;
pub mod chart;
pub mod deeds;
pub mod defining;
pub mod definition;
pub mod drawn;
pub mod entering;
pub mod forms;
pub mod holding;
pub mod import;
pub mod importing;
pub mod library;
pub mod limits;
pub mod machine;
pub mod new_limits;
pub mod pages;
pub mod panel;
pub mod period;
pub mod proposing;
pub mod reading;
pub mod rebasing;
pub mod redefining;
pub mod refusal;
pub mod show;
pub mod signals;
pub mod slipping;
pub mod store;
pub mod study;
pub mod telling;
pub mod throwing;
pub mod told;
pub mod tried;
pub mod turning;
pub mod valuing;
pub mod verbs;
pub mod verdict;
pub mod weeks;
pub mod words;

pub use amount::Amount;
pub use definition::{Definition, Kind, Measure};
pub use machine::State;
