//! What whoever gives no answer can do next, each as a form of its own at the end of the story.

use super::parts::Play;
use super::{Idea, Part, Verb};
use crate::balls::Owes;
use crate::responses::answer_box::{Door, Doors};

/// The forms for authors, doers, carriers and those who look on; a door that is not there is not possible now for the reader.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    pub reply: Option<Door>,
    /// The no was fair.
    pub fair: Option<Door>,
    /// Throw the no back.
    pub throw_back: Option<Door>,
    /// Say by when.
    pub plan: Option<Door>,
    pub deliver: Option<Door>,
    /// Try it first.
    pub trial: Option<Door>,
    pub rest: Option<Door>,
    pub confirm: Option<Door>,
    /// Not yet, because.
    pub not_yet: Option<Door>,
    /// It is not the same.
    pub object: Option<Door>,
    pub wake: Option<Door>,
    pub report: Option<Door>,
    pub nod: Option<Door>,
    pub thank: Option<Door>,
    pub ask: Option<Door>,
    pub take: Option<Door>,
    pub withdraw: Option<Door>,
    /// The address at which its author changes its words; empty for others.
    pub reword: String,
    /// The address of the draft of an experiment, when it is the reader's to write; empty otherwise.
    pub draft: String,
}

/// What holds for an idea now, whoever reads.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// Whether it needs a hand that somebody up the chain can lend.
    pub can_be_taken: bool,
    /// Whether an experiment on it has started.
    pub experiment_has_started: bool,
}

impl Moves {
    /// What is possible for the reader.
    pub fn of(idea: &Idea, play: &Play, now: Now, doors: &Doors<'_>) -> Self {
        let can = |verb| play.can(idea, verb);
        let is_mine = play.is(Part::Holder);
        let draws = is_mine && idea.owes == Some(Owes::Write);
        let Now { can_be_taken, experiment_has_started } = now;
        let by_the_doer = |verb| can(verb) && play.is(Part::Doer) && idea.state == super::State::Go;
        let door = |verb: Verb, wanted| doors.door_if(verb.name(), wanted && can(verb));
        Self {
            reply: door(Verb::Reply, true),
            fair: door(Verb::Fair, true),
            throw_back: door(Verb::ThrowBack, true),
            plan: door(Verb::Plan, true),
            deliver: door(Verb::Deliver, true),
            trial: doors.door_if("trial", by_the_doer(Verb::Try)),
            rest: doors.door_if("rest", by_the_doer(Verb::Park)),
            confirm: door(Verb::Confirm, true),
            not_yet: door(Verb::NotYet, true),
            object: door(Verb::Object, true),
            wake: door(Verb::Wake, true),
            report: door(Verb::Report, true),
            nod: door(Verb::Nod, true),
            thank: door(Verb::Thank, !play.is_author()),
            ask: door(Verb::Ask, idea.state == super::State::Delivered && !play.is_author()),
            take: door(Verb::Take, can_be_taken && !is_mine),
            withdraw: door(Verb::Withdraw, !experiment_has_started),
            reword: if can(Verb::Reword) && !experiment_has_started {
                format!("/ideas/{}/edit", idea.id)
            } else {
                String::new()
            },
            draft: if draws { format!("/experiments/new?idea={}", idea.id) } else { String::new() },
        }
    }

    /// All doors there are.
    pub fn doors(&self) -> Vec<&Door> {
        let Self { reply, fair, throw_back, plan, deliver, trial, rest, confirm, not_yet, .. } = self;
        let Self { object, wake, report, nod, thank, ask, take, withdraw, .. } = self;
        let doors = [
            reply, fair, throw_back, plan, deliver, trial, rest, confirm, not_yet, object, wake, report, nod, thank,
            ask, take, withdraw,
        ];
        doors.into_iter().flatten().collect()
    }

    /// Whether the reader owes the next move or may take it.
    pub fn is_any(&self) -> bool {
        !self.draft.is_empty() || self.doors().len() > usize::from(self.withdraw.is_some())
    }
}
