//! The words of the import page, by how often the measure gets a value and what a value is made of.

use crate::measures::pages::figure::heading;
use crate::measures::{Definition, Kind};
use crate::spc::Cadence;
use crate::spc::sentences::wording::capital;

/// What the page asks for.
pub struct Labels {
    pub label: String,
    pub help: String,
    pub period: String,
    pub caption: String,
}

impl Labels {
    /// The words for a measure.
    pub fn of(definition: &Definition) -> Self {
        let (cadence, one) = (definition.cadence, definition.cadence.one());
        let date = if cadence == Cadence::Month { "2026-03" } else { "2026-03-02" };
        let value = match definition.kind {
            Kind::Share => "3/26. What was counted and out of how many may stand in two columns.",
            Kind::Slips => "11.5. The average, or the sum and the number of slips in two columns.",
            Kind::Count => "3.",
            _ => "31.5.",
        };
        let days = match cadence {
            Cadence::Week | Cadence::Month => format!(" Any day of a {one} counts for the {one}."),
            Cadence::WorkingDay => " Days on which the team does not work are left out.".to_owned(),
            Cadence::Day | Cadence::Count | Cadence::Case => String::new(),
        };
        Self {
            label: format!("{}s and values", capital(one)),
            help: format!("One row a {one}, such as {date}; {value}{days}"),
            period: heading(cadence),
            caption: format!("{} by {one}", capital(one)),
        }
    }
}
