//! Why something was not done to a measure, in words for the one who tried.

use crate::error::Error;
use crate::web::Form;
use axum::http::StatusCode;

/// Why a verb did not happen although everything works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is somebody else's to do.
    NotYours(&'static str),
    /// It is not possible now.
    NotNow(String),
    /// Something is missing or wrong at this field.
    Field(&'static str, String),
    /// Somebody else wrote something else into this field meanwhile.
    Meanwhile(&'static str, String),
    /// Somebody was first; the record is another one now.
    Moved,
}

impl Refusal {
    /// It is not possible now, in these words.
    pub fn saying(words: impl Into<String>) -> Self {
        Self::NotNow(words.into())
    }

    /// Something is wrong at a field.
    pub fn at(field: &'static str, words: impl Into<String>) -> Self {
        Self::Field(field, words.into())
    }

    /// The field at which it is told; `words` where none is meant.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Field(field, _) | Self::Meanwhile(field, _) => field,
            Self::NotYours(_) | Self::NotNow(_) | Self::Moved => "words",
        }
    }

    /// The words for the person.
    pub fn sentence(&self) -> String {
        match self {
            Self::NotYours(whose) => (*whose).to_owned(),
            Self::NotNow(words) | Self::Field(_, words) | Self::Meanwhile(_, words) => words.clone(),
            Self::Moved => String::from("Somebody was first. Look at what is there now; your text is kept."),
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotYours(_) => StatusCode::FORBIDDEN,
            Self::NotNow(_) | Self::Meanwhile(..) | Self::Moved => StatusCode::CONFLICT,
            Self::Field(..) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

/// Why a verb did not happen: refused, or something broke.
#[derive(Debug)]
pub enum Undone {
    /// Refused, with words for the person.
    Refused(Refusal),
    /// Something broke.
    Failed(Error),
}

impl Undone {
    /// Tells the refusal at its field of a form that is shown again; the status of that answer.
    ///
    /// # Errors
    /// What broke, and what is somebody else's to do: then there is no form to show.
    pub fn tell(self, form: &mut Form) -> Result<StatusCode, Error> {
        match self {
            Self::Failed(error) => Err(error),
            Self::Refused(Refusal::NotYours(whose)) => Err(Error::Forbidden(whose)),
            Self::Refused(refusal) => {
                form.refuse(refusal.field(), refusal.sentence());
                Ok(refusal.status())
            }
        }
    }
}

/// Where nothing can be refused, only what broke is left.
pub fn failed(undone: Undone) -> Error {
    match undone {
        Undone::Failed(error) => error,
        Undone::Refused(refusal) => anyhow::anyhow!("refused where nothing can be: {refusal:?}").into(),
    }
}

impl From<Refusal> for Undone {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Error> for Undone {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<sqlx::Error> for Undone {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}
