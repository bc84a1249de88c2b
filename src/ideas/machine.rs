//! The life of an idea as a table: in which state who may do what, and where it leads.
//!
//! `settle` knows the two things that depend on the past: a second no is final, and "not yet" leads back to where
//! the idea came from.

use super::State;
use std::fmt;

/// What can be done with an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// A person says "I have it".
    Catch,
    /// Ask the author back.
    Ask,
    /// The author answers the question.
    Reply,
    /// Yes, do it.
    Go,
    /// Yes, let's try it.
    Try,
    /// I will help, with a dated promise.
    Help,
    /// I take it further and stay on it.
    PassUp,
    /// Not now, again on a day.
    Park,
    /// No, because.
    Decline,
    /// The author takes it back.
    Withdraw,
    /// The author says the no was fair.
    Fair,
    /// The author throws the no back.
    ThrowBack,
    /// The doer says it is done.
    Deliver,
    /// The author says it changed for them.
    Confirm,
    /// The author says it has not, and why.
    NotYet,
    /// A resting idea is woken.
    Wake,
    /// An experiment on it begins or moves on.
    Follow,
    /// The promise it follows moves on.
    Carry,
    /// The promise is kept or released and the author goes on.
    GoOn,
    /// The promise is kept and was the whole thing.
    Whole,
    /// The promise is revoked: answer again.
    Revoke,
    /// The standard that came of it is in use.
    InUse,
    /// The experiment was abandoned with a lesson.
    Abandon,
    /// The experiment was dropped before it started.
    Drop,
}

impl Verb {
    /// All verbs.
    pub const ALL: [Self; 24] = [
        Self::Catch,
        Self::Ask,
        Self::Reply,
        Self::Go,
        Self::Try,
        Self::Help,
        Self::PassUp,
        Self::Park,
        Self::Decline,
        Self::Withdraw,
        Self::Fair,
        Self::ThrowBack,
        Self::Deliver,
        Self::Confirm,
        Self::NotYet,
        Self::Wake,
        Self::Follow,
        Self::Carry,
        Self::GoOn,
        Self::Whole,
        Self::Revoke,
        Self::InUse,
        Self::Abandon,
        Self::Drop,
    ];

    /// The name in the history.
    pub fn name(self) -> &'static str {
        match self {
            Self::Catch => "catch",
            Self::Ask => "ask",
            Self::Reply => "reply",
            Self::Go => "go",
            Self::Try => "try",
            Self::Help => "help",
            Self::PassUp => "pass_up",
            Self::Park => "park",
            Self::Decline => "decline",
            Self::Withdraw => "withdraw",
            Self::Fair => "fair",
            Self::ThrowBack => "throw_back",
            Self::Deliver => "deliver",
            Self::Confirm => "confirm",
            Self::NotYet => "not_yet",
            Self::Wake => "wake",
            Self::Follow => "follow",
            Self::Carry => "carry",
            Self::GoOn => "go_on",
            Self::Whole => "whole",
            Self::Revoke => "revoke",
            Self::InUse => "in_use",
            Self::Abandon => "abandon",
            Self::Drop => "drop",
        }
    }

    /// Whether it counts only with words of one's own.
    pub fn needs_words(self) -> bool {
        self.answer().is_some() || matches!(self, Self::Reply | Self::ThrowBack | Self::Deliver | Self::NotYet)
    }

    /// The state that this answer, or the question back, leads to; none for what is no answer.
    pub fn answer(self) -> Option<State> {
        match self {
            Self::Ask => Some(State::Question),
            Self::Go => Some(State::Go),
            Self::Try => Some(State::Trying),
            Self::Help => Some(State::Helping),
            Self::PassUp => Some(State::PassedUp),
            Self::Park => Some(State::Parked),
            Self::Decline => Some(State::Declined),
            _ => None,
        }
    }
}

