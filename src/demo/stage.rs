//! The stage: plays each deed of the script through the verbs that people use.

use super::people::{Cast, Who};
use super::script::{Deed, Name, OnExperiment, OnIdea, OnMeasure, OnPromise, OnStandard, Way, What};
use super::time::Time;
use crate::balls::Deed as Move;
use crate::db::Tx;
use crate::experiments::{self, Undone, store::Experiment};
use crate::ids::{ExperimentId, IdeaId, MeasureId, PersonId, PromiseId, StandardId};
use crate::measures::{self, Amount, Definition, Measure, import, weeks};
use crate::people::Person;
use crate::responses::{self, Promise, answer, promise_verbs};
use crate::standards::{self, store::Standard};
use crate::{ideas, ideas::Idea, ideas::Trouble};
use anyhow::{Context, anyhow, ensure};
use chrono::NaiveDate;
use std::collections::HashMap;
use uuid::Uuid;

/// The people and the things that are there so far.
pub struct Stage {
    cast: Cast,
    time: Time,
    things: HashMap<Name, Uuid>,
    tables: HashMap<Name, Vec<(NaiveDate, Amount)>>,
}

/// Who acts on what, in which words.
struct Line {
    by: Who,
    on: Name,
    words: &'static str,
}

impl Stage {
    /// The cast before anything was done.
    pub fn new(cast: Cast, time: Time) -> Self {
        Self { cast, time, things: HashMap::new(), tables: HashMap::new() }
    }

    /// Play one deed.
    ///
    /// # Errors
    /// When the verb refuses it: then the script asks for something that nobody could do.
    pub async fn play(&mut self, tx: &mut Tx, deed: Deed) -> anyhow::Result<()> {
        let line = Line { by: deed.by, on: deed.on, words: deed.words };
        match deed.what {
            What::Measure(what) => self.measure(tx, line, what).await,
            What::Idea(what) => self.idea(tx, line, what).await,
            What::Promise(what) => self.promise(tx, line, what).await,
            What::Experiment(what) => self.experiment(tx, line, what).await,
            What::Standard(what) => self.standard(tx, line, what).await,
        }
    }

    async fn measure(&mut self, tx: &mut Tx, line: Line, what: OnMeasure) -> anyhow::Result<()> {
        let person = self.cast.person(line.by)?;
        let (starts, ends) = match what {
            OnMeasure::Define { definition, keeper, values } => {
                let definition = Definition { keeper_id: self.cast.id(keeper)?, ..*definition };
                let deed = |tx: &Tx, words| Move { key: tx.new_id(), by: person, words };
                let define = deed(tx, "");
                let id = measures::verbs::define(tx, define, self.cast.team, &definition).await.map_err(no_measure)?;
                self.things.insert(line.on, id.0);
                let measure = self.find_measure(tx, line.on).await?;
                let begin = deed(tx, line.words);
                measures::verbs::begin(tx, begin, &measure).await.map_err(no_measure)?;
                self.tables.insert(line.on, self.read(values, &measure)?);
                return Ok(());
            }
            OnMeasure::ImportBefore(week) => {
                let measure = self.find_measure(tx, line.on).await?;
                let rows: Vec<_> = self.table(line.on)?.iter().filter(|row| row.0 < week).copied().collect();
                let deed = Move { key: tx.new_id(), by: person, words: "" };
                measures::valuing::import(tx, deed, &measure, &rows).await.map_err(no_measure)?;
                return Ok(());
            }
            OnMeasure::Enter(week) => {
                let measure = self.find_measure(tx, line.on).await?;
                let row = self.table(line.on)?.iter().find(|row| row.0 == week).copied();
                let (_, amount) = row.context("the week has no value")?;
                let deed = Move { key: tx.new_id(), by: person, words: "" };
                measures::valuing::enter(tx, deed, &measure, (week, amount), None).await.map_err(no_measure)?;
                return Ok(());
            }
            OnMeasure::NewLimits(starts, ends) => (starts, ends),
        };
        let measure = self.find_measure(tx, line.on).await?;
        measures::store::add_phase(tx, measure.id, (starts, ends), line.words, person.id, true).await?;
        Ok(())
    }

