//! What people do with ideas: each verb checks the table of states and the past, changes the record and throws the ball.
//!
//! All take the transaction of the caller. A `Move` says who acts, in which words, and with which form's key. How an idea is
//! thrown stands in `throw`, what it follows in `followed`, what clocks do in `clock`.

use super::store;
use super::transition::{Details, Transition};
use super::{Anonymity, FIVE_DAYS, Idea, IdeaText, State, Verb, check_promised, check_rest, protection};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::{IdeaId, PersonId};
use crate::moves::{Move, Moved, Refusal};
use crate::people::{self, Person};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};

use super::followed::stand_alone;
pub use super::throw::throw_idea;

/// A verb that needs nothing but words: catch, ask, reply, report, nod, fair, deliver, thank, confirm, not yet.
pub async fn act(tx: &mut Tx, idea: &Idea, this: Move<'_>, verb: Verb) -> Moved {
    Transition::of(tx, idea, this, verb).await?.end(tx, Details::default()).await
}

/// Catch a new idea: a named person has it and answers within three working days of the throw.
pub async fn catch(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    act(tx, idea, this, Verb::Catch).await
}

/// Ask the author back. What is left of the leader's own time is kept for the reply.
pub async fn ask(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    act(tx, idea, this, Verb::Ask).await
}

/// Answer a question; the ball goes back to the one who asked, with the time that was left.
pub async fn reply(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    act(tx, idea, this, Verb::Reply).await
}

/// Yes, do it: the author does it, or whom the leader names.
pub async fn go(tx: &mut Tx, idea: &Idea, this: Move<'_>, doer: Option<PersonId>) -> Moved {
    let transition = Transition::of(tx, idea, this, Verb::Go).await?;
    check_doer(idea, &transition, doer)?;
    transition.end(tx, Details { chosen: doer, ..Details::default() }).await
}

/// Yes, let's try it: the author, or whom the leader names, drafts the experiment within five working days.
pub async fn try_it(tx: &mut Tx, idea: &Idea, this: Move<'_>, doer: Option<PersonId>) -> Moved {
    let transition = Transition::of(tx, idea, this, Verb::Try).await?;
    check_doer(idea, &transition, doer)?;
    transition.end(tx, Details { chosen: doer, ..Details::default() }).await
}

/// Who is to do it must be somebody of the idea's team or above it.
fn check_doer(idea: &Idea, transition: &Transition<'_>, doer: Option<PersonId>) -> Result<(), Refusal> {
    let Some(doer) = doer.filter(|doer| *doer != idea.author_id) else { return Ok(()) };
    if transition.situation.people.doers.iter().any(|known| known.id == doer) {
        return Ok(());
    }
    Err(Refusal::saying("Choose somebody of the team, or leave it to the author."))
}

/// I will help: the idea follows a promise, which the caller writes in the same transaction.
pub async fn help(tx: &mut Tx, idea: &Idea, this: Move<'_>, promised_for: DateTime<Utc>) -> Moved {
    let transition = Transition::of(tx, idea, this, Verb::Help).await?;
    transition.end(tx, Details { given: Some(promised_for), ..Details::default() }).await
}

/// I take it further and stay on it: to the next level, or to a helper of another department.
pub async fn pass_up(tx: &mut Tx, idea: &Idea, this: Move<'_>, to: PersonId) -> Moved {
    let transition = Transition::of(tx, idea, this, Verb::PassUp).await?;
    let known = transition.situation.people.targets.iter().any(|target| target.id == to);
    // Refusing just the one whose name the coach keeps would tell who it is.
    if !known || to == idea.author_id {
        return Err(Refusal::saying("It can go to your next level or to a helper. Choose one of the list.").into());
    }
    transition.end(tx, Details { chosen: Some(to), ..Details::default() }).await
}

/// Back to the one who carried it here, once, with a reason.
pub async fn send_back(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    act(tx, idea, this, Verb::SendBack).await
}

