//! What people do with promises that were given: each verb changes the record, throws the ball, and moves the idea that
//! follows it.

use super::moving::{Mover, calendar_of, make, play, throw};
use super::store::{self, NewPromise};
use super::{Cause, Part, Promise, State, Terms, Verb};
use crate::balls::{Hold, Owes};
use crate::db::Tx;
use crate::ideas::{self, Idea, Refusal, Trouble, check_promised};
use crate::ids::{PersonId, PromiseId};
use chrono::NaiveDate;

pub use super::asking::{Request, accept, counter, drop_it, promise, refuse, request};
pub use crate::balls::Deed;

type Result<T, E = Trouble> = std::result::Result<T, E>;

/// Give a promise to the author of an idea, due when work ends on its day. When the idea was answered with it, it
/// follows this promise from now on; the caller has moved it.
pub async fn give(tx: &mut Tx, idea: &Idea, by: PersonId, what: &str, on: NaiveDate) -> Result<PromiseId> {
    if by == idea.author_id {
        return Err(Refusal::saying("A promise needs somebody else to receive it.").into());
    }
    let calendar = calendar_of(tx, idea.team_id).await?;
    check_promised(calendar.date_of(tx.now()), on)?;
    let due_at = calendar.closing(on);
    let answers = ideas::store::idea(tx, idea.id).await?.state == ideas::State::Helping;
    let new = NewPromise {
        team: idea.team_id,
        idea: Some(idea.id),
        answers,
        promiser: by,
        receiver: idea.author_id,
        what,
        how: "",
        due_at,
        state: State::Promised,
    };
    let promise = store::add(tx, &new).await?;
    let mover = Mover { key: tx.new_id(), by: Some(by), words: "", judged_at: None };
    let hold = Hold { holder: by, owes: Owes::Keep, due_at: Some(due_at) };
    throw(tx, &promise, Verb::Promise.name(), mover, Some(hold)).await?;
    let named = store::Named { due_at: Some(due_at), ..store::Named::default() };
    store::name(tx, mover.key, promise.id, &named).await?;
    Ok(promise.id)
}

/// The promiser asks for another day before the old one has come, and says what got in the way.
pub async fn renegotiate(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>, on: NaiveDate, cause: Cause) -> Result<()> {
    play(tx, promise, Verb::Renegotiate, deed, Terms::because(cause, on)).await.map(drop)
}

/// The receiver agrees to the other day; the old one is kept, and it counts as moved.
pub async fn agree(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>) -> Result<()> {
    play(tx, promise, Verb::Agree, deed, Terms::default()).await.map(drop)
}

/// The receiver says that the old day stands.
pub async fn keep_old_date(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>) -> Result<()> {
    play(tx, promise, Verb::KeepOldDate, deed, Terms::default()).await.map(drop)
}

/// The promiser says it has come; the receiver confirms within three working days.
pub async fn deliver(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>) -> Result<()> {
    play(tx, promise, Verb::Deliver, deed, Terms::default()).await.map(drop)
}

/// The receiver says it is kept. `whole`: it was all its idea needed; otherwise the author goes on with the idea.
pub async fn keep(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>, whole: bool) -> Result<()> {
    let part = promise.part(deed.by.id, Verb::Keep);
    make(tx, promise, (Verb::Keep, part), Mover::from(deed), Terms::default(), whole).await.map(drop)
}

/// The receiver says not yet, why, and by which day it would do.
pub async fn not_yet(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>, on: NaiveDate) -> Result<()> {
    play(tx, promise, Verb::NotYet, deed, Terms::on(on)).await.map(drop)
}

/// The promiser says what got in the way of a missed promise, and by when it comes now. It stays counted as missed.
pub async fn renew(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>, on: NaiveDate, cause: Cause) -> Result<()> {
    play(tx, promise, Verb::Renew, deed, Terms::because(cause, on)).await.map(drop)
}

/// The receiver no longer needs it and goes on with the idea.
pub async fn release(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>) -> Result<()> {
    play(tx, promise, Verb::Release, deed, Terms::default()).await.map(drop)
}

/// The promiser takes it back with a reason, and answers the idea again. After a miss it also needs its cause.
pub async fn revoke(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>, cause: Option<Cause>) -> Result<()> {
    play(tx, promise, Verb::Revoke, deed, Terms { cause, ..Terms::default() }).await.map(drop)
}

/// The clock of a promise has run out: its day is missed, the old day stands, or it counts as kept, unconfirmed.
pub async fn run_out(tx: &mut Tx, promise: &Promise) -> Result<()> {
    let Some(verb) = promise.run_out(tx.now()) else { return Ok(()) };
    let mover = Mover::clock(tx);
    make(tx, promise, (verb, Part::Clock), mover, Terms::default(), false).await.map(drop)
}
