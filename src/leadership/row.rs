//! The rows of a start page: what is open, who has it, until when; and an idea that opens in place to be answered.

use crate::balls::{Mark, Told, Waiting};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::Result;
use crate::ideas::pages::{answer_box, story};
use crate::ideas::parts::Play;
use crate::ideas::{self, Idea, State, Way};
use crate::ids::{PersonId, TeamId};
use crate::people::{Person, Team};
use crate::responses::answer_box::place_of;
use crate::text::{beginning, headline};
use crate::web::move_form::MoveForms;
use crate::world::World;
use askama::Template;
use chrono::{DateTime, Utc};

/// How much of a thing that is no idea stands in a line.
const TITLE: usize = 140;

/// One open thing in a list.
pub struct Row {
    /// Who has it and until when.
    pub mark: Mark,
    pub title: String,
    pub address: String,
    /// Its kind in a word, where the title alone does not say it.
    pub kind: &'static str,
    pub idea: Option<Opened>,
}

/// A whole idea with the box in which it is answered.
pub struct Opened {
    /// Who threw it, and when.
    pub thrown: String,
    pub parts: Vec<(&'static str, String)>,
    /// What was said to it since: the words of each throw but the first.
    pub said: Vec<Told>,
    /// The box; nothing when there is nothing to answer.
    pub answers: Option<String>,
}

/// What all rows of a page need.
pub struct Rows<'a> {
    pub reader: &'a Person,
    pub now: DateTime<Utc>,
    /// The teams, for their working time.
    pub teams: &'a [Team],
}

impl Rows<'_> {
    /// The row of an open thing.
    pub fn of(&self, waiting: &Waiting) -> Row {
        let usual = Calendar::usual(chrono_tz::UTC);
        let calendar = self.calendar(waiting.team_id).unwrap_or(&usual);
        let is_idea = waiting.subject == crate::balls::Subject::Idea;
        Row {
            mark: Mark::of(&waiting.ball(), calendar, self.now, self.reader.id),
            title: if is_idea { headline(&waiting.title).0 } else { beginning(&waiting.title, TITLE) },
            address: waiting.address(),
            kind: if is_idea { "" } else { waiting.subject.word() },
            idea: None,
        }
    }

    fn calendar(&self, team: TeamId) -> Option<&Calendar> {
        self.teams.iter().find(|known| known.id == team).map(|team| &team.calendar)
    }

    /// Let the rows of ideas open in place.
    pub async fn open(&self, tx: &mut Tx, world: &World, waiting: &[Waiting], rows: &mut [Row]) -> Result<()> {
        let held = ideas::store::held(tx, self.reader.id).await?;
        for (waiting, row) in waiting.iter().zip(rows) {
            let idea = held.iter().find(|idea| idea.id.0 == waiting.subject_id);
            if let Some(idea) = idea {
                row.idea = Some(self.opened(tx, world, idea).await?);
            }
        }
        Ok(())
    }

    async fn opened(&self, tx: &mut Tx, world: &World, idea: &Idea) -> Result<Opened> {
        let forms = MoveForms { world, place: place_of(idea), version: idea.version, returned: None };
        let play = Play::of(tx, idea, self.reader).await?;
        let answers = answer_box(tx, idea, &play, self.reader, &forms).await?;
        let answers = answers.map(|answers| answers.coming_back_to("/").render()).transpose()?;
        let week = idea.way == Way::Nameless;
        let since = self
            .calendar(idea.team_id)
            .filter(|_| !week)
            .map(|calendar| calendar.since(idea.thrown_at, self.now).words);
        let thrown = match since.as_deref() {
            Some("just now") => format!("{} threw it just now.", by(idea, self.reader.id)),
            Some(since) if idea.author_id == self.reader.id => format!("You threw it and have waited {since}."),
            Some(since) => format!("{} threw it and has waited {since}.", idea.author),
            None => format!("{} threw it.", by(idea, self.reader.id)),
        };
        let parts = [
            ("Why it is like that", &idea.why),
            ("What could be better", &idea.better),
            ("What would have to change", &idea.needed_change),
            ("How it could be tried", &idea.small_try),
            ("What would be in it", &idea.benefit),
        ];
        let parts = parts.into_iter().filter(|(_, words)| !words.is_empty());
        // The line of the row has its headline.
        let rest = Some(("", idea.rest())).filter(|(_, rest)| !rest.is_empty());
        let parts = rest.into_iter().chain(parts.map(|(label, words)| (label, words.clone())));
        Ok(Opened { thrown, parts: parts.collect(), said: self.said(tx, idea).await?, answers })
    }

    /// An idea that comes back, with an answer or because of one, cannot be understood without what was said.
    async fn said(&self, tx: &mut Tx, idea: &Idea) -> Result<Vec<Told>> {
        let Some(calendar) = self.calendar(idea.team_id).filter(|_| idea.state != State::New) else {
            return Ok(Vec::new());
        };
        let story = story(tx, idea, calendar).await?;
        Ok(story.into_iter().skip(1).filter(|told| !told.quote.is_empty()).collect())
    }
}

fn by(idea: &Idea, reader: PersonId) -> &str {
    if idea.author_id == reader { "You" } else { &idea.author }
}
