//! The people of the example: three teams of four, and those around them who catch their balls.

use crate::people::Role;
use crate::people::guests::Guests;

/// A team of the example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Team {
    /// New pumps and projects, at the customer's site.
    FieldNorth,
    /// Spare parts, repairs, service contracts, by phone and mail.
    Service,
    /// Through forty distributors.
    Partner,
}

impl Team {
    /// All teams.
    pub const ALL: [Self; 3] = [Self::FieldNorth, Self::Service, Self::Partner];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::FieldNorth => "Field North",
            Self::Service => "Service & Spares",
            Self::Partner => "Partner",
        }
    }
}

/// Somebody of the example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Simon,
    Helen,
    Tomas,
    Priya,
    Callum,
    Sofia,
    Ruth,
    Ben,
    Mei,
    Jonas,
    Daniel,
    Amira,
    Lukas,
    Grace,
    Marco,
    Nadia,
    /// Owen Price, customer records and systems; also the admin.
    Owen,
    Ines,
    /// Whoever stands where an author of the example stands who has no name in it at all.
    Colleague,
}

/// Somebody as the example knows them.
pub struct Described {
    pub who: Who,
    pub name: &'static str,
    pub email: &'static str,
    pub above: Option<Who>,
    pub department: &'static str,
    pub team: Option<Team>,
    pub roles: &'static [Role],
}

/// From the top down, so that everybody's next level is there before them.
#[rustfmt::skip]
pub const PEOPLE: [Described; 18] = [
    Described { who: Who::Simon,  name: "Simon Hale",      email: "simon@larkfield.example",  above: None,             department: "",                   team: None,                   roles: &[Role::Director] },
    Described { who: Who::Helen,  name: "Helen Marsh",     email: "helen@larkfield.example",  above: Some(Who::Simon), department: "",                   team: None,                   roles: &[Role::Director] },
    Described { who: Who::Tomas,  name: "Tomas Berg",      email: "tomas@larkfield.example",  above: Some(Who::Helen), department: "",                   team: Some(Team::FieldNorth), roles: &[Role::TeamLeader] },
    Described { who: Who::Priya,  name: "Priya Nair",      email: "priya@larkfield.example",  above: None,             department: "",                   team: Some(Team::FieldNorth), roles: &[Role::Rep] },
    Described { who: Who::Callum, name: "Callum Reid",     email: "callum@larkfield.example", above: None,             department: "",                   team: Some(Team::FieldNorth), roles: &[Role::Rep] },
    Described { who: Who::Sofia,  name: "Sofia Lindqvist", email: "sofia@larkfield.example",  above: None,             department: "",                   team: Some(Team::FieldNorth), roles: &[Role::Rep] },
    Described { who: Who::Ruth,   name: "Ruth Okafor",     email: "ruth@larkfield.example",   above: Some(Who::Helen), department: "",                   team: Some(Team::Service),    roles: &[Role::TeamLeader] },
    Described { who: Who::Ben,    name: "Ben Hartley",     email: "ben@larkfield.example",    above: None,             department: "",                   team: Some(Team::Service),    roles: &[Role::Rep] },
    Described { who: Who::Mei,    name: "Mei Tanaka",      email: "mei@larkfield.example",    above: None,             department: "",                   team: Some(Team::Service),    roles: &[Role::Rep] },
    Described { who: Who::Jonas,  name: "Jonas Weiss",     email: "jonas@larkfield.example",  above: None,             department: "",                   team: Some(Team::Service),    roles: &[Role::Rep] },
    Described { who: Who::Daniel, name: "Daniel Moreau",   email: "daniel@larkfield.example", above: Some(Who::Helen), department: "",                   team: Some(Team::Partner),    roles: &[Role::TeamLeader] },
    Described { who: Who::Amira,  name: "Amira Haddad",    email: "amira@larkfield.example",  above: None,             department: "",                   team: Some(Team::Partner),    roles: &[Role::Rep] },
    Described { who: Who::Lukas,  name: "Lukas Novak",     email: "lukas@larkfield.example",  above: None,             department: "",                   team: Some(Team::Partner),    roles: &[Role::Rep] },
    Described { who: Who::Grace,  name: "Grace Owens",     email: "grace@larkfield.example",  above: None,             department: "",                   team: Some(Team::Partner),    roles: &[Role::Rep] },
    Described { who: Who::Marco,  name: "Marco Ricci",     email: "marco@larkfield.example",  above: None,             department: "Pricing and credit", team: None,                   roles: &[Role::Helper] },
    Described { who: Who::Nadia,  name: "Nadia Petrova",   email: "nadia@larkfield.example",  above: None,             department: "Marketing",          team: None,                   roles: &[Role::Helper] },
    Described { who: Who::Owen,   name: "Owen Price",      email: "owen@larkfield.example",   above: None,             department: "CRM and systems",    team: None,                   roles: &[Role::Helper, Role::Admin] },
    Described { who: Who::Ines,   name: "Ines Castro",     email: "ines@larkfield.example",   above: None,             department: "",                   team: None,                   roles: &[Role::Coach] },
];

/// Who can be signed in with one click, and what to look at as them.
#[rustfmt::skip]
pub const GUESTS: Guests = Guests(&[
    ("priya@larkfield.example",  "A rep who threw a no back, to the director. Throw an idea in one line and read who will see it."),
    ("callum@larkfield.example", "A rep in week four of an experiment. Write its line of the week, and look at the first one, which became our way."),
    ("tomas@larkfield.example",  "The leader of Field North. Nobody waits for him today. Look at the chart of quote times: before, experiment, shift, drift, and back."),
    ("helen@larkfield.example",  "The sales director. One idea has waited for her too long and one was thrown back to her: answer one and see where the ball goes."),
    ("ruth@larkfield.example",   "The leader of Service & Spares. Look at the chart of first answers: a signal in the good direction, and what its keeper said."),
    ("mei@larkfield.example",    "A rep with a draft that only she sees. Look at the photo of the nameplate: an idea that came of a promise that was kept."),
    ("amira@larkfield.example",  "A rep of Partner. She keeps the win rate, which has not moved in 78 weeks, and its page says so."),
    ("ines@larkfield.example",   "The coach. She sees every team, also the ideas of \u{201c}a colleague\u{201d}, and decides nothing."),
    ("owen@larkfield.example",   "A helper with promises to keep, and the administrator. He sees the ideas that came to him, and no other idea and no measure of a team."),
]);
