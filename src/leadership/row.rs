//! The rows of a start page: what is open, who has it, until when.

use super::answer::Opened;
use crate::balls::lists::{List, Listed};
use crate::balls::{Mark, Subject, Waiting};
use crate::calendar::Calendar;
use crate::ideas::Anonymity;
use crate::ids::PersonId;
use crate::text::{beginning, headline};
use chrono::{DateTime, Utc};

/// How much of a thing that is no idea stands in a line.
const TITLE: usize = 140;

/// One open thing in a list.
pub struct Row {
    pub mark: Mark,
    pub title: String,
    pub address: String,
    /// Its kind in a word, where the title alone does not say it.
    pub kind: &'static str,
    /// From whom, of which team, and since when they wait: "Priya Nair · Field North · for 2 days". Empty where the reader
    /// waits themselves.
    pub about: String,
    /// Where an idea opens in its row, to be answered; none for what is no idea.
    pub opens: Option<String>,
    /// The whole idea, where it is open.
    pub idea: Option<Opened>,
}

impl Row {
    /// The row of an open thing, as this person sees it.
    pub fn of(waiting: &Waiting, calendar: &Calendar, now: DateTime<Utc>, viewer: PersonId) -> Self {
        let is_idea = waiting.subject == Subject::Idea;
        let id = waiting.subject_id;
        Self {
            mark: Mark::of(waiting.subject, &waiting.ball(), calendar, now, viewer),
            title: if is_idea { headline(&waiting.title).0 } else { beginning(&waiting.title, TITLE) },
            address: waiting.address(),
            kind: if is_idea { "" } else { waiting.subject.word() },
            about: String::new(),
            opens: is_idea.then(|| format!("/?idea={id}#idea-{id}")),
            idea: None,
        }
    }
}

/// The rows of one list that are shown, and where the others are.
pub struct Rows {
    pub rows: Vec<Row>,
    /// The page of the list with the rest; none when all of them are shown.
    pub more: Option<String>,
}

impl Rows {
    /// The rows of a list; one more than `most` stands for all others, which begin on `page`.
    pub fn of(
        (list, listed): (List, &[Listed]),
        (most, page): (usize, u16),
        (now, viewer): (DateTime<Utc>, PersonId),
    ) -> Self {
        let of_list: Vec<&Listed> = listed.iter().filter(|listed| listed.list == list).collect();
        let row = |one: &&Listed| {
            let calendar = one.time.calendar();
            let about = if list == List::Awaited { about(one, &calendar, now) } else { String::new() };
            Row { about, ..Row::of(&one.waiting, &calendar, now, viewer) }
        };
        let more = (of_list.len() > most).then(|| format!("/?list={}&page={page}", name(list)));
        Self { rows: of_list.iter().take(most).map(row).collect(), more }
    }

    /// The rows that wait for a move, and those that rest until a day.
    pub fn parted(&self) -> (Vec<&Row>, Vec<&Row>) {
        self.rows.iter().partition(|row| row.mark.kind != "resting")
    }

    /// Whether there is nothing in the list.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// From whom, of which team, since when; of an idea that nobody signed no more than that somebody threw it.
fn about(listed: &Listed, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let signed = listed.anonymity.as_deref() != Some(Anonymity::Nameless.name());
    let age = listed.thrown_at.filter(|_| signed).map(|thrown_at| calendar.since(thrown_at, now).words);
    let parts = [listed.from.clone(), Some(listed.team.clone()), age];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
}

fn name(list: List) -> &'static str {
    match list {
        List::Awaited => "awaited",
        List::WithMe => "with_me",
        List::WaitsFor => "waits_for",
    }
}
