//! The POSTs of standing promises: a case, its answer, a review, a notice.

use super::{Standing, Verb, pages, store, verbs};
use crate::App;
use crate::balls::{self, Deed, Subject};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::{LONGEST, Trouble};
use crate::ids::{IdeaId, PromiseId};
use crate::people;
use crate::promises::clock;
use crate::text::first_name;
use crate::web::move_form::ReturnedForm;
use crate::web::{Form, Frame, Member, Path, html_with, see_other_saying};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

/// One request that changes a standing promise.
struct Request {
    app: App,
    member: Member,
    frame: Frame,
    id: PromiseId,
    verb: Verb,
}

impl Request {
    /// Do it once, or come back with what was typed.
    async fn make(self, mut form: Form, words: &str, idea: Option<IdeaId>) -> Result<Response> {
        let (key, version) = (form.key()?, form.version()?);
        let mut tx = self.app.write().await?;
        let standing = store::find_to_change(&mut tx, self.id).await?.ok_or(Error::NotFound)?;
        if balls::store::is_thrown(&mut tx, key).await? {
            return Ok(self.done("Saved."));
        }
        // A clock that has run out since it turned last comes first.
        let ran_out = clock::turn_one(&mut tx, self.id).await.map_err(crate::moves::never_refused)?;
        if ran_out || standing.version != version {
            let first = who_was_first(&mut tx, &standing).await?;
            if ran_out {
                tx.commit().await?;
            } else {
                drop(tx);
            }
            return self.again(StatusCode::CONFLICT, form, vec![first]).await;
        }
        if !form.is_good() {
            drop(tx);
            return self.again(StatusCode::UNPROCESSABLE_ENTITY, form, Vec::new()).await;
        }
        let deed = Deed { key, by: &self.member, words };
        let done = match self.verb {
            Verb::PointAt => verbs::point_at(&mut tx, &standing, &deed, idea).await,
            Verb::AnswerCase => verbs::answer_case(&mut tx, &standing, &deed).await,
            Verb::Review => verbs::review(&mut tx, &standing, &deed).await,
            _ => verbs::revoke(&mut tx, &standing, &deed).await,
        };
        match done {
            Ok(()) => {
                tx.commit().await?;
                Ok(self.done(&thanks(self.verb, &standing)))
            }
            Err(Trouble::Refused(refusal)) => {
                drop(tx);
                form.refuse("words", refusal.sentence());
                self.again(StatusCode::UNPROCESSABLE_ENTITY, form, Vec::new()).await
            }
            Err(Trouble::Failed(error)) => Err(error),
        }
    }

    fn done(&self, thanks: &str) -> Response {
        see_other_saying(format!("/promises/{}", self.id), thanks)
    }

    async fn again(&self, status: StatusCode, form: Form, notices: Vec<String>) -> Result<Response> {
        let back = ReturnedForm { name: self.verb.name(), form };
        html_with(status, &pages::draw(&self.app, &self.member, &self.frame, self.id, Some(&back), notices).await?)
    }
}

async fn who_was_first(tx: &mut Tx, standing: &Standing) -> Result<String> {
    let team = people::store::team(tx, standing.team_id).await?.ok_or(Error::NotFound)?;
    let story = balls::store::story(tx, Subject::Promise, standing.id.0).await?;
    let (now, calendar) = (tx.now(), &team.calendar);
    let told = story.last().map(|last| {
        let who = last.by_name.as_deref().unwrap_or("The clock");
        format!("{who} {}, {}", pages::deed(last, standing, calendar, now), calendar.due(last.at, now).words)
    });
    let told = told.unwrap_or_default();
    Ok(format!("Somebody was first: {told}. Your words are kept below; decide whether they still hold."))
}

fn thanks(verb: Verb, standing: &Standing) -> String {
    match verb {
        Verb::PointAt => format!("Said. {} answers for all to read.", first_name(&standing.promiser)),
        Verb::AnswerCase => String::from("Answered. Everybody can read it."),
        Verb::Review => String::from("It still stands. You are asked again in half a year."),
        _ => String::from("Notice is given. It stands for 30 more days."),
    }
}

/// One line a noun: its handler, its move, and what to write.
macro_rules! moves {
    ($($handler:ident $noun:literal $verb:ident, $ask:literal;)*) => {$(
        #[doc = concat!("`POST /standing-promises/{id}/", $noun, "`")]
        pub async fn $handler(
            State(app): State<App>,
            member: Member,
            frame: Frame,
            Path(id): Path<PromiseId>,
            mut form: Form,
        ) -> Result<Response> {
            let words = form.needed("words", LONGEST, $ask);
            let idea = form.choice::<IdeaId>("idea");
            Request { app, member, frame, id, verb: Verb::$verb }.make(form, &words, idea).await
        }
    )*};
}

moves! {
    point_at "cases" PointAt, "Say what happened.";
    answer "answer" AnswerCase, "Say what happened and what you do about it.";
    review "review" Review, "Say how you know that it was kept up.";
    revoke "revocation" Revoke, "Say why it can\u{2019}t stand any longer.";
}
