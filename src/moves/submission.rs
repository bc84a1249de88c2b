//! A form that was sent to one record: looked up, counted once, compared with what is there now, done; or the same page
//! again with every word that was typed.

use super::{MoveError, Moved, Refusal};
use crate::App;
use crate::balls;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::ThrowId;
use crate::lengths::Length;
use crate::people::Person;
use crate::web::{Form, Frame, Member, Path, see_other_saying, see_other_undoing};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::fmt::Display;
use std::future::Future;

/// What a room tells the frame about its record.
pub trait Record: Sized + Send + Sync + 'static {
    type Id: Copy + Send + Sync + Display + serde::de::DeserializeOwned + 'static;
    type Verb: Copy + Send + Sync + 'static;

    /// The record, if this person may see it, held still until the transaction ends.
    fn find(tx: &mut Tx, id: Self::Id, viewer: &Person) -> impl Future<Output = sqlx::Result<Option<Self>>> + Send;

    /// The address of its page.
    fn address(id: Self::Id) -> String;

    /// The version that a form is compared with; none where what was shown is compared field by field.
    fn version(&self) -> Option<i64>;

    /// Under which account or placeholder this person acts here.
    fn actor(&self, _tx: &mut Tx, member: &Person) -> impl Future<Output = sqlx::Result<Person>> + Send {
        std::future::ready(Ok(member.clone()))
    }

    /// Whether a clock ran out that comes before whatever was sent; what it did is kept.
    fn clock_comes_first(&self, _tx: &mut Tx) -> impl Future<Output = Moved<bool>> + Send {
        std::future::ready(Ok(false))
    }

    /// Refuses those whose verb it never is, before anything that was typed is looked at.
    fn admit(&self, tx: &mut Tx, verb: Self::Verb, actor: &Person) -> impl Future<Output = Moved> + Send;

    /// Who was first and what they did, in a sentence.
    fn who_was_first(&self, _tx: &mut Tx, _viewer: &Person) -> impl Future<Output = Result<String>> + Send {
        std::future::ready(Ok(Refusal::first().sentence().to_owned()))
    }

    /// The page again, with the form in its place; the frame sets the status.
    fn page_again(returned: Returned<Self>) -> impl Future<Output = Result<Response>> + Send;
}

/// A form that comes back, for the page that shows it again.
pub struct Returned<R: Record> {
    pub app: App,
    pub member: Member,
    pub frame: Frame,
    pub id: R::Id,
    /// Which of the forms of the page it is.
    pub name: &'static str,
    /// What was typed, with the messages at its fields.
    pub form: Form,
    /// Why it came back; none when only its fields say so.
    pub refusal: Option<Refusal>,
    pub notices: Vec<String>,
}

/// A form that was sent to a record.
pub struct Submission<R: Record> {
    pub form: Form,
    pub member: Member,
    pub id: R::Id,
    app: App,
    frame: Frame,
    name: &'static str,
    field: &'static str,
}

/// A record that is open for a move until the transaction ends.
pub struct Opened<R: Record> {
    pub tx: Tx,
    pub record: R,
    /// Who acts, under the account or placeholder of this record.
    pub actor: Person,
    pub form: Form,
    pub key: ThrowId,
    pub member: Member,
    app: App,
    frame: Frame,
    id: R::Id,
    name: &'static str,
    field: &'static str,
}

/// What the handler of a form answers; an answer that is ready early leaves by `?`.
pub type Handled = Result<Response, Early>;

/// An answer that is ready before the end of a handler.
#[derive(Debug)]
pub enum Early {
    Answer(Box<Response>),
    Failed(Error),
}

impl<R: Record> Submission<R> {
    /// Which of the forms of the page it is, so that it comes back there.
    pub fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// The field at which a refusal is told that names none itself; `words` where this is not called.
    pub fn tells_at(self, field: &'static str) -> Self {
        Self { field, ..self }
    }

    /// A form that carries no key, because what it does twice it does once.
    #[must_use]
    pub fn without_key(mut self) -> Self {
        self.form.set("key", self.app.world.id().to_string());
        self
    }

