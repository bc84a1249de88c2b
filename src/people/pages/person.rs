//! The forms of a person: adding and changing. Roles that change end the person's sessions, so that the new ones hold at once.

use super::anew::{self, Confirmed};
use super::fields::read_email;
use super::invitations;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{PersonId, TeamId};
use crate::lengths;
use crate::letters::put_up;
use crate::people::company::Company;
use crate::people::store::forms::{self, Card};
use crate::people::store::{self, NewPerson};
use crate::people::{Person, Role, invitation, leads_back, session};
use crate::web::form::VERSION;
use crate::web::{
    Admin, App, Form, Frame, Layout, NewKey, Path, Response, State, StatusCode, Template, html, html_refused,
    html_with, see_other, see_other_saying,
};
use axum::http::HeaderMap;

/// The form of a person, new or known.
#[derive(Template)]
#[template(path = "people/person.html")]
pub struct PersonPage {
    pub page: Layout,
    pub form: Form,
    /// The person; nothing when somebody is added.
    pub person: Option<PersonId>,
    pub teams: Vec<(String, String)>,
    pub levels: Vec<(String, String)>,
    /// What is stored now, when somebody else was first: label and value.
    pub now: Vec<(&'static str, String)>,
    /// Whether the one who changes it writes their password once more.
    pub asks_password: bool,
}

impl PersonPage {
    fn new(frame: &Frame, company: &Company, person: Option<PersonId>, form: Form) -> Self {
        let title = if person.is_some() { "Change a person" } else { "Add a person" };
        let teams = company.teams.iter().filter(|team| team.wide_head.is_none());
        let teams = teams.map(|team| (team.id.to_string(), team.name.clone()));
        let levels = company.people.iter().filter(|other| other.leads() && Some(other.id) != person);
        let levels = levels.map(|other| (other.id.to_string(), other.name.clone()));
        let first = |words: &str| std::iter::once((String::new(), words.to_owned()));
        Self {
            page: frame.layout(title, "people"),
            form,
            person,
            teams: first("No team").chain(teams).collect(),
            levels: first("Nobody").chain(levels).collect(),
            now: Vec::new(),
            asks_password: false,
        }
    }

    /// The same for somebody who has to write their password once more.
    fn asking(self, asks_password: bool) -> Self {
        Self { asks_password, ..self }
    }

