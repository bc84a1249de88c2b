//! The links by which people add themselves to a team: made, shown and ended by the admin.

use crate::calendar::Calendar;
use crate::error::{Error, Result};
use crate::ids::TeamId;
use crate::people::joining::{self, JoinLink, LONGEST, USUAL};
use crate::people::{Role, Team, store};
use crate::web::qr::Qr;
use crate::web::{
    Admin, App, Form, Frame, Layout, NewKey, Path, Response, State, Template, html, html_refused, see_other,
    see_other_saying,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The page for the admin.
#[derive(Template)]
#[template(path = "people/join_links.html")]
pub struct JoinLinksPage {
    pub page: Layout,
    pub team: TeamId,
    pub name: String,
    pub links: Vec<Link>,
    pub form: Form,
    pub roles: Vec<(&'static str, &'static str, &'static str)>,
}

/// One link as it is shown.
pub struct Link {
    pub role: &'static str,
    /// "rep" or "team leader".
    pub words: &'static str,
    pub address: String,
    pub qr: Qr,
    /// Until when, and how many have come.
    pub told: String,
}

fn shown(app: &App, link: &JoinLink, calendar: &Calendar, now: DateTime<Utc>) -> Result<Link> {
    let address = app.config.address_of(&format!("/join/{}", link.code(app)));
    let come = match link.joined {
        0 => String::from("Nobody has come by it yet."),
        1 => String::from("One person has come by it."),
        count => format!("{count} people have come by it."),
    };
    let until = if link.is_open(now) { "Good until" } else { "It opens nothing any more. It was good until" };
    let told = format!("{until} {}. {come}", calendar.day_words(link.last_day, now));
    Ok(Link { role: link.role.name(), words: link.role.words(), qr: Qr::of(&address)?, address, told })
}

async fn page(app: &App, frame: &Frame, team: TeamId, form: Form) -> Result<JoinLinksPage> {
    let mut tx = app.read().await?;
    let (found, links) = tx.ask((store::team(team), joining::of_team(team))).await?;
    let found = real(found)?;
    let links = links.iter().map(|link| shown(app, link, &found.calendar, tx.now())).collect::<Result<_>>()?;
    let roles = vec![
        (Role::Rep.name(), "Reps", "They throw ideas and run experiments."),
        (Role::TeamLeader.name(), "The leader", "The first who comes by it answers the ideas of the team."),
    ];
    let page = frame.layout(format!("Links to join {}", found.name), "people");
    Ok(JoinLinksPage { page, team, name: found.name, links, form, roles })
}

/// A team that people are in; the unit for letters of the whole company is none.
fn real(team: Option<Team>) -> Result<Team> {
    team.filter(|team| team.wide_head.is_none()).ok_or(Error::NotFound)
}

/// `GET /teams/{id}/join-links`
pub async fn index(
    State(app): State<App>,
    _: Admin,
    frame: Frame,
    NewKey(key): NewKey,
    Path(team): Path<TeamId>,
) -> Result<Response> {
    let mut form = Form::fresh(key);
    form.set("role", Role::Rep.name());
    form.set("last_day", (app.world.now().date_naive() + USUAL).to_string());
    html(&page(&app, &frame, team, form).await?)
}

/// `POST /teams/{id}/join-links`
pub async fn create(
    State(app): State<App>,
    _: Admin,
    frame: Frame,
    Path(team): Path<TeamId>,
    mut form: Form,
) -> Result<Response> {
    let id: Uuid = form.key()?;
    let role = form.chosen::<Role>("role", "Choose who comes by it.").filter(|role| role.is_in_a_team());
    let last_day = form.needed_day("last_day", "Choose the last day on which it is good.");
    let today = app.world.now().date_naive();
    if last_day.is_some_and(|day| day < today || day > today + LONGEST) {
        form.refuse("last_day", "Choose a day from today on, at most 90 days ahead.");
    }
    let mut tx = app.write().await?;
    let (found, links) = tx.ask((store::team(team), joining::of_team(team))).await?;
    real(found)?;
    if role == Some(Role::TeamLeader) && tx.ask(joining::is_led(team)).await? {
        form.refuse("role", "This team has a leader. Change them first in the list of people.");
    }
    let here = format!("/teams/{team}/join-links");
    if links.iter().any(|link| link.id == id) {
        return Ok(see_other(here));
    }
    let Some((role, last_day)) = role.zip(last_day).filter(|_| form.is_good()) else {
        drop(tx);
        return html_refused(&page(&app, &frame, team, form).await?);
    };
    joining::make(&mut tx, id, team, role, last_day).await?;
    tx.commit().await?;
    Ok(see_other_saying(&here, "Here is the link. An older one for the same role is void."))
}

/// `POST /teams/{id}/join-links/removal`
pub async fn destroy(State(app): State<App>, _: Admin, Path(team): Path<TeamId>, mut form: Form) -> Result<Response> {
    let role: Role = form.choice("role").ok_or(Error::NotFound)?;
    let mut tx = app.write().await?;
    real(tx.ask(store::team(team)).await?)?;
    joining::end(&mut tx, team, role).await?;
    tx.commit().await?;
    Ok(see_other_saying(format!("/teams/{team}/join-links"), "The link opens nothing any more."))
}
