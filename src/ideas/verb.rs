//! What can be done with an idea, in the names of its history.

use super::State;

macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {
        /// What can be done with an idea.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Verb {$(
            $(#[$doc])*
            $name,
        )*}

        impl Verb {
            /// All verbs.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in the history.
            pub fn name(self) -> &'static str {
                match self {$(Self::$name => $text,)*}
            }
        }
    };
}

verbs! {
    /// A person says "I have it".
    Catch "catch";
    /// Ask the author back.
    Ask "ask";
    /// The author answers the question.
    Reply "reply";
    /// Offer ten minutes with a date, in place of a third question.
    Talk "talk";
    /// Yes, do it.
    Go "go";
    /// Yes, let's try it.
    Try "try";
    /// I will help, with a dated promise.
    Help "help";
    /// I take it further and stay on it.
    PassUp "pass_up";
    /// Whoever carries it tells how it stands.
    Report "report";
    /// Back to the one who carried it here, once, with a reason.
    SendBack "send_back";
    /// Not now, again on a day.
    Park "park";
    /// The next level agrees that it rests a third time.
    Nod "nod";
    /// No, because.
    Decline "decline";
    /// It is the same as another: put the two together.
    Merge "merge";
    /// The author says it is not the same.
    Object "object";
    /// The idea it was put together with was taken back: it stands by itself again.
    Alone "alone";
    /// The author takes it back.
    Withdraw "withdraw";
    /// The author changes its words; the old ones are kept.
    Reword "reword";
    /// The author says the no was fair.
    Fair "fair";
    /// The author throws the no back.
    ThrowBack "throw_back";
    /// The doer says by when.
    Plan "plan";
    /// The doer says it is done.
    Deliver "deliver";
    /// A leader thanks in their own words.
    Thank "thank";
    /// The author says it changed for them.
    Confirm "confirm";
    /// The author says it has not, and why.
    NotYet "not_yet";
    /// A resting idea is woken.
    Wake "wake";
    /// Somebody up the chain says "I take it", when it needs a hand.
    Take "take";
    /// A clock ran out that ends by itself.
    Lapse "lapse";
    /// An experiment on it begins or moves on.
    Follow "follow";
    /// The promise it follows moves on.
    Carry "carry";
    /// The promise is kept or released and the author goes on.
    GoOn "go_on";
    /// The promise is kept and was the whole thing.
    Whole "whole";
    /// The promise is revoked: answer again.
    Revoke "revoke";
    /// The standard that came of it is in use.
    InUse "in_use";
    /// The experiment was abandoned with a lesson.
    Abandon "abandon";
    /// The experiment was dropped before it started.
    Drop "drop";
}

impl Verb {
    /// Whether it counts only with words of one's own.
    pub fn needs_words(self) -> bool {
        self.answer().is_some()
            || matches!(
                self,
                Self::Reply
                    | Self::ThrowBack
                    | Self::Deliver
                    | Self::NotYet
                    | Self::Thank
                    | Self::Report
                    | Self::SendBack
                    | Self::Object
                    | Self::Talk
            )
    }

    /// The state that this answer, or the question back, leads to; none for what is no answer.
    pub fn answer(self) -> Option<State> {
        match self {
            Self::Ask => Some(State::Question),
            Self::Go => Some(State::Go),
            Self::Try => Some(State::Trying),
            Self::Help => Some(State::Helping),
            Self::PassUp => Some(State::PassedUp),
            Self::Park => Some(State::Parked),
            Self::Decline => Some(State::Declined),
            Self::Merge => Some(State::Merged),
            _ => None,
        }
    }

    /// Whether it is one of the six honest answers, or puts the idea to another, which is answered there.
    pub fn is_real_answer(self) -> bool {
        self.answer().is_some() && self != Self::Ask
    }
}
