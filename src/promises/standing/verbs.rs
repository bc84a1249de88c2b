//! What people do with standing promises.

use super::{Part, Standing, State, Verb, store};
use crate::balls::{self, Deed, Hold, Subject, Throw};
use crate::db::Tx;
use crate::ideas::{self, Refusal, Trouble, protection};
use crate::ids::{IdeaId, PromiseId, TeamId};
use crate::people::{self, Person};
use crate::promises::At;
use crate::promises::moving::{Mover, calendar_of, check_words};
use crate::promises::store::{Named, name};

type Result<T, E = Trouble> = std::result::Result<T, E>;

/// A leader gives a promise without a day, to everybody.
pub async fn stand(tx: &mut Tx, deed: &Deed<'_>, what: &str) -> Result<PromiseId> {
    if !deed.by.leads() {
        return Err(Refusal::saying("Standing promises are given by those who lead.").into());
    }
    if what.trim().is_empty() {
        return Err(Refusal::saying("Say what will hold, in a sentence.").into());
    }
    let team = team_of(tx, deed.by).await?;
    let calendar = calendar_of(tx, team).await?;
    let today = calendar.date_of(tx.now());
    let standing = store::add(tx, team, deed.by.id, what.trim(), today).await?;
    let hold = standing.hold(&At::once(&calendar, tx.now()));
    throw(tx, &standing, "stand", Mover::from(deed), hold).await?;
    Ok(standing.id)
}

/// By whose working time the clocks of a leader's standing promise run: their team's, or the first they see.
async fn team_of(tx: &mut Tx, leader: &Person) -> Result<TeamId> {
    if let Some(team) = leader.team() {
        return Ok(team);
    }
    let seen = people::store::seen_teams(tx, leader.id).await?;
    let first = seen.first().map(|team| team.id);
    first.ok_or_else(|| Refusal::saying("You lead no team yet, so there is nobody to promise it to.").into())
}

/// Anybody points at a case in which it may not have held; the promiser answers within two working days.
pub async fn point_at(tx: &mut Tx, standing: &Standing, deed: &Deed<'_>, idea: Option<IdeaId>) -> Result<()> {
    if let Some(idea) = idea
        && ideas::store::seen(tx, idea, deed.by.id).await?.is_none()
    {
        return Err(Refusal::saying("This idea is not there for you. Point without it.").into());
    }
    // Whoever points from their own kept idea stands there as on the idea.
    let face = protection::acting_on(tx, idea, deed.by).await?;
    play(tx, standing, Verb::PointAt, &Deed { by: &face, ..*deed }).await?;
    name(tx, deed.key, standing.id, &Named { idea, ..Named::default() }).await?;
    Ok(())
}

/// The promiser answers the case in words that everybody can read; the promise stands on.
pub async fn answer_case(tx: &mut Tx, standing: &Standing, deed: &Deed<'_>) -> Result<()> {
    play(tx, standing, Verb::AnswerCase, deed).await
}

/// The promiser says that it still stands, with a line; asked again in 180 days.
pub async fn review(tx: &mut Tx, standing: &Standing, deed: &Deed<'_>) -> Result<()> {
    play(tx, standing, Verb::Review, deed).await
}

/// The promiser gives notice, with a reason: it stands for thirty more days and then ends.
pub async fn revoke(tx: &mut Tx, standing: &Standing, deed: &Deed<'_>) -> Result<()> {
    play(tx, standing, Verb::Revoke, deed).await
}

/// Its day has come: it ends.
pub async fn run_out(tx: &mut Tx, standing: &Standing) -> Result<()> {
    let Some(verb) = standing.run_out(tx.now()) else { return Ok(()) };
    let mover = Mover::clock(tx);
    make(tx, standing, verb, Part::Clock, mover).await
}

async fn play(tx: &mut Tx, standing: &Standing, verb: Verb, deed: &Deed<'_>) -> Result<()> {
    make(tx, standing, verb, standing.part(deed.by.id), Mover::from(deed)).await
}

async fn make(tx: &mut Tx, standing: &Standing, verb: Verb, part: Part, mover: Mover<'_>) -> Result<()> {
    let calendar = calendar_of(tx, standing.team_id).await?;
    let (next, hold) = standing.after(verb, part, &At::once(&calendar, tx.now()))?;
    check_words(verb, mover.words)?;
    store::change(tx, standing, &next).await?;
    throw(tx, &next, verb.name(), mover, hold).await
}

async fn throw(tx: &mut Tx, next: &Standing, verb: &str, mover: Mover<'_>, hold: Option<Hold>) -> Result<()> {
    let state: State = next.state;
    let throw = Throw {
        key: mover.key,
        subject: Subject::Promise,
        id: next.id.0,
        team: next.team_id,
        verb,
        by: mover.by,
        words: mover.words,
        state: state.name(),
        hold,
    };
    balls::store::throw(tx, &throw).await?;
    Ok(())
}
