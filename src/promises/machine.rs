//! The life of a promise as a table: in which state who may do what, and where it leads.
//!
//! The upper half are promises with a day, from "I need from you" to kept; the lower half are standing promises, which
//! have none and end only with notice.

use crate::ideas::Refusal;

/// Where a promise is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum State {
    /// Asked for: "I need from you …".
    Requested,
    /// The one who was asked offers something else.
    Countered,
    /// Given, with a day.
    Promised,
    /// The promiser asks for another day.
    Renegotiating,
    /// It has come, says the promiser.
    Delivered,
    /// Its day has passed.
    Missed,
    /// It has come, says the receiver, or the clock when the receiver said nothing.
    Kept,
    /// The one who was asked said no, with a reason.
    Refused,
    /// The receiver no longer needs it.
    Released,
    /// The promiser took it back, with a reason.
    Revoked,
    /// The one who asked no longer asks.
    Dropped,
    /// It holds without an end.
    Standing,
    /// Somebody pointed at a case in which it may not have held.
    PointedAt,
    /// It holds until its day: notice was given.
    Ending,
}

impl State {
    /// All states.
    pub const ALL: [Self; 14] = [
        Self::Requested,
        Self::Countered,
        Self::Promised,
        Self::Renegotiating,
        Self::Delivered,
        Self::Missed,
        Self::Kept,
        Self::Refused,
        Self::Released,
        Self::Revoked,
        Self::Dropped,
        Self::Standing,
        Self::PointedAt,
        Self::Ending,
    ];

    /// The name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Countered => "countered",
            Self::Promised => "promised",
            Self::Renegotiating => "renegotiating",
            Self::Delivered => "delivered",
            Self::Missed => "missed",
            Self::Kept => "kept",
            Self::Refused => "refused",
            Self::Released => "released",
            Self::Revoked => "revoked",
            Self::Dropped => "dropped",
            Self::Standing => "standing",
            Self::PointedAt => "pointed_at",
            Self::Ending => "ending",
        }
    }

    /// The words on a page.
    pub fn word(self) -> &'static str {
        match self {
            Self::Requested => "asked for",
            Self::Countered => "another offer was made",
            Self::Promised => "promised",
            Self::Renegotiating => "another day is asked for",
            Self::Delivered => "delivered, to be confirmed",
            Self::Missed => "its day has passed",
            Self::Kept => "kept",
            Self::Refused => "not promised",
            Self::Released => "no longer needed",
            Self::Revoked => "taken back",
            Self::Dropped => "no longer asked for",
            Self::Standing => "stands",
            Self::PointedAt => "somebody pointed at it",
            Self::Ending => "ends",
        }
    }

    /// Whether somebody owes the next move.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Kept | Self::Refused | Self::Released | Self::Revoked | Self::Dropped)
    }
}

/// What can be done with a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// The one who was asked says yes.
    Promise,
    /// Another offer, with words and a day of its own; either side makes one in turn.
    Counter,
    /// The one who asked takes the other offer.
    Accept,
    /// The one who was asked says no, with a reason.
    Refuse,
    /// The one who asked no longer asks.
    Drop,
    /// The promiser asks for another day, before the old one has come.
    Renegotiate,
    /// The receiver agrees to the other day.
    Agree,
    /// The old day stands: the receiver says so, or said nothing.
    KeepOldDate,
    /// The promiser says it has come.
    Deliver,
    /// The receiver says it is kept, or said nothing.
    Keep,
    /// The receiver says not yet, why, and by when it would do.
    NotYet,
    /// Its day passed.
    Miss,
    /// The promiser says what got in the way, and a new day.
    Renew,
    /// The receiver lets the promiser off.
    Release,
    /// The promiser takes it back, with a reason; a standing promise only with notice.
    Revoke,
    /// The promiser says that it still stands.
    Review,
    /// Somebody points at a case.
    PointAt,
    /// The promiser answers it, for all to read.
    AnswerCase,
    /// The day came for which notice was given.
    End,
}

impl Verb {
    /// All verbs.
    pub const ALL: [Self; 19] = [
        Self::Promise,
        Self::Counter,
        Self::Accept,
        Self::Refuse,
        Self::Drop,
        Self::Renegotiate,
        Self::Agree,
        Self::KeepOldDate,
        Self::Deliver,
        Self::Keep,
        Self::NotYet,
        Self::Miss,
        Self::Renew,
        Self::Release,
        Self::Revoke,
        Self::Review,
        Self::PointAt,
        Self::AnswerCase,
        Self::End,
    ];

