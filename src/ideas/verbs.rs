//! What people do with ideas: each verb checks the table of states and the past, changes the record and throws the ball.
//!
//! All take the transaction of the caller. `Deed` says who acts, in which words, and with which form's key. How an idea is
//! thrown stands in `throw`, what it follows in `following`, what clocks do in `turning`.

use super::machine::Refusal;
use super::store;
use super::turn::{Turn, With};
use super::{FIVE_DAYS, Idea, NewIdea, State, Trouble, Verb, Way, check_promised, check_rest, protection};
use crate::balls::Owes;
use crate::db::Tx;
use crate::ids::{IdeaId, PersonId};
use crate::people;
use chrono::{DateTime, NaiveDate, Utc};

pub use super::following::*;
pub use super::throw::{first_catcher, throw_idea};
pub use super::turn::Deed;

type Result<T, E = Trouble> = std::result::Result<T, E>;

/// A verb that needs nothing but words: catch, ask, reply, report, nod, fair, deliver, thank, confirm, not yet.
pub async fn act(tx: &mut Tx, idea: &Idea, verb: Verb, deed: &Deed<'_>) -> Result<()> {
    Turn::of(tx, idea, verb, deed).await?.end(tx, With::default()).await
}

/// Catch a new idea: a named person has it and answers within three working days of the throw.
pub async fn catch(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    act(tx, idea, Verb::Catch, deed).await
}

/// Ask the author back. What is left of the leader's own time is kept for the reply.
pub async fn ask(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    act(tx, idea, Verb::Ask, deed).await
}

/// Answer a question; the ball goes back to the one who asked, with the time that was left.
pub async fn reply(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    act(tx, idea, Verb::Reply, deed).await
}

/// Yes, do it: the author does it, or whom the leader names.
pub async fn go(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>, doer: Option<PersonId>) -> Result<()> {
    check_doer(tx, idea, doer).await?;
    let turn = Turn::of(tx, idea, Verb::Go, deed).await?;
    turn.end(tx, With { chosen: doer, ..With::default() }).await
}

/// Yes, let's try it: the author, or whom the leader names, drafts the experiment within five working days.
pub async fn try_it(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>, doer: Option<PersonId>) -> Result<()> {
    check_doer(tx, idea, doer).await?;
    let turn = Turn::of(tx, idea, Verb::Try, deed).await?;
    turn.end(tx, With { chosen: doer, ..With::default() }).await
}

/// Who is to do it must be somebody of the idea's team or above it.
async fn check_doer(tx: &mut Tx, idea: &Idea, doer: Option<PersonId>) -> Result<()> {
    let Some(doer) = doer.filter(|doer| *doer != idea.author_id) else { return Ok(()) };
    if store::doers(tx, idea.team_id).await?.iter().any(|known| known.id == doer) {
        return Ok(());
    }
    Err(Refusal::saying("Choose somebody of the team, or leave it to the author.").into())
}

/// I will help: the idea follows a promise, which the caller writes in the same transaction.
pub async fn help(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>, promised_for: DateTime<Utc>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Help, deed).await?;
    turn.end(tx, With { given: Some(promised_for), ..With::default() }).await
}

/// I take it further and stay on it: to the next level, or to a helper of another department.
pub async fn pass_up(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>, to: PersonId) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::PassUp, deed).await?;
    let known = store::targets(tx, deed.by).await?.iter().any(|target| target.id == to);
    // Refusing just the one whose name the coach keeps would tell who it is.
    if !known || to == idea.author_id {
        return Err(Refusal::saying("It can go to your next level or to a helper. Choose one of the list.").into());
    }
    turn.end(tx, With { chosen: Some(to), ..With::default() }).await
}

/// Back to the one who carried it here, once, with a reason.
pub async fn send_back(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    act(tx, idea, Verb::SendBack, deed).await
}

/// Not now: it rests until a day at most ninety days away, and wakes the one who parked it.
pub async fn park(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>, until: NaiveDate) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Park, deed).await?;
    check_rest(turn.calendar.date_of(turn.now), until)?;
    let wakes_at = turn.calendar.opening(until);
    turn.end(tx, With { given: Some(wakes_at), ..With::default() }).await
}

/// No, because. The author says whether that was fair or throws it back; a second no is final.
pub async fn decline(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    act(tx, idea, Verb::Decline, deed).await
}

/// It is the same as another: its author becomes co-author there, and may object within five working days.
///
/// What is out of reach, is protected, or has been taken back is refused like an address at which nothing is.
pub async fn merge(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>, into: IdeaId) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Merge, deed).await?;
    let other =
        store::in_reach(tx, into, deed.by.id).await?.filter(|other| other.id != idea.id && other.way == Way::Named);
    let still_there = |other: &Idea| !matches!(other.state, State::Merged | State::Withdrawn);
    if !other.is_some_and(|other| still_there(&other)) {
        return Err(Refusal::saying(
            "There is no other idea at this address that it could be put together with. Copy the address of its page.",
        )
        .into());
    }
    let opened = store::seen(tx, into, deed.by.id).await?.is_some();
    turn.end(tx, With { into: Some((into, opened)), ..With::default() }).await
}

