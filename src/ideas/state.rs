//! Where an idea can be, in the names of the database and the words of a page.

/// Where an idea is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum State {
    /// Thrown, and nobody has caught it.
    New,
    /// A person has it and will answer.
    Caught,
    /// A question came back to the author.
    Question,
    /// Yes, do it.
    Go,
    /// Yes, let's try it: it runs as an experiment.
    Trying,
    /// Leadership has promised something.
    Helping,
    /// Taken further, to the next level or to a helper.
    PassedUp,
    /// Not now; it rests until a day.
    Parked,
    /// No, because; the author may throw it back once.
    Declined,
    /// The author did not agree; the next level answers.
    ThrownBack,
    /// Done, says the doer.
    Delivered,
    /// It changed something.
    Done,
    /// Tried, not adopted, the lesson kept.
    Learned,
    /// Answered no; the problem stays open for other ideas.
    ClosedDeclined,
    /// The same as another; its author became co-author there.
    Merged,
    /// Taken back by the author.
    Withdrawn,
}

impl State {
    /// All states in the order of an idea's life.
    pub const ALL: [Self; 16] = [
        Self::New,
        Self::Caught,
        Self::Question,
        Self::Go,
        Self::Trying,
        Self::Helping,
        Self::PassedUp,
        Self::Parked,
        Self::Declined,
        Self::ThrownBack,
        Self::Delivered,
        Self::Done,
        Self::Learned,
        Self::ClosedDeclined,
        Self::Merged,
        Self::Withdrawn,
    ];

    /// The name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Caught => "caught",
            Self::Question => "question",
            Self::Go => "go",
            Self::Trying => "trying",
            Self::Helping => "helping",
            Self::PassedUp => "passed_up",
            Self::Parked => "parked",
            Self::Declined => "declined",
            Self::ThrownBack => "thrown_back",
            Self::Delivered => "delivered",
            Self::Done => "done",
            Self::Learned => "learned",
            Self::ClosedDeclined => "closed_declined",
            Self::Merged => "merged",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The word on a page.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "thrown",
            Self::Caught => "caught",
            Self::Question => "a question to the author",
            Self::Go => "yes, do it",
            Self::Trying => "being tried",
            Self::Helping => "help is promised",
            Self::PassedUp => "taken further",
            Self::Parked => "not now",
            Self::Declined => "answered no",
            Self::ThrownBack => "thrown back",
            Self::Delivered => "delivered",
            Self::Done => "done",
            Self::Learned => "learned",
            Self::ClosedDeclined => "answered no, the problem stays open",
            Self::Merged => "put together with another",
            Self::Withdrawn => "taken back",
        }
    }

    /// Whether somebody still owes a move.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Learned | Self::ClosedDeclined | Self::Merged | Self::Withdrawn)
    }

    /// Whether its author may still change its words or take it back: it was not decided. While it is tried, the
    /// experiment says whether it has started.
    pub fn is_before_an_experiment(self) -> bool {
        matches!(
            self,
            Self::New
                | Self::Caught
                | Self::Question
                | Self::Go
                | Self::Trying
                | Self::Helping
                | Self::PassedUp
                | Self::Parked
                | Self::ThrownBack
        )
    }

    /// Whether it can be laid to rest once more, after it has rested.
    pub fn can_come_to_rest(self) -> bool {
        matches!(self, Self::Caught | Self::PassedUp | Self::ThrownBack | Self::Go)
    }

    /// Whether one of the six answers is what it waits for.
    pub fn waits_for_an_answer(self) -> bool {
        matches!(self, Self::New | Self::Caught | Self::PassedUp | Self::ThrownBack)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_the_database() {
        for state in State::ALL {
            let written = format!("{state:?}");
            assert_eq!(state.name().replace('_', ""), written.to_lowercase());
        }
    }
}
