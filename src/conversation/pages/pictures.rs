//! `/pictures/{id}`: a picture, to who may see its idea.

use crate::App;
use crate::conversation::store::pictures as store;
use crate::error::{Error, Result};
use crate::ideas;
use crate::ids::PictureId;
use crate::web::{Member, Path};
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

/// `GET /pictures/{id}`: never from a browser's store without asking again.
pub async fn show(
    State(app): State<App>,
    member: Member,
    Path(id): Path<PictureId>,
    headers: HeaderMap,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let kept = store::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    tx.ask(ideas::store::seen(kept.idea_id, member.id)).await?.ok_or(Error::NotFound)?;
    let tag = format!("\"{}\"", kept.hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let always = [(CACHE_CONTROL, "private, no-cache".to_owned()), (ETAG, tag.clone())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, always).into_response());
    }
    let bytes = store::bytes(&mut tx, id).await?;
    let more = [
        (CONTENT_TYPE, kept.format.mime()),
        (CONTENT_DISPOSITION, "inline"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'"),
    ];
    Ok((always, more, Body::from(bytes)).into_response())
}
