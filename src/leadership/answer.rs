//! The idea that is opened on the start page, with all its words and the box in which it is answered.

use crate::balls::Told;
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::Result;
use crate::ideas::pages::show::answer_box;
use crate::ideas::situation::Situation;
use crate::ideas::viewer::Viewer;
use crate::ideas::{Anonymity, Idea, State, sentences};
use crate::ids::PersonId;
use crate::people::Person;
use crate::responses::answer_box::place_of;
use crate::web::move_form::MoveForms;
use crate::world::World;
use askama::Template;

/// A whole idea with the box in which it is answered.
pub struct Opened {
    pub anchor: String,
    pub thrown: String,
    pub parts: Vec<(&'static str, String)>,
    /// What was said to it since: the words of each throw but the first.
    pub said: Vec<Told>,
    /// The box; nothing when there is nothing to answer.
    pub answers: Option<String>,
}

impl Opened {
    /// The idea with its box, for the one who has its ball.
    pub async fn of(
        tx: &mut Tx,
        world: &World,
        (idea, mut situation): (&Idea, Situation),
        reader: &Person,
        calendar: &Calendar,
    ) -> Result<Self> {
        let forms = MoveForms { world, place: place_of(idea), version: idea.version, returned: None };
        situation.ask_above(tx, idea).await?;
        let viewer = Viewer::of(idea, &situation, reader);
        let answers = answer_box(idea, &viewer, &situation.people, &forms);
        let answers = answers.map(|answers| answers.coming_back_to("/").render()).transpose()?;
        let more = idea.text.more([
            "Why it is like that",
            "What could be better",
            "What would have to change",
            "How it could be tried",
            "What would be in it",
        ]);
        // The line of the row has its headline.
        let rest = Some(("", idea.rest())).filter(|(_, rest)| !rest.is_empty());
        Ok(Self {
            anchor: format!("idea-{}", idea.id),
            thrown: thrown(tx, idea, reader.id, calendar),
            parts: rest.into_iter().chain(more).collect(),
            said: said(tx, idea, &situation),
            answers,
        })
    }
}

/// Who threw it, and since when they wait; of what nobody signed only the week is known.
fn thrown(tx: &Tx, idea: &Idea, reader: PersonId, calendar: &Calendar) -> String {
    let by = if idea.author_id == reader { "You" } else { &idea.author };
    let since = (idea.anonymity != Anonymity::Nameless).then(|| calendar.since(idea.thrown_at, tx.now()).words);
    match since.as_deref() {
        Some("just now") => format!("{by} threw it just now."),
        Some(since) if idea.author_id == reader => format!("You threw it and have waited {since}."),
        Some(since) => format!("{by} threw it and has waited {since}."),
        None => format!("{by} threw it."),
    }
}

/// An idea that comes back, with an answer or because of one, cannot be understood without what was said.
fn said(tx: &Tx, idea: &Idea, situation: &Situation) -> Vec<Told> {
    if idea.state == State::New {
        return Vec::new();
    }
    let story = sentences::story(&situation.story, &idea.calendar(), tx.now());
    story.into_iter().skip(1).filter(|told| !told.quote.is_empty()).collect()
}
