//! `GET /promises/{id}`: what was promised, to whom, by when, every day it was promised for, and the moves of the reader.

use super::forms::OfferedForms;
use super::standing;
use crate::App;
use crate::balls::{self, Mark, Subject, Told};
use crate::error::{Error, Result};
use crate::ids::{IdeaId, PromiseId};
use crate::people::{COLLEAGUE, Person};
use crate::promises::sentences::{Story, headline, mark, proposed, remembered};
use crate::promises::store::{self, SeenPromise};
use crate::promises::{Cause, Promise, Verb};
use crate::text;
use crate::web::move_form::{MoveForms, ReturnedForm};
use crate::web::{Frame, Layout, Member, Path, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;

/// The page of a promise.
#[derive(Template)]
#[template(path = "promises/show.html")]
pub struct PromisePage {
    pub page: Layout,
    pub promise: Promise,
    pub headline: String,
    pub mark: Mark,
    pub due: String,
    /// What is offered instead, or the other day that is asked for; empty for none.
    pub proposed: String,
    /// What is remembered about its days.
    pub remembered: Vec<String>,
    /// The headline of the idea it is for; none for no idea.
    pub hurt: Option<String>,
    /// Whether the reader may see that idea.
    pub idea_seen: bool,
    /// What happened, oldest first.
    pub story: Vec<Told>,
    pub notices: Vec<String>,
    /// What was typed for a move that is no longer possible.
    pub kept: Vec<(String, String)>,
    pub forms: OfferedForms,
    pub causes: Vec<(&'static str, &'static str)>,
}

/// What it means for the idea that its promise is kept.
pub const NEXTS: &[(&str, &str, &str)] = &[
    ("go_on", "I go on with my idea", "It comes back to you."),
    ("whole", "That was the whole thing", "You say later whether it changed something."),
];

impl PromisePage {
    fn address(&self) -> String {
        format!("/promises/{}", self.promise.id)
    }

    /// The idea it is for. Whoever was asked for a promise may not see that.
    fn idea(&self) -> Option<IdeaId> {
        self.promise.idea_id.filter(|_| self.idea_seen)
    }
}

/// `GET /promises/{id}`, with a day or standing.
pub async fn show(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<PromiseId>,
) -> Result<Response> {
    match draw(&app, &member, &frame, id, None, Vec::new()).await {
        Err(Error::NotFound) => html(&standing::show::draw(&app, &member, &frame, id, None, Vec::new()).await?),
        page => html(&page?),
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
) -> Result<PromisePage> {
    let mut tx = app.read().await?;
    let (promise, thrown, terms) =
        tx.ask((store::seen(id, member.id), balls::store::history(Subject::Promise, id.0), store::terms(id))).await?;
    let SeenPromise { promise, idea_seen, kept } = promise.ok_or(Error::NotFound)?;
    let by_name = [promise.promiser_id, promise.receiver_id].contains(&member.id);
    let reader = if kept && !by_name { COLLEAGUE } else { member.id };
    let (calendar, now) = (promise.calendar(), tx.now());
    let story = Story { promise: &promise, terms: &terms, calendar: &calendar, now };
    let due = |at| calendar.due(at, now).words;
    let was_asked_for = thrown.first().is_some_and(|first| first.verb == "request");
    let title = headline(&promise, was_asked_for);
    let forms = MoveForms { world: &app.world, place: String::new(), version: promise.version, returned };
    let possible = Verb::ALL.iter().copied().filter(|verb| promise.allows(*verb, reader));
    let mut forms = OfferedForms::of(possible, &forms);
    forms.suggest(Verb::Counter, "what", &promise.what);
    let (messages, typed) = forms.left_over(returned);
    notices.extend(messages);
    Ok(PromisePage {
        page: frame.layout(text::headline(&title).0, "promises"),
        headline: title,
        mark: mark(&promise, &calendar, now, reader),
        due: due(promise.due_at),
        proposed: proposed(&promise, due),
        remembered: remembered(&promise, &calendar, now),
        hurt: promise.hurt.as_deref().map(|hurt| text::headline(hurt).0),
        idea_seen,
        story: balls::mark::tell(&thrown, &calendar, now, |throw| story.past_tense(throw)),
        notices,
        kept: typed,
        forms,
        causes: Cause::options(),
        promise,
    })
}
