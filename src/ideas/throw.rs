//! How an idea is thrown: to the leader of the team, past them to a next level, or as something that was done already.

use super::past::DID;
use super::{Anonymity, CATCH_DAYS, FIVE_DAYS, Idea, NewIdea, State, Thrower, notify, protection, store};
use crate::balls::handing::Standins;
use crate::balls::{self, Hold, Owes, Subject, Throw, Thrown};
use crate::calendar::Calendar;
use crate::db::{self, Tx};
use crate::ids::{IdeaId, PersonId, TeamId, ThrowId};
use crate::moves::{Moved, Refusal};
use crate::notices::{self, NoticeKind};
use crate::people::company::Company;
use crate::people::{COLLEAGUE, Person, SOMEBODY};
use chrono::{DateTime, Utc};

/// Why somebody without a team throws nothing.
pub fn in_no_team() -> Refusal {
    Refusal::saying("Ideas are thrown by the people of a team, and you are in none.")
}

/// To whom a new idea of this author goes first: the team's leader, or the next level of a leader who throws.
///
/// # Errors
/// A refusal for a team without a leader.
pub fn first_catcher(company: &Company, author: PersonId, team: TeamId) -> Result<&Person, Refusal> {
    let chain = company.chain(team);
    let without = "Your team has no leader yet, so nobody can catch it. Ask your administrator to name one.";
    let leader = *chain.first().ok_or_else(|| Refusal::saying(without))?;
    let next = chain.get(1).copied().filter(|_| leader.id == author);
    Ok(next.unwrap_or(leader))
}

/// Throw a new idea with one's name, or with a name that the coach keeps. It goes to the leader of the author's team, or
/// past them to whom the author chose, who has one working day to catch it.
pub async fn throw_idea(tx: &mut Tx, author: &Person, key: ThrowId, new: &NewIdea) -> Moved<ThrownIdea> {
    let company = tx.ask(Company::who_answers(author.id, tx.now())).await?;
    check_problem(tx, author, new.problem).await?;
    throw_in(tx, &company, author, key, new).await
}

/// The same where the company is known, and that its problem is open.
pub async fn throw_in(
    tx: &mut Tx,
    company: &Company,
    author: &Person,
    key: ThrowId,
    new: &NewIdea,
) -> Moved<ThrownIdea> {
    let team = author.team().ok_or_else(in_no_team)?;
    let to = catcher(company, author, team, new)?;
    if new.anonymity == Anonymity::Kept {
        return throw_kept(tx, company, author, (team, to), key, new).await;
    }
    let id = tx.new_id();
    let thrower = Thrower { team, author: author.id, to: to.id };
    let idea = throw_as(tx, company, id, thrower, key, new).await?;
    if new.past.is_some() {
        tell_the_coaches(tx, company, id, &to.name).await?;
    }
    Ok(idea)
}

/// The same with a name that the coach keeps. Nothing of it is dated finer than the day, its address neither; and what a
/// leader throws looks like what one of the team throws past them, for to whom it goes must not tell who threw it.
async fn throw_kept(
    tx: &mut Tx,
    company: &Company,
    author: &Person,
    (team, to): (TeamId, &Person),
    key: ThrowId,
    new: &NewIdea,
) -> Moved<ThrownIdea> {
    let leader = company.chain(team).first().map(|leader| leader.id);
    let past = new.past.or_else(|| (leader != Some(to.id)).then_some(to.id));
    let new = NewIdea { past, ..new.clone() };
    let (now, calendar) = (tx.now(), &company.team(team).ok_or(sqlx::Error::RowNotFound)?.calendar);
    tx.count_from(calendar.day_of(now));
    let id = tx.new_id();
    let thrower = Thrower { team, author: new.anonymity.face(author.id), to: to.id };
    let idea = throw_as(tx, company, id, thrower, key, &new).await?;
    protection::keep(tx, id, author.id).await?;
    if new.past.is_some() {
        tell_the_coaches(tx, company, id, &to.name).await?;
    }
    tx.count_from(now);
    Ok(idea)
}

/// An idea that was just thrown.
#[derive(Clone, Debug)]
pub struct ThrownIdea {
    pub id: IdeaId,
    /// The name of the one who has its ball.
    pub holder: String,
}

const GOES_PAST: &str = "UPDATE idea SET past = $2 WHERE id = $1";

