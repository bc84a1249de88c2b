//! The page for new limits: lock those of a stretch on a range of its values, or propose new ones from a period on.
//!
//! Only people say that the process is another one now: four questions, and a second person agrees.

use super::act::{Act, Begun, address};
use super::definition::Measure;
use super::drawn::{self, Series};
use super::forms::key;
use super::machine::{Part, Verb, step};
use super::rebasing::{self, QUESTIONS};
use super::refusal::Refusal;
use super::store;
use crate::App;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, Path, html, html_with, see_other_saying};
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
    /// The form that locks; what was written for the one is not in the other.
    lock: Form,
    periods: Vec<(String, String)>,
    ends: Vec<(String, String)>,
    /// The same for the form that locks, where one must be chosen.
    lasts: Vec<(String, String)>,
    /// Where a stretch with limits of its own begins already.
    begins: Vec<(String, String)>,
}

/// What another page may fill in: `?from=2026-03-02&reason=…`.
#[derive(Deserialize)]
pub struct Offered {
    from: Option<String>,
    reason: Option<String>,
}

/// The measure, if the reader may set limits on it.
fn may(measure: Option<Measure>, member: &Member) -> Result<Measure> {
    let measure = measure.ok_or(Error::NotFound)?;
    match step(measure.state, Verb::Propose, &Part::of(&measure, member)) {
        Err(Refusal::NotYours(whose)) => Err(Error::Forbidden(whose)),
        _ => Ok(measure),
    }
}

/// GET /measures/{id}/limits/new
pub async fn new(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    Query(offered): Query<Offered>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let measure = may(store::load(&mut tx, id, member.id).await?, &member)?;
    let mut form = Form::fresh(key(&measure, member.id, "limits"));
    let day = offered.from.as_deref().and_then(|from| from.parse().ok());
    form.set("from", day.map(|day| measure.cadence.start_of(day).to_string()).unwrap_or_default());
    form.set("words", offered.reason.unwrap_or_default());
    html(&draw(&frame, &drawn::of(&mut tx, measure).await?, form))
}

fn draw(frame: &Frame, series: &Series, form: Form) -> NewLimitsPage {
    let mut other = Form::default();
    other.set("key", form.value("key"));
    let (form, lock) = if form.value("deed") == "lock" { (other, form) } else { (form, other) };
    let told = |at: usize| {
        let point = &series.points[at];
        let value = point.present().map(|value| format!(" · {}", series.words.value(value)));
        (point.period.to_string(), format!("{}{}", series.words.date(point.period), value.unwrap_or_default()))
    };
    let present = (0..series.points.len()).rev().filter(|&at| series.points[at].present().is_some());
    let periods: Vec<(String, String)> = present.map(told).collect();
    let first = |words: &str| vec![(String::new(), words.to_owned())];
    let begins = series.study.phases.iter().rev().filter(|phase| !phase.range.is_empty());
    let begins = begins.map(|phase| told(phase.range.start)).collect();
    NewLimitsPage {
        page: frame.layout(format!("New limits for {}", series.measure.name), "measures"),
        measure: series.measure.clone(),
        finding: series.finding(),
        form,
        lock,
        ends: [first("The first 17 values there will be"), periods.clone()].concat(),
        lasts: [first("Choose the last value"), periods.clone()].concat(),
        periods: [first("Choose the first value"), periods].concat(),
        begins,
    }
}

/// POST /measures/{id}/limits
pub async fn create(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "limits").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    act.admit(Some(Verb::Propose))?;
    let words = act.words("Say why: what is different in the work since then?", 500);
    let (from, to) = (act.form.date("from"), act.form.date("to"));
    let locks = act.form.value("deed") == "lock";
    if from.is_none() {
        act.form.refuse("from", "Choose the first value of the new limits.");
    }
    if !locks && QUESTIONS.iter().any(|(name, _)| !act.form.ticked(name)) {
        act.form.refuse(QUESTIONS[0].0, "New limits need a yes to all four. Otherwise leave them as they are.");
    }
    let Act { tx, member, measure, form, key, .. } = &mut *act;
    let deed = crate::balls::Deed { key: *key, by: member, words: &words };
    let done = match from.filter(|_| form.is_good()) {
        None => return again(*act, StatusCode::UNPROCESSABLE_ENTITY).await,
        Some(from) if locks => rebasing::lock(tx, deed, measure, (from, to)).await,
        Some(from) => rebasing::propose(tx, deed, measure, (from, to)).await.map(|_| ()),
    };
    match done {
        Ok(()) => {
            act.tx.commit().await?;
            let say =
                if locks { "The limits are locked." } else { "Proposed. Somebody else of the team agrees, or not." };
            Ok(see_other_saying(address(id), say))
        }
        Err(undone) => {
            let status = undone.tell(&mut act.form)?;
            again(*act, status).await
        }
    }
}

async fn again(mut act: Act, status: StatusCode) -> Result<Response> {
    let series = drawn::of(&mut act.tx, act.measure).await?;
    html_with(status, &draw(&act.frame, &series, act.form))
}
