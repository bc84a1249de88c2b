//! What is known about points: notes, events, the voice of a customer, answers to signals, and values that are left out.

use super::signals::Thrown;
use crate::db::{Ask, Tx, query, query_as};
use crate::ids::{ExclusionId, MeasureId, NoteId, PersonId, SignalId};
use crate::measures::alarms::{Alarm, Answer};
use crate::spc::{Rule, Side};
use chrono::NaiveDate;
use uuid::Uuid;

crate::choices! {
    /// What a note is about.
    Kind {
        Note "note" "A note": "What you know about this value.";
        Event "event" "Something happened": "Such as a new product or a trade fair.";
        Customer "customer" "A customer said": "In their words, without their name.";
    }
}

impl Kind {
    /// The kind in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Event => "Event",
            Self::Customer => "A customer",
        }
    }
}

/// A note on a point.
#[derive(Clone, Debug)]
pub struct Note {
    pub id: NoteId,
    pub period: NaiveDate,
    pub kind: Kind,
    pub words: String,
    pub by_id: PersonId,
    pub by_name: String,
}

/// What is known at one point: a note, which has a kind, or a signal, which has a rule.
#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    period: NaiveDate,
    words: String,
    by_id: Option<PersonId>,
    by_name: Option<String>,
    kind: Option<Kind>,
    since: Option<NaiveDate>,
    rule: Option<Rule>,
    side: Option<Side>,
    sustained: Option<bool>,
    answer: Option<Answer>,
}

const KNOWN: &str = "
    SELECT measure_note.id, measure_note.period, measure_note.words, measure_note.by_id, person.name AS by_name,
           measure_note.kind, CAST(NULL AS DATE) AS since, CAST(NULL AS TEXT) AS rule, CAST(NULL AS TEXT) AS side,
           CAST(NULL AS BOOLEAN) AS sustained, CAST(NULL AS TEXT) AS answer, measure_note.at
    FROM measure_note JOIN person ON person.id = measure_note.by_id
    WHERE measure_note.measure_id = $1 AND measure_note.removed_at IS NULL
    UNION ALL
    SELECT measure_signal.id, measure_signal.period, measure_signal.words, measure_signal.answered_by, person.name,
           CAST(NULL AS TEXT), measure_signal.since, measure_signal.rule, measure_signal.side,
           measure_signal.sustained, measure_signal.answer, measure_signal.thrown_at
    FROM measure_signal LEFT JOIN person ON person.id = measure_signal.answered_by
    WHERE measure_signal.measure_id = $1
    ORDER BY 2, 12, 1";

/// The notes of a measure and the signals that were thrown to its keeper, each by period.
pub fn known(measure: MeasureId) -> Ask<(Vec<Note>, Vec<Thrown>)> {
    let note = |row: &Row| {
        let (kind, by_id, by_name) = (row.kind?, row.by_id?, row.by_name.clone()?);
        Some(Note { id: NoteId(row.id), period: row.period, kind, words: row.words.clone(), by_id, by_name })
    };
    let signal = |row: &Row| {
        let (since, rule, side, sustained) = (row.since?, row.rule?, row.side?, row.sustained?);
        let alarm = Alarm { period: row.period, since, rule, side, sustained };
        let (id, answer, words) = (SignalId(row.id), row.answer, row.words.clone());
        Some(Thrown { id, alarm, answer, words, answered_by: row.by_name.clone() })
    };
    let rows = query_as::<Row>(KNOWN).bind(measure).all();
    rows.map(move |rows| (rows.iter().filter_map(note).collect(), rows.iter().filter_map(signal).collect()))
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

/// Count a value again.
pub async fn include(tx: &mut Tx, measure: MeasureId, period: NaiveDate, by: PersonId) -> sqlx::Result<()> {
    let now = tx.now();
    tx.later(query(INCLUDE).bind(measure).bind(period).bind(by).bind(now)).await
}
