//! A form that may bring files: typed fields, and the bytes of each file, within limits.
//!
//! What is typed comes first in such a form. A file is kept only when it is known who sends it and that it is wanted; one
//! that is too large, or finds no room, is read to its end and thrown away, so that the answer arrives and what was typed
//! is still there.

use crate::App;
use crate::error::Error;
use crate::web::fields::{Fields, not_whole};
use crate::web::form::{Form, SubmittedForm};
use crate::web::paced::{Pace, Paced};
use crate::web::room::{Held, Room};
use crate::web::visitor::Visitor;
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
/// A file is kept in pieces of so many bytes: memory that grows in one piece is there twice while it does.
const PIECE: usize = 256 * 1024;

/// What was typed, and the files that came with it.
#[derive(Default)]
pub struct Uploads {
    pub form: Form,
    pub files: Vec<Sent>,
}

/// A file as it arrived.
#[derive(Default)]
pub struct Sent {
    pub too_large: bool,
    /// Its bytes in pieces; none when it was too large.
    pieces: Vec<Vec<u8>>,
    length: usize,
    /// Its part of the room for everything that is on its way.
    held: Option<Held>,
}

/// What was typed into a form that may bring files, which are passed over.
pub struct Typed(pub Form);

/// Whether a request brings such a form.
pub fn is_multipart(headers: &axum::http::HeaderMap) -> bool {
    const KIND: &[u8] = b"multipart/form-data";
    let kind = headers.get(CONTENT_TYPE).map_or(&b""[..], |kind| kind.as_bytes());
    kind.get(..KIND.len()).is_some_and(|kind| kind.eq_ignore_ascii_case(KIND))
}

impl FromRequest<App> for Uploads {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let is_known = request.extensions().get::<Visitor>().is_some_and(|visitor| visitor.person.is_some());
        read(request, app, is_known).await
    }
}

impl FromRequest<App> for Typed {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        Ok(Self(read(request, app, false).await?.form))
    }
}

/// What was typed, and the one file that came with it, if one was chosen.
pub struct Upload {
    pub form: Form,
    /// The bytes of the file; `None` when none was chosen.
    pub file: Option<Vec<u8>>,
}

impl FromRequest<App> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let Uploads { form, mut files } = Uploads::from_request(request, app).await?;
        if files.iter().any(|file| file.too_large) {
            return Err(Error::TooLarge);
        }
        Ok(Self { form, file: files.pop().map(Sent::into_bytes).filter(|bytes| !bytes.is_empty()) })
    }
}

async fn read(request: Request, app: &App, keeps_files: bool) -> Result<Uploads, Error> {
    if !is_multipart(request.headers()) {
        return Ok(Uploads { form: Form::from_request(request, app).await?, files: Vec::new() });
    }
    let typed = request.extensions().get::<SubmittedForm>().cloned();
    let (parts, body) = request.into_parts();
    let held = Room::of(app, &parts.extensions);
    let (body, pace) = Paced::of(body, LARGEST_REQUEST);
    let request = Request::from_parts(parts, body);
    let arriving = Multipart::from_request(request, app).await.map_err(|_| not_whole())?;
    let reading = Reading {
        fields: Fields::default(),
        typed: 0,
        files: Vec::new(),
        sent: 0,
        keeps_files,
        held,
        pace,
        crowded: false,
    };
    let (form, files) = reading.read(arriving).await?;
    if let Some(typed) = typed {
        *typed.lock().unwrap_or_else(PoisonError::into_inner) = Some(form.clone());
    }
    Ok(Uploads { form, files: files? })
}

struct Reading {
    fields: Fields,
    typed: usize,
    files: Vec<Sent>,
    sent: usize,
    keeps_files: bool,
    held: Held,
    pace: Pace,
    /// Whether something found no room, so that nothing more is kept.
    crowded: bool,
}

