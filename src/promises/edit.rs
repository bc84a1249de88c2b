//! The POSTs of promises with a day: each noun behind `/promises/{id}/` is one move, or the two that belong together.

use super::moving::{is_followed, make};
use super::telling::Telling;
use super::{Cause, LONGEST_WHAT, Promise, Terms, Verb, clock, moving::Mover, pages, store};
use crate::App;
use crate::balls::{self, Subject};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::{LONGEST, Trouble, protection};
use crate::ids::PromiseId;
use crate::people;
use crate::text::first_name;
use crate::web::move_form::ReturnedForm;
use crate::web::{Form, Frame, Member, Path, html_with, see_other_saying};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

/// One request that changes a promise.
struct Request {
    app: App,
    member: Member,
    frame: Frame,
    id: PromiseId,
}

impl Request {
    /// Make the first of these moves that is possible, once; or come back with what was typed.
    async fn make(self, mut form: Form, verbs: &[Verb], words: &str, terms: Terms) -> Result<Response> {
        let (key, version) = (form.key()?, form.version()?);
        let mut tx = self.app.write().await?;
        let promise = store::seen_to_change(&mut tx, self.id, self.member.id).await?.ok_or(Error::NotFound)?;
        if balls::store::is_thrown(&mut tx, key).await? {
            return Ok(self.done("Saved."));
        }
        let me = protection::side(&mut tx, &promise, self.member.id).await?;
        let possible = verbs.iter().copied().find(|verb| promise.allows(*verb, me));
        let Some(verb) = possible.or(verbs.first().copied()) else { return Err(Error::NotFound) };
        // A clock that has run out since it turned last comes first.
        let ran_out = clock::turn_one(&mut tx, self.id).await.map_err(crate::moves::never_refused)?;
        if ran_out || promise.version != version {
            let first = who_was_first(&mut tx, &promise).await?;
            if ran_out {
                tx.commit().await?;
            } else {
                drop(tx);
            }
            return self.again(StatusCode::CONFLICT, verb, form, vec![first]).await;
        }
        let whole = if verb == Verb::Keep { what_next(&mut tx, &promise, &mut form).await? } else { false };
        if verb == Verb::Revoke && promise.state == super::State::Missed && terms.cause.is_none() {
            form.refuse("cause", "Choose what got in the way.");
        }
        if !form.is_good() {
            drop(tx);
            return self.again(StatusCode::UNPROCESSABLE_ENTITY, verb, form, Vec::new()).await;
        }
        let field = if terms.on.is_some() { "by" } else { "words" };
        let mover = Mover { key, by: Some(me), words, judged_at: None };
        let part = promise.part(me, verb);
        match make(&mut tx, &promise, (verb, part), mover, terms, whole).await {
            Ok(_) => {
                tx.commit().await?;
                Ok(self.done(&thanks(verb, &promise)))
            }
            Err(Trouble::Refused(refusal)) => {
                drop(tx);
                form.refuse(field, refusal.sentence());
                self.again(StatusCode::UNPROCESSABLE_ENTITY, verb, form, Vec::new()).await
            }
            Err(Trouble::Failed(error)) => Err(error),
        }
    }

    fn done(&self, thanks: &str) -> Response {
        see_other_saying(format!("/promises/{}", self.id), thanks)
    }

    async fn again(&self, status: StatusCode, verb: Verb, form: Form, notices: Vec<String>) -> Result<Response> {
        let back = ReturnedForm { name: verb.name(), form };
        html_with(status, &pages::draw(&self.app, &self.member, &self.frame, self.id, Some(&back), notices).await?)
    }
}

/// Whether a kept promise was all that the idea needed which follows it; asked only when one does.
async fn what_next(tx: &mut Tx, promise: &Promise, form: &mut Form) -> Result<bool> {
    let whole = form.value("next") == "whole";
    if !whole && form.value("next") != "go_on" && is_followed(tx, promise).await? {
        form.refuse("next", "Choose what it means for your idea.");
    }
    Ok(whole)
}

async fn who_was_first(tx: &mut Tx, promise: &Promise) -> Result<String> {
    let team = people::store::team(tx, promise.team_id).await?.ok_or(Error::NotFound)?;
    let story = balls::store::story(tx, Subject::Promise, promise.id.0).await?;
    let terms = store::terms(tx, promise.id).await?;
    let (now, calendar) = (tx.now(), &team.calendar);
    let telling = Telling { promise, terms: &terms, calendar, now };
    let told = story.last().map(|last| {
        let who = last.by_name.as_deref().unwrap_or("The clock");
        format!("{who} {}, {}", telling.deed(last), calendar.due(last.at, now).words)
    });
    let told = told.unwrap_or_default();
    Ok(format!("Somebody was first: {told}. Your words are kept below; decide whether they still hold."))
}

