//! One move on a promise: the record changed, the ball thrown, what it named kept, and the idea that follows it moved.

use super::{At, Cause, Part, Promise, State, Terms, Verb, notify, store};
use crate::balls::{self, Deed, Hold, Subject, Throw};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ideas::verbs::{goes_on, promise_moved, promise_revoked, promise_was_all};
use crate::ideas::{self, Idea, Refusal, Trouble};
use crate::ids::{IdeaId, PersonId, TeamId, ThrowId};
use crate::people;
use chrono::{DateTime, Utc};

type Result<T, E = Trouble> = std::result::Result<T, E>;

/// Who makes a move, in which words; nobody when a clock ran out.
#[derive(Clone, Copy, Debug)]
pub struct Mover<'a> {
    pub key: ThrowId,
    pub by: Option<PersonId>,
    pub words: &'a str,
    /// The moment by which days are judged, where it is not the one that is kept.
    pub judged_at: Option<DateTime<Utc>>,
}

impl Mover<'_> {
    /// A clock that ran out.
    pub fn clock(tx: &Tx) -> Self {
        Self { key: tx.new_id(), by: None, words: "", judged_at: None }
    }
}

impl<'a> From<&Deed<'a>> for Mover<'a> {
    fn from(deed: &Deed<'a>) -> Self {
        Self { key: deed.key, by: Some(deed.by.id), words: deed.words, judged_at: None }
    }
}

/// A person's move.
pub async fn play(tx: &mut Tx, promise: &Promise, verb: Verb, deed: &Deed<'_>, terms: Terms) -> Result<Promise> {
    let part = promise.part(deed.by.id, verb);
    make(tx, promise, (verb, part), Mover::from(deed), terms, false).await
}

/// Any move. `whole`: for a promise that is kept, whether it was all that its idea needed.
pub async fn make(
    tx: &mut Tx,
    promise: &Promise,
    (verb, part): (Verb, Part),
    mover: Mover<'_>,
    terms: Terms,
    whole: bool,
) -> Result<Promise> {
    let calendar = calendar_of(tx, promise.team_id).await?;
    let at = At { judged_at: mover.judged_at.unwrap_or(tx.now()), ..At::once(&calendar, tx.now()) };
    let (next, hold) = promise.after(verb, part, &terms, &at)?;
    check_words(verb, mover.words)?;
    store::change(tx, promise, &next).await?;
    throw(tx, &next, verb.name(), mover, hold).await?;
    let named = store::Named {
        due_at: terms.on.map(|day| calendar.closing(day)).or((verb == Verb::Agree).then_some(next.due_at)),
        what: terms.what,
        cause: counted_cause(promise, verb, &next, terms.cause),
        idea: None,
    };
    store::name(tx, mover.key, promise.id, &named).await?;
    if !carry(tx, &next, mover, hold, whole).await? && hold.is_some() {
        tell_when_it_goes_round(tx, &next, verb).await?;
    }
    Ok(next)
}

/// Nothing follows this promise, so nobody else would notice that it goes round.
async fn tell_when_it_goes_round(tx: &mut Tx, promise: &Promise, verb: Verb) -> sqlx::Result<()> {
    let thing = (Subject::Promise, promise.id.0);
    if balls::round::goes_round(tx, thing.0, thing.1, (verb.name(), promise.state.name())).await? {
        let (team, promiser) = (promise.team_id, promise.promiser_id);
        balls::round::tell_the_next_level(tx, thing, team, promiser, &promise.what).await?;
    }
    Ok(())
}

/// What got in the way counts when the day was missed, and when the receiver agreed to move it.
fn counted_cause(before: &Promise, verb: Verb, after: &Promise, named: Option<Cause>) -> Option<Cause> {
    match verb {
        Verb::Renew => named,
        Verb::Revoke => named.filter(|_| before.state == State::Missed),
        Verb::Agree => before.proposed_cause.filter(|_| after.moved > before.moved),
        _ => None,
    }
}

/// Refuses what needs words of one's own and has none.
pub fn check_words(verb: Verb, words: &str) -> Result<(), Refusal> {
    if verb.needs_words() && words.trim().is_empty() {
        return Err(Refusal::saying("This needs words of your own. Write a sentence to go with it."));
    }
    Ok(())
}

/// Throw the ball of a promise that is in its next state.
pub async fn throw(tx: &mut Tx, next: &Promise, verb: &str, mover: Mover<'_>, hold: Option<Hold>) -> Result<()> {
    let throw = Throw {
        key: mover.key,
        subject: Subject::Promise,
        id: next.id.0,
        team: next.team_id,
        verb,
        by: mover.by,
        words: mover.words,
        state: next.state.name(),
        hold,
    };
    balls::store::throw(tx, &throw).await?;
    notify::of_move(tx, next, mover.by).await
}

/// Move the idea that follows; whether there is one.
async fn carry(tx: &mut Tx, next: &Promise, mover: Mover<'_>, hold: Option<Hold>, whole: bool) -> Result<bool> {
    let Some(idea) = follower(tx, next).await? else { return Ok(false) };
    let Mover { by, words, .. } = mover;
    match (hold, next.state) {
        (Some(hold), _) => {
            promise_moved(tx, idea, by, words, hold.holder, hold.due_at.unwrap_or(next.due_at)).await?;
        }
        (None, State::Kept) if whole => promise_was_all(tx, idea, by, words).await?,
        (None, State::Kept | State::Released) => goes_on(tx, idea, by, words).await?,
        _ => promise_revoked(tx, idea, next.promiser_id, words).await?,
    }
    Ok(true)
}

/// The idea that follows this promise: the one it was given to as an answer, as long as that still waits for it and no
/// newer answer has taken its place. Other promises for the same idea move nothing.
pub async fn follower(tx: &mut Tx, promise: &Promise) -> Result<Option<IdeaId>> {
    let Some(idea) = promise.idea_id.filter(|_| promise.answers) else { return Ok(None) };
    Ok(is_followed(tx, promise).await?.then_some(idea))
}

/// Whether an idea follows this promise, for a page that shows it.
pub async fn is_followed(tx: &mut Tx, promise: &Promise) -> Result<bool, sqlx::Error> {
    let Some(id) = promise.idea_id.filter(|_| promise.answers) else { return Ok(false) };
    let idea = ideas::store::find(tx, id).await?;
    let waits = idea.is_some_and(|idea| idea.state == ideas::State::Helping);
    Ok(waits && store::newest_answer(tx, id).await? == Some(promise.id))
}

/// The promise that an idea follows, for whoever reads the idea; none when it follows none.
pub async fn followed(tx: &mut Tx, idea: &Idea) -> sqlx::Result<Option<Promise>> {
    if idea.state != ideas::State::Helping {
        return Ok(None);
    }
    let newest = store::newest_answer(tx, idea.id).await?;
    let promises = store::of_idea(tx, idea.id).await?;
    Ok(promises.into_iter().find(|promise| Some(promise.id) == newest))
}

/// The working time of a team.
pub async fn calendar_of(tx: &mut Tx, team: TeamId) -> Result<Calendar> {
    let team = people::store::team(tx, team).await?.ok_or(sqlx::Error::RowNotFound)?;
    Ok(team.calendar)
}
