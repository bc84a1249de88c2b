//! What people do with promises: ask for one, give one, and every move after that. Each changes the record, throws the
//! ball, and moves the idea that follows it.

use super::store::{self, Term};
use super::{ANSWER_DAYS, Cause, Moment, Part, Promise, PromiseRequest, State, Terms, Verb, follower, notify, step};
use crate::balls::by_day::dated;
use crate::balls::{self, Hold, Owes, Subject, round};
use crate::db::{Questions, Tx};
use crate::ideas::{self, Idea, Named, check_promised, protection};
use crate::ids::{PersonId, PromiseId};
use crate::moves::{Move, Moved, Refusal};
use crate::people::{Person, calendars};
use chrono::NaiveDate;

/// Ask somebody for a promise; they answer within two working days. A kept author asks for their own idea as the
/// placeholder, who receives the promise as one that comes with "I'll help".
pub async fn request(tx: &mut Tx, this: Move<'_>, request: &PromiseRequest) -> Moved<PromiseId> {
    let asker = this.person().ok_or_else(|| Refusal::saying("Only a person asks for a promise."))?;
    if request.of == asker.id {
        return Err(Refusal::at("of", "Nobody promises to themselves. Choose whom you need it from.").into());
    }
    let idea = request.idea.map(|idea| (ideas::store::seen(idea, asker.id), protection::face(idea, asker.id)).joined());
    let (person, idea) = tx.ask((store::asked(asker, request), idea)).await?;
    let elsewhere = "This person can\u{2019}t be asked from here. Choose one of the list.";
    let person = person.ok_or_else(|| Refusal::at("of", elsewhere))?;
    if request.what.trim().is_empty() {
        return Err(Refusal::at("what", "Say what you need, in a sentence.").into());
    }
    let receiver = match idea {
        Some((None, _)) => {
            return Err(Refusal::at("team", "This idea is not there for you. Ask without it.").into());
        }
        Some((Some(idea), face)) if face != asker.id => Named { id: face, name: idea.author },
        _ => Named { id: asker.id, name: asker.name.clone() },
    };
    let nowhere = "Choose the team it is for. Its people will see it.";
    let team_id = person.team_id.ok_or_else(|| Refusal::at("team", nowhere))?;
    let calendar = person.written.calendar();
    check_promised(calendar.date_of(tx.now()), request.day)?;
    let (face, due_at) = (Person { id: receiver.id, ..asker.clone() }, calendar.closing(request.day));
    let promiser = Named { id: request.of, name: person.name };
    let promise = Promise {
        id: tx.new_id(),
        team_id,
        idea_id: request.idea,
        what: request.what.trim().to_owned(),
        how: request.how.trim().to_owned(),
        ..Promise::asked_for(promiser, receiver, due_at, person.written)
    };
    let answer_by = calendar.add(tx.now(), calendar.days(ANSWER_DAYS));
    let hold = Hold { holder: request.of, owes: Owes::Respond, due_at: Some(answer_by) };
    let named = Term { due_at: Some(due_at), what: Some(promise.what.clone()), ..Term::default() };
    begin(tx, &promise, Move::of(this.key, &face, this.words), "request", hold, named).await
}

/// Give a promise to the author of an idea, due when work ends on its day. When the idea was answered with it, it
/// follows this promise from now on; the caller has moved it.
pub async fn give(tx: &mut Tx, idea: &Idea, this: Move<'_>, what: &str, day: NaiveDate) -> Moved<PromiseId> {
    let Some(promiser) = this.person().filter(|by| by.id != idea.author_id) else {
        return Err(Refusal::saying("A promise needs somebody else to receive it.").into());
    };
    let calendar = calendars::of_team(tx, idea.team_id).await?;
    check_promised(calendar.date_of(tx.now()), day)?;
    let due_at = calendar.closing(day);
    let receiver = Named { id: idea.author_id, name: idea.author.clone() };
    let promiser = Named { id: promiser.id, name: promiser.name.clone() };
    let hold = Hold { holder: promiser.id, owes: Owes::Keep, due_at: Some(due_at) };
    let promise = Promise {
        id: tx.new_id(),
        team_id: idea.team_id,
        idea_id: Some(idea.id),
        answers: true,
        what: what.to_owned(),
        first_due_at: Some(due_at),
        state: State::Promised,
        ..Promise::asked_for(promiser, receiver, due_at, calendar.write())
    };
    let named = Term { due_at: Some(due_at), ..Term::default() };
    begin(tx, &promise, this, Verb::Promise.name(), hold, named).await
}

async fn begin(
    tx: &mut Tx,
    promise: &Promise,
    this: Move<'_>,
    verb: &str,
    hold: Hold,
    named: Term,
) -> Moved<PromiseId> {
    store::add(tx, promise).await?;
    throw(tx, promise, this, verb, Some(hold), named).await?;
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
    let named = Term {
        due_at: terms.day.map(|day| calendar.closing(day)).or((verb == Verb::Agree).then_some(next.due_at)),
        what: terms.what,
        cause: counted_cause(promise, verb, &next, terms.cause),
        ..Term::default()
    };
    throw(tx, &next, this, verb.name(), hold, named).await?;
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

/// Throw the ball of a promise that is in its next state, keep what was named with it, and tell both sides.
async fn throw(
    tx: &mut Tx,
    next: &Promise,
    this: Move<'_>,
    verb: &str,
    hold: Option<Hold>,
    named: Term,
) -> sqlx::Result<()> {
    let now = tx.now();
    let hold = dated(tx, this.person_id(), &next.calendar(), hold);
    let throw = this.throw((Subject::Promise, next.id.0, next.team_id), verb, next.state.name(), hold);
    balls::store::throw(tx, &throw).await?;
    notify::of_move(tx, next, &throw, &named).await?;
    store::add_term(tx, this.key, next.id, named).await?;
    tx.count_from(now);
    Ok(())
}

/// As whom this person acts on a promise: by name where they stand in it by name, as the placeholder where that stands.
pub async fn side(tx: &mut Tx, promise: &Promise, person: PersonId) -> sqlx::Result<PersonId> {
    if [promise.promiser_id, promise.receiver_id].contains(&person) {
        return Ok(person);
    }
    protection::face_on(tx, promise.idea_id, person).await
}
