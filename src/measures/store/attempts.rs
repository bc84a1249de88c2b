//! What is being tried at a measure: the experiments and ideas that point to it.
//!
//! It reads across two later features and changes nothing in them.

use crate::db::{Ask, query_as};
use crate::ids::{MeasureId, PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// An experiment or an idea that points to a measure.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Attempt {
    experiment: bool,
    id: Uuid,
    pub title: String,
    state: String,
    starts_on: Option<NaiveDate>,
    pub thrown_at: Option<DateTime<Utc>>,
}

/// Ideas that became an experiment are told by the experiment.
const AT: &str = "
    SELECT experiment.measure_id = $1 AS experiment, experiment.id, experiment.name AS title, experiment.state,
           experiment.starts_on, CAST(NULL AS TIMESTAMPTZ) AS thrown_at
    FROM experiment
    WHERE experiment.measure_id = $1
      AND experiment.team_id IN (SELECT sight.team_id FROM sight WHERE sight.person_id = $2)
    UNION ALL
    SELECT idea.measure_id <> $1, idea.id, idea.hurt, idea.state, CAST(NULL AS DATE), idea.thrown_at
    FROM idea
    WHERE idea.measure_id = $1
      AND idea.state NOT IN ('done', 'learned', 'closed_declined', 'withdrawn')
      AND idea.team_id IN (SELECT sight.team_id FROM sight WHERE sight.person_id = $2)
      AND NOT EXISTS (SELECT 1 FROM experiment WHERE experiment.idea_id = idea.id)
    ORDER BY 1 DESC, 5 DESC NULLS LAST, 2";

/// What points to a measure and may be seen by the viewer: experiments first, the newest on top.
pub fn at(measure: MeasureId, viewer: PersonId) -> Ask<Vec<Attempt>> {
    query_as(AT).bind(measure).bind(viewer).all()
}

impl Attempt {
    /// The address of its page.
    pub fn address(&self) -> String {
        let place = if self.experiment { "experiments" } else { "ideas" };
        format!("/{place}/{}", self.id)
    }

    /// Whether it is over, so that it belongs to what was tried.
    pub fn is_over(&self) -> bool {
        self.experiment && matches!(self.state.as_str(), "adopted" | "adapted" | "abandoned" | "dropped")
    }

    /// The first day of an experiment that has begun.
    pub fn began_on(&self) -> Option<NaiveDate> {
        let waits = matches!(self.state.as_str(), "drafting" | "safe_check" | "ready" | "dropped");
        self.starts_on.filter(|_| !waits)
    }

    /// What it is and where it stands: `experiment, running`.
    pub fn standing(&self) -> String {
        let state = match self.state.as_str() {
            "drafting" => "being drafted",
            "safe_check" => "safe to try?",
            "ready" => "ready to start",
            "stopped" => "stopped early",
            "study" => "being studied",
            "decide" => "to be decided",
            "new" => "just thrown",
            "question" => "a question is open",
            "go" => "go ahead",
            "trying" => "to be tried",
            "helping" => "help is promised",
            "passed_up" => "passed up",
            "parked" => "rests",
            "thrown_back" => "thrown back",
            state => state,
        };
        let kind = if self.experiment { "Experiment" } else { "Idea" };
        format!("{kind} · {state}")
    }
}
