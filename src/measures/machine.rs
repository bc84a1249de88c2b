//! The life of a measure as a table: proposed, defined, baseline, live, and what interrupts it.
//!
//! The ball is with the keeper for the next value, unless a signal, new limits, silence or a question about the measure
//! itself asks somebody for something else; [`State::owes`] says what.

use super::definition::Measure;
use super::refusal::Refusal;
use crate::balls::Owes;
use crate::people::Person;

/// Where a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum State {
    /// Somebody wishes for it; the team's leader finds a keeper.
    Proposed,
    /// Nobody will keep it.
    Declined,
    /// The keeper writes the definition.
    Defining,
    /// Values come; there are not enough for limits yet.
    Baseline,
    /// Values come, and limits say what is usual.
    Live,
    /// A signal waits for what the keeper knows about it.
    Signal,
    /// New limits wait for a second person.
    Rebaselining,
    /// Two periods are missing.
    Stale,
    /// How it is counted is being changed.
    Redefining,
    /// It rests until a day.
    Paused,
    /// It is over; it stays readable.
    Retired,
}

impl State {
    /// All states, from the first to the last.
    pub const ALL: [Self; 11] = [
        Self::Proposed,
        Self::Declined,
        Self::Defining,
        Self::Baseline,
        Self::Live,
        Self::Signal,
        Self::Rebaselining,
        Self::Stale,
        Self::Redefining,
        Self::Paused,
        Self::Retired,
    ];

    /// The name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Declined => "declined",
            Self::Defining => "defining",
            Self::Baseline => "baseline",
            Self::Live => "live",
            Self::Signal => "signal",
            Self::Rebaselining => "rebaselining",
            Self::Stale => "stale",
            Self::Redefining => "redefining",
            Self::Paused => "paused",
            Self::Retired => "retired",
        }
    }

    /// What a page says of it; empty where the values speak for themselves.
    pub fn words(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Declined => "declined",
            Self::Defining => "being defined",
            Self::Baseline | Self::Live => "",
            Self::Signal => "a signal waits for a word",
            Self::Rebaselining => "new limits wait for a second person",
            Self::Stale => "no values come",
            Self::Redefining => "being defined anew",
            Self::Paused => "paused",
            Self::Retired => "retired",
        }
    }

    /// Whether somebody still owes a move.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Declined | Self::Retired)
    }

    /// Whether values can be entered.
    pub fn takes_values(self) -> bool {
        matches!(self, Self::Baseline | Self::Live | Self::Signal | Self::Rebaselining | Self::Stale | Self::Redefining)
    }

    /// What the holder of its ball owes.
    pub fn owes(self) -> Option<Owes> {
        match self {
            Self::Proposed => Some(Owes::Keeper),
            Self::Defining | Self::Redefining => Some(Owes::Define),
            Self::Baseline | Self::Live => Some(Owes::Value),
            Self::Signal => Some(Owes::Explain),
            Self::Rebaselining => Some(Owes::Agree),
            Self::Stale => Some(Owes::Decide),
            Self::Paused => Some(Owes::Wake),
            Self::Declined | Self::Retired => None,
        }
    }

    /// Working days for what is owed; `None` where the day comes from the values or from a person.
    pub fn days(self) -> Option<i64> {
        match self {
            Self::Proposed => Some(5),
            Self::Defining | Self::Redefining => Some(10),
            Self::Signal | Self::Rebaselining | Self::Stale => Some(3),
            _ => None,
        }
    }

    /// What is possible now instead of what was asked.
    fn instead(self) -> &'static str {
        match self {
            Self::Proposed => "This measure is only proposed. First the team's leader finds somebody to keep it.",
            Self::Declined => "This measure was declined. Propose another one.",
            Self::Defining => {
                "This measure is still being defined. Values come once its definition is complete and tried."
            }
            Self::Baseline => "This measure collects its first values.",
            Self::Live => "This measure is live. Its values come one by one.",
            Self::Signal => "A signal waits for what the keeper knows about it. First say that.",
            Self::Rebaselining => "New limits wait for a second person, who agrees or does not.",
            Self::Stale => {
                "No values came for two periods. A value brings it back, or its leader pauses or retires it."
            }
            Self::Redefining => {
                "How it is counted is being changed. First the new definition begins, or the old one stays."
            }
            Self::Paused => "This measure is paused. Resume it first.",
            Self::Retired => "This measure is retired. It stays readable.",
        }
    }
}

