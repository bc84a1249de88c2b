//! The kinds of things that can be open: a ball lies on one of them, a notice tells of one.

use uuid::Uuid;

/// The kind of a thing that can be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Subject {
    Measure,
    Idea,
    Promise,
    Experiment,
    Standard,
}

impl Subject {
    /// The name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            other => other.word(),
        }
    }

    /// The word on a page.
    pub fn word(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Idea => "idea",
            Self::Promise => "promise",
            Self::Experiment => "experiment",
            Self::Standard => "our way",
        }
    }

    /// The address of one of its kind.
    pub fn address(self, id: Uuid) -> String {
        let place = match self {
            Self::Measure => "measures",
            Self::Idea => "ideas",
            Self::Promise => "promises",
            Self::Experiment => "experiments",
            Self::Standard => "standards",
        };
        format!("/{place}/{id}")
    }
}
