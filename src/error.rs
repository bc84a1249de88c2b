//! What can go wrong for a visitor: one variant for each thing that a person can understand.
//!
//! Handlers return these; `web::error_page` draws the page, because only it knows who asked and what was typed.

use crate::db::{Fault, fault_of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use std::sync::Arc;

/// The answer of a handler.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong for a visitor.
#[derive(Clone, Debug)]
pub enum Error {
    /// It does not exist, or this person may not see it: the same answer for both.
    NotFound,
    /// Nobody is signed in.
    SignIn,
    /// Signed in, but this is somebody else's to do; the sentence says whose.
    Forbidden(&'static str),
    /// An unsafe request that another site sent, or a browser of which that can't be told; the sentence says what to do.
    Foreign(String),
    /// Not a request that this program understands; the sentence says why.
    Unreadable(String),
    /// Somebody was first; the sentence says who did what.
    Stale(String),
    /// More than is taken at once.
    TooLarge,
    /// Too much is on its way at once.
    Crowded,
    /// Too many tries; come back after so many seconds.
    TooMany(u32),
    /// The database could not do it now; it passes without us, and sending it again is all that is needed.
    Unavailable(Fault),
    /// A fault of ours. The cause is logged once and never shown.
    Broken(Arc<anyhow::Error>),
}

impl Error {
    /// Too many tries: come back after this while.
    pub fn too_many(wait: TimeDelta) -> Self {
        // Rounded up: whoever waits so long is let in.
        let seconds = wait.num_milliseconds().max(1).unsigned_abs().div_ceil(1_000);
        Self::TooMany(u32::try_from(seconds).unwrap_or(u32::MAX))
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) | Self::Foreign(_) => StatusCode::FORBIDDEN,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::Stale(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) | Self::Crowded => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The headline of its page.
    pub fn title(&self) -> &'static str {
        match self {
            Self::NotFound => "There is nothing here for you",
            Self::SignIn => "You are signed out",
            Self::Forbidden(_) => "This is not yours to do",
            Self::Foreign(_) => "This did not come from a page of Catchball",
            Self::Unreadable(_) => "This could not be read",
            Self::Stale(_) => "Somebody was first",
            Self::TooLarge => "That is too much at once",
            Self::Crowded => "Too much is on its way just now",
            Self::TooMany(_) => "Too many tries",
            Self::Unavailable(Fault::Away) => "The database is busy",
            Self::Unavailable(Fault::Full) => "The disk of the server is full",
            Self::Unavailable(Fault::ReadOnly) => "The database takes no changes now",
            Self::Unavailable(Fault::Disk) => "The disk of the server failed",
            Self::Broken(_) => "Something broke on our side",
        }
    }

    /// What happened, what was kept, what to do. `kept` is what is known of it where the fault came in the middle.
    pub fn words(&self, kept: Kept) -> String {
        let kept = kept.words();
        match self {
            Self::NotFound => "It does not exist, or it is not for you to see. Nothing was changed.".into(),
            Self::SignIn => "Sign in again, then send it once more. Nothing was changed.".into(),
            Self::Forbidden(whose) => format!("{whose} Nothing was changed."),
            Self::Foreign(why) => format!("{why} Nothing was changed."),
            Self::Unreadable(why) => format!("{why} Nothing was changed."),
            Self::Stale(who) => format!("{who} Look at what is there now, then decide whether yours still holds."),
            Self::TooLarge => {
                "One megabyte is the most that is taken at once. Nothing was changed. Send less, or in parts.".into()
            }
            Self::Crowded => "So many forms and files are being sent at this moment that yours found no room. Nothing was changed. Send it again in half a minute.".into(),
            Self::TooMany(seconds) => format!("Wait {}, then try again. Nothing was changed.", wait_words(*seconds)),
            Self::Unavailable(Fault::Away) => format!("It did not answer in time. {kept} Try again in a moment."),
            Self::Unavailable(Fault::Full) => {
                format!(
                    "Nothing new can be saved until somebody frees space on it. What was saved before is intact. {kept}"
                )
            }
            Self::Unavailable(Fault::ReadOnly) => {
                format!(
                    "It can be read only: a standby, or a disk that lets nothing be written. {kept} Try again in a moment."
                )
            }
            Self::Unavailable(Fault::Disk) => {
                format!("It could not be read or written. {kept} Tell your administrator.")
            }
            Self::Broken(_) => format!(
                "It is written down with the number below. {kept} Try again, or tell your administrator the number."
            ),
        }
    }
}

impl Error {
    /// The words of a fault of ours that is written down nowhere, because a line would say when a letter came.
    pub fn words_unlogged(&self, kept: Kept) -> String {
        format!("It is counted, and nobody can see when it was. {} Try again in a moment.", kept.words())
    }
}

/// What is known of what was sent, when its answer is a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It failed before anything of it could be kept.
    Nothing,
    /// It may have been kept, and its form counts once.
    Once,
    /// It may have been kept.
    Unknown,
}

impl Kept {
    fn words(self) -> &'static str {
        match self {
            Self::Nothing => "Nothing was changed.",
            Self::Once => "We do not know whether it was saved. Sending it again is safe: it is counted once.",
            Self::Unknown => "We do not know whether it was saved. Look whether it is there before you send it again.",
        }
    }
}

/// A wait in words, rounded up.
fn wait_words(seconds: u32) -> String {
    let (count, unit) = if seconds > 60 { (seconds.div_ceil(60), "minute") } else { (seconds.max(1), "second") };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match fault_of(&error) {
            Some(fault) => Self::Unavailable(fault),
            None => Self::Broken(Arc::new(error.into())),
        }
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        let told = |cause: &(dyn std::error::Error + 'static)| {
            cause.downcast_ref::<Fault>().copied().or_else(|| fault_of(cause.downcast_ref()?))
        };
        let fault = error.chain().find_map(told);
        fault.map_or_else(|| Self::Broken(Arc::new(error)), Self::Unavailable)
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Broken(Arc::new(error.into()))
    }
}
