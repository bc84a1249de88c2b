//! `/standards/new`: the form of a new standard, and where it is sent.

use super::edit::{self, EditPage};
use super::fields::{self, Choices};
use crate::App;
use crate::balls::store as balls;
use crate::error::Result;
use crate::experiments::pages::new::{FromIdea, StartingPoint};
use crate::ids::ThrowId;
use crate::moves::{Move, kept_or_refused};
use crate::people;
use crate::standards::checks::first_check;
use crate::standards::{Origin, Text, verbs};
use crate::web::path::Query;
use crate::web::{Form, Frame, Member, NewKey, html, html_with, see_other, see_other_saying};
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::Response;

/// `GET /standards/new`
pub async fn new(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    NewKey(key): NewKey,
    Query(from): Query<FromIdea>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let start = StartingPoint::find(&mut tx, &member, from.idea).await?;
    let questions = (people::store::team(start.team), edit::choices(start.team, start.face));
    let (team, choices) = tx.ask(questions).await?;
    let first_check = team.map(|team| first_check(team.calendar.date_of(tx.now())));
    let text = match &start.idea {
        Some(idea) => fields::from_idea(idea, first_check),
        None => Text { next_check_on: first_check, ..Text::default() },
    };
    html(&page(&start, choices, &frame, fields::filled(&text, start.face, key, 0)))
}

/// `POST /standards`
pub async fn create(Shared(app): Shared<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let key: ThrowId = form.key()?;
    let mut tx = app.write().await?;
    if balls::is_thrown(&mut tx, key).await? {
        return Ok(see_other(format!("/standards/{}", key.0)));
    }
    let idea = form.choice("idea");
    let start = StartingPoint::find(&mut tx, &member, idea).await?;
    let choices = tx.ask(edit::choices(start.team, start.face)).await?;
    let (text, owner) = fields::read(&mut form, &choices);
    let (mut status, mut refused) = (StatusCode::UNPROCESSABLE_ENTITY, String::new());
    if let Some(owner) = owner.filter(|_| form.is_good()) {
        let this = Move::of(key, &member, "");
        let opened = match &start.idea {
            Some(idea) => verbs::open_from_idea(&mut tx, idea, this, owner, &text).await,
            None => {
                let origin = Origin { team: start.team, idea: None, experiment: None };
                verbs::open(&mut tx, origin, this, owner, &text).await
            }
        };
        match kept_or_refused(tx, opened).await? {
            Ok(opened) => {
                let said = "It is written down. Next it is shown to all concerned.";
                return Ok(see_other_saying(format!("/standards/{}", opened.id), said));
            }
            Err(refusal) => (status, refused) = (refusal.status(), refusal.sentence().to_owned()),
        }
    }
    html_with(status, &EditPage { refused, ..page(&start, choices, &frame, form) })
}

fn page(start: &StartingPoint, choices: Choices, frame: &Frame, mut form: Form) -> EditPage {
    form.set("idea", start.idea.as_ref().map_or_else(String::new, |idea| idea.id.to_string()));
    let idea = start.idea.as_ref().map(|idea| (idea.id, idea.headline()));
    EditPage::of(frame, String::from("/standards"), idea, choices, form)
}
