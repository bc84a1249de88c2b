//! What was written down at points: as rows under the chart, and as flags on it.

use crate::calendar::Calendar;
use crate::ids::PersonId;
use crate::measures::Series;
use crate::measures::store::attempts::Attempt;
use crate::measures::store::notes::{Kind, Note};
use crate::measures::store::signals::Thrown;
use crate::measures::store::{Entry, counting};
use crate::spc::chart::{Note as Annotation, NoteKind};
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

/// Notes, newest period first.
pub fn notes(series: &Series, notes: &[&Note], reader: PersonId) -> Vec<NoteRow> {
    let row = |note: &&Note| NoteRow {
        period: series.words.date(note.period),
        kind: note.kind.word().to_owned(),
        words: note.words.clone(),
        by: note.by_name.clone(),
        id: (note.by_id == reader).then(|| note.id.to_string()),
        at: note.period,
    };
    let mut rows: Vec<NoteRow> = notes.iter().map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.at));
    rows
}

/// The values that are left out, newest first; the kind carries the period for the form that counts it again.
pub fn excluded(series: &Series, entries: &[Entry]) -> Vec<NoteRow> {
    let row = |entry: &Entry| {
        Some(NoteRow {
            period: series.words.date(entry.period),
            kind: entry.period.to_string(),
            words: entry.left_out.clone()?,
            by: entry.left_out_by.clone()?,
            id: None,
            at: entry.period,
        })
    };
    counting(entries).rev().filter_map(row).collect()
}

/// Notes and what was known about signals, newest period first.
pub fn notes_and_signals(series: &Series, all: &[&Note], signals: &[Thrown], reader: PersonId) -> Vec<NoteRow> {
    let row = |thrown: &Thrown| {
        let answer = thrown.answer?;
        Some(NoteRow {
            period: series.words.date(thrown.alarm.period),
            kind: format!("Signal, {}", signal_words(thrown.alarm.rule, thrown.alarm.side, series.study.applied)),
            words: format!("{}: {}", answer.words(), thrown.words),
            by: thrown.answered_by.clone().unwrap_or_default(),
            id: None,
            at: thrown.alarm.period,
        })
    };
    let mut rows = notes(series, all, reader);
    rows.extend(signals.iter().filter_map(row));
    rows.sort_by_key(|row| std::cmp::Reverse(row.at));
    rows
}

/// All that was written down at points, for the chart, the table and the file.
pub fn flags(series: &Series, all: &[Note], signals: &[Thrown], entries: &[Entry]) -> Vec<Annotation> {
    let kind = |kind: Kind| match kind {
        Kind::Note => NoteKind::Note,
        Kind::Event => NoteKind::Event,
        Kind::Customer => NoteKind::Customer,
    };
    let notes = all.iter().filter_map(|note| series.note(note.period, kind(note.kind), note.words.as_str()));
    let known = signals.iter().filter_map(|thrown| {
        let words = format!("{}: {}", thrown.answer?.words(), thrown.words);
        series.note(thrown.alarm.period, NoteKind::Note, words)
    });
    let left_out =
        counting(entries).filter_map(|entry| series.note(entry.period, NoteKind::LeftOut, entry.left_out.as_deref()?));
    notes.chain(known).chain(left_out).collect()
}

/// The ideas that point to a measure, at the period in which they were thrown.
pub fn ideas(series: &Series, attempts: &[Attempt], calendar: &Calendar) -> Vec<Annotation> {
    let idea = |attempt: &Attempt| {
        let words = format!("Idea: {}", attempt.title);
        series.note(calendar.date_of(attempt.thrown_at?), NoteKind::Event, words)
    };
    attempts.iter().filter_map(idea).collect()
}
