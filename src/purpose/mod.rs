//! What this is for, and what it will never be used for: one page for everybody, to be printed for a works council, and
//! what is kept about oneself as a file.
//!
//! [`kept`] is the list of all that is kept, who reads it and until when; a test compares it with the tables. [`mine`]
//! gathers what belongs to one person.

pub mod kept;
pub mod mine;
pub mod pages;
