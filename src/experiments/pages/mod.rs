//! The pages of experiments, one file for each address; [`moves`] has those that need words at most. [`forms`], [`fields`]
//! and [`options`] are what they share.

pub mod cases;
pub mod chart;
pub mod decision;
pub mod edit;
pub mod effect;
pub mod fields;
pub mod forms;
pub mod index;
pub mod lines;
pub mod list;
pub mod moves;
pub mod new;
pub mod show;
pub mod submission;
