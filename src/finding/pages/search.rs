//! `/search`: what people typed, and what was found, by kind.

use crate::App;
use crate::balls::Subject;
use crate::error::Result;
use crate::finding::excerpt::Piece;
use crate::finding::search::{self, Found, Group};
use crate::web::path::Query;
use crate::web::{Frame, Layout, Member, html};
use crate::{experiments, ideas, promises, standards};
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
    pub kinds: Vec<FoundKind>,
}

/// What was found of one kind.
pub struct FoundKind {
    pub name: &'static str,
    pub rows: Vec<FoundRow>,
    /// Whether there are more.
    pub more: bool,
}

/// One thing that was found.
pub struct FoundRow {
    pub address: String,
    pub title: Vec<Piece>,
    /// The sentence that matched; empty when the title says it.
    pub excerpt: Vec<Piece>,
    /// Where it is and whose it is: "answered no · Field North".
    pub about: String,
}

/// `GET /search`
pub async fn show(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Query(asked): Query<SearchFor>,
) -> Result<Response> {
    let typed: String = asked.q.trim().chars().take(LONGEST).collect();
    let mut tx = app.read().await?;
    let groups = search::search(&mut tx, member.id, &typed).await?;
    html(&SearchPage {
        page: frame.layout("Search", "search"),
        finding: finding(&typed, &groups),
        typed,
        kinds: groups.into_iter().map(kind).collect(),
    })
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

fn kind(group: Group) -> FoundKind {
    let name = match group.kind {
        Subject::Idea => "Ideas and their answers",
        Subject::Promise => "Promises",
        Subject::Experiment => "What was tried and learned",
        Subject::Standard => "Our ways",
        Subject::Measure => "Measures",
    };
    let rows = group.found.into_iter().map(|found| row(group.kind, found)).collect();
    FoundKind { name, rows, more: group.more }
}

fn row(kind: Subject, found: Found) -> FoundRow {
    let words = [state(kind, &found.state), &found.team];
    let about: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
    let (title, excerpt) = (found.title, found.excerpt);
    FoundRow { address: kind.address(found.id), title, excerpt, about: about.join(" \u{b7} ") }
}

/// Where a thing is, in words.
fn state(kind: Subject, name: &str) -> &'static str {
    let words = match kind {
        Subject::Idea => ideas::State::named(name).map(ideas::State::words),
        Subject::Promise => promises::State::ALL.iter().find(|state| state.name() == name).map(|state| state.words()),
        Subject::Experiment => {
            experiments::State::ALL.iter().find(|state| state.name() == name).map(|state| state.words())
        }
        Subject::Standard => standards::State::ALL.iter().find(|state| state.name() == name).map(|state| state.words()),
        Subject::Measure => None,
    };
    words.unwrap_or_default()
}
