//! The table of states of a standard: what can be done with it, and who may do it.

crate::machine! {
    /// Where a standard is.
    states {
        /// The owner writes it down.
        open Writing "writing" "being written":
            "This standard is still being written. Its owner says when it is ready to be taught.";
        /// Those concerned are shown it.
        open Teaching "teaching" "being taught":
            "This standard is being taught. Those concerned say that they can do it, or what speaks against it.";
        /// It is in use and rests until its next check.
        open Holding "holding" "in use":
            "This standard is in use. It can be checked, and its owner can change, improve or retire it.";
        /// Somebody's turn to look has come.
        open CheckDue "check_due" "in use, check due":
            "The check of this standard is due. Whoever's turn it is says what they found.";
        /// It is no longer done as agreed; the owner brings it back.
        open Drifting "drifting" "drifting":
            "This standard is drifting. Its owner brings it back, improves it, or retires it.";
        /// An experiment tries a better way.
        open Improving "improving" "being improved":
            "An experiment on this standard is under way. Its decision says how it goes on.";
        /// Somebody proposed to take it out of use.
        open Retiring "retiring" "to be retired?":
            "It was proposed to retire this standard. A second person agrees, or it stays.";
        /// Nobody needs it any more.
        closed Retired "retired" "retired":
            "This standard is retired and stays as it is.";
    }
    /// What can be done with a standard.
    verbs {
        /// Write it anew before it is in use.
        Change "changed": OWNERS;
        /// Begin to show it to all concerned.
        Teach "taught": OWNERS;
        /// Say that one has seen it and can do it. No throw: who did is shown nowhere.
        See "seen": "Only those who do it say that they have seen it.";
        /// Say what speaks against it.
        Object "objected" words: "Only those who do it object to it while it is being taught.";
        /// Answer what was said against it.
        Answer "answered" words: OWNERS;
        /// Say that it is in use.
        Hold "held": OWNERS;
        /// The day of its check has come.
        ComeDue "came_due": CLOCKS;
        /// Find it as it should be.
        Confirm "confirmed" words: SEERS;
        /// Find something small and put it right at once.
        PutRight "put_right" words: SEERS;
        /// Find that it needs action.
        Report "reported" words: SEERS;
        /// Nobody looked in time: the next level does.
        Miss "check_missed": CLOCKS;
        /// A signal in the wrong direction, or two missed checks.
        Drift "drifted" words: CLOCKS;
        /// Bring it back.
        BringBack "brought_back" words: OWNERS;
        /// Say what outside the way itself made the signal.
        KnownCause "known_cause" words: OWNERS;
        /// Change a little of it while it is in use; everybody is told.
        Amend "amended" words: OWNERS;
        /// Change it so that everybody has to be shown it again.
        Revise "revised" words: OWNERS;
        /// Try a better way in an experiment.
        Improve "improved": OWNERS;
        /// The experiment was adopted: the next version is written.
        GoOn "went_on": EXPERIMENTS;
        /// The experiment ended without a better way.
        Return "returned": EXPERIMENTS;
        /// Propose to take it out of use.
        Retire "retiring" words: "Only the owner of the standard, or a leader of the team, can propose to retire it.";
        /// Agree that nobody needs it any more.
        Agree "retired": SECONDS;
        /// Say that it stays in use.
        Keep "kept" words: SECONDS;
        /// Give it to another owner.
        Entrust "entrusted": "Only its owner, or a leader of the team, gives a standard to another owner.";
        /// Its owner does not belong here any more: it goes to whoever leads.
        HandOn "handed_on": CLOCKS;
    }
    /// The part somebody plays for one standard.
    parts {
        /// It is theirs.
        Owner;
        /// A leader of the team, or somebody above.
        Leader;
        /// The one who was asked: whose turn it is to check, or the second of two who retire it.
        Asked;
        /// Somebody else of the team.
        Mate;
        /// Somebody else who may see it.
        Other;
        /// Nobody: a clock ran out, or values were entered.
        Clock;
        /// The experiment that tries a better way.
        Experiment;
    }
    starts Writing;
    rules {
        Writing, Teaching: Change by Owner => Writing;
        Writing: Teach by Owner => Teaching;
        Teaching, Holding, CheckDue, Drifting, Improving: See by Leader, Mate => same;
        Teaching: Object by Leader, Mate => same;
        Teaching: Answer by Owner => same;
        Teaching: Hold by Owner => Holding;
        Holding: ComeDue by Clock => CheckDue;
        Holding, CheckDue: Confirm, PutRight by Owner, Leader, Asked, Mate, Other => Holding;
        Holding, CheckDue: Report by Owner, Leader, Asked, Mate, Other => Drifting;
        Drifting, Improving: Report by Owner, Leader, Mate, Other => same;
        CheckDue: Miss by Clock => same;
        Holding, CheckDue: Drift by Clock => Drifting;
        Drifting: BringBack, KnownCause by Owner => Holding;
        Holding, CheckDue, Drifting: Amend by Owner => same;
        Holding, CheckDue, Drifting: Revise by Owner => Teaching;
        Holding, CheckDue, Drifting: Improve by Owner => Improving;
        Improving: GoOn by Experiment => Writing;
        Improving: Return by Experiment => Holding;
        Holding, CheckDue, Drifting: Retire by Owner, Leader => Retiring;
        Retiring: Agree by Owner, Leader, Asked => Retired;
        Retiring: Keep by Owner, Leader, Asked => Holding;
        Writing, Teaching, Holding, CheckDue, Drifting, Improving, Retiring: Entrust by Owner, Leader => same;
        Writing, Teaching, Holding, CheckDue, Drifting, Improving, Retiring: HandOn by Clock => same;
    }
}

const OWNERS: &str = "Only the owner of the standard can do this.";
const SEERS: &str = "Whoever may see a standard can check it.";
const CLOCKS: &str = "This happens by itself.";
const EXPERIMENTS: &str = "The decision on its experiment does this.";
const SECONDS: &str = "Only the two who retire it say whether it goes.";

impl State {
    /// Whether it is in use, whatever happens to it just now.
    pub fn in_use(self) -> bool {
        matches!(self, Self::Holding | Self::CheckDue | Self::Drifting | Self::Improving | Self::Retiring)
    }

    /// Whether it still holds: in use, and nobody found it drifting.
    pub fn holds(self) -> bool {
        matches!(self, Self::Holding | Self::CheckDue | Self::Improving | Self::Retiring)
    }

    /// Whether those concerned are shown it now, or should have been.
    pub fn is_shown(self) -> bool {
        matches!(self, Self::Teaching | Self::Holding | Self::CheckDue | Self::Drifting | Self::Improving)
    }
}
