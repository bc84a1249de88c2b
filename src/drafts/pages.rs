//! My drafts: the list, and their fields for the forms of a page. Only their owner ever asks.

use super::store;
use crate::App;
use crate::calendar::{Calendar, Moment};
use crate::db::Tx;
use crate::error::Result;
use crate::people::{self, Person};
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// The list of one's own drafts.
#[derive(Template)]
#[template(path = "drafts/index.html")]
pub struct DraftsPage {
    pub page: Layout,
    /// The drafts, the newest first.
    pub drafts: Vec<Line>,
}

/// One draft in the list.
pub struct Line {
    pub place: String,
    pub address: String,
    pub title: String,
    /// When it was saved.
    pub when: Moment,
}

/// `GET /drafts`
pub async fn index(State(app): State<App>, member: Member, frame: Frame) -> Result<Response> {
    let mut tx = app.read().await?;
    let (calendar, now) = (calendar_of(&mut tx, &member).await?, tx.now());
    let drafts = store::of_person(&mut tx, member.id).await?.into_iter().map(|draft| Line {
        title: draft.title(),
        when: calendar.due(draft.saved_at, now),
        place: draft.place,
        address: draft.address,
    });
    html(&DraftsPage { page: frame.layout("My drafts", "ideas"), drafts: drafts.collect() })
}

/// A draft as a form takes it.
#[derive(Serialize)]
struct ForForm {
    place: String,
    when: String,
    fields: super::Fields,
}

/// `GET /drafts/fields`: what the script puts back into the forms of a page.
pub async fn fields(State(app): State<App>, member: Member) -> Result<Response> {
    let mut tx = app.read().await?;
    let (calendar, now) = (calendar_of(&mut tx, &member).await?, tx.now());
    let drafts = store::of_person(&mut tx, member.id).await?.into_iter().map(|draft| ForForm {
        when: calendar.due(draft.saved_at, now).words,
        fields: draft.fields(),
        place: draft.place,
    });
    let text = serde_json::to_string(&drafts.collect::<Vec<_>>()).map_err(anyhow::Error::from)?;
    Ok(([(CONTENT_TYPE, "application/json")], text).into_response())
}

/// The time in which this person reads: their team's, else the company's.
pub async fn calendar_of(tx: &mut Tx, person: &Person) -> Result<Calendar> {
    if let Some(team) = person.team()
        && let Some(team) = people::store::team(tx, team).await?
    {
        return Ok(team.calendar);
    }
    let zone = people::store::organisation(tx).await?.and_then(|company| company.zone.parse().ok());
    Ok(Calendar::usual(zone.unwrap_or(chrono_tz::UTC)))
}
