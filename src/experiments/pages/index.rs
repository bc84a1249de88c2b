//! `/experiments`: the list.

use super::list::{Groups, ListedThing};
use crate::error::Result;
use crate::experiments::{Experiment, State, store};
use crate::ids::PersonId;
use crate::text::beginning;
use crate::web::paging::PageNumber;
use crate::web::{App, Frame, Layout, Member, Query, Response, State as Shared, Template, html};
use chrono::{DateTime, Utc};

/// The most characters of what a line says of one.
const LINE: usize = 200;

/// The list of experiments.
#[derive(Template)]
#[template(path = "experiments/index.html")]
pub struct IndexPage {
    pub page: Layout,
    pub list: Groups,
    /// Whether the viewer belongs to a team and may begin one.
    pub may_begin: bool,
}

/// `GET /experiments`
pub async fn index(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Query(page): Query<PageNumber>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let experiments = tx.ask(store::in_sight(member.id, page.number())).await?;
    let rows = experiments.iter().map(|experiment| (group(experiment.state), row(experiment, tx.now(), member.id)));
    let list = Groups::of(page, ("/experiments", store::PAGE), rows);
    html(&IndexPage { page: frame.layout("Experiments", "experiments"), list, may_begin: member.team().is_some() })
}

/// The part of its life, in the order of the list.
fn group(state: State) -> &'static str {
    match state {
        State::Running => "Running",
        State::Stopped | State::Study | State::Decide => "To be studied and decided",
        State::Drafting | State::SafeCheck | State::Ready => "Before the start",
        State::Adopted | State::Adapted | State::Abandoned | State::Dropped => "What we learned",
    }
}

fn row(experiment: &Experiment, now: DateTime<Utc>, viewer: PersonId) -> ListedThing {
    let (plan, learned) = (&experiment.plan, !experiment.learned.is_empty());
    let words = match plan.expectation.as_str() {
        _ if learned => beginning(&experiment.learned, LINE),
        "" => String::new(),
        expected => format!("We expect: {}", beginning(expected, LINE)),
    };
    ListedThing {
        address: format!("/experiments/{}", experiment.id),
        name: plan.name.clone(),
        mark: experiment.mark(now, viewer),
        words,
        learned,
        owner: format!("{} · {}", experiment.owner, experiment.team),
    }
}
