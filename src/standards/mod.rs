//! Standards, "our way": written, taught, held, checked, watched, changed, improved, brought back when they drift, retired
//! by two when nobody needs them.
//!
//! [`machine`] has the table of states, [`text`] what is written in one, [`factors`] the ten questions, [`checks`] what a
//! check finds and when the next is due, [`round`] the looks of a round, [`turn`] whose turn it is, [`transition`] what a move does: all pure. [`watch`]
//! reads its measure. [`store`] has the rows, [`verbs`] what people do, [`clock`] what happens when nobody does, [`notify`]
//! who hears of it, [`pages`] one file for each address.

pub mod checks;
pub mod clock;
pub mod factors;
pub mod holding;
pub mod machine;
pub mod notify;
pub mod pages;
pub mod round;
pub mod shown;
pub mod store;
pub mod text;
pub mod transition;
pub mod turn;
pub mod verbs;
#[cfg(test)]
mod walks;
pub mod watch;

pub use checks::CheckResult;
pub use machine::{Part, State, Verb, step};
pub use text::Text;

use crate::balls::{Mark, PlacedBall, Subject};
use crate::calendar::{Calendar, Written};
use crate::ids::{ExperimentId, IdeaId, PersonId, StandardId, TeamId};
use crate::people::Person;
use crate::text::headline;
use chrono::{DateTime, NaiveDate, Utc};

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
    /// The leader of the team, whoever is above them, and whoever is above the owner.
    #[sqlx(flatten)]
    pub leaders: round::Leaders,
    pub state: State,
    #[sqlx(flatten)]
    pub text: Text,
    /// Which version of its text holds, from 1.
    pub edition: i64,
    /// When it came into use; none before that.
    pub in_use_since: Option<DateTime<Utc>>,
    /// The round of checks it is in.
    #[sqlx(flatten)]
    pub round: round::Round,
    /// The first day of whole periods whose values count for the watch.
    pub watched_from: Option<NaiveDate>,
    /// The experiment that tries a better way.
    pub improving_id: Option<ExperimentId>,
    /// Who proposed to retire it.
    pub proposer_id: Option<PersonId>,
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

    /// The parts that somebody plays for it.
    pub fn parts_of(&self, person: &Person) -> Vec<Part> {
        let asked = matches!(self.state, State::CheckDue | State::Retiring) && self.placed.holder_id == Some(person.id);
        let in_team = person.roles.iter().any(|(_, team)| *team == Some(self.team_id));
        let is_owner = self.owner_id == person.id;
        let played = [
            (is_owner, Part::Owner),
            (!is_owner && self.leaders.are(person.id), Part::Leader),
            (asked, Part::Asked),
            (!is_owner && in_team, Part::Mate),
        ];
        let mut parts: Vec<Part> = played.into_iter().filter(|(plays, _)| *plays).map(|(_, part)| part).collect();
        if parts.is_empty() {
            parts.push(Part::Other);
        }
        parts
    }
}
