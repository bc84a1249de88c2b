//! What belongs to an experiment: its idea, promises, cycles, standard, and where new limits can begin.

use crate::balls::{Mark, Subject};
use crate::experiments::State;
use crate::experiments::store::WithNeighbours;
use crate::ideas::Idea;
use crate::ids::{ExperimentId, IdeaId, PersonId, StandardId};
use crate::measures::definition::Measure;
use crate::measures::weeks::monday;
use crate::promises::{Promise, sentences};
use chrono::{DateTime, NaiveDate, Utc};
use url::form_urlencoded::Serializer;

/// What belongs to an experiment.
#[derive(Default)]
pub struct Links {
    /// The idea it comes from.
    pub idea: Option<(IdeaId, String)>,
    /// The promises for that idea: the address, what was promised, who has the ball.
    pub promises: Vec<(String, String, Mark)>,
    /// The cycle before.
    pub previous: Option<(ExperimentId, String)>,
    /// The next cycle.
    pub next: Option<(ExperimentId, String)>,
    /// The standard it became.
    pub standard: Option<(StandardId, String)>,
    /// Where new limits can begin on its measure.
    pub new_limits: Option<String>,
}

impl Links {
    /// The links for this viewer, who may see the idea and the promises.
    pub fn of(
        found: &WithNeighbours,
        idea: Option<&Idea>,
        promises: Vec<Promise>,
        measure: Option<&Measure>,
        (now, viewer): (DateTime<Utc>, PersonId),
    ) -> Self {
        let experiment = &found.experiment;
        let calendar = experiment.calendar();
        let promise = |promise: Promise| {
            let mark = sentences::mark(&promise, &calendar, now, viewer);
            (Subject::Promise.address(promise.id.0), promise.what, mark)
        };
        let adopted = experiment.first_day().filter(|_| experiment.state == State::Adopted);
        Self {
            idea: idea.map(|idea| (idea.id, idea.headline())),
            promises: promises.into_iter().map(promise).collect(),
            previous: experiment.previous_id.zip(found.previous.clone()),
            next: found.next_id.zip(found.next.clone()),
            standard: found.standard_id.zip(found.standard.clone()),
            new_limits: measure
                .zip(adopted)
                .and_then(|(measure, first)| new_limits(measure, first, &experiment.plan.name, viewer)),
        }
    }
}

/// The address where new limits begin with an adopted experiment, for those who may set them.
pub fn new_limits(measure: &Measure, first_day: NaiveDate, experiment: &str, viewer: PersonId) -> Option<String> {
    let mut query = Serializer::new(String::new());
    query.append_pair("from", &monday(first_day).to_string());
    query.append_pair("reason", &format!("{experiment} (adopted)"));
    measure.is_kept_by(viewer).then(|| format!("/measures/{}/limits/new?{}", measure.id, query.finish()))
}
