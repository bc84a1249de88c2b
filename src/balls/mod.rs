//! The ball: every open thing has exactly one holder who owes the next move, and a clock.
//!
//! A domain verb ("answer the idea", "deliver the promise") changes its record and throws the ball in one
//! transaction. Throws are append-only: who threw what to whom, in which words, due when. They are the history
//! of a thing, the story on its page, and the key that makes a form count once. The current holder is one row
//! beside them. What people wait for, the wall's balls by place, reminders and the leaders' own charts are
//! questions to these two tables.

pub mod by_day;
pub mod deed;
pub mod handing;
pub mod lists;
pub mod lying;
pub mod mark;
pub mod reminding;
pub mod round;
pub mod stage;
pub mod store;

pub use mark::{Mark, Told};
pub use stage::Stage;

use crate::calendar::{Calendar, Working};
use crate::ids::{PersonId, TeamId, ThrowId};
pub use crate::subject::Subject;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// What the holder of a ball owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Owes {
    /// A new idea waits to be caught by a person.
    Catch,
    /// One of the six answers.
    Answer,
    /// The answer to a question that came back.
    Reply,
    Do,
    /// Nothing of its own: it follows an experiment or a promise that has a ball itself.
    Follow,
    /// Nothing until the day it wakes.
    Wake,
    /// To say whether a no was fair, or to throw it back.
    Judge,
    /// To say whether it really came.
    Confirm,
    /// To keep a promise.
    Keep,
    /// To write it down.
    Write,
    /// To say whether it would do harm.
    Safety,
    Start,
    /// The line of the week.
    Line,
    /// To write what happened.
    Study,
    /// To adopt, adapt or abandon.
    Decide,
    Teach,
    /// To check whether it still holds.
    Check,
    /// To bring it back.
    Repair,
    /// To find a keeper for a measure, or to decline it.
    Keeper,
    /// To define a measure.
    Define,
    /// The next value of a measure.
    Value,
    /// What is known about a signal.
    Explain,
    /// To agree to new limits, or not.
    Agree,
    /// To say whether a measure is still worth its minutes.
    Worth,
    /// To say by when it will be done.
    Plan,
    /// A word of thanks, or a question, for what was done already.
    Thank,
    /// A promise that is asked for or offered otherwise, or a case that was pointed at: an answer.
    Respond,
    /// A new day for a promise that was missed, and what got in the way.
    Renew,
    /// To say that a standing promise still stands.
    Review,
    /// Nothing but to stand to a promise until the day it ends.
    End,
}

impl Owes {
    /// Whether nothing is owed until a day: the due time itself, or for a check the day it is planned for.
    pub fn rests(self) -> bool {
        matches!(self, Self::Wake | Self::Check | Self::Review | Self::End)
    }

    /// Whether a clock runs against the holder: not for what follows another ball, nor for what rests until a day.
    pub fn has_clock(self) -> bool {
        !matches!(self, Self::Follow | Self::Wake | Self::End)
    }

    /// Whether another person can do it while the holder is away. An author's own words, a promise, and the work
    /// itself stay with whom they belong to.
    pub fn another_can(self) -> bool {
        matches!(self, Self::Catch | Self::Answer | Self::Safety | Self::Thank | Self::Respond)
    }

    /// Whether somebody up the chain can take it on when it needs a hand, and not only its holder can say it.
    pub fn can_be_taken(self) -> bool {
        matches!(self, Self::Catch | Self::Answer | Self::Thank | Self::Plan | Self::Do | Self::Write)
    }

    /// Whether what a deputy holds comes back with the absent: what another can do, and what rests until a day.
    pub fn comes_back(self) -> bool {
        self.another_can() || self == Self::Wake
    }

    /// When it wakes, for what rests until a day.
    pub fn wakes_at(self, due_at: DateTime<Utc>, calendar: &Calendar) -> Option<DateTime<Utc>> {
        let days = match self {
            Self::Wake | Self::End => return Some(due_at),
            Self::Check => CHECK_DAYS,
            Self::Review => REVIEW_DAYS,
            Self::Value => VALUE_DAYS,
            _ => return None,
        };
        // Back to the minute after opening time, so that it is the planned day and not the evening before.
        let almost = Working::minutes(calendar.days(days).as_minutes() - 1);
        Some(calendar.subtract(due_at, almost) - TimeDelta::minutes(1))
    }

