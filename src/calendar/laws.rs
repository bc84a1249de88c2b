//! What always holds for working time, whatever the calendar and the moment: tried with many of both.

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use chrono_tz::America::{New_York, St_Johns};
use chrono_tz::Europe::London;
use proptest::prelude::*;

use super::samples::{every_day, utc, with_holidays};
use super::{Calendar, Working};

/// Calendars that are hard on arithmetic: usual ones, nights over both clock changes, and a clock set back over midnight.
fn calendars() -> impl Strategy<Value = Calendar> {
    prop_oneof![
        Just(Calendar::usual(London)),
        Just(Calendar::usual(New_York)),
        Just(with_holidays("2026-04-03, 2026-04-06, 2026-12-25")),
        Just(every_day(London, "00:00-01:30, 01:30-02:15, 23:00-23:59")),
        Just(every_day(New_York, "00:30-01:10, 01:20-02:40, 02:50-03:10")),
        Just(every_day(St_Johns, "00:00-06:00, 22:00-23:40")),
    ]
}

/// Any second between 2009 and 2034, half of them within three days of a change of clocks in one of the zones.
fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    let changes = ["2026-03-29 01:00", "2026-10-25 01:00", "2026-03-08 07:00", "2026-11-01 06:00", "2010-11-07 02:31"];
    let near = (prop::sample::select(changes.to_vec()), -259_200_i64..259_200)
        .prop_map(|(change, away)| utc(change) + TimeDelta::seconds(away));
    let any = (1_230_000_000_i64..2_030_000_000).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap());
    prop_oneof![near, any]
}

/// The working time between two moments, found by asking the wall clock every minute.
fn counted_minute_by_minute(calendar: &Calendar, from: DateTime<Utc>, to: DateTime<Utc>) -> Working {
    let minutes = (0..(to - from).num_minutes()).filter(|minute| {
        let local = (from + TimeDelta::minutes(*minute)).with_timezone(&calendar.zone());
        calendar.works_on(local.date_naive()) && matches!(local.hour(), 8..=11 | 13..=16)
    });
    Working::minutes(i64::try_from(minutes.count()).unwrap())
}

proptest! {
    #[test]
    fn what_was_added_has_passed(calendar in calendars(), from in moments(), minutes in 0_i64..9_000) {
        let working = Working::minutes(minutes);
        prop_assert_eq!(calendar.between(from, calendar.add(from, working)), working);
    }

    #[test]
    fn what_was_subtracted_passes(calendar in calendars(), to in moments(), minutes in 0_i64..9_000) {
        let working = Working::minutes(minutes);
        prop_assert_eq!(calendar.between(calendar.subtract(to, working), to), working);
    }

    #[test]
    fn add_and_subtract_undo_each_other(calendar in calendars(), from in moments(), minutes in 1_i64..9_000) {
        let working = Working::minutes(minutes);
        // From any moment there and back ends where the hours allow: at or after it, with no working time between.
        let back = calendar.subtract(calendar.add(from, working), working);
        prop_assert!(back >= from);
        prop_assert_eq!(calendar.between(from, back), Working::NONE);
        let forth = calendar.add(calendar.subtract(from, working), working);
        prop_assert!(forth <= from);
        prop_assert_eq!(calendar.between(forth, from), Working::NONE);
    }

    #[test]
    fn at_work_there_and_back_is_exact(calendar in calendars(), moment in moments(), minutes in 1_i64..9_000) {
        let working = Working::minutes(minutes);
        let from = calendar.subtract(moment, Working::minutes(1));
        prop_assert!(calendar.is_open(from));
        prop_assert_eq!(calendar.subtract(calendar.add(from, working), working), from);
        let to = calendar.add(moment, Working::minutes(1));
        prop_assert_eq!(calendar.add(calendar.subtract(to, working), working), to);
    }

    #[test]
    fn later_and_longer_never_end_earlier(
        calendar in calendars(), from in moments(), later in 0_i64..100_000, minutes in 0_i64..3_000, longer in 0_i64..3_000
    ) {
        let (short, long) = (Working::minutes(minutes), Working::minutes(minutes + longer));
        let after = from + TimeDelta::seconds(later);
        prop_assert!(calendar.add(from, short) <= calendar.add(after, short));
        prop_assert!(calendar.add(from, short) <= calendar.add(from, long));
        prop_assert!(calendar.subtract(from, short) <= calendar.subtract(after, short));
        prop_assert!(calendar.subtract(from, long) <= calendar.subtract(from, short));
        prop_assert!(calendar.between(from, from) <= calendar.between(from, after));
    }

    #[test]
    fn the_arithmetic_agrees_with_the_wall_clock(from in moments(), length in 0_i64..20_000, zone in prop_oneof![Just(London), Just(New_York)]) {
        let calendar = Calendar::usual(zone);
        let from = from.with_second(0).unwrap();
        let to = from + TimeDelta::minutes(length);
        prop_assert_eq!(calendar.between(from, to), counted_minute_by_minute(&calendar, from, to));
    }
}
