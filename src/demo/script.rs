//! The script: what everybody did, when and in which words, as data. The stage plays it in the order of time.

use super::people::Who;
use super::time::Time;
use crate::experiments::Plan;
use crate::ideas::NewIdea;
use crate::measures::Definition;
use crate::measures::alarms::Answer as Known;
use crate::measures::store::notes::Kind;
use crate::responses::answer::Answer;
use crate::standards::{Mark, Text};
use chrono::{DateTime, NaiveDate, Utc};

/// The name of a thing in the script: "I-01", "E5".
pub type Name = &'static str;

/// A measure as its team begins to define it.
pub struct NewMeasure {
    /// As the team agreed on it; the keeper is filled in on the stage.
    pub definition: Definition,
    /// Who keeps it; it belongs to their team.
    pub keeper: Who,
    /// Its values, a table of weeks: `W-78` for the week 78 weeks ago.
    pub values: &'static str,
}

/// Some cases that two people count: which case, and what the first counted.
pub type Cases = &'static [(&'static str, &'static str)];

/// What was done with a measure.
pub enum OnMeasure {
    /// How it is counted was written anew.
    Change(&'static str),
    /// Somebody counted some cases.
    Count(Cases),
    /// Somebody else counted the same cases.
    CountToo(&'static [&'static str]),
    /// Its definition began. The words say why nobody tried it, if nobody did.
    Begin,
    /// The values before this week were imported from a spreadsheet.
    ImportBefore(NaiveDate),
    /// The value of a week was entered.
    Enter(NaiveDate),
    /// The value of a week was left out. The words are the reason.
    Exclude(NaiveDate),
    /// Limits were locked on the values of these weeks. The words are the reason.
    Lock(NaiveDate, NaiveDate),
    /// New limits were proposed from a week on, made from the values up to another one. The words are the reason.
    Propose(NaiveDate, NaiveDate),
    /// A second person agreed to them.
    Agree,
    /// The keeper said what is known about the signal that waited.
    Explain(Known),
    /// A note was written on a week.
    Note(NaiveDate, Kind),
    /// From a week on it is counted like this. The words say why.
    Redefine(&'static str, NaiveDate),
    /// It is still worth its minutes.
    Affirm,
}

/// What was done with an idea.
#[expect(clippy::large_enum_variant, reason = "a script has some hundred steps and is played once")]
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
    /// A measure was begun.
    NewMeasure(NewMeasure),
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
kinds!(
    NewMeasure => NewMeasure, OnMeasure => Measure, OnIdea => Idea, OnPromise => Promise, OnExperiment => Experiment,
    OnStandard => Standard
);

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
