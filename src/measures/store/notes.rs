//! What people know about points: notes, events, the voice of a customer, and values that are left out.

use crate::db::{Ask, Tx, query, query_as};
use crate::ids::{ExclusionId, MeasureId, NoteId, PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use std::str::FromStr;

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type, serde::Deserialize)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What somebody knows about the value.
    Note,
    /// Something that happened.
    Event,
    /// What a customer said.
    Customer,
}

impl Kind {
    /// All kinds with the words of a form and a line of help.
    pub const CHOICES: [(&'static str, Self, &'static str, &'static str); 3] = [
        ("note", Self::Note, "A note", "What you know about this value."),
        ("event", Self::Event, "Something happened", "Such as a new product or a trade fair."),
        ("customer", Self::Customer, "A customer said", "In their words, without their name."),
    ];

    /// The kind in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Event => "Event",
            Self::Customer => "A customer",
        }
    }
}

impl FromStr for Kind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::CHOICES.into_iter().find(|(name, ..)| *name == text).map(|(_, kind, ..)| kind).ok_or(())
    }
}

/// A note on a point.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Note {
    pub id: NoteId,
    pub period: NaiveDate,
    pub kind: Kind,
    pub words: String,
    pub by_id: PersonId,
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

const NOTES: &str = "
    SELECT measure_note.id, measure_note.period, measure_note.kind, measure_note.words, measure_note.by_id,
           person.name AS by_name, measure_note.at
    FROM measure_note JOIN person ON person.id = measure_note.by_id
    WHERE measure_note.measure_id = $1 AND measure_note.removed_at IS NULL
    ORDER BY measure_note.period, measure_note.at, measure_note.id";

/// The notes of a measure, by period.
pub fn all(measure: MeasureId) -> Ask<Vec<Note>> {
    query_as(NOTES).bind(measure).all()
}

const ADD: &str = "
    INSERT INTO measure_note (id, measure_id, period, kind, words, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// Write a note. Its identifier is the key of the form, so that a double click writes one; other words sent with the
/// same key, as after the back button, are another note.
pub async fn add(
    tx: &mut Tx,
    id: NoteId,
    measure: MeasureId,
    (period, kind): (NaiveDate, Kind),
    words: &str,
    by: PersonId,
) -> sqlx::Result<()> {
    const IS_THERE: &str = "SELECT words FROM measure_note WHERE id = $1";
    let known: Option<(String,)> = tx.query_as(IS_THERE).bind(id).optional().await?;
    let id = match known {
        Some((known,)) if known == words => return Ok(()),
        Some(_) => tx.new_id::<NoteId>(),
        None => id,
    };
    let now = tx.now();
    let query = query(ADD).bind(id).bind(measure).bind(period).bind(kind).bind(words.to_owned());
    tx.later(query.bind(by).bind(now)).await
}

const REMOVE: &str = "
    UPDATE measure_note SET removed_by = $3, removed_at = $4
    WHERE id = $1 AND measure_id = $2 AND by_id = $3 AND removed_at IS NULL";

/// Take one's own note back; whether there was one.
pub async fn remove(tx: &mut Tx, id: NoteId, measure: MeasureId, by: PersonId) -> sqlx::Result<bool> {
    let now = tx.now();
    Ok(tx.query(REMOVE).bind(id).bind(measure).bind(by).bind(now).execute().await? == 1)
}

/// A value that is left out of averages and runs.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Exclusion {
    pub period: NaiveDate,
    pub reason: String,
    pub by_name: String,
}

const EXCLUSIONS: &str = "
    SELECT measure_exclusion.period, measure_exclusion.reason, person.name AS by_name
    FROM measure_exclusion JOIN person ON person.id = measure_exclusion.by_id
    WHERE measure_exclusion.measure_id = $1 AND measure_exclusion.ended_at IS NULL
    ORDER BY measure_exclusion.period";

/// The values of a measure that are left out, by period.
pub fn exclusions(measure: MeasureId) -> Ask<Vec<Exclusion>> {
    query_as(EXCLUSIONS).bind(measure).all()
}

const EXCLUDE: &str = "
    INSERT INTO measure_exclusion (id, measure_id, period, reason, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)";

/// Leave a value out.
pub async fn exclude(
    tx: &mut Tx,
    measure: MeasureId,
    period: NaiveDate,
    reason: &str,
    by: PersonId,
) -> sqlx::Result<()> {
    let (id, now) = (tx.new_id::<ExclusionId>(), tx.now());
    let query = query(EXCLUDE).bind(id).bind(measure).bind(period).bind(reason.to_owned());
    tx.later(query.bind(by).bind(now)).await
}

const INCLUDE: &str = "
    UPDATE measure_exclusion SET ended_by = $3, ended_at = $4
    WHERE measure_id = $1 AND period = $2 AND ended_at IS NULL";

/// Count a value again; whether it was left out.
pub async fn include(tx: &mut Tx, measure: MeasureId, period: NaiveDate, by: PersonId) -> sqlx::Result<bool> {
    let now = tx.now();
    Ok(tx.query(INCLUDE).bind(measure).bind(period).bind(by).bind(now).execute().await? == 1)
}
