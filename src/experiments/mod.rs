//! Experiments: a prediction that is locked before the start, a line a week, a study beside the chart, one of three
//! decisions with a sentence of learning.
//!
//! From the ground up: the machine is here, [`plan`] holds what is written before the start and what is still
//! missing, [`template`] tells it as running text, [`judging`] reads a measure from the start on; [`store`] has the
//! rows, [`verbs`] what people do; [`pages`] and [`show`] draw, [`plan_form`] reads, [`edit`] takes what is sent.

pub mod edit;
pub mod judging;
pub mod pages;
pub mod plan;
pub mod plan_form;
pub mod show;
pub mod store;
pub mod template;
pub mod verbs;

pub use plan::{Gap, Plan};

use crate::error::Error;
use crate::ideas::Trouble;

/// Where an experiment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum State {
    /// The owner writes it.
    Drafting,
    /// The enabler is asked whether trying it would do harm.
    SafeCheck,
    /// It may start.
    Ready,
    /// It runs; what was written before is locked.
    Running,
    /// It was stopped early.
    Stopped,
    /// Its end date has come; the owner writes what happened.
    Study,
    /// The team decides.
    Decide,
    /// It becomes our way.
    Adopted,
    /// It goes on, changed, as the next cycle.
    Adapted,
    /// It ends with what was learned.
    Abandoned,
    /// It was never started.
    Dropped,
}

impl State {
    /// All states, from the first to the last.
    pub const ALL: [Self; 11] = [
        Self::Drafting,
        Self::SafeCheck,
        Self::Ready,
        Self::Running,
        Self::Stopped,
        Self::Study,
        Self::Decide,
        Self::Adopted,
        Self::Adapted,
        Self::Abandoned,
        Self::Dropped,
    ];

    /// The name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Drafting => "drafting",
            Self::SafeCheck => "safe_check",
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Study => "study",
            Self::Decide => "decide",
            Self::Adopted => "adopted",
            Self::Adapted => "adapted",
            Self::Abandoned => "abandoned",
            Self::Dropped => "dropped",
        }
    }

    /// What a page says of it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Drafting => "being written",
            Self::SafeCheck => "safe to try?",
            Self::Ready => "ready to start",
            Self::Running => "running",
            Self::Stopped => "stopped early",
            Self::Study => "ended, to be studied",
            Self::Decide => "to be decided",
            Self::Adopted => "adopted",
            Self::Adapted => "adapted",
            Self::Abandoned => "abandoned",
            Self::Dropped => "not started",
        }
    }

    /// Whether somebody still owes a move.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Adopted | Self::Adapted | Self::Abandoned | Self::Dropped)
    }

    /// Whether the prediction is locked.
    pub fn is_locked(self) -> bool {
        !matches!(self, Self::Drafting | Self::SafeCheck | Self::Ready | Self::Dropped)
    }

    /// What is possible now instead of what was asked.
    fn instead(self) -> &'static str {
        match self {
            Self::Drafting => "This experiment is still being written. First it has to be safe to try.",
            Self::SafeCheck => "The question whether it is safe to try waits for its answer.",
            Self::Ready => "This experiment has not started. The owner can start it, or change it first.",
            Self::Running => {
                "This experiment is running. What was written before the start is locked. It can get its line of the week, and it can be stopped."
            }
            Self::Stopped => "This experiment was stopped. The owner writes what happened.",
            Self::Study => "This experiment has ended. The owner writes what happened.",
            Self::Decide => "What happened is written down. The owner decides with the team: adopt, adapt or abandon.",
            Self::Adopted | Self::Adapted | Self::Abandoned => "This experiment is decided and stays as it is.",
            Self::Dropped => "This experiment was taken back before it started.",
        }
    }
}

/// What can be done with an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Write it anew.
    Change,
    /// Ask the enabler whether trying it would do harm.
    Ask,
    /// Answer that nothing speaks against it.
    Clear,
    /// Object, with what would make it safe.
    Object,
    /// Say that all conditions of the green lane hold.
    Declare,
    Start,
    /// Write the line of the week.
    Line,
    /// Stop it early.
    Stop,
    /// Reach the end date.
    End,
    /// Write what happened.
    Study,
    /// Make it our way.
    Adopt,
    /// Go on with it, changed.
    Adapt,
    /// End it with what was learned.
    Abandon,
    /// Take it back before the start.
    Drop,
}

