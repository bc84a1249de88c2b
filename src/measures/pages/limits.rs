//! The page for new limits: lock those of a stretch on a range of its values, or propose new ones from a period on.
//!
//! Only people say that the process is another one now: four questions, and a second person agrees.

use super::admission::Admission;
use super::forms::opened;
use crate::error::Result;
use crate::ids::{MeasureId, PersonId, PhaseId};
use crate::lengths;
use crate::measures::verbs::limits::{self, QUESTIONS};
use crate::measures::weeks::monday;
use crate::measures::{Measure, Series, Verb, series};
use crate::moves::{Handled, Move, Record, Submission};
use crate::spc::Point;
use crate::web::{App, Form, Frame, Layout, Member, Path, Query, Response, State, Template, html};
use chrono::NaiveDate;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

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
    lasts: Vec<(String, String)>,
    /// Where a stretch with limits of its own begins already.
    begins: Vec<(String, String)>,
}

/// What another page may fill in.
#[derive(Deserialize)]
pub struct Offered {
    from: Option<String>,
    reason: Option<String>,
}

/// The address of this page with its two fields filled in: `?from=2026-03-02&reason=…`.
pub fn offered(measure: MeasureId, from: NaiveDate, reason: &str) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("from", &from.to_string()).append_pair("reason", reason);
    format!("{}/limits/new?{}", Measure::address(measure), query.finish())
}

/// The same where the limits begin with an adopted experiment, for those who may set them.
pub fn after_experiment(measure: &Measure, first_day: NaiveDate, experiment: &str, viewer: PersonId) -> Option<String> {
    measure.is_kept_by(viewer).then(|| offered(measure.id, monday(first_day), &format!("{experiment} (adopted)")))
}

/// GET /measures/{id}/limits/new
pub async fn new(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    Query(offered): Query<Offered>,
) -> Result<Response> {
    let (mut tx, measure, mut form) = opened(&app, &member, id, (Verb::Propose, "limits")).await?;
    let day = offered.from.as_deref().and_then(|from| from.parse().ok());
    form.set("from", day.map(|day| measure.cadence.start_of(day).to_string()).unwrap_or_default());
    form.set("words", offered.reason.unwrap_or_default());
    html(&draw(&frame, &series::of(&mut tx, measure).await?, form))
}

pub(super) fn draw(frame: &Frame, series: &Series, form: Form) -> NewLimitsPage {
    let mut other = Form::default();
    other.set("key", form.value("key"));
    let (form, lock) = if form.value("deed") == "lock" { (other, form) } else { (form, other) };
    let told = |point: &Point| series.option(point.period);
    let present = series.points.iter().rev().filter(|point| point.present().is_some());
    let periods: Vec<(String, String)> = present.map(told).collect();
    let first = |words: &str| vec![(String::new(), words.to_owned())];
    let begins = series.study.phases.iter().rev().filter(|phase| !phase.range.is_empty());
    let begins = begins.map(|phase| told(&series.points[phase.range.start])).collect();
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

/// `POST /measures/{id}/limits`
pub async fn create(mut sent: Submission<Measure>) -> Handled {
    let words = sent.words("Say why: what is different in the work since then?", lengths::REMARK);
    let from = sent.form.needed_day("from", "Choose the first value of the new limits.");
    let to = sent.form.date("to");
    let locks = sent.form.value("deed") == "lock";
    if !locks && QUESTIONS.iter().any(|(name, _)| !sent.form.ticked(name)) {
        sent.form.refuse(QUESTIONS[0].0, "New limits need a yes to all four. Otherwise leave them as they are.");
    }
    let at = sent.named("limits").open(Admission::Verb(Verb::Propose)).await?;
    let (mut at, from) = at.reads(|_| from).await?;
    let this = Move::of(at.key, &at.actor, &words);
    if locks {
        let done = limits::lock(&mut at.tx, &at.record, this, (from, to)).await;
        return at.close(done, "The limits are locked.").await;
    }
    let done = limits::propose(&mut at.tx, &at.record, this, (from, to)).await;
    at.close(done, "Proposed. Somebody else of the team agrees, or not.").await
}

short_moves! {
    agree "limits/agreement" Agree, "", "The new limits hold. The old ones stay on the chart." => limits::agree;
    disagree "limits/objection" Disagree, "Say why not.", "The old limits stay." => limits::disagree;
    withdraw "limits/withdrawal" Withdraw, "", "The proposal is taken back. The old limits stay." => limits::withdraw;
    destroy "limits/removal" Lock, "Say why they are taken back.",
        "These limits are taken back. Who set them and why stays on record.",
        phase by |at| at.form.chosen::<PhaseId>("phase", "Choose which limits.") => limits::take_back;
}
