//! Everybody, all teams, and who may be away now: loaded once by whoever has to know where a ball goes and who sees it.

use super::absences::{self, Away};
use super::help_chain::{next_levels, of_team};
use super::{Person, Role, Team, store};
use crate::db::{Ask, Questions};
use crate::ids::{PersonId, TeamId};
use chrono::{DateTime, Utc};

/// The people of the company.
#[derive(Clone, Debug)]
pub struct Company {
    /// By name.
    pub people: Vec<Person>,
    pub teams: Vec<Team>,
    pub away: Vec<Away>,
}

impl Company {
    /// The company as it is now.
    pub fn at(now: DateTime<Utc>) -> Ask<Self> {
        let asked = (store::all_people(), store::all_units(), absences::store::around(now));
        asked.joined().map(|(people, teams, away)| Self { people, teams, away })
    }

    /// Those who can get a ball of others, or see it: everybody but for reps who lead nobody, stand in for nobody and are
    /// there. A throw needs no others, and there are many of them.
    pub fn who_answers(author: PersonId, now: DateTime<Utc>) -> Ask<Self> {
        let asked = (store::who_answers(author), store::all_units(), absences::store::around(now));
        asked.joined().map(|(people, teams, away)| Self { people, teams, away })
    }

    /// The person with this identifier.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// A team, or the whole company as a unit.
    pub fn team(&self, id: TeamId) -> Option<&Team> {
        self.teams.iter().find(|team| team.id == id)
    }

    /// The leader of a team and everybody above, from the team outwards; of the whole company the one who catches its
    /// letters, and those above.
    pub fn chain(&self, team: TeamId) -> Vec<&Person> {
        let head = self.team(team).and_then(|team| team.wide_head);
        let chain = match head {
            Some(head) => std::iter::once(head).chain(next_levels(&self.people, head)).collect(),
            None => of_team(&self.people, team),
        };
        chain.into_iter().filter_map(|id| self.person(id)).collect()
    }

    /// The coaches, who see the ideas of all teams, by name.
    pub fn coaches(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|person| person.is(Role::Coach))
    }

    /// Who sees the ideas of a team beside the team itself: everybody above it, and the coaches.
    pub fn sees(&self, team: TeamId) -> Vec<&Person> {
        let mut all = self.chain(team);
        for coach in self.coaches() {
            if !all.contains(&coach) {
                all.push(coach);
            }
        }
        all
    }
}
