//! The working time by which something is counted or read.

use super::{Person, store};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::TeamId;

/// The working time of a team.
pub async fn of_team(tx: &mut Tx, team: TeamId) -> sqlx::Result<Calendar> {
    Ok(tx.ask(store::team(team)).await?.ok_or(sqlx::Error::RowNotFound)?.calendar)
}

/// The working time in which this person reads: their team's, else the company's zone with usual hours.
pub async fn of_person(tx: &mut Tx, person: &Person) -> sqlx::Result<Calendar> {
    if let Some(team) = person.team()
        && let Some(team) = tx.ask(store::team(team)).await?
    {
        return Ok(team.calendar);
    }
    Ok(of_zone(tx.ask(store::organisation()).await?.as_ref().map(|company| company.zone.as_str())))
}

/// The usual working time in the company's zone.
pub fn of_zone(zone: Option<&str>) -> Calendar {
    Calendar::usual(zone.and_then(|zone| zone.parse().ok()).unwrap_or(chrono_tz::UTC))
}
