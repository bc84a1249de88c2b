//! The name that the coach keeps: read with a reason that the author sees, and shown by the author alone.
//!
//! No GET shows a name. It stands in the answer to the one POST that records the reading, and nowhere else.

use crate::App;
use crate::balls::{self, Subject, Throw};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::{Anonymity, Idea, Named, protection, store};
use crate::ids::{IdeaId, PersonId, ThrowId};
use crate::lengths;
use crate::notices::{self, Notice, NoticeKind};
use crate::people::{Person, Role};
use crate::web::{Form, Frame, Layout, Member, NewKey, Path, html, html_refused, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// What the page of an idea says to its kept author, or to the coach.
#[derive(Clone, Debug, Default)]
pub struct KeptNamePart {
    /// To the author: who read the name, when, and why.
    pub readings: Vec<String>,
    /// To the author: the key of the form that shows the name; empty for everybody else.
    pub key: String,
    /// To the author: the key of the form that asks the coach to speak for them; empty when it can't be asked now.
    pub ask_key: String,
    /// Whether a coach was asked to speak and has not written since.
    pub asked: bool,
    /// To the coach: the address of the page where the name can be read; empty for everybody else.
    pub name: String,
}

impl KeptNamePart {
    /// What there is to say to this reader.
    pub async fn of(tx: &mut Tx, app: &App, idea: &Idea, reader: &Person, is_author: bool) -> sqlx::Result<Self> {
        let mut keeping = Self::default();
        if idea.anonymity != Anonymity::Kept {
            return Ok(keeping);
        }
        let name = reader.is(Role::Coach).then(|| protection::kept_name(idea.id));
        let readings = is_author.then(|| protection::readings(idea.id));
        let (asked, name, readings) = tx.ask((protection::asks_a_coach(idea.id), name, readings)).await?;
        keeping.asked = asked;
        if name.flatten().is_some() {
            keeping.name = format!("/ideas/{}/name", idea.id);
        }
        if let Some(readings) = readings {
            let (calendar, now) = (idea.calendar(), tx.now());
            let told = |reading: protection::NameReading| {
                format!(
                    "{} read your name, {}, to {}",
                    reading.reader,
                    calendar.due(reading.at, now).words,
                    reading.why
                )
            };
            keeping.readings = readings.into_iter().map(told).collect();
            keeping.key = app.world.id().to_string();
            if idea.state.is_open() && !keeping.asked {
                keeping.ask_key = app.world.id().to_string();
            }
        }
        Ok(keeping)
    }
}

/// The page where the coach says why they look.
#[derive(Template)]
#[template(path = "ideas/name.html")]
pub struct NamePage {
    pub page: Layout,
    pub address: String,
    pub headline: String,
    pub form: Form,
    /// The name, in the answer to a recorded reading only.
    pub name: Option<String>,
}

/// An idea and the name that is kept for it. The example throws ideas for colleagues who have no name in it at all.
async fn kept(tx: &mut Tx, id: IdeaId, member: &Person) -> Result<(Idea, Named)> {
    let idea = tx.ask(store::seen(id, member.id)).await?.ok_or(Error::NotFound)?;
    let name = tx.ask(protection::kept_name(id)).await?.ok_or(Error::NotFound)?;
    Ok((idea, name))
}

/// `GET /ideas/{id}/name`
pub async fn show(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    NewKey(key): NewKey,
    Path(id): Path<IdeaId>,
) -> Result<Response> {
    let (idea, _) = kept(&mut app.read().await?, id, &member).await?;
    html(&name_page(&frame, &idea, Form::fresh(key), None))
}

fn name_page(frame: &Frame, idea: &Idea, form: Form, name: Option<String>) -> NamePage {
    let (address, headline) = (format!("/ideas/{}", idea.id), idea.headline());
    NamePage { page: frame.layout("A name that you keep", "ideas"), address, headline, form, name }
}

/// `POST /ideas/{id}/name/readings`
pub async fn create(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    mut form: Form,
) -> Result<Response> {
    let mut tx = app.write().await?;
    let (idea, author) = kept(&mut tx, id, &member).await?;
    let why = form.needed("why", lengths::REASON, "Say why you look. The author reads it.");
    let key: ThrowId = form.key()?;
    if !form.is_good() {
        drop(tx);
        return html_refused(&name_page(&frame, &idea, form, None));
    }
    if protection::record(&mut tx, key, id, member.id, &why).await? {
        let words = format!("{} read your name on an idea that the coach keeps, to {why}", member.name);
        tell(&mut tx, author.id, id, words).await?;
    } else if !protection::is_recorded(&mut tx, key, id, member.id).await? {
        // A key that counted for another idea, or another reader, would show a name without any record.
        return Err(Error::Unreadable(String::from("This form has counted already. Open the page again.")));
    }
    tx.commit().await?;
    html(&name_page(&frame, &idea, form, Some(author.name)))
}

async fn tell(tx: &mut Tx, person: PersonId, id: IdeaId, words: String) -> sqlx::Result<()> {
    notices::store::tell(tx, &Notice { person, kind: NoticeKind::News, subject: Subject::Idea, id: id.0, words }).await
}

/// `POST /ideas/{id}/naming`: the author shows the name, once and for good.
pub async fn publish(
    State(app): State<App>,
    member: Member,
    Path(id): Path<IdeaId>,
    mut form: Form,
) -> Result<Response> {
    let mut tx = app.write().await?;
    let idea = tx.ask(store::seen_to_change(id, member.id)).await?.ok_or(Error::NotFound)?;
    let key: ThrowId = form.key()?;
    let address = format!("/ideas/{id}");
    if balls::store::is_thrown(&mut tx, key).await? {
        return Ok(see_other_saying(address, "Your name is shown."));
    }
    if idea.anonymity != Anonymity::Kept || !protection::is_author(&mut tx, &idea, member.id).await? {
        return Err(Error::NotFound);
    }
    let words = form.text("words", lengths::PARAGRAPH);
    if !form.is_good() {
        return Err(Error::Unreadable(String::from("A name goes with at most 2000 characters of words.")));
    }
    protection::show_name(&mut tx, id, member.id).await?;
    let hold = balls::store::hold_of(&mut tx, Subject::Idea, id.0).await?;
    let throw = Throw {
        key,
        subject: Subject::Idea,
        id: id.0,
        team: idea.team_id,
        verb: "show_name",
        by: Some(member.id),
        words: &words,
        state: idea.state.name(),
        hold,
    };
    balls::store::throw(&mut tx, &throw).await?;
    tx.commit().await?;
    Ok(see_other_saying(
        address,
        "Your name is shown now, also where you acted before. The coach keeps nothing any more.",
    ))
}
