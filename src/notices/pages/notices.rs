//! `/notices`: balls that came, and news apart from them, the newest first; and what was seen of them.

use crate::App;
use crate::calendar::Moment;
use crate::error::{Error, Result};
use crate::ids::NoticeId;
use crate::notices::{NoticeKind, StoredNotice, store};
use crate::people;
use crate::web::{Frame, Layout, Member, Path, html, see_other_saying, see_other_undoing};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// The page of notices.
#[derive(Template)]
#[template(path = "notices/index.html")]
pub struct NoticesPage {
    pub page: Layout,
    pub balls: Vec<NoticeLine>,
    pub news: Vec<NoticeLine>,
    /// Whether there is one that was not seen.
    pub has_unread: bool,
}

/// One notice.
pub struct NoticeLine {
    /// The notice.
    pub notice: StoredNotice,
    /// When it happened.
    pub when: Moment,
}

const UNDO: &str = "/notices/seen/removal";

/// `GET /notices`
pub async fn index(State(app): State<App>, member: Member, frame: Frame) -> Result<Response> {
    let mut tx = app.read().await?;
    let (calendar, now) = (people::calendars::of_person(&mut tx, &member).await?, tx.now());
    let of_kind = |kind| store::of_person(member.id, kind);
    let (balls, news) = tx.ask((of_kind(NoticeKind::Ball), of_kind(NoticeKind::News))).await?;
    let lines = |notices: Vec<StoredNotice>| -> Vec<NoticeLine> {
        notices.into_iter().map(|notice| NoticeLine { when: calendar.due(notice.at, now), notice }).collect()
    };
    let (balls, news) = (lines(balls), lines(news));
    let has_unread = balls.iter().chain(&news).any(|line| line.notice.unread);
    html(&NoticesPage { page: frame.layout("Notices", "notices"), balls, news, has_unread })
}

/// `POST /notices/seen`: all of them.
pub async fn see_all(State(app): State<App>, member: Member) -> Result<Response> {
    let mut tx = app.write().await?;
    let seen = store::see(&mut tx, member.id, None).await?;
    tx.commit().await?;
    let said = match seen {
        0 => return Ok(see_other_saying("/notices", "There was nothing new.")),
        1 => String::from("One notice is marked as seen."),
        more => format!("{more} notices are marked as seen."),
    };
    Ok(see_other_undoing("/notices", said, UNDO))
}

/// `POST /notices/{id}/seen`
pub async fn see(State(app): State<App>, member: Member, Path(id): Path<NoticeId>) -> Result<Response> {
    let mut tx = app.write().await?;
    store::find(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    store::see(&mut tx, member.id, Some(id)).await?;
    tx.commit().await?;
    Ok(see_other_undoing("/notices", "Marked as seen.", UNDO))
}

/// `POST /notices/seen/removal`: what the last press saw is unread again.
pub async fn unsee(State(app): State<App>, member: Member) -> Result<Response> {
    let mut tx = app.write().await?;
    store::unsee(&mut tx, member.id).await?;
    tx.commit().await?;
    Ok(see_other_saying("/notices", "They are new again."))
}
