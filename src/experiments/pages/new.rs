//! `/experiments/new`: the form of a new experiment, and where it is sent.

use super::edit::EditPage;
use super::fields;
use crate::balls::store as balls;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::experiments::verbs::{self, may_try};
use crate::experiments::{Origin, Plan};
use crate::ideas::protection;
use crate::ids::{IdeaId, PersonId, TeamId, ThrowId};
use crate::measures::definition::Measure;
use crate::moves::{Move, MoveError, kept_or_refused};
use crate::people::Person;
use crate::web::path::Query;
use crate::web::{Form, Frame, Member, NewKey, html, html_with, see_other, see_other_saying};
use crate::{App, ideas, measures};
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

/// From which idea.
#[derive(Deserialize)]
pub struct FromIdea {
    /// The idea it comes from; none when it comes from none.
    pub idea: Option<IdeaId>,
}

/// `GET /experiments/new`
pub async fn new(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    NewKey(key): NewKey,
    Query(from): Query<FromIdea>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let start = StartingPoint::find(&mut tx, &member, from.idea).await?;
    let measures = tx.ask(measures::store::of_team(start.team)).await?;
    let plan = start.idea.as_ref().map_or_else(Plan::default, fields::from_idea);
    let possible = match &start.idea {
        Some(idea) => may_try(&mut tx, idea, &member).await,
        None => Ok(()),
    };
    let refused = match possible {
        Ok(()) => String::new(),
        Err(MoveError::Refused(refusal)) => refusal.sentence().to_owned(),
        Err(MoveError::Failed(error)) => return Err(error),
    };
    html(&EditPage { refused, ..page(&start, &measures, &frame, fields::filled(&plan, key, 0)) })
}

/// `POST /experiments`
pub async fn create(Shared(app): Shared<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let key: ThrowId = form.key()?;
    let mut tx = app.write().await?;
    if balls::is_thrown(&mut tx, key).await? {
        return Ok(see_other(format!("/experiments/{}", key.0)));
    }
    let idea = form.choice::<IdeaId>("idea");
    let start = StartingPoint::find(&mut tx, &member, idea).await?;
    let measures = tx.ask(measures::store::of_team(start.team)).await?;
    let plan = fields::read(&mut form, &fields::measure_options(&measures));
    let (mut status, mut refused) = (StatusCode::UNPROCESSABLE_ENTITY, String::new());
    if form.is_good() {
        let origin = Origin { team: start.team, idea, previous: None };
        let by = Person { id: start.face, ..(*member).clone() };
        let done = verbs::draft(&mut tx, origin, Move::of(key, &by, ""), &plan).await;
        match kept_or_refused(tx, done).await? {
            Ok(drafted) => {
                let said = "It is written down. Nothing runs yet: say next that it is safe to try.";
                return Ok(see_other_saying(format!("/experiments/{}", drafted.id), said));
            }
            Err(refusal) => (status, refused) = (refusal.status(), refusal.sentence().to_owned()),
        }
    }
    html_with(status, &EditPage { refused, ..page(&start, &measures, &frame, form) })
}

/// Where a new experiment or standard comes from: an idea, or the team of the one who writes it.
pub struct StartingPoint {
    pub team: TeamId,
    pub idea: Option<ideas::Idea>,
    /// As whom they write: as the placeholder for an idea whose author's name the coach keeps.
    pub face: PersonId,
}

impl StartingPoint {
    /// The idea, if the person may see it; without one the team of the person.
    pub async fn find(tx: &mut Tx, person: &Person, idea: Option<IdeaId>) -> Result<Self> {
        let found = idea.map(|idea| (ideas::store::seen(idea, person.id), protection::face(idea, person.id)));
        let (idea, face) = match tx.ask(found).await? {
            Some((idea, face)) => (Some(idea.ok_or(Error::NotFound)?), face),
            None => (None, person.id),
        };
        let team = idea.as_ref().map(|idea| idea.team_id).or(person.team());
        let team = team.ok_or(Error::Forbidden("This is for the people of a team, and you are in none."))?;
        Ok(Self { team, idea, face })
    }
}

/// The page with this form.
fn page(start: &StartingPoint, measures: &[Measure], frame: &Frame, mut form: Form) -> EditPage {
    form.set("idea", start.idea.as_ref().map_or_else(String::new, |idea| idea.id.to_string()));
    EditPage {
        page: frame.layout("Try it", "experiments"),
        title: "Try it, small and soon",
        action: String::from("/experiments"),
        form,
        idea: start.idea.as_ref().map(|idea| (idea.id, idea.headline())),
        measures: fields::measure_options(measures),
        refused: String::new(),
        now: Vec::new(),
        was_ready: false,
    }
}
