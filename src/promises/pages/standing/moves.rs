//! The POSTs of standing promises: a case, its answer, a review, a notice.

use super::show::{draw, past_tense};
use crate::balls::{self, Subject};
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{IdeaId, PromiseId};
use crate::lengths::MOVE;
use crate::moves::{Handled, Move, Moved, Record, Returned, Submission};
use crate::people::Person;
use crate::promises::sentences::who_was_first;
use crate::promises::standing::{StandingPromise, store, verbs};
use crate::promises::{Verb, admit, clock};
use crate::text::first_name;
use crate::web::html;
use crate::web::move_form::ReturnedForm;
use axum::response::Response;

impl Record for StandingPromise {
    type Id = PromiseId;
    type Verb = Verb;

    async fn find(tx: &mut Tx, id: PromiseId, _viewer: &Person) -> sqlx::Result<Option<Self>> {
        store::find_to_change(tx, id).await
    }

    fn address(id: PromiseId) -> String {
        format!("/promises/{id}")
    }

    fn version(&self) -> Option<i64> {
        Some(self.version)
    }

    async fn clock_comes_first(&self, tx: &mut Tx) -> Moved<bool> {
        if self.run_out(tx.now()).is_some() { clock::turn_one(tx, self.id).await } else { Ok(false) }
    }

    async fn admit(&self, _tx: &mut Tx, verb: Verb, actor: &Person) -> Moved {
        admit(self.state, verb, &[self.part(actor.id)])
    }

    async fn who_was_first(&self, tx: &mut Tx, _viewer: &Person) -> Result<String> {
        let thrown = tx.ask(balls::store::history(Subject::Promise, self.id.0)).await?;
        let (calendar, now) = (self.calendar(), tx.now());
        let last = thrown.last().map(|last| (last, past_tense(last, self, &calendar, now)));
        Ok(who_was_first(last, &calendar, now))
    }

    async fn page_again(returned: Returned<Self>) -> Result<Response> {
        let Returned { app, member, frame, id, name, form, notices, .. } = returned;
        html(&draw(&app, &member, &frame, id, Some(&ReturnedForm { name, form }), notices).await?)
    }
}

async fn make(mut sent: Submission<StandingPromise>, verb: Verb, ask: &str, thanks: &str) -> Handled {
    let words = sent.words(ask, MOVE);
    let idea = sent.form.choice::<IdeaId>("idea");
    let mut at = sent.named(verb.name()).open(verb).await?;
    let this = Move::of(at.key, &at.actor, &words);
    let done = match verb {
        Verb::PointAt => verbs::point_at(&mut at.tx, &at.record, this, idea).await,
        _ => verbs::act(&mut at.tx, &at.record, this, verb).await,
    };
    let thanks = thanks.replace("{}", first_name(&at.record.promiser));
    at.close(done, thanks).await
}

/// One line a noun: its handler, its move, what to write, and what is said after it.
macro_rules! moves {
    ($($handler:ident $noun:literal $verb:ident, $ask:literal, $thanks:literal;)*) => {$(
        #[doc = concat!("`POST /standing-promises/{id}/", $noun, "`")]
        pub async fn $handler(sent: Submission<StandingPromise>) -> Handled {
            make(sent, Verb::$verb, $ask, $thanks).await
        }
    )*};
}

moves! {
    point_at "cases" PointAt, "Say what happened.", "Said. {} answers for all to read.";
    answer "answer" AnswerCase, "Say what happened and what you do about it.", "Answered. Everybody can read it.";
    review "review" Review, "Say how you know that it was kept up.",
        "It still stands. You are asked again in half a year.";
    revoke "revocation" Revoke, "Say why it can\u{2019}t stand any longer.",
        "Notice is given. It stands for 30 more days.";
}
