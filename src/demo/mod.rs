//! The example company Larkfield Pumps: the charts of three teams, their ideas and promises, and in Field North a chain
//! from a hurt to a standard that a stranger can walk through.
//!
//! `people` lists everybody and `cast` lets them in; `measures`, `ideas`, `promises`, `experiments` and `standards` write
//! the `script` of what they did, dated by `time`; the `stage` plays it in the order of time through the same verbs that
//! people use, with a clock that is set back, and `clocks` lets end what ends by itself. `pages` and `edit` are the
//! one-click sign-ins and the way out, `store` empties the tables.
//!
//! Two ideas have an author whose name the coach keeps and who has no name in the example at all. Nobody stands in the
//! table of kept names for them: not even somebody who reads the database can learn who threw them. So the placeholder
//! throws them, and says what only an author can say.

mod cast;
mod clocks;
pub mod edit;
mod experiments;
mod ideas;
mod measures;
pub mod pages;
pub mod people;
mod promises;
mod script;
mod stage;
mod standards;
pub mod store;
pub mod time;

use crate::calendar::Calendar;
use crate::db::Db;
use crate::notices;
use crate::people::store::organisation;
use crate::world::World;
use anyhow::{Context, ensure};
use cast::Cast;
use chrono::{TimeDelta, Weekday};
use script::Script;
use stage::Stage;
use time::{SetBack, Time};

/// Load the example into an empty database, all of it or nothing.
///
/// # Errors
/// When there is a company already, when a deed of the script is refused, or when the database does not answer.
pub async fn load(db: &Db, world: &World) -> anyhow::Result<()> {
    let calendar = Calendar::usual(chrono_tz::Europe::London);
    let time = Time::new(world.now(), calendar.clone());
    let (world, clock) = SetBack::world(world);
    let mut tx = db.write(&world).await?;
    ensure!(organisation(&mut tx).await?.is_none(), "there is a company in this database already");
    clock.set(time.at(-52, Weekday::Mon, (8, 0)));
    tx.look_at_clock();
    let cast = Cast::assemble(&mut tx, &calendar).await?;
    let mut script = Script::new(time.clone());
    measures::write(&mut script);
    ideas::write(&mut script);
    promises::write(&mut script);
    experiments::write(&mut script);
    standards::write(&mut script);
    let mut stage = Stage::new(cast, time.clone());
    for deed in script.in_order() {
        clocks::turn_until(&mut tx, &clock, deed.at).await?;
        clock.set(deed.at);
        tx.look_at_clock();
        let what = format!("{:?} on {} at {}", deed.by, deed.on, deed.at);
        stage.play(&mut tx, deed).await.context(what)?;
    }
    let now = time.now();
    clocks::turn_until(&mut tx, &clock, now).await?;
    clock.set(now);
    tx.look_at_clock();
    // What happened in the last days is new to the people of the example, the rest they have seen.
    let recently = tx.now() - TimeDelta::days(2);
    notices::store::see_older(&mut tx, recently).await?;
    tx.commit().await?;
    Ok(())
}
