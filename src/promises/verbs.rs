//! What people do with promises: ask for one, give one, and every move after that. Each changes the record, throws the
//! ball, and moves the idea that follows it.

use super::store::{self, NewPromise, NewTerm};
use super::{ANSWER_DAYS, Cause, Moment, Part, Promise, State, Terms, Verb, follower, notify, step};
use crate::balls::{self, Hold, Owes, Subject, Throw, round};
use crate::db::Tx;
use crate::ideas::{self, Idea, check_promised, protection};
use crate::ids::{IdeaId, PersonId, PromiseId, TeamId};
use crate::moves::{Move, Moved, Refusal};
use crate::people::{self, Person, calendars};
use chrono::NaiveDate;

/// What somebody needs from somebody.
#[derive(Clone, Debug)]
pub struct PromiseRequest {
    /// Who is asked.
    pub of: PersonId,
    pub what: String,
    /// How one will know that it has come; may be empty.
    pub how: String,
    /// By when.
    pub day: NaiveDate,
    /// For which idea.
    pub idea: Option<IdeaId>,
    /// For which team, when it is neither that of an idea nor the asker's own.
    pub team: Option<TeamId>,
}

/// Ask somebody for a promise; they answer within two working days. A kept author asks for their own idea as the
/// placeholder, who receives the promise as one that comes with "I'll help".
pub async fn request(tx: &mut Tx, this: Move<'_>, request: &PromiseRequest) -> Moved<PromiseId> {
    let asker = this.person().ok_or_else(|| Refusal::saying("Only a person asks for a promise."))?;
    check_asked(tx, asker, request.of).await?;
    if request.what.trim().is_empty() {
        return Err(Refusal::at("what", "Say what you need, in a sentence.").into());
    }
    let team = team_of(tx, asker, request).await?;
    let face = protection::acting_on(tx, request.idea, asker).await?;
    let calendar = calendars::of_team(tx, team).await?;
    check_promised(calendar.date_of(tx.now()), request.day)?;
    let due_at = calendar.closing(request.day);
    let new = NewPromise {
        team,
        idea: request.idea,
        answers: false,
        promiser: request.of,
        receiver: face.id,
        what: request.what.trim(),
        how: request.how.trim(),
        due_at,
        state: State::Requested,
    };
    let promise = store::add(tx, &new).await?;
    let answer_by = calendar.add(tx.now(), calendar.days(ANSWER_DAYS));
    let hold = Hold { holder: request.of, owes: Owes::Respond, due_at: Some(answer_by) };
    throw(tx, &promise, Move::of(this.key, &face, this.words), "request", Some(hold)).await?;
    let named = NewTerm { due_at: Some(due_at), what: Some(new.what.to_owned()), ..NewTerm::default() };
    store::add_term(tx, this.key, promise.id, named).await?;
    Ok(promise.id)
}

/// Refuses to ask oneself, and whoever can't be asked by this person.
async fn check_asked(tx: &mut Tx, asker: &Person, of: PersonId) -> Moved {
    if of == asker.id {
        return Err(Refusal::at("of", "Nobody promises to themselves. Choose whom you need it from.").into());
    }
    if !tx.ask(store::askable(asker)).await?.iter().any(|known| known.id == of) {
        return Err(Refusal::at("of", "This person can\u{2019}t be asked from here. Choose one of the list.").into());
    }
    Ok(())
}

/// Whose promise it will be: the team of the idea, the asker's own, the one that was chosen, or the promiser's.
async fn team_of(tx: &mut Tx, asker: &Person, request: &PromiseRequest) -> Moved<TeamId> {
    if let Some(idea) = request.idea {
        let idea = ideas::store::seen(tx, idea, asker.id).await?;
        let idea = idea.ok_or_else(|| Refusal::at("team", "This idea is not there for you. Ask without it."))?;
        return Ok(idea.team_id);
    }
    let seen = people::store::seen_teams(tx, asker.id).await?;
    let chosen = request.team.filter(|team| seen.iter().any(|known| known.id == *team));
    let promiser = people::store::person(tx, request.of).await?;
    let team = asker.team().or(chosen).or(promiser.and_then(|promiser| promiser.team()));
    team.ok_or_else(|| Refusal::at("team", "Choose the team it is for. Its people will see it.").into())
}

