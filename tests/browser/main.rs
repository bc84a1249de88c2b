//! Complete journeys in a real Chromium, with the accessibility rules of axe-core on every page.
//!
//! `tests/run` starts the driver and says where everything is; see `support.rs` for what it hands over.
#![cfg(test)]

mod answers;
#[path = "../support/mod.rs"]
mod app;
mod axe;
mod cases;
mod charts;
mod device;
mod drafts;
mod example;
mod harness;
mod journey;
mod keyboard;
mod keys;
mod legible;
mod measure_life;
mod measures;
mod nameless;
mod paper;
mod people;
mod phone;
mod promises;
mod support;
mod unseen;
mod weight;
mod widths;
