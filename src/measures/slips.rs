//! Who has put a slip into the box, remembered by the running program alone.

use crate::ids::{MeasureId, PersonId};
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
