//! `/give-back`: what we got back, and work added and removed; open to the whole company.

use crate::App;
use crate::error::Result;
use crate::give_back::{Received, Stated, Work, store};
use crate::ids::TeamId;
use crate::people::sight::Sight;
use crate::web::paging::PageNumber;
use crate::web::path::Query;
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// What we got back.
#[derive(Template)]
#[template(path = "give_back/index.html")]
pub struct GiveBackPage {
    pub page: Layout,
    pub received: Vec<Received>,
    pub stated: Vec<Stated>,
    pub work: Work,
    /// The teams whose ideas and experiments the reader may open.
    pub near: Vec<TeamId>,
    /// What all measures cost, in minutes a week.
    pub measuring: i64,
    /// The address of what came before; none when there is no more.
    pub older: Option<String>,
}

/// `GET /give-back`
pub async fn index(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Query(page): Query<PageNumber>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let asked =
        (store::received(page.number()), store::stated(), store::work(), store::measuring(), Sight::of(member.id));
    let (mut received, stated, work, measuring, sight) = tx.ask(asked).await?;
    tx.commit().await?;
    let most = usize::try_from(store::PAGE).unwrap_or_default();
    let older = (received.len() > most).then(|| format!("/give-back?page={}", page.number() + 1));
    received.truncate(most);
    let page = frame.layout("What we got back", "standards");
    html(&GiveBackPage { page, received, stated, work, near: sight.near, measuring, older })
}

impl GiveBackPage {
    /// Whether the reader may open what is of this team: of others they read that something changed, and no title.
    fn sees(&self, team: &TeamId) -> bool {
        self.near.contains(team)
    }
}
