//! Who has put a slip into the box, remembered by the running program alone; and whether a team is large enough.

use super::definition::Measure;
use crate::db::Tx;
use crate::ids::{MeasureId, PersonId};
use crate::people::store as people;
use chrono::NaiveDate;
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// Who has put in a slip for which period, in memory only.
#[derive(Debug, Default)]
pub struct Given(Mutex<HashSet<(MeasureId, NaiveDate, PersonId)>>);

impl Given {
    /// Whether this person has put in one.
    pub fn holds(&self, measure: MeasureId, period: NaiveDate, person: PersonId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&(measure, period, person))
    }

    /// Remembers that this person has; what was remembered of other periods of the measure is forgotten.
    pub fn remember(&self, measure: MeasureId, period: NaiveDate, person: PersonId) {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        given.retain(|(other, then, _)| *other != measure || *then == period);
        given.insert((measure, period, person));
    }
}

/// Whether a team is large enough for slips: with fewer people there would never be a value.
pub async fn has_enough_people(tx: &mut Tx, measure: &Measure) -> sqlx::Result<bool> {
    let people = tx.ask(people::all_people()).await?;
    let of_team = people.iter().filter(|person| person.roles.iter().any(|(_, team)| *team == Some(measure.team_id)));
    Ok(i64::try_from(of_team.count()).unwrap_or(i64::MAX) >= measure.least_slips())
}
