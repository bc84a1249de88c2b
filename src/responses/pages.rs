//! `GET /promises/{id}`: what was promised, to whom, by when, and the move of the one who has the ball.

use super::answer_box::{Back, Door, Doors, first_name};
use super::promise::{Promise, Verb};
use super::store;
use crate::App;
use crate::balls::{self, Mark, Subject, Thrown, Told};
use crate::calendar::Calendar;
use crate::error::{Error, Result};
use crate::ideas::headline;
use crate::ideas::protection;
use crate::ids::{PersonId, PromiseId};
use crate::people::{self, Person};
use crate::web::form::{KEY, VERSION};
use crate::web::{Frame, Layout, Member, Path, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use chrono::{DateTime, Utc};

/// The page of a promise.
#[derive(Template)]
#[template(path = "responses/promise.html")]
pub struct PromisePage {
    /// The frame.
    pub page: Layout,
    /// Its address.
    pub address: String,
    /// "Ruth will …".
    pub headline: String,
    /// Who has the ball.
    pub mark: Mark,
    /// For whom it was given.
    pub receiver: String,
    /// By when.
    pub due: String,
    /// The address of the idea it came of; empty for none.
    pub idea: String,
    /// The headline of that idea.
    pub hurt: String,
    /// What happened, oldest first.
    pub story: Vec<Told>,
    /// Sentences about a form that came back.
    pub notices: Vec<String>,
    /// What was typed for a move that is no longer possible.
    pub kept: Vec<(String, String)>,
    /// It has come.
    pub deliver: Option<Door>,
    /// It is kept.
    pub keep: Option<Door>,
    /// Not yet, because, by then.
    pub not_yet: Option<Door>,
    /// No longer needed.
    pub release: Option<Door>,
    /// Taken back, because.
    pub revoke: Option<Door>,
    /// What the promise's being kept means for the idea.
    pub nexts: Vec<(&'static str, &'static str, &'static str)>,
}

impl PromisePage {
    fn doors(&self) -> impl Iterator<Item = &Door> {
        [&self.deliver, &self.keep, &self.not_yet, &self.release, &self.revoke].into_iter().flatten()
    }

    /// Whether the reader can do something.
    pub fn is_any(&self) -> bool {
        self.doors().next().is_some()
    }
}

/// The mark of a promise, as the reader sees it.
pub fn mark(promise: &Promise, calendar: &Calendar, now: DateTime<Utc>, reader: PersonId) -> Mark {
    match promise.ball() {
        Some(ball) => Mark::of(&ball, calendar, now, reader),
        None => Mark::closed(promise.state.word()),
    }
}

/// `GET /promises/{id}`
pub async fn show(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<PromiseId>,
) -> Result<Response> {
    html(&draw(&app, &member, &frame, id, None, Vec::new()).await?)
}

/// The page as it is now, with the form that came back, if one did.
pub async fn draw(
    app: &App,
    member: &Person,
    frame: &Frame,
    id: PromiseId,
    back: Option<&Back>,
    notices: Vec<String>,
) -> Result<PromisePage> {
    let mut tx = app.read().await?;
    let promise = store::seen(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    let member = &protection::acting_on(&mut tx, promise.idea_id, member).await?;
    let team = people::store::team(&mut tx, promise.team_id).await?.ok_or(Error::NotFound)?;
    let thrown = balls::store::story(&mut tx, Subject::Promise, id.0).await?;
    let (now, calendar) = (tx.now(), &team.calendar);
    let doors = Doors { world: &app.world, place: String::new(), version: promise.version, back };
    let can = |verb| promise.allows(verb, member.id);
    let title = format!("{} will {}", first_name(&promise.promiser), promise.what);
    let mut page = PromisePage {
        page: frame.layout(headline(&title).0, "ideas"),
        address: format!("/promises/{id}"),
        mark: mark(&promise, calendar, now, member.id),
        receiver: promise.receiver.clone(),
        due: calendar.due(promise.due_at, now).words,
        idea: promise.idea_id.map_or_else(String::new, |idea| Subject::Idea.address(idea.0)),
        hurt: promise.hurt.as_deref().map_or_else(String::new, |hurt| headline(hurt).0),
        story: balls::mark::tell(&thrown, calendar, now, |throw| deed(throw, &promise, calendar, now)),
        headline: title,
        notices,
        kept: Vec::new(),
        deliver: doors.door_if("deliver", can(Verb::Deliver)),
        keep: doors.door_if("keep", can(Verb::Keep)),
        not_yet: doors.door_if("not_yet", can(Verb::NotYet)),
        release: doors.door_if("release", can(Verb::Release)),
        revoke: doors.door_if("revoke", can(Verb::Revoke)),
        nexts: vec![
            ("go_on", "I go on with my idea", "It comes back to you."),
            ("whole", "That was the whole thing", "You say later whether it changed something."),
        ],
    };
    if let Some(back) = back.filter(|_| page.doors().all(|door| !door.open)) {
        page.notices.extend(back.form.errors().iter().map(|(_, message)| message.clone()));
        page.kept = kept(back);
    }
    Ok(page)
}

/// What was typed behind a door that is no longer there.
fn kept(back: &Back) -> Vec<(String, String)> {
    let hidden = [KEY, VERSION, "outcome", "next"];
    let typed =
        back.form.values().iter().filter(|(name, value)| !hidden.contains(&name.as_str()) && !value.trim().is_empty());
    typed.map(|(name, value)| (if name == "by" { "New day" } else { "Your words" }.to_owned(), value.clone())).collect()
}

/// What was done, after the name of who did it.
pub fn deed(thrown: &Thrown, promise: &Promise, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let day = || thrown.due_at.map_or_else(String::new, |at| calendar.due(at, now).words);
    match thrown.verb.as_str() {
        "promise" => format!("promised it to {} by {}", promise.receiver, day()),
        "deliver" => String::from("said it has come"),
        "keep" => String::from("said the promise is kept"),
        "not_yet" => format!("said not yet; the new day is {}", day()),
        "release" => String::from("no longer needs it"),
        "revoke" => String::from("took it back, because"),
        other => other.replace('_', " "),
    }
}
