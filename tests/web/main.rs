//! The application from outside, through its router: who may do what, what is shown, and what is refused.
#![cfg(test)]

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod database;
mod demo;
mod experiments;
mod foundation;
mod home;
mod ideas;
mod imports;
mod letters;
mod measure_charts;
mod measure_life;
mod measure_limits;
mod measure_slips;
mod measures;
mod people;
mod promises;
mod protection;
mod standards;
mod trouble;
mod walk;
mod wall;