    /// A table of the example, read as people's tables are, once its weeks have become dates.
    fn read(&self, values: &str, measure: &Measure) -> anyhow::Result<Vec<(NaiveDate, Amount)>> {
        let this_week = self.time.monday(0);
        let dated = |line: &str| match line.strip_prefix("W-").and_then(|line| line.split_once(',')) {
            Some((week, value)) => Ok(format!("{},{value}\n", weeks::weeks_before(this_week, week.parse()?))),
            None => Ok(format!("{line}\n")),
        };
        let text: String = values.lines().map(dated).collect::<anyhow::Result<_>>()?;
        let table = import::read(&text, measure, this_week).map_err(anyhow::Error::msg)?;
        ensure!(table.bad.is_empty(), "rows that can't be read: {:?}", table.bad);
        Ok(table.good.into_iter().map(|row| (row.period, row.amount)).collect())
    }

    async fn idea(&mut self, tx: &mut Tx, line: Line, what: OnIdea) -> anyhow::Result<()> {
        let key = tx.new_id();
        let deed = ideas::verbs::Deed { key, by: self.cast.person(line.by)?, words: line.words };
        if let OnIdea::Throw(new) = what {
            let id = ideas::verbs::throw_idea(tx, deed.by, key, &new).await.map_err(refused)?;
            self.things.insert(line.on, id.0);
            return Ok(());
        }
        let idea = self.find_idea(tx, line.on).await?;
        let done = match what {
            OnIdea::Catch => ideas::verbs::catch(tx, &idea, &deed).await,
            OnIdea::Answer(answer) => answer::give(tx, &idea, &deed, &answer).await,
            OnIdea::ThrowBack => ideas::verbs::throw_back(tx, &idea, &deed).await,
            OnIdea::Throw(_) | OnIdea::Confirm => ideas::verbs::confirm(tx, &idea, &deed).await,
        };
        done.map_err(refused)
    }

    async fn promise(&mut self, tx: &mut Tx, line: Line, what: OnPromise) -> anyhow::Result<()> {
        let by = self.cast.person(line.by)?;
        let deed = ideas::verbs::Deed { key: tx.new_id(), by, words: line.words };
        if let OnPromise::Give(idea, day) = what {
            let idea = self.find_idea(tx, idea).await?;
            let given = promise_verbs::give(tx, &idea, by.id, line.words, day).await.map_err(refused)?;
            self.things.insert(line.on, given.0);
            return Ok(());
        }
        let promise = self.find_promise(tx, line.on, by).await?;
        let done = match what {
            OnPromise::Deliver => promise_verbs::deliver(tx, &promise, &deed).await,
            OnPromise::Give(..) | OnPromise::Keep => promise_verbs::keep(tx, &promise, &deed, false).await,
        };
        done.map_err(refused)
    }

    async fn experiment(&mut self, tx: &mut Tx, line: Line, what: OnExperiment) -> anyhow::Result<()> {
        use experiments::verbs;
        let deed = verbs::Deed { key: tx.new_id(), by: self.cast.person(line.by)?, words: line.words };
        if let OnExperiment::Draft { idea, measure, plan } = what {
            let measure_id = measure.map(|measure| self.thing(measure)).transpose()?.map(MeasureId);
            let plan = experiments::Plan { measure_id, ..*plan };
            let idea = Some(IdeaId(self.thing(idea)?));
            let origin = verbs::Origin { team: self.cast.team, idea, previous: None };
            let drafted = verbs::draft(tx, deed, origin, &plan).await.map_err(undone)?;
            self.things.insert(line.on, drafted.id.0);
            return Ok(());
        }
        let experiment = self.find_experiment(tx, line.on).await?;
        let done = match what {
            OnExperiment::Change(doing) => {
                let plan = experiments::Plan { doing: doing.to_owned(), ..experiment.plan.clone() };
                verbs::change(tx, deed, &experiment, experiment.version, &plan).await
            }
            OnExperiment::Ask => verbs::ask(tx, deed, &experiment).await,
            OnExperiment::Clear => verbs::clear(tx, deed, &experiment).await,
            OnExperiment::Object => verbs::object(tx, deed, &experiment).await,
            OnExperiment::Draft { .. } | OnExperiment::Start => verbs::start(tx, deed, &experiment).await,
            OnExperiment::Line(week, planned) => verbs::line(tx, deed, &experiment, planned, week).await,
            OnExperiment::Study => verbs::study(tx, deed, &experiment).await,
            OnExperiment::Adopt(standard) => {
                let opened = standards::verbs::adopt(tx, deed, &experiment).await.map_err(undone)?;
                self.things.insert(standard, opened.id.0);
                return Ok(());
            }
        };
        done.map(|_| ()).map_err(undone)
    }

