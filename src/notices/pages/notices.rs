//! `/notices`: page by page the newest, balls that came and news apart from them; and what was seen of them.

use crate::App;
use crate::calendar::Moment;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::NoticeId;
use crate::notices::{NoticeKind, StoredNotice, store};
use crate::people;
use crate::web::path::Query;
use crate::web::visitor;
use crate::web::{Frame, Layout, Member, Path, html, see_other_saying, see_other_undoing};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// The page of notices.
#[derive(Template)]
#[template(path = "notices/index.html")]
pub struct NoticesPage {
    pub page: Layout,
    pub balls: Vec<NoticeLine>,
    pub news: Vec<NoticeLine>,
    /// The number of the page with older ones, where there are some.
    pub older: Option<u16>,
    /// Whether there are any that were not seen, on whichever page.
    pub has_unread: bool,
    pub is_first: bool,
}

/// One notice.
pub struct NoticeLine {
    pub notice: StoredNotice,
    pub when: Moment,
}

const UNDO: &str = "/notices/seen/removal";

/// Which page is asked for.
#[derive(Deserialize)]
pub struct PageQuery {
    /// How many pages are newer.
    #[serde(default)]
    page: u16,
}

/// `GET /notices`
pub async fn index(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Query(query): Query<PageQuery>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let (calendar, now) = (people::calendars::of_person(&mut tx, &member).await?, tx.now());
    let mut notices = tx.ask(store::of_person(member.id, query.page)).await?;
    let shown = usize::try_from(store::SHOWN).unwrap_or(usize::MAX);
    let has_more = notices.len() > shown;
    notices.truncate(shown);
    let lines = notices.into_iter().map(|notice| NoticeLine { when: calendar.due(notice.at, now), notice });
    let (balls, news) = lines.partition(|line| line.notice.kind == NoticeKind::Ball);
    let older = has_more.then_some(query.page.saturating_add(1));
    let page = frame.layout("Notices", "notices");
    html(&NoticesPage { has_unread: page.unread > 0, is_first: query.page == 0, page, balls, news, older })
}

/// Commit what its reader alone can see. Nobody else is told, and no page of anybody else is drawn anew.
async fn keep(app: &App, member: &Member, tx: Tx) -> Result<()> {
    tx.commit().await?;
    visitor::forget(app, member.id);
    Ok(())
}

/// `POST /notices/seen`: all of them.
pub async fn see_all(State(app): State<App>, member: Member) -> Result<Response> {
    let mut tx = app.write_unseen().await?;
    let seen = store::see(&mut tx, member.id, None).await?;
    keep(&app, &member, tx).await?;
    let said = match seen {
        0 => return Ok(see_other_saying("/notices", "There was nothing new.")),
        1 => String::from("One notice is marked as seen."),
        more => format!("{more} notices are marked as seen."),
    };
    Ok(see_other_undoing("/notices", said, UNDO))
}

/// `POST /notices/{id}/seen`
pub async fn see(State(app): State<App>, member: Member, Path(id): Path<NoticeId>) -> Result<Response> {
    let mut tx = app.write_unseen().await?;
    store::find(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    store::see(&mut tx, member.id, Some(id)).await?;
    keep(&app, &member, tx).await?;
    Ok(see_other_undoing("/notices", "Marked as seen.", UNDO))
}

/// `POST /notices/seen/removal`: what the last press saw is unread again.
pub async fn unsee(State(app): State<App>, member: Member) -> Result<Response> {
    let mut tx = app.write_unseen().await?;
    store::unsee(&mut tx, member.id).await?;
    keep(&app, &member, tx).await?;
    Ok(see_other_saying("/notices", "They are new again."))
}
