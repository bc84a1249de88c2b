//! Standards, "our way": written, taught, held, checked, brought back when they drift, retired when nobody needs them.
//!
//! The machine is here; [`text`] is what is written in one, [`store`] has the rows, [`verbs`] what people do;
//! [`pages`] and [`show`] draw, [`text_form`] reads, [`edit`] takes what is sent.

pub mod edit;
pub mod pages;
pub mod show;
pub mod store;
pub mod text;
pub mod text_form;
pub mod verbs;

pub use text::Text;

use crate::experiments::Refusal;
use chrono::{Days, NaiveDate};
use std::str::FromStr;

/// Where a standard is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum State {
    /// The owner writes it down.
    Writing,
    /// Those concerned are shown it.
    Teaching,
    /// It is in use and rests until its next check.
    Holding,
    /// It is no longer done as agreed; the owner brings it back.
    Drifting,
    /// Nobody needs it any more.
    Retired,
}

impl State {
    /// All states, from the first to the last.
    pub const ALL: [Self; 5] = [Self::Writing, Self::Teaching, Self::Holding, Self::Drifting, Self::Retired];

    /// The name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Writing => "writing",
            Self::Teaching => "teaching",
            Self::Holding => "holding",
            Self::Drifting => "drifting",
            Self::Retired => "retired",
        }
    }

    /// What a page says of it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Writing => "being written",
            Self::Teaching => "being taught",
            Self::Holding => "in use",
            Self::Drifting => "drifting",
            Self::Retired => "retired",
        }
    }

    /// What is possible now instead of what was asked.
    fn instead(self) -> &'static str {
        match self {
            Self::Writing => "This standard is still being written. Its owner says when it is ready to be taught.",
            Self::Teaching => "This standard is being taught. Its owner says when all concerned have seen it.",
            Self::Holding => "This standard is in use. It can be checked, and its owner can retire it.",
            Self::Drifting => "This standard is drifting. Its owner brings it back, or retires it.",
            Self::Retired => "This standard is retired and stays as it is.",
        }
    }
}

/// What can be done with a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Write it anew.
    Change,
    /// Begin to show it to all concerned.
    Teach,
    /// Say that all concerned have seen it: it is in use.
    Hold,
    /// Find it as it should be.
    Confirm,
    /// Find something small and put it right at once.
    PutRight,
    /// Find that it needs action.
    Report,
    BringBack,
    /// Take it out of use.
    Retire,
}

impl Verb {
    /// All verbs.
    pub const ALL: [Self; 8] = [
        Self::Change,
        Self::Teach,
        Self::Hold,
        Self::Confirm,
        Self::PutRight,
        Self::Report,
        Self::BringBack,
        Self::Retire,
    ];

    /// What is written down when it was done: the verb of the throw.
    pub fn done(self) -> &'static str {
        match self {
            Self::Change => "changed",
            Self::Teach => "taught",
            Self::Hold => "held",
            Self::Confirm => "confirmed",
            Self::PutRight => "put_right",
            Self::Report => "reported",
            Self::BringBack => "brought_back",
            Self::Retire => "retired",
        }
    }

    /// Whether anybody who may see the standard can do it.
    fn is_everybodys(self) -> bool {
        matches!(self, Self::Confirm | Self::PutRight | Self::Report)
    }
}

/// The part a person plays for one standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// It is theirs.
    Owner,
    /// Somebody else of the team, or its leader.
    Mate,
    /// Somebody else who may see it.
    Other,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Mate, Self::Other];
}

/// The machine: what becomes of a standard when somebody does something.
///
/// # Errors
/// A sentence that says whose it is to do, or what is possible now.
pub fn step(state: State, verb: Verb, part: Part) -> Result<State, Refusal> {
    if part != Part::Owner && !verb.is_everybodys() {
        return Err(Refusal::NotYours("Only the owner of the standard can do this."));
    }
    match (state, verb) {
        (State::Writing | State::Teaching, Verb::Change) => Ok(State::Writing),
        (State::Writing, Verb::Teach) => Ok(State::Teaching),
        (State::Teaching, Verb::Hold) | (State::Drifting, Verb::BringBack) => Ok(State::Holding),
        (State::Holding, Verb::Confirm | Verb::PutRight) => Ok(State::Holding),
        (State::Holding, Verb::Report) => Ok(State::Drifting),
        (State::Holding | State::Drifting, Verb::Retire) => Ok(State::Retired),
        _ => Err(Refusal::saying(state.instead())),
    }
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Mark {
    /// ○
    AsItShouldBe,
    /// △
    PutRight,
    /// ×
    NeedsAction,
}

impl Mark {
    /// All marks with their names in forms.
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

impl FromStr for Mark {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|(name, _)| *name == text).map(|(_, mark)| mark).ok_or(())
    }
}

/// Calendar days from coming into use to the first three checks.
pub const FIRST_CHECKS: [u64; 3] = [30, 60, 90];
/// Calendar days between later checks.
pub const LATER_CHECKS: u64 = 180;

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

    /// All that is possible; everything else is refused.
    #[rustfmt::skip]
    const TABLE: [(State, Verb, Part, State); 16] = [
        (State::Writing,  Verb::Change,    Part::Owner, State::Writing),
        (State::Writing,  Verb::Teach,     Part::Owner, State::Teaching),
        (State::Teaching, Verb::Change,    Part::Owner, State::Writing),
        (State::Teaching, Verb::Hold,      Part::Owner, State::Holding),
        (State::Holding,  Verb::Confirm,   Part::Owner, State::Holding),
        (State::Holding,  Verb::Confirm,   Part::Mate,  State::Holding),
        (State::Holding,  Verb::Confirm,   Part::Other, State::Holding),
        (State::Holding,  Verb::PutRight,  Part::Owner, State::Holding),
        (State::Holding,  Verb::PutRight,  Part::Mate,  State::Holding),
        (State::Holding,  Verb::PutRight,  Part::Other, State::Holding),
        (State::Holding,  Verb::Report,    Part::Owner, State::Drifting),
        (State::Holding,  Verb::Report,    Part::Mate,  State::Drifting),
        (State::Holding,  Verb::Report,    Part::Other, State::Drifting),
        (State::Holding,  Verb::Retire,    Part::Owner, State::Retired),
        (State::Drifting, Verb::BringBack, Part::Owner, State::Holding),
        (State::Drifting, Verb::Retire,    Part::Owner, State::Retired),
    ];

    #[test]
    fn every_state_verb_and_part_does_what_the_table_says() {
        for state in State::ALL {
            for verb in Verb::ALL {
                for part in Part::ALL {
                    let row = TABLE.iter().find(|row| (row.0, row.1, row.2) == (state, verb, part));
                    let got = step(state, verb, part);
                    match row {
                        Some(row) => assert_eq!(got, Ok(row.3), "{state:?} {verb:?} {part:?}"),
                        None => assert!(got.is_err(), "{state:?} {verb:?} {part:?} gave {got:?}"),
                    }
                }
            }
        }
    }

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
