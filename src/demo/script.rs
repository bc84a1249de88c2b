//! The script: who did what with which thing, when and in which words.
//!
//! The files in `story` tell it, one thing after another: `["+26", "Tomas", "catch", "Thank you."]` is when, who, what and
//! in which words. When something happened reads as in [`Time::moment`]; `+26` is so many working hours after the last
//! moment that was named for the same thing, and `each week` the moments at which the values of a measure are entered.
//! Days in angle brackets read as in [`Time::day`], those within words in braces as in [`Time::dated`].

use super::dates::Time;
use super::series;
use crate::experiments::Plan;
use crate::ideas::NewIdea;
use crate::measures::Definition;
use crate::measures::alarms::Answer as Known;
use crate::measures::store::notes::Kind;
use crate::promises::Cause;
use crate::standards::{CheckResult, Text};
use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What was done with a measure.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnMeasure {
    /// Its leader began to define it for a keeper.
    Define(Box<NewMeasure>),
    /// How it is counted was written anew.
    Change(String),
    /// Somebody counted some cases: which case, and what they got.
    Count(Vec<(String, String)>),
    /// A second person counted the same cases.
    CountToo(Vec<String>),
    /// Its definition began. The words say why nobody tried it, if nobody did.
    Begin,
    /// The values of all weeks before were imported from a spreadsheet.
    Import,
    /// The value of the week that is over, or about to end, was entered.
    Enter,
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
    Redefine(String, NaiveDate),
    /// It is still worth its minutes.
    Affirm,
}

/// A measure as its team begins to define it.
#[derive(Clone, Deserialize)]
pub struct NewMeasure {
    pub keeper: String,
    #[serde(flatten)]
    pub definition: Definition,
}

/// What was done with an idea.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnIdea {
    Throw(NewIdea),
    /// It was thrown on the open problem of another.
    TakeUp(String, NewIdea),
    /// It was thrown by somebody of a team who has no name in the example, to a person.
    ThrowUnnamed(String, String, NewIdea),
    Go,
    /// Yes, do it, and this person does it.
    GoBy(String),
    Try,
    Decline,
    Park(NaiveDate),
    /// I take it further to this person.
    PassUp(String),
    /// I'll help: the promise has a name and a day.
    Help(String, String, NaiveDate),
    /// I'll help: somebody who was asked gives the promise, and has the ball.
    HelpOf(String, String, String, NaiveDate),
    Merge(String),
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
    /// A verb of the table that needs nothing but words.
    #[serde(untagged)]
    Act(String),
}

/// What was done with a promise.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnPromise {
    /// It was given to the author of an idea, for a day. The words are what was promised.
    Give(String, NaiveDate),
    /// It was asked of somebody for a day, for an idea or for none. The words are what is asked for.
    Request(String, NaiveDate, Option<String>),
    /// Something else was offered for a day.
    Counter(String, NaiveDate),
    /// Another day was asked for, in time.
    Renegotiate(NaiveDate, Cause),
    /// What got in the way, and the new day, after the old one was missed.
    Renew(NaiveDate, Cause),
    /// It came and was all that its idea needed, said its receiver.
    KeepWhole,
    /// A verb of the table that needs nothing but words.
    #[serde(untagged)]
    Act(String),
}

/// What was done with a standing promise.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnStanding {
    /// It was given. The words are what holds.
    Stand,
    Review,
    /// Somebody pointed at a case, with an idea.
    PointAt(String),
}

/// What was done with an experiment.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnExperiment {
    /// It was drafted from an idea, with a measure that would notice.
    Draft {
        idea: String,
        measure: Option<String>,
        /// What was written before the start.
        plan: Box<Plan>,
    },
    /// What it does was written anew.
    Change(String),
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
    /// This measure must not get worse meanwhile.
    Guard(String),
    /// It will be seen by counted cases: this is the plan.
    CountCases(Box<Counting>),
    /// Cases were counted, one letter each: y or n.
    Count(String),
    /// The line of the week, and whether it went as planned.
    Line(bool),
    Study,
    /// It became a standard, with what was learned.
    Adopt(String),
    /// Its next cycle opened, with what was learned.
    Adapt(String),
    /// It ended with what was learned.
    Abandon,
}

