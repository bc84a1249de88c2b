//! Catchball: sales teams propose changes from the inside out, and managers visibly act on them.

pub mod balls;
pub mod calendar;
pub mod config;
pub mod db;
pub mod error;
pub mod experiments;
pub mod ideas;
pub mod ids;
pub mod leadership;
pub mod measures;
pub mod people;
pub mod responses;
pub mod standards;
pub mod wall;
pub mod web;
pub mod world;

pub use web::app::App;