/// Not now: it rests until a day at most ninety days away, and wakes the one who parked it.
pub async fn park(tx: &mut Tx, idea: &Idea, this: Move<'_>, until: NaiveDate) -> Moved {
    let transition = Transition::of(tx, idea, this, Verb::Park).await?;
    check_rest(transition.calendar.date_of(transition.now), until)?;
    let wakes_at = transition.calendar.opening(until);
    transition.end(tx, Details { given: Some(wakes_at), ..Details::default() }).await
}

/// No, because. The author says whether that was fair or throws it back; a second no is final.
pub async fn decline(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    act(tx, idea, this, Verb::Decline).await
}

/// It is the same as another: its author becomes co-author there, and may object within five working days.
///
/// What is out of reach, is protected, or has been taken back is refused like an address at which nothing is.
pub async fn merge(tx: &mut Tx, idea: &Idea, this: Move<'_>, into: IdeaId) -> Moved {
    let transition = Transition::of(tx, idea, this, Verb::Merge).await?;
    let by = mover(this, Verb::Merge)?.id;
    let other =
        store::in_reach(tx, into, by).await?.filter(|other| other.id != idea.id && other.anonymity == Anonymity::Named);
    let still_there = |other: &Idea| !matches!(other.state, State::Merged | State::Withdrawn);
    if !other.is_some_and(|other| still_there(&other)) {
        return Err(Refusal::saying(
            "There is no other idea at this address that it could be put together with. Copy the address of its page.",
        )
        .into());
    }
    let opened = tx.ask(store::seen(into, by)).await?.is_some();
    transition.end(tx, Details { into: Some((into, opened)), ..Details::default() }).await
}

/// The author says it is not the same; whoever put it together answers it.
pub async fn object(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    let transition = Transition::of(tx, idea, this, Verb::Object).await?;
    let until = transition
        .situation
        .last(Verb::Merge)
        .map(|merge| transition.calendar.add(merge.at, transition.calendar.days(FIVE_DAYS)));
    if until.is_none_or(|until| until < transition.now) {
        return Err(Refusal::saying(
            "Five working days have gone since it was put together. Say what is different in a new idea.",
        )
        .into());
    }
    transition.end(tx, Details::default()).await
}

/// The author takes it back. Not once an experiment on it has started; `experiments::verbs::withdraw_idea` lets go of one
/// that has not.
pub async fn withdraw(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    let transition = Transition::of(tx, idea, this, Verb::Withdraw).await?;
    before_an_experiment(idea, &transition)?;
    transition.end(tx, Details::default()).await?;
    stand_alone(tx, idea).await
}

/// The author changes its words; the old ones are kept, and the ball stays where it is.
pub async fn reword(tx: &mut Tx, idea: &Idea, this: Move<'_>, new: &IdeaText) -> Moved {
    let transition = Transition::of(tx, idea, this, Verb::Reword).await?;
    before_an_experiment(idea, &transition)?;
    store::keep_wording(tx, idea).await?;
    store::reword(tx, idea, new).await?;
    transition.end(tx, Details::default()).await
}

fn before_an_experiment(idea: &Idea, transition: &Transition<'_>) -> Result<(), Refusal> {
    if transition.situation.experiment_has_started(idea) {
        return Err(Refusal::saying("An experiment on it has started. Stop the experiment instead."));
    }
    Ok(())
}

/// The author throws a no back, once, to the next level of the one who said it.
pub async fn throw_back(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    let transition = Transition::of(tx, idea, this, Verb::ThrowBack).await?;
    let said_no = transition.situation.last_for(Verb::Decline).or(idea.catcher_id);
    let Some(next) = next_level(tx, idea, said_no).await? else {
        return Err(Refusal::saying("There is no next level above the one who answered, so it can't be thrown back. Tell the coach if the answer was not fair.").into());
    };
    transition.end(tx, Details { above: Some(next), ..Details::default() }).await
}

/// The doer says by when it will be done.
pub async fn plan(tx: &mut Tx, idea: &Idea, this: Move<'_>, by: NaiveDate) -> Moved {
    let transition = Transition::of(tx, idea, this, Verb::Plan).await?;
    check_promised(transition.calendar.date_of(transition.now), by)?;
    let closing = transition.calendar.closing(by);
    transition.end(tx, Details { given: Some(closing), ..Details::default() }).await
}

