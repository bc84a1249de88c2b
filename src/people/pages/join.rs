//! Somebody asks to join a team by its link: a name, an address, a password; then an admin lets them in.

use super::fields::read_email;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::lengths;
use crate::people::hashing::Lanes;
use crate::people::joining::{self, JoinLink, Joiner, Joiners};
use crate::people::store;
use crate::people::store::forms::owner_of;
use crate::people::{Role, Team, password};
use crate::web::sender::Sender;
use crate::web::{App, Form, Frame, Layout, NewKey, Path, Response, State, Template, html_with, see_other_saying};
use axum::http::StatusCode;

/// The page of whoever has the link; without a team when it opens nothing.
#[derive(Template)]
#[template(path = "people/join.html")]
pub struct JoinPage {
    pub page: Layout,
    /// The team; empty when the link opens nothing.
    pub team: String,
    /// Whether they come to lead it.
    pub leads: bool,
    pub code: String,
    pub form: Form,
}

impl JoinPage {
    fn answer(frame: &Frame, open: Option<&(JoinLink, Team)>, code: String, form: Form) -> Result<Response> {
        let status = match open {
            None => StatusCode::NOT_FOUND,
            Some(_) if form.is_good() => StatusCode::OK,
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let team = open.map(|(_, team)| team.name.clone()).unwrap_or_default();
        let title = if open.is_some() { format!("Join {team}") } else { "This link opens nothing".into() };
        let leads = open.is_some_and(|(link, _)| link.role == Role::TeamLeader);
        html_with(status, &Self { page: frame.layout(title, ""), team, leads, code, form })
    }
}

/// The link and its team, while somebody can come by it.
async fn open(app: &App, tx: &mut Tx, code: &str) -> Result<Option<(JoinLink, Team)>> {
    let Some(id) = joining::read(app, code) else { return Ok(None) };
    let now = tx.now();
    let Some(link) = tx.ask(joining::link(id)).await?.filter(|link| link.is_open(now)) else { return Ok(None) };
    let taken = link.role == Role::TeamLeader && tx.ask(joining::is_led(link.team_id)).await?;
    let team = tx.ask(store::team(link.team_id)).await?.filter(|_| !taken);
    Ok(team.map(|team| (link, team)))
}

/// `GET /join/{code}`
pub async fn show(
    State(app): State<App>,
    frame: Frame,
    NewKey(key): NewKey,
    Path(code): Path<String>,
) -> Result<Response> {
    let open = open(&app, &mut app.read().await?, &code).await?;
    JoinPage::answer(&frame, open.as_ref(), code, Form::fresh(key))
}

/// `POST /join/{code}`
pub async fn create(
    State(app): State<App>,
    sender: Sender,
    frame: Frame,
    Path(code): Path<String>,
    mut form: Form,
) -> Result<Response> {
    let id: PersonId = form.key()?;
    let name = form.needed("name", lengths::NAME, "Write your name.");
    let email = read_email(&mut form);
    let password = form.value("password").to_owned();
    if let Some(fault) = password::fault_of(&password) {
        form.refuse("password", fault);
    }
    let found = open(&app, &mut app.read().await?, &code).await?;
    if found.is_none() || !form.is_good() {
        return JoinPage::answer(&frame, found.as_ref(), code, form);
    }
    app.memory::<Joiners>().0.count(&app.world, &sender.place()).map_err(Error::too_many)?;
    let hash = password::hash(&app.memory::<Lanes>().strangers, password, app.world.salt()).await?;
    let mut tx = app.write().await?;
    let (known, waits) = tx.ask((owner_of(&email), joining::joiner(id))).await?;
    if waits.is_none() {
        let Some((link, team)) = open(&app, &mut tx, &code).await? else {
            return JoinPage::answer(&frame, None, code, form);
        };
        if known.is_some() {
            form.refuse(
                "email",
                "Somebody is here with this address. Is it you? Then sign in, or ask your admin for a link.",
            );
            return JoinPage::answer(&frame, Some(&(link, team)), code, form);
        }
        if !joining::count(&mut tx, link.id).await? {
            return JoinPage::answer(&frame, None, code, form);
        }
        let joiner = Joiner { id, team_id: team.id, role: link.role, name: name.clone(), email, password: hash };
        joining::wait(&mut tx, &link, &joiner).await?;
        tx.commit().await?;
    }
    let words =
        format!("Thank you, {name}. Your admin lets you in. Then sign in here with your address and your password.");
    Ok(see_other_saying("/session/new", words))
}