/// The part somebody plays for one idea. A person may play several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Who threw it.
    Author,
    /// Who has the ball.
    Holder,
    /// The team's leader, anybody above, and whoever caught or carries it.
    Leader,
    /// Who does it.
    Doer,
    /// The promise, experiment or standard that the idea follows.
    Followed,
    /// Anybody else who may see it.
    Other,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 6] = [Self::Author, Self::Holder, Self::Leader, Self::Doer, Self::Followed, Self::Other];
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
        Part::Holder | Part::Leader if state == State::New => verb.answer(),
        Part::Holder => by_the_holder(state, verb),
        Part::Leader => (state == State::Go && verb == Verb::Help).then_some(State::Helping),
        Part::Doer => (state == State::Go && verb == Verb::Deliver).then_some(State::Delivered),
        Part::Followed => by_what_it_follows(state, verb),
        Part::Other => None,
    };
    next.ok_or_else(|| Refusal::saying(possible_instead(state)))
}

fn by_the_author(state: State, verb: Verb) -> Option<State> {
    use State as S;
    match (state, verb) {
        (
            S::New | S::Caught | S::Question | S::Go | S::Trying | S::PassedUp | S::Parked | S::ThrownBack,
            Verb::Withdraw,
        ) => Some(S::Withdrawn),
        (S::Question, Verb::Reply) | (S::Parked, Verb::Wake) => Some(S::Caught),
        (S::Declined, Verb::Fair) => Some(S::ClosedDeclined),
        (S::Declined, Verb::ThrowBack) => Some(S::ThrownBack),
        (S::Delivered, Verb::Confirm) => Some(S::Done),
        (S::Delivered, Verb::NotYet) => Some(S::Go),
        _ => None,
    }
}

fn by_the_holder(state: State, verb: Verb) -> Option<State> {
    match (state, verb) {
        (State::ThrownBack, Verb::Decline) => Some(State::ClosedDeclined),
        (State::Caught | State::PassedUp | State::ThrownBack, answer) => answer.answer(),
        (State::Parked, Verb::Wake) => Some(State::Caught),
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
        (State::Helping, Verb::Revoke) => Some(State::Caught),
        _ => None,
    }
}

/// What is possible in a state, for whoever tried something else.
fn possible_instead(state: State) -> &'static str {
    match state {
        State::New => "This idea waits for its leader to catch it or to answer it. Its author may take it back.",
        State::Caught => "This idea waits for the answer of the one who has the ball. Its author may take it back.",
        State::Question => "This idea waits for its author to answer a question.",
        State::Go => "This idea has its yes. It waits for whoever does it to say that it is done.",
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
        State::Withdrawn => "This idea was taken back by its author. A new idea may take it up again.",
    }
}

/// What the history of an idea says, as far as it decides where a verb leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Whether a no was thrown back once.
    pub thrown_back: bool,
    /// Whether it was being tried before it was delivered.
    pub tried: bool,
}

