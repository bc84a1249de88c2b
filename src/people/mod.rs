//! People: the company, its teams, who plays which role, and how they sign in.
//!
//! A role is what somebody may do; the chain of next levels (team leader, director, managing director)
//! says whom an idea can be passed up to. No time of sign-in, reading or activity of anybody is stored.
//!
//! The types here lie under the tools of a page in [`crate::web`], which ask who somebody is; `pages` lie above them.

pub mod absences;
pub mod brakes;
pub mod calendars;
pub mod company;
pub mod device;
pub mod guests;
pub mod hashing;
pub mod help_chain;
pub mod invitation;
pub mod joining;
pub mod keys;
pub mod locked_out;
pub mod pages;
pub mod password;
pub mod roster;
pub mod session;
pub mod setup;
pub mod sight;
pub mod store;

use crate::calendar::Calendar;
use crate::ids::{OrganisationId, PersonId, TeamId};
use chrono::TimeDelta;

/// The placeholder that stands where an author stands whose name the coach keeps.
pub const COLLEAGUE: PersonId = PersonId(uuid::uuid!("00000000-0000-4000-8000-000000000001"));
/// The placeholder that stands where an author stands whom nobody knows.
pub const SOMEBODY: PersonId = PersonId(uuid::uuid!("00000000-0000-4000-8000-000000000002"));

/// How long a sign-in lasts.
pub const SESSION_LASTS: TimeDelta = TimeDelta::days(30);

/// The one company this installation serves.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    /// Its time zone, such as `Europe/London`.
    pub zone: String,
    /// Whether it is the example company, whose people sign in with one click.
    pub example: bool,
}

crate::choices! {
    /// What somebody may do, from the team outwards.
    Role {
        /// A member of a team.
        Rep "rep" "rep";
        /// The first enabler of a team.
        TeamLeader "team_leader" "team leader";
        /// The next level of team leaders or of other directors.
        Director "director" "director";
        /// A named person of another department.
        Helper "helper" "helper";
        /// Keeps the system going and decides nothing.
        Coach "coach" "coach";
        /// Adds people and looks after the installation.
        Admin "admin" "admin";
    }
}

impl Role {
    /// Whether the role is played in one team.
    pub fn is_in_a_team(self) -> bool {
        matches!(self, Self::Rep | Self::TeamLeader)
    }
}

/// Somebody with an account, and the roles they play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub next_level: Option<PersonId>,
    /// Their roles, with the team where there is one.
    pub roles: Vec<(Role, Option<TeamId>)>,
}

impl Person {
    /// Whether they play the role anywhere.
    pub fn is(&self, role: Role) -> bool {
        self.roles.iter().any(|(played, _)| *played == role)
    }

    /// Whether people wait for answers from them.
    pub fn leads(&self) -> bool {
        self.is(Role::TeamLeader) || self.is(Role::Director)
    }

    /// Whether they may pair and forget television screens.
    pub fn keeps_screens(&self) -> bool {
        self.leads() || self.is(Role::Coach) || self.is(Role::Admin)
    }

    /// Whether they may define measures for the teams they see.
    pub fn defines_measures(&self) -> bool {
        self.leads() || self.is(Role::Coach)
    }

    /// Whether they may read the list of people.
    pub fn reads_people(&self) -> bool {
        self.leads() || self.is(Role::Admin)
    }

    /// The team they belong to, as rep or as leader.
    pub fn team(&self) -> Option<TeamId> {
        self.roles.iter().find_map(|(_, team)| *team)
    }
}

/// Whether the chain of next levels that begins with `level` leads to the person: then they can't be put below it.
pub fn leads_back(person: PersonId, level: PersonId, people: &[Person]) -> bool {
    let mut at = Some(level);
    // A chain is never longer than the company; the count guards against a circle that is stored already.
    for _ in 0..=people.len() {
        let Some(here) = at else { return false };
        if here == person {
            return true;
        }
        at = people.iter().find(|other| other.id == here).and_then(|other| other.next_level);
    }
    true
}

/// A team and its working time.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Team {
    pub id: TeamId,
    pub name: String,
    /// Its working time.
    #[sqlx(flatten)]
    pub calendar: Calendar,
    /// Who catches the letters of the whole company, where this is the whole company as a unit for them.
    #[sqlx(rename = "wide_head_id")]
    pub wide_head: Option<PersonId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn person(number: u128, next_level: Option<u128>) -> Person {
        let id = |number| PersonId(Uuid::from_u128(number));
        Person { id: id(number), name: String::new(), next_level: next_level.map(id), roles: Vec::new() }
    }

    #[test]
    fn nobody_stands_below_their_own_people() {
        let people = [person(1, Some(2)), person(2, Some(3)), person(3, None), person(4, Some(5)), person(5, Some(4))];
        let back = |of: u128, level: u128| {
            leads_back(PersonId(Uuid::from_u128(of)), PersonId(Uuid::from_u128(level)), &people)
        };
        assert!(back(3, 1) && back(3, 2) && back(3, 3) && back(2, 1));
        assert!(!back(1, 2) && !back(1, 3) && !back(2, 3));
        assert!(back(1, 4), "a stored circle admits nobody");
    }
}
