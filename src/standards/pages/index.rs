//! `/standards`: the list.

use crate::error::Result;
use crate::experiments::pages::list::{Groups, ListedThing};
use crate::ids::StandardId;
use crate::standards::{Standard, State, shown, store};
use crate::web::paging::PageNumber;
use crate::web::{App, Frame, Layout, Member, Query, Response, State as Shared, Template, html};

/// The list of standards.
#[derive(Template)]
#[template(path = "standards/index.html")]
pub struct IndexPage {
    pub page: Layout,
    pub list: Groups,
    /// Whether the viewer belongs to a team and may begin one.
    pub may_begin: bool,
    /// What is still to be shown to the viewer.
    pub to_see: Vec<(StandardId, String)>,
}

/// `GET /standards`
pub async fn index(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Query(page): Query<PageNumber>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let (standards, to_see) = tx.ask((store::in_sight(member.id, page.number()), shown::to_see(member.id))).await?;
    let row = |standard: &Standard| ListedThing {
        address: format!("/standards/{}", standard.id),
        name: standard.text.name.clone(),
        mark: standard.mark(tx.now(), member.id),
        words: String::new(),
        learned: false,
        owner: format!("{} · {}", standard.owner, standard.team),
    };
    let rows = standards.iter().map(|standard| (group(standard.state), row(standard)));
    let list = Groups::of(page, ("/standards", store::PAGE), rows);
    let may_begin = member.team().is_some();
    html(&IndexPage { page: frame.layout("Our way", "standards"), list, may_begin, to_see })
}

/// The part of its life, in the order of the list.
fn group(state: State) -> &'static str {
    match state {
        State::Drifting => "Drifting",
        State::Writing | State::Teaching => "Being written and taught",
        State::Holding | State::CheckDue | State::Improving | State::Retiring => "In use",
        State::Retired => "Retired",
    }
}
