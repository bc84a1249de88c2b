//! The long chart of a standard: before, experiment, shift, hold, drift and repair on one picture, for as long as it lives,
//! and the same in words beside it.

use crate::balls::Thrown;
use crate::calendar::Calendar;
use crate::ids::MeasureId;
use crate::measures::series::Series;
use crate::spc::chart::{Drawing, Note, NoteKind, Start, numbers};
use crate::standards::watch::Watch;
use crate::standards::{Standard, Verb};
use chrono::{DateTime, NaiveDate, Utc};

/// How many values stand in the table under the chart; its measure has them all.
const ROWS: usize = 60;

/// The chart with its life in words.
pub struct LongChart {
    pub measure: MeasureId,
    pub name: String,
    pub finding: String,
    /// For narrow and for broad screens; nothing while there is no value.
    pub drawings: Option<[Drawing; 2]>,
    /// The newest values, the newest first.
    pub rows: Vec<numbers::Row>,
    /// What happened when, the oldest first.
    pub life: Vec<(String, String)>,
    /// What the watch sees now.
    pub watch: String,
}

/// The chart of what its measure did before, during and after. `tried` is the first day of the experiment it comes from,
/// with its name.
pub fn chart(
    series: &Series,
    standard: &Standard,
    thrown: &[Thrown],
    tried: Option<(NaiveDate, &str)>,
    now: DateTime<Utc>,
) -> LongChart {
    let calendar = standard.calendar();
    let starts: Vec<Start> = tried.and_then(|(day, _)| series.start(day, "experiment")).into_iter().collect();
    let events = events(thrown, &calendar);
    let note = |(day, words): &(NaiveDate, String)| series.note(*day, NoteKind::Event, words.clone());
    let mut notes: Vec<Note> = events.iter().filter_map(note).collect();
    notes.sort_by_key(|note| note.at);
    let before = tried.map(|(day, name)| (day, format!("The experiment began: {name}")));
    let limits = series.beginnings.phases.iter().map(|phase| (phase.starts, format!("New limits: {}", phase.reason)));
    let mut life: Vec<(NaiveDate, String)> = before.into_iter().chain(limits).chain(events).collect();
    life.sort_by_key(|(day, _)| *day);
    LongChart {
        measure: series.measure.id,
        name: series.measure.name.clone(),
        finding: series.finding(),
        drawings: (!series.points.is_empty()).then(|| series.whole("standard-chart", &starts, &notes)),
        rows: series.rows().into_iter().rev().take(ROWS).collect(),
        life: life.into_iter().map(|(day, words)| (calendar.day_words(day, now), words)).collect(),
        watch: match standard.watched(series) {
            Watch::Blind(words) | Watch::Quiet(words) => words,
            Watch::Slipped(slip) => slip.words,
        },
    }
}

/// What happened to the standard itself, by days.
fn events(thrown: &[Thrown], calendar: &Calendar) -> Vec<(NaiveDate, String)> {
    let words = |throw: &Thrown| {
        let said = throw.words.lines().next().unwrap_or_default();
        let with = |what: &str| if said.is_empty() { what.to_owned() } else { format!("{what}: {said}") };
        Some(match Verb::named(&throw.verb)? {
            Verb::Hold => "It came into use".to_owned(),
            Verb::Drift | Verb::Report => with("It drifted"),
            Verb::BringBack => with("Brought back"),
            Verb::KnownCause => with("Known cause"),
            Verb::Amend | Verb::Revise => with("Changed"),
            Verb::Improve => "A better way is tried".to_owned(),
            Verb::Agree => "Retired".to_owned(),
            _ => return None,
        })
    };
    thrown.iter().filter_map(|throw| Some((calendar.date_of(throw.at), words(throw)?))).collect()
}
