//! The application from outside, through its router: who may do what, what is shown, and what is refused.
#![cfg(test)]

#[path = "../support/mod.rs"]
mod support;

mod absences;
mod answers;
mod clocks;
mod conversation;
mod costs;
mod database;
mod demo;
mod drafts;
mod experiment_cases;
mod experiments;
mod finding;
mod foundation;
mod home;
mod ideas;
mod imports;
mod leadership;
mod letters;
mod limits;
mod lists;
mod locale;
mod measure_charts;
mod measure_life;
mod measure_limits;
mod measure_slips;
mod measures;
mod mergers;
mod moves;
mod notices;
mod once;
mod people;
mod pictures;
mod promises;
mod protection;
mod purpose;
mod slow;
mod standard_life;
mod standards;
mod trouble;
mod walk;
mod wall;
