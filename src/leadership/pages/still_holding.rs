//! `GET /still-holding`: did it last? Every improvement that was ever put into use, with where it is, its next check and its
//! chart; and how many still hold.

use crate::App;
use crate::balls::Mark;
use crate::error::Result;
use crate::ids::MeasureId;
use crate::leadership::system::chart::{SystemChart, shares};
use crate::measures::series::{MeasureCard, Series, all};
use crate::measures::store::Whose;
use crate::spc::Point;
use crate::standards::holding::{self, Month};
use crate::standards::{Standard, store};
use crate::web::paging::PageNumber;
use crate::web::path::Query;
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use chrono::{DateTime, Utc};
use std::collections::HashMap;

/// From so many months on how many held is drawn as a chart.
const ENOUGH_MONTHS: usize = 6;

/// What still holds.
#[derive(Template)]
#[template(path = "leadership/still_holding.html")]
pub struct StillHoldingPage {
    pub page: Layout,
    /// "5 of 7", of those in use for 90 days and for a year; nothing while there is none.
    pub held: Option<String>,
    pub held_year: Option<String>,
    /// How many held month by month, once there are enough.
    pub chart: Option<SystemChart>,
    pub rows: Vec<Row>,
    /// The page of those that came into use before; none when there are no more.
    pub older: Option<String>,
}

/// One improvement.
pub struct Row {
    pub address: String,
    pub name: String,
    pub team: String,
    pub mark: Mark,
    /// Since when it is in use.
    pub since: String,
    /// "held a year", "held 90 days": what the standard has proved.
    pub badge: &'static str,
    pub next_check: String,
    pub card: Option<MeasureCard>,
}

/// `GET /still-holding`
pub async fn show(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Query(page): Query<PageNumber>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let now = tx.now();
    let asked = (holding::held(now), holding::months(), store::ever_used(member.id, page.number()));
    let (held, months, mut standards) = tx.ask(asked).await?;
    let most = usize::try_from(store::PAGE).unwrap_or_default();
    let older = (standards.len() > most).then(|| format!("/still-holding?page={}", page.number() + 1));
    standards.truncate(most);
    let measures: Vec<MeasureId> = standards.iter().filter_map(|standard| standard.text.measure_id).collect();
    let series = if measures.is_empty() { Vec::new() } else { tx.ask(all(Whose::Listed(measures))).await? };
    tx.commit().await?;
    let series: HashMap<MeasureId, Series> = series.into_iter().map(|series| (series.measure.id, series)).collect();
    html(&StillHoldingPage {
        page: frame.layout("Still holding", "standards"),
        held: holding::words(held.holding, held.older),
        held_year: holding::words(held.holding_year, held.older_year),
        chart: chart(&months),
        rows: standards.iter().map(|standard| row(standard, &series, now, &member)).collect(),
        older,
    })
}

fn row(standard: &Standard, series: &HashMap<MeasureId, Series>, now: DateTime<Utc>, member: &Member) -> Row {
    let calendar = standard.calendar();
    let day = |at| calendar.day_words(calendar.date_of(at), now);
    let card = standard.text.measure_id.and_then(|measure| series.get(&measure));
    let check = standard.text.next_check_on.filter(|_| standard.state.holds());
    // Two standards may watch one measure; the ids of their charts differ.
    let id = format!("chart-{}", standard.id);
    Row {
        address: format!("/standards/{}", standard.id),
        name: standard.text.name.clone(),
        team: standard.team.clone(),
        mark: standard.mark(now, member.id),
        since: standard.in_use_since.map(day).unwrap_or_default(),
        badge: badge(standard, now),
        next_check: check.map_or_else(String::new, |day| calendar.day_words(day, now)),
        card: card.map(|series| series.card_as(&id)),
    }
}

/// What a standard that holds has proved; it is the standard's, never a person's.
fn badge(standard: &Standard, now: DateTime<Utc>) -> &'static str {
    let days = standard.in_use_since.map_or(0, |since| (now - since).num_days());
    match days {
        _ if !standard.state.holds() => "",
        365.. => "held a year",
        90.. => "held 90 days",
        _ => "",
    }
}

/// The share that held at the end of each month; nothing while there are too few.
fn chart(months: &[Month]) -> Option<SystemChart> {
    let point = |month: &Month| {
        let [older, holding] =
            [month.held.older, month.held.holding].map(|count| f64::from(i32::try_from(count).unwrap_or(0)));
        Point {
            numerator: Some(holding),
            denominator: Some(older),
            ..Point::plain(month.month, Some(100.0 * holding / older))
        }
    };
    let points: Vec<Point> = months.iter().rev().filter(|month| month.held.older > 0).map(point).collect();
    (points.len() >= ENOUGH_MONTHS).then(|| {
        let chart = shares("held", "Of those in use for 90 days, how many held", &points);
        SystemChart { period: "Month", ..chart }
    })
}