/// The doer says it is done; the author confirms.
pub async fn deliver(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    act(tx, idea, this, Verb::Deliver).await
}

/// Wake a resting idea: the one who parked it at any time, its author once before its day.
pub async fn wake(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    let transition = Transition::of(tx, idea, this, Verb::Wake).await?;
    let early = idea.due_at.is_some_and(|wakes_at| transition.now < wakes_at);
    let by_author = transition.by == Some(idea.author_id) && idea.holder_id != Some(idea.author_id);
    if early && by_author && transition.situation.count(Verb::Wake, idea.author_id) >= 1 {
        return Err(Refusal::saying(
            "You have woken it early once. On its day it stands first again with the one who parked it.",
        )
        .into());
    }
    transition.end(tx, Details::default()).await
}

/// "I take it": somebody up the chain takes a ball that needs a hand; what is owed, and until when, stays.
pub async fn take(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    let transition = Transition::of(tx, idea, this, Verb::Take).await?;
    if !idea.can_be_taken(&transition.calendar, transition.now) || idea.holder_id == this.person_id() {
        return Err(Refusal::saying(
            "It does not need a hand now. Whoever has the ball has it until a working day after its clock.",
        )
        .into());
    }
    transition.end(tx, Details::default()).await
}

/// The person who moves: the clock does none of what asks for one.
fn mover(this: Move<'_>, verb: Verb) -> Result<&Person, Refusal> {
    this.person().ok_or_else(|| Refusal::not_yours(verb.whose()))
}

/// The next level of a person, or the one above when that would be the author.
async fn next_level(tx: &mut Tx, idea: &Idea, person: Option<PersonId>) -> sqlx::Result<Option<PersonId>> {
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

/// Offer ten minutes at a moment of the team's day. The ball stays where it is.
///
/// # Errors
/// A refusal when it is not possible now, not for this person, or its moment is over.
pub async fn talk(tx: &mut Tx, idea: &Idea, this: Move<'_>, at: NaiveDateTime) -> Moved {
    let words = format!("{}\n{}", moment_in_words(at, &idea.calendar(), tx.now()), this.words);
    let this = Move { words: words.trim_end(), ..this };
    let transition = Transition::of(tx, idea, this, Verb::Talk).await?;
    check_moment(at, &transition.calendar, transition.now)?;
    transition.end(tx, Details::default()).await
}

fn check_moment(at: NaiveDateTime, calendar: &Calendar, now: DateTime<Utc>) -> Result<(), Refusal> {
    if calendar.moment(at.date(), at.time()) <= now {
        let over = "This moment is over. Your text is kept. Choose one that is still to come.";
        return Err(Refusal::saying(over));
    }
    Ok(())
}

/// A moment as people say it: "Thu 5 March, 10:00", with the year when it is another one.
fn moment_in_words(at: NaiveDateTime, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let this_year = at.year() == calendar.date_of(now).year();
    at.format(if this_year { "%a %-d %B, %H:%M" } else { "%a %-d %B %Y, %H:%M" }).to_string()
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

    #[test]
    fn a_moment_to_talk_is_said_as_people_say_it_and_lies_ahead() {
        let calendar = Calendar::usual(chrono_tz::Europe::London);
        let now = "2026-07-02T09:00:00Z".parse().unwrap();
        let at = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        assert_eq!(moment_in_words(at("2026-07-09T10:00:00"), &calendar, now), "Thu 9 July, 10:00");
        assert_eq!(moment_in_words(at("2027-01-05T08:30:00"), &calendar, now), "Tue 5 January 2027, 08:30");
        // It is ten in London.
        assert!(check_moment(at("2026-07-02T10:01:00"), &calendar, now).is_ok());
        for over in ["2026-07-02T10:00:00", "2026-07-02T09:30:00", "2026-07-01T12:00:00"] {
            assert!(
                check_moment(at(over), &calendar, now).unwrap_err().sentence().contains("Your text is kept."),
                "{over}"
            );
        }
    }
}
