//! `/search`: what people typed, and what was found, by kind.

use crate::App;
use crate::balls::Subject;
use crate::error::Result;
use crate::finding::search::{self, Found, Group};
use crate::web::path::Query;
use crate::web::{Frame, Layout, Member, html};
use crate::{experiments, ideas, measures, promises, standards};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// How much of what was typed is looked at and shown again.
const LONGEST: usize = 200;

/// What the address asks for.
#[derive(Deserialize)]
pub struct SearchFor {
    #[serde(default)]
    q: String,
}

/// The search.
#[derive(Template)]
#[template(path = "finding/search.html")]
pub struct SearchPage {
    pub page: Layout,
    pub typed: String,
    pub finding: String,
    /// What was found, by kind.
    pub groups: Vec<Group>,
}

/// `GET /search`
pub async fn show(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Query(asked): Query<SearchFor>,
) -> Result<Response> {
    let typed: String = asked.q.trim().chars().take(LONGEST).collect();
    let groups = search::search(&app, member.id, &typed).await?;
    html(&SearchPage { page: frame.layout("Search", "search"), finding: finding(&typed, &groups), typed, groups })
}

fn finding(typed: &str, groups: &[Group]) -> String {
    let count: usize = groups.iter().map(|group| group.found.len()).sum();
    match count {
        _ if typed.is_empty() => String::from("Search"),
        _ if groups.iter().any(|group| group.more) => format!("More than {count} found"),
        0 => String::from("Nothing found"),
        1 => String::from("One found"),
        _ => format!("{count} found"),
    }
}

impl Group {
    /// What things of its kind are called.
    fn name(&self) -> &'static str {
        match self.kind {
            Some(Subject::Idea) => "Ideas and their answers",
            Some(Subject::Promise) => "Promises",
            Some(Subject::Experiment) => "What was tried and learned",
            Some(Subject::Standard) => "Our ways",
            Some(Subject::Measure) => "Measures",
            None => "My drafts",
        }
    }
}

impl Found {
    /// Where it is and whose it is: "answered no · Field North".
    fn about(&self) -> String {
        let words = [self.kind.map_or("only you see it", |kind| state(kind, &self.state)), &self.team];
        let about: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
        about.join(" \u{b7} ")
    }
}

/// Where a thing is, in words.
fn state(kind: Subject, name: &str) -> &'static str {
    let words = match kind {
        Subject::Idea => ideas::State::named(name).map(ideas::State::words),
        Subject::Promise => promises::State::named(name).map(promises::State::words),
        Subject::Experiment => experiments::State::named(name).map(experiments::State::words),
        Subject::Standard => standards::State::named(name).map(standards::State::words),
        Subject::Measure => measures::State::named(name).map(measures::State::words),
    };
    words.unwrap_or_default()
}
