//! The measures of all teams in sight on one screen, those with a signal first.
//!
//! Each has its finding, a small chart and a mark that says by shape and word where it stands. Those that are over are
//! only named.

use crate::App;
use crate::error::Result;
use crate::ids::MeasureId;
use crate::measures::card::{Condition, MeasureCard, is_kept};
use crate::measures::series::{self, Series};
use crate::measures::store::Whose;
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// The measures of all teams in sight.
#[derive(Template)]
#[template(path = "measures/index.html")]
pub struct IndexPage {
    page: Layout,
    finding: String,
    teams: Vec<(String, Vec<MeasureCard>)>,
    /// The measures that are over, each with its team.
    over: Vec<(MeasureId, String)>,
    defines: bool,
    /// Whether the reader can wish for one.
    proposes: bool,
}

/// GET /measures
pub async fn index(State(app): State<App>, member: Member, frame: Frame) -> Result<Response> {
    let all = app.read().await?.ask(series::all(Whose::InSightOf(member.id))).await?;
    let (open, over): (Vec<Series>, Vec<Series>) = all.into_iter().partition(|series| series.measure.state.is_open());
    let mut teams: Vec<(String, Vec<MeasureCard>)> = Vec::new();
    for team in open.chunk_by(|one, next| one.measure.team_id == next.measure.team_id) {
        let mut smalls: Vec<MeasureCard> = team.iter().map(Series::small).collect();
        // Signals of all kinds are equal; among equals the oldest measure comes first.
        smalls.sort_by_key(|small| small.condition.max(Condition::Three));
        teams.push((team[0].measure.team.clone(), smalls));
    }
    // Whoever looks at several teams finds the signals at the top too; otherwise teams keep their order.
    teams.sort_by_key(|(_, smalls)| !smalls.iter().any(|small| small.signal));
    let kept = || open.iter().filter(|series| is_kept(series.measure.state));
    let finding = headline(kept().filter(|series| series.has_signal()).count(), kept().count());
    let over =
        over.into_iter().map(|Series { measure, .. }| (measure.id, format!("{}, {}", measure.name, measure.team)));
    html(&IndexPage {
        page: frame.layout("Measures", "measures"),
        finding,
        teams,
        over: over.collect(),
        defines: member.defines_measures(),
        proposes: member.team().is_some(),
    })
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
