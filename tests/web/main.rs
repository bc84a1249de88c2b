//! The application from outside, through its router: who may do what, what is shown, and what is refused.
#![cfg(test)]

#[path = "../support/mod.rs"]
mod support;

mod foundation;
mod home;
mod measures;
mod people;
mod walk;
mod wall;
