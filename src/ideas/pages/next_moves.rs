//! What whoever gives no answer can do next, each as a form of its own at the end of the story.

use crate::balls::Owes;
use crate::ideas::viewer::Viewer;
use crate::ideas::{Idea, Part, Verb};
use crate::web::move_form::{MoveForm, MoveForms, PossibleForms};

/// The forms for authors, doers, carriers and those who look on.
#[derive(Clone, Debug, Default)]
pub struct NextMoves {
    pub forms: PossibleForms,
    /// The address at which its author changes its words; empty for others.
    pub reword: String,
    /// The address of the draft of an experiment, when it is the reader's to write; empty otherwise.
    pub draft: String,
}

/// What holds for an idea now, whoever reads.
#[derive(Clone, Copy, Debug)]
pub struct Conditions {
    /// Whether it needs a hand that somebody up the chain can lend.
    pub can_be_taken: bool,
    /// Whether an experiment on it has started.
    pub experiment_has_started: bool,
}

impl NextMoves {
    /// What is possible for the reader.
    pub fn of(idea: &Idea, viewer: &Viewer, conditions: Conditions, forms: &MoveForms<'_>) -> Self {
        let can = |verb| viewer.can(idea, verb);
        let is_mine = viewer.is(Part::Holder);
        let draws = is_mine && idea.owes == Some(Owes::Write);
        let Conditions { can_be_taken, experiment_has_started } = conditions;
        let by_the_doer = |verb| can(verb) && viewer.is(Part::Doer) && idea.state == crate::ideas::State::Go;
        let form = |verb: Verb, wanted: bool| (verb.name(), wanted && can(verb));
        let forms = forms.possible([
            form(Verb::Reply, true),
            form(Verb::Fair, true),
            form(Verb::ThrowBack, true),
            form(Verb::Plan, true),
            form(Verb::Deliver, true),
            ("trial", by_the_doer(Verb::Try)),
            ("rest", by_the_doer(Verb::Park)),
            form(Verb::Confirm, true),
            form(Verb::NotYet, true),
            form(Verb::Object, true),
            form(Verb::Wake, true),
            form(Verb::Report, true),
            form(Verb::Nod, true),
            form(Verb::Thank, !viewer.is_author()),
            form(Verb::Ask, idea.state == crate::ideas::State::Delivered && !viewer.is_author()),
            form(Verb::Take, can_be_taken && !is_mine),
            form(Verb::Withdraw, !experiment_has_started),
        ]);
        Self {
            forms,
            reword: if can(Verb::Reword) && !experiment_has_started {
                format!("/ideas/{}/edit", idea.id)
            } else {
                String::new()
            },
            draft: if draws { format!("/experiments/new?idea={}", idea.id) } else { String::new() },
        }
    }

    /// The form of this move; none when it is not possible.
    pub fn form(&self, name: &str) -> Option<&MoveForm> {
        self.forms.get(name)
    }

    /// Whether the reader owes the next move or may take it.
    pub fn is_any(&self) -> bool {
        !self.draft.is_empty() || self.forms.0.iter().any(|(name, _)| *name != Verb::Withdraw.name())
    }
}
