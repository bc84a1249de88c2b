//! What whoever gives no answer can do next, each as a form of its own at the end of the story.

use crate::balls::Owes;
use crate::ideas::viewer::Viewer;
use crate::ideas::{Idea, Part, Verb};
use crate::web::move_form::{MoveForm, MoveForms};

/// The forms for authors, doers, carriers and those who look on; a form that is not there is not possible now for the reader.
#[derive(Clone, Debug, Default)]
pub struct NextMoves {
    pub reply: Option<MoveForm>,
    /// The no was fair.
    pub fair: Option<MoveForm>,
    /// Throw the no back.
    pub throw_back: Option<MoveForm>,
    /// Say by when.
    pub plan: Option<MoveForm>,
    pub deliver: Option<MoveForm>,
    /// Try it first.
    pub trial: Option<MoveForm>,
    pub rest: Option<MoveForm>,
    pub confirm: Option<MoveForm>,
    /// Not yet, because.
    pub not_yet: Option<MoveForm>,
    /// It is not the same.
    pub object: Option<MoveForm>,
    pub wake: Option<MoveForm>,
    pub report: Option<MoveForm>,
    pub nod: Option<MoveForm>,
    pub thank: Option<MoveForm>,
    pub ask: Option<MoveForm>,
    pub take: Option<MoveForm>,
    pub withdraw: Option<MoveForm>,
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
        let form = |verb: Verb, wanted| forms.form_if(verb.name(), wanted && can(verb));
        Self {
            reply: form(Verb::Reply, true),
            fair: form(Verb::Fair, true),
            throw_back: form(Verb::ThrowBack, true),
            plan: form(Verb::Plan, true),
            deliver: form(Verb::Deliver, true),
            trial: forms.form_if("trial", by_the_doer(Verb::Try)),
            rest: forms.form_if("rest", by_the_doer(Verb::Park)),
            confirm: form(Verb::Confirm, true),
            not_yet: form(Verb::NotYet, true),
            object: form(Verb::Object, true),
            wake: form(Verb::Wake, true),
            report: form(Verb::Report, true),
            nod: form(Verb::Nod, true),
            thank: form(Verb::Thank, !viewer.is_author()),
            ask: form(Verb::Ask, idea.state == crate::ideas::State::Delivered && !viewer.is_author()),
            take: form(Verb::Take, can_be_taken && !is_mine),
            withdraw: form(Verb::Withdraw, !experiment_has_started),
            reword: if can(Verb::Reword) && !experiment_has_started {
                format!("/ideas/{}/edit", idea.id)
            } else {
                String::new()
            },
            draft: if draws { format!("/experiments/new?idea={}", idea.id) } else { String::new() },
        }
    }

    /// All forms there are.
    pub fn forms(&self) -> Vec<&MoveForm> {
        let Self { reply, fair, throw_back, plan, deliver, trial, rest, confirm, not_yet, .. } = self;
        let Self { object, wake, report, nod, thank, ask, take, withdraw, .. } = self;
        let forms = [
            reply, fair, throw_back, plan, deliver, trial, rest, confirm, not_yet, object, wake, report, nod, thank,
            ask, take, withdraw,
        ];
        forms.into_iter().flatten().collect()
    }

    /// Whether the reader owes the next move or may take it.
    pub fn is_any(&self) -> bool {
        !self.draft.is_empty() || self.forms().len() > usize::from(self.withdraw.is_some())
    }
}
