//! The script: what everybody did, when and in which words, as data. `replay` plays it in the order of time.

use super::dates::Time;
use super::people::{Team, Who};
use crate::experiments::Plan;
use crate::ideas::{NewIdea, Verb};
use crate::measures::Definition;
use crate::measures::alarms::Answer as Known;
use crate::measures::store::notes::Kind;
use crate::promises::Cause;
use crate::responses::answer::Answer;
use crate::standards::{CheckResult, Text};
use chrono::{DateTime, NaiveDate, Utc};

/// The name of a thing in the script: "I-01", "E5".
pub type Name = &'static str;

/// A measure as its team begins to define it.
pub struct NewMeasure {
    /// As the team agreed on it; the keeper is filled in when it is played.
    pub definition: Definition,
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
    Count(Cases),
    CountToo(&'static [&'static str]),
    /// Its definition began. The words say why nobody tried it, if nobody did.
    Begin,
    /// The values before this week were imported from a spreadsheet.
    ImportBefore(NaiveDate),
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
    Note(NaiveDate, Kind),
    /// From a week on it is counted like this. The words say why.
    Redefine(&'static str, NaiveDate),
    /// It is still worth its minutes.
    Affirm,
}

/// What was done with an idea.
pub enum OnIdea {
    Throw(NewIdea),
    /// It was thrown on the open problem of another.
    TakeUp(Name, NewIdea),
    /// It was thrown by somebody of a team who has no name in the example, to a person.
    ThrowUnnamed(Team, Who, NewIdea),
    /// Something that needs nothing but words.
    Act(Verb),
    Answer(Answer),
    /// Yes, do it, and this person does it.
    GoBy(Who),
    /// I take it further to this person.
    PassUp(Who),
    /// I'll help: the promise has a name and a day.
    Help(Name, &'static str, NaiveDate),
    /// I'll help: somebody who was asked gives the promise, and has the ball.
    HelpOf(Who, Name, &'static str, NaiveDate),
    Merge(Name),
    Plan(NaiveDate),
    /// "I take it", because it needed a hand.
    Take,
    Withdraw,
    ThrowBack,
    /// Its author showed the name that the coach kept.
    ShowName,
    Hurts,
    Say,
    /// It was written and not thrown: what was written so far are the words.
    Draft,
}

/// What was done with a promise.
pub enum OnPromise {
    /// It was given to the author of an idea, for a day. The words are what was promised.
    Give(Name, NaiveDate),
    /// It was asked of somebody for a day, for an idea or for none. The words are what is asked for.
    Request(Who, NaiveDate, Option<Name>),
    /// It was promised as it was asked for.
    Promise,
    /// Something else was offered for a day.
    Counter(&'static str, NaiveDate),
    /// Another day was asked for, in time.
    Renegotiate(NaiveDate, Cause),
    /// The other day is fine.
    Agree,
    /// It came, said who gave it.
    Deliver,
    /// It came, said its receiver.
    Keep,
    /// It came and was all that its idea needed, said its receiver.
    KeepWhole,
    /// What got in the way, and the new day, after the old one was missed.
    Renew(NaiveDate, Cause),
    /// It was not needed any more, said its receiver.
    Release,
    /// It was taken back before its day.
    Revoke,
}

/// What was done with a standing promise.
pub enum OnStanding {
    /// It was given. The words are what holds.
    Stand,
    Review,
    /// Somebody pointed at a case, with an idea.
    PointAt(Name),
}

/// What was done with an experiment.
pub enum OnExperiment {
    /// It was drafted from an idea, with a measure that would notice.
    Draft {
        idea: Name,
        measure: Option<Name>,
        /// What was written before the start.
        plan: Box<Plan>,
    },
    /// What it does was written anew.
    Change(&'static str),
    /// All of it but its measure was written anew.
    Write(Box<Plan>),
    /// The leader was asked whether it would do harm.
    Ask,
    /// It would not.
    Clear,
    /// It would, unless.
    Object,
    /// All conditions of the green lane hold.
    Declare,
    Start,
    /// The line of a week, and whether it went as planned.
    Line(NaiveDate, bool),
    Study,
    /// It became a standard, with what was learned.
    Adopt(Name),
    /// Its next cycle opened, with what was learned.
    Adapt(Name),
    /// It ended with what was learned.
    Abandon,
}

/// A standard as somebody wrote it.
pub struct Way {
    pub owner: Who,
    pub measure: Name,
    pub text: Text,
}

/// What was done with a standard.
pub enum OnStandard {
    /// It was begun straight from an idea, with an owner.
    Open(Name, Way),
    Write(Way),
    Teach,
    /// It came into use.
    Hold,
    Check(CheckResult),
    BringBack,
}

/// What happened, by its kind.
pub enum What {
    NewMeasure(NewMeasure),
    Measure(OnMeasure),
    Idea(OnIdea),
    Promise(OnPromise),
    Standing(OnStanding),
    Experiment(OnExperiment),
    Standard(OnStandard),
}

macro_rules! kinds {
    ($($event:ident => $kind:ident),*) => {$(
        impl From<$event> for What {
            fn from(event: $event) -> Self {
                Self::$kind(event)
            }
        }
    )*};
}
kinds!(
    NewMeasure => NewMeasure, OnMeasure => Measure, OnIdea => Idea, OnPromise => Promise, OnStanding => Standing, OnExperiment => Experiment,
    OnStandard => Standard
);

/// One line of the script.
pub struct Event {
    /// When.
    pub at: DateTime<Utc>,
    pub by: Who,
    /// On which thing.
    pub on: Name,
    pub what: What,
    /// In which words; weeks and days of the example in braces.
    pub words: &'static str,
}

/// All lines, and the time by which they are dated.
pub struct Script {
    pub time: Time,
    events: Vec<Event>,
}

impl Script {
    /// An empty script.
    pub fn new(time: Time) -> Self {
        Self { time, events: Vec::new() }
    }

    /// Something that needs no words.
    pub fn does(&mut self, at: DateTime<Utc>, by: Who, on: Name, what: impl Into<What>) {
        self.says(at, by, on, what, "");
    }

    /// Something with words.
    pub fn says(&mut self, at: DateTime<Utc>, by: Who, on: Name, what: impl Into<What>, words: &'static str) {
        self.events.push(Event { at, by, on, what: what.into(), words });
    }

    /// All events in the order of time; of those at the same moment, the one written first.
    pub fn in_order(self) -> Vec<Event> {
        let mut events = self.events;
        events.sort_by_key(|event| event.at);
        events
    }
}
