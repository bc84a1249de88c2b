//! What people do with ideas: each verb checks the table of states, changes the record and throws the ball.
//!
//! All take the transaction of the caller. `Deed` says who acts, in which words, and with which form's key.

use super::machine::Refusal;
use super::store::{self, Change};
use super::turn::{Turn, calendar_of};
use super::{ANSWER_DAYS, CATCH_DAYS, FIVE_DAYS, JUDGE_DAYS};
use super::{Idea, Named, NewIdea, State, Trouble, Verb, check_rest, destination};
use crate::balls::{self, Hold, Owes, Subject, Throw};
use crate::calendar::{Calendar, Working};
use crate::db::Tx;
use crate::ids::{IdeaId, PersonId, TeamId, ThrowId};
use crate::people::{self, Person};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

pub use super::turn::Deed;

type Result<T, E = Trouble> = std::result::Result<T, E>;

/// To whom a new idea of this author goes first: the team's leader, or the next level of a leader who throws.
pub async fn first_catcher(tx: &mut Tx, author: &Person, team: TeamId) -> Result<Named> {
    let leader = people::store::leader(tx, team).await?;
    let Some(leader) = leader else {
        return Err(Refusal::saying(
            "Your team has no leader yet, so nobody can catch it. Ask your administrator to name one.",
        )
        .into());
    };
    if leader.id == author.id
        && let Some(next) = leader.next_level
        && let Some(next) = people::store::person(tx, next).await?
    {
        return Ok(Named { id: next.id, name: next.name });
    }
    Ok(Named { id: leader.id, name: leader.name })
}

/// Throw a new idea. It goes to the leader of the author's team, who has one working day to catch it.
pub async fn throw_idea(tx: &mut Tx, author: &Person, key: ThrowId, new: &NewIdea) -> Result<IdeaId> {
    let Some(team) = author.team() else {
        return Err(Refusal::saying("Ideas are thrown by the people of a team, and you are in none.").into());
    };
    let catcher = match new.past {
        Some(past) => destination::past(tx, author, team, past).await?,
        None => first_catcher(tx, author, team).await?,
    };
    let id = store::add(tx, team, author.id, new).await?;
    let calendar = calendar_of(tx, team).await?;
    let due_at = calendar.add(tx.now(), calendar.days(CATCH_DAYS));
    let hold = Hold { holder: catcher.id, owes: Owes::Catch, due_at: Some(due_at) };
    let throw = Throw {
        key,
        subject: Subject::Idea,
        id: id.0,
        team,
        verb: "throw",
        by: Some(new.way.face(author.id)),
        words: "",
        state: State::New.name(),
        hold: Some(hold),
    };
    balls::store::throw(tx, &throw).await?;
    if new.past.is_some() {
        destination::tell_coaches(tx, id, &catcher).await?;
    }
    Ok(id)
}

/// Catch a new idea: a named person has it and answers within three working days of the throw.
pub async fn catch(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Catch, deed).await?;
    let due_at = turn.answer_due(idea);
    let change = Change { catcher: Some(deed.by.id), ..turn.change(idea) };
    turn.end(tx, idea, change, Some(hold(deed.by.id, Owes::Answer, due_at))).await
}

/// Ask the author back. What is left of the leader's own time is kept for the reply.
pub async fn ask(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Ask, deed).await?;
    let due_at = turn.in_days(FIVE_DAYS);
    let change = Change { catcher: Some(deed.by.id), ..turn.change(idea) };
    turn.end(tx, idea, change, Some(hold(idea.author_id, Owes::Reply, due_at))).await
}

/// Answer a question; the ball goes back to the one who asked, with the time that was left.
pub async fn reply(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Reply, deed).await?;
    let asker = turn.last("ask").and_then(|ask| ask.by_id).or(idea.catcher_id).unwrap_or(idea.author_id);
    let due_at = turn.due_after_reply(idea);
    let change = Change { catcher: Some(asker), ..turn.change(idea) };
    turn.end(tx, idea, change, Some(hold(asker, Owes::Answer, due_at))).await
}

