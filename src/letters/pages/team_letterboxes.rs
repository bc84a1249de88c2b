//! `/letterboxes` and `/teams/{id}/letterbox`: the posters of letterboxes, each its link and the same to be photographed.

use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::TeamId;
use crate::letters::PROMISE;
use crate::letters::letterbox::{self, LEAST, Letterbox};
use crate::letters::store::letterbox as boxes;
use crate::people::{self, Person, Role, Team};
use crate::web::qr::Qr;
use crate::web::{Form, Frame, Layout, Member, Path, html, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// The poster.
#[derive(Template)]
#[template(path = "letters/poster.html")]
pub struct PosterPage {
    pub page: Layout,
    pub unit: Letterbox,
    /// What is stored and what is not.
    pub promise: &'static str,
    /// The absolute link with its picture; nothing before it is put up.
    pub link: Option<Link>,
    /// Why it is off; empty when it is on.
    pub off: String,
    /// The page of the whole company's poster, for a team that is too small; empty for none.
    pub wider: String,
    pub least: i64,
}

/// A link and its picture.
pub struct Link {
    pub address: String,
    pub qr: Qr,
}

/// One letterbox in the list.
pub struct LetterboxLine {
    pub address: String,
    pub name: String,
    /// Whether it is up, off or not there.
    pub words: String,
}

/// The list of letterboxes.
#[derive(Template)]
#[template(path = "letters/letterboxes.html")]
pub struct LetterboxesPage {
    pub page: Layout,
    pub boxes: Vec<LetterboxLine>,
}

/// The units whose letterbox this person may put up: an admin and a coach all, a leader those in sight.
async fn units(tx: &mut Tx, person: &Person) -> Result<Vec<Team>> {
    let all = people::store::units(tx).await?;
    if person.is(Role::Admin) || person.is(Role::Coach) {
        return Ok(all);
    }
    let seen: Vec<TeamId> = people::store::seen_teams(tx, person.id).await?.into_iter().map(|team| team.id).collect();
    let wide = boxes::company_wide(tx).await?.filter(|(_, head)| *head == person.id).map(|(id, _)| id);
    Ok(all.into_iter().filter(|team| seen.contains(&team.id) || wide == Some(team.id)).collect())
}

async fn may(tx: &mut Tx, person: &Person, id: TeamId) -> Result<()> {
    if units(tx, person).await?.iter().any(|team| team.id == id) { Ok(()) } else { Err(Error::NotFound) }
}

/// `GET /letterboxes`
pub async fn index(State(app): State<App>, member: Member, frame: Frame) -> Result<Response> {
    let mut tx = app.read().await?;
    let mut boxes = Vec::new();
    for team in units(&mut tx, &member).await? {
        let Some(unit) = Letterbox::of(&mut tx, team.id).await? else { continue };
        let is_up = boxes::address_of(&mut tx, team.id).await?.is_some();
        let words = match (is_up, unit.is_on()) {
            (true, true) => String::from("It is up."),
            (false, true) => String::from("It is not up yet."),
            (_, false) => unit.why_off(),
        };
        boxes.push(LetterboxLine { address: format!("/teams/{}/letterbox", team.id), name: team.name, words });
    }
    html(&LetterboxesPage { page: frame.layout("Letterboxes", "more"), boxes })
}

/// `GET /teams/{id}/letterbox`
pub async fn show(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<TeamId>) -> Result<Response> {
    let mut tx = app.read().await?;
    may(&mut tx, &member, id).await?;
    let unit = Letterbox::of(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let link = match boxes::address_of(&mut tx, id).await? {
        Some(path) => {
            let address = app.config.address_of(&path);
            Some(Link { qr: Qr::of(&address)?, address })
        }
        None => None,
    };
    let off = unit.why_off();
    let wider = match boxes::company_wide(&mut tx).await? {
        Some((wide, _)) if !off.is_empty() && wide != id => format!("/teams/{wide}/letterbox"),
        _ => String::new(),
    };
    let page = frame.layout(format!("The letterbox of {}", unit.name), "more");
    html(&PosterPage { page, unit, promise: PROMISE, link, off, wider, least: LEAST })
}

/// `POST /teams/{id}/letterbox`: put it up, or give it a new address. What was thrown before stays as protected as it was.
pub async fn create(State(app): State<App>, member: Member, Path(id): Path<TeamId>, _: Form) -> Result<Response> {
    let mut tx = app.write().await?;
    may(&mut tx, &member, id).await?;
    letterbox::put_up(&mut tx, id).await?;
    letterbox::make_company_wide(&mut tx).await?;
    tx.commit().await?;
    Ok(see_other_saying(format!("/teams/{id}/letterbox"), "The letterbox is up. Print this page, or hand on the link."))
}
