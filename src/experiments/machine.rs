//! The table of states of an experiment: what can be done with it, and who may do it.

crate::machine! {
    /// Where an experiment is.
    states {
        /// The owner writes it.
        open Drafting "drafting" "being written":
            "This experiment is still being written. First it has to be safe to try.";
        /// The enabler is asked whether trying it would do harm.
        open SafeCheck "safe_check" "safe to try?":
            "The question whether it is safe to try waits for its answer.";
        /// It may start.
        open Ready "ready" "ready to start":
            "This experiment has not started. The owner can start it, or change it first.";
        /// It runs; what was written before is locked.
        open Running "running" "running":
            "This experiment is running. What was written before the start is locked. It can get its line of the week, and it can be stopped.";
        /// It was stopped early.
        open Stopped "stopped" "stopped early":
            "This experiment was stopped. The owner writes what happened.";
        /// Its end date has come; the owner writes what happened.
        open Study "study" "ended, to be studied":
            "This experiment has ended. The owner writes what happened.";
        /// The team decides.
        open Decide "decide" "to be decided":
            "What happened is written down. The owner decides with the team: adopt, adapt or abandon.";
        /// It becomes our way.
        closed Adopted "adopted" "adopted": DECIDED;
        /// It goes on, changed, as the next cycle.
        closed Adapted "adapted" "adapted": DECIDED;
        /// It ends with what was learned.
        closed Abandoned "abandoned" "abandoned": DECIDED;
        /// It was never started.
        closed Dropped "dropped" "not started":
            "This experiment was taken back before it started.";
    }
    /// What can be done with an experiment.
    verbs {
        /// Write it anew.
        Change "changed": OWNERS;
        /// Ask the enabler whether trying it would do harm.
        Ask "asked": OWNERS;
        /// Answer that nothing speaks against it.
        Clear "cleared": ENABLERS;
        /// Object, with what would make it safe.
        Object "objected" words: ENABLERS;
        /// Say that all conditions of the green lane hold.
        Declare "declared": OWNERS;
        /// Start it.
        Start "started": OWNERS;
        /// Write the line of the week.
        Line "line" words: OWNERS;
        /// Count a case or note an event, or take one back; nobody is told who did.
        Count "counted": "Only the people of the team that tries it count its cases.";
        /// Say what they saw, beside what the owner writes.
        Tell "told" words: "Only the people of the team that tries it say what they saw.";
        /// Stop it early.
        Stop "stopped" words: "Only the team and its leader can stop an experiment.";
        /// Reach the end date.
        End "ended": "An experiment ends on its end date; before that it can be stopped.";
        /// Write what happened.
        Study "studied" words: OWNERS;
        /// Make it our way.
        Adopt "adopted" words: OWNERS;
        /// Go on with it, changed.
        Adapt "adapted" words: OWNERS;
        /// End it with what was learned.
        Abandon "abandoned" words: OWNERS;
        /// Take it back before the start.
        Drop "dropped" words: OWNERS;
    }
    /// The part somebody plays for one experiment.
    parts {
        /// It is theirs.
        Owner;
        /// The one who makes it possible: the leader of the team, or the next level when the leader owns it.
        Enabler;
        /// Somebody else of the team.
        Mate;
        /// Somebody else who may see it.
        Other;
        /// Nobody: a clock ran out.
        Clock;
        /// The idea it comes from, which its author takes back.
        Idea;
    }
    starts Drafting;
    rules {
        Drafting, Ready: Change by Owner => Drafting;
        Drafting: Ask by Owner => SafeCheck;
        Drafting: Declare by Owner => Ready;
        SafeCheck: Clear by Enabler => Ready;
        SafeCheck: Object by Enabler => Drafting;
        Drafting: Drop by Owner => Dropped;
        Drafting, SafeCheck, Ready: Drop by Idea => Dropped;
        Ready: Start by Owner => Running;
        Running: Line by Owner => same;
        Running: Count by Owner, Enabler, Mate => same;
        Running, Stopped, Study, Decide: Tell by Owner, Enabler, Mate => same;
        Running: Stop by Owner, Enabler, Mate => Stopped;
        Running: End by Clock => Study;
        Stopped, Study: Study by Owner => Decide;
        Decide: Adopt by Owner => Adopted;
        Decide: Adapt by Owner => Adapted;
        Decide: Abandon by Owner => Abandoned;
    }
}

const DECIDED: &str = "This experiment is decided and stays as it is.";
const OWNERS: &str = "Only the owner of the experiment can do this.";
const ENABLERS: &str = "Only the one who was asked can say whether it is safe to try.";

impl State {
    /// Whether the prediction is locked.
    pub fn is_locked(self) -> bool {
        !matches!(self, Self::Drafting | Self::SafeCheck | Self::Ready | Self::Dropped)
    }
}
