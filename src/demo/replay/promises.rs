//! What is done with promises.

use super::Replay;
use crate::db::Tx;
use crate::demo::company::UNNAMED;
use crate::demo::script::{OnPromise, OnStanding, Step};
use crate::ideas::protection;
use crate::ids::{IdeaId, PromiseId};
use crate::moves::Move;
use crate::promises::standing::{self, StandingPromise};
use crate::promises::{self, Promise, PromiseRequest, Terms, Verb, verbs};
use anyhow::Context;

impl Replay {
    pub(super) async fn promise(&mut self, tx: &mut Tx, step: Step, what: OnPromise) -> anyhow::Result<()> {
        let by = self.company.person(&step.by)?;
        let this = Move::of(tx.new_id(), by, &step.words);
        let unsaid = Move { words: "", ..this };
        let (verb, terms) = match what {
            OnPromise::Give(idea, day) => {
                let idea = self.find_idea(tx, &idea).await?;
                let given = verbs::give(tx, &idea, unsaid, &step.words, day).await?;
                self.things.insert(step.on, given.0);
                return Ok(());
            }
            OnPromise::Request(of, day, idea) => {
                let idea = idea.map(|idea| self.thing(&idea)).transpose()?.map(IdeaId);
                let (of, what) = (self.company.id(&of)?, step.words.clone());
                let request = PromiseRequest { of, what, how: String::new(), day, idea, team: by.team() };
                let asked = verbs::request(tx, unsaid, &request).await?;
                self.things.insert(step.on, asked.0);
                return Ok(());
            }
            OnPromise::Counter(what, day) => (Verb::Counter, Terms::offer(&what, day)),
            OnPromise::Renegotiate(day, cause) => (Verb::Renegotiate, Terms::because(cause, day)),
            OnPromise::Renew(day, cause) => (Verb::Renew, Terms::because(cause, day)),
            OnPromise::KeepWhole => (Verb::Keep, Terms { whole: true, ..Terms::default() }),
            OnPromise::Act(name) => {
                let verb = Verb::named(&name).with_context(|| format!("{name} is nothing to do with a promise"))?;
                (verb, Terms::default())
            }
        };
        let promise = self.find_promise(tx, &step.on, &step.by).await?;
        let face = protection::acting_on(tx, promise.idea_id, by).await?;
        let this = Move::of(this.key, &face, this.words);
        verbs::act(tx, &promise, this, verb, terms).await?;
        Ok(())
    }

    pub(super) async fn standing(&mut self, tx: &mut Tx, step: Step, what: OnStanding) -> anyhow::Result<()> {
        let this = Move::of(tx.new_id(), self.company.person(&step.by)?, &step.words);
        let done = match what {
            OnStanding::Stand => {
                let given = standing::verbs::stand(tx, Move { words: "", ..this }, &step.words).await;
                self.things.insert(step.on, given?.0);
                return Ok(());
            }
            OnStanding::Review => {
                let stands = self.find_standing(tx, &step.on).await?;
                standing::verbs::act(tx, &stands, this, Verb::Review).await
            }
            OnStanding::PointAt(idea) => {
                let (stands, idea) = (self.find_standing(tx, &step.on).await?, IdeaId(self.thing(&idea)?));
                standing::verbs::point_at(tx, &stands, this, Some(idea)).await
            }
        };
        Ok(done?)
    }

    /// A promise that whoever acts on it can see; the one without a name is never asked.
    async fn find_promise(&self, tx: &mut Tx, name: &str, by: &str) -> anyhow::Result<Promise> {
        let id = PromiseId(self.thing(name)?);
        let found = match by {
            UNNAMED => promises::store::promise(tx, id).await?,
            _ => promises::store::seen_to_change(tx, id, self.company.id(by)?).await?,
        };
        found.context("the promise can't be seen by the one who acts on it")
    }

    async fn find_standing(&self, tx: &mut Tx, name: &str) -> anyhow::Result<StandingPromise> {
        let found = standing::store::find_to_change(tx, PromiseId(self.thing(name)?)).await?;
        found.context("the standing promise is gone")
    }
}
