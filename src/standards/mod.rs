//! Standards, "our way": written, taught, held, checked, brought back when they drift, retired when nobody needs them.
//!
//! [`machine`] has the table of states, [`text`] what is written in one, [`checks`] what a check finds and when the next
//! is due; [`store`] has the rows, [`verbs`] what people do, [`pages`] one file for each address.

pub mod checks;
pub mod machine;
pub mod pages;
pub mod store;
pub mod text;
pub mod verbs;

pub use checks::CheckResult;
pub use machine::{Part, State, Verb, step};
pub use text::Text;

use crate::balls::{Mark, PlacedBall, Subject};
use crate::calendar::{Calendar, Written};
use crate::ids::{ExperimentId, IdeaId, PersonId, StandardId, TeamId};
use crate::people::Person;
use crate::text::headline;
use chrono::{DateTime, Utc};

/// One standard, with all that its verbs need to know.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Standard {
    pub id: StandardId,
    pub team_id: TeamId,
    pub team: String,
    #[sqlx(flatten)]
    pub time: Written,
    pub idea_id: Option<IdeaId>,
    /// What hurts, in the words of that idea.
    pub hurt: Option<String>,
    /// Whether the coach keeps the name of that idea's author.
    pub name_is_kept: bool,
    pub experiment_id: Option<ExperimentId>,
    pub owner_id: PersonId,
    pub owner: String,
    pub state: State,
    #[sqlx(flatten)]
    pub text: Text,
    /// When it came into use; none before that.
    pub in_use_since: Option<DateTime<Utc>>,
    pub version: i64,
    #[sqlx(flatten)]
    pub placed: PlacedBall,
}

/// Where a new standard comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    pub team: TeamId,
    pub idea: Option<IdeaId>,
    pub experiment: Option<ExperimentId>,
}

impl Standard {
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
        self.placed.mark(Subject::Standard, self.state.words(), &self.calendar(), now, viewer)
    }

    /// The part that somebody plays for it.
    pub fn part_of(&self, person: &Person) -> Part {
        if self.owner_id == person.id {
            Part::Owner
        } else if person.roles.iter().any(|(_, team)| *team == Some(self.team_id)) {
            Part::Mate
        } else {
            Part::Other
        }
    }
}
