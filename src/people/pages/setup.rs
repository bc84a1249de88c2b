//! The page that founds the company, behind the one-time link of the first start.

use super::fields::{fill_calendar, read_calendar, read_email};
use super::session::signed_in;
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::PersonId;
use crate::lengths;
use crate::letters::put_up;
use crate::people::hashing::Lanes;
use crate::people::setup::{admit, close};
use crate::people::store::{self, Account, NewPerson};
use crate::people::{Role, password, session};
use crate::web::{App, Form, Frame, Layout, Query, Response, State, Template, html, html_refused, see_other_saying};
use axum::http::HeaderMap;
use serde::Deserialize;

/// The set-up page.
#[derive(Template)]
#[template(path = "people/setup.html")]
pub struct SetupPage {
    pub page: Layout,
    pub form: Form,
}

/// The token in the link.
#[derive(Deserialize)]
pub struct Link {
    #[serde(default)]
    token: String,
}

/// `GET /setup`
pub async fn new(State(app): State<App>, frame: Frame, Query(link): Query<Link>) -> Result<Response> {
    admit(&mut app.read().await?, &link.token).await?;
    let mut form = Form::filled([("token", link.token.as_str())]);
    fill_calendar(&mut form, &Calendar::usual(chrono_tz::Europe::London));
    html(&SetupPage { page: frame.layout("Set up Catchball", ""), form })
}

struct Founding {
    company: String,
    team: String,
    calendar: Calendar,
    name: String,
    email: String,
    password: String,
    leads: bool,
}

/// `POST /setup`
pub async fn create(State(app): State<App>, headers: HeaderMap, frame: Frame, mut form: Form) -> Result<Response> {
    admit(&mut app.read().await?, form.value("token")).await?;
    let Some(founding) = read(&mut form) else {
        return html_refused(&SetupPage { page: frame.layout("Set up Catchball", ""), form });
    };
    let hash = password::hash(&app.memory::<Lanes>().known, founding.password.clone(), app.world.salt()).await?;
    let mut tx = app.write().await?;
    admit(&mut tx, form.value("token")).await?;
    let (person, token) = found(&mut tx, founding, &hash).await?;
    tx.commit().await?;
    let words = "Your company is set up. Add your people now, or throw the first idea.";
    let account = Account { id: person, password: Some(hash) };
    Ok(signed_in(&app, &headers, &account, &token, see_other_saying("/people", words)))
}

async fn found(tx: &mut Tx, founding: Founding, hash: &str) -> Result<(PersonId, String)> {
    let zone = founding.calendar.write().zone;
    store::found(tx, &founding.company, &zone, false).await?;
    let team = store::add_team(tx, &founding.team, &founding.calendar).await?;
    let mut roles = vec![(Role::Admin, None)];
    roles.extend(founding.leads.then_some((Role::TeamLeader, Some(team))));
    let new = NewPerson { name: founding.name, email: founding.email, roles, ..NewPerson::default() };
    let person = store::add_person(tx, &new).await?;
    store::set_password(tx, person, hash).await?;
    close(tx).await?;
    put_up::stand(tx).await?;
    Ok((person, session::open(tx, person).await?))
}

fn read(form: &mut Form) -> Option<Founding> {
    let company = form.needed("company", lengths::NAME, "Write the name of your company.");
    let team = form.needed("team", lengths::NAME, "Write the name of the first team, such as Field North.");
    let calendar = read_calendar(form);
    let name = form.needed("name", lengths::NAME, "Write your name.");
    let email = read_email(form);
    let password = form.value("password").to_owned();
    if let Some(fault) = password::fault_of(&password) {
        form.refuse("password", fault);
    }
    let leads = form.ticked("leads");
    form.is_good().then_some(())?;
    Some(Founding { company, team, calendar: calendar?, name, email, password, leads })
}
