//! What an author can do by the code, by the names of the forms and of the database.

use crate::ideas::Verb;
use crate::promises;
use chrono::NaiveDate;
use std::fmt;
use std::str::FromStr;

/// What an author can do by the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Answer a question.
    Reply,
    /// The no was fair.
    Fair,
    /// Throw the no back.
    ThrowBack,
    /// It is done.
    Deliver,
    /// It changed something.
    Confirm,
    /// Not yet, because.
    NotYet,
    /// What was promised has come, and the idea goes on.
    Keep,
    /// What was promised has come, and was all that the idea needed.
    KeepWhole,
    /// What was promised has not come yet, because; and by when it would do.
    PromiseNotYet,
    /// Another day for the promise is fine.
    Agree,
    /// The old day of the promise stands.
    KeepOldDate,
    Wake,
    /// It is not the same as the other.
    Object,
    /// Add words.
    Say,
    /// The promise is no longer needed.
    Release,
    /// Take it back.
    Withdraw,
}

/// What an act moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// A verb of the idea.
    Idea(Verb),
    /// A verb of the promise that the idea follows.
    Promise(promises::Verb),
    /// Nothing: words alone.
    Words,
}

impl Act {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 16] = [
        Self::Reply,
        Self::Fair,
        Self::ThrowBack,
        Self::Deliver,
        Self::Confirm,
        Self::NotYet,
        Self::Keep,
        Self::KeepWhole,
        Self::PromiseNotYet,
        Self::Agree,
        Self::KeepOldDate,
        Self::Wake,
        Self::Object,
        Self::Say,
        Self::Release,
        Self::Withdraw,
    ];

    /// The name in forms and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Fair => "fair",
            Self::ThrowBack => "throw_back",
            Self::Deliver => "deliver",
            Self::Confirm => "confirm",
            Self::NotYet => "not_yet",
            Self::Keep => "promise_keep",
            Self::KeepWhole => "promise_keep_whole",
            Self::PromiseNotYet => "promise_not_yet",
            Self::Agree => "promise_agree",
            Self::KeepOldDate => "promise_keep_old_date",
            Self::Wake => "wake",
            Self::Object => "object",
            Self::Say => "said",
            Self::Release => "promise_release",
            Self::Withdraw => "withdraw",
        }
    }

    /// What it moves.
    pub fn does(self) -> Does {
        match self {
            Self::Reply => Does::Idea(Verb::Reply),
            Self::Fair => Does::Idea(Verb::Fair),
            Self::ThrowBack => Does::Idea(Verb::ThrowBack),
            Self::Deliver => Does::Idea(Verb::Deliver),
            Self::Confirm => Does::Idea(Verb::Confirm),
            Self::NotYet => Does::Idea(Verb::NotYet),
            Self::Keep | Self::KeepWhole => Does::Promise(promises::Verb::Keep),
            Self::PromiseNotYet => Does::Promise(promises::Verb::NotYet),
            Self::Agree => Does::Promise(promises::Verb::Agree),
            Self::KeepOldDate => Does::Promise(promises::Verb::KeepOldDate),
            Self::Wake => Does::Idea(Verb::Wake),
            Self::Object => Does::Idea(Verb::Object),
            Self::Say => Does::Words,
            Self::Release => Does::Promise(promises::Verb::Release),
            Self::Withdraw => Does::Idea(Verb::Withdraw),
        }
    }

    /// Whether it counts only with words.
    pub fn needs_words(self) -> bool {
        match self.does() {
            Does::Idea(verb) => verb.needs_words(),
            Does::Promise(verb) => verb.needs_words(),
            Does::Words => true,
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

    /// What the button says.
    pub fn words(self) -> &'static str {
        match self {
            Self::Reply => "Answer the question",
            Self::Fair => "Yes, it was fair",
            Self::ThrowBack => "Throw it back, to the next level",
            Self::Deliver => "It is done",
            Self::Confirm => "Yes, it changed for me",
            Self::NotYet => "Not yet",
            Self::Keep => "It has come, and the idea goes on",
            Self::KeepWhole => "It has come, and that was the whole thing",
            Self::PromiseNotYet => "It has not come yet",
            Self::Agree => "Agree to the other day",
            Self::KeepOldDate => "The old day stands",
            Self::Wake => "Wake it",
            Self::Object => "It is not the same",
            Self::Say => "Add words",
            Self::Release => "It is no longer needed",
            Self::Withdraw => "Take it back",
        }
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

impl FromStr for Act {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|act| act.name() == text).ok_or(())
    }
}

/// An act with the day it names: as it waits for the post, the day stands behind the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub act: Act,
    /// By which day; only where the act needs one.
    pub on: Option<NaiveDate>,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.act.name())?;
        self.on.map_or(Ok(()), |on| write!(f, " {on}"))
    }
}

impl FromStr for Asked {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (name, day) = text.split_once(' ').unwrap_or((text, ""));
        let on = if day.is_empty() { None } else { Some(day.parse().map_err(drop)?) };
        Ok(Self { act: name.parse()?, on })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_act_is_found_by_its_name_and_the_verbs_are_those_of_the_idea_and_of_its_promise() {
        for act in Act::ALL {
            assert_eq!(act.name().parse(), Ok(act));
            match act.does() {
                Does::Idea(verb) => assert_eq!(verb.name(), act.name()),
                Does::Promise(verb) => assert!(act.name().starts_with(&format!("promise_{}", verb.name()))),
                Does::Words => assert_eq!(act, Act::Say),
            }
        }
        assert!("catch".parse::<Act>().is_err());
    }

    #[test]
    fn every_move_of_the_receiver_of_a_promise_that_answers_an_idea_is_there() {
        use promises::{Part, State, Verb as Move, step};
        let there: Vec<_> = Act::ALL.into_iter().map(Act::does).collect();
        for state in [State::Promised, State::Renegotiating, State::Delivered, State::Missed] {
            for verb in Move::ALL.into_iter().filter(|verb| step(state, *verb, Part::Receiver).is_ok()) {
                assert!(there.contains(&Does::Promise(verb)), "{state:?} {verb:?}");
            }
        }
    }

    #[test]
    fn a_day_stands_behind_the_name() {
        let asked = Asked { act: Act::PromiseNotYet, on: "2026-03-20".parse().ok() };
        assert_eq!(asked.to_string(), "promise_not_yet 2026-03-20");
        assert_eq!(asked.to_string().parse(), Ok(asked));
        assert_eq!("reply".parse(), Ok(Asked { act: Act::Reply, on: None }));
        assert!("reply soon".parse::<Asked>().is_err() && "soon".parse::<Asked>().is_err());
    }
}