impl Verb {
    /// All verbs.
    pub const ALL: [Self; 14] = [
        Self::Change,
        Self::Ask,
        Self::Clear,
        Self::Object,
        Self::Declare,
        Self::Start,
        Self::Line,
        Self::Stop,
        Self::End,
        Self::Study,
        Self::Adopt,
        Self::Adapt,
        Self::Abandon,
        Self::Drop,
    ];

    /// What is written down when it was done: the verb of the throw.
    pub fn done(self) -> &'static str {
        match self {
            Self::Change => "changed",
            Self::Ask => "asked",
            Self::Clear => "cleared",
            Self::Object => "objected",
            Self::Declare => "declared",
            Self::Start => "started",
            Self::Line => "line",
            Self::Stop => "stopped",
            Self::End => "ended",
            Self::Study => "studied",
            Self::Adopt => "adopted",
            Self::Adapt => "adapted",
            Self::Abandon => "abandoned",
            Self::Drop => "dropped",
        }
    }

    /// Whose it is to do.
    fn whose(self) -> &'static str {
        match self {
            Self::Clear | Self::Object => "Only the one who was asked can say whether it is safe to try.",
            Self::Stop => "Only the team and its leader can stop an experiment.",
            Self::End => "An experiment ends on its end date; before that it can be stopped.",
            _ => "Only the owner of the experiment can do this.",
        }
    }
}

/// The part a person plays for one experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// It is theirs.
    Owner,
    /// The one who makes it possible: the leader of the team, or the next level when the leader owns it.
    Enabler,
    /// Somebody else of the team.
    Mate,
    /// Somebody else who may see it.
    Other,
    /// Nobody: a clock ran out.
    Clock,
    /// The idea it comes from, which its author takes back.
    Idea,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 6] = [Self::Owner, Self::Enabler, Self::Mate, Self::Other, Self::Clock, Self::Idea];

    /// Whether this part may do it at all.
    fn may(self, verb: Verb) -> bool {
        match verb {
            Verb::Clear | Verb::Object => self == Self::Enabler,
            Verb::Stop => matches!(self, Self::Owner | Self::Enabler | Self::Mate),
            Verb::End => self == Self::Clock,
            Verb::Drop => matches!(self, Self::Owner | Self::Idea),
            _ => self == Self::Owner,
        }
    }
}

/// Why something was not done, in words for the one who tried.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// It is somebody else's to do.
    NotYours(&'static str),
    /// It is not possible now.
    NotNow(String),
    /// Something is missing or wrong in these fields.
    Incomplete(Vec<Gap>),
    /// Somebody was first; the record is another one now.
    Moved,
}

impl Refusal {
    /// It is not possible now, in these words.
    pub fn saying(words: impl Into<String>) -> Self {
        Self::NotNow(words.into())
    }
}

/// Why a verb did not happen: refused, or something broke.
#[derive(Debug)]
pub enum Undone {
    /// Refused, with words for the person.
    Refused(Refusal),
    /// Something broke.
    Failed(Error),
}

impl From<Refusal> for Undone {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Error> for Undone {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Trouble> for Undone {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Refused(refusal) => Self::Refused(Refusal::saying(refusal.0)),
            Trouble::Database(error) => error.into(),
        }
    }
}

