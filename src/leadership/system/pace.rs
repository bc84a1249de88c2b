//! How long an idea lies until a person has it, and until a real answer comes, in working time of its team.

use crate::calendar::{Calendar, Working};
use crate::ideas::{State, Verb};
use crate::ids::IdeaId;
use crate::responses::answer::ANSWERS;
use chrono::{DateTime, Utc};

/// An idea of which the times are read.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Thrown {
    pub id: IdeaId,
    pub headline: String,
    pub state: State,
    pub thrown_at: DateTime<Utc>,
    /// Whether the reader may open it.
    pub seen: bool,
    /// The working time of its team.
    #[sqlx(flatten)]
    pub calendar: Calendar,
}

/// Something that happened to it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Step {
    pub idea_id: IdeaId,
    pub at: DateTime<Utc>,
    pub verb: String,
    /// Whether a person did it, who is not the author.
    pub by_other: bool,
    /// Whether the author has the ball from then on.
    pub with_author: bool,
}

/// How long something took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// It came, after so long.
    Took(Working),
    /// It has not come, and has been waited for so long.
    Waits(Working),
    /// It never came and nobody waits any more.
    Never,
}

/// The two times of an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// From the throw until a person said "I have it", or answered at once.
    pub to_person: Time,
    /// In the hands of those who answer, from the throw until one of the six answers.
    pub to_answer: Time,
    /// How long the author had it meanwhile, with a question.
    pub with_author: Working,
}

/// Whether a move is one by which a person shows that they have the idea.
fn is_caught_by(step: &Step) -> bool {
    let verbs = [Verb::Catch, Verb::Ask, Verb::Talk, Verb::Merge, Verb::Take];
    step.by_other && verbs.into_iter().chain(ANSWERS).any(|verb| verb.name() == step.verb)
}

fn is_answer(step: &Step) -> bool {
    step.by_other && ANSWERS.into_iter().chain([Verb::Merge]).any(|verb| verb.name() == step.verb)
}

impl Pace {
    /// The times of an idea from what happened to it, the oldest first, the throw included.
    pub fn of(thrown: &Thrown, steps: &[Step], now: DateTime<Utc>) -> Self {
        let calendar = &thrown.calendar;
        let open = thrown.state.is_open();
        let waited = |came: Option<DateTime<Utc>>| match came {
            Some(at) => Time::Took(calendar.between(thrown.thrown_at, at)),
            None if open => Time::Waits(calendar.between(thrown.thrown_at, now)),
            None => Time::Never,
        };
        let caught = steps.iter().find(|step| is_caught_by(step)).map(|step| step.at);
        let answered = steps.iter().find(|step| is_answer(step)).map(|step| step.at);
        let with_author = held_by_author(calendar, steps, answered.unwrap_or(now));
        let without = |time: Working| Working::minutes(time.as_minutes() - with_author.as_minutes());
        let to_answer = match waited(answered) {
            Time::Took(time) => Time::Took(without(time)),
            Time::Waits(time) => Time::Waits(without(time)),
            Time::Never => Time::Never,
        };
        Self { to_person: waited(caught), to_answer, with_author }
    }
}

/// How long the author had the ball, until `end`.
fn held_by_author(calendar: &Calendar, steps: &[Step], end: DateTime<Utc>) -> Working {
    let next = |at: usize| steps.get(at + 1).map_or(end, |step| step.at.min(end));
    let held = steps.iter().enumerate().filter(|(_, step)| step.with_author && step.at < end);
    let minutes = held.map(|(at, step)| calendar.between(step.at, next(at)).as_minutes());
    Working::minutes(minutes.sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::London;
    use uuid::Uuid;

    fn thrown(state: State) -> Thrown {
        Thrown {
            id: IdeaId(Uuid::nil()),
            headline: String::new(),
            state,
            thrown_at: at("2026-03-02T09:00:00Z"),
            seen: true,
            calendar: Calendar::usual(London),
        }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn step(verb: Verb, when: &str, by_other: bool, with_author: bool) -> Step {
        Step { idea_id: IdeaId(Uuid::nil()), at: at(when), verb: verb.name().to_owned(), by_other, with_author }
    }

    fn hours(hours: i64) -> Working {
        Working::hours(hours)
    }

    #[test]
    fn working_time_counts_until_a_person_has_it_and_until_it_is_answered() {
        let steps = [
            step(Verb::Catch, "2026-03-02T15:00:00Z", true, false),
            step(Verb::Go, "2026-03-03T10:00:00Z", true, true),
        ];
        let pace = Pace::of(&thrown(State::Go), &steps, at("2026-06-02T09:00:00Z"));
        // From nine to three with an hour at noon; the next day from eight on.
        assert_eq!((pace.to_person, pace.to_answer), (Time::Took(hours(5)), Time::Took(hours(9))));
        assert_eq!(pace.with_author, Working::NONE);
    }

    #[test]
    fn asking_back_stops_the_clock_of_leaders_and_does_not_reset_it() {
        let steps = [
            step(Verb::Ask, "2026-03-02T11:00:00Z", true, true),
            step(Verb::Reply, "2026-03-03T11:00:00Z", false, false),
            step(Verb::Ask, "2026-03-03T12:00:00Z", true, true),
            step(Verb::Reply, "2026-03-04T09:00:00Z", false, false),
            step(Verb::Decline, "2026-03-04T10:00:00Z", true, true),
        ];
        let pace = Pace::of(&thrown(State::Declined), &steps, at("2026-06-02T09:00:00Z"));
        assert_eq!((pace.to_person, pace.to_answer), (Time::Took(hours(2)), Time::Took(hours(4))));
        assert_eq!(pace.with_author, hours(13));
    }

    #[test]
    fn what_waits_has_its_age_and_what_was_taken_back_has_none() {
        let now = at("2026-03-02T11:00:00Z");
        let waits = Time::Waits(hours(2));
        let pace = Pace::of(&thrown(State::New), &[], now);
        assert_eq!((pace.to_person, pace.to_answer), (waits, waits));
        let steps = [step(Verb::Withdraw, "2026-03-02T10:00:00Z", false, false)];
        let pace = Pace::of(&thrown(State::Withdrawn), &steps, now);
        assert_eq!((pace.to_person, pace.to_answer), (Time::Never, Time::Never));
        // The clock is nobody, and an author does not catch their own idea.
        let steps = [step(Verb::Take, "2026-03-02T10:00:00Z", false, false)];
        assert_eq!(Pace::of(&thrown(State::New), &steps, now).to_person, waits);
    }
}
