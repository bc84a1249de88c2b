//! How far the clock of a ball has run, and when others come to help.

use chrono::{DateTime, Utc};

use super::{Calendar, Working};

/// Working days after the end of a clock at which the next level sees the ball under "needs a hand".
const DAYS_UNTIL_A_HAND: i64 = 1;
/// Working days after the end of a clock at which the wall counts the ball as waiting.
const DAYS_UNTIL_THE_WALL: i64 = 3;
/// How full the ring may look while the ball is not due today.
const FULLEST_IN_TIME: f64 = 0.85;
/// How full the ring looks on the day the ball is due.
const ALMOST_FULL: f64 = 0.92;

/// Where the clock of a ball stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Clock {
    /// Not due today; carries the share of the clock that is used, from 0 to 1.
    InTime(f64),
    /// Due later today.
    Today,
    /// The time is up; carries the working time since then, which is none until the team works again.
    Over(Working),
}

impl Clock {
    /// How much of the mark's ring is drawn, from 0 to 1: almost full means today, full means over.
    pub fn ring(self) -> f64 {
        match self {
            Self::InTime(share) => share.clamp(0.0, 1.0) * FULLEST_IN_TIME,
            Self::Today => ALMOST_FULL,
            Self::Over(_) => 1.0,
        }
    }
}

impl Calendar {
    /// The share of a clock that is used, in working time, from 0 to 1.
    pub fn used(&self, thrown_at: DateTime<Utc>, due_at: DateTime<Utc>, now: DateTime<Utc>) -> f64 {
        if now >= due_at {
            return 1.0;
        }
        let whole = self.between(thrown_at, due_at);
        if whole == Working::NONE {
            return 0.0;
        }
        (as_number(self.between(thrown_at, now)) / as_number(whole)).clamp(0.0, 1.0)
    }

    /// Where the clock of a ball stands that was thrown and is due at these moments.
    pub fn clock(&self, thrown_at: DateTime<Utc>, due_at: DateTime<Utc>, now: DateTime<Utc>) -> Clock {
        if now >= due_at {
            Clock::Over(self.between(due_at, now))
        } else if self.date_of(now) == self.date_of(due_at) {
            Clock::Today
        } else {
            Clock::InTime(self.used(thrown_at, due_at, now))
        }
    }

    /// The moment from which a ball "needs a hand": one working day after its clock ended.
    pub fn hand_at(&self, due_at: DateTime<Utc>) -> DateTime<Utc> {
        self.add(due_at, self.days(DAYS_UNTIL_A_HAND))
    }

    /// Whether a ball "needs a hand" now.
    pub fn needs_a_hand(&self, due_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        now >= self.hand_at(due_at)
    }

    /// The moment from which the wall counts a ball as waiting: three working days after its clock ended.
    pub fn wall_at(&self, due_at: DateTime<Utc>) -> DateTime<Utc> {
        self.add(due_at, self.days(DAYS_UNTIL_THE_WALL))
    }

    /// Whether the wall counts a ball as waiting now.
    pub fn counts_on_the_wall(&self, due_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        now >= self.wall_at(due_at)
    }
}

/// Minutes as a number to divide with; longer than four thousand years counts as that.
fn as_number(working: Working) -> f64 {
    f64::from(i32::try_from(working.as_minutes()).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{at, london};
    use super::*;

    /// Thrown on Friday 9 October at 15:10, due after three working days.
    const THROWN: &str = "2026-10-09 15:10";
    const DUE: &str = "2026-10-14 15:10";

    fn clock(now: &str) -> Clock {
        london().clock(at(THROWN), at(DUE), at(now))
    }

    fn used(now: &str) -> f64 {
        london().used(at(THROWN), at(DUE), at(now))
    }

    fn close(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-9
    }

    #[test]
    fn the_share_is_used_in_working_time() {
        assert!(close(used("2026-10-08 12:00"), 0.0), "before the throw");
        assert!(close(used(THROWN), 0.0));
        assert!(close(used("2026-10-12 15:10"), 1.0 / 3.0));
        assert!(close(used("2026-10-13 08:00"), used("2026-10-12 17:00")), "the night does not count");
        assert!(close(used(DUE), 1.0));
        assert!(close(used("2026-12-01 09:00"), 1.0));
    }

    #[test]
    fn a_clock_without_working_time_is_unused_until_it_ends() {
        let (saturday, sunday) = (at("2026-10-10 10:00"), at("2026-10-11 10:00"));
        assert!(close(london().used(saturday, sunday, at("2026-10-10 18:00")), 0.0));
        assert!(close(london().used(saturday, sunday, sunday), 1.0));
    }

    #[test]
    fn a_clock_is_in_time_then_today_then_over() {
        assert!(matches!(clock("2026-10-12 15:10"), Clock::InTime(share) if close(share, 1.0 / 3.0)));
        assert!(matches!(clock("2026-10-13 23:59"), Clock::InTime(_)));
        assert_eq!(clock("2026-10-14 00:00"), Clock::Today);
        assert_eq!(clock("2026-10-14 15:09"), Clock::Today);
        assert_eq!(clock(DUE), Clock::Over(Working::NONE));
        assert_eq!(clock("2026-10-15 08:30"), Clock::Over(Working::minutes(140)));
    }

    #[test]
    fn the_ring_fills_up_and_is_full_only_when_over() {
        let moments = [THROWN, "2026-10-12 15:10", "2026-10-13 17:00", "2026-10-14 09:00", DUE];
        let rings = moments.map(|now| clock(now).ring());
        assert!(rings.is_sorted_by(|one, other| one < other), "{rings:?}");
        assert!(close(rings[0], 0.0) && close(rings[4], 1.0));
    }

    #[test]
    fn after_one_day_over_a_ball_needs_a_hand_and_after_three_it_counts_on_the_wall() {
        // The clock of the example "A price band" ended on Monday at 11:00.
        let due = at("2026-10-12 11:00");
        assert!(!london().needs_a_hand(due, at("2026-10-13 10:59")));
        assert!(london().needs_a_hand(due, at("2026-10-13 11:00")));
        assert!(!london().counts_on_the_wall(due, at("2026-10-15 10:59")));
        assert!(london().counts_on_the_wall(due, at("2026-10-15 11:00")));
    }
}