    /// The words of the move; `ask` says what to write where they are needed, and is empty where they are not.
    pub fn words(&mut self, ask: &str, most: Length) -> String {
        if ask.is_empty() { self.form.text("words", most) } else { self.form.needed("words", most, ask) }
    }

    /// Opens the record for a move. A form that counted before is answered as if it had just counted, also when that is
    /// found out at the end; one that saw an older version comes back with what is there now; one with messages comes back with them.
    pub async fn open(self, verb: R::Verb) -> Result<Opened<R>, Early> {
        let key: ThrowId = self.form.key()?;
        let mut tx = self.app.write().await?;
        let record = R::find(&mut tx, self.id, &self.member).await?.ok_or(Error::NotFound)?;
        let actor = record.actor(&mut tx, &self.member).await?;
        let Self { app, member, frame, id, name, field, form } = self;
        let mut opened = Opened { tx, record, actor, form, key, member, app, frame, id, name, field };
        let ran_out = match opened.record.clock_comes_first(&mut opened.tx).await {
            Ok(ran_out) => ran_out,
            Err(error) => return Err(opened.refused(error).await),
        };
        let shown = opened.record.version().map(|now| Ok::<_, Error>(opened.form.version()? == now)).transpose()?;
        if ran_out || shown == Some(false) {
            return Err(opened.somebody_was_first(ran_out).await);
        }
        if let Err(error) = opened.record.admit(&mut opened.tx, verb, &opened.actor).await {
            return Err(opened.refused(error).await);
        }
        if opened.form.is_good() { Ok(opened) } else { Err(opened.again(StatusCode::UNPROCESSABLE_ENTITY, None).await) }
    }
}

impl<R: Record> Opened<R> {
    /// Keeps what was done and sends the visitor back to the record; or shows the page again with the refusal.
    pub async fn close<T>(self, done: Moved<T>, said: impl AsRef<str>) -> Handled {
        let next = R::address(self.id);
        Box::pin(self.close_at(done, |_| next, said)).await
    }

    /// The same, but the visitor is sent on to another page.
    pub async fn close_at<T>(self, done: Moved<T>, next: impl FnOnce(&T) -> String, said: impl AsRef<str>) -> Handled {
        match done {
            Ok(made) => {
                let Self { tx, form, app, key, id, .. } = self;
                match tx.commit().await {
                    Ok(()) => Ok(self::done(&form, next(&made), said.as_ref())),
                    Err(error) => match counted::<R>(&app, key, id, &form).await {
                        Some(done) => Err(done),
                        None => Err(error.into()),
                    },
                }
            }
            Err(error) => Err(Box::pin(self.refused(error)).await),
        }
    }

    /// The same, with a button that takes it back: `undo` is the address of the button's form.
    pub async fn close_undoing<T>(self, done: Moved<T>, said: impl AsRef<str>, undo: &str) -> Handled {
        let next = back(&self.form, R::address(self.id));
        let closed = Box::pin(self.close_at(done, |_| next.clone(), &said)).await;
        closed.map(|_| see_other_undoing(&next, &said, undo))
    }

    /// Shows the page again when the form has got messages since it was opened.
    pub async fn checked(self) -> Result<Self, Early> {
        if self.form.is_good() { Ok(self) } else { Err(self.again(StatusCode::UNPROCESSABLE_ENTITY, None).await) }
    }

