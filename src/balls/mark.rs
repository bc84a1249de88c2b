//! How a ball and its history are told on a page: the mark with its words, the lines of a story.

use super::{Ball, Owes, PlacedBall, Stage, Subject, Thrown, handing};
use crate::calendar::{Calendar, Clock, Working, week_words};
use crate::ids::PersonId;
use crate::people::SOMEBODY;
use chrono::{DateTime, Utc};

/// The mark of a ball with its words, ready for `parts/ball.html`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// `in-time`, `today`, `over`, `hand`, `mine`, `resting` or `closed`.
    pub kind: &'static str,
    /// How full the ring is, from 0 to 1.
    pub share: f64,
    /// Who has it; empty where nobody is to be named.
    pub holder: String,
    pub words: String,
    pub exact: String,
    pub datetime: String,
}

impl Mark {
    /// The mark of a thing that is closed.
    pub fn closed(words: impl Into<String>) -> Self {
        Self { kind: "closed", words: words.into(), ..Self::default() }
    }

    /// The mark of a ball on a thing, as the reader sees it: the deed, where it is theirs.
    pub fn of(subject: Subject, ball: &Ball, calendar: &Calendar, now: DateTime<Utc>, reader: PersonId) -> Self {
        let mine = ball.holder_id == reader;
        let holder = if mine { ball.stands_for.as_ref().map(|away| format!("For {away}")) } else { Some(ball.who()) };
        let holder = holder.unwrap_or_default();
        let Some(due_at) = ball.due_at else {
            let since = calendar.since(ball.since, now);
            let kind = if mine { "mine" } else { "in-time" };
            let words = if mine {
                format!("{} · {}", ball.owes.deed(subject).trim_end_matches(','), since.words)
            } else {
                since.words
            };
            return Self { kind, share: 0.0, holder, words, exact: since.full, datetime: since.exact };
        };
        let clock = calendar.clock(ball.since, due_at, now);
        let due = calendar.due(due_at, now);
        let wakes_at = ball.owes.wakes_at(due_at, calendar).filter(|wakes_at| now < *wakes_at);
        let stage = Stage::of(ball.owes, ball.due_at, calendar, now);
        let (kind, told) = match clock {
            _ if wakes_at.is_some() => ("resting", calendar.due(wakes_at.unwrap_or(due_at), now)),
            Clock::Over(_) if stage.needs_a_hand() => ("hand", calendar.over(due_at, now)),
            Clock::Over(_) => ("over", due.clone()),
            _ if mine => ("mine", due),
            Clock::Today => ("today", due),
            Clock::InTime(_) => ("in-time", due),
        };
        let time = match kind {
            "over" => format!("was due {}", told.words),
            "hand" => told.words,
            "resting" => resting(ball, &told.words, mine),
            _ if mine => format!("{} by {}", ball.owes.deed(subject), told.words),
            _ => format!("{} {}", ball.owes.words(), told.words),
        };
        let words = match kind {
            "over" | "hand" if mine => format!("{} · {time}", ball.owes.deed(subject).trim_end_matches(',')),
            _ => time,
        };
        Self { kind, share: clock.ring(), holder, words, exact: told.full, datetime: told.exact }
    }
}

/// What rests until a day, and whom it wakes then.
fn resting(ball: &Ball, until: &str, mine: bool) -> String {
    let (wakes, checks, by) = match (mine, &ball.holder) {
        (true, _) => (String::from("you"), String::from("you check"), String::from("you")),
        (false, holder) => (holder.clone(), format!("{holder} checks"), holder.clone()),
    };
    match ball.owes {
        Owes::Check => format!("rests until {until} · then {checks}"),
        Owes::Value => format!("next number from {until} · by {by}"),
        Owes::Review => format!("stands · review from {until}"),
        Owes::End => format!("stands until {until}"),
        _ => format!("rests until {until} · wakes {wakes}"),
    }
}

impl PlacedBall {
    /// The mark of the ball on a thing, as the reader sees it; `closed` is what is said of a thing without one.
    pub fn mark(
        &self,
        subject: Subject,
        closed: &str,
        calendar: &Calendar,
        now: DateTime<Utc>,
        reader: PersonId,
    ) -> Mark {
        self.ball().map_or_else(|| Mark::closed(closed), |ball| Mark::of(subject, &ball, calendar, now, reader))
    }
}

/// One line of a story, ready for `parts/story.html`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Who did it, as the reader may see it.
    pub who: String,
    pub verb: String,
    pub quote: String,
    pub when: String,
    /// When exactly, in words.
    pub exact: String,
    /// When exactly, for machines.
    pub datetime: String,
    pub lay: String,
}

/// The lines of a story, oldest first. `verb` words what was done.
pub fn tell(thrown: &[Thrown], calendar: &Calendar, now: DateTime<Utc>, verb: impl Fn(&Thrown) -> String) -> Vec<Told> {
    let before = std::iter::once(None).chain(thrown.iter().map(Some));
    let lines = before.zip(thrown).map(|(before, throw)| {
        if throw.by_id == Some(SOMEBODY) {
            return tell_of_nobody(throw, calendar, now, verb(throw));
        }
        let moment = throw.when(calendar, now);
        Told {
            who: throw.by_name.clone().unwrap_or_else(|| String::from("The clock")),
            verb: handing::words(throw).unwrap_or_else(|| verb(throw)),
            quote: throw.words.clone(),
            when: moment.words,
            exact: moment.full,
            datetime: moment.exact,
            lay: before
                .filter(|before| before.by_id != Some(SOMEBODY))
                .map_or_else(String::new, |before| lay(before, throw, calendar)),
        }
    });
    lines.collect()
}

