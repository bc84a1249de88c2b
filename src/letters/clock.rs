//! What the clock does with letters: the morning post, and forgetting codes that nobody needs any more.
//!
//! Once a working day, when a team opens, what lies in its box becomes ideas.
//!
//! The post goes whether or not anything lies there, so that the day it last went tells nothing. Letters go in the order
//! of their chance numbers. All they leave counts from the opening of the week after the one they were written in: the
//! clock of the transaction shows that moment, and identifiers of their own come from chance alone. Some time after an idea
//! has ended its code is forgotten: what is not there can't be found.

use super::letterbox::Letterbox;
use super::store::letterbox as boxes;
use super::store::mixing::{self, LAID_ANEW};
use super::store::{self, Letter, tidying};
use super::{code, verbs};
use crate::App;
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::Error;
use crate::ideas::throw::{first_catcher, throw_as};
use crate::ideas::{self, Anonymity, NewIdea, Thrower};
use crate::ids::{IdeaId, TeamId, ThrowId};
use crate::moves::{MoveError, Moved, never_refused};
use crate::people::SOMEBODY;
use crate::people::company::Company;
use crate::world::SettableClock;
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a post took something since the tables were last laid anew.
#[derive(Default)]
struct Took(AtomicBool);

/// Whether the post of a team is due: it works now, and the last one went on another day.
fn is_due(calendar: &Calendar, now: DateTime<Utc>, last_on: Option<NaiveDate>) -> bool {
    calendar.is_open(now) && last_on.is_none_or(|last_on| last_on < calendar.date_of(now))
}

/// Deliver where it is due.
pub async fn deliver_due(app: &App) -> Result<(), Error> {
    let mut tx = app.read().await?;
    let (boxes, now) = (tx.ask(boxes::all()).await?, tx.now());
    let due = boxes.into_iter().filter(|unit| unit.secret.is_some() && is_due(&unit.calendar(), now, unit.last_on));
    drop(tx);
    for team in due {
        // A box that fails keeps no other waiting.
        if let Err(error) = deliver(app, &team).await {
            tracing::error!(team = %team.id, ?error, "the post of a team did not go");
        }
    }
    Ok(())
}

async fn deliver(app: &App, team: &Letterbox) -> Result<(), Error> {
    let (world, clock) = SettableClock::world(&app.world);
    let mut tx = app.db.write(&world).await?;
    let (now, last_on) = (tx.now(), boxes::last_post(&mut tx, team.id).await?);
    // Another process may have been first.
    let calendar = team.calendar();
    if !is_due(&calendar, now, last_on) {
        return Ok(());
    }
    boxes::post_went(&mut tx, team.id, calendar.date_of(now)).await?;
    let mut took = 0;
    for letter in store::lying(&mut tx, team.id).await? {
        took += 1;
        clock.set(calendar.counts_from(letter.week));
        tx.look_at_clock();
        throw(app, &mut tx, team.id, letter).await?;
    }
    for word in store::waiting_of_team(&mut tx, team.id).await? {
        took += 1;
        clock.set(calendar.counts_from(word.week));
        tx.look_at_clock();
        if ideas::store::find(&mut tx, word.letter_id).await?.is_some() {
            // Held until the transaction ends.
            let idea = ideas::store::idea(&mut tx, word.letter_id).await?;
            let delivery = verbs::Delivery { waiting: &word, keys: [chance(app), chance(app)], judged_at: now };
            verbs::carry_out(&mut tx, &idea, &delivery).await.map_err(never_refused)?;
            store::remove_waiting(&mut tx, word.id).await?;
        }
    }
    tx.commit().await?;
    if took > 0 {
        app.memory::<Took>().0.store(true, Ordering::Relaxed);
    }
    Ok(())
}

fn chance(app: &App) -> ThrowId {
    ThrowId(app.world.chance_id())
}

