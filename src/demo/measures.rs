//! The measures of the three teams: what they ask, 78 weeks of values, and what their keepers said and did about them.
//!
//! The first half year comes from spreadsheets; since then a value comes each week. Each measure has a file of its own
//! for its story, or shares it with one that tells the same.

mod admin_hours;
mod closing;
mod first_answer;
mod leads;
mod life;
mod next_step;
mod quote_time;
mod reissued;

use super::script::Script;

/// What everybody did with measures.
pub fn write(script: &mut Script) {
    quote_time::write(script);
    reissued::write(script);
    first_answer::write(script);
    closing::write(script);
    admin_hours::write(script);
    next_step::write(script);
    leads::write(script);
}
