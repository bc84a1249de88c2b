//! The pages of ideas: one file for each address, named by it. `moves` holds the addresses of the many short moves.

pub mod edit;
pub mod index;
pub mod merger;
pub mod moves;
pub mod name;
pub mod new;
pub mod next_moves;
mod outcomes;
pub mod protected;
pub mod record;
pub mod show;
pub mod talk;
pub mod timeline;
pub mod voice;
