//! Who has put a slip into the box, remembered by the running program alone.

use crate::ids::{MeasureId, PersonId};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// Who has put in a slip for which period, each with the key of the form, in memory only.
#[derive(Debug, Default)]
pub struct Given(Mutex<HashMap<(MeasureId, PersonId), (NaiveDate, Uuid)>>);

/// What the box says to a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// This person has put in none yet; from now on they have.
    First,
    /// The same form again.
    Again,
    /// There is one of theirs in it.
    Taken,
}

impl Given {
    /// Whether this person has put in one.
    pub fn holds(&self, measure: MeasureId, period: NaiveDate, person: PersonId) -> bool {
        let given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        given.get(&(measure, person)).is_some_and(|(then, _)| *then == period)
    }

    /// Looks and remembers in one step, so that of many slips at once one is the first. What was remembered of other
    /// periods of the measure is forgotten.
    pub fn claim(&self, measure: MeasureId, period: NaiveDate, person: PersonId, key: Uuid) -> Claim {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        given.retain(|(other, _), (then, _)| *other != measure || *then == period);
        match given.get(&(measure, person)) {
            None => {
                given.insert((measure, person), (period, key));
                Claim::First
            }
            Some((_, known)) if *known == key => Claim::Again,
            Some(_) => Claim::Taken,
        }
    }

    /// Forgets it again, where nothing came of it.
    pub fn release(&self, measure: MeasureId, person: PersonId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&(measure, person));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_one_slip_a_period_and_the_same_form_may_come_again() {
        let (given, measure, person) = (Given::default(), MeasureId(Uuid::nil()), PersonId(Uuid::nil()));
        let week: NaiveDate = "2026-03-02".parse().unwrap();
        let claim = |week, key| given.claim(measure, week, person, Uuid::from_u128(key));
        assert_eq!((claim(week, 1), claim(week, 1), claim(week, 2)), (Claim::First, Claim::Again, Claim::Taken));
        assert!(given.holds(measure, week, person));
        assert_eq!(claim(week + chrono::Days::new(7), 2), Claim::First);
        given.release(measure, person);
        assert!(!given.holds(measure, week + chrono::Days::new(7), person));
    }
}