    /// Reads what needs the record; shows the page again when it or anything else in the form is wrong.
    pub async fn reads<T>(mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Result<(Self, T), Early> {
        match read(&mut self) {
            Some(value) if self.form.is_good() => Ok((self, value)),
            _ => Err(self.again(StatusCode::UNPROCESSABLE_ENTITY, None).await),
        }
    }

    async fn somebody_was_first(mut self, keep: bool) -> Early {
        match balls::store::is_thrown(&mut self.tx, self.key).await {
            Ok(true) => return done(&self.form, R::address(self.id), "Saved.").into(),
            Ok(false) => {}
            Err(error) => return error.into(),
        }
        let first = match self.record.who_was_first(&mut self.tx, &self.member).await {
            Ok(first) => Refusal::First(first),
            Err(error) => return error.into(),
        };
        if !keep {
            return self.again(StatusCode::CONFLICT, Some(first)).await;
        }
        let Self { tx, form, member, app, frame, id, name, .. } = self;
        if let Err(error) = tx.commit().await {
            return Error::from(error).into();
        }
        again::<R>(
            StatusCode::CONFLICT,
            Returned { app, member, frame, id, name, form, refusal: Some(first), notices: Vec::new() },
        )
        .await
    }

    async fn refused(mut self, error: MoveError) -> Early {
        match error {
            MoveError::Failed(error) => {
                let Self { tx, form, app, key, id, .. } = self;
                drop(tx);
                counted::<R>(&app, key, id, &form).await.unwrap_or_else(|| error.into())
            }
            MoveError::Refused(refusal) => {
                let status = refusal.told_in(&mut self.form, self.field);
                self.again(status, Some(refusal)).await
            }
        }
    }

    /// The page again, after the transaction was given up with all that the verb had begun.
    async fn again(self, status: StatusCode, refusal: Option<Refusal>) -> Early {
        let Self { tx, form, key, member, app, frame, id, name, .. } = self;
        // It is given up before the key is looked at: nobody waits for a second connection while holding one.
        drop(tx);
        if let Some(done) = counted::<R>(&app, key, id, &form).await {
            return done;
        }
        again::<R>(status, Returned { app, member, frame, id, name, form, refusal, notices: Vec::new() }).await
    }
}

/// The answer to a form that has counted already, as to a double click; none for one that has not.
///
/// It is asked when something stands in the way only: what has counted has moved the record on, or its key is taken.
async fn counted<R: Record>(app: &App, key: ThrowId, id: R::Id, form: &Form) -> Option<Early> {
    let thrown = match app.read().await {
        Ok(mut tx) => balls::store::is_thrown(&mut tx, key).await,
        Err(error) => return Some(error.into()),
    };
    match thrown {
        Ok(thrown) => thrown.then(|| done(form, R::address(id), "Saved.").into()),
        Err(error) => Some(error.into()),
    }
}

async fn again<R: Record>(status: StatusCode, mut returned: Returned<R>) -> Early {
    if let Some(Refusal::First(words)) = &returned.refusal {
        returned.notices.push(words.clone());
    }
    match Box::pin(R::page_again(returned)).await {
        Ok(mut response) => {
            *response.status_mut() = status;
            response.into()
        }
        Err(error) => error.into(),
    }
}

/// The hidden field of a form that stands on another page than that of its record: where to go back to.
pub const BACK: &str = "back";

/// On to the next page; back to the start page when the form stood there.
fn done(form: &Form, next: String, said: &str) -> Response {
    see_other_saying(back(form, next), said)
}

fn back(form: &Form, next: String) -> String {
    if form.value(BACK) == "/" { String::from("/") } else { next }
}

impl<R: Record> FromRequest<App> for Submission<R> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (mut parts, body) = request.into_parts();
        let member = Member::from_request_parts(&mut parts, app).await?;
        let Ok(frame) = Frame::from_request_parts(&mut parts, app).await;
        let Path(id) = Path::<R::Id>::from_request_parts(&mut parts, app).await?;
        let form = Form::from_request(Request::from_parts(parts, body), app).await?;
        Ok(Self { form, member, id, app: app.clone(), frame, name: "", field: "words" })
    }
}

impl IntoResponse for Early {
    fn into_response(self) -> Response {
        match self {
            Self::Answer(response) => *response,
            Self::Failed(error) => error.into_response(),
        }
    }
}

impl From<Response> for Early {
    fn from(response: Response) -> Self {
        Self::Answer(Box::new(response))
    }
}

impl From<Error> for Early {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<sqlx::Error> for Early {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}
