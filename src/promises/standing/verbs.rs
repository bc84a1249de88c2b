//! What people do with standing promises.

use super::{StandingPromise, store};
use crate::balls::by_day::dated;
use crate::balls::{self, Subject};
use crate::db::Tx;
use crate::ideas::{self, protection};
use crate::ids::{IdeaId, PromiseId, TeamId};
use crate::moves::{Move, Moved, Refusal};
use crate::people::{self, Person, calendars};
use crate::promises::store::{Term, add_term};
use crate::promises::verbs::check_words;
use crate::promises::{Moment, Part, Verb};

/// A leader gives a promise without a day, to everybody.
pub async fn stand(tx: &mut Tx, this: Move<'_>, what: &str) -> Moved<PromiseId> {
    let leader = this.person().filter(|person| person.leads());
    let leader = leader.ok_or_else(|| Refusal::not_yours("Standing promises are given by those who lead."))?;
    if what.trim().is_empty() {
        return Err(Refusal::at("what", "Say what will hold, in a sentence.").into());
    }
    let team = team_of(tx, leader).await?;
    let calendar = calendars::of_team(tx, team).await?;
    let today = calendar.date_of(tx.now());
    let standing = store::add(tx, team, leader.id, what.trim(), today).await?;
    let hold = standing.hold(&Moment::once(&calendar, tx.now()));
    let throw = this.throw((Subject::Promise, standing.id.0, team), "stand", standing.state.name(), hold);
    balls::store::throw(tx, &throw).await?;
    Ok(standing.id)
}

/// By whose working time the clocks of a leader's standing promise run: their team's, or the first they see.
async fn team_of(tx: &mut Tx, leader: &Person) -> Moved<TeamId> {
    if let Some(team) = leader.team() {
        return Ok(team);
    }
    let seen = tx.ask(people::store::teams_in_sight(leader.id)).await?;
    let first = seen.first().map(|team| team.id);
    first.ok_or_else(|| Refusal::saying("You lead no team yet, so there is nobody to promise it to.").into())
}

/// Anybody points at a case in which it may not have held; the promiser answers within two working days.
pub async fn point_at(tx: &mut Tx, standing: &StandingPromise, this: Move<'_>, idea: Option<IdeaId>) -> Moved {
    let person = this.person().ok_or_else(|| Refusal::saying("Only a person points at a case."))?;
    if let Some(idea) = idea
        && tx.ask(ideas::store::seen(idea, person.id)).await?.is_none()
    {
        return Err(Refusal::saying("This idea is not there for you. Point without it.").into());
    }
    // Whoever points from their own kept idea stands there as on the idea.
    let face = protection::acting_on(tx, idea, person).await?;
    act(tx, standing, Move::of(this.key, &face, this.words), Verb::PointAt).await?;
    Ok(add_term(tx, this.key, standing.id, Term { idea_id: idea, ..Term::default() }).await?)
}

/// Any other move on a standing promise, by a person or by its clock.
pub async fn act(tx: &mut Tx, standing: &StandingPromise, this: Move<'_>, verb: Verb) -> Moved {
    let part = this.person_id().map_or(Part::Clock, |person| standing.part(person));
    let calendar = standing.calendar();
    let (next, hold) = standing.after(verb, &[part], &Moment::once(&calendar, tx.now()))?;
    check_words(verb, this.words)?;
    store::change(tx, standing, &next).await?;
    let now = tx.now();
    let hold = dated(tx, this.person_id(), &calendar, hold);
    let throw = this.throw((Subject::Promise, next.id.0, next.team_id), verb.name(), next.state.name(), hold);
    balls::store::throw(tx, &throw).await?;
    tx.count_from(now);
    Ok(())
}
