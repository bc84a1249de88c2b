//! `/letterboxes` and `/teams/{id}/letterbox`: the posters of letterboxes, each its link and the same to be photographed.

use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::TeamId;
use crate::letters::PROMISE;
use crate::letters::letterbox::{LEAST, Letterbox};
use crate::letters::put_up;
use crate::letters::store::letterbox as boxes;
use crate::people::{self, Person, Role};
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

/// All letterboxes, and whether this person may put one up: an admin and a coach all, a leader those in sight.
async fn letterboxes(tx: &mut Tx, person: &Person) -> Result<Vec<(Letterbox, bool)>> {
    let (boxes, seen) = tx.ask((boxes::all(), people::store::teams_in_sight(person.id))).await?;
    let all = person.is(Role::Admin) || person.is(Role::Coach);
    let may = |unit: &Letterbox| all || unit.head_id == Some(person.id) || seen.iter().any(|team| team.id == unit.id);
    Ok(boxes
        .into_iter()
        .map(|unit| {
            let may = may(&unit);
            (unit, may)
        })
        .collect())
}

/// `GET /letterboxes`
pub async fn index(State(app): State<App>, member: Member, frame: Frame) -> Result<Response> {
    let mut tx = app.read().await?;
    let boxes = letterboxes(&mut tx, &member).await?.into_iter().filter(|(_, may)| *may).map(|(unit, _)| {
        let words = match (unit.secret.is_some(), unit.is_on()) {
            (true, true) => String::from("It is up."),
            (false, true) => String::from("It is not up yet."),
            (_, false) => unit.why_off(),
        };
        LetterboxLine { address: format!("/teams/{}/letterbox", unit.id), name: unit.name, words }
    });
    html(&LetterboxesPage { page: frame.layout("Letterboxes", "more"), boxes: boxes.collect() })
}

/// `GET /teams/{id}/letterbox`
pub async fn show(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<TeamId>) -> Result<Response> {
    let boxes = letterboxes(&mut app.read().await?, &member).await?;
    let (unit, _) = boxes.iter().find(|(unit, may)| unit.id == id && *may).cloned().ok_or(Error::NotFound)?;
    let link = match unit.path() {
        Some(path) => {
            let address = app.config.address_of(&path);
            Some(Link { qr: Qr::of(&address)?, address })
        }
        None => None,
    };
    let off = unit.why_off();
    let wide = boxes.iter().map(|(wide, _)| wide).find(|wide| wide.is_company_wide());
    let wide = wide.filter(|wide| !off.is_empty() && wide.id != id);
    let wider = wide.map_or_else(String::new, |wide| format!("/teams/{}/letterbox", wide.id));
    let page = frame.layout(format!("The letterbox of {}", unit.name), "more");
    html(&PosterPage { page, unit, promise: PROMISE, link, off, wider, least: LEAST })
}

/// `POST /teams/{id}/letterbox`: put it up, or give it a new address. What was thrown before stays as protected as it was.
pub async fn create(State(app): State<App>, member: Member, Path(id): Path<TeamId>, _: Form) -> Result<Response> {
    let mut tx = app.write().await?;
    let may = letterboxes(&mut tx, &member).await?.into_iter().any(|(unit, may)| unit.id == id && may);
    if !may {
        return Err(Error::NotFound);
    }
    put_up::put_up(&mut tx, id).await?;
    put_up::make_company_wide(&mut tx).await?;
    tx.commit().await?;
    Ok(see_other_saying(format!("/teams/{id}/letterbox"), "The letterbox is up. Print this page, or hand on the link."))
}
