//! The pages of promises, one file for each address. Those of standing promises lie in `standing`.

mod forms;
pub mod index;
pub mod moves;
pub mod new;
pub mod show;
pub mod standing;
