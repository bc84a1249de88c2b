//! What every POST about an idea has in common: a double click counts once, a stale form comes back beside what is
//! there now, a refused one with its words.

use super::{Idea, Trouble, pages, store, telling};
use crate::App;
use crate::balls::{self, Subject};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::IdeaId;
use crate::people;
use crate::web::move_form::{LEADS_BACK_TO, ReturnedForm};
use crate::web::{Form, Frame, Member, html_with, see_other_saying};
use axum::http::StatusCode;
use axum::response::Response;

/// One request that changes an idea.
pub struct Desk {
    pub app: App,
    pub member: Member,
    /// The frame of the page that may come back.
    pub frame: Frame,
    pub id: IdeaId,
    /// The name of the form that was sent.
    pub form_name: &'static str,
}

/// What came of opening the idea for a change.
pub enum Opened {
    /// It is as the form saw it, and held until the transaction ends.
    Ready(Box<(Tx, Idea)>),
    /// There is nothing left to do but to answer so.
    Answered(Response),
}

impl Desk {
    /// Open the idea for a change. A form that counted before is answered as if it had just counted; a form that
    /// saw an older version comes back with what is there now.
    pub async fn open(&self, form: &Form) -> Result<Opened> {
        let (key, version) = (form.key()?, form.version()?);
        let mut tx = self.app.write().await?;
        let idea = store::seen_to_change(&mut tx, self.id, self.member.id).await?.ok_or(Error::NotFound)?;
        if balls::store::is_thrown(&mut tx, key).await? {
            return Ok(Opened::Answered(self.done(form, "Saved.")));
        }
        if idea.version == version {
            return Ok(Opened::Ready(Box::new((tx, idea))));
        }
        let first = self.who_was_first(&mut tx, &idea).await?;
        drop(tx);
        Ok(Opened::Answered(self.again(StatusCode::CONFLICT, form.clone(), vec![first]).await?))
    }

    /// Keep what was done and go back to the idea; or come back with the refusal at the field.
    pub async fn close(
        &self,
        tx: Tx,
        done: Result<(), Trouble>,
        mut form: Form,
        field: &str,
        thanks: &str,
    ) -> Result<Response> {
        match done {
            Ok(()) => {
                tx.commit().await?;
                Ok(self.done(&form, thanks))
            }
            Err(Trouble::Refused(refusal)) => {
                drop(tx);
                form.refuse(field, refusal.0);
                self.refused(form).await
            }
            Err(Trouble::Database(error)) => Err(error.into()),
        }
    }

    /// The page with the form as it was typed.
    pub async fn refused(&self, form: Form) -> Result<Response> {
        self.again(StatusCode::UNPROCESSABLE_ENTITY, form, Vec::new()).await
    }

    /// Back to the start page when the form stood there, to the page of the idea otherwise.
    fn done(&self, form: &Form, thanks: &str) -> Response {
        if form.value(LEADS_BACK_TO) == "/" {
            return see_other_saying("/", thanks);
        }
        see_other_saying(format!("/ideas/{}", self.id), thanks)
    }

    async fn again(&self, status: StatusCode, form: Form, notices: Vec<String>) -> Result<Response> {
        let back = ReturnedForm { name: self.form_name, form };
        html_with(status, &pages::draw(&self.app, &self.member, &self.frame, self.id, Some(&back), notices).await?)
    }

    /// "Ruth was first: caught it, today 10:00."
    async fn who_was_first(&self, tx: &mut Tx, idea: &Idea) -> Result<String> {
        let team = people::store::team(tx, idea.team_id).await?.ok_or(Error::NotFound)?;
        let story = balls::store::story(tx, Subject::Idea, idea.id.0).await?;
        let Some(last) = story.last() else { return Ok(String::from("Somebody was first.")) };
        let mine = last.by_id == Some(self.member.id);
        let first = if mine { "You were first, in another window" } else { "Somebody was first" };
        let (now, calendar) = (tx.now(), &team.calendar);
        let (told, when) = (telling::sentence(last, calendar, now), calendar.due(last.at, now).words);
        Ok(format!(
            "{first}: {told}, {when}. The story shows what is there now. Your words are kept below; \
             decide whether they still hold, and send them again if they do."
        ))
    }
}
