//! The people of the example: team Field North, and those around it whom its story needs.

use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::{PersonId, TeamId};
use crate::people::store::{self, NewPerson};
use crate::people::{Person, Role};
use anyhow::Context;

/// Somebody of the example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Simon Hale, managing director.
    Simon,
    /// Helen Marsh, sales director.
    Helen,
    /// Tomas Berg, leader of Field North.
    Tomas,
    /// Priya Nair, rep.
    Priya,
    /// Callum Reid, rep.
    Callum,
    /// Sofia Lindqvist, rep.
    Sofia,
    /// Marco Ricci, pricing desk and credit.
    Marco,
    /// Nadia Petrova, marketing.
    Nadia,
    /// Owen Price, customer records and systems; also the admin.
    Owen,
    /// Ines Castro, coach.
    Ines,
}

struct Described {
    who: Who,
    name: &'static str,
    email: &'static str,
    above: Option<Who>,
    department: &'static str,
    roles: &'static [Role],
}

/// From the top down, so that everybody's next level is there before them.
#[rustfmt::skip]
const PEOPLE: [Described; 10] = [
    Described { who: Who::Simon,  name: "Simon Hale",      email: "simon@larkfield.example",  above: None,             department: "",                   roles: &[Role::Director] },
    Described { who: Who::Helen,  name: "Helen Marsh",     email: "helen@larkfield.example",  above: Some(Who::Simon), department: "",                   roles: &[Role::Director] },
    Described { who: Who::Tomas,  name: "Tomas Berg",      email: "tomas@larkfield.example",  above: Some(Who::Helen), department: "",                   roles: &[Role::TeamLeader] },
    Described { who: Who::Priya,  name: "Priya Nair",      email: "priya@larkfield.example",  above: None,             department: "",                   roles: &[Role::Rep] },
    Described { who: Who::Callum, name: "Callum Reid",     email: "callum@larkfield.example", above: None,             department: "",                   roles: &[Role::Rep] },
    Described { who: Who::Sofia,  name: "Sofia Lindqvist", email: "sofia@larkfield.example",  above: None,             department: "",                   roles: &[Role::Rep] },
    Described { who: Who::Marco,  name: "Marco Ricci",     email: "marco@larkfield.example",  above: None,             department: "Pricing and credit", roles: &[Role::Helper] },
    Described { who: Who::Nadia,  name: "Nadia Petrova",   email: "nadia@larkfield.example",  above: None,             department: "Marketing",          roles: &[Role::Helper] },
    Described { who: Who::Owen,   name: "Owen Price",      email: "owen@larkfield.example",   above: None,             department: "CRM and systems",    roles: &[Role::Helper, Role::Admin] },
    Described { who: Who::Ines,   name: "Ines Castro",     email: "ines@larkfield.example",   above: None,             department: "",                   roles: &[Role::Coach] },
];

/// Who can be signed in with one click, and what to look at as them.
#[rustfmt::skip]
pub const GUESTS: [(&str, &str); 6] = [
    ("priya@larkfield.example",  "A rep who threw a no back, to the director. Throw an idea in one line and read who will see it."),
    ("callum@larkfield.example", "A rep in week four of an experiment. Write its line of the week, and look at the first one, which became our way."),
    ("tomas@larkfield.example",  "The team leader. Nobody waits for him today. Look at the chart of quote times: before, experiment, shift, drift, and back."),
    ("helen@larkfield.example",  "The sales director. An idea was thrown back to her: answer it and see where the ball goes."),
    ("ines@larkfield.example",   "The coach. She sees every team and decides nothing."),
    ("owen@larkfield.example",   "The administrator. He adds people and pairs televisions, and sees no idea of the team."),
];

/// The team and its people once they are there.
pub struct Cast {
    /// Field North.
    pub team: TeamId,
    people: Vec<(Who, Person)>,
}

impl Cast {
    /// Found the company with its team and its people.
    pub async fn assemble(tx: &mut Tx, calendar: &Calendar) -> anyhow::Result<Self> {
        store::found(tx, "Larkfield Pumps", calendar.zone().name(), true).await?;
        let team = store::add_team(tx, "Field North", calendar).await?;
        let mut cast = Self { team, people: Vec::new() };
        for described in &PEOPLE {
            cast.add(tx, described).await?;
        }
        Ok(cast)
    }

    async fn add(&mut self, tx: &mut Tx, described: &Described) -> anyhow::Result<()> {
        let next_level = described.above.map(|above| self.id(above)).transpose()?;
        let role = |role: &Role| (*role, role.is_in_a_team().then_some(self.team));
        let roles: Vec<_> = described.roles.iter().map(role).collect();
        let Described { name, email, department, .. } = described;
        let id = store::add_person(tx, &NewPerson { name, email, next_level, department, roles: &roles }).await?;
        let person = store::person(tx, id).await?.context("somebody who was just added is not there")?;
        self.people.push((described.who, person));
        Ok(())
    }

    /// A person.
    ///
    /// # Errors
    /// Somebody who is not in the list.
    pub fn person(&self, who: Who) -> anyhow::Result<&Person> {
        let found = self.people.iter().find(|(other, _)| *other == who);
        found.map(|(_, person)| person).with_context(|| format!("{who:?} is not one of the example's people"))
    }

    /// The identifier of a person.
    ///
    /// # Errors
    /// Somebody who is not in the list.
    pub fn id(&self, who: Who) -> anyhow::Result<PersonId> {
        Ok(self.person(who)?.id)
    }
}
