//! The clocks of the example: what ends by itself when nobody moves ends at its own time, before the next deed.

use super::dates::Time;
use crate::balls::Subject;
use crate::db::Tx;
use crate::ideas::transition::{Details, Transition};
use crate::ideas::{self, clock};
use crate::ids::{IdeaId, PromiseId};
use crate::moves::Move;
use crate::promises;
use crate::standards;
use crate::world::SettableClock;
use anyhow::{Context, ensure};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

const NEXT: &str = "
    SELECT subject, subject_id, due_at FROM ball
    WHERE due_at < $1 AND (subject = 'idea' AND owes IN ('reply', 'judge', 'confirm', 'wake')
                           OR subject = 'promise' AND owes IN ('keep', 'agree', 'confirm', 'end'))
    ORDER BY due_at, subject_id LIMIT 1";

/// Let all clocks run that run out before a moment, each at its time, the earliest first.
pub async fn turn_until(tx: &mut Tx, clock: &SettableClock, moment: DateTime<Utc>) -> anyhow::Result<()> {
    loop {
        let next: Option<(Subject, Uuid, DateTime<Utc>)> = tx.query_as(NEXT).bind(moment).optional().await?;
        let Some((subject, id, due_at)) = next else { return Ok(()) };
        clock.set((due_at + TimeDelta::minutes(1)).min(moment));
        tx.look_at_clock();
        if subject == Subject::Idea {
            turn_idea(tx, IdeaId(id)).await?;
        } else {
            let turned = promises::clock::turn_one(tx, PromiseId(id)).await?;
            ensure!(turned, "the clock of a promise stands still");
        }
    }
}

/// The clocks of standards: once a day, and after numbers came.
#[derive(Default)]
pub struct Standards {
    day: Option<NaiveDate>,
    numbers_came: bool,
}

impl Standards {
    /// Before something else happens; `numbers` says whether that may bring numbers.
    pub async fn turn(&mut self, tx: &mut Tx, time: &Time, numbers: bool) -> anyhow::Result<()> {
        let today = Some(time.date_of(tx.now()));
        if self.day != today || self.numbers_came {
            standards::clock::turn_all(tx).await?;
            self.day = today;
        }
        self.numbers_came = numbers;
        Ok(())
    }
}

async fn turn_idea(tx: &mut Tx, id: IdeaId) -> anyhow::Result<()> {
    let idea = ideas::store::idea(tx, id).await?;
    let verb = clock::ends(idea.state, idea.owes).context("the clock of an idea stands still")?;
    let this = Move::of_clock(tx);
    let transition = Transition::of(tx, &idea, this, verb).await?;
    Ok(transition.end(tx, Details::default()).await?)
}
