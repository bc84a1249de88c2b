//! `/standards/new`: the form of a new standard, and where it is sent.

use super::edit::EditPage;
use super::fields::{self, Choices};
use crate::App;
use crate::balls::store as balls;
use crate::db::Tx;
use crate::error::Result;
use crate::experiments::pages::new::{FromIdea, StartingPoint};
use crate::ideas::protection;
use crate::ids::{PersonId, ThrowId};
use crate::moves::{Move, MoveError, Refusal};
use crate::people;
use crate::standards::checks::first_check;
use crate::standards::verbs::{self, Origin};
use crate::standards::{Text, store};
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
    let team = people::store::team(&mut tx, start.team).await?;
    let first_check = team.map(|team| first_check(team.calendar.date_of(tx.now())));
    let text = match &start.idea {
        Some(idea) => fields::from_idea(idea, first_check),
        None => Text { next_check_on: first_check, ..Text::default() },
    };
    let (owner, choices) = choices(&mut tx, &start, &member).await?;
    html(&page(&start, choices, &frame, fields::filled(&text, owner, key, 0)))
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
    let (_, choices) = choices(&mut tx, &start, &member).await?;
    let (text, owner) = fields::read(&mut form, &choices);
    let mut refusal = None;
    if let Some(owner) = owner.filter(|_| form.is_good()) {
        let this = Move::of(key, &member, "");
        let opened = match &start.idea {
            Some(idea) => verbs::open_from_idea(&mut tx, idea, this, owner, &text).await,
            None => {
                let origin = Origin { team: start.team, idea: None, experiment: None };
                verbs::open(&mut tx, origin, this, owner, &text).await
            }
        };
        match opened {
            Ok(opened) => {
                tx.commit().await?;
                let said = "It is written down. Next it is shown to all concerned.";
                return Ok(see_other_saying(format!("/standards/{}", opened.id), said));
            }
            Err(MoveError::Failed(error)) => return Err(error),
            Err(MoveError::Refused(refused)) => refusal = Some(refused),
        }
    }
    drop(tx);
    let refused = refusal.as_ref().map_or_else(String::new, |refusal| refusal.sentence().to_owned());
    let status = refusal.as_ref().map_or(StatusCode::UNPROCESSABLE_ENTITY, Refusal::status);
    html_with(status, &EditPage { refused, ..page(&start, choices, &frame, form) })
}

/// Who would own it, and what the form offers.
async fn choices(tx: &mut Tx, start: &StartingPoint, member: &Member) -> Result<(PersonId, Choices)> {
    let owner = protection::face_on(tx, start.idea.as_ref().map(|idea| idea.id), member.id).await?;
    let candidates = tx.ask(store::candidates(start.team, owner)).await?;
    Ok((owner, Choices::of(&start.measures, candidates)))
}

fn page(start: &StartingPoint, choices: Choices, frame: &Frame, mut form: Form) -> EditPage {
    form.set("idea", start.idea.as_ref().map_or_else(String::new, |idea| idea.id.to_string()));
    let idea = start.idea.as_ref().map(|idea| (idea.id, idea.headline()));
    EditPage::of(frame, String::from("/standards"), idea, choices, form)
}
