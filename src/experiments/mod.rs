//! Experiments: a prediction that is locked before the start, a line a week, a study beside the chart, one of three
//! decisions with a sentence of learning.
//!
//! [`machine`] has the table of states, [`plan`] what is written before the start and what is still missing, [`prose`]
//! the plan as running text, [`effect`] the four ways to see what it does, [`schedule`] who has the ball until when, [`verdict`] reads a measure from the start on.
//! [`store`] has the rows, [`verbs`] what people do, [`pages`] one file for each address.

pub mod effect;
pub mod machine;
pub mod pages;
pub mod plan;
pub mod prose;
pub mod schedule;
pub mod store;
pub mod verbs;
pub mod verdict;

pub use machine::{Part, State, Verb, step};
pub use plan::Plan;

use crate::balls::{Mark, Owes, PlacedBall, Subject};
use crate::calendar::{Calendar, Written};
use crate::ids::{ExperimentId, IdeaId, PersonId, TeamId};
use crate::people::Person;
use crate::text::headline;
use chrono::{DateTime, NaiveDate, Utc};

/// One experiment, with all that its verbs need to know.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Experiment {
    pub id: ExperimentId,
    pub team_id: TeamId,
    pub team: String,
    #[sqlx(flatten)]
    pub time: Written,
    pub idea_id: Option<IdeaId>,
    /// What hurts, in the words of that idea.
    pub hurt: Option<String>,
    /// Whether the coach keeps the name of that idea's author.
    pub name_is_kept: bool,
    pub previous_id: Option<ExperimentId>,
    pub owner_id: PersonId,
    pub owner: String,
    /// The leader of the team, or the next level when the leader owns it; none when nobody is above the owner.
    pub enabler_id: Option<PersonId>,
    pub enabler: Option<String>,
    pub state: State,
    /// What was written before the start.
    #[sqlx(flatten)]
    pub plan: Plan,
    /// Whether another experiment of the team runs on the measure of the plan.
    pub measure_is_taken: bool,
    /// Whether all cases that it planned are counted.
    pub cases_are_full: bool,
    pub locked_at: Option<DateTime<Utc>>,
    /// The Monday of the newest week that has its line.
    pub newest_line: Option<NaiveDate>,
    /// What happened; empty before the study.
    pub happened: String,
    /// What was learned; empty before the decision.
    pub learned: String,
    pub version: i64,
    #[sqlx(flatten)]
    pub placed: PlacedBall,
}

/// Where a new experiment comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    pub team: TeamId,
    pub idea: Option<IdeaId>,
    pub previous: Option<ExperimentId>,
}

impl Experiment {
    /// The working time of its team.
    pub fn calendar(&self) -> Calendar {
        self.time.calendar()
    }

    /// The idea it comes from, with its headline.
    pub fn idea(&self) -> Option<(IdeaId, String)> {
        self.idea_id.zip(self.hurt.as_deref().map(|hurt| headline(hurt).0))
    }

    /// Its ball with its words, as this person sees it.
    pub fn mark(&self, now: DateTime<Utc>, viewer: PersonId) -> Mark {
        self.placed.mark(Subject::Experiment, self.state.words(), &self.calendar(), now, viewer)
    }

    /// The part that somebody plays for it: an author whose name the coach keeps as the placeholder.
    pub fn part_of(&self, person: &Person) -> Part {
        let asked = self.placed.ball().filter(|ball| ball.owes == Owes::Safety).map(|ball| ball.holder_id);
        if self.owner_id == person.id {
            Part::Owner
        } else if self.enabler_id == Some(person.id) || asked == Some(person.id) {
            // Whoever stands in for the enabler is asked in their place.
            Part::Enabler
        } else if person.roles.iter().any(|(_, team)| *team == Some(self.team_id)) {
            Part::Mate
        } else {
            Part::Other
        }
    }

    /// The first day it really ran: the planned one, or the day it was started when that was later.
    pub fn first_day(&self) -> Option<NaiveDate> {
        Some(first_day(self.locked_at?, self.plan.starts_on, &self.calendar()))
    }

    /// Whether its last day has come, or its last case is counted.
    pub fn has_ended(&self, today: NaiveDate) -> bool {
        self.cases_are_full || self.plan.ends_on.is_some_and(|end| end <= today)
    }
}

/// The first day an experiment really ran: the planned one, or the day it was started when that was later.
pub fn first_day(started_at: DateTime<Utc>, planned: Option<NaiveDate>, calendar: &Calendar) -> NaiveDate {
    let started = calendar.date_of(started_at);
    planned.map_or(started, |planned| planned.max(started))
}
