//! To whom a letter goes, who reads it, and whether the unit is large enough to hide in.
//!
//! Counted are the reps of a team: whoever stands in the team could have thrown the letter, also before they ever signed
//! in, because the letterbox needs no account. The leader is not counted, who is the one that reads it. Of the whole
//! company everybody in a team counts, but for the one who catches its letters.

use crate::calendar::{Calendar, Written};
use crate::ids::{PersonId, TeamId};
use chrono::NaiveDate;

/// With fewer people the letterbox is off.
pub const LEAST: i64 = 5;

/// A letterbox: of a team, or of the whole company.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Letterbox {
    pub id: TeamId,
    pub name: String,
    #[sqlx(flatten)]
    pub written: Written,
    /// Who catches the letters of the whole company; none for a team.
    pub head_id: Option<PersonId>,
    /// The secret of its address; none before it is put up.
    pub secret: Option<String>,
    /// To whom letters go; nobody while a team has no leader.
    pub catcher: Option<String>,
    /// How many could have thrown.
    pub people: i64,
    pub last_on: Option<NaiveDate>,
}

impl Letterbox {
    /// Its working time.
    pub fn calendar(&self) -> Calendar {
        self.written.calendar()
    }

    /// Whether it is that of the whole company.
    pub fn is_company_wide(&self) -> bool {
        self.head_id.is_some()
    }

    /// Its path; none before it is put up.
    pub fn path(&self) -> Option<String> {
        self.secret.as_ref().map(|secret| format!("/letterbox/{secret}"))
    }

    /// Whether a letter can be thrown.
    pub fn is_on(&self) -> bool {
        self.people >= LEAST && self.catcher.is_some()
    }

    /// Why it is off; empty when it is on.
    pub fn why_off(&self) -> String {
        match (self.people, &self.catcher) {
            (0..LEAST, _) if self.is_company_wide() => {
                format!(
                    "The whole company has fewer than {LEAST} people in its teams. Nobody could hide among so few, so the letterbox is off."
                )
            }
            (people, _) if people < LEAST => {
                let people = if people == 1 { String::from("1 person") } else { format!("{people} people") };
                format!(
                    "{} has {people} beside its leader. Among fewer than {LEAST} one can guess who wrote, so the letterbox is off here.",
                    self.name
                )
            }
            (_, None) => format!("{} has no leader yet, so nobody could catch a letter.", self.name),
            _ => String::new(),
        }
    }
}
