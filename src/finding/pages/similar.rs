//! `/ideas/similar`: a fragment for the throw form.

use crate::App;
use crate::error::Result;
use crate::finding::similar::{Similar, similar};
use crate::web::path::Query;
use crate::web::{Member, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// The fragment that the throw form shows.
#[derive(Template)]
#[template(path = "finding/similar.html")]
pub struct SimilarIdeas {
    pub similar: Vec<Similar>,
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct SimilarTo {
    #[serde(default)]
    hurt: String,
}

/// `GET /ideas/similar`: a fragment for the throw form, empty when there is nothing to say.
pub async fn index(State(app): State<App>, member: Member, Query(asked): Query<SimilarTo>) -> Result<Response> {
    html(&SimilarIdeas { similar: similar(&app, member.id, &asked.hurt).await? })
}
