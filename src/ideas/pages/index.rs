//! `GET /ideas`: what is open and who has the ball, mine first.
//!
//! What is finished and what became of my own stand on pages of their own. All can be narrowed: by where ideas are, by
//! team, by where the ball is, by age.

use super::outcomes;
use crate::App;
use crate::balls::{Ball, Mark};
use crate::calendar::Calendar;
use crate::error::Result;
use crate::ideas::filter::{AGES, GROUPS, ListQuery, Place, Show};
use crate::ideas::store::listing::{LISTED, Listed, Wanted, listed};
use crate::ideas::{State, protection, sentences};
use crate::ids::{IdeaId, PersonId};
use crate::people::sight::Sight;
use crate::people::{self, Team};
use crate::text::headline;
use crate::web::path::Query;
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use chrono::{DateTime, Utc};
use std::collections::HashMap;

/// One idea in the list.
pub struct IdeaRow {
    pub address: String,
    pub title: String,
    pub mark: Mark,
    /// Where it is, in words; empty where the mark says it.
    pub state: &'static str,
    pub team: String,
    /// What became of it, in sentences; only for one's own.
    pub became: Vec<String>,
}

/// One filter, as a list to choose from.
pub struct Filter {
    pub name: &'static str,
    pub label: &'static str,
    /// The choices: value, words, whether it is set.
    pub choices: Vec<(String, String, bool)>,
}

/// The list.
#[derive(Template)]
#[template(path = "ideas/index.html")]
pub struct ListPage {
    pub page: Layout,
    pub finding: String,
    /// Which list it is: "open", "finished", "mine".
    pub show: &'static str,
    pub filters: Vec<Filter>,
    /// Whether one of them is set.
    pub filtered: bool,
    pub mine: Vec<IdeaRow>,
    pub others: Vec<IdeaRow>,
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
    Query(query): Query<ListQuery>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let now = tx.now();
    let asked = (Sight::of(member.id), people::store::all_units(), protection::kept_ideas(member.id));
    let (sight, teams, kept) = tx.ask(asked).await?;
    let (team, seen) = (query.team()?, sight.near.clone());
    let wanted = Wanted {
        person: member.id,
        sight: team.into_iter().fold(sight, Sight::only),
        states: query.states(),
        mine: query.show() == Show::Mine,
        place: query.place(),
        before: query.before(now)?,
    };
    let mut found = listed(&mut tx, &wanted, &kept).await?;
    let more = found.len() >= usize::try_from(LISTED).unwrap_or(usize::MAX);
    if more {
        found.pop();
    }
    let older = found.last().filter(|_| more).map_or_else(String::new, |last| query.older(last.thrown_at, last.id.0));
    let in_sight: Vec<&Team> = teams.iter().filter(|team| seen.contains(&team.id)).collect();
    let named = in_sight.iter().find(|known| Some(known.id) == team).map_or("one team", |team| team.name.as_str());
    let finding = finding(&query, named, found.len(), more);
    let mut became = became(&mut tx, &wanted, &found).await?;
    let (mine, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|idea| idea.author_id == member.id);
    let mut rows = |ideas: &[Listed]| -> Vec<IdeaRow> {
        let row = |idea| row(idea, &teams, now, member.id);
        ideas.iter().map(|idea| IdeaRow { became: became.remove(&idea.id).unwrap_or_default(), ..row(idea) }).collect()
    };
    let (mine, others) = (rows(&mine), rows(&others));
    let whose = member.team().and_then(|own| teams.iter().find(|team| team.id == own));
    html(&ListPage {
        page: frame.layout("Ideas", "ideas"),
        finding,
        show: query.show().name(),
        filters: filters(&query, &in_sight),
        filtered: query.is_filtered(),
        mine,
        others,
        whose: whose.map_or_else(|| String::from("the teams"), |team| team.name.clone()),
        older,
    })
}

async fn became(
    tx: &mut crate::db::Tx,
    wanted: &Wanted,
    found: &[Listed],
) -> sqlx::Result<HashMap<IdeaId, Vec<String>>> {
    if !wanted.mine {
        return Ok(HashMap::new());
    }
    let ideas: Vec<(IdeaId, State)> = found.iter().map(|idea| (idea.id, idea.state)).collect();
    tx.ask(outcomes::of(ideas)).await
}

fn finding(query: &ListQuery, team: &str, count: usize, more: bool) -> String {
    let words = query.words(team);
    if !words.is_empty() {
        let whose = if query.show() == Show::Mine { "My ideas" } else { "Ideas" };
        return format!("{whose}: {}", words.join(", "));
    }
    match (query.show(), count) {
        (Show::Finished, _) => String::from("Finished ideas"),
        (Show::Mine, _) => String::from("My ideas and what became of them"),
        (Show::Open, _) if more || query.goes_on() => String::from("Open ideas"),
        (Show::Open, 0) => String::from("No idea is open"),
        (Show::Open, 1) => String::from("One idea is open"),
        (Show::Open, _) => format!("{count} ideas are open"),
    }
}

fn filters(query: &ListQuery, teams: &[&Team]) -> Vec<Filter> {
    let filter = |name, label, any: &str, choices: Vec<(String, String)>| {
        let any = (String::new(), any.to_owned());
        let choices = std::iter::once(any).chain(choices);
        let choices = choices.map(|(value, words)| (value.clone(), words, query.has(name, &value))).collect();
        Filter { name, label, choices }
    };
    let own = |(value, words): (&str, &str)| (value.to_owned(), words.to_owned());
    let states = GROUPS.iter().map(|(value, words, _)| own((value, words))).collect();
    let places = Place::ALL.iter().map(|place| own((place.name(), place.words()))).collect();
    let ages = AGES.iter().map(|(value, words)| own((value, words))).collect();
    let mut filters = vec![filter("state", "Where it is", "anywhere in its life", states)];
    if teams.len() > 1 {
        let teams = teams.iter().map(|team| (team.id.to_string(), team.name.clone())).collect();
        filters.push(filter("team", "Team", "all teams", teams));
    }
    filters.push(filter("place", "Where the ball is", "anywhere", places));
    filters.push(filter("age", "Age", "any age", ages));
    filters
}

fn row(idea: &Listed, teams: &[Team], now: DateTime<Utc>, reader: PersonId) -> IdeaRow {
    let team = teams.iter().find(|team| team.id == idea.team_id);
    let usual = Calendar::usual(chrono_tz::UTC);
    let calendar = team.map_or(&usual, |team| &team.calendar);
    let ball = idea.holder_id.zip(idea.owes).zip(idea.since).map(|((holder_id, owes), since)| Ball {
        holder_id,
        holder: idea.holder.clone().unwrap_or_default(),
        stands_for: idea.stands_for.clone(),
        owes,
        since,
        due_at: idea.due_at,
    });
    let is_open = ball.is_some();
    IdeaRow {
        address: format!("/ideas/{}", idea.id),
        title: headline(&idea.hurt).0,
        mark: sentences::mark(ball, idea.state, idea.author_id, &sentences::Viewpoint { calendar, now, reader }),
        state: if is_open { idea.state.words() } else { "" },
        team: team.map_or_else(String::new, |team| team.name.clone()),
        became: Vec::new(),
    }
}