    /// What is stored, field by field, as a person reads it.
    fn told(&self, stored: &Form) -> Vec<(&'static str, String)> {
        let named = |list: &[(String, String)], id: &str| {
            list.iter().find(|(value, _)| value == id).map(|(_, name)| name.clone()).unwrap_or_default()
        };
        let plain = [Role::Director, Role::Helper, Role::Coach, Role::Admin];
        let plain: Vec<&str> = plain.into_iter().filter(|role| stored.ticked(role.name())).map(Role::words).collect();
        vec![
            ("Name", stored.value("name").to_owned()),
            ("E-mail address", stored.value("email").to_owned()),
            ("Rep in", named(&self.teams, stored.value(Role::Rep.name()))),
            ("Leads", named(&self.teams, stored.value(Role::TeamLeader.name()))),
            ("Other roles", if plain.is_empty() { String::from("none") } else { plain.join(", ") }),
            ("Department", stored.value("department").to_owned()),
            ("Next level", named(&self.levels, stored.value("next_level"))),
        ]
    }
}

/// `GET /people/new`
pub async fn new(
    State(app): State<App>,
    admin: Admin,
    headers: HeaderMap,
    frame: Frame,
    NewKey(key): NewKey,
) -> Result<Response> {
    let asks = anew::is_due(&app, &headers, admin.id).await?;
    let mut tx = app.read().await?;
    let company = tx.ask(Company::at(tx.now())).await?;
    html(&PersonPage::new(&frame, &company, None, Form::fresh(key)).asking(asks))
}

/// `GET /people/{id}/edit`
pub async fn edit(
    State(app): State<App>,
    admin: Admin,
    headers: HeaderMap,
    frame: Frame,
    Path(id): Path<PersonId>,
) -> Result<Response> {
    let asks = anew::is_due(&app, &headers, admin.id).await?;
    let mut tx = app.read().await?;
    let (company, card) = tx.ask((Company::at(tx.now()), forms::card(id))).await?;
    let form = filled(company.person(id), card)?;
    html(&PersonPage::new(&frame, &company, Some(id), form).asking(asks))
}

/// The form with what is stored.
fn filled(person: Option<&Person>, card: Option<Card>) -> Result<Form> {
    let (person, card) = person.zip(card).ok_or(Error::NotFound)?;
    let mut form = Form::filled([
        ("name", card.name),
        ("email", card.email),
        ("department", card.department),
        ("next_level", card.next_level_id.map(|id| id.to_string()).unwrap_or_default()),
        (VERSION, card.version.to_string()),
    ]);
    for (role, team) in &person.roles {
        form.set(role.name(), team.map_or_else(|| String::from("yes"), |team| team.to_string()));
    }
    Ok(form)
}

fn read(form: &mut Form) -> NewPerson {
    let name = form.needed("name", lengths::NAME, "Write the name of the person.");
    let email = read_email(form);
    let mut roles = Vec::new();
    for role in Role::ALL.iter().copied() {
        if role.is_in_a_team() {
            roles.extend(form.choice::<TeamId>(role.name()).map(|team| (role, Some(team))));
        } else if form.ticked(role.name()) {
            roles.push((role, None));
        }
    }
    if roles.is_empty() {
        form.refuse(
            Role::Rep.name(),
            "Choose at least one role: a team to be in, a team to lead, or one of those below.",
        );
    }
    let department = form.text("department", lengths::NAME);
    let next_level = form.choice("next_level");
    let described = NewPerson { name, email, next_level, department, roles };
    if described.is(Role::Helper) && described.department.is_empty() {
        form.refuse("department", "Write the department of the helper, such as Pricing.");
    }
    described
}

/// Messages for what only the database knows. `person` is the one who is changed, `owner` whose the address is.
fn check(
    form: &mut Form,
    described: &NewPerson,
    company: &Company,
    person: Option<PersonId>,
    owner: Option<(PersonId, String)>,
) {
    if let Some((_, name)) = owner.filter(|(owner, _)| Some(*owner) != person) {
        form.refuse("email", format!("This address belongs to {name}. One address is one person."));
    }
    for (role, team) in &described.roles {
        let known = team.map(|team| company.team(team).is_some_and(|known| known.wide_head.is_none()));
        if known == Some(false) {
            form.refuse(role.name(), "Choose a team of the list.");
        }
    }
    let mut others = company.people.iter().filter(|other| Some(other.id) != person);
    let to_lead = described.roles.iter().find(|(role, _)| *role == Role::TeamLeader);
    if let Some(leader) = to_lead.and_then(|led| others.clone().find(|other| other.roles.contains(led))) {
        let name = &leader.name;
        form.refuse(
            Role::TeamLeader.name(),
            format!("{name} leads this team. A team has one leader: change {name} first, or choose another team."),
        );
    }
    check_level(form, described, company, person);
    if person.is_some() && !described.is(Role::Admin) && !others.any(|other| other.is(Role::Admin)) {
        form.refuse(Role::Admin.name(), "Nobody else looks after Catchball. Make somebody else an admin first.");
    }
}

fn check_level(form: &mut Form, described: &NewPerson, company: &Company, person: Option<PersonId>) {
    let Some(level) = described.next_level else { return };
    match company.person(level) {
        Some(above) if !above.leads() => {
            form.refuse("next_level", format!("{} leads nobody. Choose a team leader or a director.", above.name));
        }
        Some(above) if person == Some(above.id) => {
            form.refuse("next_level", "Nobody is their own next level. Choose somebody else, or nobody.");
        }
        Some(above) if person.is_some_and(|person| leads_back(person, level, &company.people)) => {
            form.refuse("next_level", format!("{} stands below {}. Choose somebody else.", above.name, described.name));
        }
        Some(_) => {}
        None => form.refuse("next_level", "Choose one of the list."),
    }
}

/// `POST /people`
pub async fn create(
    State(app): State<App>,
    admin: Admin,
    headers: HeaderMap,
    frame: Frame,
    mut form: Form,
) -> Result<Response> {
    let id: PersonId = form.key()?;
    let described = read(&mut form);
    let confirmed = Confirmed::by(&app, &headers, admin.id, &mut form).await?;
    let mut tx = app.write().await?;
    let (company, owner) = tx.ask((Company::at(tx.now()), forms::owner_of(&described.email))).await?;
    if company.person(id).is_some() {
        return Ok(see_other(format!("/people/{id}/invitation")));
    }
    check(&mut form, &described, &company, None, owner);
    if !form.is_good() {
        drop(tx);
        let asks = anew::is_due(&app, &headers, admin.id).await?;
        return html_refused(&PersonPage::new(&frame, &company, None, form).asking(asks));
    }
    store::add_person_as(&mut tx, id, &described).await?;
    let code = invitation::make(&mut tx, id).await?;
    put_up::follow_the_head(&mut tx).await?;
    let token = confirmed.sign_in(&mut tx).await?;
    tx.commit().await?;
    Ok(confirmed.answer(token, invitations::shown(&app, id, &code, &format!("{} is added.", described.name))))
}

/// `POST /people/{id}`
pub async fn update(
    State(app): State<App>,
    admin: Admin,
    headers: HeaderMap,
    frame: Frame,
    Path(id): Path<PersonId>,
    mut form: Form,
) -> Result<Response> {
    let version = form.version()?;
    let described = read(&mut form);
    let confirmed = Confirmed::by(&app, &headers, admin.id, &mut form).await?;
    let mut tx = app.write().await?;
    let (company, owner) = tx.ask((Company::at(tx.now()), forms::owner_of(&described.email))).await?;
    let before = company.person(id).ok_or(Error::NotFound)?;
    check(&mut form, &described, &company, Some(id), owner);
    if !form.is_good() {
        drop(tx);
        let asks = anew::is_due(&app, &headers, admin.id).await?;
        return html_refused(&PersonPage::new(&frame, &company, Some(id), form).asking(asks));
    }
    if !forms::change(&mut tx, id, version, &described).await? {
        // Both versions: what is stored now above the form, what was typed in it.
        let stored = filled(Some(before), tx.ask(forms::card(id)).await?)?;
        form.set(VERSION, stored.value(VERSION));
        drop(tx);
        let asks = anew::is_due(&app, &headers, admin.id).await?;
        let mut page = PersonPage::new(&frame, &company, Some(id), form).asking(asks);
        page.now = page.told(&stored);
        return html_with(StatusCode::CONFLICT, &page);
    }
    let mut roles = described.roles.clone();
    roles.sort_by_key(|(role, _)| role.name());
    let mut token = if roles == before.roles { None } else { renew(&mut tx, id, admin.id).await? };
    if token.is_none() {
        token = confirmed.sign_in(&mut tx).await?;
    }
    put_up::follow_the_head(&mut tx).await?;
    tx.commit().await?;
    Ok(confirmed.answer(token, see_other_saying("/people", format!("{} is changed.", described.name))))
}

/// End all sessions of the person; a new one when they changed themselves.
async fn renew(tx: &mut Tx, person: PersonId, admin: PersonId) -> Result<Option<String>> {
    session::close_all(tx, person).await?;
    Ok(if person == admin { Some(session::open(tx, person).await?) } else { None })
}
