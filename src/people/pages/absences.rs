//! Who is away and who stands in. Whoever is never away stands in no list.

use crate::App;
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::AbsenceId;
use crate::people::absences::{Away, may_record, store, working_days};
use crate::people::help_chain::above;
use crate::people::{Person, Role, store as people};
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};

/// The list of absences.
#[derive(Template)]
#[template(path = "people/absences.html")]
pub struct AbsencesPage {
    pub page: Layout,
    pub mine: Vec<AbsenceLine>,
    /// Those of people the reader may write them down for.
    pub others: Vec<AbsenceLine>,
    /// For whom the reader may write one down: identifier and name.
    pub people: Vec<(String, String)>,
}

/// One absence in the list.
pub struct AbsenceLine {
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

    fn line(&self, away: &Away, everybody: &[Person], now: DateTime<Utc>) -> AbsenceLine {
        let deputy = away.deputy_id.and_then(|deputy| everybody.iter().find(|known| known.id == deputy));
        let long = working_days(&self.calendar, away.from_on, away.to_on) > 1;
        AbsenceLine {
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
