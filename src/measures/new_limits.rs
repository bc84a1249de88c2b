//! New limits from a chosen week, with a reason: only a person says that the process is another one now.

use super::definition::Measure;
use super::drawn::{self, Series};
use super::entering::kept;
use super::store::{self, NoPhase};
use super::weeks;
use crate::App;
use crate::balls::store as balls;
use crate::error::Result;
use crate::ids::MeasureId;
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, NewKey, Path, html, html_with, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

/// The form for new limits.
#[derive(Template)]
#[template(path = "measures/new_limits.html")]
pub struct NewLimitsPage {
    page: Layout,
    measure: Measure,
    finding: String,
    form: Form,
    weeks: Vec<(String, String)>,
    ends: Vec<(String, String)>,
}

/// What another page may fill in: `?from=2026-03-02&reason=…`.
#[derive(Deserialize)]
pub struct Offered {
    from: Option<String>,
    reason: Option<String>,
}

/// GET /measures/{id}/phases/new
pub async fn new(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    Query(offered): Query<Offered>,
    NewKey(key): NewKey,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let measure = kept(store::load(&mut tx, id, member.id).await?, &member)?;
    let mut form = Form::fresh(key);
    let day = offered.from.as_deref().and_then(|from| from.parse().ok());
    form.set("from", day.map(|day| weeks::monday(day).to_string()).unwrap_or_default());
    form.set("reason", offered.reason.unwrap_or_default());
    html(&draw(&frame, &drawn::of(&mut tx, measure).await?, form))
}

fn draw(frame: &Frame, series: &Series, form: Form) -> NewLimitsPage {
    let present = series.points.iter().rev().filter_map(|point| Some((point.period, point.present()?)));
    let told = |(week, value)| {
        (format!("{week}"), format!("Week of {} · {}", series.words.date(week), series.words.value(value)))
    };
    let weeks: Vec<(String, String)> = present.map(told).collect();
    let first = |words: &str| vec![(String::new(), words.to_owned())];
    NewLimitsPage {
        page: frame.layout(format!("New limits for {}", series.measure.name), "measures"),
        measure: series.measure.clone(),
        finding: series.finding(),
        form,
        ends: [first("The first 17 values there will be"), weeks.clone()].concat(),
        weeks: [first("Choose a week"), weeks].concat(),
    }
}

/// POST /measures/{id}/phases
pub async fn create(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    mut form: Form,
) -> Result<Response> {
    let mut tx = app.write().await?;
    let measure = kept(store::load(&mut tx, id, member.id).await?, &member)?;
    let (back, key) = (format!("/measures/{id}"), form.key()?);
    if balls::is_thrown(&mut tx, key).await? {
        return Ok(see_other_saying(back, "New limits are set."));
    }
    let reason = form.needed("reason", 500, "Say why: what is different in the work since then?");
    let (from, to) = (form.date("from"), form.date("to"));
    if from.is_none() {
        form.refuse("from", "Choose the first week of the new limits.");
    }
    if let (Some(from), true) = (from, form.is_good()) {
        match store::begin_phase(&mut tx, key, &measure, (from, to), &reason, member.id).await? {
            Ok(_) => {
                tx.commit().await?;
                let words = format!("New limits from the week of {}.", weeks::monday(from).format("%-d %b %Y"));
                return Ok(see_other_saying(back, words));
            }
            Err(refused) => form.refuse(refused.field(), refused.words()),
        }
    }
    let page = draw(&frame, &drawn::of(&mut tx, measure).await?, form);
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

impl NoPhase {
    /// The field at which it is said.
    fn field(self) -> &'static str {
        if self == Self::Backwards { "to" } else { "from" }
    }

    /// Why, and what is possible instead.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoValue => "This week has no value. Choose a week with one, or enter its number first.",
            Self::Exists => "New limits begin with this week already. Choose another week.",
            Self::Backwards => "The last week lies before the first. Choose a later one.",
        }
    }
}
