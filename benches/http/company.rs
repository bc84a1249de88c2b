//! A company of one team with as many open ideas as wanted: the rows that the program writes for them, made at once.
//!
//! One in four was asked about and lies with its author, the others lie with the leader. The rows are those of the tables
//! as they stood after migration 13; whichever program opens them brings them up to date first, as on the day of an upgrade.

use super::rows::{Database, Field, Table};
use chrono::{DateTime, Days, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::{NoContext, Timestamp, Uuid};

/// How many people throw ideas.
pub const REPS: usize = 8;
/// The name of the leader; those of the reps are [`rep`].
pub const LEADER: &str = "leader";
/// The password of everybody.
pub const PASSWORD: &str = "a bench with nine seats";
const HASHED: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2l4dGVlbiBieXRlcyEhIQ$vqQocF3GmSxiOZzya0eUlmlNDkJ0TmeQ6C1xGwh6AmU";

/// The name of one of those who throw.
pub fn rep(number: usize) -> String {
    format!("rep{}", number % REPS)
}

/// Everybody's name.
pub fn everybody() -> impl Iterator<Item = String> {
    std::iter::once(LEADER.to_owned()).chain((0..REPS).map(rep))
}

/// The e-mail address of somebody by their name.
pub fn email(name: &str) -> String {
    format!("{name}@bench.example")
}

/// Write the company with its people and so many open ideas.
pub async fn fill(database: &mut Database, ideas: usize) -> anyhow::Result<()> {
    let now = Utc::now();
    let (team, leader) = (Uuid::new_v4(), Uuid::new_v4());
    let reps: Vec<Uuid> = std::iter::repeat_with(Uuid::new_v4).take(REPS).collect();
    let at = moment(now);
    let company = vec![json!([hex(Uuid::new_v4()), "Bench", "Europe/London", 0, at])];
    database.write(&ORGANISATION, company).await?;
    let hours = "08:00-12:00, 13:00-17:00";
    let row = json!([hex(team), "Field North", "field north", "Europe/London", "Mon Tue Wed Thu Fri", hours, at]);
    database.write(&TEAM, vec![row]).await?;
    let everybody = || std::iter::once((leader, "leader".to_owned())).chain(reps.iter().enumerate().map(named));
    let person = |(id, name): (Uuid, String)| {
        let email = email(&name);
        json!([hex(id), name, email, email, HASHED, at])
    };
    database.write(&PERSON, everybody().map(person).collect()).await?;
    let role = |(id, name): (Uuid, String)| {
        let role = if name == "leader" { "team_leader" } else { "rep" };
        json!([hex(id), role, hex(team)])
    };
    database.write(&ROLE, everybody().map(role).collect()).await?;
    let mut rows = Rows { team, leader, due: moment(now + Days::new(5)), ..Rows::default() };
    let mut words = Words::new();
    for number in 0..ideas {
        let age = TimeDelta::milliseconds(i64::try_from((ideas - number) * 60_000_000 / ideas)?);
        rows.idea(number, reps[number % REPS], now - age, &words.sentence(number));
    }
    rows.write(database).await
}

fn named((number, id): (usize, &Uuid)) -> (Uuid, String) {
    (*id, format!("rep{number}"))
}

fn hex(id: Uuid) -> String {
    id.simple().to_string()
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, false)
}

/// An identifier whose time is this one, as the program makes them.
fn id_at(at: DateTime<Utc>) -> String {
    let seconds = u64::try_from(at.timestamp()).unwrap_or_default();
    hex(Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, at.timestamp_subsec_nanos())))
}

/// The rows of all ideas, table by table.
#[derive(Default)]
struct Rows {
    team: Uuid,
    leader: Uuid,
    due: String,
    ideas: Vec<Value>,
    throws: Vec<Value>,
    balls: Vec<Value>,
    notices: Vec<Value>,
    things: Vec<Value>,
    /// Word, second, idea.
    found: Vec<(String, i64, String)>,
}