fn thanks(verb: Verb, promise: &Promise) -> String {
    let (promiser, receiver) = (first_name(&promise.promiser), first_name(&promise.receiver));
    match verb {
        Verb::Promise => format!("Promised. {receiver} says when it has come."),
        Verb::Accept => format!("Agreed. {promiser} has promised it."),
        Verb::Counter => String::from("Said. The other side answers within two working days."),
        Verb::Refuse => format!("Said. {receiver} reads why."),
        Verb::Drop => String::from("It is no longer asked for."),
        Verb::Renegotiate => format!("Asked. Until {receiver} agrees the old day stands."),
        Verb::Agree => String::from("Agreed. The old day stays readable."),
        Verb::KeepOldDate => String::from("The old day stands."),
        Verb::Deliver => format!("Delivered. {receiver} says whether it is kept."),
        Verb::Keep => String::from("Kept. Thank you for saying so."),
        Verb::NotYet => format!("Said. {promiser} has the ball again."),
        Verb::Renew => format!("Said. {receiver} sees the new day and what got in the way."),
        Verb::Release => format!("{promiser} is let off."),
        Verb::Revoke if promise.answers => String::from("Taken back. You answer the idea again."),
        _ => String::from("Taken back."),
    }
}

/// The day of a form; the message says what to choose.
fn day(form: &mut Form, message: &str) -> Terms {
    let day = form.date("by");
    if day.is_none() {
        form.refuse("by", message);
    }
    Terms { on: day, ..Terms::default() }
}

/// One line a noun: its handler, and what it reads from the form: the moves, the words, what they name.
macro_rules! moves {
    ($($handler:ident $noun:literal, |$form:ident| $read:expr;)*) => {$(
        #[doc = concat!("`POST /promises/{id}/", $noun, "`")]
        pub async fn $handler(
            State(app): State<App>,
            member: Member,
            frame: Frame,
            Path(id): Path<PromiseId>,
            mut form: Form,
        ) -> Result<Response> {
            let (verbs, words, terms): (&[Verb], String, Terms) = {
                let $form = &mut form;
                $read
            };
            Request { app, member, frame, id }.make(form, verbs, &words, terms).await
        }
    )*};
}

moves! {
    accept "acceptance", |form| (&[Verb::Promise, Verb::Accept], form.text("words", LONGEST), Terms::default());
    counter "counter", |form| {
        let what = form.needed("what", LONGEST_WHAT, "Say what instead.");
        let terms = day(form, "Choose the day for it.");
        (&[Verb::Counter], form.text("words", LONGEST), Terms { what: Some(what), ..terms })
    };
    refuse "refusal", |form| {
        (&[Verb::Refuse], form.needed("words", LONGEST, "Say why not."), Terms::default())
    };
    withdraw "withdrawal", |form| (&[Verb::Drop], form.text("words", LONGEST), Terms::default());
    move_day "new-date", |form| {
        let cause = form.chosen::<Cause>("cause", "Choose what got in the way.");
        let words = form.needed("words", LONGEST, "Say what got in the way, in a sentence.");
        let terms = day(form, "Choose the new day.");
        (&[Verb::Renegotiate, Verb::Renew], words, Terms { cause, ..terms })
    };
    agree "agreement", |form| {
        let verbs: &[Verb] = match form.value("outcome") {
            "agree" => &[Verb::Agree],
            "keep_old_date" => &[Verb::KeepOldDate],
            _ => {
                form.refuse("outcome", "Choose whether you agree to the other day.");
                &[Verb::Agree]
            }
        };
        (verbs, form.text("words", LONGEST), Terms::default())
    };
    deliver "delivery", |form| {
        (&[Verb::Deliver], form.needed("words", LONGEST, "Say in a sentence what has come."), Terms::default())
    };
    confirm "confirmation", |form| {
        if form.value("outcome") == "not_yet" {
            let words = form.needed("words", LONGEST, "Say why not yet.");
            let terms = day(form, "Choose the day by which it would still do.");
            (&[Verb::NotYet], words, terms)
        } else {
            (&[Verb::Keep], form.text("words", LONGEST), Terms::default())
        }
    };
    release "release", |form| (&[Verb::Release], form.text("words", LONGEST), Terms::default());
    revoke "revocation", |form| {
        let cause = form.choice::<Cause>("cause");
        let words = form.needed("words", LONGEST, "Say why you take it back.");
        (&[Verb::Revoke], words, Terms { cause, ..Terms::default() })
    };
}
