//! The sentences of a promise on a page: its mark, its headline, and the words for each throw of its story.

use super::store::Term;
use super::{Promise, State};
use crate::balls::{Mark, Subject, Thrown};
use crate::calendar::Calendar;
use crate::ids::PersonId;
use crate::text::first_name;
use chrono::{DateTime, Utc};

/// The mark of a promise, as the reader sees it.
pub fn mark(promise: &Promise, calendar: &Calendar, now: DateTime<Utc>, reader: PersonId) -> Mark {
    let closed = if promise.unconfirmed { "kept, not confirmed" } else { promise.state.words() };
    promise.placed.mark(Subject::Promise, closed, calendar, now, reader)
}

/// "Ruth will …" for what was offered in whole words; "Ruth to Jonas: …" for what was asked for.
pub fn headline(promise: &Promise, was_asked_for: bool) -> String {
    let (promiser, receiver) = (first_name(&promise.promiser), first_name(&promise.receiver));
    match promise.state {
        _ if !was_asked_for => format!("{promiser} will {}", promise.what),
        State::Requested | State::Countered | State::Refused | State::Dropped => {
            format!("{receiver} asks {promiser}: {}", promise.what)
        }
        _ => format!("{promiser} to {receiver}: {}", promise.what),
    }
}

/// What is offered instead, or the other day that is asked for; empty for neither.
pub fn proposed(promise: &Promise, due: impl Fn(DateTime<Utc>) -> String) -> String {
    match (&promise.proposed_what, promise.proposed_due_at) {
        (Some(what), Some(at)) => format!("{} offers instead, by {}: {what}", promise.promiser, due(at)),
        (None, Some(at)) => format!("{} asks to move it to {}.", promise.promiser, due(at)),
        _ => String::new(),
    }
}

/// What is remembered about its days, beside the day that holds now: that it was moved, and that it was missed.
pub fn remembered(promise: &Promise, calendar: &Calendar, now: DateTime<Utc>) -> Vec<String> {
    let day = |at: DateTime<Utc>| calendar.due(at, now).words;
    let mut told = Vec::new();
    if let Some(first) = promise.first_due_at.filter(|first| *first != promise.due_at) {
        told.push(format!("First promised for {}.", day(first)));
    }
    match promise.moved {
        0 => {}
        1 => told.push(String::from("Its day was moved once, in time.")),
        times => told.push(format!("Its day was moved {times} times, in time.")),
    }
    if let Some(missed) = promise.missed_at {
        told.push(format!("Its day passed without it: {}. It stays counted as missed.", day(missed)));
    }
    if promise.unconfirmed {
        told.push(format!("{} did not say, so it counts as kept, not confirmed.", promise.receiver));
    }
    told
}

/// Who was first, as somebody reads it whose form saw an older version; `last` is the last throw with what was done.
pub fn who_was_first(last: Option<(&Thrown, String)>, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let told = last.map_or_else(String::new, |(thrown, done)| {
        let who = thrown.by_name.as_deref().unwrap_or("The clock");
        format!("{who} {done}, {}", thrown.when(calendar, now).words)
    });
    format!("Somebody was first: {told}. Your words are kept below; decide whether they still hold.")
}

/// What the sentences of a story are made of.
pub struct Story<'a> {
    pub promise: &'a Promise,
    pub terms: &'a [Term],
    pub calendar: &'a Calendar,
    pub now: DateTime<Utc>,
}

impl Story<'_> {
    /// What was done, after the name of who did it.
    pub fn past_tense(&self, thrown: &Thrown) -> String {
        let term = self.terms.iter().find(|term| term.number == thrown.number);
        let at = term.and_then(|term| term.due_at).or(thrown.due_at);
        let day = || at.map_or_else(String::new, |at| self.calendar.due(at, self.now).words);
        let what = || term.and_then(|term| term.what.as_deref()).unwrap_or("something else");
        let cause = || term.and_then(|term| term.cause).map_or("", |cause| cause.words());
        let by_clock = thrown.by_name.is_none();
        match thrown.verb.as_str() {
            "request" => format!("asked {} for it by {}: {}", self.promise.promiser, day(), what()),
            "promise" => format!("promised it to {} by {}", self.promise.receiver, day()),
            "counter" if thrown.state == State::Countered.name() => {
                format!("offered something else by {}: {}", day(), what())
            }
            "counter" => format!("asked in other words, by {}: {}", day(), what()),
            "accept" => format!("took the offer; it is promised by {}", day()),
            "refuse" => String::from("does not promise it, because"),
            "drop" => String::from("no longer asks for it"),
            "renegotiate" => format!("asked to move it to {}", day()),
            "agree" => format!("agreed; the new day is {}", day()),
            "keep_old_date" if by_clock => String::from("let the old day stand, because no answer came"),
            "keep_old_date" => String::from("said that the old day stands"),
            "deliver" => String::from("said it has come"),
            "keep" if by_clock => String::from("counted it as kept, because nobody said otherwise"),
            "keep" => String::from("said the promise is kept"),
            "not_yet" => format!("said not yet; the new day is {}", day()),
            "miss" => String::from("saw its day pass"),
            "renew" => format!("said what got in the way ({}); the new day is {}", cause(), day()),
            "release" => String::from("no longer needs it"),
            "revoke" if cause().is_empty() => String::from("took it back, because"),
            "revoke" => format!("took it back ({}), because", cause()),
            other => other.replace('_', " "),
        }
    }
}
