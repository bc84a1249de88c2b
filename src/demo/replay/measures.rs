//! What is done with measures.

use super::{Replay, Step};
use crate::db::Tx;
use crate::demo::script::{Cases, Name, NewMeasure, OnMeasure};
use crate::ids::{MeasureId, PersonId};
use crate::measures::store::{self, Entered, agreements};
use crate::measures::verbs::{limits, values};
use crate::measures::{Amount, Definition, Kind, Measure, import, verbs, weeks};
use crate::moves::{Move, MoveError, Moved};
use anyhow::{Context, anyhow, ensure};
use chrono::NaiveDate;

impl Replay {
    pub(super) async fn define(&mut self, tx: &mut Tx, step: Step, new: NewMeasure) -> anyhow::Result<()> {
        let (keeper_id, team) = (self.company.id(new.keeper)?, self.company.team_of(new.keeper)?);
        let definition = Definition { keeper_id, ..new.definition };
        let by = self.company.person(step.by)?;
        let this = Move::of(tx.new_id(), by, &step.words);
        let id = verbs::define(tx, team, this, &definition).await.map_err(undone)?;
        self.things.insert(step.on, id.0);
        let measure = self.find_measure(tx, step.on).await?;
        self.tables.insert(step.on, self.read(new.values, &measure)?);
        Ok(())
    }

    pub(super) async fn measure(&mut self, tx: &mut Tx, step: Step, what: OnMeasure) -> anyhow::Result<()> {
        let measure = &self.find_measure(tx, step.on).await?;
        let by = self.company.person(step.by)?;
        let this = Move::of(tx.new_id(), by, &step.words);
        let done = match what {
            OnMeasure::Change(how) => {
                let new = Definition { how_counted: how.to_owned(), ..measure.definition.clone() };
                verbs::change(tx, measure, this, measure.definition.mark(), &new).await
            }
            OnMeasure::Count(cases) => count(tx, measure, cases, by.id).await,
            OnMeasure::CountToo(counts) => count_too(tx, measure, counts, by.id).await,
            OnMeasure::Begin => verbs::begin(tx, measure, this).await,
            OnMeasure::ImportBefore(week) => {
                let rows: Vec<_> = self.table(step.on)?.iter().filter(|row| row.0 < week).copied().collect();
                values::import(tx, measure, this, &rows).await.map(|_| ())
            }
            OnMeasure::Enter(week) => return self.enter(tx, (step.on, measure), this, week).await,
            OnMeasure::Exclude(week) => values::exclude(tx, measure, this, week).await,
            OnMeasure::Lock(first, last) => limits::lock(tx, measure, this, (first, Some(last))).await,
            OnMeasure::Propose(first, last) => {
                limits::propose(tx, measure, this, (first, Some(last))).await.map(|_| ())
            }
            OnMeasure::Agree => limits::agree(tx, measure, this).await,
            OnMeasure::Explain(answer) => values::explain(tx, measure, this, answer).await,
            OnMeasure::Note(week, kind) => values::note(tx, measure, this, (week, kind)).await,
            OnMeasure::Redefine(how, starts) => verbs::redefine(tx, measure, this, how, starts).await,
            OnMeasure::Affirm => verbs::affirm(tx, measure, this).await,
        };
        done.map_err(undone)
    }

    /// The value of a week; that of slips by itself, as when their box is opened.
    async fn enter(
        &self,
        tx: &mut Tx,
        (name, measure): (Name, &Measure),
        this: Move<'_>,
        week: NaiveDate,
    ) -> anyhow::Result<()> {
        let (_, amount) = *self.table(name)?.iter().find(|row| row.0 == week).context("the week has no value")?;
        if measure.kind == Kind::Slips {
            return values::enter_slips(tx, measure, week, amount).await.map_err(undone);
        }
        let entered = values::enter(tx, measure, this, (week, amount), None).await.map_err(undone)?;
        ensure!(entered == Entered::New, "the week has a value already");
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

    fn table(&self, name: Name) -> anyhow::Result<&[(NaiveDate, Amount)]> {
        Ok(self.tables.get(name).with_context(|| format!("{name} has no table"))?)
    }

    async fn find_measure(&self, tx: &mut Tx, name: Name) -> anyhow::Result<Measure> {
        store::find(tx, MeasureId(self.thing(name)?)).await?.context("the measure is gone")
    }
}

async fn count(tx: &mut Tx, measure: &Measure, cases: Cases, by: PersonId) -> Moved {
    let counts: Vec<_> = cases.iter().map(|(case, count)| ((*case).to_owned(), (*count).to_owned())).collect();
    let words = verbs::tried_words(tx, measure).await?;
    agreements::add(tx, measure.id, &words, &counts, by).await?;
    Ok(())
}

async fn count_too(tx: &mut Tx, measure: &Measure, counts: &[&str], by: PersonId) -> Moved {
    let tests = tx.ask(agreements::of(measure.id)).await?;
    let open = tests.last().filter(|test| test.second_at.is_none());
    let open = open.ok_or_else(|| anyhow!("nobody has counted first")).map_err(crate::error::Error::from)?;
    let counts: Vec<String> = counts.iter().map(|count| (*count).to_owned()).collect();
    agreements::second(tx, open.id, &counts, by).await?;
    Ok(())
}

fn undone(error: MoveError) -> anyhow::Error {
    match error {
        MoveError::Refused(refusal) => anyhow!("refused: {refusal:?}"),
        MoveError::Failed(error) => anyhow!("failed: {error:?}"),
    }
}
