//! `GET /notices`: balls that came, and news apart from them; the newest first.

use super::{Kind, Standing, store};
use crate::App;
use crate::calendar::Moment;
use crate::db::Tx;
use crate::drafts::pages::calendar_of;
use crate::error::Result;
use crate::people::Person;
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// The page of notices.
#[derive(Template)]
#[template(path = "notices/index.html")]
pub struct NoticesPage {
    pub page: Layout,
    pub balls: Vec<Line>,
    pub news: Vec<Line>,
    /// Whether there is one that was not seen.
    pub has_unread: bool,
}

/// One notice.
pub struct Line {
    pub notice: Standing,
    /// When it happened.
    pub when: Moment,
}

/// `GET /notices`
pub async fn index(State(app): State<App>, member: Member, frame: Frame) -> Result<Response> {
    let mut tx = app.read().await?;
    let balls = lines(&mut tx, &member, Kind::Ball).await?;
    let news = lines(&mut tx, &member, Kind::News).await?;
    let has_unread = balls.iter().chain(&news).any(|line| line.notice.unread);
    html(&NoticesPage { page: frame.layout("Notices", "notices"), balls, news, has_unread })
}

async fn lines(tx: &mut Tx, member: &Person, kind: Kind) -> Result<Vec<Line>> {
    let (calendar, now) = (calendar_of(tx, member).await?, tx.now());
    let notices = store::of_person(tx, member.id, kind).await?;
    Ok(notices.into_iter().map(|notice| Line { when: calendar.due(notice.at, now), notice }).collect())
}
