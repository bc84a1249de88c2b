//! Who is away and who stands in, and the form of an absence. Whoever is never away stands in no list.

use super::{Away, can_stand_in, may_record, store};
use crate::App;
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{AbsenceId, PersonId};
use crate::people::above::above;
use crate::people::{Person, Role, store as people};
use crate::web::form::VERSION;
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, NewKey, Path, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

/// The list of absences.
#[derive(Template)]
#[template(path = "people/absences.html")]
pub struct AbsencesPage {
    pub page: Layout,
    pub mine: Vec<Line>,
    /// Those of people the reader may write them down for.
    pub others: Vec<Line>,
    /// For whom the reader may write one down: identifier and name.
    pub people: Vec<(String, String)>,
}

/// One absence in the list.
pub struct Line {
    pub id: AbsenceId,
    pub name: String,
    /// From when to when.
    pub days: String,
    pub standing_in: String,
    /// Whether it has begun.
    pub begun: bool,
}

/// `GET /absences`
pub async fn index(State(app): State<App>, member: Member, frame: Frame) -> Result<Response> {
    let mut tx = app.read().await?;
    let everybody = people::people(&mut tx).await?;
    let absences = store::all(&mut tx).await?;
    let (mut mine, mut others) = (Vec::new(), Vec::new());
    for away in absences {
        let Some(person) = everybody.iter().find(|person| person.id == away.person_id) else { continue };
        if !may_record(&member, person, &everybody) {
            continue;
        }
        let whose = Whose::of(&mut tx, person.clone(), &everybody, &member).await?;
        let line = whose.line(&away, &everybody, tx.now());
        if person.id == member.id { mine.push(line) } else { others.push(line) }
    }
    let choices = everybody.iter().filter(|person| person.id != member.id && may_record(&member, person, &everybody));
    let people = choices.map(|person| (person.id.to_string(), person.name.clone())).collect();
    html(&AbsencesPage { page: frame.layout("Absences", "more"), mine, others, people })
}

/// Whose absence it is, with what the form has to say about them.
pub struct Whose {
    pub person: Person,
    /// Their working time.
    pub calendar: Calendar,
    /// Whether the reader is this person.
    pub own: bool,
    /// Who has the balls without a deputy.
    pub next_level: Option<String>,
}

impl Whose {
    /// What there is to know about a person who is away.
    pub async fn of(tx: &mut Tx, person: Person, everybody: &[Person], reader: &Person) -> Result<Self> {
        let team = match person.team() {
            Some(team) => people::team(tx, team).await?,
            None => None,
        };
        let zone = people::organisation(tx).await?.and_then(|company| company.zone.parse().ok());
        let calendar = team.map_or_else(|| Calendar::usual(zone.unwrap_or(chrono_tz::UTC)), |team| team.calendar);
        let levels = above(everybody, person.id, person.team().unwrap_or_default());
        let next = levels.first().and_then(|level| everybody.iter().find(|known| known.id == *level));
        let next_level = next.map(|level| level.name.clone());
        Ok(Self { calendar, own: reader.id == person.id, next_level, person })
    }

    /// What becomes of the balls without a deputy.
    pub fn without_a_deputy(&self) -> String {
        let name = &self.person.name;
        let (balls, them) = if self.own {
            (String::from("your balls"), "you")
        } else {
            (format!("the balls of {name}"), name.as_str())
        };
        match &self.next_level {
            Some(level) => format!("Without a deputy {balls} go to {level}."),
            None if self.person.is(Role::Helper) => {
                format!("Without a deputy {balls} go to the leader of the team they come from.")
            }
            None => format!("Without a deputy {balls} stay with {them}, as nobody is above."),
        }
    }

    fn line(&self, away: &Away, everybody: &[Person], now: DateTime<Utc>) -> Line {
        let deputy = away.deputy_id.and_then(|deputy| everybody.iter().find(|known| known.id == deputy));
        let long = super::working_days(&self.calendar, away.from_on, away.to_on) > 1;
        Line {
            id: away.id,
            name: self.person.name.clone(),
            days: days(&self.calendar, away.from_on, away.to_on, now),
            standing_in: match deputy {
                Some(deputy) => format!("{} stands in.", deputy.name),
                None if long => self.without_a_deputy(),
                None => String::from("One working day or less: the balls stay where they are."),
            },
            begun: away.from_on <= self.calendar.date_of(now),
        }
    }
}

/// "Mon 2 Mar to Fri 6 Mar", or the one day.
pub fn days(calendar: &Calendar, from: NaiveDate, to: NaiveDate, now: DateTime<Utc>) -> String {
    let (first, last) = (calendar.day_words(from, now), calendar.day_words(to, now));
    if from == to { first } else { format!("{first} to {last}") }
}

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
    /// Whether it has begun.
    pub begun: bool,
    /// What is stored now, when somebody else was first: label and value.
    pub now: Vec<(&'static str, String)>,
}

impl AbsencePage {
    /// The page with what can be chosen in it.
    pub fn new(
        frame: &Frame,
        whose: &Whose,
        everybody: &[Person],
        absence: Option<&Away>,
        now: DateTime<Utc>,
        form: Form,
    ) -> Self {
        let title = if absence.is_some() { "Change an absence" } else { "Write down an absence" };
        let fits = everybody.iter().filter(|other| other.id != whose.person.id && can_stand_in(other));
        let deputies = fits.map(|other| (other.id.to_string(), other.name.clone()));
        let nobody = std::iter::once((String::new(), String::from("Nobody")));
        Self {
            page: frame.layout(title, "more"),
            form,
            absence: absence.map(|away| away.id),
            name: if whose.own { String::new() } else { whose.person.name.clone() },
            deputies: nobody.chain(deputies).collect(),
            without: whose.without_a_deputy(),
            begun: absence.is_some_and(|away| away.from_on <= whose.calendar.date_of(now)),
            now: Vec::new(),
        }
    }
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
    let everybody = people::people(&mut tx).await?;
    let person = asked.person.unwrap_or(member.id);
    let whose = whose(&mut tx, &everybody, &member, person).await?;
    let mut form = Form::fresh(key);
    form.set("person", person.to_string());
    html(&AbsencePage::new(&frame, &whose, &everybody, None, tx.now(), form))
}

/// The person, if the reader may write down an absence of theirs; missing and foreign are the same nothing.
pub async fn whose(tx: &mut Tx, everybody: &[Person], reader: &Person, person: PersonId) -> Result<Whose> {
    let person = everybody.iter().find(|known| known.id == person).ok_or(Error::NotFound)?;
    if !may_record(reader, person, everybody) {
        return Err(Error::NotFound);
    }
    Whose::of(tx, person.clone(), everybody, reader).await
}

/// The form of an absence with what is stored.
pub fn filled(away: &Away) -> Form {
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
    let everybody = people::people(&mut tx).await?;
    let away = store::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let whose = whose(&mut tx, &everybody, &member, away.person_id).await?;
    html(&AbsencePage::new(&frame, &whose, &everybody, Some(&away), tx.now(), filled(&away)))
}
