//! The example company Larkfield Pumps: the charts of three teams, their ideas and promises, and in Field North a chain
//! from a hurt to a standard that a stranger can walk through.
//!
//! The files in `story` list everybody and tell what they did, `series` holds the values of the measures. `company` adds
//! the people, `script` reads the story, dated by `dates`, and `replay` plays it in the order of time through the same
//! verbs that people use, with a clock that is set back; `clocks` lets end what ends by itself. `pages` are the one-click
//! sign-ins and the way out, `loading` loads it beside the requests, `store` empties the tables.
//!
//! Two ideas have an author whose name the coach keeps and who has no name in the example at all. Nobody stands in the
//! table of kept names for them: not even somebody who reads the database can learn who threw them. So the placeholder
//! throws them, and says what only an author can say.

mod clocks;
mod company;
mod dates;
pub mod guests;
pub mod loading;
pub mod pages;
mod progress;
mod replay;
mod script;
mod series;
pub mod store;

use crate::calendar::Calendar;
use crate::db::Db;
use crate::letters;
use crate::library;
use crate::notices;
use crate::people;
use crate::world::{SettableClock, World};
use anyhow::{Context, ensure};
use chrono::TimeDelta;
use company::Company;
use dates::Time;
use progress::Progress;
use replay::Replay;

/// Load the example into an empty database, all of it or nothing.
///
/// # Errors
/// When there is a company already, when an event of the script is refused, or when the database does not answer.
pub async fn load(db: &Db, world: &World) -> anyhow::Result<()> {
    load_counting(db, world, &Progress::default()).await
}

/// The same, counting its steps.
async fn load_counting(db: &Db, world: &World, progress: &Progress) -> anyhow::Result<()> {
    let calendar = Calendar::usual(chrono_tz::Europe::London);
    let time = Time::new(world.now(), calendar.clone());
    let (world, clock) = SettableClock::world(world);
    let mut tx = db.write(&world).await?;
    ensure!(tx.ask(people::store::organisation()).await?.is_none(), "there is a company in this database already");
    clock.set(time.moment("W-52 Mon 08:00")?);
    tx.look_at_clock();
    let company = Company::assemble(&mut tx, &calendar).await?;
    let mut replay = Replay::new(company, time.clone());
    let events = script::read(&time)?;
    progress.begins(events.len());
    let mut standards = clocks::Standards::default();
    for event in events {
        clocks::turn_until(&mut tx, &clock, event.at).await?;
        clock.set(event.at);
        tx.look_at_clock();
        standards.turn(&mut tx, &time, matches!(event.what, script::What::Measure(_))).await?;
        let what = format!("{} on {} at {}", event.step.by, event.step.on, event.at);
        replay.play(&mut tx, event).await.context(what)?;
        progress.goes_on();
    }
    let now = time.now();
    clocks::turn_until(&mut tx, &clock, now).await?;
    clock.set(now);
    tx.look_at_clock();
    standards.turn(&mut tx, &time, true).await?;
    library::clock::take_all(&mut tx).await?;
    // What happened in the last days is new to the people of the example, the rest they have seen.
    let recently = tx.now() - TimeDelta::days(2);
    notices::store::see_older(&mut tx, recently).await?;
    letters::put_up::stand(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}
