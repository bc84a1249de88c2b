//! Plays each event of the script through the verbs that people use.

mod ideas;
mod measures;
mod promises;

use super::company::Company;
use super::dates::Time;
use super::people::Who;
use super::script::{Event, Name, OnExperiment, OnStandard, Way, What};
use crate::db::Tx;
use crate::experiments::{self, Experiment};
use crate::ids::{ExperimentId, IdeaId, MeasureId, PersonId, StandardId};
use crate::measures::Amount;
use crate::moves::{Move, MoveError};
use crate::standards::{self, Standard};
use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use std::collections::HashMap;
use uuid::Uuid;

/// The people and the things that are there so far.
pub struct Replay {
    company: Company,
    time: Time,
    things: HashMap<Name, Uuid>,
    tables: HashMap<Name, Vec<(NaiveDate, Amount)>>,
}

/// Who acts on what, in which words.
struct Step {
    by: Who,
    on: Name,
    words: String,
}

impl Replay {
    /// The company before anything was done.
    pub fn new(company: Company, time: Time) -> Self {
        Self { company, time, things: HashMap::new(), tables: HashMap::new() }
    }

    /// Play one event.
    ///
    /// # Errors
    /// When the verb refuses it: then the script asks for something that nobody could do.
    pub async fn play(&mut self, tx: &mut Tx, event: Event) -> anyhow::Result<()> {
        let step = Step { by: event.by, on: event.on, words: self.time.dated(event.words)? };
        match event.what {
            What::NewMeasure(new) => self.define(tx, step, new).await,
            What::Measure(what) => self.measure(tx, step, what).await,
            What::Idea(what) => self.idea(tx, step, what).await,
            What::Promise(what) => self.promise(tx, step, what).await,
            What::Standing(what) => self.standing(tx, step, what).await,
            What::Experiment(what) => self.experiment(tx, step, what).await,
            What::Standard(what) => self.standard(tx, step, what).await,
        }
    }

    async fn experiment(&mut self, tx: &mut Tx, step: Step, what: OnExperiment) -> anyhow::Result<()> {
        use experiments::{Verb, verbs};
        let this = Move::of(tx.new_id(), self.company.person(step.by)?, &step.words);
        if let OnExperiment::Draft { idea, measure, plan } = what {
            let measure_id = measure.map(|measure| self.thing(measure)).transpose()?.map(MeasureId);
            let plan = experiments::Plan { measure_id, ..*plan };
            let idea = Some(IdeaId(self.thing(idea)?));
            let origin = verbs::Origin { team: self.company.team_of(step.by)?, idea, previous: None };
            let drafted = verbs::draft(tx, origin, this, &plan).await.map_err(undone)?;
            self.things.insert(step.on, drafted.id.0);
            return Ok(());
        }
        let experiment = self.find_experiment(tx, step.on).await?;
        let done = match what {
            OnExperiment::Change(doing) => {
                let plan = experiments::Plan { doing: doing.to_owned(), ..experiment.plan.clone() };
                verbs::change(tx, &experiment, this, experiment.version, &plan).await
            }
            OnExperiment::Write(plan) => {
                let plan = experiments::Plan { measure_id: experiment.plan.measure_id, ..*plan };
                verbs::change(tx, &experiment, this, experiment.version, &plan).await
            }
            OnExperiment::Declare => verbs::declare(tx, &experiment, this).await,
            OnExperiment::Ask => verbs::ask(tx, &experiment, this).await,
            OnExperiment::Clear => verbs::act(tx, &experiment, this, Verb::Clear).await,
            OnExperiment::Object => verbs::act(tx, &experiment, this, Verb::Object).await,
            OnExperiment::Draft { .. } | OnExperiment::Start => verbs::start(tx, &experiment, this).await,
            OnExperiment::Line(week, planned) => verbs::line(tx, &experiment, this, planned, week).await,
            OnExperiment::Study => verbs::study(tx, &experiment, this).await,
            OnExperiment::Abandon => verbs::abandon(tx, &experiment, this).await,
            OnExperiment::Adapt(next) => {
                let next_cycle = verbs::adapt(tx, &experiment, this).await.map_err(undone)?;
                self.things.insert(next, next_cycle.id.0);
                return Ok(());
            }
            OnExperiment::Adopt(standard) => {
                let opened = standards::verbs::adopt(tx, &experiment, this).await.map_err(undone)?;
                self.things.insert(standard, opened.id.0);
                return Ok(());
            }
        };
        done.map(|_| ()).map_err(undone)
    }

    async fn standard(&mut self, tx: &mut Tx, step: Step, what: OnStandard) -> anyhow::Result<()> {
        use standards::verbs;
        let this = Move::of(tx.new_id(), self.company.person(step.by)?, &step.words);
        if let OnStandard::Open(idea, way) = what {
            let (idea, (owner, text)) = (IdeaId(self.thing(idea)?), self.way(way)?);
            let idea = crate::ideas::store::idea(tx, idea).await?;
            let opened = verbs::open_from_idea(tx, &idea, this, owner, &text).await.map_err(undone)?;
            self.things.insert(step.on, opened.id.0);
            return Ok(());
        }
        let standard = self.find_standard(tx, step.on).await?;
        let done = match what {
            OnStandard::Write(way) => {
                let (owner, text) = self.way(way)?;
                verbs::change(tx, &standard, this, standard.version, (owner, &text)).await
            }
            OnStandard::Open(..) | OnStandard::Teach => verbs::teach(tx, &standard, this).await,
            OnStandard::Hold => verbs::hold(tx, &standard, this).await,
            OnStandard::Check(mark) => verbs::check(tx, &standard, this, mark).await,
            OnStandard::BringBack => verbs::bring_back(tx, &standard, this).await,
        };
        done.map(|_| ()).map_err(undone)
    }

    fn way(&self, way: Way) -> anyhow::Result<(PersonId, standards::Text)> {
        let measure_id = Some(MeasureId(self.thing(way.measure)?));
        Ok((self.company.id(way.owner)?, standards::Text { measure_id, ..way.text }))
    }

    fn thing(&self, name: Name) -> anyhow::Result<Uuid> {
        self.things.get(name).copied().with_context(|| format!("{name} is not there yet"))
    }

    async fn find_experiment(&self, tx: &mut Tx, name: Name) -> anyhow::Result<Experiment> {
        tx.ask(experiments::store::find(ExperimentId(self.thing(name)?))).await?.context("the experiment is gone")
    }

    async fn find_standard(&self, tx: &mut Tx, name: Name) -> anyhow::Result<Standard> {
        tx.ask(standards::store::find(StandardId(self.thing(name)?))).await?.context("the standard is gone")
    }
}

fn refused(error: MoveError) -> anyhow::Error {
    match error {
        MoveError::Refused(refusal) => anyhow!("refused: {}", refusal.sentence()),
        MoveError::Failed(error) => anyhow!("{error:?}"),
    }
}

fn undone(undone: MoveError) -> anyhow::Error {
    match undone {
        MoveError::Refused(refusal) => anyhow!("refused: {refusal:?}"),
        MoveError::Failed(error) => anyhow!("failed: {error:?}"),
    }
}
