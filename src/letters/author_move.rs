//! What an author can do by the code, by the names of the forms and of the database.

use crate::ideas::Verb;
use crate::promises;
use chrono::NaiveDate;
use std::fmt;
use std::str::FromStr;

crate::choices! {
    /// What an author can do by the code, in the words of the button.
    AuthorMove {
        Reply "reply" "Answer the question";
        Fair "fair" "Yes, it was fair";
        ThrowBack "throw_back" "Throw it back, to the next level";
        Deliver "deliver" "It is done";
        Confirm "confirm" "Yes, it changed for me";
        NotYet "not_yet" "Not yet";
        Keep "promise_keep" "It has come, and the idea goes on";
        KeepWhole "promise_keep_whole" "It has come, and that was the whole thing";
        PromiseNotYet "promise_not_yet" "It has not come yet";
        Agree "promise_agree" "Agree to the other day";
        KeepOldDate "promise_keep_old_date" "The old day stands";
        Wake "wake" "Wake it";
        Object "object" "It is not the same";
        Say "said" "Add words";
        Release "promise_release" "It is no longer needed";
        Withdraw "withdraw" "Take it back";
    }
}

/// What an author's move moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moves {
    Idea(Verb),
    /// The promise that the idea follows.
    Promise(promises::Verb),
    /// Nothing: words alone.
    Nothing,
}

impl AuthorMove {
    /// What it moves.
    pub fn moves(self) -> Moves {
        match self {
            Self::Reply => Moves::Idea(Verb::Reply),
            Self::Fair => Moves::Idea(Verb::Fair),
            Self::ThrowBack => Moves::Idea(Verb::ThrowBack),
            Self::Deliver => Moves::Idea(Verb::Deliver),
            Self::Confirm => Moves::Idea(Verb::Confirm),
            Self::NotYet => Moves::Idea(Verb::NotYet),
            Self::Keep | Self::KeepWhole => Moves::Promise(promises::Verb::Keep),
            Self::PromiseNotYet => Moves::Promise(promises::Verb::NotYet),
            Self::Agree => Moves::Promise(promises::Verb::Agree),
            Self::KeepOldDate => Moves::Promise(promises::Verb::KeepOldDate),
            Self::Wake => Moves::Idea(Verb::Wake),
            Self::Object => Moves::Idea(Verb::Object),
            Self::Say => Moves::Nothing,
            Self::Release => Moves::Promise(promises::Verb::Release),
            Self::Withdraw => Moves::Idea(Verb::Withdraw),
        }
    }

    /// Whether it counts only with words.
    pub fn needs_words(self) -> bool {
        match self.moves() {
            Moves::Idea(verb) => verb.needs_words(),
            Moves::Promise(verb) => verb.needs_words(),
            Moves::Nothing => true,
        }
    }

    /// Whether it counts only with a day.
    pub fn needs_a_day(self) -> bool {
        self == Self::PromiseNotYet
    }

    /// Whether somebody waits for it. What is always possible stands behind it on the page.
    pub fn is_waited_for(self) -> bool {
        !matches!(self, Self::Say | Self::Release | Self::Withdraw)
    }

    /// What the story says of it when it came too late. Whether a no was fair is only ever shown summed.
    pub fn words_too_late(self) -> &'static str {
        match self {
            Self::Fair => "I leave it at this answer",
            _ => self.words(),
        }
    }

    /// What the field asks for.
    pub fn asks(self) -> &'static str {
        match self {
            Self::Reply => "Your answer",
            Self::ThrowBack => "One sentence: why you do not agree",
            Self::Deliver => "What was done",
            Self::NotYet | Self::PromiseNotYet => "Not yet, because",
            Self::Object => "What is different",
            Self::Say => "What you want to add",
            _ => "A word to go with it",
        }
    }

    /// What stands under the label; empty for nothing.
    pub fn help(self) -> &'static str {
        match self {
            Self::Say => {
                "If you want to say who you are, write your name here: it stands in the story for good, and can\u{2019}t be taken back."
            }
            Self::Fair => "The story will say only that it was closed, with a word of yours if you write one.",
            _ => "",
        }
    }
}

/// A move with the day it names: as it waits for the post, the day stands behind the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatedMove {
    pub this: AuthorMove,
    /// By which day; only where the move needs one.
    pub on: Option<NaiveDate>,
}

impl fmt::Display for DatedMove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.this.name())?;
        self.on.map_or(Ok(()), |on| write!(f, " {on}"))
    }
}

impl FromStr for DatedMove {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (name, day) = text.split_once(' ').unwrap_or((text, ""));
        let on = if day.is_empty() { None } else { Some(day.parse().map_err(drop)?) };
        Ok(Self { this: name.parse()?, on })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_move_is_found_by_its_name_and_the_verbs_are_those_of_the_idea_and_of_its_promise() {
        for act in AuthorMove::ALL.iter().copied() {
            assert_eq!(act.name().parse(), Ok(act));
            match act.moves() {
                Moves::Idea(verb) => assert_eq!(verb.name(), act.name()),
                Moves::Promise(verb) => assert!(act.name().starts_with(&format!("promise_{}", verb.name()))),
                Moves::Nothing => assert_eq!(act, AuthorMove::Say),
            }
        }
        assert!("catch".parse::<AuthorMove>().is_err());
    }

    #[test]
    fn every_move_of_the_receiver_of_a_promise_that_answers_an_idea_is_there() {
        use promises::{Part, State, Verb as PromiseVerb, step};
        let there: Vec<_> = AuthorMove::ALL.iter().map(|act| act.moves()).collect();
        for state in [State::Promised, State::Renegotiating, State::Delivered, State::Missed] {
            for verb in PromiseVerb::ALL.iter().copied().filter(|verb| step(state, *verb, &[Part::Receiver]).is_ok()) {
                assert!(there.contains(&Moves::Promise(verb)), "{state:?} {verb:?}");
            }
        }
    }

    #[test]
    fn a_day_stands_behind_the_name() {
        let asked = DatedMove { this: AuthorMove::PromiseNotYet, on: "2026-03-20".parse().ok() };
        assert_eq!(asked.to_string(), "promise_not_yet 2026-03-20");
        assert_eq!(asked.to_string().parse(), Ok(asked));
        assert_eq!("reply".parse(), Ok(DatedMove { this: AuthorMove::Reply, on: None }));
        assert!("reply soon".parse::<DatedMove>().is_err() && "soon".parse::<DatedMove>().is_err());
    }
}
