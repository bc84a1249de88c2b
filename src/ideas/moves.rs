//! What the author and the doer can do next, each as a form of its own at the end of the story.

use super::{Idea, Part, Verb};
use crate::balls::Owes;
use crate::responses::answer_box::{Door, Doors};

/// The forms for whoever is no leader; a door that is not there is not possible now for the reader.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    /// Answer the question.
    pub reply: Option<Door>,
    /// The no was fair.
    pub fair: Option<Door>,
    /// Throw the no back.
    pub throw_back: Option<Door>,
    /// It is done.
    pub deliver: Option<Door>,
    /// Yes, it changed for me.
    pub confirm: Option<Door>,
    /// Not yet, because.
    pub not_yet: Option<Door>,
    /// Wake it.
    pub wake: Option<Door>,
    /// Take it back.
    pub withdraw: Option<Door>,
    /// The address of the draft of an experiment, when it is the reader's to write; empty otherwise.
    pub draft: String,
}

impl Moves {
    /// What is possible for somebody who plays these parts.
    pub fn of(idea: &Idea, parts: &[Part], doors: &Doors<'_>) -> Self {
        let can = |verb| idea.allows(verb, parts);
        let draws = parts.contains(&Part::Holder) && idea.owes == Some(Owes::Write);
        let experiment_runs = idea.owes == Some(Owes::Follow);
        Self {
            reply: doors.door_if("reply", can(Verb::Reply)),
            fair: doors.door_if("fair", can(Verb::Fair)),
            throw_back: doors.door_if("throw_back", can(Verb::ThrowBack)),
            deliver: doors.door_if("deliver", can(Verb::Deliver)),
            confirm: doors.door_if("confirm", can(Verb::Confirm)),
            not_yet: doors.door_if("not_yet", can(Verb::NotYet)),
            wake: doors.door_if("wake", can(Verb::Wake)),
            withdraw: doors.door_if("withdraw", can(Verb::Withdraw) && !experiment_runs),
            draft: if draws { format!("/experiments/new?idea={}", idea.id) } else { String::new() },
        }
    }

    /// All doors there are.
    pub fn doors(&self) -> Vec<&Door> {
        let doors = [
            &self.reply,
            &self.fair,
            &self.throw_back,
            &self.deliver,
            &self.confirm,
            &self.not_yet,
            &self.wake,
            &self.withdraw,
        ];
        doors.into_iter().flatten().collect()
    }

    /// Whether the reader owes the next move or may take it.
    pub fn is_any(&self) -> bool {
        let moves = [&self.reply, &self.fair, &self.deliver, &self.confirm, &self.wake];
        !self.draft.is_empty() || moves.iter().any(|door| door.is_some())
    }
}
