//! `/experiments/{id}`: the prediction, the lines, the chart with its verdict, the next move, the story.

use super::chart::{ChartView, chart, last_day};
use super::forms::Forms;
use super::links::Links;
use super::options::{Can, FORMS};
use crate::App;
use crate::balls::{self, Mark, Subject, Thrown, Told};
use crate::error::{Error, Result};
use crate::experiments::prose::{Prose, tell};
use crate::experiments::{Experiment, State, Verb, schedule, store};
use crate::ids::ExperimentId;
use crate::measures::series;
use crate::moves::{Gap, Refusal};
use crate::people::COLLEAGUE;
use crate::web::{Form, Frame, Layout, Member, Path, html};
use crate::{ideas, promises};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;

/// One experiment.
#[derive(Template)]
#[template(path = "experiments/show.html")]
pub struct ShowPage {
    pub page: Layout,
    pub id: ExperimentId,
    pub name: String,
    pub mark: Mark,
    pub links: Links,
    pub plan: Prose,
    /// When the plan was locked, in words.
    pub locked: Option<String>,
    /// What is missing before it can start, for its owner.
    pub gaps: Vec<Gap>,
    /// The weekly lines, oldest first.
    pub lines: Vec<LineRow>,
    pub chart: Option<ChartView>,
    /// Whether it ran to its end or was stopped, so that it can be judged.
    pub over: bool,
    /// What happened; empty before the study.
    pub happened: String,
    /// What was decided and what was learned; nothing before the decision.
    pub decided: Option<(&'static str, String)>,
    pub can: Can,
    /// Weeks without a line: Monday and words, the newest first.
    pub open_weeks: Vec<(String, String)>,
    /// Who is asked whether it is safe to try; empty when nobody is there to ask.
    pub enabler: String,
    pub forms: Forms,
    pub story: Vec<Told>,
}

/// The line of one week.
pub struct LineRow {
    pub week: String,
    /// Whether it was done as planned.
    pub as_planned: bool,
    pub line: String,
}

impl ShowPage {
    /// Where the form of this name is sent.
    fn address(&self, name: &str) -> String {
        format!("/experiments/{}/{name}", self.id)
    }
}

/// `GET /experiments/{id}`
pub async fn show(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
) -> Result<Response> {
    html(&page(&app, &frame, &member, id).await?)
}

/// The page again, with a form that came back.
pub async fn again(
    app: &App,
    frame: &Frame,
    member: &Member,
    id: ExperimentId,
    (name, form): (&'static str, Form),
    refusal: Option<&Refusal>,
) -> Result<Response> {
    let mut page = page(app, frame, member, id).await?;
    page.forms.come_back(name, form, refusal, page.can.offers(name));
    html(&page)
}

async fn page(app: &App, frame: &Frame, member: &Member, id: ExperimentId) -> Result<ShowPage> {
    let mut tx = app.read().await?;
    let found = tx.ask(store::seen_with_neighbours(id, member.id)).await?.ok_or(Error::NotFound)?;
    let experiment = &found.experiment;
    // An author whose name the coach keeps looks at it as the placeholder.
    let viewer =
        crate::people::Person { id: if found.is_kept_author { COLLEAGUE } else { member.id }, ..(**member).clone() };
    let (calendar, now) = (experiment.calendar(), tx.now());
    let today = calendar.date_of(now);
    let idea = experiment.idea_id;
    let (thrown, lines, idea, promises, series) = tx
        .ask((
            balls::store::history(Subject::Experiment, id.0),
            store::lines(id),
            idea.map(|idea| ideas::store::shown_to(idea, viewer.id)),
            idea.map(|idea| promises::store::of_idea_seen_by(idea, viewer.id)),
            experiment.plan.measure_id.map(series::series),
        ))
        .await?;
    let (idea, promises, series) = (idea.flatten(), promises.unwrap_or_default(), series.flatten());
    let open_weeks = schedule::open_weeks(experiment, today, &lines);
    let can = Can::of(experiment, experiment.part_of(&viewer), today, !open_weeks.is_empty());
    let over = experiment.state.is_locked() && (experiment.state != State::Running || experiment.has_ended(today));
    let chart = series.as_ref().map(|series| chart(series, experiment, last_day(experiment, today, &thrown), over));
    let measure = series.as_ref().map(|series| &series.measure);
    let line = |line: store::WeeklyLine| LineRow {
        week: calendar.week_words(line.week, now),
        as_planned: line.as_planned,
        line: line.line,
    };
    Ok(ShowPage {
        page: frame.layout(&experiment.plan.name, "experiments"),
        id,
        name: experiment.plan.name.clone(),
        mark: experiment.mark(now, viewer.id),
        plan: tell(&experiment.plan, measure),
        locked: experiment.locked_at.map(|at| calendar.due(at, now).full),
        gaps: if can.prepare { experiment.plan.gaps(today) } else { Vec::new() },
        lines: lines.into_iter().map(line).collect(),
        chart,
        over,
        happened: experiment.happened.clone(),
        decided: decision(experiment).map(|words| (words, experiment.learned.clone())),
        can,
        open_weeks: open_weeks.into_iter().map(|week| (week.to_string(), calendar.week_words(week, now))).collect(),
        enabler: experiment.enabler.clone().unwrap_or_default(),
        forms: Forms::fresh(app, &FORMS),
        story: balls::mark::tell_deeds(&thrown, &calendar, now, past_tense),
        links: Links::of(&found, idea.as_ref(), promises, measure, (now, viewer.id)),
    })
}

fn decision(experiment: &Experiment) -> Option<&'static str> {
    match experiment.state {
        State::Adopted => Some("Adopted"),
        State::Adapted => Some("Adapted"),
        State::Abandoned => Some("Abandoned"),
        _ => None,
    }
}

/// What was done, after the name of who did it.
fn past_tense(thrown: &Thrown) -> String {
    let words = match Verb::named(&thrown.verb) {
        None if thrown.verb == "drafted" => "began to write it",
        None => return thrown.verb.replace('_', " "),
        Some(Verb::Change) => "wrote it anew",
        Some(Verb::Ask) => {
            let enabler = thrown.holder_name.as_deref().unwrap_or("nobody");
            return format!("asked {enabler} whether it is safe to try");
        }
        Some(Verb::Clear) => "saw no reason against it",
        Some(Verb::Object) => "objected, with what would make it safe",
        Some(Verb::Declare) => "said that it fits the green lane",
        Some(Verb::Start) => "started it; the prediction is locked",
        Some(Verb::Line) => "wrote the line of the week",
        Some(Verb::Stop) => "stopped it early",
        Some(Verb::End) => "reached its last day",
        Some(Verb::Study) => "wrote what happened",
        Some(Verb::Adopt) => "adopted it and learned",
        Some(Verb::Adapt) => "adapted it and learned",
        Some(Verb::Abandon) => "abandoned it and learned",
        Some(Verb::Drop) => "took it back before the start",
    };
    words.to_owned()
}
