//! Somebody adds themselves to a team by its link: a name, an address, a password, and they are in.

use super::fields::read_email;
use super::session::signed_in;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::lengths;
use crate::letters::put_up;
use crate::people::hashing::Lanes;
use crate::people::joining::{self, JoinLink, Joiners};
use crate::people::store::forms::owner_of;
use crate::people::store::{self, Account, NewPerson};
use crate::people::{Role, Team, password, session};
use crate::web::sender::Sender;
use crate::web::visitor::token_hash;
use crate::web::{
    App, Form, Frame, Layout, NewKey, Path, Response, State, Template, html_with, see_other, see_other_saying,
};
use axum::http::{HeaderMap, StatusCode};

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
    headers: HeaderMap,
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
    let Some((link, team)) = open(&app, &mut tx, &code).await? else {
        return JoinPage::answer(&frame, None, code, form);
    };
    if let Some((owner, _)) = tx.ask(owner_of(&email)).await? {
        if owner == id {
            return Ok(see_other("/"));
        }
        form.refuse(
            "email",
            "Somebody is here with this address. Is it you? Then sign in, or ask your admin for a link.",
        );
        return JoinPage::answer(&frame, Some(&(link, team)), code, form);
    }
    if !joining::count(&mut tx, link.id).await? {
        return JoinPage::answer(&frame, None, code, form);
    }
    let new = NewPerson { name: name.clone(), email, roles: vec![(link.role, Some(team.id))], ..NewPerson::default() };
    store::add_person_as(&mut tx, id, &new).await?;
    store::set_password(&mut tx, id, &hash).await?;
    put_up::follow_the_head(&mut tx).await?;
    let token = session::open_instead(&mut tx, id, token_hash(&app, &headers)).await?;
    tx.commit().await?;
    let account = Account { id, password: Some(hash) };
    let welcome = see_other_saying("/", format!("Welcome, {name}. You are in {}.", team.name));
    Ok(signed_in(&app, &headers, &account, &token, welcome))
}