/// The state after a step, with the past in mind: a second no is final, and "not yet" leads back to the trying.
pub fn settle(verb: Verb, next: State, past: Past) -> State {
    match (verb, next) {
        (Verb::Decline, State::Declined) if past.thrown_back => State::ClosedDeclined,
        (Verb::NotYet, State::Go) if past.tried => State::Trying,
        _ => next,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table: state, verbs, parts, next state. What is not in it is refused.
    #[rustfmt::skip]
    fn table() -> Vec<(State, Verb, Part, State)> {
        use {Part as P, State as S, Verb as V};
        let answers = [(V::Ask, S::Question), (V::Go, S::Go), (V::Try, S::Trying), (V::Help, S::Helping),
                       (V::PassUp, S::PassedUp), (V::Park, S::Parked), (V::Decline, S::Declined)];
        let mut table = vec![
            (S::New,        V::Catch,     P::Holder,   S::Caught),
            (S::New,        V::Catch,     P::Leader,   S::Caught),
            (S::New,        V::Withdraw,  P::Author,   S::Withdrawn),
            (S::Caught,     V::Withdraw,  P::Author,   S::Withdrawn),
            (S::Question,   V::Reply,     P::Author,   S::Caught),
            (S::Question,   V::Withdraw,  P::Author,   S::Withdrawn),
            (S::Go,         V::Deliver,   P::Doer,     S::Delivered),
            (S::Go,         V::Help,      P::Leader,   S::Helping),
            (S::Go,         V::Follow,    P::Followed, S::Trying),
            (S::Go,         V::Withdraw,  P::Author,   S::Withdrawn),
            (S::Trying,     V::Follow,    P::Followed, S::Trying),
            (S::Go,         V::InUse,     P::Followed, S::Delivered),
            (S::Trying,     V::InUse,     P::Followed, S::Delivered),
            (S::Trying,     V::Abandon,   P::Followed, S::Learned),
            (S::Trying,     V::Drop,      P::Followed, S::Go),
            (S::Trying,     V::Withdraw,  P::Author,   S::Withdrawn),
            (S::Helping,    V::Carry,     P::Followed, S::Helping),
            (S::Helping,    V::GoOn,      P::Followed, S::Go),
            (S::Helping,    V::Whole,     P::Followed, S::Delivered),
            (S::Helping,    V::Revoke,    P::Followed, S::Caught),
            (S::PassedUp,   V::Withdraw,  P::Author,   S::Withdrawn),
            (S::Parked,     V::Wake,      P::Author,   S::Caught),
            (S::Parked,     V::Wake,      P::Holder,   S::Caught),
            (S::Parked,     V::Withdraw,  P::Author,   S::Withdrawn),
            (S::Declined,   V::Fair,      P::Author,   S::ClosedDeclined),
            (S::Declined,   V::ThrowBack, P::Author,   S::ThrownBack),
            (S::ThrownBack, V::Withdraw,  P::Author,   S::Withdrawn),
            (S::Delivered,  V::Confirm,   P::Author,   S::Done),
            (S::Delivered,  V::NotYet,    P::Author,   S::Go),
        ];
        for (verb, next) in answers {
            table.push((S::New, verb, P::Holder, next));
            table.push((S::New, verb, P::Leader, next));
            table.push((S::Caught, verb, P::Holder, next));
            table.push((S::PassedUp, verb, P::Holder, next));
            let final_no = verb == V::Decline;
            table.push((S::ThrownBack, verb, P::Holder, if final_no { S::ClosedDeclined } else { next }));
        }
        table
    }

    #[test]
    fn every_state_verb_and_part_is_as_the_table_says() {
        let table = table();
        let mut tried = 0;
        for state in State::ALL {
            for verb in Verb::ALL {
                for part in Part::ALL {
                    let row = table.iter().find(|(s, v, p, _)| (*s, *v, *p) == (state, verb, part));
                    let expected = row.map(|(.., next)| *next);
                    assert_eq!(step(state, verb, part).ok(), expected, "{state:?} {verb:?} {part:?}");
                    tried += 1;
                }
            }
        }
        assert_eq!(tried, 15 * 24 * 6);
    }

    #[test]
    fn a_refusal_says_what_is_possible() {
        for state in State::ALL {
            let refusal = step(state, Verb::Catch, Part::Other).unwrap_err();
            assert!(refusal.0.ends_with('.') && refusal.0.len() > 30, "{refusal}");
        }
    }

    #[test]
    fn closed_ideas_stay_closed() {
        for state in State::ALL.into_iter().filter(|state| !state.is_open()) {
            assert!(!table().iter().any(|(from, ..)| *from == state), "{state:?}");
        }
    }

    #[test]
    fn a_second_no_is_final_even_after_a_rest() {
        let past = Past { thrown_back: true, ..Past::default() };
        assert_eq!(settle(Verb::Decline, State::Declined, past), State::ClosedDeclined);
        assert_eq!(settle(Verb::Decline, State::Declined, Past::default()), State::Declined);
        assert_eq!(settle(Verb::Park, State::Parked, past), State::Parked);
    }

    #[test]
    fn not_yet_leads_back_to_where_it_came_from() {
        let past = Past { tried: true, ..Past::default() };
        assert_eq!(settle(Verb::NotYet, State::Go, past), State::Trying);
        assert_eq!(settle(Verb::NotYet, State::Go, Past::default()), State::Go);
        assert_eq!(settle(Verb::GoOn, State::Go, past), State::Go);
    }
}