/// What can be done with a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    FindKeeper,
    /// Decline a proposal, with a reason.
    Decline,
    /// Write the definition, or what may change without a new version.
    Change,
    /// Let the definition begin, tried by two people or with a reason why not.
    Begin,
    /// Enter values.
    Enter,
    /// Have enough values for limits.
    Firm,
    /// Show a signal.
    Fire,
    /// See that a signal shows no more.
    Subside,
    /// Say what is known about a signal.
    Explain,
    /// Lock limits on a range of values of the phase.
    Lock,
    /// Propose new limits.
    Propose,
    /// Agree to new limits.
    Agree,
    /// Not agree to them.
    Disagree,
    /// Take back one's own proposal of new limits.
    Withdraw,
    /// Miss two periods.
    FallSilent,
    /// Go on although values are missing.
    GoOn,
    /// Begin to change how it is counted.
    Redefine,
    /// Leave the definition as it is.
    LeaveDefinition,
    /// Let it rest until a day.
    Pause,
    /// Take it up again.
    Resume,
    /// Say that it is still worth its minutes.
    Affirm,
    /// End it, with a reason.
    Retire,
}

impl Verb {
    /// All verbs.
    pub const ALL: [Self; 22] = [
        Self::FindKeeper,
        Self::Decline,
        Self::Change,
        Self::Begin,
        Self::Enter,
        Self::Firm,
        Self::Fire,
        Self::Subside,
        Self::Explain,
        Self::Lock,
        Self::Propose,
        Self::Agree,
        Self::Disagree,
        Self::Withdraw,
        Self::FallSilent,
        Self::GoOn,
        Self::Redefine,
        Self::LeaveDefinition,
        Self::Pause,
        Self::Resume,
        Self::Affirm,
        Self::Retire,
    ];

    /// What is written down when it was done: the verb of the throw.
    pub fn done(self) -> &'static str {
        match self {
            Self::FindKeeper => "keeper_found",
            Self::Decline => "declined",
            Self::Change => "changed",
            Self::Begin => "began",
            Self::Enter => "entered",
            Self::Firm => "limits_drawn",
            Self::Fire => "signal",
            Self::Subside => "subsided",
            Self::Explain => "explained",
            Self::Lock => "locked",
            Self::Propose => "new_limits",
            Self::Agree => "agreed",
            Self::Disagree => "disagreed",
            Self::Withdraw => "withdrew",
            Self::FallSilent => "fell_silent",
            Self::GoOn => "went_on",
            Self::Redefine => "redefined",
            Self::LeaveDefinition => "left_as_it_was",
            Self::Pause => "paused",
            Self::Resume => "resumed",
            Self::Affirm => "affirmed",
            Self::Retire => "retired",
        }
    }

    /// Whose it is to do.
    fn whose(self) -> &'static str {
        match self {
            Self::FindKeeper | Self::Decline => "Only the leader of the team finds a keeper or declines.",
            Self::Agree | Self::Disagree => {
                "Somebody else of the team, or its leader, agrees to new limits: not who proposed them."
            }
            Self::GoOn => "Only the leader of the team decides whether a silent measure goes on.",
            Self::Withdraw => "Only the one who proposed new limits takes the proposal back.",
            Self::Firm | Self::Fire | Self::Subside | Self::FallSilent => "Only the values themselves do this.",
            _ => "The keeper of the measure and the leader of its team do this.",
        }
    }
}

