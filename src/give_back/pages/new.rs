//! `/give-back/new`: say what came of something, for whom, and how much work it adds or removes.

use crate::App;
use crate::error::{Error, Result};
use crate::give_back::store::{self, About};
use crate::lengths;
use crate::people;
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, NewKey, html, html_with, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

/// The most minutes a week that somebody works.
const MOST_MINUTES: i64 = 2400;

/// About which idea, experiment or standard; nothing when it came from none.
#[derive(Deserialize)]
pub struct AboutWhat {
    about: Option<Uuid>,
}

/// The form.
#[derive(Template)]
#[template(path = "give_back/new.html")]
pub struct NewPage {
    pub page: Layout,
    pub form: Form,
    pub about: Option<About>,
    /// For whom it can be.
    pub whose: Vec<(&'static str, String, &'static str)>,
}

/// `GET /give-back/new`
pub async fn new(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    NewKey(key): NewKey,
    Query(what): Query<AboutWhat>,
) -> Result<Response> {
    let mut form = Form::fresh(key);
    form.set("about", what.about.map_or_else(String::new, |about| about.to_string()));
    html(&page(&app, &member, &frame, form).await?)
}

/// `POST /give-back`
pub async fn create(State(app): State<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let key: Uuid = form.key()?;
    let what = form.text("what", lengths::LINE);
    let minutes = read_minutes(&mut form);
    let whose = form.value("whose").to_owned();
    if what.is_empty() && minutes.is_none() && form.is_good() {
        form.refuse("what", "Say what you got back, or how many minutes it adds or removes.");
    }
    if !what.is_empty() && !matches!(whose.as_str(), "team" | "all") {
        form.refuse("whose", "Choose who got it.");
    }
    let mut tx = app.write().await?;
    let about = match form.choice::<Uuid>("about") {
        Some(about) => Some(tx.ask(store::about(about, member.id)).await?.ok_or(Error::NotFound)?),
        None => None,
    };
    if minutes.is_some() && about.is_none() {
        form.refuse("minutes", "Minutes belong to one change. Open its page and say it from there.");
    }
    let team = about.as_ref().map(|about| about.team_id).or(member.team());
    if whose == "team" && team.is_none() && !what.is_empty() {
        form.refuse("whose", "You are in no team. Choose everybody, or let somebody of the team write it.");
    }
    if !form.is_good() {
        drop(tx);
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&app, &member, &frame, form).await?);
    }
    if !what.is_empty() {
        let team = team.filter(|_| whose == "team");
        let calendar = match team {
            Some(team) => tx.ask(people::store::team(team)).await?.map(|team| team.calendar),
            None => None,
        };
        let day = calendar.map_or_else(|| tx.now().date_naive(), |calendar| calendar.date_of(tx.now()));
        store::receive(&mut tx, key, (team, day), &what, member.id, about.as_ref()).await?;
    }
    if let (Some(minutes), Some(about)) = (minutes, &about) {
        store::state(&mut tx, about, minutes, member.id).await?;
    }
    tx.commit().await?;
    Ok(see_other_saying("/give-back", "Written down, for everybody to read."))
}

/// Whole minutes with their sign; nothing where none were typed.
fn read_minutes(form: &mut Form) -> Option<i64> {
    let typed = form.value("minutes").trim().replace('\u{2212}', "-");
    if typed.is_empty() {
        return None;
    }
    let minutes = typed.trim_start_matches('+').parse::<i64>().ok();
    let minutes = minutes.filter(|minutes| (-MOST_MINUTES..=MOST_MINUTES).contains(minutes));
    if minutes.is_none() {
        form.refuse(
            "minutes",
            "Write whole minutes, from \u{2212}2400 to 2400: \u{2212}25 for less work, 10 for more.",
        );
    }
    minutes
}

async fn page(app: &App, member: &Member, frame: &Frame, form: Form) -> Result<NewPage> {
    let about = form.value("about").parse::<Uuid>().ok();
    let mut tx = app.read().await?;
    let (found, team) =
        tx.ask((about.map(|about| store::about(about, member.id)), member.team().map(people::store::team))).await?;
    tx.commit().await?;
    let found = match found {
        Some(found) => Some(found.ok_or(Error::NotFound)?),
        None => None,
    };
    let mine = team.flatten().map(|team| ("team", team.name, ""));
    let whose = mine.into_iter().chain([("all", String::from("Everybody in the company"), "")]).collect();
    Ok(NewPage { page: frame.layout("What we got back", "standards"), form, about: found, whose })
}
