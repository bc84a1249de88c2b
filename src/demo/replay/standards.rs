//! What was done with standards, and what came back to the teams.

use super::Replay;
use crate::db::Tx;
use crate::demo::script::{OnGiveBack, OnStandard, Step, Way};
use crate::give_back::store as give_back;
use crate::ids::{MeasureId, PersonId, StandardId};
use crate::moves::Move;
use crate::standards::verbs::{self, Revision};
use crate::standards::{Standard, Text, Verb, store};
use anyhow::Context;
use uuid::Uuid;

impl Replay {
    /// Play one event of a standard.
    pub(super) async fn standard(&mut self, tx: &mut Tx, step: Step, what: OnStandard) -> anyhow::Result<()> {
        let this = Move::of(tx.new_id(), self.company.person(&step.by)?, &step.words);
        if let OnStandard::Open(idea, way) = what {
            let (idea, (owner, text)) = (self.find_idea(tx, &idea).await?, self.way(way)?);
            let opened = verbs::open_from_idea(tx, &idea, this, owner, &text).await?;
            self.things.insert(step.on, opened.id.0);
            return Ok(());
        }
        let standard = self.find_standard(tx, &step.on).await?;
        match what {
            OnStandard::Write(way) => {
                let (owner, text) = self.way(way)?;
                verbs::change(tx, &standard, this, standard.version, (owner, &text)).await?;
            }
            OnStandard::Open(..) | OnStandard::Teach => drop(verbs::act(tx, &standard, this, Verb::Teach).await?),
            OnStandard::See => verbs::see(tx, &standard, this).await?,
            OnStandard::Hold => drop(verbs::act(tx, &standard, this, Verb::Hold).await?),
            OnStandard::Check(result) => drop(verbs::check(tx, &standard, this, result, "").await?),
            OnStandard::CheckAnd(result, improved) => {
                verbs::check(tx, &standard, this, result, &improved).await?;
            }
            OnStandard::BringBack => drop(verbs::act(tx, &standard, this, Verb::BringBack).await?),
            OnStandard::Amend(how, reason) => {
                let text = Text { how, ..standard.text.clone() };
                let new = Revision { text: &text, changed: &step.words, reason: &reason, shown_again: false };
                verbs::revise(tx, &standard, Move { words: "", ..this }, standard.version, new).await?;
            }
            OnStandard::Retire => drop(verbs::act(tx, &standard, this, Verb::Retire).await?),
            OnStandard::Agree => drop(verbs::act(tx, &standard, this, Verb::Agree).await?),
        }
        Ok(())
    }

    /// Play what came back, or how much work a change adds.
    pub(super) async fn give_back(&mut self, tx: &mut Tx, step: Step, what: OnGiveBack) -> anyhow::Result<()> {
        let by = self.company.id(&step.by)?;
        match what {
            OnGiveBack::Received(team, about) => {
                let team = team.map(|team| self.company.team(&team)).transpose()?;
                let about = match about {
                    Some(about) => tx.ask(give_back::about(self.thing(&about)?, by)).await?,
                    None => None,
                };
                let (id, day): (Uuid, _) = (tx.new_id(), self.time.date_of(tx.now()));
                give_back::receive(tx, id, (team, day), &step.words, by, about.as_ref()).await?;
            }
            OnGiveBack::Minutes(minutes) => {
                let about = tx.ask(give_back::about(self.thing(&step.on)?, by)).await?;
                let about = about.with_context(|| format!("{} is not there for {}", step.on, step.by))?;
                give_back::state(tx, &about, minutes, by).await?;
            }
        }
        Ok(())
    }

    fn way(&self, way: Way) -> anyhow::Result<(PersonId, Text)> {
        let measure_id = way.measure.map(|measure| self.thing(&measure)).transpose()?.map(MeasureId);
        Ok((self.company.id(&way.owner)?, Text { measure_id, ..way.text }))
    }

    async fn find_standard(&self, tx: &mut Tx, name: &str) -> anyhow::Result<Standard> {
        tx.ask(store::find(StandardId(self.thing(name)?))).await?.context("the standard is gone")
    }
}
