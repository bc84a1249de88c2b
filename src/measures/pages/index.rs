//! The measures of all teams in sight on one screen, those with a signal first.
//!
//! Each has its finding, a small chart and a mark that says by shape and word where it stands. Those that are over are
//! only named.

use crate::error::Result;
use crate::ids::MeasureId;
use crate::measures::card::{Condition, MeasureCard, is_kept};
use crate::measures::card_cache::CardCache;
use crate::measures::{Measure, store};
use crate::web::paging::PageNumber;
use crate::web::path::Query;
use crate::web::{App, Frame, Layout, Member, Response, State, Template, html};
use std::sync::Arc;

/// How many measures a page shows: each has its picture.
const MOST: usize = 20;

/// The measures of all teams in sight.
#[derive(Template)]
#[template(path = "measures/index.html")]
pub struct IndexPage {
    page: Layout,
    finding: String,
    teams: Vec<(String, Vec<Arc<MeasureCard>>)>,
    over: Vec<(MeasureId, String)>,
    /// The address of the next page; none when there is none.
    next: Option<String>,
    /// Whether nothing is watched yet.
    none: bool,
    defines: bool,
    proposes: bool,
}

/// GET /measures
pub async fn index(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Query(page): Query<PageNumber>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let all = tx.ask(store::in_sight(member.id)).await?;
    let (open, over): (Vec<Measure>, Vec<Measure>) = all.into_iter().partition(|measure| measure.state.is_open());
    let mut cards = app.memory::<CardCache>().of(&mut tx, &open, member.id).await?;
    let kept = || open.iter().zip(&cards).filter(|(measure, _)| is_kept(measure.state));
    let finding = headline(kept().filter(|(_, card)| card.signal).count(), kept().count());
    let mut teams: Vec<(String, Vec<Arc<MeasureCard>>)> = Vec::new();
    for team in open.chunk_by(|one, next| one.team_id == next.team_id) {
        let mut of_team: Vec<_> = cards.drain(..team.len()).collect();
        // Signals of all kinds are equal; among equals the oldest measure comes first.
        of_team.sort_by_key(|card| card.condition.max(Condition::Three));
        teams.push((team[0].team.clone(), of_team));
    }
    // Whoever looks at several teams finds the signals at the top too; otherwise teams keep their order.
    teams.sort_by_key(|(_, cards)| !cards.iter().any(|card| card.signal));
    let cards =
        teams.into_iter().flat_map(|(team, cards)| cards.into_iter().map(move |card| Row::Open(team.clone(), card)));
    let over = over.into_iter().map(|measure| Row::Over(measure.id, format!("{}, {}", measure.name, measure.team)));
    let mut rows: Vec<Row> = cards.chain(over).collect();
    let next = page.of(&mut rows, MOST, "/measures");
    let (teams, over) = in_groups(rows);
    html(&IndexPage {
        page: frame.layout("Measures", "measures"),
        finding,
        teams,
        over,
        next,
        none: open.is_empty(),
        defines: member.defines_measures(),
        proposes: member.team().is_some(),
    })
}

/// One row of the list.
enum Row {
    /// A measure of this team.
    Open(String, Arc<MeasureCard>),
    /// One that is over, with its name.
    Over(MeasureId, String),
}

/// A team by its name, with its measures.
type TeamCards = (String, Vec<Arc<MeasureCard>>);

/// The teams of these rows, and those that are over.
fn in_groups(rows: Vec<Row>) -> (Vec<TeamCards>, Vec<(MeasureId, String)>) {
    let (mut teams, mut over) = (Vec::<TeamCards>::new(), Vec::new());
    for row in rows {
        match row {
            Row::Over(id, name) => over.push((id, name)),
            Row::Open(team, card) => match teams.last_mut().filter(|(name, _)| *name == team) {
                Some((_, cards)) => cards.push(card),
                None => teams.push((team, vec![card])),
            },
        }
    }
    (teams, over)
}

fn headline(signals: usize, all: usize) -> String {
    match (signals, all) {
        (_, 0) => "No measures yet".to_owned(),
        (0, _) => "No measure shows a signal".to_owned(),
        (1, 1) => "The measure shows a signal".to_owned(),
        (1, all) => format!("1 of {all} measures shows a signal"),
        (some, all) => format!("{some} of {all} measures show a signal"),
    }
}
