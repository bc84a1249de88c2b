//! Give-back: what those who improve got back, and how much work changes add or remove, as those concerned state it.
//!
//! Sums are for teams and for the company; nothing here is one person's.

pub mod pages;
pub mod store;

use crate::ids::{ExperimentId, IdeaId, StandardId, TeamId};
use crate::subject::Subject;
use chrono::NaiveDate;
use uuid::Uuid;

/// What a team, or everybody, got back.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Received {
    pub received_on: NaiveDate,
    pub team_id: Option<TeamId>,
    /// The team's name; none when everybody got it.
    pub team: Option<String>,
    pub what: String,
    pub idea_id: Option<IdeaId>,
    pub experiment_id: Option<ExperimentId>,
    pub standard_id: Option<StandardId>,
    /// The team of what it came from.
    pub from_team_id: Option<TeamId>,
    /// What was hoped to be in it for us, where it came from a plan.
    pub hoped: Option<String>,
}

impl Received {
    /// The address of what it came from.
    pub fn address(&self) -> Option<String> {
        let of = |subject: Subject, id: Uuid| subject.address(id);
        let idea = self.idea_id.map(|id| of(Subject::Idea, id.0));
        let experiment = self.experiment_id.map(|id| of(Subject::Experiment, id.0));
        idea.or(experiment).or(self.standard_id.map(|id| of(Subject::Standard, id.0)))
    }
}

/// How many minutes per person and week a change adds (or takes away, below nought), as it is stated.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Stated {
    pub subject: Subject,
    pub subject_id: Uuid,
    pub team_id: TeamId,
    pub team: String,
    pub title: String,
    pub minutes: i64,
}

impl Stated {
    /// "−25", "+10".
    pub fn words(&self) -> String {
        signed(self.minutes)
    }

    /// The address of what it is about.
    pub fn address(&self) -> String {
        self.subject.address(self.subject_id)
    }
}

/// Minutes added and removed, in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Work {
    pub added: i64,
    pub removed: i64,
}

impl Work {
    /// The sentence under the two figures.
    pub fn sentence(&self) -> String {
        match self.added - self.removed {
            0 => String::from("As much is added as is removed."),
            more if more > 0 => format!("Together {more} minutes more per person and week."),
            less => format!("Together {} minutes less per person and week.", -less),
        }
    }
}

/// A number with its sign, as it is written.
pub fn signed(minutes: i64) -> String {
    match minutes {
        0 => String::from("0"),
        more if more > 0 => format!("+{more}"),
        less => format!("\u{2212}{}", -less),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_have_their_sign_and_sums_their_sentence() {
        assert_eq!([signed(10), signed(-25), signed(0)], ["+10", "\u{2212}25", "0"]);
        let sentence = |added, removed| Work { added, removed }.sentence();
        assert_eq!(sentence(28, 220), "Together 192 minutes less per person and week.");
        assert_eq!(sentence(5, 5), "As much is added as is removed.");
        assert_eq!(sentence(7, 5), "Together 2 minutes more per person and week.");
    }
}
