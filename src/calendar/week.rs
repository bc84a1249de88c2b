//! Weeks of a team: the coarsest time that is told, and the only one that is kept of what a nameless author did.

use super::{Calendar, Working};
use crate::locale::form;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

impl Calendar {
    /// The Monday of the week in which a team has this moment.
    pub fn week_of(&self, moment: DateTime<Utc>) -> NaiveDate {
        let date = self.date_of(moment);
        date - Days::new(u64::from(date.weekday().num_days_from_monday()))
    }

    /// The first opening of the team in the week after: the one moment at which a letter of the week counts as thrown.
    pub fn counts_from(&self, week: NaiveDate) -> DateTime<Utc> {
        self.opening(week + Days::new(7))
    }

    /// The week of what counts from this moment.
    pub fn week_behind(&self, counts_from: DateTime<Utc>) -> NaiveDate {
        self.week_of(counts_from) - Days::new(7)
    }

    /// The one moment that stands for a whole day: its opening, or its midnight where nobody works or nobody has begun.
    pub fn day_of(&self, moment: DateTime<Utc>) -> DateTime<Utc> {
        let date = self.date_of(moment);
        let opening = self.opening(date);
        if opening <= moment { opening } else { self.moment(date, NaiveTime::MIN) }
    }

    /// When something ends that is told by the day alone: with the working day in which its time runs out.
    pub fn end_of_day(&self, due_at: DateTime<Utc>) -> DateTime<Utc> {
        self.closing(self.date_of(due_at)).max(due_at)
    }

    /// When the team opens on this day, or on the next one it works.
    pub fn opening(&self, date: NaiveDate) -> DateTime<Utc> {
        let midnight = self.moment(date, NaiveTime::MIN);
        self.add(midnight, Working::minutes(1)) - TimeDelta::minutes(1)
    }
}

/// "in the week of 2 March": all that is ever told of when a nameless author did something.
pub fn week_words(week: NaiveDate, now: DateTime<Utc>) -> String {
    let with_year: &'static str = if week.year() == now.year() { "%-d %B" } else { "%-d %B %Y" };
    format!("in the week of {}", week.format(&form(with_year)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn london() -> Calendar {
        Calendar::usual(chrono_tz::Europe::London)
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn all_of_a_week_counts_from_one_moment() {
        let (first, last) = (at("2026-03-02T00:00:00Z"), at("2026-03-08T23:59:59Z"));
        let moments =
            [first, at("2026-03-04T16:20:11Z"), last].map(|sent| london().counts_from(london().week_of(sent)));
        assert_eq!(moments, [at("2026-03-09T08:00:00Z"); 3]);
        assert_eq!(london().counts_from(london().week_of(last + TimeDelta::seconds(1))), at("2026-03-16T08:00:00Z"));
        assert_eq!(london().week_behind(moments[0]), "2026-03-02".parse().unwrap());
    }

    #[test]
    fn the_week_is_the_one_on_the_wall_of_the_team_also_when_the_clocks_change() {
        // Sunday, 29 March 2026: clocks go forward at one; Monday has begun in London when it is 23:30 in UTC.
        assert_eq!(london().week_of(at("2026-03-29T22:30:00Z")).to_string(), "2026-03-23");
        assert_eq!(london().week_of(at("2026-03-29T23:30:00Z")).to_string(), "2026-03-30");
        assert_eq!(london().counts_from("2026-03-23".parse().unwrap()), at("2026-03-30T07:00:00Z"));
    }

    #[test]
    fn words_tell_the_week_and_nothing_finer() {
        let week = "2026-03-02".parse().unwrap();
        assert_eq!(week_words(week, at("2026-03-05T10:00:00Z")), "in the week of 2 March");
        assert_eq!(week_words(week, at("2027-03-05T10:00:00Z")), "in the week of 2 March 2026");
    }
}
