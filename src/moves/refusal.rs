//! Why a move was not made, in words for the one who tried: one vocabulary and one table of status codes.

use crate::error::Error;
use crate::web::Form;
use axum::http::StatusCode;

/// What a verb answers.
pub type Moved<T = ()> = Result<T, MoveError>;

/// Why a move was refused although everything works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is somebody else's to do; the sentence says whose.
    NotYours(String),
    /// It is not possible now; the sentence says what is.
    NotNow(String),
    /// Something is missing or wrong at this field.
    AtField(&'static str, String),
    /// Something is missing or wrong at several fields.
    Gaps(Vec<Gap>),
    /// Somebody was first; the sentence says who did what.
    First(String),
}

/// What is missing or wrong at a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    pub field: &'static str,
    pub message: &'static str,
}

impl Refusal {
    /// It is not possible now, in these words.
    pub fn saying(words: impl Into<String>) -> Self {
        Self::NotNow(words.into())
    }

    /// It is somebody else's, in these words.
    pub fn not_yours(whose: impl Into<String>) -> Self {
        Self::NotYours(whose.into())
    }

    /// Something is wrong at a field.
    pub fn at(field: &'static str, words: impl Into<String>) -> Self {
        Self::AtField(field, words.into())
    }

    /// Somebody was first, and what they did is not told.
    pub fn first() -> Self {
        Self::First(String::from("Somebody was first. Look at what is there now; your text is kept."))
    }

    /// The words for the person; empty where each field has its own.
    pub fn sentence(&self) -> &str {
        match self {
            Self::NotYours(words) | Self::NotNow(words) | Self::AtField(_, words) | Self::First(words) => words,
            Self::Gaps(_) => "",
        }
    }

    /// The messages with the fields they belong to; `elsewhere` is the field for those that name none.
    pub fn messages(&self, elsewhere: &'static str) -> Vec<(&'static str, &str)> {
        match self {
            Self::NotYours(words) | Self::NotNow(words) => vec![(elsewhere, words)],
            Self::AtField(field, words) => vec![(field, words)],
            Self::Gaps(gaps) => gaps.iter().map(|gap| (gap.field, gap.message)).collect(),
            Self::First(_) => Vec::new(),
        }
    }

    /// Puts the messages at their fields, `elsewhere` for those that name none; the status of the page that comes back.
    pub fn told_in(&self, form: &mut Form, elsewhere: &'static str) -> StatusCode {
        for (field, words) in self.messages(elsewhere) {
            form.refuse(field, words);
        }
        self.status()
    }

    /// The status of the answer, the same in every room.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotYours(_) => StatusCode::FORBIDDEN,
            Self::NotNow(_) | Self::AtField(..) | Self::Gaps(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::First(_) => StatusCode::CONFLICT,
        }
    }
}

/// Why a move was not made: refused, or something broke.
#[derive(Debug)]
pub enum MoveError {
    Refused(Refusal),
    Failed(Error),
}

impl MoveError {
    /// Puts the messages of a refusal at their fields, `elsewhere` for those that name none; the status of the page that
    /// comes back.
    pub fn told_in(self, form: &mut Form, elsewhere: &'static str) -> Result<StatusCode, Error> {
        match self {
            Self::Failed(error) => Err(error),
            Self::Refused(refusal) => Ok(refusal.told_in(form, elsewhere)),
        }
    }
}

/// Where nothing can be refused, only what broke is left.
pub fn never_refused(error: MoveError) -> Error {
    match error {
        MoveError::Failed(error) => error,
        MoveError::Refused(refusal) => anyhow::anyhow!("refused where nothing can be: {refusal:?}").into(),
    }
}

impl From<Refusal> for MoveError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Error> for MoveError {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<sqlx::Error> for MoveError {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}
