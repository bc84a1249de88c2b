//! The POSTs of promises with a day: each noun behind `/promises/{id}/` is one move, or the two that belong together.

use super::forms::form_name;
use super::show::draw;
use crate::balls::{self, Subject};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::PromiseId;
use crate::lengths::{MOVE, PARAGRAPH};
use crate::moves::{Handled, Move, Moved, Record, Refusal, Returned, Submission};
use crate::people::Person;
use crate::promises::sentences::{Story, who_was_first};
use crate::promises::verbs::{self, side};
use crate::promises::{Cause, Promise, State, Terms, Verb, admit, clock, step, store};
use crate::text::first_name;
use crate::web::move_form::ReturnedForm;
use crate::web::{Form, html};
use axum::response::Response;

impl Record for Promise {
    type Id = PromiseId;
    /// The moves of one address, of which the first possible one is meant.
    type Verb = &'static [Verb];

    async fn find(tx: &mut Tx, id: PromiseId, viewer: &Person) -> sqlx::Result<Option<Self>> {
        store::seen_to_change(tx, id, viewer.id).await
    }

    fn address(id: PromiseId) -> String {
        format!("/promises/{id}")
    }

    fn version(&self) -> Option<i64> {
        Some(self.version)
    }

    async fn actor(&self, tx: &mut Tx, member: &Person) -> sqlx::Result<Person> {
        Ok(Person { id: side(tx, self, member.id).await?, ..member.clone() })
    }

    async fn clock_comes_first(&self, tx: &mut Tx) -> Moved<bool> {
        if self.run_out(tx.now()).is_some() { clock::turn_one(tx, self.id).await } else { Ok(false) }
    }

    async fn admit(&self, _tx: &mut Tx, verbs: &'static [Verb], actor: &Person) -> Moved {
        admit(self.state, self.meant(verbs, actor), &self.parts(actor.id))
    }

    async fn who_was_first(&self, tx: &mut Tx, _viewer: &Person) -> Result<String> {
        let thrown = tx.ask(balls::store::history(Subject::Promise, self.id.0)).await?;
        let (terms, calendar) = (tx.ask(store::terms(self.id)).await?, self.calendar());
        let story = Story { promise: self, terms: &terms, calendar: &calendar, now: tx.now() };
        let last = thrown.last().map(|last| (last, story.past_tense(last)));
        Ok(who_was_first(last, &calendar, tx.now()))
    }

    async fn page_again(returned: Returned<Self>) -> Result<Response> {
        let Returned { app, member, frame, id, name, form, notices, .. } = returned;
        html(&draw(&app, &member, &frame, id, Some(&ReturnedForm { name, form }), notices).await?)
    }
}

impl Promise {
    /// Which of the moves of an address is meant: one that is possible, or else one that this person ever makes.
    fn meant(&self, verbs: &[Verb], actor: &Person) -> Verb {
        let parts = self.parts(actor.id);
        let nearest = verbs.iter().min_by_key(|verb| match step(self.state, **verb, &parts) {
            Ok(_) => 0,
            Err(Refusal::NotYours(_)) => 2,
            Err(_) => 1,
        });
        nearest.copied().unwrap_or(Verb::Keep)
    }
}

/// Make the first of these moves that is possible.
async fn make(sent: Submission<Promise>, verbs: &'static [Verb], words: &str, terms: Terms) -> Handled {
    let name = verbs.first().map_or("", |verb| form_name(*verb));
    let mut at = sent.named(name).open(verbs).await?;
    let verb = at.record.meant(verbs, &at.actor);
    let whole = at.form.value("next") == "whole";
    if verb == Verb::Keep && at.record.followed && !whole && at.form.value("next") != "go_on" {
        at.form.refuse("next", "Choose what it means for your idea.");
    }
    if verb == Verb::Revoke && at.record.state == State::Missed && terms.cause.is_none() {
        at.form.refuse("cause", "Choose what got in the way.");
    }
    let mut at = at.checked().await?;
    let (this, terms) = (Move::of(at.key, &at.actor, words), Terms { whole, ..terms });
    let done = verbs::act(&mut at.tx, &at.record, this, verb, terms).await;
    let thanks = thanks(verb, &at.record);
    at.close(done, thanks).await
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
    Terms { day: form.needed_day("by", message), ..Terms::default() }
}

/// One line a noun: its handler, and what it reads from the form: the moves, the words, what they name.
macro_rules! moves {
    ($($handler:ident $noun:literal, |$form:ident| $read:expr;)*) => {$(
        #[doc = concat!("`POST /promises/{id}/", $noun, "`")]
        pub async fn $handler(mut sent: Submission<Promise>) -> Handled {
            let (verbs, words, terms): (&'static [Verb], String, Terms) = {
                let $form = &mut sent.form;
                $read
            };
            make(sent, verbs, &words, terms).await
        }
    )*};
}

moves! {
    accept "acceptance", |form| (&[Verb::Promise, Verb::Accept], form.text("words", MOVE), Terms::default());
    counter "counter", |form| {
        let what = form.needed("what", PARAGRAPH, "Say what instead.");
        let terms = day(form, "Choose the day for it.");
        (&[Verb::Counter], form.text("words", MOVE), Terms { what: Some(what), ..terms })
    };
    refuse "refusal", |form| (&[Verb::Refuse], form.needed("words", MOVE, "Say why not."), Terms::default());
    withdraw "withdrawal", |form| (&[Verb::Drop], form.text("words", MOVE), Terms::default());
    move_day "new-date", |form| {
        let cause = form.chosen::<Cause>("cause", "Choose what got in the way.");
        let words = form.needed("words", MOVE, "Say what got in the way, in a sentence.");
        let terms = day(form, "Choose the new day.");
        (&[Verb::Renew, Verb::Renegotiate], words, Terms { cause, ..terms })
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
        (verbs, form.text("words", MOVE), Terms::default())
    };
    deliver "delivery", |form| {
        (&[Verb::Deliver], form.needed("words", MOVE, "Say in a sentence what has come."), Terms::default())
    };
    confirm "confirmation", |form| {
        if form.value("outcome") == "not_yet" {
            let words = form.needed("words", MOVE, "Say why not yet.");
            (&[Verb::NotYet], words, day(form, "Choose the day by which it would still do."))
        } else {
            (&[Verb::Keep], form.text("words", MOVE), Terms::default())
        }
    };
    release "release", |form| (&[Verb::Release], form.text("words", MOVE), Terms::default());
    revoke "revocation", |form| {
        let cause = form.choice::<Cause>("cause");
        let words = form.needed("words", MOVE, "Say why you take it back.");
        (&[Verb::Revoke], words, Terms { cause, ..Terms::default() })
    };
}
