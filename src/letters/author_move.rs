//! What an author can do by the code, by the names of the forms and of the database.

use crate::ideas::Verb;
use crate::promises;
use chrono::NaiveDate;
use std::fmt;
use std::str::FromStr;

/// What an author can do by the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorMove {
    Reply,
    /// The no was fair.
    Fair,
    /// Throw the no back.
    ThrowBack,
    Deliver,
    /// It changed something.
    Confirm,
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
    Withdraw,
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

/// All of them in the order of the page: the name in forms and in the database, what it moves, what the button says.
#[rustfmt::skip]
const TABLE: [(AuthorMove, &str, Moves, &str); 16] = [
    (AuthorMove::Reply, "reply", Moves::Idea(Verb::Reply), "Answer the question"),
    (AuthorMove::Fair, "fair", Moves::Idea(Verb::Fair), "Yes, it was fair"),
    (AuthorMove::ThrowBack, "throw_back", Moves::Idea(Verb::ThrowBack), "Throw it back, to the next level"),
    (AuthorMove::Deliver, "deliver", Moves::Idea(Verb::Deliver), "It is done"),
    (AuthorMove::Confirm, "confirm", Moves::Idea(Verb::Confirm), "Yes, it changed for me"),
    (AuthorMove::NotYet, "not_yet", Moves::Idea(Verb::NotYet), "Not yet"),
    (AuthorMove::Keep, "promise_keep", Moves::Promise(promises::Verb::Keep), "It has come, and the idea goes on"),
    (AuthorMove::KeepWhole, "promise_keep_whole", Moves::Promise(promises::Verb::Keep), "It has come, and that was the whole thing"),
    (AuthorMove::PromiseNotYet, "promise_not_yet", Moves::Promise(promises::Verb::NotYet), "It has not come yet"),
    (AuthorMove::Agree, "promise_agree", Moves::Promise(promises::Verb::Agree), "Agree to the other day"),
    (AuthorMove::KeepOldDate, "promise_keep_old_date", Moves::Promise(promises::Verb::KeepOldDate), "The old day stands"),
    (AuthorMove::Wake, "wake", Moves::Idea(Verb::Wake), "Wake it"),
    (AuthorMove::Object, "object", Moves::Idea(Verb::Object), "It is not the same"),
    (AuthorMove::Say, "said", Moves::Nothing, "Add words"),
    (AuthorMove::Release, "promise_release", Moves::Promise(promises::Verb::Release), "It is no longer needed"),
    (AuthorMove::Withdraw, "withdraw", Moves::Idea(Verb::Withdraw), "Take it back"),
];

impl AuthorMove {
    /// All of them, in the order of the page.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(this, ..)| *this)
    }

    fn row(self) -> &'static (Self, &'static str, Moves, &'static str) {
        // The table is in the order of the moves.
        &TABLE[self as usize]
    }

    /// The name in forms and in the database.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What it moves.
    pub fn moves(self) -> Moves {
        self.row().2
    }

    /// What the button says.
    pub fn words(self) -> &'static str {
        self.row().3
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

impl FromStr for AuthorMove {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::all().find(|this| this.name() == text).ok_or(())
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
        for (at, (act, ..)) in TABLE.into_iter().enumerate() {
            assert_eq!((act as usize, act.name().parse()), (at, Ok(act)));
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
        let there: Vec<_> = AuthorMove::all().map(AuthorMove::moves).collect();
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
