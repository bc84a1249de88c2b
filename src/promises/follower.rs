//! The idea that follows a promise: it goes where the promise goes, until the promise is kept, released or taken back.

use super::{Promise, State, store};
use crate::balls::Hold;
use crate::db::Tx;
use crate::ideas::followed::follow;
use crate::ideas::transition::Details;
use crate::ideas::{self, Idea, Verb};
use crate::moves::{Move, Moved};

/// Move the idea that follows a promise which has just moved; whether there is one. Other promises for the same idea move
/// nothing. `whole`: what was kept was all that the idea needed.
pub async fn carry(tx: &mut Tx, next: &Promise, this: Move<'_>, hold: Option<Hold>, whole: bool) -> Moved<bool> {
    let Some(idea) = next.idea_id.filter(|_| next.followed) else { return Ok(false) };
    let (by, words) = (this.person_id(), this.words);
    match (hold, next.state) {
        (Some(hold), _) => {
            let given = hold.due_at.or(Some(next.due_at));
            let with = Details { chosen: Some(hold.holder), given, ..Details::default() };
            follow(tx, idea, Verb::Carry, (by, words), with).await?;
        }
        (None, State::Kept) if whole => follow(tx, idea, Verb::Whole, (by, words), Details::default()).await?,
        (None, State::Kept | State::Released) => follow(tx, idea, Verb::GoOn, (by, words), Details::default()).await?,
        _ => follow(tx, idea, Verb::Revoke, (Some(next.promiser_id), words), Details::default()).await?,
    }
    Ok(true)
}

/// The promise that an idea follows, for whoever reads the idea; none when it follows none.
pub async fn followed(tx: &mut Tx, idea: &Idea) -> sqlx::Result<Option<Promise>> {
    if idea.state != ideas::State::Helping {
        return Ok(None);
    }
    Ok(tx.ask(store::of_idea(idea.id)).await?.into_iter().find(|promise| promise.followed))
}