/// Yes, do it: the author does it.
pub async fn go(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Go, deed).await?;
    let change = Change { catcher: Some(deed.by.id), doer: Some(idea.author_id), ..turn.change(idea) };
    turn.end(tx, idea, change, Some(Hold { holder: idea.author_id, owes: Owes::Do, due_at: None })).await
}

/// Yes, let's try it: the author drafts the experiment within five working days.
pub async fn try_it(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Try, deed).await?;
    let due_at = turn.in_days(FIVE_DAYS);
    let change = Change { catcher: Some(deed.by.id), doer: Some(idea.author_id), ..turn.change(idea) };
    turn.end(tx, idea, change, Some(hold(idea.author_id, Owes::Write, due_at))).await
}

/// I will help: the idea follows a promise, which the caller writes in the same transaction.
pub async fn help(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>, promised_for: DateTime<Utc>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Help, deed).await?;
    let change = Change { catcher: Some(deed.by.id), ..turn.change(idea) };
    turn.end(tx, idea, change, Some(hold(deed.by.id, Owes::Follow, promised_for))).await
}

/// I take it further and stay on it: to the next level, or to a helper of another department.
pub async fn pass_up(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>, to: PersonId) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::PassUp, deed).await?;
    let known = store::targets(tx, deed.by).await?.iter().any(|target| target.id == to);
    if !known || to == idea.author_id {
        return Err(Refusal::saying("It can go to your next level or to a helper. Choose one of the list.").into());
    }
    let due_at = turn.in_days(FIVE_DAYS);
    let change = Change { catcher: Some(to), carrier: Some(deed.by.id), ..turn.change(idea) };
    turn.end(tx, idea, change, Some(hold(to, Owes::Answer, due_at))).await
}

/// Not now: it rests until a day at most ninety days away, and wakes the one who parked it.
pub async fn park(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>, until: NaiveDate) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Park, deed).await?;
    check_rest(turn.calendar.date_of(turn.now), until)?;
    if turn.count("park", deed.by.id) >= 2 {
        return Err(Refusal::saying(
            "You have let it rest twice. A third rest is for the next level to decide: take it further, or answer it.",
        )
        .into());
    }
    let change = Change { catcher: Some(deed.by.id), ..turn.change(idea) };
    let wakes_at = opening(&turn.calendar, until);
    turn.end(tx, idea, change, Some(hold(deed.by.id, Owes::Wake, wakes_at))).await
}

/// No, because. The author says whether that was fair or throws it back; a second no is final.
pub async fn decline(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Decline, deed).await?;
    let judge = hold(idea.author_id, Owes::Judge, turn.in_days(JUDGE_DAYS));
    let change = Change { catcher: Some(deed.by.id), ..turn.change(idea) };
    let still_open = turn.next.is_open();
    turn.end(tx, idea, change, still_open.then_some(judge)).await
}

/// The author takes it back. Not while an experiment runs on it.
pub async fn withdraw(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    if idea.state == State::Trying && idea.owes == Some(Owes::Follow) {
        return Err(Refusal::saying("An experiment has grown out of it. Stop or drop the experiment instead.").into());
    }
    let turn = Turn::of(tx, idea, Verb::Withdraw, deed).await?;
    let change = turn.change(idea);
    turn.end(tx, idea, change, None).await
}

/// The author says the no was fair.
pub async fn fair(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Fair, deed).await?;
    let change = turn.change(idea);
    turn.end(tx, idea, change, None).await
}