impl From<sqlx::Error> for Undone {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// The machine: what becomes of an experiment when somebody does something.
///
/// # Errors
/// A sentence that says whose it is to do, or what is possible now.
pub fn step(state: State, verb: Verb, part: Part) -> Result<State, Refusal> {
    if !part.may(verb) {
        return Err(Refusal::NotYours(verb.whose()));
    }
    match (state, verb) {
        (State::Drafting | State::Ready, Verb::Change) | (State::SafeCheck, Verb::Object) => Ok(State::Drafting),
        (State::Drafting, Verb::Ask) => Ok(State::SafeCheck),
        (State::Drafting, Verb::Declare) | (State::SafeCheck, Verb::Clear) => Ok(State::Ready),
        (State::Drafting, Verb::Drop) => Ok(State::Dropped),
        (State::SafeCheck | State::Ready, Verb::Drop) if part == Part::Idea => Ok(State::Dropped),
        (State::Ready, Verb::Start) | (State::Running, Verb::Line) => Ok(State::Running),
        (State::Running, Verb::Stop) => Ok(State::Stopped),
        (State::Running, Verb::End) => Ok(State::Study),
        (State::Stopped | State::Study, Verb::Study) => Ok(State::Decide),
        (State::Decide, Verb::Adopt) => Ok(State::Adopted),
        (State::Decide, Verb::Adapt) => Ok(State::Adapted),
        (State::Decide, Verb::Abandon) => Ok(State::Abandoned),
        _ => Err(Refusal::saying(state.instead())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that is possible; everything else is refused.
    #[rustfmt::skip]
    const TABLE: [(State, Verb, Part, State); 21] = [
        (State::Drafting,  Verb::Change,  Part::Owner,   State::Drafting),
        (State::Drafting,  Verb::Ask,     Part::Owner,   State::SafeCheck),
        (State::Drafting,  Verb::Declare, Part::Owner,   State::Ready),
        (State::Drafting,  Verb::Drop,    Part::Owner,   State::Dropped),
        (State::Drafting,  Verb::Drop,    Part::Idea,    State::Dropped),
        (State::SafeCheck, Verb::Drop,    Part::Idea,    State::Dropped),
        (State::Ready,     Verb::Drop,    Part::Idea,    State::Dropped),
        (State::SafeCheck, Verb::Clear,   Part::Enabler, State::Ready),
        (State::SafeCheck, Verb::Object,  Part::Enabler, State::Drafting),
        (State::Ready,     Verb::Change,  Part::Owner,   State::Drafting),
        (State::Ready,     Verb::Start,   Part::Owner,   State::Running),
        (State::Running,   Verb::Line,    Part::Owner,   State::Running),
        (State::Running,   Verb::Stop,    Part::Owner,   State::Stopped),
        (State::Running,   Verb::Stop,    Part::Enabler, State::Stopped),
        (State::Running,   Verb::Stop,    Part::Mate,    State::Stopped),
        (State::Running,   Verb::End,     Part::Clock,   State::Study),
        (State::Stopped,   Verb::Study,   Part::Owner,   State::Decide),
        (State::Study,     Verb::Study,   Part::Owner,   State::Decide),
        (State::Decide,    Verb::Adopt,   Part::Owner,   State::Adopted),
        (State::Decide,    Verb::Adapt,   Part::Owner,   State::Adapted),
        (State::Decide,    Verb::Abandon, Part::Owner,   State::Abandoned),
    ];

    #[test]
    fn every_state_verb_and_part_does_what_the_table_says() {
        for (state, verb, part) in all() {
            let row = TABLE.iter().find(|row| (row.0, row.1, row.2) == (state, verb, part));
            let got = step(state, verb, part);
            match row {
                Some(row) => assert_eq!(got, Ok(row.3), "{state:?} {verb:?} {part:?}"),
                None => assert!(got.is_err(), "{state:?} {verb:?} {part:?} gave {got:?}"),
            }
        }
    }

    #[test]
    fn a_refusal_says_whose_it_is_or_what_is_possible() {
        for (state, verb, part) in all() {
            match step(state, verb, part) {
                Ok(_) => {}
                Err(Refusal::NotYours(words)) => assert!(!part.may(verb) && words.ends_with('.')),
                Err(Refusal::NotNow(words)) => assert!(part.may(verb) && words.ends_with('.')),
                Err(other) => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn nothing_happens_to_a_closed_experiment() {
        for (state, verb, part) in all().filter(|(state, ..)| !state.is_open()) {
            assert!(step(state, verb, part).is_err());
        }
    }

    fn all() -> impl Iterator<Item = (State, Verb, Part)> {
        State::ALL.into_iter().flat_map(|state| {
            Verb::ALL.into_iter().flat_map(move |verb| Part::ALL.into_iter().map(move |part| (state, verb, part)))
        })
    }
}
