//! A form that may bring files: typed fields, and the bytes of each file, within limits.
//!
//! What is typed comes first in such a form. A file that is too large is read to its end and thrown away, so that the
//! answer arrives and what was typed is still there.

use crate::error::Error;
use crate::web::form::{Form, SubmittedForm};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use std::sync::PoisonError;

/// The name of the field that brings pictures.
pub const PICTURES: &str = "pictures";
/// The most files of one form.
pub const MOST: usize = 6;
/// The most bytes of one file as it is sent.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// The most bytes of all files of one form.
const LARGEST_TOGETHER: usize = 24 * 1024 * 1024;
/// The most bytes that are read of such a request at all.
pub const LARGEST_REQUEST: usize = 96 * 1024 * 1024;
const LARGEST_TYPED: usize = 1024 * 1024;

/// What was typed, and the files that came with it.
#[derive(Default)]
pub struct Uploads {
    pub form: Form,
    pub files: Vec<Sent>,
}

/// A file as it arrived.
#[derive(Default)]
pub struct Sent {
    /// Its bytes; none when it was too large.
    pub bytes: Vec<u8>,
    pub too_large: bool,
}

/// Whether a request brings such a form.
pub fn is_multipart(headers: &axum::http::HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"))
}

impl<S: Send + Sync> FromRequest<S> for Uploads {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        if !is_multipart(request.headers()) {
            return Ok(Self { form: Form::from_request(request, state).await?, files: Vec::new() });
        }
        let typed = request.extensions().get::<SubmittedForm>().cloned();
        let parts = Multipart::from_request(request, state).await;
        let uploads = Reading::default().read(parts.map_err(|_| not_whole())?).await?;
        if let Some(typed) = typed {
            *typed.lock().unwrap_or_else(PoisonError::into_inner) = Some(uploads.form.clone());
        }
        Ok(uploads)
    }
}

/// What was typed, and the one file that came with it, if one was chosen.
pub struct Upload {
    pub form: Form,
    /// The bytes of the file; `None` when none was chosen.
    pub file: Option<Vec<u8>>,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let Uploads { form, mut files } = Uploads::from_request(request, state).await?;
        if files.iter().any(|file| file.too_large) {
            return Err(Error::TooLarge);
        }
        Ok(Self { form, file: files.pop().map(|file| file.bytes).filter(|bytes| !bytes.is_empty()) })
    }
}

#[derive(Default)]
struct Reading {
    values: Vec<(String, String)>,
    typed: usize,
    files: Vec<Sent>,
    sent: usize,
}

impl Reading {
    async fn read(mut self, mut parts: Multipart) -> Result<Uploads, Error> {
        loop {
            match parts.next_field().await {
                Ok(Some(part)) => {
                    if let Err(refused) = self.part(part).await {
                        self.end_early(refused)?;
                        break;
                    }
                }
                Ok(None) => break,
                Err(refused) => {
                    self.end_early(Refused::By(refused))?;
                    break;
                }
            }
        }
        Ok(Uploads { form: Form::filled(self.values), files: self.files })
    }

    /// More than is read at all: what came so far stands, and one file more that was too large.
    fn end_early(&mut self, refused: Refused) -> Result<(), Error> {
        match refused {
            Refused::By(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE && !self.values.is_empty() => {
                self.files.push(Sent { bytes: Vec::new(), too_large: true });
                Ok(())
            }
            Refused::By(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Error::TooLarge),
            Refused::By(_) => Err(not_whole()),
            Refused::Typed => Err(Error::TooLarge),
        }
    }

    async fn part(&mut self, part: Field<'_>) -> Result<(), Refused> {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::is_empty) {
            None => self.text(name, part).await,
            // A field for files of which none was chosen.
            Some(true) => Ok(()),
            Some(false) => self.file(part).await,
        }
    }

    async fn text(&mut self, name: String, mut part: Field<'_>) -> Result<(), Refused> {
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await? {
            self.typed += chunk.len();
            if self.typed > LARGEST_TYPED {
                return Err(Refused::Typed);
            }
            bytes.extend_from_slice(&chunk);
        }
        self.values.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        Ok(())
    }

    async fn file(&mut self, mut part: Field<'_>) -> Result<(), Refused> {
        let mut sent = Sent::default();
        let is_kept = self.files.len() <= MOST;
        while let Some(chunk) = part.chunk().await? {
            let fits = sent.bytes.len() + chunk.len() <= LARGEST && self.sent + chunk.len() <= LARGEST_TOGETHER;
            if !is_kept || sent.too_large {
                continue;
            }
            if fits {
                self.sent += chunk.len();
                sent.bytes.extend_from_slice(&chunk);
            } else {
                self.sent -= sent.bytes.len();
                sent = Sent { bytes: Vec::new(), too_large: true };
            }
        }
        if is_kept {
            self.files.push(sent);
        }
        Ok(())
    }
}

enum Refused {
    By(MultipartError),
    Typed,
}

impl From<MultipartError> for Refused {
    fn from(error: MultipartError) -> Self {
        Self::By(error)
    }
}

fn not_whole() -> Error {
    Error::Unreadable("The form did not arrive whole.".into())
}
