//! What happens to standards when nobody moves.
//!
//! A check comes due and is missed, a measure slips, an experiment on one ends, an owner is not here any more, somebody
//! new has to be shown what the team does.

use super::shown::{self, Answer};
use super::watch::Watch;
use super::{Standard, State, Verb, holding, notify, store, verbs};
use crate::App;
use crate::db::{Ask, Tx, query, query_as};
use crate::error::Error;
use crate::ids::{PersonId, StandardId};
use crate::measures::series::series;
use crate::moves::{Move, Moved};
use crate::notices::NoticeKind;
use crate::people::{COLLEAGUE, SOMEBODY};
use chrono::{DateTime, TimeDelta, Utc};

/// Let the clocks of all standards run, each in a transaction of its own; one that fails keeps no other waiting.
///
/// It reads first, so that nothing is written while nothing is due. Each standard is asked again in the transaction that
/// writes, so that nothing is done twice.
///
/// # Errors
/// When the database does not answer.
pub async fn turn(app: &App) -> Result<(), Error> {
    let mut tx = app.read().await?;
    let now = tx.now();
    let (due, not_told, month, held) =
        tx.ask((due(now), shown::not_told(), holding::newest(), holding::held(now))).await?;
    drop(tx);
    for id in due {
        let mut tx = app.write().await?;
        match turn_one(&mut tx, id).await {
            Ok(true) => tx.commit().await?,
            Ok(false) => {}
            Err(error) => tracing::error!(standard = %id, ?error, "the clock of a standard did not turn"),
        }
    }
    if !not_told.is_empty() {
        let mut tx = app.write().await?;
        tell_of(&mut tx).await?;
        tx.commit().await?;
    }
    if held.older > 0 && holding::is_over(month, now) {
        let mut tx = app.write().await?;
        holding::count(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Let all of them run in one transaction, where everything is one: in the example.
///
/// # Errors
/// When a verb is refused or the database does not answer.
pub async fn turn_all(tx: &mut Tx) -> Moved {
    let now = tx.now();
    let (due, month, held) = tx.ask((due(now), holding::newest(), holding::held(now))).await?;
    for id in due {
        turn_one(tx, id).await?;
    }
    tell_of(tx).await?;
    if held.older > 0 && holding::is_over(month, now) {
        holding::count(tx).await?;
    }
    Ok(())
}

const DUE: &str = "
    WITH near AS MATERIALIZED (SELECT sight.person_id, sight.team_id FROM sight)
    SELECT standard.id FROM standard WHERE standard.state = 'holding' AND standard.next_check_on <= $2
    UNION
    SELECT standard.id FROM standard JOIN ball ON ball.subject = 'standard' AND ball.subject_id = standard.id
    WHERE standard.state = 'check_due' AND ball.due_at < $1
    UNION
    SELECT standard.id FROM standard
    WHERE standard.state IN ('holding', 'check_due') AND standard.measure_id IS NOT NULL
      AND EXISTS (SELECT 1 FROM measure_value WHERE measure_value.measure_id = standard.measure_id
                  AND (standard.watched_at IS NULL OR measure_value.entered_at > standard.watched_at))
    UNION
    SELECT standard.id FROM standard JOIN experiment ON experiment.id = standard.improving_id
    WHERE experiment.state IN ('adapted', 'abandoned', 'dropped')
    UNION
    SELECT standard.id FROM standard JOIN ball ON ball.subject = 'standard' AND ball.subject_id = standard.id
    WHERE standard.owner_id NOT IN ($3, $4)
      AND (NOT EXISTS (SELECT 1 FROM near WHERE near.person_id = standard.owner_id AND near.team_id = standard.team_id)
           OR ball.holder_id NOT IN ($3, $4)
              AND NOT EXISTS (SELECT 1 FROM near WHERE near.person_id = ball.holder_id
                              AND near.team_id = standard.team_id)
              AND standard.state <> 'improving')";

/// The standards that may have something to do by themselves.
fn due(now: DateTime<Utc>) -> Ask<Vec<StandardId>> {
    // It is tomorrow already where a team is far to the east; each is asked by its own calendar.
    let day = (now + TimeDelta::hours(14)).date_naive();
    query_as::<(StandardId,)>(DUE).bind(now).bind(day).bind(COLLEAGUE).bind(SOMEBODY).all().map(ids)
}

fn ids(rows: Vec<(StandardId,)>) -> Vec<StandardId> {
    rows.into_iter().map(|(id,)| id).collect()
}

/// Let the clock of one standard run; whether anything was written.
///
/// # Errors
/// When a verb is refused or the database does not answer.
pub async fn turn_one(tx: &mut Tx, id: StandardId) -> Moved<bool> {
    let mut moved = false;
    // Each step may make another one possible: an owner is gone, and then the check is due.
    for _ in 0..4 {
        let Some(standard) = tx.ask(store::find(id)).await? else { return Ok(moved) };
        if !step_of(tx, &standard).await? {
            // What its measure shows comes last: it may be the first to see that somebody else has the ball now.
            return Ok(look_at_measure(tx, &standard).await? || moved);
        }
        moved = true;
    }
    Ok(moved)
}

async fn step_of(tx: &mut Tx, standard: &Standard) -> Moved<bool> {
    let this = Move::of_clock(tx);
    if !standard.state.is_open() {
        return Ok(false);
    }
    if is_gone(tx, standard, standard.owner_id).await? {
        return verbs::hand_on(tx, standard).await;
    }
    if let Some(holder) = standard.placed.holder_id
        && holder != standard.owner_id
        && standard.state != State::Improving
        && is_gone(tx, standard, holder).await?
    {
        return verbs::throw_again(tx, standard).await.map(|()| true);
    }
    if let Some(experiment) = standard.improving_id {
        return verbs::follow_experiment(tx, standard, experiment).await;
    }
    if let Some(verb) = standard.run_out(tx.now()) {
        let words = if verb == Verb::Drift { "Two checks were missed." } else { "" };
        return verbs::act(tx, standard, Move { words, ..this }, verb).await.map(|_| true);
    }
    Ok(false)
}

const UNSEEN: &str = "
    SELECT COUNT(*) FROM standard
    WHERE standard.id = $1 AND standard.state IN ('holding', 'check_due')
      AND EXISTS (SELECT 1 FROM measure_value WHERE measure_value.measure_id = standard.measure_id
                  AND (standard.watched_at IS NULL OR measure_value.entered_at > standard.watched_at))";

/// Read its measure when there are numbers that the standard has not seen; whether there were.
async fn look_at_measure(tx: &mut Tx, standard: &Standard) -> Moved<bool> {
    let (unseen,): (i64,) = tx.query_as(UNSEEN).bind(standard.id).one().await?;
    let Some(measure) = standard.text.measure_id.filter(|_| unseen > 0) else { return Ok(false) };
    watched(tx, standard.id).await?;
    let Some(series) = tx.ask(series(measure)).await? else { return Ok(true) };
    if let Watch::Slipped(slip) = standard.watched(&series) {
        verbs::slip(tx, standard, &slip).await?;
    }
    Ok(true)
}

const SEES: &str = "SELECT COUNT(*) FROM sight WHERE person_id = $1 AND team_id = $2";

/// Whether somebody does not belong to the team, nor to those above it, any more. Placeholders always do.
async fn is_gone(tx: &mut Tx, standard: &Standard, person: PersonId) -> sqlx::Result<bool> {
    if [COLLEAGUE, SOMEBODY].contains(&person) {
        return Ok(false);
    }
    let (sees,): (i64,) = tx.query_as(SEES).bind(person).bind(standard.team_id).one().await?;
    Ok(sees == 0)
}

/// Tell those who were not told yet of the standards of their team.
pub async fn tell_of(tx: &mut Tx) -> Result<(), Error> {
    for (id, person) in tx.ask(shown::not_told()).await? {
        let Some(standard) = tx.ask(store::find(id)).await? else { continue };
        shown::say(tx, id, person, Answer::Told, "").await?;
        let words = format!(
            "Our way in your team: {}. Let somebody show it to you, and say whether you can do it.",
            standard.text.name
        );
        notify::tell(tx, id, person, NoticeKind::News, &words).await?;
    }
    Ok(())
}

const WATCHED: &str = "UPDATE standard SET watched_at = $2 WHERE id = $1";

/// The measure of a standard was looked at.
pub async fn watched(tx: &mut Tx, id: StandardId) -> sqlx::Result<()> {
    let now = tx.now();
    tx.later(query(WATCHED).bind(id).bind(now)).await
}
