//! Where does it hurt? The throw: one field that must be there, and who will see it before it is sent.

use super::verbs::throw_idea;
use super::{AUTHORITIES, LONGEST, NewIdea, Trouble, destination, store};
use crate::App;
use crate::db::{Tx, broken_unique_rule};
use crate::error::{Error, Result};
use crate::finding::similar::{SimilarIdeas, similar};
use crate::ids::{MeasureId, ThrowId};
use crate::measures;
use crate::people::Person;
use crate::responses::answer_box::first_name;
use crate::web::{Form, Frame, Layout, Member, NewKey, html, html_with, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

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
}

impl ThrowPage {
    /// Whether one of the questions that may be left out was filled in, so that they are shown.
    pub fn has_more(&self) -> bool {
        let more = ["why", "better", "needed_change", "small_try", "benefit", "authority", "measure"];
        more.iter().any(|name| !self.form.value(name).is_empty() || self.form.error(name).is_some())
    }
}

/// `GET /ideas/new`
pub async fn new(State(app): State<App>, member: Member, frame: Frame, NewKey(key): NewKey) -> Result<Response> {
    html(&page(&mut app.read().await?, &member, &frame, Form::fresh(key)).await?)
}

/// `POST /ideas`
pub async fn create(State(app): State<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let key: ThrowId = form.key()?;
    let new = read(&mut form);
    let mut tx = app.write().await?;
    if let Some(id) = store::of_throw(&mut tx, key).await? {
        return Ok(thrown(&format!("/ideas/{id}"), ""));
    }
    check_measure(&mut tx, &member, &mut form, &new).await?;
    if !form.is_good() {
        return refused(&mut tx, &member, &frame, form).await;
    }
    match throw(&mut tx, &member, key, &new).await {
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

async fn throw(tx: &mut Tx, member: &Person, key: ThrowId, new: &NewIdea) -> Result<(String, String), Trouble> {
    let id = throw_idea(tx, member, key, new).await?;
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
    Ok(ThrowPage { page: frame.layout("Where does it hurt?", "throw"), form, told, measures, similar, authorities })
}
