//! The POSTs of leadership's answers and of promises.

use super::answer::{self, field_of};
use super::answer_box::{Back, first_name};
use super::promise::Promise;
use super::{pages, promise_verbs as verbs, store};
use crate::App;
use crate::balls::{self, Subject};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::LONGEST;
use crate::ideas::Trouble;
use crate::ideas::desk::{Desk, Opened};
use crate::ideas::protection;
use crate::ideas::verbs::Deed;
use crate::ids::{IdeaId, PromiseId};
use crate::web::{Form, Frame, Member, Path, html_with, see_other_saying};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;

/// `POST /ideas/{id}/answer`: one of the six.
pub async fn answer(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    mut form: Form,
) -> Result<Response> {
    let door = form.value("answer").parse().map_or("answer", answer::Kind::name);
    let desk = Desk { app, member, frame, id, door };
    let read = answer::read(&mut form);
    let (mut tx, idea) = match desk.open(&form).await? {
        Opened::Ready(ready) => *ready,
        Opened::Answered(response) => return Ok(response),
    };
    let Some((given, words)) = read else {
        drop(tx);
        return desk.refused(form).await;
    };
    let deed = Deed { key: form.key()?, by: &desk.member, words: &words };
    let done = answer::give(&mut tx, &idea, &deed, &given).await;
    let thanks = answer::thanks(&given, first_name(&idea.author));
    desk.close(tx, done, form, field_of(&given), &thanks).await
}

/// What a form asks of a promise.
#[derive(Clone, Copy, Debug)]
enum Move {
    Deliver,
    Keep { whole: bool },
    NotYet { by: NaiveDate },
    Release,
    Revoke,
}

impl Move {
    fn thanks(self, promise: &Promise) -> String {
        let (promiser, receiver) = (first_name(&promise.promiser), first_name(&promise.receiver));
        match self {
            Self::Deliver => format!("Delivered. {receiver} says whether it is kept."),
            Self::Keep { .. } => String::from("Kept. Thank you for saying so."),
            Self::NotYet { .. } => format!("Said. {promiser} has the ball again."),
            Self::Release => format!("{promiser} is let off."),
            Self::Revoke => String::from("Taken back. You answer the idea again."),
        }
    }

    async fn make(self, tx: &mut Tx, promise: &Promise, deed: &Deed<'_>) -> Result<(), Trouble> {
        match self {
            Self::Deliver => verbs::deliver(tx, promise, deed).await,
            Self::Keep { whole } => verbs::keep(tx, promise, deed, whole).await,
            Self::NotYet { by } => verbs::not_yet(tx, promise, deed, by).await,
            Self::Release => verbs::release(tx, promise, deed).await,
            Self::Revoke => verbs::revoke(tx, promise, deed).await,
        }
    }
}

/// One request that changes a promise.
struct Request {
    app: App,
    member: Member,
    frame: Frame,
    id: PromiseId,
    door: &'static str,
}

impl Request {
    /// Do it once, or come back with what was typed. `this` is nothing when the form was refused.
    async fn make(self, mut form: Form, words: &str, this: Option<Move>) -> Result<Response> {
        let (key, version) = (form.key()?, form.version()?);
        let mut tx = self.app.write().await?;
        let promise = store::seen_to_change(&mut tx, self.id, self.member.id).await?.ok_or(Error::NotFound)?;
        if balls::store::is_thrown(&mut tx, key).await? {
            return Ok(self.done("Saved."));
        }
        if promise.version != version {
            let first = who_was_first(&mut tx, &promise).await?;
            drop(tx);
            return self.again(StatusCode::CONFLICT, form, vec![first]).await;
        }
        let Some(this) = this.filter(|_| form.is_good()) else {
            drop(tx);
            return self.again(StatusCode::UNPROCESSABLE_ENTITY, form, Vec::new()).await;
        };
        let by = protection::acting_on(&mut tx, promise.idea_id, &self.member).await?;
        match this.make(&mut tx, &promise, &Deed { key, by: &by, words }).await {
            Ok(()) => {
                tx.commit().await?;
                Ok(self.done(&this.thanks(&promise)))
            }
            Err(Trouble::Refused(refusal)) => {
                drop(tx);
                form.refuse(if matches!(this, Move::NotYet { .. }) { "by" } else { "words" }, refusal.0);
                self.again(StatusCode::UNPROCESSABLE_ENTITY, form, Vec::new()).await
            }
            Err(Trouble::Database(error)) => Err(error.into()),
        }
    }

    fn done(&self, thanks: &str) -> Response {
        see_other_saying(format!("/promises/{}", self.id), thanks)
    }

    async fn again(&self, status: StatusCode, form: Form, notices: Vec<String>) -> Result<Response> {
        let back = Back { door: self.door, form };
        html_with(status, &pages::draw(&self.app, &self.member, &self.frame, self.id, Some(&back), notices).await?)
    }
}

async fn who_was_first(tx: &mut Tx, promise: &Promise) -> Result<String> {
    let team = crate::people::store::team(tx, promise.team_id).await?.ok_or(Error::NotFound)?;
    let story = balls::store::story(tx, Subject::Promise, promise.id.0).await?;
    let (now, calendar) = (tx.now(), &team.calendar);
    let told = story.last().map(|last| {
        let who = last.by_name.as_deref().unwrap_or("The clock");
        format!("{who} {}, {}", pages::deed(last, promise, calendar, now), calendar.due(last.at, now).words)
    });
    let told = told.unwrap_or_default();
    Ok(format!("Somebody was first: {told}. Your words are kept below; decide whether they still hold."))
}

/// `POST /promises/{id}/delivery`
pub async fn deliver(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<PromiseId>,
    mut form: Form,
) -> Result<Response> {
    let words = form.needed("words", LONGEST, "Say in a sentence what has come.");
    Request { app, member, frame, id, door: "deliver" }.make(form, &words, Some(Move::Deliver)).await
}

/// `POST /promises/{id}/confirmation`: kept, or not yet with the day on which it would do.
pub async fn confirm(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<PromiseId>,
    mut form: Form,
) -> Result<Response> {
    let (door, words, this) = if form.value("outcome") == "not_yet" {
        let words = form.needed("words", LONGEST, "Say why not yet.");
        let by = form.date("by");
        if by.is_none() {
            form.refuse("by", "Choose the day by which it would still do.");
        }
        ("not_yet", words, by.map(|by| Move::NotYet { by }))
    } else {
        let words = form.text("words", LONGEST);
        let whole = form.value("next") == "whole";
        if !whole && form.value("next") != "go_on" {
            form.refuse("next", "Choose what it means for your idea.");
        }
        ("keep", words, Some(Move::Keep { whole }))
    };
    Request { app, member, frame, id, door }.make(form, &words, this).await
}

/// `POST /promises/{id}/release`
pub async fn release(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<PromiseId>,
    mut form: Form,
) -> Result<Response> {
    let words = form.text("words", LONGEST);
    Request { app, member, frame, id, door: "release" }.make(form, &words, Some(Move::Release)).await
}

/// `POST /promises/{id}/revocation`
pub async fn revoke(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<PromiseId>,
    mut form: Form,
) -> Result<Response> {
    let words = form.needed("words", LONGEST, "Say why you take it back.");
    Request { app, member, frame, id, door: "revoke" }.make(form, &words, Some(Move::Revoke)).await
}
