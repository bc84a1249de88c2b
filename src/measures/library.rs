//! Twelve measures of sales work to start from: definitions to edit, none switched on by default.

use super::definition::{Definition, Kind};
use crate::spc::Better;
use crate::spc::Cadence;

/// A measure of the library.
pub struct Example {
    pub word: &'static str,
    pub name: &'static str,
    pub question: &'static str,
    /// How it may be counted.
    pub how_counted: &'static str,
    pub beware: &'static str,
    kind: Kind,
    unit: &'static str,
    better: Better,
    cadence: Cadence,
}

impl Example {
    /// The definition to edit; keeper, wish and source are the team's own to say.
    pub fn definition(&self) -> Definition {
        Definition {
            name: self.name.to_owned(),
            question: self.question.to_owned(),
            how_counted: self.how_counted.to_owned(),
            kind: self.kind,
            cadence: self.cadence,
            unit: self.unit.to_owned(),
            better: self.better,
            not_used_for: "Comparing people, appraisals, bonus.".to_owned(),
            cost_minutes: Some(if self.kind == Kind::Slips { 1 } else { 10 }),
            floor: self.kind.floor(),
            ceiling: (self.kind == Kind::Share).then_some(100.0),
            ..Definition::default()
        }
    }
}

/// The example with this word.
pub fn find(word: &str) -> Option<&'static Example> {
    ALL.iter().find(|example| example.word == word)
}

/// All examples, in the order in which a sale runs.
#[rustfmt::skip]
pub const ALL: [Example; 12] = [
    Example {
        word: "lead-accepted", name: "Leads accepted", kind: Kind::Share, unit: "%", better: Better::Higher, cadence: Cadence::Week,
        question: "Are the leads we get worth a call?",
        how_counted: "Of the leads handed over this week, those the receiving team accepts by the written definition within 2 days.",
        beware: "A changed definition starts a new chart.",
    },
    Example {
        word: "first-answer", name: "First answer", kind: Kind::Share, unit: "%", better: Better::Higher, cadence: Cadence::Week,
        question: "Does a customer who asks us today hear from a person today?",
        how_counted: "Of the enquiries received this week, those with a first answer by a person within 4 working hours.",
        beware: "An automatic reply does not count.",
    },
    Example {
        word: "meetings-that-lead-on", name: "Meetings that lead on", kind: Kind::Share, unit: "%", better: Better::Higher, cadence: Cadence::Week,
        question: "Do first meetings lead anywhere?",
        how_counted: "Of the first meetings held this week, those after which the customer agreed to a next step.",
        beware: "It is not the number of meetings.",
    },
    Example {
        word: "quote-turnaround", name: "Quote turnaround", kind: Kind::Duration, unit: "hours", better: Better::Lower, cadence: Cadence::Week,
        question: "How long does a customer wait for our quote?",
        how_counted: "Working hours from the complete enquiry (all five facts on the sheet) to the quote in the customer’s inbox; the median of all quotes of the week.",
        beware: "Stop clock games: waiting for the customer must be a written question.",
    },
    Example {
        word: "quotes-reissued", name: "Quotes reissued", kind: Kind::Share, unit: "%", better: Better::Lower, cadence: Cadence::Week,
        question: "How often do we send a quote twice because of ourselves?",
        how_counted: "Of the quotes sent this week, those we sent again because of our own mistake in price, item, address or terms.",
        beware: "Changes by the customer do not count.",
    },
    Example {
        word: "customer-agreed-next-step", name: "Customer-agreed next step", kind: Kind::Share, unit: "%", better: Better::Higher, cadence: Cadence::Week,
        question: "In how many open opportunities has the customer agreed to do something by a date?",
        how_counted: "Monday morning, of the open opportunities older than 2 weeks, those with a dated next step that the customer has agreed to.",
        beware: "“I will call” is no step of the customer.",
    },
    Example {
        word: "stage-conversion", name: "Stage conversion", kind: Kind::Share, unit: "%", better: Better::Higher, cadence: Cadence::Week,
        question: "How many opportunities go on to the next stage in the usual time?",
        how_counted: "Of the opportunities that entered the stage in a week, those in the next stage within the usual time; booked to the week of entry.",
        beware: "Each stage needs an action of the customer as its entry test.",
    },
    Example {
        word: "win-rate", name: "Win rate", kind: Kind::Share, unit: "%", better: Better::Higher, cadence: Cadence::Week,
        question: "How many of the closed did we win?",
        how_counted: "Won ÷ (won + lost + no decision), by the week of closing.",
        beware: "Small numbers, wide limits.",
    },
    Example {
        word: "no-decision-share", name: "No-decision share", kind: Kind::Share, unit: "%", better: Better::Lower, cadence: Cadence::Week,
        question: "How many customers talk to us for weeks and then decide nothing?",
        how_counted: "Opportunities closed this week without any decision ÷ all closed this week.",
        beware: "An opportunity without an agreed step for an agreed time must be closed.",
    },
    Example {
        word: "cycle-time", name: "Cycle time", kind: Kind::Duration, unit: "days", better: Better::Lower, cadence: Cadence::Month,
        question: "How long does it take from the first qualified talk to a decision?",
        how_counted: "Days from the first qualified talk to the decision; the median of those decided this month.",
        beware: "It counts only the decided: look at the age of the open ones too.",
    },
    Example {
        word: "admin-hours", name: "Admin hours", kind: Kind::Slips, unit: "hours per person", better: Better::Lower, cadence: Cadence::Week,
        question: "How much of our week is neither customers nor learning?",
        how_counted: "On Friday everyone puts in one number: hours for reports, internal forms, searching, waiting for approvals and internal meetings.",
        beware: "Never per person. Only the sum and how many slips there were are kept.",
    },
    Example {
        word: "forecast-honesty", name: "Forecast honesty", kind: Kind::Share, unit: "%", better: Better::Higher, cadence: Cadence::Month,
        question: "How many of the opportunities forecast for a month were decided in it?",
        how_counted: "Of the opportunities forecast for the month, those decided in it, whichever way.",
        beware: "Never per person.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_lacks_only_what_is_the_teams_own_to_say() {
        for example in &ALL {
            assert_eq!(example.definition().missing(), ["where the numbers come from"], "{}", example.word);
            assert!(find(example.word).is_some_and(|found| found.name == example.name));
        }
    }
}
