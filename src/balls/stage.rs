//! The stages of a clock that runs against a holder, and who hears of them.
//!
//! At its end the holder is reminded once. One working day later the next level sees it under "needs a hand", and every
//! three days after that one level more. Three working days after its end the wall counts it as waiting, by place. The
//! ball stays with its holder all the time.

use super::Owes;
use crate::calendar::Calendar;
use chrono::{DateTime, Utc};

/// Working days after the end of a clock until one level more hears of it.
const DAYS_UNTIL_THE_NEXT: i64 = 3;

/// From when on reminders count: from the end of the clock, or from when somebody took the ball after that end. The time
/// that was promised to those who wait stays as it is.
pub fn counts_from(due_at: Option<DateTime<Utc>>, taken_at: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    due_at.map(|due_at| taken_at.map_or(due_at, |taken_at| taken_at.max(due_at)))
}

/// How far a clock has run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It runs, or there is none.
    InTime,
    /// It has ended: the holder is reminded.
    Over,
    /// One working day more: the next level sees it.
    Hand,
    /// Three working days after its end: the wall counts it.
    Wall,
}

impl Stage {
    /// The stage of a clock. What rests or follows has none to run out.
    pub fn of(owes: Owes, due_at: Option<DateTime<Utc>>, calendar: &Calendar, now: DateTime<Utc>) -> Self {
        match due_at.filter(|_| owes.has_clock()) {
            Some(due_at) if now < due_at => Self::InTime,
            Some(due_at) if !calendar.needs_a_hand(due_at, now) => Self::Over,
            Some(due_at) if !calendar.counts_on_the_wall(due_at, now) => Self::Hand,
            Some(_) => Self::Wall,
            None => Self::InTime,
        }
    }

    /// Whether the next level sees it.
    pub fn needs_a_hand(self) -> bool {
        self >= Self::Hand
    }
}