    /// What is owed, after "… has the ball · " and before the time.
    pub fn words(self) -> &'static str {
        match self {
            Self::Catch => "catch by",
            Self::Answer | Self::Reply => "answer by",
            Self::Do => "do it by",
            Self::Follow => "follows",
            Self::Wake => "rests until",
            Self::Judge => "fair or throw back by",
            Self::Confirm => "confirm by",
            Self::Keep => "promised by",
            Self::Write => "write by",
            Self::Safety => "safe to try by",
            Self::Start => "start by",
            Self::Line => "weekly line by",
            Self::Study => "study by",
            Self::Decide => "decide by",
            Self::Teach => "taught by",
            Self::Check => "check by",
            Self::Repair => "bring back by",
            Self::Keeper => "find a keeper by",
            Self::Define => "define by",
            Self::Value => "number by",
            Self::Explain => "say what you know by",
            Self::Agree => "agree by",
            Self::Worth => "still worth it? by",
            Self::Plan => "say your day by",
            Self::Thank => "thank or ask by",
            Self::Respond => "answer by",
            Self::Renew => "new date by",
            Self::Review => "review by",
            Self::End => "stands until",
        }
    }
}

/// Working days for a check, from the day it is planned for; until that day it rests.
pub const CHECK_DAYS: i64 = 5;
/// Working days for the review of a standing promise, up to its day; until then it rests.
pub const REVIEW_DAYS: i64 = 5;
/// Working days for a value, from the end of its period; until then it rests.
pub const VALUE_DAYS: i64 = 2;

/// Who has the ball after a throw, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The one who owes the next move.
    pub holder: PersonId,
    pub owes: Owes,
    /// When it is due, or when it wakes.
    pub due_at: Option<DateTime<Utc>>,
}

/// One throw, about to be made.
#[derive(Clone, Debug)]
pub struct Throw<'a> {
    /// The key of the form, so that a double click throws once.
    pub key: ThrowId,
    pub subject: Subject,
    pub id: Uuid,
    pub team: TeamId,
    /// What was done: the verb of its state machine.
    pub verb: &'a str,
    /// Who did it; nobody when a clock ran out.
    pub by: Option<PersonId>,
    pub words: &'a str,
    pub state: &'a str,
    /// Who has the ball now; nobody when the thing is closed.
    pub hold: Option<Hold>,
}

/// The ball of an open thing.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Ball {
    /// The one who owes the next move.
    pub holder_id: PersonId,
    pub holder: String,
    /// The name of the one who is away and for whom they hold it.
    #[sqlx(default)]
    pub stands_for: Option<String>,
    pub owes: Owes,
    pub since: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
}

/// The ball in the row of a thing that may be closed, as a left join brings it.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct PlacedBall {
    pub holder_id: Option<PersonId>,
    pub holder: Option<String>,
    /// The name of the one who is away and for whom they hold it.
    #[sqlx(default)]
    pub stands_for: Option<String>,
    pub owes: Option<Owes>,
    pub since: Option<DateTime<Utc>>,
    pub clock_at: Option<DateTime<Utc>>,
}

impl PlacedBall {
    /// The ball; none when the thing is closed.
    pub fn ball(&self) -> Option<Ball> {
        let (holder_id, owes, since) = (self.holder_id?, self.owes?, self.since?);
        let (holder, stands_for) = (self.holder.clone().unwrap_or_default(), self.stands_for.clone());
        Some(Ball { holder_id, holder, stands_for, owes, since, due_at: self.clock_at })
    }

    /// The hold as it was when the thing was read: for a change of words, which is no move and starts no clock anew.
    pub fn hold(&self) -> Option<Hold> {
        self.ball().map(|ball| ball.hold())
    }
}

/// One throw of the past, with the names of those concerned.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Thrown {
    /// Its place in the history of the thing, from 1.
    pub number: i64,
    pub verb: String,
    pub by_id: Option<PersonId>,
    pub by_name: Option<String>,
    pub words: String,
    pub at: DateTime<Utc>,
    pub state: String,
    pub holder_id: Option<PersonId>,
    pub holder_name: Option<String>,
    /// When their move was due.
    pub due_at: Option<DateTime<Utc>>,
}

/// An open thing in a list of what waits.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Waiting {
    pub subject: Subject,
    pub subject_id: Uuid,
    pub team_id: TeamId,
    pub title: String,
    pub holder_id: PersonId,
    pub holder: String,
    /// The name of the one who is away and for whom they hold it.
    pub stands_for: Option<String>,
    pub owes: Owes,
    pub since: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
}

impl Ball {
    /// Who holds it, for what and until when.
    pub fn hold(&self) -> Hold {
        Hold { holder: self.holder_id, owes: self.owes, due_at: self.due_at }
    }

    /// Who has it, and for whom: "Ben for Ruth".
    pub fn who(&self) -> String {
        match &self.stands_for {
            Some(away) => format!("{} for {away}", self.holder),
            None => self.holder.clone(),
        }
    }
}

impl Waiting {
    /// The address of the thing.
    pub fn address(&self) -> String {
        self.subject.address(self.subject_id)
    }

    /// Its ball.
    pub fn ball(&self) -> Ball {
        Ball {
            holder_id: self.holder_id,
            holder: self.holder.clone(),
            stands_for: self.stands_for.clone(),
            owes: self.owes,
            since: self.since,
            due_at: self.due_at,
        }
    }
}
