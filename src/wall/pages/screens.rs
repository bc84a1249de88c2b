//! What the keeper of screens sees: the televisions on the walls, a form to pair one, and a button to forget one.

use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{ScreenId, TeamId};
use crate::wall::store::{self, Listed};
use crate::wall::{Refusal, TRIES, pairing_code};
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, Path, html, html_with, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

/// The page of all screens.
#[derive(Template)]
#[template(path = "wall/screens.html")]
pub struct ScreensPage {
    pub page: Layout,
    pub screens: Vec<Listed>,
    /// The form to pair one.
    pub form: Form,
    /// The teams to choose from: value and words.
    pub teams: Vec<(String, String)>,
    pub address: String,
}

/// The code that came with the scanned square.
#[derive(Deserialize)]
pub struct Scanned {
    #[serde(default)]
    code: String,
}

/// `GET /screens`
pub async fn index(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Query(scanned): Query<Scanned>,
) -> Result<Response> {
    let mut form = Form::default();
    let code = pairing_code::read(&scanned.code);
    if pairing_code::is_code(&code) {
        form.set("code", pairing_code::spaced(&code));
    }
    html(&page(&app, &mut app.read().await?, &member, &frame, form).await?)
}

async fn page(app: &App, tx: &mut Tx, member: &Member, frame: &Frame, mut form: Form) -> Result<ScreensPage> {
    let teams = store::teams(tx, member).await?;
    let mut teams: Vec<_> = teams.into_iter().map(|team| (team.id.to_string(), team.name)).collect();
    match teams.as_slice() {
        [(only, _)] => form.set("team", only.clone()),
        _ => teams.insert(0, (String::new(), String::from("Choose a team"))),
    }
    let screens = store::list(tx, member.id).await?;
    Ok(ScreensPage {
        page: frame.layout("Screens", "screens"),
        screens,
        form,
        teams,
        address: app.config.address_of("/wall"),
    })
}

/// What was typed, when all of it can be used.
struct Pairing {
    code: String,
    name: String,
    team: TeamId,
    team_name: String,
}

async fn read(tx: &mut Tx, member: &Member, form: &mut Form) -> Result<Option<Pairing>> {
    let code = pairing_code::read(&form.needed("code", 40, "Type the eight letters that the screen shows."));
    if !code.is_empty() && !pairing_code::is_code(&code) {
        form.refuse("code", "A code has eight letters, none of them a vowel. Compare it with the screen.");
    }
    let name = form.needed("name", 120, "Say where it hangs, such as Sales office.");
    let chosen = form.choice::<TeamId>("team");
    let teams = store::teams(tx, member).await?;
    let team = teams.into_iter().find(|team| Some(team.id) == chosen);
    let Some(team) = team else {
        form.refuse("team", "Choose the team whose board it shows.");
        return Ok(None);
    };
    Ok(form.is_good().then_some(Pairing { code, name, team: team.id, team_name: team.name }))
}

/// `POST /screens`
pub async fn create(State(app): State<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let mut tx = app.write().await?;
    let Some(pairing) = read(&mut tx, &member, &mut form).await? else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&app, &mut tx, &member, &frame, form).await?);
    };
    if store::tries(&mut tx, member.id).await? >= TRIES {
        form.refuse(
            "code",
            "That were five codes that no screen shows. Wait a minute, then type the one on the screen.",
        );
        return html_with(StatusCode::TOO_MANY_REQUESTS, &page(&app, &mut tx, &member, &frame, form).await?);
    }
    let screen = store::of_code(&mut tx, &pairing.code).await?;
    let now = tx.now();
    let paired = screen.as_ref().ok_or(Refusal::Unknown).and_then(|screen| screen.pair(member.id, pairing.team, now));
    match (paired, screen) {
        (Ok(true), Some(screen)) => store::pair(&mut tx, screen.id, pairing.team, &pairing.name, member.id).await?,
        (Err(refusal), _) => {
            form.refuse("code", refusal.words());
            store::note_try(&mut tx, member.id).await?;
            let page = page(&app, &mut tx, &member, &frame, form).await?;
            tx.commit().await?;
            return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
        _ => {}
    }
    tx.commit().await?;
    Ok(see_other_saying("/screens", format!("{} shows the board of {} now.", pairing.name, pairing.team_name)))
}

/// `POST /screens/{id}/removal`
pub async fn destroy(State(app): State<App>, member: Member, Path(id): Path<ScreenId>) -> Result<Response> {
    let mut tx = app.write().await?;
    let name = store::forget(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(see_other_saying("/screens", format!("{name} is forgotten. It shows a code again within seconds.")))
}
