//! Who has the ball of a measure, and until when.

use super::definition::Measure;
use super::drawn::Series;
use super::limits::Point;
use super::machine::State;
use crate::balls::{Hold, Owes, VALUE_DAYS};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::PersonId;
use crate::people::{Person, store as people};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// Working days for the yearly question.
const WORTH_DAYS: i64 = 5;

/// Who has the ball of a measure in a state, and until when.
pub async fn hold(tx: &mut Tx, series: &Series, state: State) -> sqlx::Result<Option<Hold>> {
    let (measure, now) = (&series.measure, tx.now());
    let Some(owes) = state.owes() else { return Ok(None) };
    let calendar = measure.calendar();
    let keeper = measure.keeper_id;
    let holder = match state {
        State::Proposed | State::Stale => measure.leader_id.unwrap_or(keeper),
        State::Rebaselining => {
            let proposer = measure.proposer_id.unwrap_or(keeper);
            second_of(tx, measure, proposer).await?.unwrap_or(keeper)
        }
        _ => keeper,
    };
    if owes == Owes::Value && measure.worth_on <= calendar.date_of(now) {
        let asked = calendar.moment(measure.worth_on, NaiveTime::MIN);
        return Ok(Some(Hold { holder, owes: Owes::Worth, due_at: Some(in_days(&calendar, asked, WORTH_DAYS)) }));
    }
    let due_at = match state.days() {
        Some(days) => Some(in_days(&calendar, now, days)),
        None if state == State::Paused => measure.paused_until.map(|until| calendar.moment(until, NaiveTime::MIN)),
        None => Some(value_due(measure, &calendar, &series.points, now)),
    };
    Ok(Some(Hold { holder, owes, due_at }))
}

fn in_days(calendar: &Calendar, from: DateTime<Utc>, days: i64) -> DateTime<Utc> {
    calendar.add(from, calendar.days(days))
}

/// When the next value is due: two working days after its period is over.
fn value_due(measure: &Measure, calendar: &Calendar, points: &[Point], now: DateTime<Utc>) -> DateTime<Utc> {
    let next = next_expected(measure, calendar, points, now);
    in_days(calendar, measure.cadence.ends(next, calendar), VALUE_DAYS)
}

/// The period whose value is expected next: the one after the newest, or the current one while there is none.
fn next_expected(measure: &Measure, calendar: &Calendar, points: &[Point], now: DateTime<Utc>) -> NaiveDate {
    let newest = points.iter().rev().find(|point| point.present().is_some()).map(|point| point.period);
    newest.map_or_else(|| measure.this_period(now), |newest| measure.cadence.next(newest, calendar))
}

/// Whether two periods are missing: the clocks of both have run out.
pub fn is_silent(measure: &Measure, calendar: &Calendar, points: &[Point], now: DateTime<Utc>) -> bool {
    let first = next_expected(measure, calendar, points, now);
    let second = measure.cadence.next(first, calendar);
    in_days(calendar, measure.cadence.ends(second, calendar), VALUE_DAYS) <= now
}

/// Who is asked to agree: the leader of the team, or a teammate when the leader proposed it.
pub async fn second_of(tx: &mut Tx, measure: &Measure, proposer: PersonId) -> sqlx::Result<Option<PersonId>> {
    if let Some(leader) = measure.leader_id.filter(|leader| *leader != proposer) {
        return Ok(Some(leader));
    }
    let people = people::people(tx).await?;
    let of_team =
        |person: &&Person| person.id != proposer && person.roles.iter().any(|(_, team)| *team == Some(measure.team_id));
    let keeper = people.iter().filter(of_team).find(|person| person.id == measure.keeper_id);
    Ok(keeper.or_else(|| people.iter().find(of_team)).map(|person| person.id))
}