/// Give a promise to the author of an idea, due when work ends on its day. When the idea was answered with it, it
/// follows this promise from now on; the caller has moved it.
pub async fn give(tx: &mut Tx, idea: &Idea, this: Move<'_>, what: &str, day: NaiveDate) -> Moved<PromiseId> {
    let by = this.person_id().filter(|by| *by != idea.author_id);
    let Some(promiser) = by else {
        return Err(Refusal::saying("A promise needs somebody else to receive it.").into());
    };
    let calendar = calendars::of_team(tx, idea.team_id).await?;
    check_promised(calendar.date_of(tx.now()), day)?;
    let due_at = calendar.closing(day);
    let answers = ideas::store::idea(tx, idea.id).await?.state == ideas::State::Helping;
    let new = NewPromise {
        team: idea.team_id,
        idea: Some(idea.id),
        answers,
        promiser,
        receiver: idea.author_id,
        what,
        how: "",
        due_at,
        state: State::Promised,
    };
    let promise = store::add(tx, &new).await?;
    let hold = Hold { holder: promiser, owes: Owes::Keep, due_at: Some(due_at) };
    throw(tx, &promise, this, Verb::Promise.name(), Some(hold)).await?;
    store::add_term(tx, this.key, promise.id, NewTerm { due_at: Some(due_at), ..NewTerm::default() }).await?;
    Ok(promise.id)
}

/// Any move on a promise that is there, by a person or by its clock; the promise as it is then.
pub async fn act(tx: &mut Tx, promise: &Promise, this: Move<'_>, verb: Verb, terms: Terms) -> Moved<Promise> {
    let parts = this.person_id().map_or_else(|| vec![Part::Clock], |person| promise.parts(person));
    step(promise.state, verb, &parts)?;
    let calendar = promise.calendar();
    let at = Moment { judged_at: terms.judged_at.unwrap_or(tx.now()), ..Moment::once(&calendar, tx.now()) };
    let (next, hold) = promise.after(verb, &parts, &terms, &at)?;
    check_words(verb, this.words)?;
    store::change(tx, promise, &next).await?;
    throw(tx, &next, this, verb.name(), hold).await?;
    let named = NewTerm {
        due_at: terms.day.map(|day| calendar.closing(day)).or((verb == Verb::Agree).then_some(next.due_at)),
        what: terms.what,
        cause: counted_cause(promise, verb, &next, terms.cause),
        idea: None,
    };
    store::add_term(tx, this.key, promise.id, named).await?;
    if !follower::carry(tx, &next, this, hold, terms.whole).await? && hold.is_some() {
        tell_when_it_goes_round(tx, &next, verb).await?;
    }
    Ok(next)
}

/// Nothing follows this promise, so nobody else would notice that it goes round.
async fn tell_when_it_goes_round(tx: &mut Tx, promise: &Promise, verb: Verb) -> sqlx::Result<()> {
    let thing = (Subject::Promise, promise.id.0);
    if round::goes_round(tx, thing.0, thing.1, (verb.name(), promise.state.name())).await? {
        let (team, promiser) = (promise.team_id, promise.promiser_id);
        round::tell_the_next_level(tx, thing, team, promiser, &promise.what).await?;
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
        return Err(Refusal::at("words", "This needs words of your own. Write a sentence to go with it."));
    }
    Ok(())
}

/// Throw the ball of a promise that is in its next state, and tell both sides.
async fn throw(tx: &mut Tx, next: &Promise, this: Move<'_>, verb: &str, hold: Option<Hold>) -> Moved {
    let throw = Throw {
        key: this.key,
        subject: Subject::Promise,
        id: next.id.0,
        team: next.team_id,
        verb,
        by: this.person_id(),
        words: this.words,
        state: next.state.name(),
        hold,
    };
    balls::store::throw(tx, &throw).await?;
    Ok(notify::of_move(tx, next, this.person_id()).await?)
}

/// As whom this person acts on a promise: by name where they stand in it by name, as the placeholder where that stands.
pub async fn side(tx: &mut Tx, promise: &Promise, person: PersonId) -> sqlx::Result<PersonId> {
    if [promise.promiser_id, promise.receiver_id].contains(&person) {
        return Ok(person);
    }
    protection::face_on(tx, promise.idea_id, person).await
}
