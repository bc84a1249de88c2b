//! `GET /promises/{id}`: what was promised, to whom, by when, every day it was promised for, and the moves of the reader.

use super::store::{self, Term};
use super::telling::{Telling, headline, mark, proposed, remembered};
use super::{Cause, Promise, State, Verb, moving, standing};
use crate::App;
use crate::balls::{self, Mark, Subject, Told};
use crate::error::{Error, Result};
use crate::ideas::{self, protection};
use crate::ids::PromiseId;
use crate::people::{self, Person};
use crate::text::first_name;
use crate::web::form::{KEY, VERSION};
use crate::web::move_form::{MoveForm, MoveForms, ReturnedForm};
use crate::web::{Frame, Layout, Member, Path, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;

/// The page of a promise.
#[derive(Template)]
#[template(path = "promises/show.html")]
pub struct PromisePage {
    pub page: Layout,
    pub address: String,
    pub headline: String,
    pub mark: Mark,
    /// The first name of who gave it, or is asked to.
    pub promiser: String,
    pub receiver: String,
    /// By when.
    pub due: String,
    /// Whether it was promised ever.
    pub is_promised: bool,
    /// How one will know that it has come; empty for none.
    pub how: String,
    /// What is offered instead, or the other day that is asked for; empty for none.
    pub proposed: String,
    /// What is remembered about its days.
    pub remembered: Vec<String>,
    /// The address of the idea it is for; empty for none, and where the reader may not see it.
    pub idea: String,
    pub hurt: String,
    /// Whether that idea follows it.
    pub followed: bool,
    /// Whether its day was missed and nothing was said yet.
    pub is_missed: bool,
    /// What happened, oldest first.
    pub story: Vec<Told>,
    pub notices: Vec<String>,
    /// What was typed for a move that is no longer possible.
    pub kept: Vec<(String, String)>,
    pub forms: Vec<(Verb, MoveForm)>,
    /// What the promise's being kept means for the idea.
    pub nexts: Vec<(&'static str, &'static str, &'static str)>,
    pub causes: Vec<(String, String)>,
}

impl PromisePage {
    /// The form of this move, if the reader can make it.
    pub fn move_form(&self, name: &str) -> Option<&MoveForm> {
        self.forms.iter().find(|(verb, _)| verb.name() == name).map(|(_, form)| form)
    }

    /// Whether the reader can do something.
    pub fn is_any(&self) -> bool {
        !self.forms.is_empty()
    }
}

/// `GET /promises/{id}`, with a day or standing.
pub async fn show(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<PromiseId>,
) -> Result<Response> {
    let stands = standing::store::find(&mut app.read().await?, id).await?.is_some();
    if stands {
        return html(&standing::pages::draw(&app, &member, &frame, id, None, Vec::new()).await?);
    }
    html(&draw(&app, &member, &frame, id, None, Vec::new()).await?)
}

/// The page as it is now, with the form that came back, if one did.
pub async fn draw(
    app: &App,
    member: &Person,
    frame: &Frame,
    id: PromiseId,
    back: Option<&ReturnedForm>,
    notices: Vec<String>,
) -> Result<PromisePage> {
    let mut tx = app.read().await?;
    let promise = store::seen(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    // Whoever was asked for a promise may not see the idea that it is for.
    let leads_to = match promise.idea_id {
        Some(idea) => ideas::store::seen(&mut tx, idea, member.id).await?,
        None => None,
    };
    let member = &Person { id: protection::side(&mut tx, &promise, member.id).await?, ..member.clone() };
    let team = people::store::team(&mut tx, promise.team_id).await?.ok_or(Error::NotFound)?;
    let thrown = balls::store::story(&mut tx, Subject::Promise, id.0).await?;
    let terms = store::terms(&mut tx, id).await?;
    let followed = moving::is_followed(&mut tx, &promise).await?;
    let (now, calendar) = (tx.now(), &team.calendar);
    let telling = Telling { promise: &promise, terms: &terms, calendar, now };
    let due = |at| calendar.due(at, now).words;
    let was_asked_for = thrown.first().is_some_and(|first| first.verb == "request");
    let title = headline(&promise, was_asked_for);
    let forms = MoveForms { world: &app.world, place: String::new(), version: promise.version, returned: back };
    let mut page = PromisePage {
        page: frame.layout(crate::text::headline(&title).0, "promises"),
        address: format!("/promises/{id}"),
        mark: mark(&promise, calendar, now, member.id),
        promiser: first_name(&promise.promiser).to_owned(),
        receiver: promise.receiver.clone(),
        due: due(promise.due_at),
        is_promised: promise.first_due_at.is_some(),
        how: promise.how.clone(),
        proposed: proposed(&promise, due),
        remembered: remembered(&promise, calendar, now),
        idea: leads_to.map_or_else(String::new, |idea| Subject::Idea.address(idea.id.0)),
        hurt: promise.hurt.as_deref().map_or_else(String::new, |hurt| crate::text::headline(hurt).0),
        followed,
        is_missed: promise.state == State::Missed,
        story: balls::mark::tell(&thrown, calendar, now, |throw| telling.deed(throw)),
        headline: title,
        notices,
        kept: Vec::new(),
        forms: possible(&promise, member, &forms),
        nexts: vec![
            ("go_on", "I go on with my idea", "It comes back to you."),
            ("whole", "That was the whole thing", "You say later whether it changed something."),
        ],
        causes: Cause::options(),
    };
    if let Some(back) = back.filter(|_| page.forms.iter().all(|(_, form)| !form.open)) {
        page.notices.extend(back.form.errors().iter().map(|(_, message)| message.clone()));
        page.kept = kept(back);
    }
    Ok(page)
}

/// The moves the reader can make, each with its form.
fn possible(promise: &Promise, member: &Person, forms: &MoveForms<'_>) -> Vec<(Verb, MoveForm)> {
    let verbs = Verb::ALL.into_iter().filter(|verb| promise.allows(*verb, member.id));
    let mut possible: Vec<_> = verbs.map(|verb| (verb, forms.form(verb.name()))).collect();
    for (verb, form) in &mut possible {
        if *verb == Verb::Counter && !form.open {
            form.form.set("what", promise.what.clone());
        }
    }
    possible
}

/// What was typed into a form that is no longer there.
pub fn kept(back: &ReturnedForm) -> Vec<(String, String)> {
    let hidden = [KEY, VERSION, "outcome", "next", "cause", "idea"];
    let typed =
        back.form.values().iter().filter(|(name, value)| !hidden.contains(&name.as_str()) && !value.trim().is_empty());
    typed.map(|(name, value)| (label(name).to_owned(), value.clone())).collect()
}

fn label(name: &str) -> &str {
    match name {
        "by" => "New day",
        "what" => "What",
        _ => "Your words",
    }
}

/// The first throw that named this idea.
pub fn idea_of(terms: &[Term], number: i64) -> Option<crate::ids::IdeaId> {
    terms.iter().find(|term| term.number == number).and_then(|term| term.idea_id)
}
