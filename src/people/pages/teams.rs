//! Adding and changing teams: the name and the working time in which their clocks run.

use super::fields::{WEEKDAYS, fill_calendar, read_calendar};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::TeamId;
use crate::lengths;
use crate::people::calendars;
use crate::people::store::{self, forms};
use crate::web::form::VERSION;
use crate::web::{
    Admin, App, Form, Frame, Layout, NewKey, Path, Response, State, StatusCode, Template, html, html_refused,
    html_with, see_other, see_other_saying,
};

/// The form of a team, new or known.
#[derive(Template)]
#[template(path = "people/team.html")]
pub struct TeamPage {
    pub page: Layout,
    pub form: Form,
    /// The team; nothing when one is added.
    pub team: Option<TeamId>,
    /// What is stored now, when somebody else was first: label and value.
    pub now: Vec<(&'static str, String)>,
}

impl TeamPage {
    fn new(frame: &Frame, team: Option<TeamId>, form: Form) -> Self {
        let title = if team.is_some() { "Change a team" } else { "Add a team" };
        Self { page: frame.layout(title, "people"), form, team, now: Vec::new() }
    }
}

/// `GET /teams/new`
pub async fn new(State(app): State<App>, _: Admin, frame: Frame, NewKey(key): NewKey) -> Result<Response> {
    let company = app.read().await?.ask(store::organisation()).await?;
    let mut form = Form::fresh(key);
    fill(&mut form, "", &calendars::of_zone(company.as_ref().map(|company| company.zone.as_str())));
    html(&TeamPage::new(&frame, None, form))
}

fn fill(form: &mut Form, name: &str, calendar: &Calendar) {
    form.set("name", name);
    fill_calendar(form, calendar);
}

async fn filled(tx: &mut Tx, id: TeamId) -> Result<Form> {
    let (teams, version) = tx.ask((store::all_units(), forms::team_version(id))).await?;
    let team = teams.into_iter().find(|team| team.id == id).ok_or(Error::NotFound)?;
    let version = version.ok_or(Error::NotFound)?;
    let mut form = Form::filled([(VERSION, version.to_string())]);
    fill(&mut form, &team.name, &team.calendar);
    Ok(form)
}

/// `GET /teams/{id}/edit`
pub async fn edit(State(app): State<App>, _: Admin, frame: Frame, Path(id): Path<TeamId>) -> Result<Response> {
    let form = filled(&mut app.read().await?, id).await?;
    html(&TeamPage::new(&frame, Some(id), form))
}

/// Name and calendar of the form; no calendar when a line of it is wrong.
async fn read(tx: &mut Tx, form: &mut Form, team: Option<TeamId>) -> Result<Option<(String, Calendar)>> {
    let name = form.needed("name", lengths::NAME, "Write the name of the team, such as Field North.");
    let known = tx.ask(forms::team_named(&name)).await?.filter(|(id, _)| Some(*id) != team);
    if let Some((_, name)) = known {
        form.refuse("name", format!("{name} is there already. Give this team another name."));
    }
    let calendar = read_calendar(form);
    Ok(calendar.filter(|_| form.is_good()).map(|calendar| (name, calendar)))
}

/// `POST /teams`
pub async fn create(State(app): State<App>, _: Admin, frame: Frame, mut form: Form) -> Result<Response> {
    let id: TeamId = form.key()?;
    let mut tx = app.write().await?;
    if tx.ask(store::team(id)).await?.is_some() {
        return Ok(see_other("/people"));
    }
    let Some((name, calendar)) = read(&mut tx, &mut form, None).await? else {
        return html_refused(&TeamPage::new(&frame, None, form));
    };
    store::add_team_as(&mut tx, id, &name, &calendar).await?;
    tx.commit().await?;
    Ok(see_other_saying("/people", format!("{name} is added. Add its leader next.")))
}

/// `POST /teams/{id}`
pub async fn update(
    State(app): State<App>,
    _: Admin,
    frame: Frame,
    Path(id): Path<TeamId>,
    mut form: Form,
) -> Result<Response> {
    let version = form.version()?;
    let mut tx = app.write().await?;
    tx.ask(store::team(id)).await?.ok_or(Error::NotFound)?;
    let Some((name, calendar)) = read(&mut tx, &mut form, Some(id)).await? else {
        return html_refused(&TeamPage::new(&frame, Some(id), form));
    };
    if !forms::change_team(&mut tx, id, version, &name, &calendar).await? {
        let stored = filled(&mut tx, id).await?;
        form.set(VERSION, stored.value(VERSION));
        let mut page = TeamPage::new(&frame, Some(id), form);
        page.now = told(&stored);
        return html_with(StatusCode::CONFLICT, &page);
    }
    tx.commit().await?;
    Ok(see_other_saying("/people", format!("{name} is changed. Clocks that run already keep their times.")))
}

/// What is stored, field by field.
fn told(stored: &Form) -> Vec<(&'static str, String)> {
    let days: Vec<&str> = WEEKDAYS.iter().filter(|(name, ..)| stored.ticked(name)).map(|(.., words)| *words).collect();
    let told = |label, name| (label, stored.value(name).replace('\n', ", "));
    vec![
        told("Name", "name"),
        told("Time zone", "zone"),
        ("Working days", days.join(", ")),
        told("Working hours", "hours"),
        told("Holidays", "holidays"),
    ]
}
