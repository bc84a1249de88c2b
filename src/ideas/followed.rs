//! What an idea does when the experiment, the standard or the promise that it follows moves.

use super::transition::{Details, Transition};
use super::{Idea, Part, Verb, store};
use crate::db::Tx;
use crate::ids::{IdeaId, PersonId};
use crate::moves::Moved;
use chrono::{DateTime, Utc};

async fn moved(tx: &mut Tx, idea: IdeaId, verb: Verb, (by, words): (Option<PersonId>, &str), with: Details) -> Moved {
    let idea = store::idea(tx, idea).await?;
    Transition::by_itself(tx, &idea, (verb, Part::Followed), by, words).await?.end(tx, with).await
}

/// An experiment on the idea begins or moves on: the idea follows it, and `owner` has the experiment's ball.
pub async fn follow_experiment(tx: &mut Tx, idea: IdeaId, by: PersonId, words: &str, owner: PersonId) -> Moved {
    moved(tx, idea, Verb::Follow, (Some(by), words), Details { chosen: Some(owner), ..Details::default() }).await
}

/// The experiment was dropped before it started: whoever does the idea goes on without it.
pub async fn experiment_dropped(tx: &mut Tx, idea: IdeaId, by: PersonId, words: &str) -> Moved {
    moved(tx, idea, Verb::Drop, (Some(by), words), Details::default()).await
}

/// The experiment was abandoned: the idea ends with what was learned, which are the words.
pub async fn experiment_abandoned(tx: &mut Tx, idea: IdeaId, by: PersonId, words: &str) -> Moved {
    moved(tx, idea, Verb::Abandon, (Some(by), words), Details::default()).await
}

/// The standard that came of the idea is in use: its author says whether it changed something.
pub async fn standard_in_use(tx: &mut Tx, idea: IdeaId, by: PersonId, words: &str) -> Moved {
    moved(tx, idea, Verb::InUse, (Some(by), words), Details::default()).await
}

/// The promise moved on: whoever has its ball is the one the idea follows.
pub async fn promise_moved(
    tx: &mut Tx,
    idea: IdeaId,
    by: impl Into<Option<PersonId>>,
    words: &str,
    to: PersonId,
    due_at: DateTime<Utc>,
) -> Moved {
    let with = Details { chosen: Some(to), given: Some(due_at), ..Details::default() };
    moved(tx, idea, Verb::Carry, (by.into(), words), with).await
}

/// The promise is kept or released, and whoever does the idea goes on with it.
pub async fn goes_on(tx: &mut Tx, idea: IdeaId, by: impl Into<Option<PersonId>>, words: &str) -> Moved {
    moved(tx, idea, Verb::GoOn, (by.into(), words), Details::default()).await
}

/// The promise is kept and was the whole thing: the author says whether it changed something.
pub async fn promise_was_all(tx: &mut Tx, idea: IdeaId, by: impl Into<Option<PersonId>>, words: &str) -> Moved {
    moved(tx, idea, Verb::Whole, (by.into(), words), Details::default()).await
}

/// The promise is revoked: its promiser answers the idea again.
pub async fn promise_revoked(tx: &mut Tx, idea: IdeaId, by: PersonId, words: &str) -> Moved {
    moved(tx, idea, Verb::Revoke, (Some(by), words), Details::default()).await
}

/// The idea was taken back: those that were put together with it stand by themselves again, with whoever put them there.
pub async fn stand_alone(tx: &mut Tx, taken_back: &Idea) -> Moved {
    for merged in store::merged_into(tx, taken_back.id).await? {
        // Who reads this one may not see the other, nor whose it was.
        moved(tx, merged, Verb::Alone, (None, ""), Details::default()).await?;
    }
    Ok(())
}
