//! What a check of a standard can find, and when the next one is due.

use super::Verb;
use chrono::{Days, NaiveDate};
use std::str::FromStr;

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type, serde::Deserialize)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CheckResult {
    /// ○
    AsItShouldBe,
    /// △
    PutRight,
    /// ×
    NeedsAction,
}

impl CheckResult {
    /// All results with their names in forms.
    pub const ALL: [(&str, Self); 3] =
        [("as_it_should_be", Self::AsItShouldBe), ("put_right", Self::PutRight), ("needs_action", Self::NeedsAction)];

    /// The sign.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AsItShouldBe => "○",
            Self::PutRight => "△",
            Self::NeedsAction => "×",
        }
    }

    /// The sign in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::AsItShouldBe => "as it should be",
            Self::PutRight => "put right",
            Self::NeedsAction => "needs action",
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

impl FromStr for CheckResult {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|(name, _)| *name == text).map(|(_, result)| result).ok_or(())
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

/// The day of the next check: 30, 60 and 90 days after it came into use, then every 180, and always after today.
pub fn next_check(in_use_since: NaiveDate, today: NaiveDate) -> NaiveDate {
    let later = (1..200).map(|turn| FIRST_CHECKS[2] + LATER_CHECKS * turn);
    let mut days =
        FIRST_CHECKS.into_iter().chain(later).filter_map(|days| in_use_since.checked_add_days(Days::new(days)));
    days.find(|day| *day > today).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_come_after_thirty_sixty_and_ninety_days_and_then_every_half_year() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let next = |today: &str| next_check(day("2026-01-01"), day(today)).to_string();
        assert_eq!(next("2026-01-01"), "2026-01-31");
        assert_eq!(next("2026-01-30"), "2026-01-31");
        assert_eq!(next("2026-01-31"), "2026-03-02");
        assert_eq!(next("2026-03-10"), "2026-04-01");
        assert_eq!(next("2026-04-01"), "2026-09-28");
        assert_eq!(next("2027-04-01"), "2027-09-23");
    }
}
