//! Plays each event of the script through the verbs that people use.

mod ideas;
mod measures;
mod promises;
mod standards;

use super::company::Company;
use super::dates::Time;
use super::script::{Event, OnExperiment, Step, What};
use crate::db::Tx;
use crate::error::Error;
use crate::experiments::effect::{self, Effect, Way};
use crate::experiments::{self, Experiment};
use crate::ids::{ExperimentId, IdeaId, MeasureId};
use crate::measures::Amount;
use crate::moves::{Move, MoveError};
use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use std::collections::HashMap;
use uuid::Uuid;

/// The people and the things that are there so far.
pub struct Replay {
    company: Company,
    time: Time,
    things: HashMap<String, Uuid>,
    tables: HashMap<String, Vec<(NaiveDate, Amount)>>,
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
        let Event { step, what, .. } = event;
        match what {
            What::Measure(what) => self.measure(tx, step, what).await,
            What::Idea(what) => self.idea(tx, step, what).await,
            What::Promise(what) => self.promise(tx, step, what).await,
            What::Standing(what) => self.standing(tx, step, what).await,
            What::Experiment(what) => self.experiment(tx, step, what).await,
            What::Standard(what) => self.standard(tx, step, what).await,
            What::GiveBack(what) => self.give_back(tx, step, what).await,
        }
    }

    async fn experiment(&mut self, tx: &mut Tx, step: Step, what: OnExperiment) -> anyhow::Result<()> {
        use experiments::{Verb, verbs};
        let this = Move::of(tx.new_id(), self.company.person(&step.by)?, &step.words);
        if let OnExperiment::Draft { idea, measure, plan } = what {
            let measure_id = measure.map(|measure| self.thing(&measure)).transpose()?.map(MeasureId);
            let plan = experiments::Plan { measure_id, ..*plan };
            let idea = Some(IdeaId(self.thing(&idea)?));
            let origin = experiments::Origin { team: self.company.team_of(&step.by)?, idea, previous: None };
            let drafted = verbs::draft(tx, origin, this, &plan).await?;
            self.things.insert(step.on, drafted.id.0);
            return Ok(());
        }
        let experiment = self.find_experiment(tx, &step.on).await?;
        match what {
            OnExperiment::Change(doing) => {
                let plan = experiments::Plan { doing, ..experiment.plan.clone() };
                verbs::change(tx, &experiment, this, experiment.version, &plan).await?;
            }
            OnExperiment::Write(plan) => {
                let plan = experiments::Plan { measure_id: experiment.plan.measure_id, ..*plan };
                verbs::change(tx, &experiment, this, experiment.version, &plan).await?;
            }
            OnExperiment::Declare => drop(verbs::act(tx, &experiment, this, Verb::Declare).await?),
            OnExperiment::Ask => drop(verbs::act(tx, &experiment, this, Verb::Ask).await?),
            OnExperiment::Clear => drop(verbs::act(tx, &experiment, this, Verb::Clear).await?),
            OnExperiment::Object => drop(verbs::act(tx, &experiment, this, Verb::Object).await?),
            OnExperiment::Draft { .. } | OnExperiment::Start => {
                drop(verbs::act(tx, &experiment, this, Verb::Start).await?);
            }
            OnExperiment::Guard(measure) => {
                let balance_id = Some(MeasureId(self.thing(&measure)?));
                let effect = Effect { balance_id, ..Effect::usual(&experiment.plan) };
                effect::verbs::choose(tx, &experiment, this, experiment.version, (&effect, &[])).await?;
            }
            OnExperiment::CountCases(plan) => {
                let balance_id = plan.balance.map(|name| self.thing(&name)).transpose()?.map(MeasureId);
                let effect = Effect {
                    way: Way::Cases,
                    what: plan.what,
                    before_yes: plan.before.0,
                    before_of: plan.before.1,
                    stated: true,
                    wanted: plan.predicted.0,
                    planned: plan.predicted.1,
                    balance_id,
                    ..Effect::usual(&experiment.plan)
                };
                effect::verbs::choose(tx, &experiment, this, experiment.version, (&effect, &[])).await?;
            }
            OnExperiment::Count(answers) => {
                let counted = tx.ask(effect::store::of(experiment.id)).await?.map_or(0, |effect| effect.answers.len());
                for (number, answer) in (i64::try_from(counted)? + 1..).zip(answers.chars()) {
                    let this = Move::of(tx.new_id(), self.company.person(&step.by)?, "");
                    effect::verbs::count(tx, &experiment, this, number, answer == 'y').await?;
                }
            }
            OnExperiment::Line(planned) => {
                let week = self.time.week_of(tx.now());
                verbs::line(tx, &experiment, this, planned, week).await?;
            }
            OnExperiment::Study => drop(verbs::act(tx, &experiment, this, Verb::Study).await?),
            OnExperiment::Abandon => drop(verbs::act(tx, &experiment, this, Verb::Abandon).await?),
            OnExperiment::Adapt(next) => {
                let next_cycle = verbs::adapt(tx, &experiment, this).await?;
                self.things.insert(next, next_cycle.id.0);
            }
            OnExperiment::Adopt(standard) => {
                let opened = crate::standards::verbs::adopt(tx, &experiment, this).await?;
                self.things.insert(standard, opened.id.0);
            }
        }
        Ok(())
    }

    fn thing(&self, name: &str) -> anyhow::Result<Uuid> {
        self.things.get(name).copied().with_context(|| format!("{name} is not there yet"))
    }

    async fn find_experiment(&self, tx: &mut Tx, name: &str) -> anyhow::Result<Experiment> {
        tx.ask(experiments::store::find(ExperimentId(self.thing(name)?))).await?.context("the experiment is gone")
    }
}

/// A refused move ends the play: the script asks for something that nobody could do.
impl From<MoveError> for anyhow::Error {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Refused(refusal) => anyhow!("refused: {refusal:?}"),
            // What passes by itself is told apart further up.
            MoveError::Failed(Error::Unavailable(fault)) => fault.into(),
            MoveError::Failed(error) => anyhow!("failed: {error:?}"),
        }
    }
}
