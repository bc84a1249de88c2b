//! The pages of standards, one file for each address; [`fields`] reads and fills the form.

pub mod checks;
pub mod edit;
pub mod fields;
pub mod holding;
pub mod index;
pub mod new;
pub mod repair;
pub mod retirement;
pub mod show;
pub mod submission;
pub mod teaching;
