//! What the page of an experiment offers to whoever looks at it.

use crate::experiments::{Experiment, Part, State, Verb, step};
use chrono::NaiveDate;

/// The options of a choice in a form: the value, its words, a help.
pub type Options = &'static [(&'static str, &'static str, &'static str)];

/// The forms of the page by their names, which are also the ends of their addresses.
pub const FORMS: [&str; 9] =
    ["safety-question", "safety-answer", "readiness", "start", "lines", "stop", "study", "decision", "withdrawal"];

/// What the viewer can do now.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one switch for each form of the page")]
pub struct Can {
    pub change: bool,
    /// Ask whether it is safe, or say that it fits the green lane.
    pub prepare: bool,
    /// Answer whether it is safe.
    pub answer: bool,
    pub start: bool,
    /// Write the line of a week.
    pub line: bool,
    pub stop: bool,
    pub study: bool,
    pub decide: bool,
    pub withdraw: bool,
}

impl Can {
    /// What somebody with this part can do.
    pub fn of(experiment: &Experiment, part: Part, today: NaiveDate, has_open_weeks: bool) -> Self {
        let may = |verb| step(experiment.state, verb, &[part]).is_ok();
        let ended = experiment.state == State::Running && experiment.has_ended(today);
        Self {
            change: may(Verb::Change),
            prepare: may(Verb::Ask),
            answer: may(Verb::Clear),
            start: may(Verb::Start),
            line: may(Verb::Line) && has_open_weeks,
            stop: may(Verb::Stop) && !ended,
            study: may(Verb::Study) || (ended && part == Part::Owner),
            decide: may(Verb::Adopt),
            withdraw: may(Verb::Drop),
        }
    }

    /// Whether the form of this name is offered, so that what was typed can be sent again.
    pub fn offers(self, form: &str) -> bool {
        match form {
            "safety-question" | "readiness" => self.prepare,
            "safety-answer" => self.answer,
            "start" => self.start,
            "lines" => self.line,
            "stop" => self.stop,
            "study" => self.study,
            "decision" => self.decide,
            "withdrawal" => self.withdraw,
            _ => false,
        }
    }
}
