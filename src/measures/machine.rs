//! The life of a measure as a table: proposed, defined, baseline, live, and what interrupts it.
//!
//! The ball is with the keeper for the next value, unless a signal, new limits, silence or a question about the measure
//! itself asks somebody for something else; [`State::owes`] says what.

use crate::balls::Owes;

const KEEPERS: &str = "The keeper of the measure and the leader of its team do this.";
const LEADERS: &str = "Only the leader of the team finds a keeper or declines.";
const SECONDS: &str = "Somebody else of the team, or its leader, agrees to new limits: not who proposed them.";
const VALUES: &str = "Only the values themselves do this.";

crate::machine! {
    /// Where a measure is.
    states {
        /// Somebody wishes for it; the team's leader finds a keeper.
        open Proposed "proposed" "proposed":
            "This measure is only proposed. First the team's leader finds somebody to keep it.";
        /// Nobody will keep it.
        closed Declined "declined" "declined": "This measure was declined. Propose another one.";
        /// The keeper writes the definition.
        open Defining "defining" "being defined":
            "This measure is still being defined. Values come once its definition is complete and tried.";
        /// Values come; there are not enough for limits yet.
        open Baseline "baseline" "": "This measure collects its first values.";
        /// Values come, and limits say what is usual.
        open Live "live" "": "This measure is live. Its values come one by one.";
        /// A signal waits for what the keeper knows about it.
        open Signal "signal" "a signal waits for a word":
            "A signal waits for what the keeper knows about it. First say that.";
        /// New limits wait for a second person.
        open Rebaselining "rebaselining" "new limits wait for a second person":
            "New limits wait for a second person, who agrees or does not.";
        /// Two periods are missing.
        open Stale "stale" "no values come":
            "No values came for two periods. A value brings it back, or its leader pauses or retires it.";
        /// How it is counted is being changed.
        open Redefining "redefining" "being defined anew":
            "How it is counted is being changed. First the new definition begins, or the old one stays.";
        /// It rests until a day.
        open Paused "paused" "paused": "This measure is paused. Resume it first.";
        /// It is over; it stays readable.
        closed Retired "retired" "retired": "This measure is retired. It stays readable.";
    }
    /// What can be done with a measure.
    verbs {
        FindKeeper "keeper_found": LEADERS;
        Decline "declined" words: LEADERS;
        /// Write the definition, or what may change without a new version.
        Change "changed": KEEPERS;
        /// Let the definition begin, tried by two people or with a reason why not.
        Begin "began": KEEPERS;
        Enter "entered": KEEPERS;
        /// Have enough values for limits.
        Firm "limits_drawn": VALUES;
        /// Show a signal.
        Fire "signal": VALUES;
        /// See that a signal shows no more.
        Subside "subsided": VALUES;
        /// Say what is known about a signal.
        Explain "explained" words: KEEPERS;
        /// Lock limits on a range of values of the phase.
        Lock "locked" words: KEEPERS;
        /// Propose new limits.
        Propose "new_limits" words: KEEPERS;
        /// Agree to new limits.
        Agree "agreed": SECONDS;
        /// Not agree to them.
        Disagree "disagreed" words: SECONDS;
        /// Take back one's own proposal of new limits.
        Withdraw "withdrew": "Only the one who proposed new limits takes the proposal back.";
        /// Miss two periods.
        FallSilent "fell_silent": VALUES;
        /// Go on although values are missing.
        GoOn "went_on": "Only the leader of the team decides whether a silent measure goes on.";
        /// Begin to change how it is counted.
        Redefine "redefined" words: KEEPERS;
        /// Leave the definition as it is.
        LeaveDefinition "left_as_it_was": KEEPERS;
        /// Let it rest until a day.
        Pause "paused" words: KEEPERS;
        /// Take it up again.
        Resume "resumed": KEEPERS;
        /// Say that it is still worth its minutes.
        Affirm "affirmed": KEEPERS;
        Retire "retired" words: KEEPERS;
    }
    /// The part somebody plays for one measure.
    parts {
        /// They enter and watch it.
        Keeper;
        /// They lead its team.
        Leader;
        /// They proposed the new limits that wait.
        Proposer;
        /// They are of the team, or lead it, and did not propose the new limits that wait.
        Second;
        /// Somebody of the team.
        Mate;
        /// Somebody else who may see it.
        Other;
        /// Nobody: the values or a clock.
        Clock;
    }
    starts Proposed, Defining;
    rules {
        Proposed: FindKeeper by Leader => Defining;
        Proposed: Decline by Leader => Declined;
        Defining, Baseline, Live, Signal, Rebaselining, Stale, Redefining, Paused: Change by Keeper, Leader => same;
        Defining, Redefining: Begin by Keeper, Leader => Baseline;
        Baseline, Live, Signal, Rebaselining, Redefining: Enter by Keeper, Leader => same;
        Stale: Enter by Keeper, Leader => Live;
        Baseline: Firm by Clock => Live;
        Live: Fire by Clock => Signal;
        Signal: Explain by Keeper, Leader => Live;
        Signal: Subside by Clock => Live;
        Baseline, Live, Stale: Lock by Keeper, Leader => same;
        Baseline, Live, Signal: Propose by Keeper, Leader => Rebaselining;
        Rebaselining: Agree, Disagree by Second => Live;
        Rebaselining: Withdraw by Proposer => Live;
        Live: FallSilent by Clock => Stale;
        Stale: GoOn by Leader => Live;
        Baseline, Live, Stale: Redefine by Keeper, Leader => Redefining;
        Redefining: LeaveDefinition by Keeper, Leader => Baseline;
        Baseline, Live, Stale: Pause by Keeper, Leader => Paused;
        Paused: Resume by Keeper, Leader, Clock => Baseline;
        Baseline, Live: Affirm by Keeper, Leader => same;
        Defining, Baseline, Live, Signal, Rebaselining, Stale, Paused: Retire by Keeper, Leader => Retired;
    }
}

impl State {
    /// Whether values can be entered.
    pub fn takes_values(self) -> bool {
        step(self, Verb::Enter, &[Part::Keeper]).is_ok()
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_owes_something_as_long_as_it_is_open() {
        for state in State::ALL {
            assert_eq!(state.owes().is_some(), state.is_open(), "{state:?}");
        }
    }
}
