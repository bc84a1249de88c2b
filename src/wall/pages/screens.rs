//! What the keeper of screens sees: the televisions on the walls, a form to pair one, and a button to forget one.

use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{ScreenId, TeamId};
use crate::lengths;
use crate::wall::store::{self, Listed};
use crate::wall::{UNKNOWN, brakes, pairing_code};
use crate::web::paging::{PageNumber, ROWS};
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, Path, html, html_refused, html_with, see_other_saying};
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
    /// The address of the next page of them; none when there is none.
    pub next: Option<String>,
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
    Query(number): Query<PageNumber>,
) -> Result<Response> {
    let mut form = Form::default();
    let code = pairing_code::read(&scanned.code);
    if pairing_code::is_code(&code) {
        form.set("code", pairing_code::spaced(&code));
    }
    html(&page_of(number, &app, &mut app.read().await?, &member, &frame, form).await?)
}

/// The first page of it.
async fn page(app: &App, tx: &mut Tx, member: &Member, frame: &Frame, form: Form) -> Result<ScreensPage> {
    page_of(PageNumber::default(), app, tx, member, frame, form).await
}

async fn page_of(
    number: PageNumber,
    app: &App,
    tx: &mut Tx,
    member: &Member,
    frame: &Frame,
    mut form: Form,
) -> Result<ScreensPage> {
    let teams = store::teams(tx, member).await?;
    let mut teams: Vec<_> = teams.into_iter().map(|team| (team.id.to_string(), team.name)).collect();
    match teams.as_slice() {
        [(only, _)] => form.set("team", only.clone()),
        _ => teams.insert(0, (String::new(), String::from("Choose a team"))),
    }
    let most = i64::try_from(ROWS).unwrap_or(i64::MAX);
    let mut screens = store::list(tx, member.id, number.number(), most).await?;
    let next = number.cut(&mut screens, ROWS, "/screens");
    let page = frame.layout("Screens", "screens");
    Ok(ScreensPage { page, screens, next, form, teams, address: app.config.address_of("/wall") })
}

/// `POST /screens`
pub async fn create(State(app): State<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let code = pairing_code::read(&form.needed("code", lengths::WORD, "Type the eight letters that the screen shows."));
    if !code.is_empty() && !pairing_code::is_code(&code) {
        form.refuse("code", "A code has eight letters, none of them a vowel. Compare it with the screen.");
    }
    let name = form.needed("name", lengths::NAME, "Say where it hangs, such as Sales office.");
    let chosen = form.choice::<TeamId>("team");
    let mut tx = app.write().await?;
    let team = store::teams(&mut tx, &member).await?.into_iter().find(|team| Some(team.id) == chosen);
    if team.is_none() {
        form.refuse("team", "Choose the team whose board it shows.");
    }
    let Some(team) = team.filter(|_| form.is_good()) else {
        return html_refused(&page(&app, &mut tx, &member, &frame, form).await?);
    };
    let Some(counted) = brakes::count_code(&app, member.id) else {
        let wait = "That were five codes that no screen shows. Wait a minute, then type the one on the screen.";
        form.refuse("code", wait);
        return html_with(StatusCode::TOO_MANY_REQUESTS, &page(&app, &mut tx, &member, &frame, form).await?);
    };
    let screen = store::of_code(&mut tx, &code).await?.ok_or(UNKNOWN);
    let paired = screen.and_then(|screen| Ok((screen.pair(member.id, team.id, tx.now())?, screen.id)));
    if let Err(refusal) = paired {
        form.refuse("code", refusal);
        return html_refused(&page(&app, &mut tx, &member, &frame, form).await?);
    }
    brakes::code_was_right(&app, &counted);
    if let Ok((true, screen)) = paired {
        store::pair(&mut tx, screen, team.id, &name, member.id).await?;
    }
    tx.commit().await?;
    Ok(see_other_saying("/screens", format!("{name} shows the board of {} now.", team.name)))
}

/// `POST /screens/{id}/removal`
pub async fn destroy(State(app): State<App>, member: Member, Path(id): Path<ScreenId>) -> Result<Response> {
    let mut tx = app.write().await?;
    let name = store::forget(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(see_other_saying("/screens", format!("{name} is forgotten. It shows a code again within seconds.")))
}