/// What an author did whom nobody knows: only the week is stored, and only the week is told.
fn tell_of_nobody(throw: &Thrown, calendar: &Calendar, now: DateTime<Utc>, verb: String) -> Told {
    let when = in_its_week(throw, calendar, now);
    let who = throw.by_name.clone().unwrap_or_default();
    Told { who, verb, quote: throw.words.clone(), when, ..Told::default() }
}

/// In which week it was done: all that is told of some throws.
pub fn in_its_week(throw: &Thrown, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let week = if throw.by_id == Some(SOMEBODY) { calendar.week_behind(throw.at) } else { calendar.week_of(throw.at) };
    week_words(week, now)
}

/// The same without how long it lay: where people do their own work step by step, such figures would be about them.
pub fn tell_deeds(
    thrown: &[Thrown],
    calendar: &Calendar,
    now: DateTime<Utc>,
    verb: impl Fn(&Thrown) -> String,
) -> Vec<Told> {
    let lines = tell(thrown, calendar, now, verb).into_iter();
    lines.map(|told| Told { lay: String::new(), ..told }).collect()
}

/// How long it lay with whom; nothing below an hour, which is no waiting, and beside a kept author nothing below a day.
fn lay(before: &Thrown, throw: &Thrown, calendar: &Calendar) -> String {
    let length = calendar.between(before.at, throw.at);
    let by_day = before.is_told_by_day() || throw.is_told_by_day();
    let least = if by_day { calendar.days(1) } else { Working::hours(1) };
    match &before.holder_name {
        Some(holder) if length >= least => {
            format!("lay {} with {holder}", calendar.length(length))
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use uuid::Uuid;

    fn ball(owes: Owes, due_in_hours: i64) -> (Ball, DateTime<Utc>) {
        let now = "2026-03-03T10:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let due_at = Some(now + TimeDelta::hours(due_in_hours));
        let since = now - TimeDelta::hours(1);
        (Ball { holder_id: PersonId(Uuid::nil()), holder: "Ruth".into(), stands_for: None, owes, since, due_at }, now)
    }

    fn mark(owes: Owes, due_in_hours: i64, reader: PersonId) -> Mark {
        let (ball, now) = ball(owes, due_in_hours);
        Mark::of(Subject::Idea, &ball, &Calendar::usual(chrono_tz::UTC), now, reader)
    }

    #[test]
    fn shape_and_words_follow_the_clock() {
        let other = PersonId(Uuid::max());
        assert_eq!(mark(Owes::Answer, 48, other).kind, "in-time");
        assert_eq!(mark(Owes::Answer, 48, other).words, "answer by Thu 10:00");
        assert_eq!(mark(Owes::Catch, 2, other).kind, "today");
        assert_eq!(mark(Owes::Catch, 2, PersonId(Uuid::nil())).kind, "mine");
        assert_eq!(mark(Owes::Catch, -1, other).kind, "over");
        assert_eq!(mark(Owes::Catch, -1, other).words, "was due today 09:00");
        let mine = |owes, hours| mark(owes, hours, PersonId(Uuid::nil()));
        assert_eq!(mine(Owes::Catch, 2).words, "Catch it, or answer it at once, by today 12:00");
        assert_eq!(mine(Owes::Catch, -1).words, "Catch it, or answer it at once · was due today 09:00");
        assert_eq!(mine(Owes::Catch, -1).holder, "", "nobody is told their own name");
        assert_eq!(mine(Owes::Wake, 48).words, "rests until Thu 10:00 · wakes you");
        assert_eq!(mark(Owes::Catch, -24, other).words, "1 day over");
        assert_eq!([mark(Owes::Catch, -23, other).kind, mark(Owes::Catch, -24, other).kind], ["over", "hand"]);
        assert_eq!(mark(Owes::Wake, -240, other).kind, "over", "what rested needs no hand");
        assert_eq!(mark(Owes::Wake, 48, other).words, "rests until Thu 10:00 · wakes Ruth");
        assert_eq!(mark(Owes::Wake, -1, other).kind, "over");
        assert_eq!(mark(Owes::Check, 24 * 20, other).words, "rests until 16 March · then Ruth checks");
        assert_eq!(mark(Owes::Check, 48, other).kind, "in-time");
    }

    #[test]
    fn whoever_stands_in_is_named_with_the_one_they_stand_in_for() {
        let (mut ball, now) = ball(Owes::Answer, 48);
        ball.stands_for = Some("Helen".into());
        let mark = |reader| Mark::of(Subject::Idea, &ball, &Calendar::usual(chrono_tz::UTC), now, reader);
        assert_eq!(mark(PersonId(Uuid::max())).holder, "Ruth for Helen");
        assert_eq!(mark(PersonId(Uuid::nil())).holder, "For Helen");
    }
}