/// The author says it is not the same; whoever put it together answers it.
pub async fn object(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Object, deed).await?;
    let until = turn.last(Verb::Merge).map(|merge| turn.calendar.add(merge.at, turn.calendar.days(FIVE_DAYS)));
    if until.is_none_or(|until| until < turn.now) {
        return Err(Refusal::saying(
            "Five working days have gone since it was put together. Say what is different in a new idea.",
        )
        .into());
    }
    turn.end(tx, With::default()).await
}

/// The author takes it back. Not once an experiment on it has started; `experiments::verbs::withdraw_idea` lets go of one
/// that has not.
pub async fn withdraw(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    before_an_experiment(tx, idea).await?;
    act(tx, idea, Verb::Withdraw, deed).await?;
    stand_alone(tx, idea).await
}

/// The author changes its words; the old ones are kept, and the ball stays where it is.
pub async fn reword(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>, new: &NewIdea) -> Result<()> {
    before_an_experiment(tx, idea).await?;
    let turn = Turn::of(tx, idea, Verb::Reword, deed).await?;
    store::keep_wording(tx, idea).await?;
    store::reword(tx, idea, new).await?;
    turn.end(tx, With::default()).await
}

/// Whether an experiment on it has started, after which its author can neither take it back nor change its words.
pub async fn experiment_has_started(tx: &mut Tx, idea: &Idea) -> sqlx::Result<bool> {
    let follows = idea.state == State::Trying && idea.owes == Some(Owes::Follow);
    Ok(follows && !store::experiment_waits_to_start(tx, idea.id).await?)
}

async fn before_an_experiment(tx: &mut Tx, idea: &Idea) -> Result<()> {
    if experiment_has_started(tx, idea).await? {
        return Err(Refusal::saying("An experiment on it has started. Stop the experiment instead.").into());
    }
    Ok(())
}

/// The author throws a no back, once, to the next level of the one who said it.
pub async fn throw_back(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::ThrowBack, deed).await?;
    let said_no = turn.last_for(Verb::Decline).or(idea.catcher_id);
    let Some(next) = next_level(tx, idea, said_no).await? else {
        return Err(Refusal::saying("There is no next level above the one who answered, so it can't be thrown back. Tell the coach if the answer was not fair.").into());
    };
    turn.end(tx, With { above: Some(next), ..With::default() }).await
}

/// The doer says by when it will be done.
pub async fn plan(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>, by: NaiveDate) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Plan, deed).await?;
    check_promised(turn.calendar.date_of(turn.now), by)?;
    let closing = turn.calendar.closing(by);
    turn.end(tx, With { given: Some(closing), ..With::default() }).await
}

/// The doer says it is done; the author confirms.
pub async fn deliver(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    act(tx, idea, Verb::Deliver, deed).await
}

/// Wake a resting idea: the one who parked it at any time, its author once before its day.
pub async fn wake(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Wake, deed).await?;
    let early = idea.due_at.is_some_and(|wakes_at| turn.now < wakes_at);
    let face = protection::face_of(tx, idea, deed.by.id).await?;
    let by_author = face == idea.author_id && idea.holder_id != Some(face);
    if early && by_author && turn.count(Verb::Wake, face) >= 1 {
        return Err(Refusal::saying(
            "You have woken it early once. On its day it stands first again with the one who parked it.",
        )
        .into());
    }
    turn.end(tx, With::default()).await
}

/// "I take it": somebody up the chain takes a ball that needs a hand; what is owed, and until when, stays.
pub async fn take(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Take, deed).await?;
    if !idea.can_be_taken(&turn.calendar, turn.now) || idea.holder_id == Some(deed.by.id) {
        return Err(Refusal::saying(
            "It does not need a hand now. Whoever has the ball has it until a working day after its clock.",
        )
        .into());
    }
    turn.end(tx, With::default()).await
}

/// The next level of a person, or the one above when that would be the author.
async fn next_level(tx: &mut Tx, idea: &Idea, person: Option<PersonId>) -> Result<Option<PersonId>> {
    let mut at = person;
    for _ in 0..2 {
        let Some(id) = at else { return Ok(None) };
        at = people::store::person(tx, id).await?.and_then(|person| person.next_level);
        let Some(above) = at else { return Ok(None) };
        if !protection::is_author(tx, idea, above).await? {
            return Ok(Some(above));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_rest_ends_when_the_team_begins_to_work() {
        let calendar = Calendar::usual(chrono_tz::UTC);
        assert_eq!(calendar.opening("2026-03-04".parse().unwrap()), at("2026-03-04T08:00:00Z"));
        assert_eq!(calendar.opening("2026-03-07".parse().unwrap()), at("2026-03-09T08:00:00Z"));
    }
}
