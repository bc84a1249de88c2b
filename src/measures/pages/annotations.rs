//! What was written down at points: as rows under the chart, and as flags on it.

use crate::calendar::Calendar;
use crate::ids::PersonId;
use crate::measures::Series;
use crate::measures::alarms::Answer;
use crate::measures::store::attempts::Attempt;
use crate::measures::store::notes::{Kind, Note};
use crate::measures::store::signals::Thrown;
use crate::measures::store::{Entry, counting};
use crate::spc::chart::{Note as Annotation, NoteKind, Start};
use crate::spc::sentences::signal_words;
use chrono::NaiveDate;

/// Something known about a point.
pub struct NoteRow {
    pub period: String,
    pub kind: String,
    pub words: String,
    pub by: String,
    /// Its identifier, for the one who wrote it.
    pub id: Option<String>,
    at: NaiveDate,
}

impl NoteRow {
    fn at(series: &Series, at: NaiveDate, kind: String, words: String, by: &str) -> Self {
        Self { period: series.words.date(at), kind, words, by: by.to_owned(), id: None, at }
    }
}

/// Notes, newest period first.
pub fn notes(series: &Series, notes: &[&Note], reader: PersonId) -> Vec<NoteRow> {
    let row = |note: &&Note| {
        let id = (note.by_id == reader).then(|| note.id.to_string());
        let kind = note.kind.word().to_owned();
        NoteRow { id, ..NoteRow::at(series, note.period, kind, note.words.clone(), &note.by_name) }
    };
    newest_first(notes.iter().map(row).collect())
}

fn newest_first(mut rows: Vec<NoteRow>) -> Vec<NoteRow> {
    rows.sort_by_key(|row| std::cmp::Reverse(row.at));
    rows
}

/// The values that are left out, newest first; the kind carries the period for the form that counts it again.
pub fn excluded(series: &Series, entries: &[Entry]) -> Vec<NoteRow> {
    let row = |entry: &Entry| {
        let (reason, by) = (entry.left_out.clone()?, entry.left_out_by.as_deref()?);
        Some(NoteRow::at(series, entry.period, entry.period.to_string(), reason, by))
    };
    counting(entries).rev().filter_map(row).collect()
}

/// What was known about a signal, once somebody has said it; nothing of one that a correction took away.
fn said(thrown: &Thrown) -> Option<String> {
    let answer = thrown.answer.filter(|answer| *answer != Answer::Gone)?;
    Some(format!("{}: {}", answer.words(), thrown.words))
}

/// Notes and what was known about signals, newest period first.
pub fn notes_and_signals(series: &Series, all: &[&Note], signals: &[Thrown], reader: PersonId) -> Vec<NoteRow> {
    let row = |thrown: &Thrown| {
        let kind = format!("Signal, {}", signal_words(thrown.alarm.rule, thrown.alarm.side, series.study.applied));
        let by = thrown.answered_by.as_deref().unwrap_or_default();
        Some(NoteRow::at(series, thrown.alarm.period, kind, said(thrown)?, by))
    };
    newest_first(notes(series, all, reader).into_iter().chain(signals.iter().filter_map(row)).collect())
}

/// All that was written down at points, for the chart, the table and the file.
pub fn flags(series: &Series, all: &[Note], signals: &[Thrown], entries: &[Entry]) -> Vec<Annotation> {
    let kind = |kind: Kind| match kind {
        Kind::Note => NoteKind::Note,
        Kind::Event => NoteKind::Event,
        Kind::Customer => NoteKind::Customer,
    };
    let notes = all.iter().filter_map(|note| series.note(note.period, kind(note.kind), note.words.as_str()));
    let known = signals.iter().filter_map(|thrown| series.note(thrown.alarm.period, NoteKind::Note, said(thrown)?));
    let left_out =
        counting(entries).filter_map(|entry| series.note(entry.period, NoteKind::LeftOut, entry.left_out.as_deref()?));
    notes.chain(known).chain(left_out).collect()
}

/// Lines at the periods in which the experiments on a measure began.
pub fn experiments(series: &Series, attempts: &[Attempt]) -> Vec<Start> {
    let start = |attempt: &Attempt| series.start(attempt.began_on()?, attempt.title.as_str());
    attempts.iter().filter_map(start).collect()
}

/// The ideas that point to a measure, at the period in which they were thrown.
pub fn ideas(series: &Series, attempts: &[Attempt], calendar: &Calendar) -> Vec<Annotation> {
    let idea = |attempt: &Attempt| {
        let words = format!("Idea: {}", attempt.title);
        series.note(calendar.date_of(attempt.thrown_at?), NoteKind::Event, words)
    };
    attempts.iter().filter_map(idea).collect()
}