/// How many have to know that a clock has ended: nobody, the holder, the next level too, one level more; at most `most`.
pub fn heard(owes: Owes, due_at: Option<DateTime<Utc>>, calendar: &Calendar, now: DateTime<Utc>, most: i64) -> i64 {
    let Some(due_at) = due_at.filter(|due_at| owes.has_clock() && *due_at <= now) else { return 0 };
    let hears = |count: i64| match count {
        1 => due_at,
        2 => calendar.hand_at(due_at),
        more => calendar.add(calendar.hand_at(due_at), calendar.days(DAYS_UNTIL_THE_NEXT * (more - 2))),
    };
    (1..=most).take_while(|count| hears(*count) <= now).last().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use chrono_tz::America::New_York;
    use chrono_tz::Europe::London;
    use proptest::prelude::*;

    fn local(calendar: &Calendar, text: &str) -> DateTime<Utc> {
        let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        calendar.moment(local.date(), local.time())
    }

    /// The stage one minute before each of these moments and at it, for a clock that ends at the first of them.
    fn steps(calendar: &Calendar, moments: [&str; 3]) -> Vec<(Stage, Stage)> {
        let due = local(calendar, moments[0]);
        let stage = |now| Stage::of(Owes::Answer, Some(due), calendar, now);
        let moments = moments.map(|moment| local(calendar, moment));
        moments.iter().map(|moment| (stage(*moment - TimeDelta::minutes(1)), stage(*moment))).collect()
    }

    fn stages() -> Vec<(Stage, Stage)> {
        vec![(Stage::InTime, Stage::Over), (Stage::Over, Stage::Hand), (Stage::Hand, Stage::Wall)]
    }

    #[test]
    fn each_stage_begins_at_its_minute_and_not_before() {
        let london = Calendar::usual(London);
        assert_eq!(steps(&london, ["2026-10-12 11:00", "2026-10-13 11:00", "2026-10-15 11:00"]), stages());
    }

    #[test]
    fn weekends_and_holidays_are_no_time() {
        let london = Calendar::usual(London);
        assert_eq!(steps(&london, ["2026-10-08 15:00", "2026-10-09 15:00", "2026-10-13 15:00"]), stages());
        let written = crate::calendar::Written { holidays: "2026-04-03\n2026-04-06".to_owned(), ..london.write() };
        let easter = Calendar::read(&written).unwrap();
        assert_eq!(steps(&easter, ["2026-04-02 10:00", "2026-04-07 10:00", "2026-04-09 10:00"]), stages());
    }

    #[test]
    fn the_wall_clock_counts_when_the_hour_changes_in_two_zones() {
        // London changed on Sunday 29 March and 25 October, New York on Sunday 8 March and 1 November.
        let (london, new_york) = (Calendar::usual(London), Calendar::usual(New_York));
        assert_eq!(steps(&london, ["2026-03-27 10:00", "2026-03-30 10:00", "2026-04-01 10:00"]), stages());
        assert_eq!(steps(&london, ["2026-10-23 10:00", "2026-10-26 10:00", "2026-10-28 10:00"]), stages());
        assert_eq!(steps(&new_york, ["2026-03-06 10:00", "2026-03-09 10:00", "2026-03-11 10:00"]), stages());
        assert_eq!(steps(&new_york, ["2026-10-30 10:00", "2026-11-02 10:00", "2026-11-04 10:00"]), stages());
        // Not the same length: an hour less in spring, an hour more in autumn.
        let length = |calendar: &Calendar, from: &str| {
            let from = local(calendar, from);
            calendar.hand_at(from) - from
        };
        assert_eq!(length(&london, "2026-03-27 10:00"), TimeDelta::hours(71));
        assert_eq!(length(&london, "2026-10-23 10:00"), TimeDelta::hours(73));
        assert_eq!(length(&new_york, "2026-03-06 10:00"), TimeDelta::hours(71));
        assert_eq!(length(&new_york, "2026-10-30 10:00"), TimeDelta::hours(73));
    }

    #[test]
    fn what_rests_or_follows_has_no_clock_to_run_out() {
        let calendar = Calendar::usual(London);
        let (due, now) = (local(&calendar, "2026-03-03 10:00"), local(&calendar, "2026-06-03 10:00"));
        for owes in [Owes::Follow, Owes::Wake] {
            assert_eq!(Stage::of(owes, Some(due), &calendar, now), Stage::InTime);
            assert_eq!(heard(owes, Some(due), &calendar, now, 9), 0);
        }
        assert_eq!(Stage::of(Owes::Do, None, &calendar, now), Stage::InTime);
        assert_eq!(heard(Owes::Do, None, &calendar, now, 9), 0);
    }

    #[test]
    fn whoever_took_a_ball_has_a_working_day_before_the_next_level_hears() {
        let calendar = Calendar::usual(London);
        let at = |text| Some(local(&calendar, text));
        let (due, taken) = (at("2026-03-02 10:00"), at("2026-03-05 14:00"));
        assert_eq!((counts_from(due, None), counts_from(due, taken), counts_from(taken, due)), (due, taken, taken));
        assert_eq!(counts_from(None, taken), None);
        let heard = |now: &str| heard(Owes::Answer, counts_from(due, taken), &calendar, local(&calendar, now), 4);
        assert_eq!((heard("2026-03-05 14:00"), heard("2026-03-06 13:59"), heard("2026-03-06 14:00")), (1, 1, 2));
    }

    #[test]
    fn one_level_more_hears_every_three_days() {
        let calendar = Calendar::usual(London);
        let due = local(&calendar, "2026-03-02 10:00");
        let heard = |now: &str| heard(Owes::Answer, Some(due), &calendar, local(&calendar, now), 4);
        assert_eq!((heard("2026-03-02 09:59"), heard("2026-03-02 10:00")), (0, 1));
        assert_eq!((heard("2026-03-03 09:59"), heard("2026-03-03 10:00")), (1, 2));
        assert_eq!((heard("2026-03-06 09:59"), heard("2026-03-06 10:00")), (2, 3));
        assert_eq!((heard("2026-03-11 09:59"), heard("2026-03-11 10:00")), (3, 4));
        assert_eq!(heard("2027-03-11 10:00"), 4, "nobody is left");
    }

    proptest! {
        #[test]
        fn a_clock_never_runs_back_and_both_ways_to_ask_agree(
            due in 1_760_000_000_i64..1_800_000_000, minutes in 0_i64..20_000, more in 0_i64..5_000, west in any::<bool>()
        ) {
            let calendar = Calendar::usual(if west { New_York } else { London });
            let due = DateTime::from_timestamp(due, 0).unwrap();
            let now = due - TimeDelta::minutes(2_000) + TimeDelta::minutes(minutes);
            let later = now + TimeDelta::minutes(more);
            let stage = |now| Stage::of(Owes::Answer, Some(due), &calendar, now);
            let told = |now| heard(Owes::Answer, Some(due), &calendar, now, 5);
            prop_assert!(stage(now) <= stage(later));
            prop_assert!(told(now) <= told(later));
            prop_assert_eq!(told(now) >= 1, stage(now) >= Stage::Over);
            prop_assert_eq!(told(now) >= 2, stage(now).needs_a_hand());
        }
    }
}