impl Rows {
    fn idea(&mut self, number: usize, author: Uuid, at: DateTime<Utc>, hurt: &str) {
        let (id, team, leader, author) = (id_at(at), hex(self.team), hex(self.leader), hex(author));
        let asked = number % 4 == 3;
        let (state, catcher, version) = if asked { ("question", json!(leader), 2) } else { ("new", Value::Null, 1) };
        let headline: String = hurt.chars().take(140).collect();
        let time = moment(at);
        self.ideas.push(json!([
            id, team, author, "named", 0, state, headline, catcher, 0, time, version, "", hurt, "", "", "", "", ""
        ]));
        let mut throw = |number: usize, verb: &str, by: &str, state: &str, holder: &str, owes: &str, words: &str| {
            let key = hex(Uuid::new_v4());
            let due = &self.due;
            self.throws.push(json!([key, "idea", id, number, team, verb, by, time, state, holder, owes, due, words]));
            let told = if number == 1 { "rep threw it to leader." } else { "leader asked rep: “Which pump?”" };
            self.notices.push(json!([id_at(at), holder, "ball", "idea", id, told, time, 1, 0, 0]));
        };
        throw(1, "throw", &author, "new", &leader, "catch", "");
        if asked {
            throw(2, "ask", &leader, "question", &author, "reply", "Which pump?");
        }
        let (holder, owes) = if asked { (&author, "reply") } else { (&leader, "catch") };
        self.balls.push(json!(["idea", id, team, holder, owes, time, self.due, 0]));
        let mut said = hurt.to_lowercase();
        if asked {
            said += " which pump";
        }
        let words: BTreeSet<&str> = said.split(' ').collect();
        self.things.push(json!([
            "idea",
            id,
            team,
            at.timestamp(),
            words.iter().copied().collect::<Vec<_>>().join(" ")
        ]));
        self.found.extend(words.iter().map(|word| ((*word).to_owned(), at.timestamp(), id.clone())));
    }

    async fn write(mut self, database: &mut Database) -> anyhow::Result<()> {
        let team = hex(self.team);
        database.write(&IDEA, self.ideas).await?;
        self.throws.sort_by(|one, other| one[0].as_str().cmp(&other[0].as_str()));
        database.write(&THROW, self.throws).await?;
        database.write(&BALL, self.balls).await?;
        database.write(&NOTICE, self.notices).await?;
        database.write(&THING, self.things).await?;
        self.found.sort();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (word, _, _) in &self.found {
            *counts.entry(word).or_default() += 1;
        }
        let spelling =
            counts.keys().flat_map(|word| keys(word).into_iter().map(move |key| json!([key, word]))).collect();
        database.write(&SPELLING, spelling).await?;
        let known = counts.iter().map(|(word, things)| json!([team, word, things])).collect();
        database.write(&KNOWN, known).await?;
        let found = self.found.iter().map(|(word, at, id)| json!([team, "idea", word, at, id])).collect();
        database.write(&FOUND, found).await
    }
}

/// A word, and the word without each of its letters, as typing mistakes are looked up.
fn keys(word: &str) -> BTreeSet<String> {
    if !(4..=24).contains(&word.len()) {
        return BTreeSet::new();
    }
    let without = |at: usize| format!("{}{}", &word[..at], &word[at + 1..]);
    (0..word.len()).map(without).chain([word.to_owned()]).collect()
}

/// Sentences of some three thousand words, of which the first ones are used most, as in any language. The same ones in
/// each run.
pub struct Words {
    all: Vec<String>,
    dice: u64,
}

impl Words {
    /// The words of a language.
    pub fn new() -> Self {
        const PARTS: [&str; 15] =
            ["za", "be", "lo", "ri", "mo", "na", "to", "ku", "se", "pa", "di", "ve", "gu", "fi", "ha"];
        let word = |number: usize| [number % 15, number / 15 % 15, number / 225 % 15].map(|part| PARTS[part]).concat();
        Self { all: (0..3_000).map(word).collect(), dice: 1 }
    }

