//! What a measure is: its definition, what a value of it may be, and who may do what with it.

use crate::ids::{MeasureId, PersonId, TeamId};
use crate::measures::chart::Wish;
use crate::measures::limits::{Better, Options};
use crate::measures::words::{Unit, plain};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use std::str::FromStr;

/// What a value is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Kind {
    /// One number.
    Number,
    /// So many out of so many, shown in per cent; both counts are kept.
    Share,
}

/// A measure as its team agreed on it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Measure {
    /// Its identifier.
    pub id: MeasureId,
    /// The team whose work it shows.
    pub team_id: TeamId,
    /// The name of that team.
    pub team: String,
    /// The time zone of that team, which decides when a week begins.
    pub zone: String,
    /// Who leads that team.
    pub leader_id: Option<PersonId>,
    /// Its name.
    pub name: String,
    /// The question it answers.
    pub question: String,
    /// How we count it, so that two people get the same.
    pub how_counted: String,
    /// What a value is made of.
    pub kind: Kind,
    /// The unit of its values; `%` for a share.
    pub unit: String,
    /// Which side is the good one.
    pub better: Better,
    /// Who enters and watches it.
    pub keeper_id: PersonId,
    /// The keeper's name.
    pub keeper: String,
    /// Where the values come from.
    pub source: String,
    /// What the business wishes, in the unit of the measure.
    pub wish: Option<f64>,
    /// Who wishes it, and why.
    pub wish_words: String,
    /// What it will not be used for.
    pub not_used_for: String,
    /// What it costs, in minutes a week.
    pub cost_minutes: Option<i64>,
    /// Smallest value that can occur.
    pub floor: Option<f64>,
    /// Largest value that can occur.
    pub ceiling: Option<f64>,
    /// When it was defined.
    pub created_at: DateTime<Utc>,
}

/// What is written down when a measure begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The team whose work it shows.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// The question it answers.
    pub question: String,
    /// How we count it.
    pub how_counted: String,
    /// What a value is made of.
    pub kind: Kind,
    /// The unit; a share is always in per cent.
    pub unit: String,
    /// Which side is the good one.
    pub better: Better,
    /// Who enters and watches it; a member of the team.
    pub keeper: PersonId,
    /// Where the values come from.
    pub source: String,
    /// What the business wishes.
    pub wish: Option<f64>,
    /// Who wishes it, and why.
    pub wish_words: String,
    /// What it will not be used for.
    pub not_used_for: String,
    /// What it costs, in minutes a week.
    pub cost_minutes: Option<i64>,
    /// Smallest value that can occur.
    pub floor: Option<f64>,
    /// Largest value that can occur.
    pub ceiling: Option<f64>,
}

/// A value about to be entered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The value in the unit of the measure.
    pub value: f64,
    /// What was counted and out of how many, for shares.
    pub counts: Option<(f64, f64)>,
}

impl Amount {
    /// One number.
    pub fn number(value: f64) -> Self {
        Self { value, counts: None }
    }

    /// So many out of so many, in per cent.
    ///
    /// # Errors
    /// A sentence when the two can't be counts of a share.
    pub fn share(part: f64, whole: f64) -> Result<Self, String> {
        let whole_numbers = part.fract() == 0.0 && whole.fract() == 0.0;
        if !whole_numbers || part < 0.0 || whole < 0.0 {
            return Err("Both are counts: whole numbers from 0 on.".to_owned());
        }
        if whole == 0.0 {
            return Err("Out of 0 nothing can be said. Leave the week out when there was nothing to count.".to_owned());
        }
        if part > whole {
            return Err(format!("{} out of {} is more than all. Check which is which.", plain(part), plain(whole)));
        }
        Ok(Self { value: 100.0 * part / whole, counts: Some((part, whole)) })
    }
}

impl Measure {
    /// How its series is read.
    pub fn options(&self) -> Options {
        Options { floor: self.floor, ceiling: self.ceiling, better: self.better, ..Options::default() }
    }

    /// A value of it in words: `31.5 hours`.
    pub fn said(&self, value: f64) -> String {
        Unit(self.unit.clone()).with(&plain(value))
    }

    /// What is wished, as a line of the chart.
    pub fn wish_line(&self) -> Option<Wish> {
        self.wish.map(|value| Wish { value, label: format!("wish {}", plain(value)) })
    }

    /// Whether this person may enter values and begin new limits: the keeper or the leader of the team.
    pub fn is_kept_by(&self, person: PersonId) -> bool {
        person == self.keeper_id || self.leader_id == Some(person)
    }

    /// The date on the team's wall.
    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        // What is stored was read once before; UTC is for a row that somebody edited by hand.
        let zone: Tz = self.zone.parse().unwrap_or(Tz::UTC);
        now.with_timezone(&zone).date_naive()
    }

    /// The Monday of the current week of the team.
    pub fn this_week(&self, now: DateTime<Utc>) -> NaiveDate {
        super::weeks::monday(self.today(now))
    }

    /// Whether a value of it can be this large.
    ///
    /// # Errors
    /// A sentence that names the bound.
    pub fn allows(&self, value: f64) -> Result<(), String> {
        if let Some(floor) = self.floor.filter(|&floor| value < floor) {
            return Err(format!("{} is less than {}, the least that can occur.", plain(value), self.said(floor)));
        }
        if let Some(ceiling) = self.ceiling.filter(|&ceiling| value > ceiling) {
            return Err(format!("{} is more than {}, the most that can occur.", plain(value), self.said(ceiling)));
        }
        Ok(())
    }
}

impl FromStr for Kind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [("number", Self::Number), ("share", Self::Share)]
            .into_iter()
            .find(|(name, _)| *name == text)
            .map(|(_, kind)| kind)
            .ok_or(())
    }
}

impl FromStr for Better {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let all = [("lower", Self::Lower), ("higher", Self::Higher), ("neither", Self::Neither)];
        all.into_iter().find(|(name, _)| *name == text).map(|(_, better)| better).ok_or(())
    }
}
