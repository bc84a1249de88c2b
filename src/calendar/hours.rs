//! Adding, subtracting and measuring working time.
//!
//! A working day is a few stretches between two moments. Stretches are made from local wall times, so a clock set back
//! or forward inside one makes it longer or shorter, as it does for the people who sit there. A wall time that is
//! skipped counts as the moment at which the clock was set forward; one that comes twice counts as the first.

use chrono::{
    DateTime, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
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
    #[must_use]
    pub fn add(&self, from: DateTime<Utc>, working: Working) -> DateTime<Utc> {
        if working == Working::NONE {
            return from;
        }
        let mut left = working.length();
        let first = self.date_of(from);
        for (open, close) in (0..FARTHEST)
            .filter_map(|n| first.checked_add_days(Days::new(n)))
            .flat_map(|date| self.stretches(date))
        {
            let start = open.max(from);
            let here = (close - start).max(TimeDelta::zero());
            if left <= here {
                return start + left;
            }
            left -= here;
        }
        from.checked_add_days(Days::new(FARTHEST))
            .unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// The latest moment from which this much working time passes until `to`: counting back.
    ///
    /// Counting back ends as late as it can: eight hours before Tuesday 08:00 is Monday 08:00, one hour before it is
    /// Monday 16:00. More than a century back is answered with the moment one century back.
    #[must_use]
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
        to.checked_sub_days(Days::new(FARTHEST))
            .unwrap_or(DateTime::<Utc>::MIN_UTC)
    }

    /// The full minutes of working time between two moments; none when the second is not later.
    #[must_use]
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
    #[must_use]
    pub fn is_open(&self, moment: DateTime<Utc>) -> bool {
        [self.date_of(moment), self.day_after(moment)]
            .into_iter()
            .flat_map(|date| self.stretches(date))
            .any(|(open, close)| open <= moment && moment < close)
    }

    /// The moment a local date and wall time mean: skipped wall times move forward, repeated ones take the first.
    #[must_use]
    pub fn moment(&self, date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        let local = date.and_time(time);
        match self.zone.from_local_datetime(&local) {
            MappedLocalTime::Single(moment) | MappedLocalTime::Ambiguous(moment, _) => {
                moment.to_utc()
            }
            MappedLocalTime::None => self.after_the_gap(local),
        }
    }

    /// The moment work ends on this date, by the usual hours even where nobody works: what "by Friday" means.
    #[must_use]
    pub fn closing(&self, date: NaiveDate) -> DateTime<Utc> {
        let close = self
            .hours
            .last()
            .map_or(NaiveTime::MIN, |(_, close)| *close);
        self.moment(date, close)
    }

    /// The stretches of working time on one date, ascending; empty on days off, and for a stretch the clock skipped.
    fn stretches(
        &self,
        date: NaiveDate,
    ) -> impl DoubleEndedIterator<Item = (DateTime<Utc>, DateTime<Utc>)> {
        let hours: &[(NaiveTime, NaiveTime)] = if self.works_on(date) {
            &self.hours
        } else {
            &[]
        };
        hours
            .iter()
            .map(move |(open, close)| (self.moment(date, *open), self.moment(date, *close)))
    }

    /// The date after the one on the wall. A clock set back over midnight shows yesterday's date during a stretch of
    /// today, so whoever looks back from a moment begins one day later.
    fn day_after(&self, moment: DateTime<Utc>) -> NaiveDate {
        let date = self.date_of(moment);
        date.succ_opt().unwrap_or(date)
    }

    /// The moment at which the clock was set forward over this wall time.
    fn after_the_gap(&self, local: NaiveDateTime) -> DateTime<Utc> {
        GapInfo::new(&local, &self.zone)
            .and_then(|gap| gap.end)
            .map_or_else(|| local.and_utc(), |end| end.to_utc())
    }
}