    /// What one idea says: "customer" stands in six of ten, "quote" in four, "morning" and "evening" in every other one and
    /// hardly ever in the same, "wolpertinger" and "zeppelin" in three.
    pub fn sentence(&mut self, number: usize) -> String {
        let mut said = vec![String::from("Every week")];
        for _ in 0..10 {
            let place = self.roll(3_000) * self.roll(3_000) / 3_000;
            said.push(self.all[place].clone());
        }
        for (word, of_ten) in [("customer", 6), ("quote", 4)] {
            if self.roll(10) < of_ten {
                said.push(word.to_owned());
            }
        }
        said.push(String::from(if number.is_multiple_of(2) { "morning" } else { "evening" }));
        if number < 300 && number.is_multiple_of(100) {
            said.push(String::from("evening wolpertinger zeppelin"));
        }
        said.join(" ")
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.dice >> 33).unwrap_or(0) % sides
    }
}

use Field::{Flag, Id, Number, Text, Time};

const ORGANISATION: Table =
    Table("organisation", &[("id", Id), ("name", Text), ("zone", Text), ("example", Flag), ("created_at", Time)]);
const TEAM: Table = Table(
    "team",
    &[
        ("id", Id),
        ("name", Text),
        ("name_key", Text),
        ("zone", Text),
        ("days", Text),
        ("hours", Text),
        ("created_at", Time),
    ],
);
const PERSON: Table = Table(
    "person",
    &[("id", Id), ("name", Text), ("email", Text), ("email_key", Text), ("password", Text), ("created_at", Time)],
);
const ROLE: Table = Table("role", &[("person_id", Id), ("role", Text), ("team_id", Id)]);
const IDEA: Table = Table(
    "idea",
    &[
        ("id", Id),
        ("team_id", Id),
        ("author_id", Id),
        ("way", Text),
        ("carried", Flag),
        ("state", Text),
        ("headline", Text),
        ("catcher_id", Id),
        ("hurts", Number),
        ("thrown_at", Time),
        ("version", Number),
        ("authority", Text),
        ("hurt", Text),
        ("why", Text),
        ("better", Text),
        ("needed_change", Text),
        ("small_try", Text),
        ("benefit", Text),
    ],
);
const THROW: Table = Table(
    "throw",
    &[
        ("id", Id),
        ("subject", Text),
        ("subject_id", Id),
        ("number", Number),
        ("team_id", Id),
        ("verb", Text),
        ("by_id", Id),
        ("at", Time),
        ("state", Text),
        ("holder_id", Id),
        ("owes", Text),
        ("due_at", Time),
        ("words", Text),
    ],
);
const BALL: Table = Table(
    "ball",
    &[
        ("subject", Text),
        ("subject_id", Id),
        ("team_id", Id),
        ("holder_id", Id),
        ("owes", Text),
        ("since", Time),
        ("due_at", Time),
        ("resting", Flag),
    ],
);
const NOTICE: Table = Table(
    "notice",
    &[
        ("id", Id),
        ("person_id", Id),
        ("kind", Text),
        ("subject", Text),
        ("subject_id", Id),
        ("words", Text),
        ("at", Time),
        ("unread", Flag),
        ("more", Number),
        ("just_seen", Flag),
    ],
);
const THING: Table =
    Table("found_thing", &[("subject", Text), ("subject_id", Id), ("team_id", Id), ("at", Number), ("words", Text)]);
const SPELLING: Table = Table("spelling", &[("key", Text), ("word", Text)]);
const KNOWN: Table = Table("team_word", &[("team_id", Id), ("word", Text), ("things", Number)]);
const FOUND: Table =
    Table("found_word", &[("team_id", Id), ("subject", Text), ("word", Text), ("at", Number), ("subject_id", Id)]);
