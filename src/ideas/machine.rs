//! The life of an idea as a table: in which state who may do what, and where it leads.
//!
//! `past` knows what depends on the history, `landing` where the ball goes. A draft is no idea yet: it is the private
//! property of its author, has no row here, and so can be found, counted or shown by nobody else.

use super::{State, Verb};
use std::fmt;

/// The part somebody plays for one idea. A person may play several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Who threw it.
    Author,
    /// Who has the ball.
    Holder,
    /// The team's leader and anybody above, but for those it was thrown past; and whoever caught or carries it.
    Leader,
    /// Whoever is above the one who let it rest last, once it has rested twice.
    Above,
    /// Who does it.
    Doer,
    /// Who took it further and stays on it.
    Carrier,
    /// The promise, experiment or standard that the idea follows.
    Followed,
    /// The clock, when nobody moved.
    Clock,
    /// Anybody else who may see it.
    Other,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 9] = [
        Self::Author,
        Self::Holder,
        Self::Leader,
        Self::Above,
        Self::Doer,
        Self::Carrier,
        Self::Followed,
        Self::Clock,
        Self::Other,
    ];
}

/// Why something is not possible, and what is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl Refusal {
    /// A refusal in these words.
    pub fn saying(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a verb leads.
///
/// # Errors
/// A sentence that says what is possible instead.
pub fn step(state: State, verb: Verb, part: Part) -> Result<State, Refusal> {
    let next = match part {
        Part::Author => by_the_author(state, verb),
        Part::Holder | Part::Leader if state == State::New && verb == Verb::Catch => Some(State::Caught),
        Part::Holder | Part::Leader if state == State::New && verb.answer().is_some() => verb.answer(),
        Part::Holder => by_the_holder(state, verb),
        Part::Leader => by_a_leader(state, verb),
        Part::Above => (verb == Verb::Nod && state.can_come_to_rest()).then_some(state),
        Part::Doer => by_the_doer(state, verb),
        Part::Carrier => (state == State::PassedUp && verb == Verb::Report).then_some(State::PassedUp),
        Part::Followed => by_what_it_follows(state, verb),
        Part::Clock => by_the_clock(state, verb),
        Part::Other => None,
    };
    next.ok_or_else(|| Refusal::saying(possible_instead(state)))
}

fn by_the_author(state: State, verb: Verb) -> Option<State> {
    use State as S;
    match (state, verb) {
        (_, Verb::Withdraw) if state.is_before_an_experiment() => Some(S::Withdrawn),
        (_, Verb::Reword) if state.is_before_an_experiment() => Some(state),
        (S::Question, Verb::Reply) | (S::Parked, Verb::Wake) | (S::Merged, Verb::Object) => Some(S::Caught),
        (S::Declined, Verb::Fair) => Some(S::ClosedDeclined),
        (S::Declined, Verb::ThrowBack) => Some(S::ThrownBack),
        (S::Delivered, Verb::Confirm) => Some(S::Done),
        (S::Delivered, Verb::NotYet) => Some(S::Go),
        _ => None,
    }
}

fn by_the_holder(state: State, verb: Verb) -> Option<State> {
    use State as S;
    match (state, verb) {
        (S::ThrownBack, Verb::Decline) => Some(S::ClosedDeclined),
        (S::Caught | S::PassedUp | S::ThrownBack, Verb::Talk) => Some(state),
        (S::Caught | S::PassedUp | S::ThrownBack, answer) if answer.answer().is_some() => answer.answer(),
        (S::PassedUp, Verb::SendBack) | (S::Parked, Verb::Wake) => Some(S::Caught),
        _ => None,
    }
}

fn by_a_leader(state: State, verb: Verb) -> Option<State> {
    use State as S;
    match (state, verb) {
        (S::Go, Verb::Help) => Some(S::Helping),
        (S::Delivered, Verb::Ask) => Some(S::Question),
        (S::Delivered | S::Done, Verb::Thank) => Some(state),
        (S::New | S::Caught | S::PassedUp | S::ThrownBack | S::Go | S::Trying | S::Delivered, Verb::Take) => {
            Some(state)
        }
        _ => None,
    }
}

fn by_the_doer(state: State, verb: Verb) -> Option<State> {
    match (state, verb) {
        (State::Go, Verb::Plan) => Some(State::Go),
        (State::Go, Verb::Deliver) => Some(State::Delivered),
        (State::Go, Verb::Try) => Some(State::Trying),
        (State::Go, Verb::Park) => Some(State::Parked),
        _ => None,
    }
}

fn by_what_it_follows(state: State, verb: Verb) -> Option<State> {
    match (state, verb) {
        (State::Go | State::Trying, Verb::Follow) => Some(State::Trying),
        (State::Go | State::Trying, Verb::InUse) | (State::Helping, Verb::Whole) => Some(State::Delivered),
        (State::Trying, Verb::Abandon) => Some(State::Learned),
        (State::Trying, Verb::Drop) | (State::Helping, Verb::GoOn) => Some(State::Go),
        (State::Helping, Verb::Carry) => Some(State::Helping),
        (State::Helping, Verb::Revoke) | (State::Merged, Verb::Alone) => Some(State::Caught),
        _ => None,
    }
}

fn by_the_clock(state: State, verb: Verb) -> Option<State> {
    match (state, verb) {
        (State::Question, Verb::Lapse) | (State::Parked, Verb::Wake) => Some(State::Caught),
        (State::Declined, Verb::Lapse) => Some(State::ClosedDeclined),
        (State::Delivered, Verb::Lapse) => Some(State::Done),
        _ => None,
    }
}

/// What is possible in a state, for whoever tried something else.
fn possible_instead(state: State) -> &'static str {
    match state {
        State::New => "This idea waits for its leader to catch it or to answer it. Its author may take it back.",
        State::Caught => "This idea waits for the answer of the one who has the ball. Its author may take it back.",
        State::Question => "This idea waits for its author to answer a question.",
        State::Go => "This idea has its yes. It waits for whoever does it to say by when, or that it is done.",
        State::Trying => "This idea is being tried. What happens next happens on its experiment.",
        State::Helping => "This idea follows a promise. What happens next happens on that promise.",
        State::PassedUp => "This idea was taken further. It waits for the answer of the one who has the ball.",
        State::Parked => "This idea rests until its day. Its author, or the one who parked it, may wake it.",
        State::Declined => {
            "This idea was answered no. Its author may say whether that was fair, or throw it back once."
        }
        State::ThrownBack => "This idea was thrown back. It waits for the answer of the next level.",
        State::Delivered => "This idea is delivered. Its author says whether it changed something.",
        State::Done => "This idea is done. A new hurt is a new idea.",
        State::Learned => "This idea was tried and taught a lesson. A new idea may take it up again.",
        State::ClosedDeclined => {
            "This idea was answered no for good. The problem stays open: a new idea may take it up."
        }
        State::Merged => "This idea was put together with another. What happens next happens there.",
        State::Withdrawn => "This idea was taken back by its author. A new idea may take it up again.",
    }
}

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
