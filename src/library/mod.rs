//! The library of learning, for the whole company: each experiment that was decided, adopted and abandoned alike.
//!
//! It stands there with its prediction, its outcome, and the sentence of learning. It can be searched by problem, measure
//! and lesson, taken home by another team, and told on as a short story.
//!
//! [`words`] makes the words to search by and the story; [`judge`] says whether a prediction came true; [`clock`] takes what
//! was decided into the library; [`home`] takes it to another team; [`store`] has the rows.

pub mod clock;
pub mod home;
pub mod judge;
pub mod pages;
pub mod store;
pub mod words;

use crate::experiments::State;
use crate::ids::{ExperimentId, MeasureId, PersonId, StandardId, TeamId};
use crate::spc::sentences::wording::plain;
use chrono::{DateTime, Utc};

/// What was learned in one experiment.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Lesson {
    pub experiment_id: ExperimentId,
    pub team_id: TeamId,
    pub team: String,
    /// Whose experiment it was, as they chose to be named.
    pub owner_id: PersonId,
    pub owner: String,
    pub state: State,
    pub decided_at: DateTime<Utc>,
    pub name: String,
    /// What hurt, where the whole company may read it.
    pub hurt: Option<String>,
    pub doing: String,
    pub cases: String,
    pub because: String,
    pub expectation: String,
    pub from_about: Option<f64>,
    pub to_about: Option<f64>,
    pub measure_id: Option<MeasureId>,
    pub measure: Option<String>,
    pub unit: Option<String>,
    pub happened: String,
    pub learned: String,
    pub benefit: String,
    /// Whether the prediction came true; nothing where no chart could tell.
    pub came_true: Option<bool>,
    /// What the chart said, in one sentence; may be empty.
    pub outcome: String,
    pub standard_id: Option<StandardId>,
    pub standard: Option<String>,
}

impl Lesson {
    /// What was expected, in words.
    pub fn prediction(&self) -> String {
        let measured = match (&self.measure, self.from_about, self.to_about) {
            (Some(measure), Some(from), Some(to)) => {
                let unit = self.unit.as_deref().unwrap_or_default();
                format!("{measure} moves from about {} to about {} {unit}", plain(from), plain(to)).trim().to_owned()
            }
            _ => String::new(),
        };
        match (measured.is_empty(), self.expectation.is_empty()) {
            (true, _) => self.expectation.clone(),
            (false, true) => measured,
            (false, false) => format!("{} \u{b7} {measured}", self.expectation),
        }
    }

    /// Whether the prediction came true, as a page says it.
    pub fn came_true(&self) -> &'static str {
        match self.came_true {
            Some(true) => "The prediction came true",
            Some(false) => "The prediction did not come true",
            None => "No chart could tell",
        }
    }

    /// The headline of what hurt.
    pub fn problem(&self) -> Option<String> {
        self.hurt.as_deref().map(|hurt| crate::text::headline(hurt).0)
    }
}
