//! Adding, subtracting and measuring working time.
//!
//! A working day is a few stretches between two moments. Stretches are made from local wall times, so a clock set back
//! or forward inside one makes it longer or shorter, as it does for the people who sit there. A wall time that is
//! skipped counts as the moment at which the clock was set forward; one that comes twice counts as the first.

use chrono::{DateTime, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::GapInfo;

use super::{Calendar, Working};

/// How many days a count walks before it gives up: a century. It bounds the work for lengths nobody means.
const FARTHEST: u64 = 36_525;

impl Calendar {
    /// The earliest moment at which this much working time has passed since `from`.
    ///
    /// Outside the hours nothing passes, so a throw on Saturday starts to count at Monday's opening, and four hours from
    /// 08:00 end at 12:00, not at the end of lunch. No working time at all is `from` itself. More than a century ahead
    /// is answered with the moment one century ahead.
    pub fn add(&self, from: DateTime<Utc>, working: Working) -> DateTime<Utc> {
        if working == Working::NONE {
            return from;
        }
        let mut left = working.length();
        let first = self.date_of(from);
        for (open, close) in
            (0..FARTHEST).filter_map(|n| first.checked_add_days(Days::new(n))).flat_map(|date| self.stretches(date))
        {
            let start = open.max(from);
            let here = (close - start).max(TimeDelta::zero());
            if left <= here {
                return start + left;
            }
            left -= here;
        }
        from.checked_add_days(Days::new(FARTHEST)).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// The latest moment from which this much working time passes until `to`: counting back.
    ///
    /// Counting back ends as late as it can: eight hours before Tuesday 08:00 is Monday 08:00, one hour before it is
    /// Monday 16:00. More than a century back is answered with the moment one century back.
    pub fn subtract(&self, to: DateTime<Utc>, working: Working) -> DateTime<Utc> {
        if working == Working::NONE {
            return to;
        }
        let mut left = working.length();
        let last = self.day_after(to);
        for (open, close) in (0..FARTHEST)
            .filter_map(|n| last.checked_sub_days(Days::new(n)))
            .flat_map(|date| self.stretches(date).rev())
        {
            let end = close.min(to);
            let here = (end - open).max(TimeDelta::zero());
            if left <= here {
                return end - left;
            }
            left -= here;
        }
        to.checked_sub_days(Days::new(FARTHEST)).unwrap_or(DateTime::<Utc>::MIN_UTC)
    }

    /// The full minutes of working time between two moments; none when the second is not later.
    pub fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Working {
        if to <= from {
            return Working::NONE;
        }
        let last = self.day_after(to);
        let passed = self
            .date_of(from)
            .iter_days()
            .take_while(|date| *date <= last)
            .flat_map(|date| self.stretches(date))
            .map(|(open, close)| (close.min(to) - open.max(from)).max(TimeDelta::zero()))
            .sum();
        Working::passed(passed)
    }

    /// Whether the team is at work at this moment.
    pub fn is_open(&self, moment: DateTime<Utc>) -> bool {
        [self.date_of(moment), self.day_after(moment)]
            .into_iter()
            .flat_map(|date| self.stretches(date))
            .any(|(open, close)| open <= moment && moment < close)
    }

    /// The moment a local date and wall time mean: skipped wall times move forward, repeated ones take the first.
    pub fn moment(&self, date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        let local = date.and_time(time);
        match self.zone.from_local_datetime(&local) {
            MappedLocalTime::Single(moment) | MappedLocalTime::Ambiguous(moment, _) => moment.to_utc(),
            MappedLocalTime::None => self.after_the_gap(local),
        }
    }

    /// The moment work ends on this date, by the usual hours even where nobody works: what "by Friday" means.
    pub fn closing(&self, date: NaiveDate) -> DateTime<Utc> {
        let close = self.hours.last().map_or(NaiveTime::MIN, |(_, close)| *close);
        self.moment(date, close)
    }

    /// The stretches of working time on one date, ascending; empty on days off, and for a stretch the clock skipped.
    fn stretches(&self, date: NaiveDate) -> impl DoubleEndedIterator<Item = (DateTime<Utc>, DateTime<Utc>)> {
        let hours: &[(NaiveTime, NaiveTime)] = if self.works_on(date) { &self.hours } else { &[] };
        hours.iter().map(move |(open, close)| (self.moment(date, *open), self.moment(date, *close)))
    }

    /// The date after the one on the wall. A clock set back over midnight shows yesterday's date during a stretch of
    /// today, so whoever looks back from a moment begins one day later.
    fn day_after(&self, moment: DateTime<Utc>) -> NaiveDate {
        let date = self.date_of(moment);
        date.succ_opt().unwrap_or(date)
    }

    /// The moment at which the clock was set forward over this wall time.
    fn after_the_gap(&self, local: NaiveDateTime) -> DateTime<Utc> {
        GapInfo::new(&local, &self.zone).and_then(|gap| gap.end).map_or_else(|| local.and_utc(), |end| end.to_utc())
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::{New_York, St_Johns};
    use chrono_tz::Europe::London;
    use chrono_tz::Pacific::Apia;

    use super::super::samples::{at, every_day, london, on_the_wall, utc, with_holidays};
    use super::*;

    #[test]
    fn a_clock_rests_at_lunch_at_night_and_on_weekends() {
        // 2026-10-09 is a Friday.
        let ends = |from: &str, hours| london().add(at(from), Working::hours(hours));
        assert_eq!(ends("2026-10-09 11:00", 2), at("2026-10-09 14:00"));
        assert_eq!(ends("2026-10-08 16:00", 2), at("2026-10-09 09:00"));
        assert_eq!(ends("2026-10-09 16:00", 2), at("2026-10-12 09:00"));
        assert_eq!(ends("2026-10-09 15:10", 24), at("2026-10-14 15:10"));
    }

    #[test]
    fn a_throw_outside_hours_starts_at_the_next_opening() {
        let ends = |from: &str| london().add(at(from), Working::hours(1));
        assert_eq!(ends("2026-10-10 13:37"), at("2026-10-12 09:00"));
        assert_eq!(ends("2026-10-12 06:00"), at("2026-10-12 09:00"));
        assert_eq!(ends("2026-10-12 12:20"), at("2026-10-12 14:00"));
        assert_eq!(ends("2026-10-12 17:00"), at("2026-10-13 09:00"));
    }

    #[test]
    fn a_clock_ends_at_closing_and_not_at_the_opening_after_it() {
        let ends = |from: &str, hours| london().add(at(from), Working::hours(hours));
        assert_eq!(ends("2026-10-09 08:00", 4), at("2026-10-09 12:00"));
        assert_eq!(ends("2026-10-09 08:00", 8), at("2026-10-09 17:00"));
    }

    #[test]
    fn holidays_are_skipped() {
        let calendar = with_holidays("2026-12-25, 2026-12-28");
        assert_eq!(calendar.add(at("2026-12-24 16:00"), Working::hours(2)), at("2026-12-29 09:00"));
        assert_eq!(calendar.between(at("2026-12-24 16:00"), at("2026-12-29 09:00")), Working::hours(2));
        assert_eq!(calendar.subtract(at("2026-12-29 09:00"), Working::hours(2)), at("2026-12-24 16:00"));
    }

    #[test]
    fn counting_back_ends_as_late_as_it_can() {
        let begins = |to: &str, hours| london().subtract(at(to), Working::hours(hours));
        assert_eq!(begins("2026-10-13 08:00", 8), at("2026-10-12 08:00"));
        assert_eq!(begins("2026-10-13 08:00", 1), at("2026-10-12 16:00"));
        assert_eq!(begins("2026-10-11 20:00", 1), at("2026-10-09 16:00"));
        assert_eq!(begins("2026-10-09 13:00", 4), at("2026-10-09 08:00"));
    }

    #[test]
    fn an_age_is_the_working_time_that_passed() {
        let age = |from: &str, to: &str| london().between(at(from), at(to));
        // A clock that ended on Monday at 11:00, seen on Thursday at 10:00.
        assert_eq!(age("2026-10-12 11:00", "2026-10-15 10:00"), Working::hours(23));
        assert_eq!(age("2026-10-09 17:00", "2026-10-12 08:00"), Working::NONE);
        assert_eq!(age("2026-10-12 11:00", "2026-10-12 11:00"), Working::NONE);
        assert_eq!(age("2026-10-13 11:00", "2026-10-12 11:00"), Working::NONE);
    }

    #[test]
    fn minutes_that_are_not_full_do_not_count_yet() {
        let from = at("2026-10-12 11:00");
        let nearly = from + TimeDelta::milliseconds(119_999);
        assert_eq!(london().between(from, nearly), Working::minutes(1));
        assert_eq!(london().add(nearly, Working::hours(1)), nearly + TimeDelta::hours(2));
    }

    #[test]
    fn wall_hours_stay_when_the_clocks_change() {
        // London: forward on 29 March 2026, back on 25 October. New York: forward on 8 March, back on 1 November.
        for (zone, friday, monday) in [
            (London, "2026-03-27", "2026-03-30"),
            (London, "2026-10-23", "2026-10-26"),
            (New_York, "2026-03-06", "2026-03-09"),
            (New_York, "2026-10-30", "2026-11-02"),
        ] {
            let calendar = Calendar::usual(zone);
            let from = on_the_wall(&calendar, &format!("{friday} 16:00"));
            let to = on_the_wall(&calendar, &format!("{monday} 09:00"));
            assert_eq!(calendar.add(from, Working::hours(2)), to);
            assert_eq!(calendar.subtract(to, Working::hours(2)), from);
            assert_eq!(calendar.between(from, to), Working::hours(2));
            assert_ne!(to - from, TimeDelta::hours(65), "the clock change is in between");
        }
    }

    #[test]
    fn a_skipped_hour_is_not_worked_and_a_repeated_one_is_worked_twice() {
        let lengths = [
            (London, "2026-03-29", 1),
            (London, "2026-10-25", 3),
            (New_York, "2026-03-08", 2),
            (New_York, "2026-11-01", 4),
        ];
        for (zone, date, hours) in lengths {
            // 01:00 to 02:00 is what London skips and repeats; New York skips 02:00 to 03:00 and repeats 01:00 to 02:00.
            let night = if zone == London { "00:30-02:30" } else { "00:30-03:30" };
            let calendar = every_day(zone, night);
            let day = |time: &str| on_the_wall(&calendar, &format!("{date} {time}"));
            assert_eq!(calendar.between(day("00:00"), day("12:00")), Working::hours(hours), "{zone} {date}");
        }
    }

    #[test]
    fn skipped_wall_times_move_forward_and_repeated_ones_take_the_first() {
        let in_london = |text| on_the_wall(&Calendar::usual(London), text);
        assert_eq!(in_london("2026-03-29 01:30"), utc("2026-03-29 01:00"));
        assert_eq!(in_london("2026-10-25 01:30"), utc("2026-10-25 00:30"));
        let in_new_york = |text| on_the_wall(&Calendar::usual(New_York), text);
        assert_eq!(in_new_york("2026-03-08 02:30"), utc("2026-03-08 07:00"));
        assert_eq!(in_new_york("2026-11-01 01:30"), utc("2026-11-01 05:30"));
    }

    #[test]
    fn a_clock_set_back_over_midnight_leaves_the_stretch_whole() {
        // St John's, 7 November 2010: at 00:01, 02:31 in universal time, the wall went back to 23:01 of the day before.
        let calendar = every_day(St_Johns, "00:00-06:00");
        let (open, yesterday_again) = (utc("2010-11-07 02:30"), utc("2010-11-07 03:00"));
        assert!(calendar.is_open(yesterday_again));
        assert_eq!(calendar.between(utc("2010-11-07 02:00"), yesterday_again), Working::minutes(30));
        assert_eq!(calendar.subtract(yesterday_again, Working::minutes(30)), open);
        assert_eq!(calendar.add(open, Working::minutes(30)), yesterday_again);
    }

    #[test]
    fn a_day_that_was_skipped_altogether_has_no_working_time() {
        // Samoa went from 29 to 31 December 2011; the 30th was a Friday.
        let calendar = Calendar::usual(Apia);
        let from = on_the_wall(&calendar, "2011-12-29 16:00");
        assert_eq!(calendar.add(from, Working::hours(2)), on_the_wall(&calendar, "2012-01-02 09:00"));
    }

    #[test]
    fn lengths_nobody_means_end_after_a_century() {
        let from = at("2026-10-12 11:00");
        let end = london().add(from, Working::hours(i64::MAX));
        assert_eq!((end - from).num_days(), 36_525);
        let begin = london().subtract(from, Working::hours(i64::MAX));
        assert_eq!((from - begin).num_days(), 36_525);
        let last = DateTime::<Utc>::MAX_UTC;
        assert_eq!(london().add(last, Working::hours(1)), last);
    }

    #[test]
    fn a_team_is_open_from_its_opening_until_before_its_closing() {
        let open = |text| london().is_open(at(text));
        assert!(open("2026-10-12 08:00") && open("2026-10-12 11:59") && open("2026-10-12 13:00"));
        assert!(!open("2026-10-12 12:00") && !open("2026-10-12 17:00") && !open("2026-10-11 10:00"));
    }

    #[test]
    fn by_friday_means_when_work_ends_on_friday() {
        assert_eq!(london().closing("2026-10-09".parse().unwrap()), at("2026-10-09 17:00"));
    }
}
