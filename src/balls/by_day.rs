//! What an author does whose name the coach keeps is dated by its day: the minute would be told beside who was seen then.

use super::{Hold, Thrown};
use crate::calendar::{Calendar, Moment};
use crate::db::Tx;
use crate::ids::PersonId;
use crate::people::COLLEAGUE;
use chrono::{DateTime, Utc};

/// Date what follows by its day where a kept author moves, and let what they threw be due with the end of a day.
///
/// Whoever goes on in the same transaction takes the time up again with `count_from`: clocks are counted from the true one.
pub fn dated(tx: &mut Tx, by: Option<PersonId>, calendar: &Calendar, hold: Option<Hold>) -> Option<Hold> {
    if by != Some(COLLEAGUE) {
        return hold;
    }
    tx.count_from(calendar.day_of(tx.now()));
    hold.map(|hold| until_the_end(hold, calendar))
}

/// With the end of its day, but for what rests until a day that was named.
fn until_the_end(hold: Hold, calendar: &Calendar) -> Hold {
    let due_at = hold.due_at.map(|due_at| if hold.owes.rests() { due_at } else { calendar.end_of_day(due_at) });
    Hold { due_at, ..hold }
}

/// When this face did something, as pages tell it.
pub fn moment(by: Option<PersonId>, at: DateTime<Utc>, calendar: &Calendar, now: DateTime<Utc>) -> Moment {
    if by == Some(COLLEAGUE) { calendar.day_of_moment(at, now) } else { calendar.due(at, now) }
}

impl Thrown {
    /// When it was thrown, as pages tell it.
    pub fn when(&self, calendar: &Calendar, now: DateTime<Utc>) -> Moment {
        moment(self.by_id, self.at, calendar, now)
    }

    /// Whether nothing finer than its day is told.
    pub fn is_told_by_day(&self) -> bool {
        self.by_id == Some(COLLEAGUE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::balls::Owes;

    #[test]
    fn of_a_kept_author_nothing_finer_than_the_day_is_told() {
        let calendar = Calendar::usual(chrono_tz::UTC);
        let [at, now] = ["2026-03-04T10:07:31Z", "2026-03-04T11:00:00Z"].map(|time| time.parse().unwrap());
        let told = moment(Some(COLLEAGUE), at, &calendar, now);
        assert_eq!((told.words.as_str(), told.exact.as_str()), ("today", "2026-03-04"));
        assert_eq!(told.full, "Wednesday 4 March 2026");
        assert_eq!(moment(None, at, &calendar, now).words, "today 10:07");
        let due = |owes| until_the_end(Hold { holder: COLLEAGUE, owes, due_at: Some(at) }, &calendar).due_at.unwrap();
        assert_eq!(due(Owes::Answer).to_rfc3339(), "2026-03-04T17:00:00+00:00");
        assert_eq!(due(Owes::Wake), at, "what wakes with a day wakes with it");
    }
}
