//! Measures: what a team watches, and what its values say.
//!
//! **The arithmetic**, from the ground up: [`point`]s and [`options`] go in; [`tolerance`] says when a figure is on a line;
//! [`dense`] packs the values that are there and [`sums`] adds them up; [`limits`] are the lines that follow, with
//! [`slope`], and [`lines`] lays them over values whose limits differ; [`bits`] and [`masks`] apply the rules to many
//! values at a time and [`signals`] lists what they find. [`season`] frees values of the calendar, [`laid`] brings all
//! that together for one baseline, [`study`] reads a series with its phases and [`verdict`] judges an experiment.
//! [`gain`], [`target`] and [`cautions`] answer one question each, which [`weighing`] puts into sentences, [`alarms`] tells which signal asks its keeper.
//! [`reading`] and [`telling`] put it into [`words`] and [`chart`] draws it. None does any I/O. [`command`] is
//! `catchball chart`.
//!
//! **The measure**: [`definition`] says what it is, [`machine`] what becomes of it, [`way`] how its chart is read,
//! [`amount`] what a value may be, [`period`] and [`weeks`] to which time it belongs, [`library`] what to start from, and
//! [`import`] reads a pasted table. [`store`] keeps it all, [`drawn`] fetches a series ready to be put on any page (as
//! [`small`] in a list), and [`figure`] is its chart with all that stands under it. [`holding`] says who has the ball and
//! [`throwing`] throws it; [`verbs`], [`valuing`] and [`rebasing`] are what people do, [`turning`] what clocks do.
//!
//! **The pages** stand on top. [`show`] is the page of one measure, with [`panel`], [`told`] and [`forms`]; [`act`] is
//! one deed on it and [`deeds`] are the short ones; the longer ones have a page each. [`overview`] lays all measures of a
//! team out, [`beside`] two on the same weeks, [`pages`] gives the numbers as a file.

pub mod act;
pub mod agreeing;
pub mod alarms;
pub mod amount;
pub mod beside;
pub mod choosing;
pub mod deeds;
pub mod defining;
pub mod definition;
pub mod drawn;
pub mod entering;
pub mod figure;
pub mod forms;
pub mod holding;
pub mod import;
pub mod importing;
pub mod library;
pub mod machine;
pub mod new_limits;
pub mod overview;
pub mod pages;
pub mod panel;
pub mod period;
pub mod proposing;
pub mod rebasing;
pub mod redefining;
pub mod refusal;
pub mod show;
pub mod slipping;
pub mod small;
pub mod store;
pub mod throwing;
pub mod told;
pub mod tried;
pub mod turning;
pub mod valuing;
pub mod verbs;
pub mod way;
pub mod weeks;

pub use amount::Amount;
pub use definition::{Definition, Kind, Measure};
pub use machine::State;
