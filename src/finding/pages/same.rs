//! `GET /ideas/{id}/same`: which other idea it is the same as, picked from similar ones or searched for.

use crate::App;
use crate::balls::Subject;
use crate::error::{Error, Result};
use crate::finding::search::{self, Found};
use crate::finding::similar;
use crate::ideas;
use crate::ids::IdeaId;
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, Path, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// How much of what was typed is looked at and shown again.
const LONGEST: usize = 200;

/// What was looked for.
#[derive(Deserialize)]
pub struct LookFor {
    #[serde(default)]
    q: String,
}

/// The ideas it may be the same as.
#[derive(Template)]
#[template(path = "finding/same.html")]
pub struct SamePage {
    pub page: Layout,
    pub address: String,
    pub headline: String,
    pub author: String,
    pub typed: String,
    /// What stands above the others.
    pub heading: &'static str,
    /// The addresses of the others with their headlines.
    pub others: Vec<(String, String, &'static str)>,
    pub form: Form,
}

/// `GET /ideas/{id}/same`
pub async fn show(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    Query(asked): Query<LookFor>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let idea = tx.ask(ideas::store::seen(id, member.id)).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    let typed: String = asked.q.trim().chars().take(LONGEST).collect();
    let mut others = if typed.is_empty() {
        let similar = similar::similar(&app, member.id, &idea.text.whole()).await?;
        similar.into_iter().map(|similar| (similar.address, similar.title, similar.state)).collect()
    } else {
        found(search::search(&app, member.id, &typed).await?)
    };
    let address = format!("/ideas/{id}");
    others.retain(|(other, ..)| *other != address);
    let mut form = Form::fresh(app.world.chance_id());
    form.set("version", idea.version.to_string());
    html(&SamePage {
        page: frame.layout("The same as another idea", "ideas"),
        address,
        headline: idea.headline(),
        author: crate::text::first_name(&idea.author).to_owned(),
        heading: if typed.is_empty() { "These sound like it" } else { "These were found" },
        typed,
        others,
        form,
    })
}

/// The ideas that were found.
fn found(groups: Vec<search::Group>) -> Vec<(String, String, &'static str)> {
    let ideas = groups.into_iter().filter(|group| group.kind == Some(Subject::Idea)).flat_map(|group| group.found);
    ideas.map(|found| (found.address.clone(), title(&found), "")).collect()
}

fn title(found: &Found) -> String {
    found.title.iter().map(|piece| piece.words.as_str()).collect()
}
