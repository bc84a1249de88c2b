//! What is done with measures on the stage.

use super::{Line, Stage};
use crate::balls::Deed;
use crate::db::Tx;
use crate::demo::script::{Cases, Name, NewMeasure, OnMeasure};
use crate::ids::{MeasureId, PersonId};
use crate::measures::refusal::Undone;
use crate::measures::store::{self, Entered, agreements};
use crate::measures::{Amount, Definition, Kind, Measure, import, rebasing, valuing, verbs, weeks};
use anyhow::{Context, anyhow, ensure};
use chrono::NaiveDate;

impl Stage {
    pub(super) async fn define(&mut self, tx: &mut Tx, line: Line, new: NewMeasure) -> anyhow::Result<()> {
        let (keeper_id, team) = (self.cast.id(new.keeper)?, self.cast.team_of(new.keeper)?);
        let definition = Definition { keeper_id, ..new.definition };
        let deed = Deed { key: tx.new_id(), by: self.cast.person(line.by)?, words: &line.words };
        let id = verbs::define(tx, deed, team, &definition).await.map_err(undone)?;
        self.things.insert(line.on, id.0);
        let measure = self.find_measure(tx, line.on).await?;
        self.tables.insert(line.on, self.read(new.values, &measure)?);
        Ok(())
    }

    pub(super) async fn measure(&mut self, tx: &mut Tx, line: Line, what: OnMeasure) -> anyhow::Result<()> {
        let measure = &self.find_measure(tx, line.on).await?;
        let deed = Deed { key: tx.new_id(), by: self.cast.person(line.by)?, words: &line.words };
        let done = match what {
            OnMeasure::Change(how) => {
                let new = Definition { how_counted: how.to_owned(), ..measure.definition.clone() };
                verbs::change(tx, deed, measure, measure.definition.mark(), &new).await
            }
            OnMeasure::Count(cases) => count(tx, measure, cases, deed.by.id).await,
            OnMeasure::CountToo(counts) => count_too(tx, measure, counts, deed.by.id).await,
            OnMeasure::Begin => verbs::begin(tx, deed, measure).await,
            OnMeasure::ImportBefore(week) => {
                let rows: Vec<_> = self.table(line.on)?.iter().filter(|row| row.0 < week).copied().collect();
                valuing::import(tx, deed, measure, &rows).await.map(|_| ())
            }
            OnMeasure::Enter(week) => return self.enter(tx, (line.on, measure), deed, week).await,
            OnMeasure::Exclude(week) => valuing::exclude(tx, deed, measure, week).await,
            OnMeasure::Lock(first, last) => rebasing::lock(tx, deed, measure, (first, Some(last))).await,
            OnMeasure::Propose(first, last) => {
                rebasing::propose(tx, deed, measure, (first, Some(last))).await.map(|_| ())
            }
            OnMeasure::Agree => rebasing::agree(tx, deed, measure).await,
            OnMeasure::Explain(answer) => valuing::explain(tx, deed, measure, answer).await,
            OnMeasure::Note(week, kind) => valuing::note(tx, deed, measure, (week, kind)).await,
            OnMeasure::Redefine(how, starts) => verbs::redefine(tx, deed, measure, how, starts).await,
            OnMeasure::Affirm => verbs::affirm(tx, deed, measure).await,
        };
        done.map_err(undone)
    }

    /// The value of a week; that of slips by itself, as when their box is opened.
    async fn enter(
        &self,
        tx: &mut Tx,
        (name, measure): (Name, &Measure),
        deed: Deed<'_>,
        week: NaiveDate,
    ) -> anyhow::Result<()> {
        let (_, amount) = *self.table(name)?.iter().find(|row| row.0 == week).context("the week has no value")?;
        if measure.kind == Kind::Slips {
            return valuing::enter_slips(tx, measure, week, amount).await.map_err(undone);
        }
        let entered = valuing::enter(tx, deed, measure, (week, amount), None).await.map_err(undone)?;
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

async fn count(tx: &mut Tx, measure: &Measure, cases: Cases, by: PersonId) -> Result<(), Undone> {
    let counts: Vec<_> = cases.iter().map(|(case, count)| ((*case).to_owned(), (*count).to_owned())).collect();
    let words = verbs::tried_words(tx, measure).await.map_err(crate::measures::refusal::failed)?;
    agreements::add(tx, measure.id, &words, &counts, by).await?;
    Ok(())
}

async fn count_too(tx: &mut Tx, measure: &Measure, counts: &[&str], by: PersonId) -> Result<(), Undone> {
    let tests = agreements::of(tx, measure.id).await?;
    let open = tests.last().filter(|test| test.second_at.is_none());
    let open = open.ok_or_else(|| anyhow!("nobody has counted first")).map_err(crate::error::Error::from)?;
    let counts: Vec<String> = counts.iter().map(|count| (*count).to_owned()).collect();
    agreements::second(tx, open.id, &counts, by).await?;
    Ok(())
}

fn undone(undone: Undone) -> anyhow::Error {
    match undone {
        Undone::Refused(refusal) => anyhow!("refused: {refusal:?}"),
        Undone::Failed(error) => anyhow!("failed: {error:?}"),
    }
}
