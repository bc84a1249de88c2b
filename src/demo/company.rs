//! The example company as it stands in the database: its teams and its people.

use super::people::{Described, PEOPLE, Team, Who};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::{PersonId, TeamId};
use crate::people::store::{self, NewPerson};
use crate::people::{COLLEAGUE, Person};
use anyhow::Context;

/// The teams and their people once they are there.
pub struct Company {
    teams: Vec<(Team, TeamId)>,
    people: Vec<(&'static Described, Person)>,
    colleague: Person,
}

impl Company {
    /// Found the company with its teams and its people.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn assemble(tx: &mut Tx, calendar: &Calendar) -> anyhow::Result<Self> {
        store::found(tx, "Larkfield Pumps", calendar.zone().name(), true).await?;
        let mut company = Self { teams: Vec::new(), people: Vec::new(), colleague: colleague() };
        for team in Team::ALL {
            company.teams.push((team, store::add_team(tx, team.name(), calendar).await?));
        }
        for described in &PEOPLE {
            company.add(tx, described).await?;
        }
        Ok(company)
    }

    async fn add(&mut self, tx: &mut Tx, described: &'static Described) -> anyhow::Result<()> {
        let next_level = described.above.map(|above| self.id(above)).transpose()?;
        let team = described.team.map(|team| self.team(team)).transpose()?;
        let roles: Vec<_> = described.roles.iter().map(|role| (*role, team.filter(|_| role.is_in_a_team()))).collect();
        let Described { name, email, department, .. } = described;
        let id = store::add_person(tx, &NewPerson { name, email, next_level, department, roles: &roles }).await?;
        let person = store::person(tx, id).await?.context("somebody who was just added is not there")?;
        self.people.push((described, person));
        Ok(())
    }

    /// A team.
    ///
    /// # Errors
    /// One that is not there.
    pub fn team(&self, team: Team) -> anyhow::Result<TeamId> {
        let found = self.teams.iter().find(|(other, _)| *other == team);
        found.map(|(_, id)| *id).with_context(|| format!("{team:?} is not one of the example's teams"))
    }

    fn find(&self, who: Who) -> anyhow::Result<&(&'static Described, Person)> {
        let found = self.people.iter().find(|(described, _)| described.who == who);
        found.with_context(|| format!("{who:?} is not one of the example's people"))
    }

    /// A person.
    ///
    /// # Errors
    /// Somebody who is not in the list.
    pub fn person(&self, who: Who) -> anyhow::Result<&Person> {
        if who == Who::Colleague {
            return Ok(&self.colleague);
        }
        Ok(&self.find(who)?.1)
    }

    /// The identifier of a person.
    ///
    /// # Errors
    /// Somebody who is not in the list.
    pub fn id(&self, who: Who) -> anyhow::Result<PersonId> {
        Ok(self.person(who)?.id)
    }

    /// The team of a person.
    ///
    /// # Errors
    /// Somebody who is in no team.
    pub fn team_of(&self, who: Who) -> anyhow::Result<TeamId> {
        self.team(self.find(who)?.0.team.with_context(|| format!("{who:?} is in no team"))?)
    }
}

/// The placeholder for authors without a name: in no team, and above nobody.
fn colleague() -> Person {
    Person { id: COLLEAGUE, name: "A colleague".into(), next_level: None, roles: Vec::new() }
}
