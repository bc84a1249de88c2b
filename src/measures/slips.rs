//! Who has put a slip into the box, remembered by the running program alone.
//!
//! Another process, and the same one started anew, does not know it: whoever has given could give once more there. Nothing
//! that is stored could prevent it without telling who has given to whoever reads the database. So a box counts in how many
//! runs of the program slips came, and each more of them asks for one slip more: however often somebody gives, as many
//! others as ever have to have given too before there is a value.

use crate::ids::{MeasureId, PersonId};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// The route by which a slip is put in. It leaves no line in the log: beside the sums that somebody reads meanwhile its time
/// would tell a number.
pub const ROUTE: &str = "/measures/{id}/slips";

/// Who has put in a slip for which period, each with the key of the form, in memory only.
#[derive(Debug, Default)]
pub struct Given(Mutex<HashMap<(MeasureId, PersonId), (NaiveDate, Uuid)>>);

/// The boxes into which this run of the program has put a slip for sure.
#[derive(Debug, Default)]
pub struct Boxes(Mutex<HashSet<(MeasureId, NaiveDate)>>);

impl Boxes {
    /// Whether it has put one into this box.
    pub fn has(&self, measure: MeasureId, period: NaiveDate) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&(measure, period))
    }

    /// It has. Those of earlier periods of the measure are forgotten.
    pub fn put(&self, measure: MeasureId, period: NaiveDate) {
        let mut boxes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        boxes.retain(|(other, then)| *other != measure || *then >= period);
        boxes.insert((measure, period));
    }
}

/// How many slips a box needs, into which so many runs of the program have put some.
pub fn needed(least: i64, runs: i64) -> i64 {
    least.saturating_add(runs.max(1) - 1)
}

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
    fn each_more_run_of_the_program_asks_for_one_slip_more() {
        assert_eq!([0, 1, 2, 5].map(|runs| needed(5, runs)), [5, 5, 6, 9]);
        let (boxes, measure, week) = (Boxes::default(), MeasureId(Uuid::nil()), NaiveDate::default());
        assert!(!boxes.has(measure, week));
        boxes.put(measure, week);
        boxes.put(measure, week + chrono::Days::new(7));
        assert!(!boxes.has(measure, week) && boxes.has(measure, week + chrono::Days::new(7)));
    }

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
