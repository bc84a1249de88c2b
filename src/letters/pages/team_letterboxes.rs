//! `/letterboxes` and `/teams/{id}/letterbox`: the posters of letterboxes, each its link and the same to be photographed.

use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::TeamId;
use crate::letters::letterbox::Letterbox;
use crate::letters::put_up;
use crate::letters::store::letterbox as boxes;
use crate::people::{self, Person, Role};
use crate::web::paging::{PageNumber, ROWS};
use crate::web::path::Query;
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
    /// The absolute link with its picture; nothing before it is put up.
    pub link: Option<(String, Qr)>,
    /// The path of the letterbox of the whole company, for a team that is too small; empty for others.
    pub wider: String,
}

/// The list of letterboxes.
#[derive(Template)]
#[template(path = "letters/letterboxes.html")]
pub struct LetterboxesPage {
    pub page: Layout,
    pub boxes: Vec<Letterbox>,
    /// The address of the next page; none when there is none.
    pub next: Option<String>,
}

/// All letterboxes, and whether this person may put one up: an admin and a coach all, a leader those in sight.
async fn letterboxes(tx: &mut Tx, person: &Person) -> Result<Vec<(bool, Letterbox)>> {
    let (boxes, seen) = tx.ask((boxes::all(), people::store::teams_in_sight(person.id))).await?;
    let all = person.is(Role::Admin) || person.is(Role::Coach);
    let may = |unit: &Letterbox| all || unit.head_id == Some(person.id) || seen.iter().any(|team| team.id == unit.id);
    Ok(boxes.into_iter().map(|unit| (may(&unit), unit)).collect())
}

/// `GET /letterboxes`
pub async fn index(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Query(page): Query<PageNumber>,
) -> Result<Response> {
    let boxes = letterboxes(&mut app.read().await?, &member).await?;
    let mut boxes: Vec<_> = boxes.into_iter().filter_map(|(may, unit)| may.then_some(unit)).collect();
    let next = page.of(&mut boxes, ROWS, "/letterboxes");
    html(&LetterboxesPage { page: frame.layout("Letterboxes", "more"), boxes, next })
}

/// `GET /teams/{id}/letterbox`
pub async fn show(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<TeamId>) -> Result<Response> {
    let boxes = letterboxes(&mut app.read().await?, &member).await?;
    let (_, unit) = boxes.iter().find(|(may, unit)| *may && unit.id == id).cloned().ok_or(Error::NotFound)?;
    let link = match unit.path() {
        Some(path) => {
            let address = app.config.address_of(&path);
            let qr = Qr::of(&address)?;
            Some((address, qr))
        }
        None => None,
    };
    let wide = boxes.iter().map(|(_, wide)| wide).find(|wide| wide.is_company_wide());
    let wider = wide.filter(|wide| !unit.is_on() && wide.id != id).and_then(Letterbox::path).unwrap_or_default();
    let page = frame.layout(format!("The letterbox of {}", unit.name), "more");
    html(&PosterPage { page, unit, link, wider })
}

/// `POST /teams/{id}/letterbox`: put it up, or give it a new address. What was thrown before stays as protected as it was.
pub async fn create(State(app): State<App>, member: Member, Path(id): Path<TeamId>, _: Form) -> Result<Response> {
    let mut tx = app.write().await?;
    let may = letterboxes(&mut tx, &member).await?.into_iter().any(|(may, unit)| may && unit.id == id);
    if !may {
        return Err(Error::NotFound);
    }
    put_up::put_up(&mut tx, id).await?;
    put_up::stand(&mut tx).await?;
    tx.commit().await?;
    Ok(see_other_saying(format!("/teams/{id}/letterbox"), "The letterbox is up. Print this page, or hand on the link."))
}