/// A letter becomes an idea. It goes on lying there when nobody could catch it now.
async fn throw(app: &App, tx: &mut Tx, team: TeamId, letter: Letter) -> Result<(), Error> {
    let id = letter.id;
    let new = NewIdea { text: letter.text, anonymity: Anonymity::Nameless, ..NewIdea::default() };
    match catch_and_throw(app, tx, (id, team), &new).await {
        Ok(()) => Ok(store::delivered(tx, id).await?),
        Err(MoveError::Refused(_)) => Ok(()),
        Err(MoveError::Failed(error)) => Err(error),
    }
}

async fn catch_and_throw(app: &App, tx: &mut Tx, (id, team): (IdeaId, TeamId), new: &NewIdea) -> Moved {
    let company = tx.ask(Company::who_answers(SOMEBODY, tx.now())).await?;
    let to = first_catcher(&company, SOMEBODY, team)?.id;
    throw_as(tx, &company, id, Thrower { team, author: SOMEBODY, to }, chance(app), new).await?;
    Ok(())
}

/// With each turn, on PostgreSQL: write anew what lies in the boxes. Each row carries the number of the transaction that
/// wrote it; so it tells the turn, and not when a letter came.
pub async fn stir(app: &App) -> Result<(), Error> {
    if app.db.engine() == "SQLite" {
        return Ok(());
    }
    let mut tx = app.write_unseen().await?;
    if mixing::mix(&mut tx).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// After a post that took something, at the end of the turn: lay anew what came of letters, so that neither its place in
/// the files nor the number of a transaction tells on which morning it came.
pub async fn tidy(app: &App) -> Result<(), Error> {
    let took = app.memory::<Took>();
    if !took.0.load(Ordering::Relaxed) && !app.db.has_large_ones_left() {
        return Ok(());
    }
    let mut tx = app.read().await?;
    let (boxes, now) = (tx.ask(boxes::all()).await?, tx.now());
    drop(tx);
    let is_anybody_there = boxes.iter().any(|unit| unit.head_id.is_none() && unit.calendar().is_open(now));
    if app.db.engine() == "SQLite" {
        if app.db.write_anew(is_anybody_there).await? {
            took.0.store(false, Ordering::Relaxed);
        }
        return Ok(());
    }
    if took.0.swap(false, Ordering::Relaxed) {
        tidying::tidy(app).await?;
    }
    if !is_anybody_there {
        app.db.lay_large_ones(&app.world).await;
    }
    Ok(())
}

/// Forget the codes whose time is over. Letters in their boxes, and those with words that wait for the post, stay.
pub async fn forget(app: &App) -> Result<(), Error> {
    let mut tx = app.read().await?;
    let before = tx.now() - code::GOOD_FOR;
    let some = store::has_expired(&mut tx, before).await?;
    // A reader that stays keeps the log from being emptied.
    drop(tx);
    if some {
        let mut tx = app.write_unseen().await?;
        store::forget_expired(&mut tx, before).await?;
        tx.commit().await?;
        // On PostgreSQL a deleted row stays in the file of its table until that is laid anew.
        app.db.leave_no_trace(&app.world, &LAID_ANEW).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_post_goes_once_a_working_day_when_the_team_opens() {
        let calendar = Calendar::usual(chrono_tz::Europe::London);
        let due = |now: &str, last: Option<&str>| {
            is_due(&calendar, now.parse().unwrap(), last.map(|last| last.parse().unwrap()))
        };
        assert!(due("2026-03-04T08:00:00Z", Some("2026-03-03")));
        assert!(!due("2026-03-04T07:59:00Z", Some("2026-03-03")), "before the team opens");
        assert!(!due("2026-03-04T16:00:00Z", Some("2026-03-04")), "it went this morning");
        assert!(!due("2026-03-07T10:00:00Z", Some("2026-03-06")), "nobody works on Saturday");
        assert!(
            due("2026-03-09T15:00:00Z", Some("2026-03-06")),
            "after the program stood still it goes as soon as it can"
        );
        assert!(due("2026-03-04T09:00:00Z", None));
    }
}
