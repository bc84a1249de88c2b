//! "I need from you …": the form that asks somebody for a promise.

use super::asking::{Request, check_asked, request, team_of};
use super::{LONGEST_HOW, LONGEST_WHAT, store};
use crate::App;
use crate::balls::Deed;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::{self, Idea, Trouble, destination, protection};
use crate::ids::{IdeaId, PersonId, PromiseId, TeamId, ThrowId};
use crate::people::{self, Person, Team};
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, NewKey, html, html_with, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    idea: Option<IdeaId>,
}

/// The form.
#[derive(Template)]
#[template(path = "promises/new.html")]
pub struct AskPage {
    pub page: Layout,
    pub form: Form,
    /// Whom one can ask, with "choose" in front.
    pub people: Vec<(String, String)>,
    /// For which team, with "choose" in front; empty when that is clear.
    pub teams: Vec<(String, String)>,
    /// The idea it is for: its address and its headline.
    pub idea: Option<(String, String)>,
    /// As whom the reader asks: "A colleague"; empty for their own name.
    pub face: String,
    pub seen_by: String,
    /// By when the one who is asked answers.
    pub answer_by: String,
}

/// `GET /promises/new`
pub async fn new(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Query(asked): Query<Asked>,
    NewKey(key): NewKey,
) -> Result<Response> {
    let mut form = Form::fresh(key);
    if let Some(idea) = asked.idea {
        form.set("idea", idea.to_string());
    }
    html(&page(&mut app.read().await?, &member, &frame, form).await?)
}

/// `POST /promises`
pub async fn create(State(app): State<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let key: ThrowId = form.key()?;
    let idea = form.choice::<IdeaId>("idea");
    let read = read(&mut form);
    let mut tx = app.write().await?;
    if let Some(id) = store::of_throw(&mut tx, key).await? {
        return Ok(asked(id));
    }
    if let Some(idea) = idea
        && ideas::store::seen(&mut tx, idea, member.id).await?.is_none()
    {
        return Err(Error::NotFound);
    }
    let Some(what) = read.filter(|_| form.is_good()) else {
        return refused(&mut tx, &member, &frame, form).await;
    };
    match ask(&mut tx, &member, key, &what).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(asked(id))
        }
        Err((field, Trouble::Refused(refusal))) => {
            form.refuse(field, refusal.sentence());
            refused(&mut tx, &member, &frame, form).await
        }
        Err((_, Trouble::Failed(error))) => Err(error),
    }
}

/// Ask for it; or the field at which it is refused.
async fn ask(tx: &mut Tx, member: &Person, key: ThrowId, what: &Request) -> Result<PromiseId, (&'static str, Trouble)> {
    check_asked(tx, member, what.of).await.map_err(|trouble| ("of", trouble))?;
    team_of(tx, member, what).await.map_err(|trouble| ("team", trouble))?;
    let deed = Deed { key, by: member, words: "" };
    request(tx, &deed, what).await.map_err(|trouble| ("by", trouble))
}

fn asked(id: PromiseId) -> Response {
    see_other_saying(format!("/promises/{id}"), "Asked. You see here what becomes of it.")
}

async fn refused(tx: &mut Tx, member: &Person, frame: &Frame, form: Form) -> Result<Response> {
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page(tx, member, frame, form).await?)
}

fn read(form: &mut Form) -> Option<Request> {
    let of = form.chosen::<PersonId>("of", "Choose whom you need it from.");
    let what = form.needed("what", LONGEST_WHAT, "Say what you need, in a sentence.");
    let on = form.date("by");
    if on.is_none() {
        form.refuse("by", "Choose the day by which you need it.");
    }
    let how = form.text("how", LONGEST_HOW);
    let (team, idea) = (form.choice::<TeamId>("team"), form.choice::<IdeaId>("idea"));
    Some(Request { of: of?, what, how, on: on?, idea, team })
}

async fn page(tx: &mut Tx, member: &Person, frame: &Frame, form: Form) -> Result<AskPage> {
    let idea = match form.value("idea").parse::<IdeaId>() {
        Ok(idea) => Some(ideas::store::seen(tx, idea, member.id).await?.ok_or(Error::NotFound)?),
        Err(_) => None,
    };
    let people = store::askable(tx, member).await?.into_iter().map(|known| (known.id.to_string(), known.name));
    let seen = people::store::seen_teams(tx, member.id).await?;
    let choose = || (String::new(), String::from("Choose \u{2026}"));
    let team = known_team(tx, member, idea.as_ref()).await?;
    let teams = match team {
        None if !seen.is_empty() => {
            std::iter::once(choose()).chain(seen.iter().map(|team| (team.id.to_string(), team.name.clone()))).collect()
        }
        _ => Vec::new(),
    };
    let seen_by = match &team {
        Some(team) => destination::seen_by(tx, team.id, &team.name, Some(member.id)).await?,
        None => String::from("the team it is for, those above it, the coach"),
    };
    let face = protection::face_on(tx, idea.as_ref().map(|idea| idea.id), member.id).await?;
    let face = idea.as_ref().filter(|_| face != member.id).map_or_else(String::new, |idea| idea.author.clone());
    let now = tx.now();
    let calendar = team.as_ref().or(seen.first()).map(|team| &team.calendar);
    let answer_by = calendar
        .map(|calendar| calendar.due(calendar.add(now, calendar.days(super::ANSWER_DAYS)), now).words)
        .unwrap_or_default();
    Ok(AskPage {
        page: frame.layout("I need from you", "promises"),
        form,
        people: std::iter::once(choose()).chain(people).collect(),
        teams,
        idea: idea.map(|idea| (format!("/ideas/{}", idea.id), idea.headline())),
        face,
        seen_by,
        answer_by,
    })
}

/// The team it is for, when that is clear before the form is sent.
async fn known_team(tx: &mut Tx, member: &Person, idea: Option<&Idea>) -> Result<Option<Team>> {
    match idea.map(|idea| idea.team_id).or(member.team()) {
        Some(team) => Ok(people::store::team(tx, team).await?),
        None => Ok(None),
    }
}
