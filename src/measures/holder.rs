//! Who has the ball of a measure, and until when.

use super::{Measure, State};
use crate::balls::{Hold, Owes, VALUE_DAYS};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::PersonId;
use crate::people::{Person, store as people};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// Working days for the yearly question.
const WORTH_DAYS: i64 = 5;

/// Who has the ball of a measure, and until when. `newest` is the period of its newest value.
pub async fn hold(tx: &mut Tx, measure: &Measure, newest: Option<NaiveDate>) -> sqlx::Result<Option<Hold>> {
    let (state, now) = (measure.state, tx.now());
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
    let due_at = match state.days() {
        Some(days) => Some(in_days(&calendar, now, days)),
        None if state == State::Paused => measure.paused_until.map(|until| calendar.moment(until, NaiveTime::MIN)),
        None => return Ok(Some(value_or_worth(measure, &calendar, newest, now))),
    };
    Ok(Some(Hold { holder, owes, due_at }))
}

/// The next value; or, once a year and while no value is due, whether the measure is worth its minutes.
fn value_or_worth(measure: &Measure, calendar: &Calendar, newest: Option<NaiveDate>, now: DateTime<Utc>) -> Hold {
    let over = measure.cadence.ends(next_expected(measure, calendar, newest), calendar);
    let holder = measure.keeper_id;
    if measure.worth_on <= calendar.date_of(now) && now < over {
        let asked = calendar.moment(measure.worth_on, NaiveTime::MIN);
        return Hold { holder, owes: Owes::Worth, due_at: Some(in_days(calendar, asked, WORTH_DAYS)) };
    }
    Hold { holder, owes: Owes::Value, due_at: Some(in_days(calendar, over, VALUE_DAYS)) }
}

fn in_days(calendar: &Calendar, from: DateTime<Utc>, days: i64) -> DateTime<Utc> {
    calendar.add(from, calendar.days(days))
}

/// The period whose value is expected next: the one after the newest, and none from before somebody was asked.
fn next_expected(measure: &Measure, calendar: &Calendar, newest: Option<NaiveDate>) -> NaiveDate {
    let asked = measure.cadence.current(measure.asked_from, calendar);
    newest.map_or(asked, |newest| measure.cadence.next(newest, calendar).max(asked))
}

/// Whether two periods are missing: the clocks of both have run out.
pub fn is_silent(measure: &Measure, calendar: &Calendar, newest: Option<NaiveDate>, now: DateTime<Utc>) -> bool {
    let first = next_expected(measure, calendar, newest);
    let second = measure.cadence.next(first, calendar);
    in_days(calendar, measure.cadence.ends(second, calendar), VALUE_DAYS) <= now
}

/// Who is asked to agree: the leader of the team, or a teammate when the leader proposed it.
pub async fn second_of(tx: &mut Tx, measure: &Measure, proposer: PersonId) -> sqlx::Result<Option<PersonId>> {
    if let Some(leader) = measure.leader_id.filter(|leader| *leader != proposer) {
        return Ok(Some(leader));
    }
    let people = tx.ask(people::all_people()).await?;
    let of_team =
        |person: &&Person| person.id != proposer && person.roles.iter().any(|(_, team)| *team == Some(measure.team_id));
    let keeper = people.iter().filter(of_team).find(|person| person.id == measure.keeper_id);
    Ok(keeper.or_else(|| people.iter().find(of_team)).map(|person| person.id))
}
