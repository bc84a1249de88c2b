//! What things say: their own words, and those of every throw on them.

use crate::balls::Subject;
use crate::db::given::{self, given_ids};
use crate::db::{Sql, Tx};
use crate::ids::{PersonId, TeamId};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// What one thing says.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Source {
    pub id: Uuid,
    pub team_id: TeamId,
    /// When it was made.
    pub at: DateTime<Utc>,
    pub state: String,
    pub title: String,
    pub text: String,
    /// What was said when it was thrown.
    #[sqlx(skip)]
    pub thrown: Vec<String>,
}

impl Source {
    /// All it says, in the order in which it was said.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        [self.title.as_str(), self.text.as_str()].into_iter().chain(self.thrown.iter().map(String::as_str))
    }
}

macro_rules! idea {
    () => {
        "SELECT idea.id, idea.team_id, idea.thrown_at AS at, idea.state, idea.hurt AS title,
                idea.why || '\n' || idea.better || '\n' || idea.needed_change || '\n' || idea.small_try || '\n'
                || idea.benefit AS text
         FROM idea WHERE idea.id IN "
    };
}

macro_rules! promise {
    () => {
        "SELECT promise.id, promise.team_id, promise.created_at AS at, promise.state, promise.what AS title, '' AS text
         FROM promise WHERE promise.id IN "
    };
}

macro_rules! experiment {
    () => {
        "SELECT experiment.id, experiment.team_id, experiment.created_at AS at, experiment.state,
                experiment.name AS title, experiment.doing || '\n' || experiment.happened || '\n' || experiment.learned AS text
         FROM experiment WHERE experiment.id IN "
    };
}

macro_rules! standard {
    () => {
        "SELECT standard.id, standard.team_id, standard.created_at AS at, standard.state, standard.name AS title,
                standard.how || '\n' || standard.why || '\n' || standard.exceptions AS text
         FROM standard WHERE standard.id IN "
    };
}

/// The rule of who sees a thing, the same as on its own page: of a team in sight, their own, or ever held by them.
macro_rules! seen {
    ($table:literal, $own:literal) => {
        concat!(
            " AND (",
            $own,
            " OR ",
            $table,
            ".team_id IN (SELECT sight.team_id FROM sight WHERE sight.person_id = $2)
              OR EXISTS (SELECT 1 FROM throw WHERE throw.subject = '",
            $table,
            "' AND throw.subject_id = ",
            $table,
            ".id
                         AND throw.holder_id = $2))"
        )
    };
}

macro_rules! whole {
    ($things:ident) => {
        Sql::either(concat!($things!(), given_ids!(sqlite, "$1")), concat!($things!(), given_ids!(postgres, "$1")))
    };
}

macro_rules! seen_by {
    ($things:ident, $table:literal, $own:literal) => {
        Sql::either(
            concat!($things!(), given_ids!(sqlite, "$1"), seen!($table, $own)),
            concat!($things!(), given_ids!(postgres, "$1"), seen!($table, $own)),
        )
    };
}

const IDEAS: [Sql; 2] = [
    whole!(idea),
    seen_by!(
        idea,
        "idea",
        "(idea.author_id = $2 OR idea.id IN (SELECT kept_name.idea_id FROM kept_name WHERE kept_name.person_id = $2))"
    ),
];
const PROMISES: [Sql; 2] = [whole!(promise), seen_by!(promise, "promise", "promise.receiver_id = $2")];
const EXPERIMENTS: [Sql; 2] = [whole!(experiment), seen_by!(experiment, "experiment", "1 = 0")];
const STANDARDS: [Sql; 2] = [whole!(standard), seen_by!(standard, "standard", "1 = 0")];

fn statements(subject: Subject) -> Option<[Sql; 2]> {
    match subject {
        Subject::Idea => Some(IDEAS),
        Subject::Promise => Some(PROMISES),
        Subject::Experiment => Some(EXPERIMENTS),
        Subject::Standard => Some(STANDARDS),
        Subject::Measure => None,
    }
}

/// What these things say, whoever asks: for taking their words into the tables.
pub async fn whole(tx: &mut Tx, subject: Subject, ids: &[Uuid]) -> sqlx::Result<Vec<Source>> {
    let Some([whole, _]) = statements(subject) else { return Ok(Vec::new()) };
    let things = tx.query_as(whole).bind(given::ids(ids.iter().copied())).all().await?;
    with_throws(tx, subject, things).await
}

/// What those of these things say that a person may see.
pub async fn seen(tx: &mut Tx, subject: Subject, ids: &[Uuid], person: PersonId) -> sqlx::Result<Vec<Source>> {
    let Some([_, seen]) = statements(subject) else { return Ok(Vec::new()) };
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let things = tx.query_as(seen).bind(given::ids(ids.iter().copied())).bind(person).all().await?;
    with_throws(tx, subject, things).await
}

macro_rules! throws {
    ($engine:ident) => {
        concat!(
            "SELECT throw.subject_id, throw.words FROM throw
             WHERE throw.subject = $2 AND throw.words <> '' AND throw.subject_id IN ",
            given_ids!($engine, "$1"),
            " ORDER BY throw.subject_id, throw.number"
        )
    };
}

const THROWS: Sql = Sql::either(throws!(sqlite), throws!(postgres));

async fn with_throws(tx: &mut Tx, subject: Subject, mut things: Vec<Source>) -> sqlx::Result<Vec<Source>> {
    if things.is_empty() {
        return Ok(things);
    }
    let ids = given::ids(things.iter().map(|thing| thing.id));
    let rows: Vec<(Uuid, String)> = tx.query_as(THROWS).bind(ids).bind(subject).all().await?;
    let mut said: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (id, words) in rows {
        said.entry(id).or_default().push(words);
    }
    for thing in &mut things {
        thing.thrown = said.remove(&thing.id).unwrap_or_default();
    }
    Ok(things)
}
