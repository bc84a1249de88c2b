//! What an idea does when the experiment, the standard or the promise that it follows moves.

use super::transition::{Details, Transition};
use super::{Idea, Part, Verb, store};
use crate::db::Tx;
use crate::ids::{IdeaId, PersonId};
use crate::moves::Moved;

/// The idea moves on by itself, in the words of whoever moved what it follows; `by` is nobody when that was a clock.
///
/// `Follow`: an experiment begins or goes on, and whom `with` names has its ball. `Drop`: it was dropped before it started,
/// and whoever does the idea goes on without it. `Abandon`: the idea ends with what was learned, which are the words.
/// `InUse`: the standard that came of it is in use. `Carry`: whoever has the promise's ball is the one the idea follows.
/// `GoOn`: the promise is kept or released, and whoever does the idea goes on. `Whole`: it is kept and was the whole thing.
/// `Revoke`: its promiser answers the idea again.
pub async fn follow(
    tx: &mut Tx,
    idea: IdeaId,
    verb: Verb,
    (by, words): (Option<PersonId>, &str),
    with: Details,
) -> Moved {
    let idea = store::idea(tx, idea).await?;
    Transition::by_itself(tx, &idea, (verb, Part::Followed), by, words).await?.end(tx, with).await
}

/// The idea was taken back: those that were put together with it stand by themselves again, with whoever put them there.
pub async fn stand_alone(tx: &mut Tx, taken_back: &Idea) -> Moved {
    for merged in store::merged_into(tx, taken_back.id).await? {
        // Who reads this one may not see the other, nor whose it was.
        follow(tx, merged, Verb::Alone, (None, ""), Details::default()).await?;
    }
    Ok(())
}