    async fn standard(&mut self, tx: &mut Tx, line: Line, what: OnStandard) -> anyhow::Result<()> {
        use standards::verbs;
        let deed = experiments::verbs::Deed { key: tx.new_id(), by: self.cast.person(line.by)?, words: line.words };
        if let OnStandard::Open(idea, way) = what {
            let (idea, (owner, text)) = (IdeaId(self.thing(idea)?), self.way(way)?);
            let opened = verbs::open_from_idea(tx, deed, idea, owner, &text).await.map_err(undone)?;
            self.things.insert(line.on, opened.id.0);
            return Ok(());
        }
        let standard = self.find_standard(tx, line.on).await?;
        let done = match what {
            OnStandard::Write(way) => {
                let (owner, text) = self.way(way)?;
                verbs::change(tx, deed, &standard, standard.version, owner, &text).await
            }
            OnStandard::Open(..) | OnStandard::Teach => verbs::teach(tx, deed, &standard).await,
            OnStandard::Hold => verbs::hold(tx, deed, &standard).await,
            OnStandard::Check(mark) => verbs::check(tx, deed, &standard, mark).await,
            OnStandard::BringBack => verbs::bring_back(tx, deed, &standard).await,
        };
        done.map(|_| ()).map_err(undone)
    }

    fn way(&self, way: Way) -> anyhow::Result<(PersonId, standards::Text)> {
        let measure_id = Some(MeasureId(self.thing(way.measure)?));
        Ok((self.cast.id(way.owner)?, standards::Text { measure_id, ..way.text }))
    }

    fn thing(&self, name: Name) -> anyhow::Result<Uuid> {
        self.things.get(name).copied().with_context(|| format!("{name} is not there yet"))
    }

    fn table(&self, name: Name) -> anyhow::Result<&[(NaiveDate, Amount)]> {
        Ok(self.tables.get(name).with_context(|| format!("{name} has no table"))?)
    }

    async fn find_measure(&self, tx: &mut Tx, name: Name) -> anyhow::Result<Measure> {
        measures::store::find(tx, MeasureId(self.thing(name)?)).await?.context("the measure is gone")
    }

    async fn find_idea(&self, tx: &mut Tx, name: Name) -> anyhow::Result<Idea> {
        Ok(ideas::store::idea(tx, IdeaId(self.thing(name)?)).await?)
    }

    async fn find_promise(&self, tx: &mut Tx, name: Name, by: &Person) -> anyhow::Result<Promise> {
        let found = responses::store::seen_to_change(tx, PromiseId(self.thing(name)?), by.id).await?;
        found.context("the promise can't be seen by the one who acts on it")
    }

    async fn find_experiment(&self, tx: &mut Tx, name: Name) -> anyhow::Result<Experiment> {
        experiments::store::find(tx, ExperimentId(self.thing(name)?)).await?.context("the experiment is gone")
    }

    async fn find_standard(&self, tx: &mut Tx, name: Name) -> anyhow::Result<Standard> {
        standards::store::find(tx, StandardId(self.thing(name)?)).await?.context("the standard is gone")
    }
}

fn refused(trouble: Trouble) -> anyhow::Error {
    match trouble {
        Trouble::Refused(refusal) => anyhow!("refused: {refusal}"),
        Trouble::Database(error) => error.into(),
    }
}

fn no_measure(undone: measures::refusal::Undone) -> anyhow::Error {
    anyhow!("refused on a measure: {undone:?}")
}

fn undone(undone: Undone) -> anyhow::Error {
    match undone {
        Undone::Refused(refusal) => anyhow!("refused: {refusal:?}"),
        Undone::Failed(error) => anyhow!("failed: {error:?}"),
    }
}