/// The author throws a no back, once, to the next level of the one who said it.
pub async fn throw_back(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::ThrowBack, deed).await?;
    let said_no = turn.last("decline").and_then(|no| no.by_id).or(idea.catcher_id);
    let Some(next) = next_level(tx, said_no, idea.author_id).await? else {
        return Err(Refusal::saying("There is no next level above the one who answered, so it can't be thrown back. Tell the coach if the answer was not fair.").into());
    };
    let due_at = turn.in_days(FIVE_DAYS);
    let change = Change { catcher: Some(next), ..turn.change(idea) };
    turn.end(tx, idea, change, Some(hold(next, Owes::Answer, due_at))).await
}

/// The doer says it is done; the author confirms.
pub async fn deliver(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Deliver, deed).await?;
    let (due_at, change) = (turn.in_days(FIVE_DAYS), turn.change(idea));
    turn.end(tx, idea, change, Some(hold(idea.author_id, Owes::Confirm, due_at))).await
}

/// The author says it changed for them.
pub async fn confirm(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Confirm, deed).await?;
    let change = turn.change(idea);
    turn.end(tx, idea, change, None).await
}

/// The author says it has not changed yet, because; it goes back to where it came from.
pub async fn not_yet(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::NotYet, deed).await?;
    let doer = idea.doer_id.unwrap_or(idea.author_id);
    let back = match turn.next {
        State::Trying => hold(doer, Owes::Write, turn.in_days(FIVE_DAYS)),
        _ => Hold { holder: doer, owes: Owes::Do, due_at: None },
    };
    let change = Change { doer: Some(doer), ..turn.change(idea) };
    turn.end(tx, idea, change, Some(back)).await
}

