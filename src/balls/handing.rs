//! A ball whose holder is away lies with the one who stands in, and comes back when they do.
//!
//! Only what another person can do is handed over. The clock does not stop: the ball keeps its due time and its age. Each
//! hand-over is a throw by the clock, so that the history tells it.

use super::lying::{self, Lying};
use super::{Hold, Subject, Thrown};
use crate::App;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::{PersonId, TeamId};
use crate::notices::{self, Kind, Notice};
use crate::people::absences::{self, Away};
use crate::people::{Person, store as people};
use uuid::Uuid;

/// The verb of a ball that went to the one who stands in.
pub const OVER: &str = "hand_over";
/// The verb of a ball that came back.
pub const BACK: &str = "hand_back";

/// What the clock did, after its name in a story; nothing for what a person did.
pub fn words(thrown: &Thrown) -> Option<String> {
    let to = thrown.holder_name.as_deref().unwrap_or("nobody");
    match thrown.verb.as_str() {
        OVER => Some(format!("handed it to {to}, who stands in")),
        BACK => Some(format!("gave it back to {to}")),
        _ => None,
    }
}

/// What decides who holds a ball while people are away.
pub struct Standins {
    away: Vec<Away>,
    people: Vec<Person>,
}

impl Standins {
    /// Who is away around now; none while nobody is, which is most of the time.
    pub async fn of(tx: &mut Tx) -> sqlx::Result<Option<Self>> {
        let away = absences::store::around(tx).await?;
        if away.is_empty() {
            return Ok(None);
        }
        Ok(Some(Self { away, people: people::people(tx).await? }))
    }

    /// Who is there now for somebody, as a team's day has it; not one of those who wait.
    pub async fn of_team(
        &self,
        tx: &mut Tx,
        team: TeamId,
        whose: PersonId,
        waiting: &[PersonId],
    ) -> sqlx::Result<PersonId> {
        if !self.away.iter().any(|away| away.person_id == whose) {
            return Ok(whose);
        }
        let Some(team) = people::team(tx, team).await? else { return Ok(whose) };
        let today = team.calendar.date_of(tx.now());
        Ok(absences::stand_in(&self.away, &self.people, (team.id, &team.calendar), today, whose, waiting))
    }
}

/// A ball that was just thrown to somebody who is away goes on to the one who stands in.
pub async fn redirect(tx: &mut Tx, subject: Subject, id: Uuid) -> sqlx::Result<()> {
    let Some(standins) = Standins::of(tx).await? else { return Ok(()) };
    settle(tx, Some(&standins), subject, id).await?;
    Ok(())
}

/// Let the ball lie with whom it should lie now; whether it moved.
pub async fn settle(tx: &mut Tx, standins: Option<&Standins>, subject: Subject, id: Uuid) -> sqlx::Result<bool> {
    let Some(ball) = lying::lying(tx, subject, id).await?.filter(|ball| ball.owes.another_can()) else {
        return Ok(false);
    };
    let Some(to) = moves_to(tx, standins, &ball).await? else { return Ok(false) };
    hand(tx, &ball, to).await?;
    Ok(true)
}

/// Where the ball has to go; nowhere when it lies where it should.
pub async fn moves_to(tx: &mut Tx, standins: Option<&Standins>, ball: &Lying) -> sqlx::Result<Option<PersonId>> {
    let whose = ball.for_id.unwrap_or(ball.holder_id);
    let to = match standins {
        Some(standins) => {
            let waiting = lying::who_waits(tx, ball.subject, ball.subject_id).await?;
            standins.of_team(tx, ball.team_id, whose, &waiting).await?
        }
        None => whose,
    };
    Ok((to != ball.holder_id).then_some(to))
}

async fn hand(tx: &mut Tx, ball: &Lying, to: PersonId) -> sqlx::Result<()> {
    let whose = ball.for_id.unwrap_or(ball.holder_id);
    let comes_back = to == whose;
    let hold = Hold { holder: to, owes: ball.owes, due_at: ball.due_at };
    lying::hand(tx, ball, if comes_back { BACK } else { OVER }, hold, (!comes_back).then_some(whose)).await?;
    let title = lying::title(tx, ball.subject, ball.subject_id).await?;
    let words = if comes_back {
        format!("Back with you: {title}")
    } else {
        let away = people::person(tx, whose).await?.map_or_else(String::new, |person| person.name);
        format!("You hold this for {away}: {title}")
    };
    let notice = Notice { person: to, kind: Kind::Ball, subject: ball.subject, id: ball.subject_id, words };
    notices::store::tell(tx, &notice).await
}

/// Let the clock hand over what lies with people who are away and hand back what others held for them, and forget the
/// absences that are over.
///
/// It reads first, so that nothing is written while nothing is due. A ball that fails is written down and keeps none of
/// the others waiting.
///
/// # Errors
/// When the database does not answer.
pub async fn turn(app: &App) -> Result<(), Error> {
    let mut tx = app.read().await?;
    let moving = moving(&mut tx).await?;
    let forgets = absences::store::any_over(&mut tx).await?;
    drop(tx);
    for (subject, id) in moving {
        let mut tx = app.write().await?;
        let standins = Standins::of(&mut tx).await?;
        match settle(&mut tx, standins.as_ref(), subject, id).await {
            Ok(_) => tx.commit().await?,
            Err(error) => tracing::error!(%id, ?error, "a ball was not handed over"),
        }
    }
    if forgets {
        let mut tx = app.write().await?;
        absences::store::forget(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Let every ball lie where it should, in one transaction: when an absence was written down, changed or ended.
pub async fn settle_all(tx: &mut Tx) -> sqlx::Result<()> {
    let standins = Standins::of(tx).await?;
    for (subject, id) in moving(tx).await? {
        settle(tx, standins.as_ref(), subject, id).await?;
    }
    Ok(())
}

/// The balls that lie where they should not.
async fn moving(tx: &mut Tx) -> sqlx::Result<Vec<(Subject, Uuid)>> {
    let mut balls = lying::of_the_absent(tx).await?;
    balls.retain(|ball| ball.owes.another_can());
    if balls.is_empty() {
        return Ok(Vec::new());
    }
    let standins = Standins::of(tx).await?;
    let mut moving = Vec::new();
    for ball in balls {
        if moves_to(tx, standins.as_ref(), &ball).await?.is_some() {
            moving.push((ball.subject, ball.subject_id));
        }
    }
    Ok(moving)
}
