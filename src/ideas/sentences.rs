//! How an idea is told on a page: its mark, and the words for each throw of its story.

use super::{State, Verb};
use crate::balls::mark::{self, Told};
use crate::balls::{Ball, Mark, Owes, Subject, Thrown};
use crate::calendar::Calendar;
use crate::ids::PersonId;
use chrono::{DateTime, Utc};

/// Who reads, when, and in which working time.
pub struct Viewpoint<'a> {
    /// The working time of the idea's team.
    pub calendar: &'a Calendar,
    pub now: DateTime<Utc>,
    pub reader: PersonId,
}

/// The mark of an idea, as the reader sees it. One that follows a promise or an experiment says so.
pub fn mark(ball: Option<Ball>, state: State, author: PersonId, viewpoint: &Viewpoint<'_>) -> Mark {
    let Some(mut ball) = ball else { return Mark::closed(state.words()) };
    let follows = ball.owes == Owes::Follow;
    if follows && state == State::Helping {
        ball.owes = if ball.holder_id == author { Owes::Confirm } else { Owes::Keep };
    }
    let mut mark = Mark::of(Subject::Idea, &ball, viewpoint.calendar, viewpoint.now, viewpoint.reader);
    if follows && state == State::Trying {
        mark.words = format!("in an experiment {}", mark.words);
    }
    mark
}

/// The lines of a story, oldest first. A no that stayed is told with its week alone.
pub fn story(thrown: &[Thrown], calendar: &Calendar, now: DateTime<Utc>) -> Vec<Told> {
    let told = mark::tell(thrown, calendar, now, |throw| predicate(throw, calendar, now));
    let lines = told.into_iter().zip(thrown).map(|(told, throw)| match closing(throw) {
        Some((who, verb)) => Told {
            who: who.to_owned(),
            verb: verb.to_owned(),
            quote: told.quote,
            when: mark::in_its_week(throw, calendar, now),
            ..Told::default()
        },
        None => told,
    });
    lines.collect()
}

/// Who did what, in a sentence without its end.
pub fn sentence(thrown: &Thrown, calendar: &Calendar, now: DateTime<Utc>) -> String {
    if let Some((who, verb)) = closing(thrown) {
        return format!("{who} {verb}");
    }
    let who = thrown.by_name.as_deref().unwrap_or("The clock");
    format!("{who} {}", predicate(thrown, calendar, now))
}

/// Whether nothing finer than its week is told of it: a no that stayed.
pub fn is_told_by_week(thrown: &Thrown) -> bool {
    closing(thrown).is_some()
}

/// How a no that stayed is told: its author said that it was fair, or the clock ended. Which of the two it was is only ever
/// shown summed.
fn closing(thrown: &Thrown) -> Option<(&'static str, &'static str)> {
    let is = |verb: Verb| thrown.verb == verb.name();
    let stayed = is(Verb::Fair) || is(Verb::Lapse) && thrown.state == State::ClosedDeclined.name();
    stayed.then_some(("It", "was closed: nobody threw the no back"))
}

/// What was done, after the name of who did it.
pub fn predicate(thrown: &Thrown, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let to = thrown.holder_name.as_deref().unwrap_or("nobody");
    let day = || thrown.due_at.map_or_else(String::new, |at| calendar.due(at, now).words);
    match thrown.verb.as_str() {
        "throw" => format!("threw it to {to}"),
        "catch" => String::from("caught it"),
        "ask" => format!("asked {to}"),
        "reply" => format!("answered {to}"),
        "did" => format!("did it already and told {to}"),
        "talk" => String::from("offered ten minutes to talk"),
        "go" => String::from("said yes, do it"),
        "try" => String::from("said yes, let\u{2019}s try it"),
        "help" => format!("promised help by {}", day()),
        "pass_up" => format!("takes it further to {to} and stays on it"),
        "report" => String::from("told how it stands"),
        "send_back" => format!("sent it back to {to}"),
        "nod" => String::from("agreed that it rests once more"),
        "merge" => String::from("put it together with another idea"),
        "object" => String::from("said it is not the same"),
        "alone" => String::from("brought it back: the other idea was taken back"),
        "reword" => String::from("changed the words"),
        "plan" => format!("will have done it by {}", day()),
        "thank" => String::from("said thank you"),
        "take" => String::from("took it, because it needed a hand"),
        "lapse" => lapsed(thrown),
        "park" => format!("said not now, again on {}", day()),
        "decline" => String::from("said no"),
        "withdraw" => String::from("took it back"),
        // Whether a no was fair is only ever shown summed.
        "fair" => String::from(LEFT),
        "throw_back" => format!("threw it back, to {to}"),
        "deliver" => String::from("said it is done"),
        "confirm" => String::from("said it changed something"),
        "not_yet" => String::from("said not yet"),
        "wake" if thrown.by_id.is_none() => format!("woke it for {to}: its day has come"),
        "wake" => String::from("woke it"),
        "follow" => String::from("moved the experiment on"),
        "carry" => String::from("moved the promise on"),
        "go_on" => String::from("goes on with it"),
        "whole" => String::from("said the promise is kept and was the whole thing"),
        "revoke" => String::from("took the promise back"),
        "in_use" => String::from("put our new way into use"),
        "abandon" => String::from("ended the experiment with a lesson"),
        "said" => String::from("said"),
        super::protection::ASK_COACH => String::from("asked the coach to speak for them"),
        "show_name" => String::from("showed their name"),
        "drop" => String::from("dropped the experiment before it began"),
        "hand_over" | "hand_back" => crate::balls::handing::words(thrown).unwrap_or_default(),
        other => other.replace('_', " "),
    }
}

const LEFT: &str = "closed it: nobody threw the no back";

/// What a clock ended that ends by itself.
fn lapsed(thrown: &Thrown) -> String {
    let state = State::named(&thrown.state);
    String::from(match state {
        Some(State::Done) => "closed it: delivered, and not confirmed",
        Some(State::ClosedDeclined) => LEFT,
        _ => "gave it back: the question was not answered. Let\u{2019}s talk",
    })
}
