//! The pages of standards, one file for each address; [`moves`] has those that need words at most. [`fields`] reads and
//! fills the form.

pub mod chart;
pub mod edit;
pub mod fields;
pub mod index;
pub mod moves;
pub mod new;
pub mod show;
pub mod submission;
