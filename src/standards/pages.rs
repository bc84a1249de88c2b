//! The pages of standards: the list and the form.

use super::store::{self, Candidate, Standard};
use super::verbs::{self, first_check};
use super::{State, Text, Verb, step, text_form};
use crate::balls::{self, Mark, Subject};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::experiments::Refusal;
use crate::experiments::pages::{Source, choices};
use crate::experiments::verbs::calendar;
use crate::ideas::protection;
use crate::ids::{IdeaId, PersonId, StandardId, TeamId};
use crate::people::COLLEAGUE;
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, NewKey, Path, html};
use crate::{App, ideas, people};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use serde::Deserialize;

/// The list of standards.
#[derive(Template)]
#[template(path = "standards/index.html")]
pub struct IndexPage {
    pub page: Layout,
    /// The standards by where they are; groups without any are left out.
    pub groups: Vec<Group>,
    /// Whether the reader belongs to a team and may begin one.
    pub may_begin: bool,
}

/// Standards that are in the same part of their life.
pub struct Group {
    pub title: &'static str,
    /// The standards, newest first.
    pub rows: Vec<Row>,
}

/// One standard in a list.
pub struct Row {
    pub id: StandardId,
    pub name: String,
    pub mark: Mark,
    pub owner: String,
}

const GROUPS: [(&str, &[State]); 4] = [
    ("Drifting", &[State::Drifting]),
    ("Being written and taught", &[State::Writing, State::Teaching]),
    ("In use", &[State::Holding]),
    ("Retired", &[State::Retired]),
];

/// `GET /standards`
pub async fn index(Shared(app): Shared<App>, member: Member, frame: Frame) -> Result<Response> {
    let mut tx = app.read().await?;
    let teams = people::store::seen_teams(&mut tx, member.id).await?;
    let balls = balls::store::in_sight(&mut tx, Subject::Standard, member.id).await?;
    let standards = store::in_sight(&mut tx, member.id).await?;
    let row = |standard: &Standard| {
        let team = teams.iter().find(|team| team.id == standard.team_id);
        let ball = balls.iter().find(|(id, _)| *id == standard.id.0).map(|(_, ball)| ball);
        let mark = team.zip(ball).map(|(team, ball)| Mark::of(ball, &team.calendar, app.world.now(), member.id));
        let name = team.map_or("", |team| team.name.as_str());
        Row {
            id: standard.id,
            name: standard.text.name.clone(),
            mark: mark.unwrap_or_else(|| Mark::closed(standard.state.words())),
            owner: format!("{} · {name}", standard.owner),
        }
    };
    let group = |(title, states): (&'static str, &[State])| {
        let rows: Vec<Row> = standards.iter().filter(|one| states.contains(&one.state)).map(row).collect();
        (!rows.is_empty()).then_some(Group { title, rows })
    };
    let groups = GROUPS.into_iter().filter_map(group).collect();
    html(&IndexPage { page: frame.layout("Our way", "standards"), groups, may_begin: member.team().is_some() })
}

/// The form of a standard that is being written.
#[derive(Template)]
#[template(path = "standards/edit.html")]
pub struct EditPage {
    pub page: Layout,
    pub action: String,
    pub form: Form,
    /// The idea it comes from: identifier and words.
    pub idea: Option<(IdeaId, String)>,
    /// The measures to choose from: identifier and name.
    pub measures: Vec<(String, String)>,
    pub owners: Vec<(String, String)>,
    /// Why it was refused as a whole; empty when it was not.
    pub refused: String,
    /// What is stored now, when somebody else was first.
    pub now: Vec<(&'static str, String)>,
}

/// What the form of a team's standard offers to choose from.
pub struct Offer {
    pub measures: Vec<(String, String)>,
    pub candidates: Vec<Candidate>,
}

impl Offer {
    /// The measures and the people of a team, with the one who owns it now or would by writing it.
    pub async fn of(tx: &mut Tx, team: TeamId, owner: PersonId) -> sqlx::Result<Self> {
        Ok(Self { measures: choices(tx, team).await?, candidates: store::candidates(tx, team, owner).await? })
    }

    /// The page of a new standard with this form.
    pub fn new_page(self, source: &Source, frame: &Frame, mut form: Form) -> EditPage {
        form.set("idea", source.idea.as_ref().map_or_else(String::new, |idea| idea.id.to_string()));
        let idea = source.idea.as_ref().map(|idea| (idea.id, idea.headline()));
        self.page(frame, String::from("/standards"), idea, form)
    }

    /// The page with this form.
    pub fn page(self, frame: &Frame, action: String, idea: Option<(IdeaId, String)>, form: Form) -> EditPage {
        let owners = self.candidates.iter().map(|one| (one.id.to_string(), called(one))).collect();
        EditPage {
            page: frame.layout("Our way", "standards"),
            action,
            form,
            idea,
            measures: self.measures,
            owners,
            refused: String::new(),
            now: Vec::new(),
        }
    }
}

/// The name in the list. Where the placeholder owns it, nobody but the author whose name is kept reads this form.
fn called(candidate: &Candidate) -> String {
    if candidate.id == COLLEAGUE { format!("{} (you)", candidate.name) } else { candidate.name.clone() }
}

/// From which idea.
#[derive(Deserialize)]
pub struct From {
    idea: Option<IdeaId>,
}

/// `GET /standards/new`
pub async fn new(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    NewKey(key): NewKey,
    Query(from): Query<From>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let source = Source::find(&mut tx, &member, from.idea).await?;
    let today = calendar(&mut tx, source.team).await?.date_of(tx.now());
    let first_check = first_check(today);
    let blank = Text { next_check_on: Some(first_check), ..Text::default() };
    let text = source.idea.as_ref().map_or(blank, |idea| text_form::from_idea(idea, first_check));
    let owner = protection::face_on(&mut tx, source.idea.as_ref().map(|idea| idea.id), member.id).await?;
    let form = text_form::filled(&text, owner, key, 0);
    let offer = Offer::of(&mut tx, source.team, owner).await?;
    html(&offer.new_page(&source, &frame, form))
}

/// `GET /standards/{id}/edit`
pub async fn edit(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<StandardId>,
    NewKey(key): NewKey,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let standard = store::seen(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    let actor = verbs::acting(&mut tx, &standard, &member).await?;
    match step(standard.state, Verb::Change, verbs::part(&standard, &actor)) {
        Ok(_) => {}
        Err(Refusal::NotYours(whose)) => return Err(Error::Forbidden(whose)),
        Err(refusal) => return Err(Error::Stale(refusal.sentence())),
    }
    let form = text_form::filled(&standard.text, standard.owner_id, key, standard.version);
    html(&edit_page(&mut tx, &frame, &standard, form).await?)
}

/// The form of a standard that exists.
pub async fn edit_page(tx: &mut Tx, frame: &Frame, standard: &Standard, form: Form) -> Result<EditPage> {
    let idea = match standard.idea_id {
        Some(idea) => ideas::store::find(tx, idea).await?,
        None => None,
    };
    let offer = Offer::of(tx, standard.team_id, standard.owner_id).await?;
    Ok(offer.page(frame, format!("/standards/{}", standard.id), idea.map(|idea| (idea.id, idea.headline())), form))
}
