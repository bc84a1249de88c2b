//! To whom a standard is shown, and what they said: a number for everybody, a name for nobody. Those concerned are the
//! people of its team; its owner can do it.

use super::transition::Around;
use crate::db::{Ask, Tx, query, query_as};
use crate::ids::{PersonId, StandardId};

/// Where somebody is with a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Answer {
    /// It was told that it is there.
    Told,
    /// They have seen it and can do it.
    Can,
    /// Something speaks against it.
    Objects,
    /// What they said against it was answered.
    Answered,
}

#[derive(sqlx::FromRow)]
struct Row {
    person_id: PersonId,
    is_owner: bool,
    answer: Option<Answer>,
}

const AROUND: &str = "
    SELECT DISTINCT role.person_id, role.person_id = standard.owner_id AS is_owner, shown.answer,
           (SELECT MAX(standard_check.at) FROM standard_check
            WHERE standard_check.standard_id = standard.id AND standard_check.by_id = role.person_id) AS looked_at
    FROM standard JOIN role ON role.team_id = standard.team_id AND role.role IN ('rep', 'team_leader')
    LEFT JOIN standard_shown AS shown ON shown.standard_id = standard.id AND shown.person_id = role.person_id
    WHERE standard.id = $1
    ORDER BY looked_at NULLS FIRST, role.person_id";

/// Who is around a standard, as far as a move has to know it.
pub fn around(id: StandardId) -> Ask<Around> {
    query_as::<Row>(AROUND).bind(id).all().map(|rows| {
        let still = |row: &&Row| !row.is_owner && !matches!(row.answer, Some(Answer::Can | Answer::Answered));
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        Around {
            gap: count(rows.iter().filter(still).count()),
            objections: count(rows.iter().filter(|row| row.answer == Some(Answer::Objects)).count()),
            team: rows.iter().map(|row| row.person_id).collect(),
        }
    })
}

/// An objection that waits for an answer: objecting is speaking up, so it has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    pub person: PersonId,
    pub by: String,
    pub words: String,
}

/// What a page says of those concerned.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// How many are concerned, its owner among them.
    pub concerned: usize,
    /// How many of them can do it.
    pub can: usize,
    /// What the viewer said.
    pub own: Option<Answer>,
    /// What waits for an answer.
    pub objections: Vec<Objection>,
    /// The people of the team but for its owner, by name: those to whom it could be given.
    pub others: Vec<(String, String)>,
}

#[derive(sqlx::FromRow)]
struct Concerned {
    person_id: PersonId,
    name: String,
    is_owner: bool,
    answer: Option<Answer>,
    words: Option<String>,
}

const SHOWN: &str = "
    SELECT DISTINCT role.person_id, person.name, role.person_id = standard.owner_id AS is_owner, shown.answer,
            shown.words
     FROM standard JOIN role ON role.team_id = standard.team_id AND role.role IN ('rep', 'team_leader')
     JOIN person ON person.id = role.person_id
     LEFT JOIN standard_shown AS shown ON shown.standard_id = standard.id AND shown.person_id = role.person_id
     WHERE standard.id = $1 ORDER BY person.name, role.person_id";

/// How many are concerned and how many can do it, and what this person said.
pub fn shown(id: StandardId, viewer: PersonId) -> Ask<Shown> {
    query_as::<Concerned>(SHOWN).bind(id).all().by_name(|one| &one.name).map(move |all| {
        let can = |one: &&Concerned| one.is_owner || matches!(one.answer, Some(Answer::Can | Answer::Answered));
        let others = all.iter().filter(|one| !one.is_owner);
        Shown {
            concerned: all.len(),
            can: all.iter().filter(can).count(),
            own: all.iter().find(|one| one.person_id == viewer).and_then(|one| one.answer),
            others: others.map(|one| (one.person_id.to_string(), one.name.clone())).collect(),
            objections: all.into_iter().filter_map(Concerned::objection).collect(),
        }
    })
}

impl Concerned {
    fn objection(self) -> Option<Objection> {
        let words = self.words.filter(|_| self.answer == Some(Answer::Objects))?;
        Some(Objection { person: self.person_id, by: self.name, words })
    }
}

const OBJECTORS: &str = "
    SELECT person_id FROM standard_shown WHERE standard_id = $1 AND answer = 'objects' ORDER BY person_id";

/// Those whose objection waits for an answer.
pub fn objectors(id: StandardId) -> Ask<Vec<PersonId>> {
    query_as::<(PersonId,)>(OBJECTORS).bind(id).all().map(|rows| rows.into_iter().map(|(person,)| person).collect())
}

const SAY: &str = "
    INSERT INTO standard_shown (standard_id, person_id, answer, words) VALUES ($1, $2, $3, $4)
    ON CONFLICT (standard_id, person_id) DO UPDATE SET answer = excluded.answer, words = excluded.words";

/// Keep what somebody said.
pub async fn say(tx: &mut Tx, id: StandardId, person: PersonId, answer: Answer, words: &str) -> sqlx::Result<()> {
    tx.later(query(SAY).bind(id).bind(person).bind(answer).bind(words.to_owned())).await
}

const ANSWERED: &str =
    "UPDATE standard_shown SET answer = 'answered', words = '' WHERE standard_id = $1 AND answer = 'objects'";

/// All objections are answered.
pub async fn answered(tx: &mut Tx, id: StandardId) -> sqlx::Result<()> {
    tx.later(query(ANSWERED).bind(id)).await
}

const ANEW: &str = "DELETE FROM standard_shown WHERE standard_id = $1";

/// It is another version: everybody is shown it again.
pub async fn anew(tx: &mut Tx, id: StandardId) -> sqlx::Result<()> {
    tx.later(query(ANEW).bind(id)).await
}

const NOT_TOLD: &str = "
    SELECT DISTINCT standard.id AS standard_id, role.person_id
    FROM standard JOIN role ON role.team_id = standard.team_id AND role.role IN ('rep', 'team_leader')
    WHERE standard.state IN ('teaching', 'holding', 'check_due', 'drifting', 'improving')
      AND role.person_id <> standard.owner_id
      AND NOT EXISTS (SELECT 1 FROM standard_shown
                      WHERE standard_shown.standard_id = standard.id AND standard_shown.person_id = role.person_id)
    ORDER BY standard.id, role.person_id LIMIT 200";

/// Those who were not told yet of a standard of their team: of a new one, or because they are new.
pub fn not_told() -> Ask<Vec<(StandardId, PersonId)>> {
    query_as(NOT_TOLD).all()
}

const TO_SEE: &str = "
    SELECT standard.id, standard.name
    FROM standard JOIN role ON role.team_id = standard.team_id AND role.role IN ('rep', 'team_leader')
    LEFT JOIN standard_shown AS shown ON shown.standard_id = standard.id AND shown.person_id = role.person_id
    WHERE role.person_id = $1 AND standard.owner_id <> $1
      AND standard.state IN ('teaching', 'holding', 'check_due', 'drifting', 'improving')
      AND (shown.answer IS NULL OR shown.answer = 'told')
    ORDER BY standard.name, standard.id LIMIT 50";

/// The standards of a person's team that are still to be shown to them.
pub fn to_see(person: PersonId) -> Ask<Vec<(StandardId, String)>> {
    query_as(TO_SEE).bind(person).all()
}
