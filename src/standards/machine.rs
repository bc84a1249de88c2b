//! The table of states of a standard: what can be done with it, and who may do it.

crate::machine! {
    /// Where a standard is.
    states {
        /// The owner writes it down.
        open Writing "writing" "being written":
            "This standard is still being written. Its owner says when it is ready to be taught.";
        /// Those concerned are shown it.
        open Teaching "teaching" "being taught":
            "This standard is being taught. Its owner says when all concerned have seen it.";
        /// It is in use and rests until its next check.
        open Holding "holding" "in use":
            "This standard is in use. It can be checked, and its owner can retire it.";
        /// It is no longer done as agreed; the owner brings it back.
        open Drifting "drifting" "drifting":
            "This standard is drifting. Its owner brings it back, or retires it.";
        /// Nobody needs it any more.
        closed Retired "retired" "retired":
            "This standard is retired and stays as it is.";
    }
    /// What can be done with a standard.
    verbs {
        /// Write it anew.
        Change "changed": OWNERS;
        /// Begin to show it to all concerned.
        Teach "taught": OWNERS;
        /// Say that all concerned have seen it: it is in use.
        Hold "held": OWNERS;
        /// Find it as it should be.
        Confirm "confirmed" words: OWNERS;
        /// Find something small and put it right at once.
        PutRight "put_right" words: OWNERS;
        /// Find that it needs action.
        Report "reported" words: OWNERS;
        /// Bring it back.
        BringBack "brought_back" words: OWNERS;
        /// Take it out of use.
        Retire "retired" words: OWNERS;
    }
    /// The part somebody plays for one standard.
    parts {
        /// It is theirs.
        Owner;
        /// Somebody else of the team, or its leader.
        Mate;
        /// Somebody else who may see it.
        Other;
    }
    starts Writing;
    rules {
        Writing, Teaching: Change by Owner => Writing;
        Writing: Teach by Owner => Teaching;
        Teaching: Hold by Owner => Holding;
        Holding: Confirm, PutRight by Owner, Mate, Other => same;
        Holding: Report by Owner, Mate, Other => Drifting;
        Drifting: BringBack by Owner => Holding;
        Holding, Drifting: Retire by Owner => Retired;
    }
}

const OWNERS: &str = "Only the owner of the standard can do this.";
