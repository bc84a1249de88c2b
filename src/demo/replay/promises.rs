//! What is done with promises.

use super::{Replay, Step, refused};
use crate::balls::Deed;
use crate::db::Tx;
use crate::demo::people::Who;
use crate::demo::script::{Name, OnPromise, OnStanding};
use crate::ideas::protection;
use crate::ids::{IdeaId, PromiseId};
use crate::people::Person;
use crate::promises::standing::{self, Standing};
use crate::promises::{self, Promise, verbs};
use anyhow::Context;

impl Replay {
    pub(super) async fn promise(&mut self, tx: &mut Tx, step: Step, what: OnPromise) -> anyhow::Result<()> {
        let by = self.company.person(step.by)?;
        let deed = Deed { key: tx.new_id(), by, words: &step.words };
        let begun = match &what {
            OnPromise::Give(idea, day) => {
                let idea = self.find_idea(tx, idea).await?;
                Some(verbs::give(tx, &idea, by.id, &step.words, *day).await.map_err(refused)?)
            }
            OnPromise::Request(of, day, idea) => {
                let idea = idea.map(|idea| self.thing(idea)).transpose()?.map(IdeaId);
                let (of, on, what) = (self.company.id(*of)?, *day, step.words.clone());
                let asked = verbs::Request { of, what, how: String::new(), on, idea, team: by.team() };
                Some(verbs::request(tx, &Deed { words: "", ..deed }, &asked).await.map_err(refused)?)
            }
            _ => None,
        };
        if let Some(begun) = begun {
            self.things.insert(step.on, begun.0);
            return Ok(());
        }
        let promise = self.find_promise(tx, step.on, step.by).await?;
        let face: Person = protection::acting_on(tx, promise.idea_id, by).await?;
        let deed = &Deed { by: &face, ..deed };
        let done = match what {
            OnPromise::Promise => verbs::promise(tx, &promise, deed).await,
            OnPromise::Counter(what, day) => verbs::counter(tx, &promise, deed, what, day).await,
            OnPromise::Renegotiate(day, cause) => verbs::renegotiate(tx, &promise, deed, day, cause).await,
            OnPromise::Agree => verbs::agree(tx, &promise, deed).await,
            OnPromise::Deliver => verbs::deliver(tx, &promise, deed).await,
            OnPromise::Renew(day, cause) => verbs::renew(tx, &promise, deed, day, cause).await,
            OnPromise::Release => verbs::release(tx, &promise, deed).await,
            OnPromise::Revoke => verbs::revoke(tx, &promise, deed, None).await,
            OnPromise::KeepWhole => verbs::keep(tx, &promise, deed, true).await,
            OnPromise::Give(..) | OnPromise::Request(..) | OnPromise::Keep => {
                verbs::keep(tx, &promise, deed, false).await
            }
        };
        done.map_err(refused)
    }

    pub(super) async fn standing(&mut self, tx: &mut Tx, step: Step, what: OnStanding) -> anyhow::Result<()> {
        let deed = Deed { key: tx.new_id(), by: self.company.person(step.by)?, words: &step.words };
        let done = match what {
            OnStanding::Stand => {
                let deed = Deed { words: "", ..deed };
                let given = standing::verbs::stand(tx, &deed, &step.words).await.map_err(refused)?;
                self.things.insert(step.on, given.0);
                return Ok(());
            }
            OnStanding::Review => {
                let stands = self.find_standing(tx, step.on).await?;
                standing::verbs::review(tx, &stands, &deed).await
            }
            OnStanding::PointAt(idea) => {
                let (stands, idea) = (self.find_standing(tx, step.on).await?, IdeaId(self.thing(idea)?));
                standing::verbs::point_at(tx, &stands, &deed, Some(idea)).await
            }
        };
        done.map_err(refused)
    }

    /// A promise that whoever acts on it can see; the one without a name is never asked.
    async fn find_promise(&self, tx: &mut Tx, name: Name, by: Who) -> anyhow::Result<Promise> {
        let id = PromiseId(self.thing(name)?);
        let found = match by {
            Who::Colleague => promises::store::promise(tx, id).await?,
            _ => promises::store::seen_to_change(tx, id, self.company.id(by)?).await?,
        };
        found.context("the promise can't be seen by the one who acts on it")
    }

    async fn find_standing(&self, tx: &mut Tx, name: Name) -> anyhow::Result<Standing> {
        let found = standing::store::find_to_change(tx, PromiseId(self.thing(name)?)).await?;
        found.context("the standing promise is gone")
    }
}
