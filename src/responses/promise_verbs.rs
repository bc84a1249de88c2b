//! What people do with promises: each verb changes the record, throws the ball, and moves the idea that follows it.

use super::promise::{CONFIRM_DAYS, Promise, State, Verb, step};
use super::store::{self, NewPromise};
use crate::balls::{self, Hold, Owes, Subject, Throw};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ideas::verbs::{Deed, goes_on, promise_moved, promise_revoked, promise_was_all};
use crate::ideas::{Idea, Refusal, Trouble, check_promised};
use crate::ids::{IdeaId, PersonId, PromiseId, TeamId};
use crate::{ideas, people};
use chrono::NaiveDate;

type Result<T, E = Trouble> = std::result::Result<T, E>;

/// Give a promise to the author of an idea, due when work ends on its day. The caller moves the idea.
pub async fn give(tx: &mut Tx, idea: &Idea, by: PersonId, what: &str, on: NaiveDate) -> Result<PromiseId> {
    let calendar = calendar_of(tx, idea.team_id).await?;
    check_promised(calendar.date_of(tx.now()), on)?;
    let due_at = calendar.closing(on);
    let new =
        NewPromise { team: idea.team_id, idea: Some(idea.id), promiser: by, receiver: idea.author_id, what, due_at };
    let id = store::add(tx, &new).await?;
    let throw = Throw {
        key: tx.new_id(),
        subject: Subject::Promise,
        id: id.0,
        team: idea.team_id,
        verb: "promise",
        by: Some(by),
        words: "",
        state: State::Promised.name(),
        hold: Some(Hold { holder: by, owes: Owes::Keep, due_at: Some(due_at) }),
    };
    balls::store::throw(tx, &throw).await?;
    Ok(id)
}

/// The promiser says it has come; the receiver confirms within three working days.
pub async fn deliver(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>) -> Result<()> {
    let next = check(promise, Verb::Deliver, deed)?;
    let calendar = calendar_of(tx, promise.team_id).await?;
    let due_at = calendar.add(tx.now(), calendar.days(CONFIRM_DAYS));
    let confirms = Hold { holder: promise.receiver_id, owes: Owes::Confirm, due_at: Some(due_at) };
    store::change(tx, promise, next, promise.due_at).await?;
    throw(tx, promise, Verb::Deliver, deed, next, Some(confirms)).await?;
    if let Some(idea) = follower(tx, promise).await? {
        promise_moved(tx, idea, deed.by.id, deed.words, promise.receiver_id, due_at).await?;
    }
    Ok(())
}

/// The receiver says it is kept. `whole`: it was all the idea needed; otherwise its author goes on with it.
pub async fn keep(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>, whole: bool) -> Result<()> {
    let next = check(promise, Verb::Keep, deed)?;
    store::change(tx, promise, next, promise.due_at).await?;
    throw(tx, promise, Verb::Keep, deed, next, None).await?;
    match follower(tx, promise).await? {
        Some(idea) if whole => promise_was_all(tx, idea, deed.by.id, deed.words).await,
        Some(idea) => goes_on(tx, idea, deed.by.id, deed.words).await,
        None => Ok(()),
    }
}

/// The receiver says not yet, why, and by which day it would do.
pub async fn not_yet(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>, on: NaiveDate) -> Result<()> {
    let next = check(promise, Verb::NotYet, deed)?;
    let calendar = calendar_of(tx, promise.team_id).await?;
    check_promised(calendar.date_of(tx.now()), on)?;
    let due_at = calendar.closing(on);
    let owes_it = Hold { holder: promise.promiser_id, owes: Owes::Keep, due_at: Some(due_at) };
    store::change(tx, promise, next, due_at).await?;
    throw(tx, promise, Verb::NotYet, deed, next, Some(owes_it)).await?;
    if let Some(idea) = follower(tx, promise).await? {
        promise_moved(tx, idea, deed.by.id, deed.words, promise.promiser_id, due_at).await?;
    }
    Ok(())
}

/// The receiver no longer needs it and goes on with the idea.
pub async fn release(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>) -> Result<()> {
    let next = check(promise, Verb::Release, deed)?;
    store::change(tx, promise, next, promise.due_at).await?;
    throw(tx, promise, Verb::Release, deed, next, None).await?;
    match follower(tx, promise).await? {
        Some(idea) => goes_on(tx, idea, deed.by.id, deed.words).await,
        None => Ok(()),
    }
}

/// The promiser takes it back with a reason, and answers the idea again.
pub async fn revoke(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>) -> Result<()> {
    let next = check(promise, Verb::Revoke, deed)?;
    store::change(tx, promise, next, promise.due_at).await?;
    throw(tx, promise, Verb::Revoke, deed, next, None).await?;
    match follower(tx, promise).await? {
        Some(idea) => promise_revoked(tx, idea, deed.by.id, deed.words).await,
        None => Ok(()),
    }
}

/// The idea that follows the promise. One that is tried or done goes its own way, though help was promised for it.
async fn follower(tx: &mut Tx, promise: &Promise) -> Result<Option<IdeaId>> {
    let Some(idea) = promise.idea_id else { return Ok(None) };
    let idea = ideas::store::idea(tx, idea).await?;
    Ok((idea.state == ideas::State::Helping).then_some(idea.id))
}

fn check(promise: &Promise, verb: Verb, deed: &Deed<'_>) -> Result<State> {
    let next = step(promise.state, verb, promise.part(deed.by.id, verb))?;
    if verb.needs_words() && deed.words.trim().is_empty() {
        return Err(Refusal::saying("This needs words of your own. Write a sentence to go with it.").into());
    }
    Ok(next)
}

async fn throw(
    tx: &mut Tx,
    promise: &Promise,
    verb: Verb,
    deed: &Deed<'_>,
    next: State,
    hold: Option<Hold>,
) -> Result<()> {
    let throw = Throw {
        key: deed.key,
        subject: Subject::Promise,
        id: promise.id.0,
        team: promise.team_id,
        verb: verb.name(),
        by: Some(deed.by.id),
        words: deed.words,
        state: next.name(),
        hold,
    };
    balls::store::throw(tx, &throw).await?;
    Ok(())
}

async fn calendar_of(tx: &mut Tx, team: TeamId) -> Result<Calendar> {
    let team = people::store::team(tx, team).await?.ok_or(sqlx::Error::RowNotFound)?;
    Ok(team.calendar)
}
