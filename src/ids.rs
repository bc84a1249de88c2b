//! The names of records: one type for each kind, so that a team is never taken for a person.
//!
//! All are UUIDs of version 7, made in Rust from the clock and the dice of a transaction, never by the
//! database: the same value and the same order on both engines.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, sqlx::Type, Serialize, Deserialize)]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// The one company this installation serves.
    OrganisationId;
    /// A team of reps with a leader.
    TeamId;
    /// Somebody with an account.
    PersonId;
    /// One throw in the history of a thing; also the key that makes a form count once.
    ThrowId;
    /// A measure.
    MeasureId;
    /// One value of a measure.
    ValueId;
    /// A stretch of a measure with limits of its own.
    PhaseId;
    /// A note on a point of a measure.
    NoteId;
    /// A value that is left out of averages and runs.
    ExclusionId;
    /// A signal that was thrown to the keeper.
    SignalId;
    /// Days on which somebody is away.
    AbsenceId;
    /// Two people counting the same cases.
    AgreementId;
    /// An idea.
    IdeaId;
    /// A comment in the conversation about an idea.
    CommentId;
    /// A picture of an idea or of a comment.
    PictureId;
    /// A notice.
    NoticeId;
    /// A draft.
    DraftId;
    /// A promise.
    PromiseId;
    /// An experiment.
    ExperimentId;
    /// A standard, "our way".
    StandardId;
    /// One check of a standard.
    CheckId;
    /// A television on the wall.
    ScreenId;
}
