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
use super::store::{self, Letter};
use super::{code, verbs};
use crate::App;
use crate::calendar::Calendar;
use crate::db::{Sql, Tx};
use crate::error::Error;
use crate::ideas::throw::{first_catcher, throw_as};
use crate::ideas::{self, Anonymity, NewIdea, Thrower};
use crate::ids::{IdeaId, TeamId, ThrowId};
use crate::moves::{MoveError, Moved, never_refused};
use crate::people::SOMEBODY;
use crate::people::company::Company;
use crate::world::SettableClock;
use chrono::{DateTime, NaiveDate, Utc};

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
        rewrite_in_order(app, &TIDY).await;
    }
    Ok(())
}

// On PostgreSQL the place of a row in its table tells between which others it was written, and a dump shows it.
const TIDY: [Sql; 10] = [
    Sql::either("SELECT 1", "CLUSTER notice USING notice_pkey"),
    Sql::either("SELECT 1", "CLUSTER found_thing USING found_thing_pkey"),
    Sql::either("SELECT 1", "CLUSTER found_word USING found_word_pkey"),
    Sql::either("SELECT 1", "CLUSTER team_word USING team_word_pkey"),
    Sql::either("SELECT 1", "CLUSTER spelling USING spelling_pkey"),
    Sql::either("SELECT 1", "CLUSTER idea USING idea_pkey"),
    Sql::either("SELECT 1", "CLUSTER throw USING throw_pkey"),
    Sql::either("SELECT 1", "CLUSTER promise USING promise_pkey"),
    Sql::either("SELECT 1", "CLUSTER promise_term USING promise_term_pkey"),
    Sql::either("SELECT 1", "CLUSTER ball USING ball_pkey"),
];

/// Rewrite the tables that took something, their rows in the order of their identifiers. While somebody else reads
/// for long, such as a backup, it is left to the next post.
async fn rewrite_in_order(app: &App, tables: &[Sql]) {
    for table in tables {
        if let Err(error) = rewrite_one(app, *table).await {
            tracing::warn!(%error, "the rows of a table were not laid anew; the next time does it");
        }
    }
}

/// One table a transaction: each is locked for itself alone while it is rewritten.
async fn rewrite_one(app: &App, statement: Sql) -> sqlx::Result<()> {
    let mut tx = app.write().await?;
    tx.query(statement).execute().await?;
    tx.commit().await
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

// On PostgreSQL a deleted row stays in the file of its table until that is laid anew.
const LETTERS: [Sql; 1] = [Sql::either("SELECT 1", "CLUSTER letter USING letter_pkey")];

/// Forget the codes whose time is over. Letters in their boxes, and those with words that wait for the post, stay.
pub async fn forget(app: &App) -> Result<(), Error> {
    let mut tx = app.read().await?;
    let before = tx.now() - code::GOOD_FOR;
    let some = store::has_expired(&mut tx, before).await?;
    // A reader that stays keeps the log from being emptied.
    drop(tx);
    if some {
        let mut tx = app.write_quietly().await?;
        store::forget_expired(&mut tx, before).await?;
        tx.commit().await?;
        app.db.empty_log().await;
        rewrite_in_order(app, &LETTERS).await;
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
