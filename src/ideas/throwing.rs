//! Where does it hurt? The throw: one field that must be there, and who will see it before it is sent.

use super::verbs::throw_idea;
use super::{AUTHORITIES, LONGEST, NewIdea, Trouble, destination, protection, store};
use crate::App;
use crate::conversation::pictures::{self, Taken};
use crate::db::{Tx, broken_unique_rule};
use crate::drafts;
use crate::error::{Error, Result};
use crate::finding::similar::{SimilarIdeas, similar};
use crate::ids::{IdeaId, MeasureId, ThrowId};
use crate::measures;
use crate::people::Person;
use crate::responses::answer_box::first_name;
use crate::web::path::Query;
use crate::web::{Album, Form, Frame, Layout, Member, NewKey, html, html_with, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

/// The form of a throw.
#[derive(Template)]
#[template(path = "ideas/new.html")]
pub struct ThrowPage {
    /// The frame.
    pub page: Layout,
    /// The form.
    pub form: Form,
    /// To whom it goes, who sees it, by when one hears; or why nothing can be thrown.
    pub told: Result<String, String>,
    /// The measures that could notice, with "none" in front.
    pub measures: Vec<(String, String)>,
    /// Ideas that may be about the same, when the form came back.
    pub similar: SimilarIdeas,
    /// "Can you change it yourself?"
    pub authorities: Vec<(&'static str, &'static str, &'static str)>,
    /// The place of its draft.
    pub draft: String,
    /// Since when the draft waited that is in the form; empty when there is none.
    pub restored: String,
}

impl ThrowPage {
    /// Whether one of the questions that may be left out was filled in, so that they are shown.
    pub fn has_more(&self) -> bool {
        let more = ["why", "better", "needed_change", "small_try", "benefit", "authority", "measure"];
        let pictures = ["pictures", "pictures_show"];
        more.iter().chain(&pictures).any(|name| !self.form.value(name).is_empty() || self.form.error(name).is_some())
    }

    /// Its address.
    pub fn address(&self) -> String {
        match self.form.value(FROM) {
            "" => String::from("/ideas/new"),
            from => format!("/ideas/new?from={from}"),
        }
    }
}

/// What the address of the form may say.
#[derive(Deserialize)]
pub struct Asked {
    /// A taken back idea that its author takes up again.
    from: Option<IdeaId>,
}

/// `GET /ideas/new`
pub async fn new(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    NewKey(key): NewKey,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let mut form = Form::fresh(key);
    let mut restored = String::new();
    if let Some(from) = asked.from {
        take_up(&mut tx, &member, from, &mut form).await?;
    }
    if let Some(draft) = drafts::store::find(&mut tx, member.id, &place(&form)).await? {
        let calendar = drafts::pages::calendar_of(&mut tx, &member).await?;
        restored = calendar.due(draft.saved_at, tx.now()).words;
        for (name, text) in draft.fields() {
            form.set(&name, text);
        }
    }
    let mut page = page(&mut tx, &member, &frame, form).await?;
    page.restored = restored;
    html(&page)
}

/// Put a taken back idea of this person's own into the form; whatever else it is does not exist.
async fn take_up(tx: &mut Tx, member: &Person, from: IdeaId, form: &mut Form) -> Result<()> {
    let idea = store::seen(tx, from, member.id).await?.ok_or(Error::NotFound)?;
    if idea.state != super::State::Withdrawn || !protection::is_author(tx, &idea, member.id).await? {
        return Err(Error::NotFound);
    }
    form.set(FROM, from.to_string());
    let texts = [
        ("hurt", idea.hurt),
        ("why", idea.why),
        ("better", idea.better),
        ("needed_change", idea.needed_change),
        ("small_try", idea.small_try),
        ("benefit", idea.benefit),
        ("authority", idea.authority),
    ];
    for (name, text) in texts {
        form.set(name, text);
    }
    Ok(())
}

/// The place of the form's draft: one for new ideas, one for each idea that is taken up again.
fn place(form: &Form) -> String {
    match form.value(FROM).parse::<IdeaId>() {
        Ok(from) => format!("{}:{from}", drafts::THROW),
        Err(_) => drafts::THROW.to_owned(),
    }
}

/// The hidden field that says which taken back idea is taken up again.
const FROM: &str = "from";

/// `POST /ideas`
pub async fn create(State(app): State<App>, member: Member, frame: Frame, album: Album) -> Result<Response> {
    let Album { mut form, files } = album;
    let key: ThrowId = form.key()?;
    let new = read(&mut form);
    let taken = pictures::take(&mut form, files).await?;
    let mut tx = app.write().await?;
    if let Some(id) = store::of_throw(&mut tx, key).await? {
        return Ok(thrown(&format!("/ideas/{id}"), ""));
    }
    check_measure(&mut tx, &member, &mut form, &new).await?;
    if !form.is_good() {
        return refused(&mut tx, &member, &frame, form).await;
    }
    match throw(&mut tx, &member, key, &new, taken).await {
        Ok((address, to)) => {
            tx.commit().await?;
            Ok(thrown(&address, &to))
        }
        Err(Trouble::Refused(refusal)) => {
            form.refuse("hurt", refusal.0);
            refused(&mut tx, &member, &frame, form).await
        }
        Err(Trouble::Database(error)) => twice(&app, key, error).await,
    }
}

async fn throw(
    tx: &mut Tx,
    member: &Person,
    key: ThrowId,
    new: &NewIdea,
    taken: Taken,
) -> Result<(String, String), Trouble> {
    let id = throw_idea(tx, member, key, new).await?;
    pictures::keep(tx, id, None, taken).await?;
    let idea = store::idea(tx, id).await?;
    Ok((format!("/ideas/{id}"), idea.holder.unwrap_or_default()))
}

/// Two clicks at the same moment on a database that lets both begin: the second finds the first one's throw.
async fn twice(app: &App, key: ThrowId, error: sqlx::Error) -> Result<Response> {
    let same_key = broken_unique_rule(&error).is_some_and(|rule| rule.starts_with("throw_"));
    let first = if same_key { store::of_throw(&mut app.read().await?, key).await? } else { None };
    first.map(|id| thrown(&format!("/ideas/{id}"), "")).ok_or_else(|| Error::from(error))
}

fn thrown(address: &str, to: &str) -> Response {
    let with = if to.is_empty() { String::new() } else { format!(" The ball is with {}.", first_name(to)) };
    see_other_saying(address, format!("Thanks.{with} You can read where it is at any time, and take it back."))
}

async fn refused(tx: &mut Tx, member: &Person, frame: &Frame, form: Form) -> Result<Response> {
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page(tx, member, frame, form).await?)
}

fn read(form: &mut Form) -> NewIdea {
    let hurt = form.needed("hurt", LONGEST, "Write where it hurts. One line is enough.");
    let measure = form.choice::<MeasureId>("measure");
    let authority = form.text("authority", 40);
    if !authority.is_empty() && !AUTHORITIES.iter().any(|(name, _)| *name == authority) {
        form.refuse("authority", "Choose one of the list.");
    }
    let mut text = |name| form.text(name, LONGEST);
    NewIdea {
        hurt,
        why: text("why"),
        better: text("better"),
        needed_change: text("needed_change"),
        small_try: text("small_try"),
        benefit: text("benefit"),
        authority,
        measure,
        ..NewIdea::default()
    }
}

async fn check_measure(tx: &mut Tx, member: &Person, form: &mut Form, new: &NewIdea) -> Result<()> {
    let (Some(measure), Some(team)) = (new.measure, member.team()) else { return Ok(()) };
    if !measures::store::of_team(tx, team).await?.iter().any(|known| known.id == measure) {
        form.refuse("measure", "Choose one of the list.");
    }
    Ok(())
}

async fn page(tx: &mut Tx, member: &Person, frame: &Frame, form: Form) -> Result<ThrowPage> {
    let mut measures = vec![(String::new(), String::from("None"))];
    if let Some(team) = member.team() {
        let known = measures::store::of_team(tx, team).await?;
        measures.extend(known.into_iter().map(|measure| (measure.id.to_string(), measure.name.clone())));
    }
    let told = match destination::told(tx, member).await {
        Ok(told) => Ok(told),
        Err(Trouble::Refused(refusal)) => Err(refusal.0),
        Err(Trouble::Database(error)) => return Err(error.into()),
    };
    let authorities = AUTHORITIES.map(|(name, words)| (name, words, "")).to_vec();
    let similar = SimilarIdeas { similar: similar(tx, member.id, form.value("hurt")).await? };
    let (page, draft) = (frame.layout("Where does it hurt?", "throw"), place(&form));
    Ok(ThrowPage { page, form, told, measures, similar, authorities, draft, restored: String::new() })
}
