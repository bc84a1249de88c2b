//! What happened to an idea and what was said about it, as one line of time.
//!
//! Where it stands dates a thing too. So where the coach keeps the name, both are put together by their days only, what was
//! done before what was said; where nobody knows it, all that was said stands behind all that was done. And what is told by
//! its week stands behind all that was said in it.

use crate::balls::{Thrown, Told};
use crate::calendar::Calendar;
use crate::conversation::part::CommentView;
use crate::ideas::Anonymity;
use crate::ideas::sentences::is_told_by_week;
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

/// One thing of the line.
pub enum Entry {
    Deed(Told),
    Comment(Box<CommentView>),
}

/// How finely the two are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    Moment,
    Day,
    /// Not at all: one behind the other.
    Apart,
}

impl Grain {
    /// What may be told of an idea that was thrown like this.
    pub fn of(way: Anonymity) -> Self {
        match way {
            Anonymity::Named => Self::Moment,
            Anonymity::Kept => Self::Day,
            Anonymity::Nameless => Self::Apart,
        }
    }
}

/// All of it, oldest first. The story and the comments come in their own order, which stays.
pub fn of(
    story: Vec<Told>,
    thrown: &[Thrown],
    comments: Vec<CommentView>,
    calendar: &Calendar,
    grain: Grain,
) -> Vec<Entry> {
    let done = thrown.iter().map(|throw| {
        if is_told_by_week(throw) { behind_the_week(throw.at, calendar) } else { place(throw.at, calendar, grain) }
    });
    let mut deeds = story.into_iter().zip(done).peekable();
    let mut entries = Vec::new();
    for comment in comments {
        let said = place(comment.comment.at, calendar, grain);
        while let Some((deed, _)) = deeds.next_if(|(_, done)| *done <= said || grain == Grain::Apart) {
            entries.push(Entry::Deed(deed));
        }
        entries.push(Entry::Comment(Box::new(comment)));
    }
    entries.extend(deeds.map(|(deed, _)| Entry::Deed(deed)));
    entries
}

/// A day, and the moment where that may be told.
type Place = (NaiveDate, Option<DateTime<Utc>>);

fn place(at: DateTime<Utc>, calendar: &Calendar, grain: Grain) -> Place {
    (calendar.date_of(at), (grain == Grain::Moment).then_some(at))
}

fn behind_the_week(at: DateTime<Utc>, calendar: &Calendar) -> Place {
    let date = calendar.date_of(at);
    let left = TimeDelta::days(7 - i64::from(date.weekday().num_days_from_monday()));
    (date + left, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_days_nothing_tells_what_came_first_on_one() {
        let calendar = Calendar::usual(chrono_tz::Europe::Berlin);
        let at = |time: &str| time.parse::<DateTime<Utc>>().unwrap();
        let (early, late) = (at("2026-03-04T08:00:00Z"), at("2026-03-04T16:00:00Z"));
        assert!(place(early, &calendar, Grain::Moment) < place(late, &calendar, Grain::Moment));
        assert_eq!(place(early, &calendar, Grain::Day), place(late, &calendar, Grain::Day));
        let night = at("2026-03-04T23:30:00Z");
        assert!(place(late, &calendar, Grain::Day) < place(night, &calendar, Grain::Day), "a day is one of the team");
    }

    #[test]
    fn what_is_told_by_its_week_stands_behind_the_week() {
        let calendar = Calendar::usual(chrono_tz::Europe::Berlin);
        let at = |time: &str| time.parse::<DateTime<Utc>>().unwrap();
        let closed = behind_the_week(at("2026-03-03T08:00:00Z"), &calendar);
        assert!(closed > place(at("2026-03-08T22:00:00Z"), &calendar, Grain::Moment));
        assert!(closed < place(at("2026-03-09T00:00:00Z"), &calendar, Grain::Moment));
        assert_eq!(closed, behind_the_week(at("2026-03-08T22:00:00Z"), &calendar), "any day of it");
    }
}
