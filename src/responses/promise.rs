//! A promise and its life as a table: in which state who may do what, and where it leads.

use crate::balls::{Ball, Owes};
use crate::ideas::Refusal;
use crate::ids::{IdeaId, PersonId, PromiseId, TeamId};
use chrono::{DateTime, Utc};

/// Working days for a receiver to confirm.
pub const CONFIRM_DAYS: i64 = 3;

/// Where a promise is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum State {
    /// Given, with a day.
    Promised,
    /// It has come, says the promiser.
    Delivered,
    /// It has come, says the receiver.
    Kept,
    /// The receiver no longer needs it.
    Released,
    /// The promiser took it back, with a reason.
    Revoked,
}

impl State {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Promised, Self::Delivered, Self::Kept, Self::Released, Self::Revoked];

    /// The name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Promised => "promised",
            Self::Delivered => "delivered",
            Self::Kept => "kept",
            Self::Released => "released",
            Self::Revoked => "revoked",
        }
    }

    /// The words on a page.
    pub fn word(self) -> &'static str {
        match self {
            Self::Promised => "promised",
            Self::Delivered => "delivered, to be confirmed",
            Self::Kept => "kept",
            Self::Released => "no longer needed",
            Self::Revoked => "taken back",
        }
    }
}

/// What can be done with a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// The promiser says it has come.
    Deliver,
    /// The receiver says it is kept.
    Keep,
    /// The receiver says not yet, why, and by when it would do.
    NotYet,
    /// The receiver lets the promiser off.
    Release,
    /// The promiser takes it back, with a reason.
    Revoke,
}

impl Verb {
    /// All verbs.
    pub const ALL: [Self; 5] = [Self::Deliver, Self::Keep, Self::NotYet, Self::Release, Self::Revoke];

    /// The name in the history.
    pub fn name(self) -> &'static str {
        match self {
            Self::Deliver => "deliver",
            Self::Keep => "keep",
            Self::NotYet => "not_yet",
            Self::Release => "release",
            Self::Revoke => "revoke",
        }
    }

    /// Whether it counts only with words of one's own.
    pub fn needs_words(self) -> bool {
        matches!(self, Self::Deliver | Self::NotYet | Self::Revoke)
    }
}

/// The part somebody plays for one promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Who gave it.
    Promiser,
    /// For whom it was given.
    Receiver,
    /// Anybody else who may see it.
    Other,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 3] = [Self::Promiser, Self::Receiver, Self::Other];
}

/// Where a verb leads.
///
/// # Errors
/// A sentence that says what is possible instead.
pub fn step(state: State, verb: Verb, part: Part) -> Result<State, Refusal> {
    match (state, verb, part) {
        (State::Promised, Verb::Deliver, Part::Promiser) => Ok(State::Delivered),
        (State::Promised, Verb::Release, Part::Receiver) => Ok(State::Released),
        (State::Promised, Verb::Revoke, Part::Promiser) => Ok(State::Revoked),
        (State::Delivered, Verb::Keep, Part::Receiver) => Ok(State::Kept),
        (State::Delivered, Verb::NotYet, Part::Receiver) => Ok(State::Promised),
        _ => Err(Refusal::saying(possible_instead(state))),
    }
}

fn possible_instead(state: State) -> &'static str {
    match state {
        State::Promised => {
            "This promise waits for the one who gave it to deliver it or take it back with a reason. The receiver may let it go."
        }
        State::Delivered => "This promise is delivered. Only its receiver can say whether it is kept.",
        State::Kept => "This promise is kept.",
        State::Released => "This promise is no longer needed, said its receiver.",
        State::Revoked => "This promise was taken back with a reason.",
    }
}

/// A promise with its ball.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Promise {
    /// Its identifier.
    pub id: PromiseId,
    /// The team it was given to.
    pub team_id: TeamId,
    /// The idea it came of.
    pub idea_id: Option<IdeaId>,
    /// The headline of that idea.
    pub hurt: Option<String>,
    /// Who gave it.
    pub promiser_id: PersonId,
    /// Their name.
    pub promiser: String,
    /// For whom it was given.
    pub receiver_id: PersonId,
    /// Their name.
    pub receiver: String,
    /// What was promised.
    pub what: String,
    /// By when, as agreed last.
    pub due_at: DateTime<Utc>,
    /// Where it is.
    pub state: State,
    /// Moves with every change.
    pub version: i64,
    /// Who has the ball; nobody when it is closed.
    pub holder_id: Option<PersonId>,
    /// Their name.
    pub holder: Option<String>,
    /// The name of the one who is away and for whom they hold it.
    pub stands_for: Option<String>,
    /// What they owe.
    pub owes: Option<Owes>,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// Until when.
    pub clock_at: Option<DateTime<Utc>>,
}

impl Promise {
    /// The part a person plays for it. Somebody who promised to themselves confirms as the receiver.
    pub fn part(&self, person: PersonId, verb: Verb) -> Part {
        let by_the_promiser = matches!(verb, Verb::Deliver | Verb::Revoke);
        match person {
            _ if by_the_promiser && self.promiser_id == person => Part::Promiser,
            _ if !by_the_promiser && self.receiver_id == person => Part::Receiver,
            _ => Part::Other,
        }
    }

    /// Whether this person may do this now.
    pub fn allows(&self, verb: Verb, person: PersonId) -> bool {
        step(self.state, verb, self.part(person, verb)).is_ok()
    }

    /// Its ball; none when it is closed.
    pub fn ball(&self) -> Option<Ball> {
        let (holder_id, owes, since) = (self.holder_id?, self.owes?, self.since?);
        let holder = self.holder.clone().unwrap_or_default();
        Some(Ball { holder_id, holder, stands_for: self.stands_for.clone(), owes, since, due_at: self.clock_at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_verb_and_part_is_as_the_table_says() {
        let table = [
            (State::Promised, Verb::Deliver, Part::Promiser, State::Delivered),
            (State::Promised, Verb::Release, Part::Receiver, State::Released),
            (State::Promised, Verb::Revoke, Part::Promiser, State::Revoked),
            (State::Delivered, Verb::Keep, Part::Receiver, State::Kept),
            (State::Delivered, Verb::NotYet, Part::Receiver, State::Promised),
        ];
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
        assert_eq!(tried, 5 * 5 * 3);
    }

    #[test]
    fn a_promiser_never_closes_their_own_promise_as_kept() {
        for state in State::ALL {
            assert_ne!(step(state, Verb::Keep, Part::Promiser).ok(), Some(State::Kept));
        }
    }
}
