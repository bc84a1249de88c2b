//! The ideas of all three teams, in everybody's own words.
//!
//! What ended weeks ago stands in its calendar week. What is open is counted in working hours before the present, as far as
//! its age or its clock is looked at.

mod field_north;
mod partner;
mod service;
mod steps;

use super::script::Script;

/// What authors and leaders did.
pub fn write(script: &mut Script) {
    field_north::write(script);
    service::write(script);
    partner::write(script);
}
