//! What is done with measures.

use super::Replay;
use crate::db::Tx;
use crate::demo::script::{NewMeasure, OnMeasure, Step};
use crate::demo::series;
use crate::ids::{MeasureId, PersonId};
use crate::measures::store::{self, Entered, agreements};
use crate::measures::verbs::{limits, values};
use crate::measures::{Amount, Definition, Kind, Measure, import, verbs};
use crate::moves::{Move, Moved};
use anyhow::{Context, anyhow, ensure};
use chrono::NaiveDate;

impl Replay {
    pub(super) async fn measure(&mut self, tx: &mut Tx, step: Step, what: OnMeasure) -> anyhow::Result<()> {
        let what = match what {
            OnMeasure::Define(new) => return self.define(tx, step, *new).await,
            other => other,
        };
        let measure = &self.find_measure(tx, &step.on).await?;
        let by = self.company.person(&step.by)?;
        let this = Move::of(tx.new_id(), by, &step.words);
        let done = match what {
            OnMeasure::Change(how_counted) => {
                let new = Definition { how_counted, ..measure.definition.clone() };
                verbs::change(tx, measure, this, measure.definition.mark(), &new).await
            }
            OnMeasure::Count(cases) => count(tx, measure, &cases, by.id).await,
            OnMeasure::CountToo(counts) => count_too(tx, measure, &counts, by.id).await,
            OnMeasure::Define(_) | OnMeasure::Begin => verbs::begin(tx, measure, this).await,
            OnMeasure::Import => {
                let this_week = self.time.week_of(tx.now());
                let rows: Vec<_> = self.table(&step.on)?.iter().filter(|row| row.0 < this_week).copied().collect();
                values::import(tx, measure, this, &rows).await.map(drop)
            }
            OnMeasure::Enter => return self.enter(tx, (&step.on, measure), this).await,
            OnMeasure::Exclude(week) => values::exclude(tx, measure, this, week).await,
            OnMeasure::Lock(first, last) => limits::lock(tx, measure, this, (first, Some(last))).await,
            OnMeasure::Propose(first, last) => limits::propose(tx, measure, this, (first, Some(last))).await.map(drop),
            OnMeasure::Agree => limits::agree(tx, measure, this).await,
            OnMeasure::Explain(answer) => values::explain(tx, measure, this, answer).await,
            OnMeasure::Note(week, kind) => values::note(tx, measure, this, (week, kind)).await,
            OnMeasure::Redefine(how, starts) => verbs::redefine(tx, measure, this, &how, starts).await,
            OnMeasure::Affirm => verbs::affirm(tx, measure, this).await,
        };
        Ok(done?)
    }

    async fn define(&mut self, tx: &mut Tx, step: Step, new: NewMeasure) -> anyhow::Result<()> {
        let (keeper_id, team) = (self.company.id(&new.keeper)?, self.company.team_of(&new.keeper)?);
        let definition = Definition { keeper_id, ..new.definition };
        let this = Move::of(tx.new_id(), self.company.person(&step.by)?, &step.words);
        let id = verbs::define(tx, team, this, &definition).await?;
        self.things.insert(step.on.clone(), id.0);
        let measure = self.find_measure(tx, &step.on).await?;
        // Read as people's tables are.
        let table = import::read(&series::of(&self.time, &step.on)?, &measure, self.time.week_of(self.time.now()));
        let table = table.map_err(anyhow::Error::msg)?;
        ensure!(table.bad.is_empty(), "rows that can't be read: {:?}", table.bad);
        self.tables.insert(step.on, table.good.into_iter().map(|row| (row.period, row.amount)).collect());
        Ok(())
    }

    /// The value of the week; that of slips by itself, as when their box is opened.
    async fn enter(&self, tx: &mut Tx, (name, measure): (&str, &Measure), this: Move<'_>) -> anyhow::Result<()> {
        let week = self.time.week_entered(tx.now());
        let (_, amount) = *self.table(name)?.iter().find(|row| row.0 == week).context("the week has no value")?;
        if measure.kind == Kind::Slips {
            return Ok(values::enter_slips(tx, measure, week, amount).await?);
        }
        let entered = values::enter(tx, measure, this, (week, amount), values::Before::default()).await?;
        ensure!(entered == Entered::New, "the week has a value already");
        Ok(())
    }

    fn table(&self, name: &str) -> anyhow::Result<&[(NaiveDate, Amount)]> {
        Ok(self.tables.get(name).with_context(|| format!("{name} has no table"))?)
    }

    async fn find_measure(&self, tx: &mut Tx, name: &str) -> anyhow::Result<Measure> {
        tx.ask(store::find(MeasureId(self.thing(name)?))).await?.context("the measure is gone")
    }
}

async fn count(tx: &mut Tx, measure: &Measure, cases: &[(String, String)], by: PersonId) -> Moved {
    let words = verbs::tried_words(tx, measure).await?;
    agreements::add(tx, measure.id, &words, cases, by).await?;
    Ok(())
}

async fn count_too(tx: &mut Tx, measure: &Measure, counts: &[String], by: PersonId) -> Moved {
    let tests = tx.ask(agreements::with_cases(measure.id)).await?;
    let open = tests.last().map(|(test, _)| test).filter(|test| test.second_at.is_none());
    let open = open.ok_or_else(|| anyhow!("nobody has counted first")).map_err(crate::error::Error::from)?;
    agreements::second(tx, open.id, counts, by).await?;
    Ok(())
}