/// Wake a resting idea: on its day, by the one who parked it at any time, by the author once before.
pub async fn wake(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<()> {
    let turn = Turn::of(tx, idea, Verb::Wake, deed).await?;
    let early = idea.due_at.is_some_and(|wakes_at| turn.now < wakes_at);
    let by_author = deed.by.id == idea.author_id && idea.holder_id != Some(deed.by.id);
    if early && by_author && turn.count("wake", deed.by.id) >= 1 {
        return Err(Refusal::saying(
            "You have woken it early once. On its day it stands first again with the one who parked it.",
        )
        .into());
    }
    let answerer = idea.holder_id.or(idea.catcher_id).unwrap_or(deed.by.id);
    let due_at = turn.in_days(ANSWER_DAYS);
    let change = Change { catcher: Some(answerer), ..turn.change(idea) };
    turn.end(tx, idea, change, Some(hold(answerer, Owes::Answer, due_at))).await
}

/// An experiment on the idea begins or moves on: the idea follows it, and `owner` has the experiment's ball.
pub async fn follow_experiment(tx: &mut Tx, idea: IdeaId, by: PersonId, words: &str, owner: PersonId) -> Result<()> {
    let (idea, turn) = Turn::followed(tx, idea, Verb::Follow, by, words).await?;
    let change = Change { doer: Some(owner), ..turn.change(&idea) };
    turn.end(tx, &idea, change, Some(Hold { holder: owner, owes: Owes::Follow, due_at: None })).await
}

/// The experiment was dropped before it started: whoever does the idea goes on without it.
pub async fn experiment_dropped(tx: &mut Tx, idea: IdeaId, by: PersonId, words: &str) -> Result<()> {
    let (idea, turn) = Turn::followed(tx, idea, Verb::Drop, by, words).await?;
    let (doer, change) = (idea.doer_id.unwrap_or(idea.author_id), turn.change(&idea));
    turn.end(tx, &idea, change, Some(Hold { holder: doer, owes: Owes::Do, due_at: None })).await
}

/// The experiment was abandoned: the idea ends with what was learned, which are the words.
pub async fn experiment_abandoned(tx: &mut Tx, idea: IdeaId, by: PersonId, words: &str) -> Result<()> {
    let (idea, turn) = Turn::followed(tx, idea, Verb::Abandon, by, words).await?;
    let change = turn.change(&idea);
    turn.end(tx, &idea, change, None).await
}

/// The standard that came of the idea is in use: its author says whether it changed something.
pub async fn standard_in_use(tx: &mut Tx, idea: IdeaId, by: PersonId, words: &str) -> Result<()> {
    let (idea, turn) = Turn::followed(tx, idea, Verb::InUse, by, words).await?;
    let (due_at, change) = (turn.in_days(FIVE_DAYS), turn.change(&idea));
    turn.end(tx, &idea, change, Some(hold(idea.author_id, Owes::Confirm, due_at))).await
}

/// The promise moved on: whoever has its ball is the one the idea follows.
pub async fn promise_moved(
    tx: &mut Tx,
    idea: IdeaId,
    by: PersonId,
    words: &str,
    to: PersonId,
    due_at: DateTime<Utc>,
) -> Result<()> {
    let (idea, turn) = Turn::followed(tx, idea, Verb::Carry, by, words).await?;
    let change = turn.change(&idea);
    turn.end(tx, &idea, change, Some(hold(to, Owes::Follow, due_at))).await
}

/// The promise is kept or released, and its receiver goes on with the idea.
pub async fn goes_on(tx: &mut Tx, idea: IdeaId, by: PersonId, words: &str) -> Result<()> {
    let (idea, turn) = Turn::followed(tx, idea, Verb::GoOn, by, words).await?;
    let doer = idea.doer_id.unwrap_or(idea.author_id);
    let change = Change { doer: Some(doer), ..turn.change(&idea) };
    turn.end(tx, &idea, change, Some(Hold { holder: doer, owes: Owes::Do, due_at: None })).await
}

/// The promise is kept and was the whole thing: the author says whether it changed something.
pub async fn promise_was_all(tx: &mut Tx, idea: IdeaId, by: PersonId, words: &str) -> Result<()> {
    let (idea, turn) = Turn::followed(tx, idea, Verb::Whole, by, words).await?;
    let (due_at, change) = (turn.in_days(FIVE_DAYS), turn.change(&idea));
    turn.end(tx, &idea, change, Some(hold(idea.author_id, Owes::Confirm, due_at))).await
}

/// The promise is revoked: its promiser answers the idea again.
pub async fn promise_revoked(tx: &mut Tx, idea: IdeaId, by: PersonId, words: &str) -> Result<()> {
    let (idea, turn) = Turn::followed(tx, idea, Verb::Revoke, by, words).await?;
    let due_at = turn.in_days(ANSWER_DAYS);
    let change = Change { catcher: Some(by), ..turn.change(&idea) };
    turn.end(tx, &idea, change, Some(hold(by, Owes::Answer, due_at))).await
}

fn hold(holder: PersonId, owes: Owes, due_at: DateTime<Utc>) -> Hold {
    Hold { holder, owes, due_at: Some(due_at) }
}

/// When the team begins to work on this day, or on the next one it works.
fn opening(calendar: &Calendar, date: NaiveDate) -> DateTime<Utc> {
    let midnight = calendar.moment(date, NaiveTime::MIN);
    calendar.add(midnight, Working::minutes(1)) - TimeDelta::minutes(1)
}

/// The next level of a person, or the one above when that would be the author.
async fn next_level(tx: &mut Tx, person: Option<PersonId>, author: PersonId) -> Result<Option<PersonId>> {
    let mut at = person;
    for _ in 0..2 {
        let Some(id) = at else { return Ok(None) };
        at = people::store::person(tx, id).await?.and_then(|person| person.next_level);
        if at != Some(author) {
            return Ok(at);
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_rest_ends_when_the_team_begins_to_work() {
        let calendar = Calendar::usual(chrono_tz::UTC);
        assert_eq!(opening(&calendar, "2026-03-04".parse().unwrap()), at("2026-03-04T08:00:00Z"));
        assert_eq!(opening(&calendar, "2026-03-07".parse().unwrap()), at("2026-03-09T08:00:00Z"));
    }
}
