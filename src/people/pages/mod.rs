//! The pages of people, one file for each address.

pub mod absence;
pub mod absences;
pub mod anew;
mod fields;
pub mod invitations;
pub mod join;
pub mod join_links;
pub mod joiners;
pub mod links;
pub mod many;
pub mod password;
pub mod people;
pub mod person;
pub mod session;
pub mod setup;
pub mod teams;