/// The plan of counted cases.
#[derive(Clone, Deserialize)]
pub struct Counting {
    pub what: String,
    /// How many were a yes before, and of how many, as somebody said.
    pub before: (i64, i64),
    /// How many are expected to be a yes, and of how many to come.
    pub predicted: (i64, i64),
    /// The measure that must not get worse.
    #[serde(default)]
    pub balance: Option<String>,
}

/// A standard as somebody wrote it.
#[derive(Clone, Deserialize)]
pub struct Way {
    pub owner: String,
    #[serde(default)]
    pub measure: Option<String>,
    pub text: Text,
}

/// What was done with a standard.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnStandard {
    /// It was begun straight from an idea, with an owner.
    Open(String, Way),
    Write(Way),
    Teach,
    /// Somebody has seen it and can do it.
    See,
    /// It came into use.
    Hold,
    Check(CheckResult),
    /// The same, with what was improved since.
    CheckAnd(CheckResult, String),
    BringBack,
    /// A little of it changed while it was in use: how it is done now, and why. The words are what changed.
    Amend(String, String),
    /// Somebody proposed to retire it.
    Retire,
    /// A second person agreed.
    Agree,
}

/// What came back to a team, or how much work a change adds.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnGiveBack {
    /// A team, or everybody, got something; it may have come of a thing. The words are what.
    Received(Option<String>, Option<String>),
    /// So many minutes per person and week, for the thing of this name.
    Minutes(i64),
}

/// What happened, by its kind.
pub enum What {
    Measure(OnMeasure),
    Idea(OnIdea),
    Promise(OnPromise),
    Standing(OnStanding),
    Experiment(OnExperiment),
    Standard(OnStandard),
    GiveBack(OnGiveBack),
}

/// A thing of the example and what was done with it, from its beginning.
#[derive(Deserialize)]
struct Thing<Kind> {
    on: String,
    steps: Vec<Line<Kind>>,
}

/// When, who (several with commas between them), what, and in which words.
#[derive(Deserialize)]
struct Line<Kind>(String, String, Kind, #[serde(default)] String);

/// Who acts on which thing, in which words.
#[derive(Clone)]
pub struct Step {
    pub by: String,
    pub on: String,
    pub words: String,
}

/// One thing that happened.
pub struct Event {
    pub at: DateTime<Utc>,
    pub step: Step,
    pub what: What,
}

/// All events in the order of time; of those at the same moment, the one told first.
pub fn read(time: &Time) -> anyhow::Result<Vec<Event>> {
    let mut events = Vec::new();
    tell(time, &mut events, include_str!("story/measures.json"), What::Measure)?;
    tell(time, &mut events, include_str!("story/ideas.json"), What::Idea)?;
    tell(time, &mut events, include_str!("story/promises.json"), What::Promise)?;
    tell(time, &mut events, include_str!("story/standing.json"), What::Standing)?;
    tell(time, &mut events, include_str!("story/experiments.json"), What::Experiment)?;
    tell(time, &mut events, include_str!("story/standards.json"), What::Standard)?;
    tell(time, &mut events, include_str!("story/give_back.json"), What::GiveBack)?;
    events.sort_by_key(|event| event.at);
    Ok(events)
}

fn tell<Kind: Clone + DeserializeOwned>(
    time: &Time,
    events: &mut Vec<Event>,
    story: &str,
    what: fn(Kind) -> What,
) -> anyhow::Result<()> {
    let things: Vec<Thing<Kind>> = serde_json::from_str(&time.with_days(story)?)?;
    for Thing { on, steps } in things {
        let mut named = time.now();
        for Line(when, who, kind, words) in steps {
            let moments = match when.strip_prefix('+') {
                Some(hours) => vec![time.after(named, hours.parse()?)],
                None if when == "each week" => series::entered(time, &on)?,
                None => {
                    named = time.moment(&when).with_context(|| format!("when {on} was done"))?;
                    vec![named]
                }
            };
            for at in moments {
                for by in who.split(", ").map(String::from) {
                    let step = Step { by, on: on.clone(), words: time.dated(&words)? };
                    events.push(Event { at, step, what: what(kind.clone()) });
                }
            }
        }
    }
    Ok(())
}
