//! Who is away and who stands in. Whoever is never away stands in no list.

use crate::calendar::Calendar;
use crate::db::{Ask, Questions};
use crate::error::{Error, Result};
use crate::ids::{AbsenceId, PersonId};
use crate::people::absences::{Away, may_record, store, working_days};
use crate::people::help_chain::above;
use crate::people::{Person, Role, Team, store as people};
use crate::web::paging::{PageNumber, ROWS};
use crate::web::path::Query;
use crate::web::{App, Frame, Layout, Member, Response, State, Template, html};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// The list of absences.
#[derive(Template)]
#[template(path = "people/absences.html")]
pub struct AbsencesPage {
    pub page: Layout,
    pub mine: Vec<AbsenceLine>,
    /// Those of people the reader may write them down for.
    pub others: Vec<AbsenceLine>,
    /// The address of the next page; none when there is none.
    pub next: Option<String>,
    pub is_first: bool,
    /// For whom the reader may write one down: identifier and name.
    pub people: Vec<(String, String)>,
}

/// One absence in the list.
pub struct AbsenceLine {
    pub id: AbsenceId,
    pub name: String,
    pub days: String,
    pub standing_in: String,
    pub begun: bool,
}

/// `GET /absences`
pub async fn index(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Query(page): Query<PageNumber>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let (company, now) = (tx.ask(Absences::all()).await?, tx.now());
    let whose = company.absences.iter().filter_map(|away| Some((company.whose(&member, away.person_id).ok()?, away)));
    let mut lines: Vec<_> = whose.map(|(whose, away)| (whose.own, whose.line(away, &company, now))).collect();
    // One's own come first.
    lines.sort_by_key(|(own, _)| !own);
    let (next, is_first) = (page.of(&mut lines, ROWS, "/absences"), page.number() == 0);
    let (mine, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(own, _)| *own);
    let [mine, others] = [mine, others].map(|lines| lines.into_iter().map(|(_, line)| line).collect());
    let everybody = company.everybody.iter();
    let choices = everybody.filter(|person| person.id != member.id && may_record(&member, person, &company.everybody));
    let people = choices.map(|person| (person.id.to_string(), person.name.clone())).collect();
    html(&AbsencesPage { page: frame.layout("Absences", "more"), mine, others, next, is_first, people })
}

/// Everybody, their working time, and all absences: what the rules need to know.
pub struct Absences {
    pub everybody: Vec<Person>,
    pub absences: Vec<Away>,
    teams: Vec<Team>,
    zone: Tz,
}

impl Absences {
    /// All of it, asked at once.
    pub fn all() -> Ask<Self> {
        let questions = (people::all_people(), store::all(), people::all_teams(), people::organisation());
        questions.joined().map(|(everybody, absences, teams, company)| {
            let zone = company.and_then(|company| company.zone.parse().ok()).unwrap_or(Tz::UTC);
            Self { everybody, absences, teams, zone }
        })
    }

    /// The absence, if there is one.
    pub fn absence(&self, id: AbsenceId) -> Result<&Away> {
        self.absences.iter().find(|away| away.id == id).ok_or(Error::NotFound)
    }

    /// Who stands in, where somebody does.
    pub fn deputy(&self, away: &Away) -> Option<&Person> {
        away.deputy_id.and_then(|deputy| self.everybody.iter().find(|known| known.id == deputy))
    }

    /// The person, if the reader may write down an absence of theirs; missing and foreign are the same nothing.
    pub fn whose(&self, reader: &Person, person: PersonId) -> Result<Whose> {
        let person = self.everybody.iter().find(|known| known.id == person).ok_or(Error::NotFound)?;
        if !may_record(reader, person, &self.everybody) {
            return Err(Error::NotFound);
        }
        let team = person.team().and_then(|team| self.teams.iter().find(|known| known.id == team));
        let calendar = team.map_or_else(|| Calendar::usual(self.zone), |team| team.calendar.clone());
        let levels = above(&self.everybody, person.id, person.team().unwrap_or_default());
        let next = levels.first().and_then(|level| self.everybody.iter().find(|known| known.id == *level));
        let next_level = next.map(|level| level.name.clone());
        Ok(Whose { calendar, own: reader.id == person.id, next_level, person: person.clone() })
    }
}

/// Whose absence it is, with what the form has to say about them.
pub struct Whose {
    pub person: Person,
    pub calendar: Calendar,
    pub own: bool,
    /// Who has the balls without a deputy.
    pub next_level: Option<String>,
}

impl Whose {
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

    fn line(&self, away: &Away, company: &Absences, now: DateTime<Utc>) -> AbsenceLine {
        let long = working_days(&self.calendar, away.from_on, away.to_on) > 1;
        AbsenceLine {
            id: away.id,
            name: self.person.name.clone(),
            days: days(&self.calendar, away.from_on, away.to_on, now),
            standing_in: match company.deputy(away) {
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