/// The part a person plays for one measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// They enter and watch it.
    Keeper,
    /// They lead its team.
    Leader,
    /// They proposed the new limits that wait.
    Proposer,
    /// They are of the team, or lead it, and did not propose the new limits that wait.
    Second,
    /// Somebody of the team.
    Mate,
    /// Somebody else who may see it.
    Other,
    /// Nobody: the values or a clock.
    Clock,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 7] =
        [Self::Keeper, Self::Leader, Self::Proposer, Self::Second, Self::Mate, Self::Other, Self::Clock];

    /// The parts a person plays.
    pub fn of(measure: &Measure, person: &Person) -> Vec<Self> {
        let leads = measure.leader_id == Some(person.id);
        let mate = leads || person.roles.iter().any(|(_, team)| *team == Some(measure.team_id));
        let parts = [
            (Self::Keeper, measure.keeper_id == person.id),
            (Self::Leader, leads),
            (Self::Proposer, measure.proposer_id == Some(person.id)),
            (Self::Second, mate && measure.proposer_id.is_some_and(|proposer| proposer != person.id)),
            (Self::Mate, mate),
            (Self::Other, true),
        ];
        parts.into_iter().filter(|(_, plays)| *plays).map(|(part, _)| part).collect()
    }

    /// Whether this part may do it at all.
    fn may(self, verb: Verb) -> bool {
        match verb {
            Verb::FindKeeper | Verb::Decline | Verb::GoOn => self == Self::Leader,
            Verb::Agree | Verb::Disagree => self == Self::Second,
            Verb::Withdraw => self == Self::Proposer,
            Verb::Firm | Verb::Fire | Verb::Subside | Verb::FallSilent => self == Self::Clock,
            Verb::Resume => matches!(self, Self::Keeper | Self::Leader | Self::Clock),
            _ => matches!(self, Self::Keeper | Self::Leader),
        }
    }
}

/// The machine: what becomes of a measure when somebody does something.
///
/// # Errors
/// A sentence that says whose it is to do, or what is possible now.
pub fn step(state: State, verb: Verb, parts: &[Part]) -> Result<State, Refusal> {
    use State::{
        Baseline, Declined, Defining, Live, Paused, Proposed, Rebaselining, Redefining, Retired, Signal, Stale,
    };
    if !parts.iter().any(|part| part.may(verb)) {
        return Err(Refusal::NotYours(verb.whose()));
    }
    match (state, verb) {
        (Proposed, Verb::FindKeeper) => Ok(Defining),
        (Proposed, Verb::Decline) => Ok(Declined),
        (Defining | Baseline | Live | Signal | Rebaselining | Stale | Redefining | Paused, Verb::Change) => Ok(state),
        (Defining | Redefining, Verb::Begin) => Ok(Baseline),
        (Stale, Verb::Enter) => Ok(Live),
        (state, Verb::Enter) if state.takes_values() => Ok(state),
        (Baseline, Verb::Firm) => Ok(Live),
        (Live, Verb::Fire) => Ok(Signal),
        (Signal, Verb::Explain | Verb::Subside) => Ok(Live),
        (Baseline | Live | Stale, Verb::Lock) => Ok(state),
        (Baseline | Live | Signal, Verb::Propose) => Ok(Rebaselining),
        (Rebaselining, Verb::Agree | Verb::Disagree | Verb::Withdraw) => Ok(Live),
        (Live, Verb::FallSilent) => Ok(Stale),
        (Stale, Verb::GoOn) => Ok(Live),
        (Baseline | Live | Stale, Verb::Redefine) => Ok(Redefining),
        (Redefining, Verb::LeaveDefinition) | (Paused, Verb::Resume) => Ok(Baseline),
        (Baseline | Live | Stale, Verb::Pause) => Ok(Paused),
        (Baseline | Live, Verb::Affirm) => Ok(state),
        (Defining | Baseline | Live | Signal | Rebaselining | Stale | Paused, Verb::Retire) => Ok(Retired),
        _ => Err(Refusal::saying(state.instead())),
    }
}

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
