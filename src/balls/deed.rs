//! What whoever has a ball does next, said as a deed: "Write this week's line", and not the name of a state.

use super::{Owes, Subject};

impl Owes {
    /// The deed on a thing of this kind, for the one who owes it. It stands before "by" and the time; a comma at
    /// its end belongs to that.
    pub fn deed(self, subject: Subject) -> &'static str {
        match (self, subject) {
            (Self::Write, Subject::Standard) => "Write down our way",
            (Self::Write, _) => "Draft your experiment",
            (Self::Confirm, Subject::Idea) => "Say whether it changed something for you",
            (Self::Confirm, _) => "Say whether it has come",
            (Self::Answer, _) => "Answer it",
            (Self::Respond, _) => "Answer what you are asked for",
            (Self::Catch, _) => "Catch it, or answer it at once,",
            (Self::Reply, _) => "Answer the question",
            (Self::Do, _) => "Do it and say so",
            (Self::Follow, _) => "Nothing; it follows another",
            (Self::Wake, _) => "Take it up again",
            (Self::Judge, _) => "Say whether the no was fair, or throw it back,",
            (Self::Keep, _) => "Keep your promise",
            (Self::Safety, _) => "Say whether trying it would do harm",
            (Self::Start, _) => "Start your experiment",
            (Self::Line, _) => "Write this week\u{2019}s line",
            (Self::Study, _) => "Write what happened and what you learned",
            (Self::Decide, _) => "Decide to adopt, adapt or abandon",
            (Self::Teach, _) => "Show it to all concerned",
            (Self::Check, _) => "Check whether it still holds",
            (Self::Repair, _) => "Bring it back",
            (Self::Keeper, _) => "Find a keeper, or say no,",
            (Self::Define, _) => "Say how it is counted",
            (Self::Value, _) => "Enter the number",
            (Self::Explain, _) => "Say what you know about the signal",
            (Self::Agree, _) => "Agree to it, or not,",
            (Self::Worth, _) => "Say whether it is worth its minutes",
            (Self::Plan, _) => "Say your day",
            (Self::Thank, _) => "Say thank you, or ask,",
            (Self::Renew, _) => "Say a new day and what got in the way",
            (Self::Review, _) => "Say whether it still stands",
            (Self::End, _) => "Keep it until its end",
        }
    }
}
