//! The example company as it stands in the database: three teams of four, and those around them who catch their balls.

use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::{PersonId, TeamId};
use crate::people::store::{self, NewPerson};
use crate::people::{COLLEAGUE, Person, Role};
use anyhow::Context;
use serde::Deserialize;
use std::collections::HashMap;

/// New pumps and projects, at the customer's site; spare parts, repairs and service contracts, by phone and mail; and
/// what is sold through forty distributors.
const TEAMS: [&str; 3] = ["Field North", "Service & Spares", "Partner"];

/// From the top down, so that everybody's next level is there before them.
const PEOPLE: &str = include_str!("story/people.json");

/// Whoever stands where an author of the example stands who has no name in it at all.
pub const UNNAMED: &str = "Colleague";

/// Somebody as the example knows them.
#[derive(Deserialize)]
struct Described {
    /// What the story calls them.
    who: String,
    name: String,
    email: String,
    above: Option<String>,
    #[serde(default)]
    department: String,
    team: Option<String>,
    roles: Vec<Role>,
}

/// The teams and their people once they are there.
pub struct Company {
    teams: HashMap<&'static str, TeamId>,
    people: HashMap<String, Person>,
}

impl Company {
    /// Found the company with its teams and its people.
    pub async fn assemble(tx: &mut Tx, calendar: &Calendar) -> anyhow::Result<Self> {
        store::found(tx, "Larkfield Pumps", calendar.zone().name(), true).await?;
        let unnamed = Person { id: COLLEAGUE, name: "A colleague".into(), next_level: None, roles: Vec::new() };
        let mut company = Self { teams: HashMap::new(), people: HashMap::from([(UNNAMED.into(), unnamed)]) };
        for team in TEAMS {
            company.teams.insert(team, store::add_team(tx, team, calendar).await?);
        }
        for described in serde_json::from_str::<Vec<Described>>(PEOPLE)? {
            company.add(tx, described).await?;
        }
        Ok(company)
    }

    async fn add(&mut self, tx: &mut Tx, described: Described) -> anyhow::Result<()> {
        let Described { who, name, email, above, department, team, roles } = described;
        let next_level = above.map(|above| self.id(&above)).transpose()?;
        let team = team.map(|team| self.team(&team)).transpose()?;
        let roles: Vec<_> = roles.into_iter().map(|role| (role, team.filter(|_| role.is_in_a_team()))).collect();
        let new = NewPerson { name, email, next_level, department, roles };
        let id = store::add_person(tx, &new).await?;
        let person = store::person(tx, id).await?.context("somebody who was just added is not there")?;
        self.people.insert(who, person);
        Ok(())
    }

    /// A team.
    pub fn team(&self, name: &str) -> anyhow::Result<TeamId> {
        self.teams.get(name).copied().with_context(|| format!("{name} is not one of the example's teams"))
    }

    /// A person.
    pub fn person(&self, who: &str) -> anyhow::Result<&Person> {
        self.people.get(who).with_context(|| format!("{who} is not one of the example's people"))
    }

    /// The identifier of a person.
    pub fn id(&self, who: &str) -> anyhow::Result<PersonId> {
        Ok(self.person(who)?.id)
    }

    /// The team of a person.
    pub fn team_of(&self, who: &str) -> anyhow::Result<TeamId> {
        self.person(who)?.team().with_context(|| format!("{who} is in no team"))
    }
}
