//! What lies over with those below and needs a hand: to be asked about, helped with, or taken.
//!
//! It is sorted by how long it waits, never by person, and nobody is counted.

use super::row::Row;
use crate::balls::lying::{self, Overdue};
use crate::balls::{Subject, reminding};
use crate::db::Tx;
use crate::people::{Person, Role, Team, store as people};
use crate::world::World;

/// The kinds of things whose ball the next level can take, each with a handler at `/{kind}/{id}/taking`.
const TAKEN: [Subject; 0] = [];

/// One ball that needs a hand.
pub struct HandRow {
    /// What it is, who has it, how long it is over.
    pub row: Row,
    /// The form that takes it; nothing where it can't be taken.
    pub taking: Option<Taking>,
}

/// "I take it": the ball goes to the one who says so.
pub struct Taking {
    /// Where the form is sent.
    pub action: String,
    /// Its key.
    pub key: String,
    /// The version of the thing that the page shows.
    pub version: i64,
}

impl HandRow {
    /// The row of a ball that needs a hand.
    pub fn of(ball: &Overdue, row: Row, world: &World) -> Self {
        Self { taking: taking(ball, world, &TAKEN), row }
    }
}

/// The form that takes the ball, where that is possible.
fn taking(ball: &Overdue, world: &World, taken: &[Subject]) -> Option<Taking> {
    let version = ball.version.filter(|_| taken.contains(&ball.waiting.subject))?;
    Some(Taking { action: format!("{}/taking", ball.waiting.address()), key: world.id().to_string(), version })
}

/// The balls that need the reader's hand now: for those who lead, and for the coach when nobody else is above.
pub async fn asking(tx: &mut Tx, reader: &Person, teams: &[Team]) -> sqlx::Result<Vec<Overdue>> {
    if !reader.leads() && !reader.is(Role::Coach) {
        return Ok(Vec::new());
    }
    let mut balls = lying::overdue_in_sight(tx, reader.id).await?;
    if balls.is_empty() {
        return Ok(balls);
    }
    let (everybody, now) = (people::people(tx).await?, tx.now());
    balls.retain(|ball| {
        let team = teams.iter().find(|team| team.id == ball.waiting.team_id);
        team.is_some_and(|team| reminding::asks(ball, reader.id, &everybody, &team.calendar, now))
    });
    Ok(balls)
}