    /// The name in the history.
    pub fn name(self) -> &'static str {
        match self {
            Self::Promise => "promise",
            Self::Counter => "counter",
            Self::Accept => "accept",
            Self::Refuse => "refuse",
            Self::Drop => "drop",
            Self::Renegotiate => "renegotiate",
            Self::Agree => "agree",
            Self::KeepOldDate => "keep_old_date",
            Self::Deliver => "deliver",
            Self::Keep => "keep",
            Self::NotYet => "not_yet",
            Self::Miss => "miss",
            Self::Renew => "renew",
            Self::Release => "release",
            Self::Revoke => "revoke",
            Self::Review => "review",
            Self::PointAt => "point_at",
            Self::AnswerCase => "answer_case",
            Self::End => "end",
        }
    }

    /// Whether it counts only with words of one's own.
    pub fn needs_words(self) -> bool {
        matches!(
            self,
            Self::Refuse
                | Self::Renegotiate
                | Self::Deliver
                | Self::NotYet
                | Self::Renew
                | Self::Revoke
                | Self::Review
                | Self::PointAt
                | Self::AnswerCase
        )
    }
}

/// The part somebody plays for one promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Who gave it, or is asked to.
    Promiser,
    /// For whom it is: the one who asked.
    Receiver,
    /// A clock that ran out.
    Clock,
    /// Anybody else who may see it.
    Other,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 4] = [Self::Promiser, Self::Receiver, Self::Clock, Self::Other];
}

/// Where a verb leads.
///
/// # Errors
/// A sentence that says what is possible instead.
pub fn step(state: State, verb: Verb, part: Part) -> Result<State, Refusal> {
    let next = match part {
        Part::Promiser => by_the_promiser(state, verb),
        Part::Receiver => by_the_receiver(state, verb),
        Part::Clock => by_the_clock(state, verb),
        Part::Other => by_anybody(state, verb),
    };
    next.ok_or_else(|| Refusal::saying(possible_instead(state)))
}

fn by_the_promiser(state: State, verb: Verb) -> Option<State> {
    use State as S;
    match (state, verb) {
        (S::Requested, Verb::Promise) | (S::Missed, Verb::Renew) => Some(S::Promised),
        (S::Requested, Verb::Counter) => Some(S::Countered),
        (S::Requested, Verb::Refuse) => Some(S::Refused),
        (S::Promised, Verb::Renegotiate) => Some(S::Renegotiating),
        (S::Promised, Verb::Deliver) => Some(S::Delivered),
        (S::Promised | S::Missed, Verb::Revoke) => Some(S::Revoked),
        (S::Standing, Verb::Review) | (S::PointedAt, Verb::AnswerCase) => Some(S::Standing),
        (S::Standing | S::PointedAt, Verb::Revoke) => Some(S::Ending),
        _ => by_anybody(state, verb),
    }
}

fn by_the_receiver(state: State, verb: Verb) -> Option<State> {
    use State as S;
    match (state, verb) {
        (S::Countered, Verb::Accept)
        | (S::Renegotiating, Verb::Agree | Verb::KeepOldDate)
        | (S::Delivered, Verb::NotYet) => Some(S::Promised),
        (S::Countered, Verb::Counter) => Some(S::Requested),
        (S::Requested | S::Countered, Verb::Drop) => Some(S::Dropped),
        (S::Promised, Verb::Release) => Some(S::Released),
        (S::Delivered, Verb::Keep) => Some(S::Kept),
        _ => None,
    }
}

fn by_the_clock(state: State, verb: Verb) -> Option<State> {
    match (state, verb) {
        (State::Renegotiating, Verb::KeepOldDate) => Some(State::Promised),
        (State::Promised, Verb::Miss) => Some(State::Missed),
        (State::Delivered, Verb::Keep) => Some(State::Kept),
        (State::Ending, Verb::End) => Some(State::Revoked),
        _ => None,
    }
}

fn by_anybody(state: State, verb: Verb) -> Option<State> {
    matches!((state, verb), (State::Standing | State::Ending, Verb::PointAt)).then_some(State::PointedAt)
}

/// What is possible in a state, for whoever tried something else.
fn possible_instead(state: State) -> &'static str {
    match state {
        State::Requested => {
            "This waits for the one who is asked: to promise it, to offer something else, or to say no with a reason. Who asked may let it be."
        }
        State::Countered => {
            "Another offer was made. It waits for the one who asked: to take it, to ask in other words, or to let it be."
        }
        State::Promised => {
            "This promise waits for the one who gave it to deliver it, to ask for another day before this one, or to take it back with a reason. The receiver may let it go."
        }
        State::Renegotiating => "Another day is asked for. The receiver agrees, or the old day stands.",
        State::Delivered => "This promise is delivered. Only its receiver can say whether it is kept.",
        State::Missed => {
            "The day of this promise has passed. It waits for the one who gave it to say what got in the way, with a new day or a taking back."
        }
        State::Kept => "This promise is kept.",
        State::Refused => {
            "This was not promised, for the reason that is written there. Something else can be asked for."
        }
        State::Released => "This promise is no longer needed, said its receiver.",
        State::Revoked => "This promise was taken back with a reason.",
        State::Dropped => "This is no longer asked for.",
        State::Standing => {
            "This promise stands. Anybody may point at a case; the one who gave it reviews it, or ends it with notice."
        }
        State::PointedAt => {
            "Somebody pointed at a case. It waits for the answer of the one who gave the promise. Another case can be pointed at after it."
        }
        State::Ending => "Notice was given. Until its day the promise stands, and anybody may point at a case.",
    }
}
