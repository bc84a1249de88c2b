//! What got in the way of a promise: the short list that the answers are counted by.

crate::choices! {
    /// What got in the way.
    Cause {
        OnePerson "one_person" "one person for all systems";
        NoDeputy "no_deputy" "nobody covered for me";
        OtherDepartment "other_department" "needed another department";
        TooFast "too_fast" "promised too fast";
        NotTold "not_told" "not told in time";
        MoreUrgent "more_urgent" "something more urgent";
        Other "other" "other";
    }
}

impl Cause {
    /// The list for a form, with "choose" in front.
    pub fn options() -> Vec<(&'static str, &'static str)> {
        let known = Self::ALL.iter().map(|cause| (cause.name(), cause.words()));
        std::iter::once(("", "Choose \u{2026}")).chain(known).collect()
    }
}
