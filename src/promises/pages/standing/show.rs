//! The page of a standing promise, for everybody: what holds, who gave it, each case and its answer.

use crate::App;
use crate::balls::{self, Mark, Subject, Thrown, Told};
use crate::calendar::Calendar;
use crate::error::{Error, Result};
use crate::ideas::protection::{OwnIdea, own_open};
use crate::ids::PromiseId;
use crate::people::Person;
use crate::promises::Verb;
use crate::promises::pages::forms::OfferedForms;
use crate::promises::standing::{StandingPromise, store};
use crate::text::{self, first_name};
use crate::web::move_form::{MoveForms, ReturnedForm};
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
    pub first_name: String,
    /// "stands since 3 March, next review by 30 August".
    pub since: String,
    /// What happened, oldest first, each with the idea that was pointed at, for those who may see it.
    pub story: Vec<(Told, Option<(String, String)>)>,
    pub notices: Vec<String>,
    /// What was typed for a move that is no longer possible.
    pub kept: Vec<(String, String)>,
    pub forms: OfferedForms,
    /// The ideas a case can be about, with "none" in front.
    pub ideas: Vec<(String, String)>,
}

impl StandingPage {
    /// Whether one of the ideas is to be pointed from without one's name.
    pub fn has_unnamed(&self) -> bool {
        self.ideas.iter().any(|(_, label)| label.ends_with(UNNAMED))
    }
}

/// Since when it stands, and until when.
pub fn since(standing: &StandingPromise, calendar: &Calendar, now: DateTime<Utc>) -> String {
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
    returned: Option<&ReturnedForm>,
    mut notices: Vec<String>,
) -> Result<StandingPage> {
    let mut tx = app.read().await?;
    let (standing, thrown, pointed_at, own) = tx
        .ask((
            store::find(id),
            balls::store::history(Subject::Promise, id.0),
            store::pointed_at(id, member.id),
            own_open(member.id),
        ))
        .await?;
    let standing = standing.ok_or(Error::NotFound)?;
    let (calendar, now) = (standing.calendar(), tx.now());
    let told = balls::mark::tell_deeds(&thrown, &calendar, now, |throw| past_tense(throw, &standing, &calendar, now));
    let idea_of = |number| {
        let named = pointed_at.iter().find(|named| named.number == number)?;
        Some((Subject::Idea.address(named.idea_id.0), text::headline(&named.hurt).0))
    };
    let story = thrown.iter().zip(told).map(|(throw, told)| (told, idea_of(throw.number))).collect();
    let forms = MoveForms { world: &app.world, place: String::new(), version: standing.version, returned };
    let verbs = [Verb::PointAt, Verb::AnswerCase, Verb::Review, Verb::Revoke].into_iter();
    let forms = OfferedForms::of(verbs.filter(|verb| standing.allows(*verb, member.id)), &forms);
    let (messages, kept) = forms.left_over(returned);
    notices.extend(messages);
    Ok(StandingPage {
        page: frame.layout(text::headline(&standing.what).0, "promises"),
        address: format!("/standing-promises/{id}"),
        mark: standing.placed.mark(Subject::Promise, "ended", &calendar, now, member.id),
        promiser: standing.promiser.clone(),
        first_name: first_name(&standing.promiser).to_owned(),
        since: since(&standing, &calendar, now),
        story,
        notices,
        kept,
        forms,
        ideas: choices(own),
        what: standing.what,
    })
}

/// Behind an idea from which one points without one's name.
const UNNAMED: &str = " (as \u{201c}A colleague\u{201d})";

/// The ideas of the reader, for a case that is told there.
fn choices(own: Vec<OwnIdea>) -> Vec<(String, String)> {
    let mine = own.into_iter().map(|idea| {
        let face = if idea.kept { UNNAMED } else { "" };
        (idea.id.to_string(), format!("{}{face}", text::headline(&idea.hurt).0))
    });
    std::iter::once((String::new(), String::from("None"))).chain(mine).collect()
}

/// What was done, after the name of who did it.
pub fn past_tense(thrown: &Thrown, standing: &StandingPromise, calendar: &Calendar, now: DateTime<Utc>) -> String {
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
