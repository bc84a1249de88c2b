//! The wall: office televisions that show how one team's work runs, and where the balls are.
//!
//! A television asks for a code, somebody who keeps screens types it, and from then on the key in its cookie opens
//! one board and nothing else. The board names no person and quotes no idea, for visitors read it too; only what is
//! written about an experiment appears in its writers' words.
//!
//! - `pairing_code` spells the code and reads it back;
//! - `store` holds the rows of screens;
//! - `brakes` slows down who guesses codes or asks for too many, and `streams` holds one live stream for each screen;
//! - `screen_key` finds the screen behind a cookie;
//! - `board` gathers what is shown from `chart`, `places` and `experiment`;
//! - `pages` are what a television and its keeper see.

pub mod board;
pub mod brakes;
pub mod chart;
pub mod experiment;
pub mod frame;
pub mod pages;
pub mod pairing_code;
pub mod places;
pub mod screen_key;
pub mod store;
pub mod streams;

pub use screen_key::Wall;

use crate::ids::{PersonId, ScreenId, TeamId};
use chrono::{DateTime, TimeDelta, Utc};

/// How long a code is good.
pub const CODE_LASTS: TimeDelta = TimeDelta::minutes(10);
/// How many televisions may wait for their code at once; the page that makes them is open to everybody. The one that has
/// waited longest makes room.
pub const MOST_WAITING: i64 = 1_000;

/// A television that has a key.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Screen {
    pub id: ScreenId,
    /// The team whose board it shows; none while it waits for its code.
    pub team_id: Option<TeamId>,
    pub paired_by: Option<PersonId>,
    pub code_expires_at: Option<DateTime<Utc>>,
}

/// Why a code pairs no screen: none shows it.
pub const UNKNOWN: &str = "No screen shows this code. Compare it with the screen, letter by letter.";
/// It was good for ten minutes.
pub const EXPIRED: &str = "This code has run out. The screen shows a new one by itself.";
/// It has paired a screen already.
pub const USED: &str = "This code was used already. Each code pairs one screen, once.";

impl Screen {
    /// Whether its code can be typed now.
    pub fn waits(&self, now: DateTime<Utc>) -> bool {
        self.team_id.is_none() && self.code_expires_at.is_some_and(|until| now < until)
    }

    /// Whether this person may pair it with the team: `Ok(false)` when they have done so already.
    ///
    /// # Errors
    /// The sentence at a code that was used or has run out.
    pub fn pair(&self, by: PersonId, team: TeamId, now: DateTime<Utc>) -> Result<bool, &'static str> {
        match self.team_id {
            // The second click of the same person.
            Some(shown) if shown == team && self.paired_by == Some(by) => Ok(false),
            Some(_) => Err(USED),
            None if self.waits(now) => Ok(true),
            None => Err(EXPIRED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn screen(team_id: Option<TeamId>, expires_in: i64) -> (Screen, DateTime<Utc>) {
        let now = "2026-03-03T10:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let code_expires_at = Some(now + TimeDelta::seconds(expires_in));
        let paired_by = team_id.map(|_| PersonId(Uuid::nil()));
        (Screen { id: ScreenId(Uuid::nil()), team_id, paired_by, code_expires_at }, now)
    }

    #[test]
    fn a_code_pairs_one_screen_once_and_for_ten_minutes() {
        let (one, other, team) = (PersonId(Uuid::nil()), PersonId(Uuid::max()), TeamId(Uuid::nil()));
        let cases = [
            (None, 1, one, team, Ok(true)),
            (None, 0, one, team, Err(EXPIRED)),
            (Some(team), 1, one, team, Ok(false)),
            (Some(team), -900, one, team, Ok(false)),
            (Some(team), 1, other, team, Err(USED)),
            (Some(team), 1, one, TeamId(Uuid::max()), Err(USED)),
        ];
        for (paired, expires_in, by, team, expected) in cases {
            let (screen, now) = screen(paired, expires_in);
            assert_eq!(screen.pair(by, team, now), expected, "{paired:?} {expires_in} {by:?}");
        }
    }
}
