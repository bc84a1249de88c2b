//! `GET /ideas`: what is open and who has the ball, mine first; what is finished stands on a page of its own.

use super::store::{self, Listed};
use super::{headline, telling};
use crate::App;
use crate::balls::{Ball, Mark};
use crate::calendar::Calendar;
use crate::error::Result;
use crate::ids::{IdeaId, PersonId};
use crate::people::{self, Team};
use crate::web::path::Query;
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// How many ideas one page shows; one more says whether there are more.
const MOST: usize = store::LISTED - 1;

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    show: String,
    before: Option<IdeaId>,
}

impl Asked {
    fn is_finished(&self) -> bool {
        self.show == "finished"
    }
}

/// One idea in the list.
pub struct Row {
    /// Its address.
    pub address: String,
    /// Its headline.
    pub title: String,
    /// Who has the ball.
    pub mark: Mark,
    /// Where it is, in words; empty where the mark says it.
    pub state: &'static str,
    /// Its team.
    pub team: String,
}

/// The list.
#[derive(Template)]
#[template(path = "ideas/index.html")]
pub struct ListPage {
    /// The frame.
    pub page: Layout,
    /// The finding.
    pub finding: String,
    /// Whether these are the finished ones.
    pub finished: bool,
    /// What the reader threw.
    pub mine: Vec<Row>,
    /// What the others threw.
    pub others: Vec<Row>,
    /// Whose the others are: "Field North", or "My teams".
    pub whose: String,
    /// The address of the next page; empty when there is none.
    pub older: String,
}

/// `GET /ideas`
pub async fn index(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let before = asked.before.unwrap_or(IdeaId(uuid::Uuid::max()));
    let mut listed = store::listed(&mut tx, member.id, asked.is_finished(), before).await?;
    let teams = people::store::units(&mut tx).await?;
    let more = listed.len() > MOST;
    listed.truncate(MOST);
    let older = listed.last().filter(|_| more).map_or_else(String::new, |last| older(&asked, last.id));
    let (finding, now) = (finding(&asked, listed.len(), more), tx.now());
    let (mine, others): (Vec<_>, Vec<_>) = listed.into_iter().partition(|idea| idea.author_id == member.id);
    let rows = |ideas: &[Listed]| ideas.iter().map(|idea| row(idea, &teams, now, member.id)).collect();
    let whose = member.team().and_then(|own| teams.iter().find(|team| team.id == own));
    html(&ListPage {
        page: frame.layout("Ideas", "ideas"),
        finding,
        finished: asked.is_finished(),
        mine: rows(&mine),
        others: rows(&others),
        whose: whose.map_or_else(|| String::from("the teams"), |team| team.name.clone()),
        older,
    })
}

fn older(asked: &Asked, last: IdeaId) -> String {
    let show = if asked.is_finished() { "finished" } else { "open" };
    format!("/ideas?show={show}&before={last}")
}

fn finding(asked: &Asked, count: usize, more: bool) -> String {
    if asked.is_finished() {
        return String::from("Finished ideas");
    }
    match count {
        _ if more || asked.before.is_some() => String::from("Open ideas"),
        0 => String::from("No idea is open"),
        1 => String::from("One idea is open"),
        _ => format!("{count} ideas are open"),
    }
}

fn row(idea: &Listed, teams: &[Team], now: DateTime<Utc>, reader: PersonId) -> Row {
    let team = teams.iter().find(|team| team.id == idea.team_id);
    let usual = Calendar::usual(chrono_tz::UTC);
    let calendar = team.map_or(&usual, |team| &team.calendar);
    let ball = idea.holder_id.zip(idea.owes).zip(idea.since).map(|((holder_id, owes), since)| Ball {
        holder_id,
        holder: idea.holder.clone().unwrap_or_default(),
        owes,
        since,
        due_at: idea.due_at,
    });
    let is_open = ball.is_some();
    Row {
        address: format!("/ideas/{}", idea.id),
        title: headline(&idea.hurt).0,
        mark: telling::mark(ball, idea.state, idea.author_id, &telling::Reading { calendar, now, reader }),
        state: if is_open { idea.state.word() } else { "" },
        team: team.map_or_else(String::new, |team| team.name.clone()),
    }
}
