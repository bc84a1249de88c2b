//! `/ideas/similar`: a fragment for the throw form.

use crate::App;
use crate::error::Result;
use crate::finding::similar::{Similar, similar};
use crate::ideas::Anonymity;
use crate::web::{Form, Member, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// The fragment that the throw form shows.
#[derive(Template)]
#[template(path = "finding/similar.html")]
pub struct SimilarIdeas {
    pub similar: Vec<Similar>,
}

/// `POST /ideas/similar`: a fragment for the form of a throw, empty when there is nothing to say.
///
/// The words come in the body, for addresses stand in the logs of proxies, and only for a throw with a name: of any other
/// they are not even read.
pub async fn show(State(app): State<App>, member: Member, form: Form) -> Result<Response> {
    let hurt = if form.value("way") == Anonymity::Named.name() { form.value("hurt") } else { "" };
    if hurt.trim().is_empty() {
        return html(&SimilarIdeas { similar: Vec::new() });
    }
    html(&SimilarIdeas { similar: similar(&app, member.id, hurt).await? })
}
