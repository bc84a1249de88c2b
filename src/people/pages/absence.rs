//! Writing down, changing and ending an absence. The balls move in the same transaction, so that the page says what is so.

use super::absences::{Absences, Whose, days};
use crate::balls::handing;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{AbsenceId, PersonId};
use crate::people::Person;
use crate::people::absences::{Away, LONGEST_DAYS, can_stand_in, store, working_days};
use crate::web::form::VERSION;
use crate::web::{
    App, Form, Frame, Layout, Member, NewKey, Path, Query, Response, State, StatusCode, Template, html, html_refused,
    html_with, see_other, see_other_saying,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;

/// The form of an absence, new or known.
#[derive(Template)]
#[template(path = "people/absence.html")]
pub struct AbsencePage {
    pub page: Layout,
    pub form: Form,
    /// The absence; nothing when one is written down.
    pub absence: Option<AbsenceId>,
    /// Whose it is, when it is not the reader's own; empty otherwise.
    pub name: String,
    pub deputies: Vec<(String, String)>,
    /// What becomes of the balls without a deputy.
    pub without: String,
    pub begun: bool,
    /// What is stored now, when somebody else was first: label and value.
    pub now: Vec<(&'static str, String)>,
}

/// For whom.
#[derive(Deserialize)]
pub struct For {
    person: Option<PersonId>,
}

/// `GET /absences/new`
pub async fn new(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Query(asked): Query<For>,
    NewKey(key): NewKey,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let company = tx.ask(Absences::all()).await?;
    let person = asked.person.unwrap_or(member.id);
    let around = Around::of(company, &member, person, tx.now())?;
    let mut form = Form::fresh(key);
    form.set("person", person.to_string());
    html(&around.page(&frame, None, form))
}

/// The form of an absence with what is stored.
fn filled(away: &Away) -> Form {
    Form::filled([
        ("person", away.person_id.to_string()),
        ("from", away.from_on.to_string()),
        ("to", away.to_on.to_string()),
        ("deputy", away.deputy_id.map(|deputy| deputy.to_string()).unwrap_or_default()),
        ("without", String::from(if away.deputy_id.is_none() { "yes" } else { "" })),
        (VERSION, away.version.to_string()),
    ])
}

/// `GET /absences/{id}/edit`
pub async fn edit(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<AbsenceId>) -> Result<Response> {
    let mut tx = app.read().await?;
    let company = tx.ask(Absences::all()).await?;
    let away = company.absence(id)?.clone();
    let around = Around::of(company, &member, away.person_id, tx.now())?;
    html(&around.page(&frame, Some(&away), filled(&away)))
}

/// The list, to which every form here leads back.
const LIST: &str = "/absences";

/// What the rules of the form and its page need to know.
struct Around {
    whose: Whose,
    company: Absences,
    now: DateTime<Utc>,
}

impl Around {
    fn of(company: Absences, reader: &Person, person: PersonId, now: DateTime<Utc>) -> Result<Self> {
        Ok(Self { whose: company.whose(reader, person)?, company, now })
    }

    fn page(&self, frame: &Frame, absence: Option<&Away>, form: Form) -> AbsencePage {
        let Self { whose, company, now } = self;
        let title = if absence.is_some() { "Change an absence" } else { "Write down an absence" };
        let fits = company.everybody.iter().filter(|other| other.id != whose.person.id && can_stand_in(other));
        let deputies = fits.map(|other| (other.id.to_string(), other.name.clone()));
        let nobody = std::iter::once((String::new(), String::from("Nobody")));
        AbsencePage {
            page: frame.layout(title, "more"),
            form,
            absence: absence.map(|away| away.id),
            name: if whose.own { String::new() } else { whose.person.name.clone() },
            deputies: nobody.chain(deputies).collect(),
            without: whose.without_a_deputy(),
            begun: absence.is_some_and(|away| away.from_on <= whose.calendar.date_of(*now)),
            now: Vec::new(),
        }
    }

    /// The days and the deputy of a form, with a message at each field that is wrong.
    fn read(&self, form: &mut Form, id: AbsenceId, version: i64) -> Option<Away> {
        let from = form.date("from");
        let to = form.date("to");
        let deputy_id = form.choice::<PersonId>("deputy");
        match (from, to) {
            (None, _) => form.refuse("from", "Choose the first day."),
            (_, None) => form.refuse("to", "Choose the last day. It can be the same one."),
            (Some(from), Some(to)) => {
                self.check_days(form, id, from, to);
                self.check_deputy(form, from, to, deputy_id);
            }
        }
        let (from_on, to_on) = (from?, to?);
        form.is_good().then_some(Away { id, person_id: self.whose.person.id, from_on, to_on, deputy_id, version })
    }

    fn check_days(&self, form: &mut Form, id: AbsenceId, from: NaiveDate, to: NaiveDate) {
        let today = self.whose.calendar.date_of(self.now);
        let day = |date| self.whose.calendar.day_words(date, self.now);
        if to < from {
            form.refuse("to", format!("The last day is before the first. Choose a day from {} on.", day(from)));
        } else if to < today {
            form.refuse(
                "to",
                "This absence is over already, so there is nothing to hand over. Choose a last day from today on.",
            );
        } else if to > today + TimeDelta::days(LONGEST_DAYS) {
            form.refuse("to", "That is more than a year away. Choose an earlier day; it can be changed later.");
        }
        let person = self.whose.person.id;
        let known =
            self.company.absences.iter().find(|away| away.person_id == person && away.id != id && away.meets(from, to));
        if let Some(known) = known {
            let days = days(&self.whose.calendar, known.from_on, known.to_on, self.now);
            form.refuse(
                "from",
                format!("There is an absence on these days already: {days}. Change that one, or choose other days."),
            );
        }
    }

    fn check_deputy(&self, form: &mut Form, from: NaiveDate, to: NaiveDate, deputy: Option<PersonId>) {
        let count = working_days(&self.whose.calendar, from, to);
        let Some(deputy) = deputy else {
            if count > 1 && form.error("deputy").is_none() && !form.ticked("without") {
                let without = self.whose.without_a_deputy();
                form.refuse(
                    "deputy",
                    format!(
                        "That is {count} working days. Choose who stands in, or tick that it is without. {without}"
                    ),
                );
            }
            return;
        };
        let known = self.company.everybody.iter().find(|known| known.id == deputy);
        let Some(known) = known.filter(|known| known.id != self.whose.person.id && can_stand_in(known)) else {
            form.refuse("deputy", "Choose one of the list. Nobody stands in for themselves.");
            return;
        };
        if let Some(away) = self.company.absences.iter().find(|away| away.person_id == deputy && away.meets(from, to)) {
            let days = days(&self.whose.calendar, away.from_on, away.to_on, self.now);
            form.refuse("deputy", format!("{} is away too: {days}. Choose somebody who is there.", known.name));
        }
    }

    /// What was written down, as a sentence.
    fn said(&self, away: &Away) -> String {
        let calendar = &self.whose.calendar;
        let days = days(calendar, away.from_on, away.to_on, self.now);
        match self.company.deputy(away) {
            Some(deputy) => format!("Written down: {days}. {} stands in.", deputy.name),
            None if working_days(calendar, away.from_on, away.to_on) > 1 => {
                format!("Written down: {days}. {}", self.whose.without_a_deputy())
            }
            None => format!("Written down: {days}. The balls stay where they are."),
        }
    }

    /// What is stored, field by field.
    fn told(&self, away: &Away) -> Vec<(&'static str, String)> {
        let day = |date| self.whose.calendar.day_words(date, self.now);
        vec![
            ("First day", day(away.from_on)),
            ("Last day", day(away.to_on)),
            ("Who stands in", self.company.deputy(away).map(|deputy| deputy.name.clone()).unwrap_or_default()),
        ]
    }
}

/// `POST /absences`
pub async fn create(State(app): State<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let id: AbsenceId = form.key()?;
    let person = form.choice::<PersonId>("person").unwrap_or(member.id);
    let mut tx = app.write().await?;
    let company = tx.ask(Absences::all()).await?;
    let around = Around::of(company, &member, person, tx.now())?;
    if around.company.absence(id).is_ok() {
        return Ok(see_other(LIST));
    }
    let Some(away) = around.read(&mut form, id, 1) else {
        return html_refused(&around.page(&frame, None, form));
    };
    store::add(&mut tx, &away).await?;
    settled(tx, &around.said(&away)).await
}

/// `POST /absences/{id}`
pub async fn update(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<AbsenceId>,
    mut form: Form,
) -> Result<Response> {
    let mut tx = app.write().await?;
    let company = tx.ask(Absences::all()).await?;
    let known = company.absence(id)?.clone();
    let around = Around::of(company, &member, known.person_id, tx.now())?;
    let version = form.version()?;
    let Some(away) = around.read(&mut form, id, version) else {
        return html_refused(&around.page(&frame, Some(&known), form));
    };
    if !store::change(&mut tx, &away).await? {
        form.set(VERSION, known.version.to_string());
        let page = AbsencePage { now: around.told(&known), ..around.page(&frame, Some(&known), form) };
        return html_with(StatusCode::CONFLICT, &page);
    }
    settled(tx, &around.said(&away)).await
}

/// `POST /absences/{id}/removal`: back early, or not away after all.
pub async fn destroy(State(app): State<App>, member: Member, Path(id): Path<AbsenceId>) -> Result<Response> {
    let mut tx = app.write().await?;
    let company = tx.ask(Absences::all()).await?;
    company.whose(&member, company.absence(id)?.person_id)?;
    store::remove(&mut tx, id).await?;
    settled(tx, "The absence is ended. What others held meanwhile is back.").await
}

/// The balls lie with whoever is there now; back to the list, with these words.
async fn settled(mut tx: Tx, words: &str) -> Result<Response> {
    handing::settle_all(&mut tx).await?;
    tx.commit().await?;
    Ok(see_other_saying(LIST, words))
}
