//! A form that may bring a file: typed fields, and the bytes of the file if one was chosen.

use crate::error::Error;
use crate::web::form::Form;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;

/// What was typed, and the file that came with it.
pub struct Upload {
    pub form: Form,
    /// The bytes of the file; nothing when none was chosen.
    pub file: Option<Vec<u8>>,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let kind = request.headers().get(CONTENT_TYPE).map_or(&b""[..], |kind| kind.as_bytes());
        if !kind.starts_with(b"multipart/form-data") {
            return Ok(Self { form: Form::from_request(request, state).await?, file: None });
        }
        let parts = Multipart::from_request(request, state).await;
        read(parts.map_err(|_| not_whole())?).await
    }
}

async fn read(mut parts: Multipart) -> Result<Upload, Error> {
    let mut upload = Upload { form: Form::default(), file: None };
    while let Some(part) = parts.next_field().await.map_err(|refused| refusal(&refused))? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await.map_err(|refused| refusal(&refused))?;
        if !is_file {
            upload.form.set(&name, String::from_utf8_lossy(&bytes));
        } else if !bytes.is_empty() {
            upload.file = Some(bytes.to_vec());
        }
    }
    Ok(upload)
}

fn refusal(refused: &MultipartError) -> Error {
    if refused.status() == StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge } else { not_whole() }
}

fn not_whole() -> Error {
    Error::Unreadable("The form did not arrive whole.".into())
}
