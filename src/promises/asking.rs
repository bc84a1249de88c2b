//! "I need from you …": asking for a promise, and what is said until it is one.

use super::moving::{Mover, calendar_of, play, throw};
use super::store::{self, NewPromise};
use super::{ANSWER_DAYS, Promise, State, Terms, Verb};
use crate::balls::{Deed, Hold, Owes};
use crate::db::Tx;
use crate::ideas::{self, Refusal, Trouble, check_promised, protection};
use crate::ids::{IdeaId, PersonId, PromiseId, TeamId};
use crate::people::{self, Person};
use chrono::NaiveDate;

type Result<T, E = Trouble> = std::result::Result<T, E>;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    pub of: PersonId,
    pub what: String,
    /// How one will know that it has come; may be empty.
    pub how: String,
    /// By when.
    pub on: NaiveDate,
    /// For which idea.
    pub idea: Option<IdeaId>,
    /// For which team, when it is neither that of an idea nor the asker's own.
    pub team: Option<TeamId>,
}

/// Ask somebody for a promise; they answer within two working days. A kept author asks for their own idea as the
/// placeholder, who receives the promise as one that comes with "I'll help".
pub async fn request(tx: &mut Tx, deed: &Deed<'_>, asked: &Request) -> Result<PromiseId> {
    check_asked(tx, deed.by, asked.of).await?;
    if asked.what.trim().is_empty() {
        return Err(Refusal::saying("Say what you need, in a sentence.").into());
    }
    let team = team_of(tx, deed.by, asked).await?;
    let face = protection::acting_on(tx, asked.idea, deed.by).await?;
    let deed = &Deed { by: &face, ..*deed };
    let calendar = calendar_of(tx, team).await?;
    check_promised(calendar.date_of(tx.now()), asked.on)?;
    let due_at = calendar.closing(asked.on);
    let new = NewPromise {
        team,
        idea: asked.idea,
        answers: false,
        promiser: asked.of,
        receiver: deed.by.id,
        what: asked.what.trim(),
        how: asked.how.trim(),
        due_at,
        state: State::Requested,
    };
    let promise = store::add(tx, &new).await?;
    let answer_by = calendar.add(tx.now(), calendar.days(ANSWER_DAYS));
    let hold = Hold { holder: asked.of, owes: Owes::Respond, due_at: Some(answer_by) };
    throw(tx, &promise, "request", Mover::from(deed), Some(hold)).await?;
    let named = store::Named { due_at: Some(due_at), what: Some(new.what.to_owned()), ..store::Named::default() };
    store::name(tx, deed.key, promise.id, &named).await?;
    Ok(promise.id)
}

/// Refuses to ask oneself, and whoever can't be asked by this person.
pub async fn check_asked(tx: &mut Tx, by: &Person, of: PersonId) -> Result<()> {
    if of == by.id {
        return Err(Refusal::saying("Nobody promises to themselves. Choose whom you need it from.").into());
    }
    if !store::askable(tx, by).await?.iter().any(|known| known.id == of) {
        return Err(Refusal::saying("This person can\u{2019}t be asked from here. Choose one of the list.").into());
    }
    Ok(())
}

/// Whose promise it will be: the team of the idea, the asker's own, the one that was chosen, or the promiser's.
pub async fn team_of(tx: &mut Tx, by: &Person, asked: &Request) -> Result<TeamId> {
    if let Some(idea) = asked.idea {
        let idea = ideas::store::seen(tx, idea, by.id).await?;
        let idea = idea.ok_or_else(|| Refusal::saying("This idea is not there for you. Ask without it."))?;
        return Ok(idea.team_id);
    }
    let seen = people::store::seen_teams(tx, by.id).await?;
    let chosen = asked.team.filter(|team| seen.iter().any(|known| known.id == *team));
    let promiser = people::store::person(tx, asked.of).await?;
    let team = by.team().or(chosen).or(promiser.and_then(|promiser| promiser.team()));
    team.ok_or_else(|| Refusal::saying("Choose the team it is for. Its people will see it.").into())
}

/// The one who was asked promises it, as it was asked for.
pub async fn promise(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>) -> Result<()> {
    play(tx, promise, Verb::Promise, deed, Terms::default()).await.map(drop)
}

/// Offer something else, or another day; or, by the one who asked, ask in other words.
pub async fn counter(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>, what: &str, on: NaiveDate) -> Result<()> {
    play(tx, promise, Verb::Counter, deed, Terms::offer(what, on)).await.map(drop)
}

/// The one who asked takes the other offer: it is promised with those words and that day.
pub async fn accept(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>) -> Result<()> {
    play(tx, promise, Verb::Accept, deed, Terms::default()).await.map(drop)
}

/// The one who was asked says no, with a reason.
pub async fn refuse(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>) -> Result<()> {
    play(tx, promise, Verb::Refuse, deed, Terms::default()).await.map(drop)
}

/// The one who asked no longer asks.
pub async fn drop_it(tx: &mut Tx, promise: &Promise, deed: &Deed<'_>) -> Result<()> {
    play(tx, promise, Verb::Drop, deed, Terms::default()).await.map(drop)
}
