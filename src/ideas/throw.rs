//! How an idea is thrown: to the leader of the team, past them to a next level, or as something that was done already.

use super::past::DID;
use super::{Anonymity, CATCH_DAYS, FIVE_DAYS, Idea, Named, NewIdea, State, Thrower, notify, protection, store};
use crate::balls::handing::Standins;
use crate::balls::{self, Hold, Owes, Subject, Throw, Thrown};
use crate::calendar::Written;
use crate::db::{self, Ask, Tx};
use crate::ids::{IdeaId, PersonId, TeamId, ThrowId};
use crate::moves::{Moved, Refusal};
use crate::notices::{self, Notice};
use crate::people::{self, Person, absences};

/// To whom a new idea of this author goes first: the team's leader, or the next level of a leader who throws.
pub async fn first_catcher(tx: &mut Tx, author: &Person, team: TeamId) -> Moved<Named> {
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

/// Throw a new idea with one's name, or with a name that the coach keeps. It goes to the leader of the author's team, or
/// past them to whom the author chose, who has one working day to catch it.
pub async fn throw_idea(tx: &mut Tx, author: &Person, key: ThrowId, new: &NewIdea) -> Moved<ThrownIdea> {
    let Some(team) = author.team() else {
        return Err(Refusal::saying("Ideas are thrown by the people of a team, and you are in none.").into());
    };
    let to = catcher(tx, author, team, new).await?;
    check_problem(tx, author, new.problem).await?;
    let id = tx.new_id();
    let thrower = Thrower { team, author: new.anonymity.face(author.id), to };
    let idea = throw_as(tx, id, thrower, key, new).await?;
    if new.anonymity == Anonymity::Kept {
        protection::keep(tx, id, author.id).await?;
    }
    if new.past.is_some() {
        tell_the_coach(tx, id, to).await?;
    }
    Ok(idea)
}

/// An idea that was just thrown.
#[derive(Clone, Debug)]
pub struct ThrownIdea {
    pub id: IdeaId,
    /// The name of the one who has its ball.
    pub holder: String,
}

#[derive(sqlx::FromRow)]
struct Faces {
    #[sqlx(flatten)]
    written: Written,
    author: String,
    catcher: String,
}

const FACES: &str = "
    SELECT team.zone, team.days, team.hours, team.holidays, author.name AS author, catcher.name AS catcher
    FROM team
    JOIN person AS author ON author.id = $2
    JOIN person AS catcher ON catcher.id = $3
    WHERE team.id = $1";

/// The working time of the team, and the names of the one who throws and the one who catches.
fn faces(thrower: &Thrower) -> Ask<Faces> {
    db::query_as(FACES).bind(thrower.team).bind(thrower.author).bind(thrower.to).one()
}

const GOES_PAST: &str = "UPDATE idea SET past = $2 WHERE id = $1";

/// Write a new idea and throw its ball; who has it then.
pub async fn throw_as(tx: &mut Tx, id: IdeaId, thrower: Thrower, key: ThrowId, new: &NewIdea) -> Moved<ThrownIdea> {
    let (faces, away) = tx.ask((faces(&thrower), absences::store::around(tx.now()))).await?;
    let (calendar, standins) = (faces.written.calendar(), Standins::among(tx, away).await?);
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
    let due_at = Some(calendar.add(tx.now(), calendar.days(days)));
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
        by_name: Some(faces.author),
        words: String::new(),
        at: tx.now(),
        state: state.name().to_owned(),
        holder_id: Some(thrower.to),
        holder_name: Some(faces.catcher.clone()),
        due_at,
    };
    if thrower.author != thrower.to {
        notify::of_throw(tx, id, thrower.to, &thrown, &calendar).await?;
    }
    let holder = if goes_on { store::idea(tx, id).await?.holder.unwrap_or_default() } else { faces.catcher };
    Ok(ThrownIdea { id, holder })
}

async fn catcher(tx: &mut Tx, author: &Person, team: TeamId, new: &NewIdea) -> Moved<PersonId> {
    let Some(past) = new.past else { return Ok(first_catcher(tx, author, team).await?.id) };
    let known = past_the_leader(tx, author, team).await?;
    if known.iter().any(|above| above.id == past) {
        return Ok(past);
    }
    Err(Refusal::saying("It can go to your leader or to somebody above. Choose one of the list.").into())
}

/// To whom one can throw past one's own leader: everybody above, nearest first.
pub async fn past_the_leader(tx: &mut Tx, author: &Person, team: TeamId) -> Moved<Vec<Named>> {
    let first = first_catcher(tx, author, team).await?;
    let chain = store::chain(tx, team).await?;
    let above = chain.into_iter().skip(1).filter(|above| above.id != author.id && above.id != first.id);
    Ok(above.collect())
}

/// An idea takes up the open problem of another that its author may see.
async fn check_problem(tx: &mut Tx, author: &Person, problem: Option<IdeaId>) -> Moved {
    let Some(problem) = problem else { return Ok(()) };
    let seen = store::seen(tx, problem, author.id).await?;
    if seen.is_some_and(|idea| has_open_problem(&idea)) {
        return Ok(());
    }
    Err(Refusal::saying("The problem of that idea is not open to be taken up. Throw yours without it.").into())
}

/// Whether its problem is open for other ideas: as long as it has not ended with a change.
pub fn has_open_problem(idea: &Idea) -> bool {
    !matches!(idea.state, State::Done | State::Merged)
}

/// No reason is asked for throwing past one's leader; the coach hears of it.
async fn tell_the_coach(tx: &mut Tx, id: IdeaId, to: PersonId) -> sqlx::Result<()> {
    let to = people::store::person(tx, to).await?.map_or_else(String::new, |to| to.name);
    for coach in store::coaches(tx).await? {
        let words = format!("It was thrown past the team\u{2019}s leader, to {to}. Nobody has to say why.");
        let notice =
            Notice { person: coach.id, kind: notices::NoticeKind::News, subject: Subject::Idea, id: id.0, words };
        notices::store::tell(tx, &notice).await?;
    }
    Ok(())
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
