//! The page of a standing promise, for everybody: what holds, who gave it, each case and its answer.

use super::{Standing, Verb, store};
use crate::App;
use crate::balls::{self, Mark, Subject, Thrown, Told};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas;
use crate::ids::{PersonId, PromiseId};
use crate::people::{self, Person};
use crate::promises::pages::{idea_of, kept};
use crate::promises::store::terms;
use crate::text::first_name;
use crate::web::move_form::{MoveForm, MoveForms, ReturnedForm};
use crate::web::{Frame, Layout};
use askama::Template;
use chrono::{DateTime, Utc};

/// The page of a standing promise.
#[derive(Template)]
#[template(path = "promises/standing/show.html")]
pub struct StandingPage {
    pub page: Layout,
    pub address: String,
    pub what: String,
    pub mark: Mark,
    pub promiser: String,
    /// Their first name.
    pub first_name: String,
    /// "stands since 3 March, next review by 30 August".
    pub since: String,
    /// What happened, oldest first, each with the idea that was pointed at, for those who may see it.
    pub story: Vec<(Told, Option<(String, String)>)>,
    pub notices: Vec<String>,
    /// What was typed for a move that is no longer possible.
    pub kept: Vec<(String, String)>,
    pub forms: Vec<(Verb, MoveForm)>,
    /// The ideas a case can be about, with "none" in front.
    pub ideas: Vec<(String, String)>,
    /// Whether notice was given.
    pub ends: bool,
}

impl StandingPage {
    /// Whether one of the ideas is to be pointed from without one's name.
    pub fn has_unnamed(&self) -> bool {
        self.ideas.iter().any(|(_, label)| label.ends_with(UNNAMED))
    }

    /// The form of this move, if the reader can make it.
    pub fn move_form(&self, name: &str) -> Option<&MoveForm> {
        self.forms.iter().find(|(verb, _)| verb.name() == name).map(|(_, form)| form)
    }
}

/// The mark of a standing promise, as the reader sees it.
pub fn mark(standing: &Standing, calendar: &Calendar, now: DateTime<Utc>, reader: PersonId) -> Mark {
    match standing.ball() {
        Some(ball) => Mark::of(&ball, calendar, now, reader),
        None => Mark::closed("ended"),
    }
}

/// Since when it stands, and until when.
pub fn since(standing: &Standing, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let since = calendar.day_words(calendar.date_of(standing.created_at), now);
    match standing.ends_on {
        Some(day) if standing.state.is_open() => {
            format!("stands since {since}, ends on {}", calendar.day_words(day, now))
        }
        Some(day) => format!("stood from {since} until {}", calendar.day_words(day, now)),
        None => format!("stands since {since}, next review by {}", calendar.day_words(standing.review_on, now)),
    }
}

/// The page as it is now, with the form that came back, if one did.
pub async fn draw(
    app: &App,
    member: &Person,
    frame: &Frame,
    id: PromiseId,
    back: Option<&ReturnedForm>,
    mut notices: Vec<String>,
) -> Result<StandingPage> {
    let mut tx = app.read().await?;
    let standing = store::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let team = people::store::team(&mut tx, standing.team_id).await?.ok_or(Error::NotFound)?;
    let (now, calendar) = (tx.now(), &team.calendar);
    let story = story(&mut tx, &standing, calendar, member.id).await?;
    let forms = MoveForms { world: &app.world, place: String::new(), version: standing.version, returned: back };
    let verbs = [Verb::PointAt, Verb::AnswerCase, Verb::Review, Verb::Revoke];
    let possible = verbs.into_iter().filter(|verb| standing.allows(*verb, member.id));
    let forms: Vec<_> = possible.map(|verb| (verb, forms.form(verb.name()))).collect();
    let lost = back.filter(|_| forms.iter().all(|(_, form)| !form.open));
    notices.extend(lost.iter().flat_map(|back| back.form.errors()).map(|(_, message)| message.clone()));
    Ok(StandingPage {
        page: frame.layout(crate::text::headline(&standing.what).0, "promises"),
        address: format!("/standing-promises/{id}"),
        mark: mark(&standing, calendar, now, member.id),
        promiser: standing.promiser.clone(),
        first_name: first_name(&standing.promiser).to_owned(),
        since: since(&standing, calendar, now),
        story,
        notices,
        kept: lost.map(kept).unwrap_or_default(),
        forms,
        ideas: own_ideas(&mut tx, member).await?,
        ends: standing.ends_on.is_some(),
        what: standing.what,
    })
}

/// Behind an idea from which one points without one's name.
const UNNAMED: &str = " (as \u{201c}A colleague\u{201d})";

/// The newest ideas of the reader, for a case that is told there.
async fn own_ideas(tx: &mut Tx, member: &Person) -> Result<Vec<(String, String)>> {
    let mine = ideas::store::listing::own_open(tx, member.id).await?.into_iter();
    let kept = ideas::protection::kept_ideas(tx, member.id).await?;
    let mine = mine.map(|idea| {
        let way = if kept.contains(&idea.id.0) { UNNAMED } else { "" };
        (idea.id.to_string(), format!("{}{way}", crate::text::headline(&idea.hurt).0))
    });
    Ok(std::iter::once((String::new(), String::from("None"))).chain(mine).collect())
}

type Line = (Told, Option<(String, String)>);

async fn story(tx: &mut Tx, standing: &Standing, calendar: &Calendar, reader: PersonId) -> Result<Vec<Line>> {
    let now = tx.now();
    let thrown = balls::store::story(tx, Subject::Promise, standing.id.0).await?;
    let named = terms(tx, standing.id).await?;
    let told = balls::mark::tell_deeds(&thrown, calendar, now, |throw| deed(throw, standing, calendar, now));
    let mut lines = Vec::new();
    for (throw, told) in thrown.iter().zip(told) {
        let idea = match idea_of(&named, throw.number) {
            Some(idea) => ideas::store::seen(tx, idea, reader).await?,
            None => None,
        };
        lines.push((told, idea.map(|idea| (Subject::Idea.address(idea.id.0), idea.headline()))));
    }
    Ok(lines)
}

/// What was done, after the name of who did it.
pub fn deed(thrown: &Thrown, standing: &Standing, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let last_day = || standing.ends_on.map_or_else(String::new, |day| calendar.day_words(day, now));
    match thrown.verb.as_str() {
        "stand" => String::from("promised it to everybody"),
        "point_at" => String::from("pointed at a case"),
        "answer_case" => String::from("answered"),
        "review" => String::from("said that it still stands"),
        "revoke" => format!("gave notice; it stands until {}, because", last_day()),
        "end" => String::from("ended it on its day"),
        other => other.replace('_', " "),
    }
}
