//! What got in the way of a promise: the short list that the answers are counted by.

use std::str::FromStr;

/// What got in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type, serde::Deserialize)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// One person for all systems.
    OnePerson,
    /// Nobody covered.
    NoDeputy,
    /// Another department was needed.
    OtherDepartment,
    /// It was promised too fast.
    TooFast,
    /// It was not known in time.
    NotTold,
    /// Something more urgent came.
    MoreUrgent,
    /// Something else.
    Other,
}

impl Cause {
    /// All causes in the order of the page.
    pub const ALL: [Self; 7] = [
        Self::OnePerson,
        Self::NoDeputy,
        Self::OtherDepartment,
        Self::TooFast,
        Self::NotTold,
        Self::MoreUrgent,
        Self::Other,
    ];

    /// The name in forms and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::OnePerson => "one_person",
            Self::NoDeputy => "no_deputy",
            Self::OtherDepartment => "other_department",
            Self::TooFast => "too_fast",
            Self::NotTold => "not_told",
            Self::MoreUrgent => "more_urgent",
            Self::Other => "other",
        }
    }

    /// The words on a page.
    pub fn words(self) -> &'static str {
        match self {
            Self::OnePerson => "one person for all systems",
            Self::NoDeputy => "nobody covered for me",
            Self::OtherDepartment => "needed another department",
            Self::TooFast => "promised too fast",
            Self::NotTold => "not told in time",
            Self::MoreUrgent => "something more urgent",
            Self::Other => "other",
        }
    }

    /// The list for a form, with "choose" in front.
    pub fn options() -> Vec<(String, String)> {
        let choose = (String::new(), String::from("Choose \u{2026}"));
        let known = Self::ALL.into_iter().map(|cause| (cause.name().to_owned(), cause.words().to_owned()));
        std::iter::once(choose).chain(known).collect()
    }
}

impl FromStr for Cause {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|cause| cause.name() == text).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_is_found_by_its_name() {
        for cause in Cause::ALL {
            assert_eq!(cause.name().parse(), Ok(cause));
        }
        assert_eq!("mood".parse::<Cause>(), Err(()));
        assert_eq!(Cause::options().len(), 8);
    }
}