impl Reading {
    /// What was typed, and the files or why there are none.
    async fn read(mut self, mut parts: Multipart) -> Result<(Form, Result<Vec<Sent>, Error>), Error> {
        loop {
            let done = match parts.next_field().await {
                Ok(Some(part)) => self.part(part).await.map(|()| true),
                Ok(None) => Ok(false),
                Err(refused) => Err(Refused::By(refused)),
            };
            match done {
                Ok(true) => self.pace.goes_on(),
                Ok(false) => break,
                Err(Refused::Wholly(error)) => {
                    // The rest is read past the parts, as fast as it comes.
                    self.pace.throw_away();
                    while matches!(parts.next_field().await, Ok(Some(_))) {}
                    return Err(error);
                }
                Err(Refused::By(error)) => {
                    self.end_early(&error)?;
                    break;
                }
            }
        }
        let files = if self.crowded { Err(Error::Crowded) } else { Ok(self.files) };
        Ok((Form::filled(self.fields.into_values()), files))
    }

    /// More than is read at all: what came so far stands, and one file more that was too large.
    fn end_early(&mut self, error: &MultipartError) -> Result<(), Error> {
        let is_too_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
        match is_too_large && !self.fields.is_empty() {
            true => {
                self.files.push(Sent { too_large: true, ..Sent::default() });
                Ok(())
            }
            false if is_too_large => Err(Error::TooLarge),
            false => Err(not_whole()),
        }
    }

    async fn part(&mut self, part: Field<'_>) -> Result<(), Refused> {
        let name = part.name().unwrap_or_default().to_owned();
        self.fields.count(&name).map_err(Refused::Wholly)?;
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
            self.pace.goes_on();
            self.typed += chunk.len();
            if self.typed > LARGEST_TYPED {
                return Err(Refused::Wholly(Error::TooLarge));
            }
            self.held.grow(chunk.len()).map_err(Refused::Wholly)?;
            bytes.extend_from_slice(&chunk);
        }
        self.fields.keep(name, String::from_utf8_lossy(&bytes).into_owned());
        Ok(())
    }

    async fn file(&mut self, mut part: Field<'_>) -> Result<(), Refused> {
        let mut sent = Sent { held: Some(self.held.another()), ..Sent::default() };
        let is_kept = self.keeps_files && self.files.len() <= MOST;
        while let Some(chunk) = part.chunk().await? {
            self.pace.goes_on();
            if !is_kept || sent.too_large || self.crowded {
                continue;
            }
            let fits = sent.length + chunk.len() <= LARGEST && self.sent + chunk.len() <= LARGEST_TOGETHER;
            if !fits {
                self.sent -= sent.length;
                sent = Sent { too_large: true, ..Sent::default() };
            } else if sent.keep(&chunk) {
                self.sent += chunk.len();
            } else {
                sent = Sent::default();
                self.files.clear();
                self.crowded = true;
            }
        }
        if is_kept {
            self.files.push(sent);
        }
        Ok(())
    }
}

impl Sent {
    /// All of it in one piece.
    pub fn into_bytes(mut self) -> Vec<u8> {
        let mut whole = Vec::with_capacity(self.length);
        for piece in self.pieces.drain(..) {
            whole.extend_from_slice(&piece);
        }
        whole
    }

    /// Keep more of it; not when there is no room.
    fn keep(&mut self, mut chunk: &[u8]) -> bool {
        while !chunk.is_empty() {
            if self.pieces.last().is_none_or(|last| last.len() == PIECE) {
                if self.held.as_mut().is_some_and(|held| held.grow(PIECE).is_err()) {
                    return false;
                }
                self.pieces.push(Vec::with_capacity(PIECE));
            }
            let Some(last) = self.pieces.last_mut() else { return false };
            let (now, later) = chunk.split_at(chunk.len().min(PIECE - last.len()));
            last.extend_from_slice(now);
            self.length += now.len();
            chunk = later;
        }
        true
    }
}

enum Refused {
    By(MultipartError),
    /// Nothing of the form counts.
    Wholly(Error),
}

impl From<MultipartError> for Refused {
    fn from(error: MultipartError) -> Self {
        Self::By(error)
    }
}
