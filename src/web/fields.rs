//! The fields of a form as they arrive: they are counted before anything is kept of them, and what is too much is read to
//! its end and thrown away, so that the answer arrives.

use crate::App;
use crate::error::Error;
use crate::web::room::Room;
use axum::RequestExt;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use http_body_util::{BodyExt, LengthLimitError};
use std::error::Error as _;

/// The most fields of any form; the largest form of a page has half as many.
pub const MOST: usize = 200;
/// The most bytes of the name of a field.
const LONGEST_NAME: usize = 100;

/// Names and values, no more than a form may have.
#[derive(Debug, Default)]
pub struct Fields {
    kept: Vec<(String, String)>,
    seen: usize,
}

impl Fields {
    /// Count one more, before it is kept or passed over.
    ///
    /// # Errors
    /// When there are too many, or when its name is no name.
    pub fn count(&mut self, name: &str) -> Result<(), Error> {
        self.seen += 1;
        if self.seen > MOST {
            return Err(too_many());
        }
        if name.len() > LONGEST_NAME {
            return Err(Error::Unreadable("The form has a field that is on none of our pages.".into()));
        }
        Ok(())
    }

    /// Keep one that was counted.
    pub fn keep(&mut self, name: String, value: String) {
        self.kept.push((name, value));
    }

    /// Whether nothing was kept.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// All that was kept, in its order.
    pub fn into_values(self) -> Vec<(String, String)> {
        self.kept
    }
}

fn too_many() -> Error {
    Error::Unreadable(format!("A form has at most {MOST} fields, and this one has more."))
}

/// The fields of a form without files.
///
/// # Errors
/// When it is too large, has too many fields, finds no room, or did not arrive whole.
pub async fn read(request: Request, app: &App) -> Result<Fields, Error> {
    const KIND: &[u8] = b"application/x-www-form-urlencoded";
    let kind = request.headers().get(CONTENT_TYPE).map_or(&b""[..], |kind| kind.as_bytes());
    if !kind.get(..KIND.len()).is_some_and(|kind| kind.eq_ignore_ascii_case(KIND)) {
        return Err(not_whole());
    }
    let mut held = Room::of(app, request.extensions());
    let mut body = request.into_limited_body();
    let (mut bytes, mut ends, mut refused) = (Vec::new(), 0, None);
    while let Some(frame) = body.frame().await {
        let data: Bytes = match frame {
            Ok(frame) => frame.into_data().unwrap_or_default(),
            Err(error) => return Err(refused.unwrap_or_else(|| of_body(&error))),
        };
        ends += data.split(|byte| *byte == b'&').count().saturating_sub(1);
        if refused.is_none() {
            refused = if ends >= MOST { Some(too_many()) } else { held.grow(data.len()).err() };
        }
        if refused.is_none() {
            bytes.extend_from_slice(&data);
        } else {
            bytes = Vec::new();
        }
    }
    if let Some(refused) = refused {
        return Err(refused);
    }
    let mut fields = Fields::default();
    for (name, value) in url::form_urlencoded::parse(&bytes) {
        fields.count(&name)?;
        fields.keep(name.into_owned(), value.into_owned());
    }
    Ok(fields)
}

/// What it means that a body ended before its end.
pub fn of_body(error: &axum::Error) -> Error {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return Error::TooLarge;
        }
        cause = error.source();
    }
    not_whole()
}

/// The answer to a form of which a part is missing.
pub fn not_whole() -> Error {
    Error::Unreadable("The form did not arrive whole.".into())
}
