//! What a check of a standard can find, and when the next one is due.

use super::Verb;
use chrono::{Days, NaiveDate};

crate::choices! {
    /// What a check found.
    CheckResult {
        AsItShouldBe "as_it_should_be" "as it should be";
        PutRight "put_right" "put right";
        NeedsAction "needs_action" "needs action";
    }
}

impl CheckResult {
    /// The sign.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AsItShouldBe => "○",
            Self::PutRight => "△",
            Self::NeedsAction => "×",
        }
    }

    /// What the one who found it does.
    pub fn verb(self) -> Verb {
        match self {
            Self::AsItShouldBe => Verb::Confirm,
            Self::PutRight => Verb::PutRight,
            Self::NeedsAction => Verb::Report,
        }
    }
}

/// Calendar days from coming into use to the first three checks.
pub const FIRST_CHECKS: [u64; 3] = [30, 60, 90];
/// Calendar days between later checks.
pub const LATER_CHECKS: u64 = 180;

/// The usual day of the first check.
pub fn first_check(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(FIRST_CHECKS[0])).unwrap_or(today)
}

/// The day of the check after so many that are done: 30, 60 and 90 days after the round began, then every 180, and always
/// after today.
pub fn next_check(begun: NaiveDate, done: i64, today: NaiveDate) -> NaiveDate {
    let later = (1..200).map(|turn| FIRST_CHECKS[2] + LATER_CHECKS * turn);
    let left = FIRST_CHECKS.into_iter().chain(later).skip(usize::try_from(done).unwrap_or_default());
    let mut days = left.filter_map(|days| begun.checked_add_days(Days::new(days)));
    days.find(|day| *day > today).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_come_after_thirty_sixty_and_ninety_days_and_then_every_half_year() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let next = |today: &str| next_check(day("2026-01-01"), 0, day(today)).to_string();
        // One that was planned early counts all the same.
        assert_eq!(next_check(day("2026-01-01"), 1, day("2026-01-28")).to_string(), "2026-03-02");
        assert_eq!(next("2026-01-01"), "2026-01-31");
        assert_eq!(next("2026-01-30"), "2026-01-31");
        assert_eq!(next("2026-01-31"), "2026-03-02");
        assert_eq!(next("2026-03-10"), "2026-04-01");
        assert_eq!(next("2026-04-01"), "2026-09-28");
        assert_eq!(next("2027-04-01"), "2027-09-23");
    }
}
