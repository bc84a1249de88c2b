//! The words of the import page, by how often the measure gets a value and what a value is made of.

use crate::measures::definition::{Definition, Kind};
use crate::spc::Cadence;

/// What the page asks for.
pub struct Labels {
    pub label: &'static str,
    /// What a row looks like.
    pub help: String,
    pub period: &'static str,
    pub caption: &'static str,
}

impl Labels {
    /// The words for a measure.
    pub fn of(definition: &Definition) -> Self {
        let (label, period, caption, one, whole) = match definition.cadence {
            Cadence::Week => (
                "Weeks and values",
                "Week of",
                "Week by week",
                "One row a week, such as 2026-03-02; ",
                " Any day of a week counts for the week.",
            ),
            Cadence::Month => (
                "Months and values",
                "Month",
                "Month by month",
                "One row a month, such as 2026-03; ",
                " Any day of a month counts for the month.",
            ),
            Cadence::WorkingDay => (
                "Days and values",
                "Day",
                "Day by day",
                "One row a day, such as 2026-03-02; ",
                " Days on which the team does not work are left out.",
            ),
            Cadence::Day | Cadence::Count => {
                ("Days and values", "Day", "Day by day", "One row a day, such as 2026-03-02; ", "")
            }
        };
        let value = match definition.kind {
            Kind::Share => "3/26. What was counted and out of how many may stand in two columns.",
            Kind::Slips => "11.5. The average, or the sum and the number of slips in two columns.",
            Kind::Count => "3.",
            _ => "31.5.",
        };
        Self { label, help: format!("{one}{value}{whole}"), period, caption }
    }
}
