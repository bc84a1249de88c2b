//! The script: what everybody did, when and in which words, as data. The stage plays it in the order of time.

use super::people::Who;
use super::time::Time;
use crate::experiments::Plan;
use crate::ideas::NewIdea;
use crate::measures::Definition;
use crate::responses::answer::Answer;
use crate::standards::{Mark, Text};
use chrono::{DateTime, NaiveDate, Utc};

/// The name of a thing in the script: "I-01", "E5".
pub type Name = &'static str;

/// What was done with a measure.
pub enum OnMeasure {
    /// It was defined; `values` is a table of weeks and values.
    Define {
        /// As the team agreed on it; team and keeper are filled in on the stage.
        definition: Box<Definition>,
        /// Who keeps it.
        keeper: Who,
        /// Its values, `W-78` for the week 78 weeks ago.
        values: &'static str,
    },
    /// The values before this week were imported from a spreadsheet.
    ImportBefore(NaiveDate),
    /// The value of a week was entered.
    Enter(NaiveDate),
    /// New limits began with a week, from the values up to another one. The words are the reason.
    NewLimits(NaiveDate, Option<NaiveDate>),
}

/// What was done with an idea.
pub enum OnIdea {
    /// It was thrown.
    Throw(NewIdea),
    /// It was caught.
    Catch,
    /// It got one of the six answers.
    Answer(Answer),
    /// A no was thrown back.
    ThrowBack,
    /// Its author said that it changed something.
    Confirm,
}

/// What was done with a promise.
pub enum OnPromise {
    /// It was given to the author of an idea, for a day. The words are what was promised.
    Give(Name, NaiveDate),
    /// It came, said who gave it.
    Deliver,
    /// It came, said its receiver.
    Keep,
}

/// What was done with an experiment.
pub enum OnExperiment {
    /// It was drafted from an idea, with a measure that would notice.
    Draft {
        /// The idea.
        idea: Name,
        /// The measure.
        measure: Option<Name>,
        /// What was written before the start.
        plan: Box<Plan>,
    },
    /// What it does was written anew.
    Change(&'static str),
    /// The leader was asked whether it would do harm.
    Ask,
    /// It would not.
    Clear,
    /// It would, unless.
    Object,
    /// It started.
    Start,
    /// The line of a week, and whether it went as planned.
    Line(NaiveDate, bool),
    /// What happened was written down.
    Study,
    /// It became a standard, with what was learned.
    Adopt(Name),
}

/// A standard as somebody wrote it.
pub struct Way {
    /// Whose it is.
    pub owner: Who,
    /// The measure that watches it.
    pub measure: Name,
    /// What is written in it.
    pub text: Text,
}

/// What was done with a standard.
pub enum OnStandard {
    /// It was begun straight from an idea, with an owner.
    Open(Name, Way),
    /// It was written anew.
    Write(Way),
    /// It was taught.
    Teach,
    /// It came into use.
    Hold,
    /// It was looked at.
    Check(Mark),
    /// It was brought back.
    BringBack,
}

/// One deed, by its kind.
pub enum What {
    /// On a measure.
    Measure(OnMeasure),
    /// On an idea.
    Idea(OnIdea),
    /// On a promise.
    Promise(OnPromise),
    /// On an experiment.
    Experiment(OnExperiment),
    /// On a standard.
    Standard(OnStandard),
}

macro_rules! kinds {
    ($($deed:ident => $kind:ident),*) => {$(
        impl From<$deed> for What {
            fn from(deed: $deed) -> Self {
                Self::$kind(deed)
            }
        }
    )*};
}
kinds!(OnMeasure => Measure, OnIdea => Idea, OnPromise => Promise, OnExperiment => Experiment, OnStandard => Standard);

/// One line of the script.
pub struct Deed {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: Who,
    /// On which thing.
    pub on: Name,
    /// What.
    pub what: What,
    /// In which words.
    pub words: &'static str,
}

/// All lines, and the time by which they are dated.
pub struct Script {
    /// The time.
    pub time: Time,
    deeds: Vec<Deed>,
}

impl Script {
    /// An empty script.
    pub fn new(time: Time) -> Self {
        Self { time, deeds: Vec::new() }
    }

    /// A deed that needs no words.
    pub fn does(&mut self, at: DateTime<Utc>, by: Who, on: Name, what: impl Into<What>) {
        self.says(at, by, on, what, "");
    }

    /// A deed with words.
    pub fn says(&mut self, at: DateTime<Utc>, by: Who, on: Name, what: impl Into<What>, words: &'static str) {
        self.deeds.push(Deed { at, by, on, what: what.into(), words });
    }

    /// All deeds in the order of time; of those at the same moment, the one written first.
    pub fn in_order(self) -> Vec<Deed> {
        let mut deeds = self.deeds;
        deeds.sort_by_key(|deed| deed.at);
        deeds
    }
}