/// Write a new idea and throw its ball; who has it then.
pub async fn throw_as(
    tx: &mut Tx,
    company: &Company,
    id: IdeaId,
    thrower: Thrower,
    key: ThrowId,
    new: &NewIdea,
) -> Moved<ThrownIdea> {
    let calendar = &company.team(thrower.team).ok_or(sqlx::Error::RowNotFound)?.calendar;
    let standins = Standins::in_company(company);
    let name_of = |person| match person {
        COLLEAGUE => String::from("A colleague"),
        SOMEBODY => String::from("Somebody"),
        person => company.person(person).map_or_else(String::new, |known| known.name.clone()),
    };
    let did = new.authority == "did_it";
    let (state, verb, owes, days) = if did {
        (State::Delivered, DID, Owes::Thank, FIVE_DAYS)
    } else {
        (State::New, "throw", Owes::Catch, CATCH_DAYS)
    };
    store::add(tx, id, &thrower, state, new).await?;
    if new.past.is_some() {
        tx.later(db::query(GOES_PAST).bind(id).bind(true)).await?;
    }
    let due_at = calendar.add(tx.now(), calendar.days(days));
    let due_at = Some(if new.anonymity == Anonymity::Kept { kept_until(calendar, tx.now(), due_at) } else { due_at });
    let throw = Throw {
        key,
        subject: Subject::Idea,
        id: id.0,
        team: thrower.team,
        verb,
        by: Some(thrower.author),
        words: "",
        state: state.name(),
        hold: Some(Hold { holder: thrower.to, owes, due_at }),
    };
    let goes_on = balls::store::throw_among(tx, &throw, standins.as_ref()).await?;
    let thrown = Thrown {
        number: 1,
        verb: verb.to_owned(),
        by_id: Some(thrower.author),
        by_name: Some(name_of(thrower.author)),
        words: String::new(),
        at: tx.now(),
        state: state.name().to_owned(),
        holder_id: Some(thrower.to),
        holder_name: Some(name_of(thrower.to)),
        due_at,
    };
    if thrower.author != thrower.to {
        notify::of_throw(tx, id, thrower.to, &thrown, calendar).await?;
    }
    let holder = if goes_on { store::idea(tx, id).await?.holder.unwrap_or_default() } else { name_of(thrower.to) };
    Ok(ThrownIdea { id, holder })
}

/// By when somebody owes something to a kept author: a working day begins with the one after, and ends with its day.
fn kept_until(calendar: &Calendar, thrown_on: DateTime<Utc>, due_at: DateTime<Utc>) -> DateTime<Utc> {
    let due_on = calendar.date_of(due_at);
    let same_day = due_on == calendar.date_of(thrown_on);
    let due_at = if same_day { calendar.add(calendar.closing(due_on), calendar.days(1)) } else { due_at };
    calendar.end_of_day(due_at)
}

fn catcher<'a>(company: &'a Company, author: &Person, team: TeamId, new: &NewIdea) -> Result<&'a Person, Refusal> {
    let Some(past) = new.past else { return first_catcher(company, author.id, team) };
    let known = past_the_leader(company, author.id, team)?.into_iter().find(|above| above.id == past);
    known.ok_or_else(|| Refusal::saying("It can go to your leader or to somebody above. Choose one of the list."))
}

/// To whom one can throw past one's own leader: everybody above, nearest first.
///
/// # Errors
/// As for `first_catcher`.
pub fn past_the_leader(company: &Company, author: PersonId, team: TeamId) -> Result<Vec<&Person>, Refusal> {
    let first = first_catcher(company, author, team)?.id;
    let above = company.chain(team).into_iter().skip(1);
    Ok(above.filter(|above| above.id != author && above.id != first).collect())
}

/// An idea takes up the open problem of another that its author may see.
async fn check_problem(tx: &mut Tx, author: &Person, problem: Option<IdeaId>) -> Moved {
    let Some(problem) = problem else { return Ok(()) };
    let seen = tx.ask(store::seen(problem, author.id)).await?;
    if seen.is_some_and(|idea| has_open_problem(&idea)) {
        return Ok(());
    }
    Err(Refusal::saying("The problem of that idea is not open to be taken up. Throw yours without it.").into())
}

/// Whether its problem is open for other ideas: as long as it has not ended with a change.
pub fn has_open_problem(idea: &Idea) -> bool {
    !matches!(idea.state, State::Done | State::Merged)
}

/// No reason is asked for throwing past one's leader; the coaches hear of it.
async fn tell_the_coaches(tx: &mut Tx, company: &Company, id: IdeaId, to: &str) -> sqlx::Result<()> {
    let words = format!("It was thrown past the team\u{2019}s leader, to {to}. Nobody has to say why.");
    let told: Vec<_> = company.coaches().map(|coach| (coach.id, NoticeKind::News)).collect();
    let now = tx.now();
    notices::store::tell_all(tx, (Subject::Idea, id.0), &words, &told, now).await
}

/// A line in the story that moves no ball: `verb` says what was done, `by` whose face did it.
pub async fn say(
    tx: &mut Tx,
    idea: &Idea,
    key: ThrowId,
    (verb, by): (&str, PersonId),
    words: &str,
) -> sqlx::Result<()> {
    let hold = balls::store::hold_of(tx, Subject::Idea, idea.id.0).await?;
    let (id, team, state) = (idea.id.0, idea.team_id, idea.state.name());
    let throw = Throw { key, subject: Subject::Idea, id, team, verb, by: Some(by), words, state, hold };
    balls::store::throw(tx, &throw).await
}
