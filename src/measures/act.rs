//! One deed on the page of a measure: looked up, checked, done; or the page again with what was typed, at its form.

use super::definition::Measure;
use super::forms::Typed;
use super::machine::{Part, Verb, step};
use super::refusal::{Refusal, Undone};
use super::{show, store};
use crate::App;
use crate::balls::store as balls;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{MeasureId, ThrowId};
use crate::web::{Form, Frame, Member, html_with, see_other, see_other_saying};
use axum::http::StatusCode;
use axum::response::Response;

/// A deed that was sent to `/measures/{id}/{noun}`.
pub struct Act {
    /// The transaction in which it is done.
    pub tx: Tx,
    pub member: Member,
    pub measure: Measure,
    pub form: Form,
    /// The key that makes it count once.
    pub key: ThrowId,
    pub frame: Frame,
    noun: &'static str,
}

/// A deed to be done, or one that has counted already.
pub enum Begun {
    /// To be done.
    Act(Box<Act>),
    /// It has counted; the visitor is sent on.
    Done(Response),
}

impl Act {
    /// A deed whose form carries a key, so that a double click counts once.
    pub async fn begin(
        app: &App,
        member: Member,
        frame: Frame,
        id: MeasureId,
        form: Form,
        noun: &'static str,
    ) -> Result<Begun> {
        let mut act = Self::without_key(app, member, frame, id, form, noun).await?;
        act.key = act.form.key()?;
        if balls::is_thrown(&mut act.tx, act.key).await? {
            return Ok(Begun::Done(see_other(address(id))));
        }
        Ok(Begun::Act(Box::new(act)))
    }

    /// A deed that is the same deed when it is sent twice.
    pub async fn without_key(
        app: &App,
        member: Member,
        frame: Frame,
        id: MeasureId,
        form: Form,
        noun: &'static str,
    ) -> Result<Self> {
        let mut tx = app.write().await?;
        let measure = store::load(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
        let key = tx.new_id();
        Ok(Self { tx, member, measure, form, key, frame, noun })
    }

    /// Refuses those whose verb it is not, before anything else is looked at.
    pub fn admit(&self, verb: Option<Verb>) -> Result<()> {
        match verb.map(|verb| step(self.measure.state, verb, &Part::of(&self.measure, &self.member))) {
            Some(Err(Refusal::NotYours(whose))) => Err(Error::Forbidden(whose)),
            _ => Ok(()),
        }
    }

    /// The words of the deed; `ask` says what to write where they are needed, and is empty where they are not.
    pub fn words(&mut self, ask: &str, most: usize) -> String {
        if ask.is_empty() { self.form.text("words", most) } else { self.form.needed("words", most, ask) }
    }

    /// The page again, with the messages at their fields.
    pub async fn refused(self) -> Result<Response> {
        self.again(StatusCode::UNPROCESSABLE_ENTITY).await
    }

    /// Sends the visitor on when it was done; shows the page again with the refusal when it was not.
    pub async fn finish<T>(self, done: Result<T, Undone>, words: impl AsRef<str>) -> Result<Response> {
        let next = address(self.measure.id);
        self.finish_at(done, words, next).await
    }

    /// The same, but the visitor is sent on to another page.
    pub async fn finish_at<T>(
        mut self,
        done: Result<T, Undone>,
        words: impl AsRef<str>,
        next: String,
    ) -> Result<Response> {
        match done {
            Ok(_) => {
                self.tx.commit().await?;
                Ok(see_other_saying(next, words.as_ref()))
            }
            Err(undone) => {
                let status = undone.tell(&mut self.form)?;
                self.again(status).await
            }
        }
    }

    async fn again(mut self, status: StatusCode) -> Result<Response> {
        let typed = Typed { noun: self.noun, form: self.form };
        let page = show::draw(&mut self.tx, &self.frame, &self.member, self.measure, Some(typed)).await?;
        html_with(status, &page)
    }
}

/// The address of a measure.
pub fn address(id: MeasureId) -> String {
    format!("/measures/{id}")
}
