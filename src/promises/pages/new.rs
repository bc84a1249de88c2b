//! "I need from you …": the form that asks somebody for a promise.

use crate::App;
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::{self, destination, protection};
use crate::ids::{IdeaId, PersonId, PromiseId, TeamId, ThrowId};
use crate::lengths;
use crate::moves::{Move, kept_or_refused};
use crate::people::company::Company;
use crate::people::{self, COLLEAGUE, Person};
use crate::promises::verbs::request;
use crate::promises::{ANSWER_DAYS, PromiseRequest, store};
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, NewKey, html, html_refused, html_with, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// What the address asks for.
#[derive(Deserialize)]
pub struct NewQuery {
    idea: Option<IdeaId>,
}

/// The form.
#[derive(Template)]
#[template(path = "promises/new.html")]
pub struct NewPage {
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
    Query(asked): Query<NewQuery>,
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
    let read = read(&mut form);
    let mut tx = app.write().await?;
    if let Some(id) = store::of_throw(&mut tx, key).await? {
        return Ok(asked(id));
    }
    let Some(asked_for) = read.filter(|_| form.is_good()) else {
        return html_refused(&page(&mut tx, &member, &frame, form).await?);
    };
    let done = request(&mut tx, Move::of(key, &member, ""), &asked_for).await;
    match kept_or_refused(tx, done).await? {
        Ok(id) => Ok(asked(id)),
        Err(refusal) => {
            let status = refusal.told_in(&mut form, "of");
            html_with(status, &page(&mut app.read().await?, &member, &frame, form).await?)
        }
    }
}

fn asked(id: PromiseId) -> Response {
    see_other_saying(format!("/promises/{id}"), "Asked. You see here what becomes of it.")
}

fn read(form: &mut Form) -> Option<PromiseRequest> {
    let of = form.chosen::<PersonId>("of", "Choose whom you need it from.");
    let what = form.needed("what", lengths::PARAGRAPH, "Say what you need, in a sentence.");
    let day = form.needed_day("by", "Choose the day by which you need it.");
    let how = form.text("how", lengths::LINE);
    let (team, idea) = (form.choice::<TeamId>("team"), form.choice::<IdeaId>("idea"));
    Some(PromiseRequest { of: of?, what, how, day: day?, idea, team })
}

async fn page(tx: &mut Tx, member: &Person, frame: &Frame, form: Form) -> Result<NewPage> {
    let idea = form.value("idea").parse::<IdeaId>().ok();
    let of_idea = idea.map(|idea| (ideas::store::seen(idea, member.id), protection::face(idea, member.id)));
    let seen = people::store::teams_in_sight(member.id);
    let (people, seen, company, of_idea) =
        tx.ask((store::askable(member), seen, Company::who_answers(member.id, tx.now()), of_idea)).await?;
    let (idea, face) = match of_idea {
        Some((idea, face)) => (Some(idea.ok_or(Error::NotFound)?), face),
        None => (None, member.id),
    };
    let team = idea.as_ref().map(|idea| idea.team_id).or(member.team()).and_then(|team| company.team(team));
    let with_choose = |known: Vec<(String, String)>| {
        std::iter::once((String::new(), String::from("Choose \u{2026}"))).chain(known).collect::<Vec<_>>()
    };
    let teams = match team {
        None if !seen.is_empty() => {
            with_choose(seen.iter().map(|team| (team.id.to_string(), team.name.clone())).collect())
        }
        _ => Vec::new(),
    };
    let seen_by = match team {
        Some(team) => destination::seen_by(&company, team.id, &team.name, Some(member.id)),
        None => String::from("the team it is for, those above it, the coach"),
    };
    let kept = idea.as_ref().filter(|idea| idea.author_id == COLLEAGUE && face != member.id);
    let (now, calendar) = (tx.now(), team.or(seen.first()).map(|team| &team.calendar));
    let answer_by = |calendar: &Calendar| calendar.due(calendar.add(now, calendar.days(ANSWER_DAYS)), now).words;
    Ok(NewPage {
        page: frame.layout("I need from you", "promises"),
        form,
        people: with_choose(people.into_iter().map(|known| (known.id.to_string(), known.name)).collect()),
        teams,
        face: kept.map_or_else(String::new, |idea| idea.author.clone()),
        idea: idea.map(|idea| (format!("/ideas/{}", idea.id), idea.headline())),
        seen_by,
        answer_by: calendar.map(answer_by).unwrap_or_default(),
    })
}
