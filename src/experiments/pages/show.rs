//! `/experiments/{id}`: the prediction, the lines, the chart with its verdict, the next move, the story.

use super::chart::{ChartView, chart, last_day};
use super::forms::Forms;
use crate::App;
use crate::balls::{self, Mark, Subject, Thrown, Told, by_day};
use crate::error::{Error, Result};
use crate::experiments::effect::view::{EffectView, Seen};
use crate::experiments::effect::{self, Way};
use crate::experiments::prose::{Prose, tell};
use crate::experiments::store::{Shown, WeeklyLine};
use crate::experiments::{Experiment, Part, State, Verb, schedule, step, store};
use crate::ids::ExperimentId;
use crate::measures::pages::limits::after_experiment;
use crate::measures::series;
use crate::moves::{Gap, Returned};
use crate::people::sight::Sight;
use crate::people::{COLLEAGUE, Person};
use crate::promises::{self, Promise, sentences};
use crate::web::{Frame, Layout, Member, Path, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;

/// One experiment.
#[derive(Template)]
#[template(path = "experiments/show.html")]
pub struct ShowPage {
    pub page: Layout,
    pub shown: Shown,
    pub mark: Mark,
    pub plan: Prose,
    /// When the plan was locked, in words.
    pub locked: Option<String>,
    /// What is missing before it can start, for its owner.
    pub gaps: Vec<Gap>,
    /// The weekly lines with their weeks in words, oldest first.
    pub lines: Vec<(String, WeeklyLine)>,
    pub chart: Option<ChartView>,
    pub effect: EffectView,
    /// Whether it ran to its end or was stopped, so that it can be judged.
    pub over: bool,
    /// What was decided; nothing before the decision.
    pub decided: Option<&'static str>,
    pub may_change: bool,
    /// Weeks without a line: Monday and words, the newest first.
    pub open_weeks: Vec<(String, String)>,
    pub forms: Forms,
    pub story: Vec<Told>,
    /// The promises for its idea: the address, what was promised, who has the ball.
    pub promises: Vec<(String, String, Mark)>,
    /// Where new limits can begin on its measure.
    pub new_limits: Option<String>,
}

impl ShowPage {
    /// Where the form of this name is sent.
    fn address(&self, name: &str) -> String {
        format!("/experiments/{}/{name}", self.shown.experiment.id)
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
pub async fn again(returned: Returned<Experiment>) -> Result<Response> {
    let mut page = page(&returned.app, &returned.frame, &returned.member, returned.id).await?;
    page.forms.come_back(returned.name, returned.form, returned.refusal.as_ref());
    html(&page)
}

async fn page(app: &App, frame: &Frame, member: &Member, id: ExperimentId) -> Result<ShowPage> {
    let mut tx = app.read().await?;
    let (shown, effect) = tx.ask((store::shown_to(id, member.id), effect::store::of(id))).await?;
    let shown = shown.ok_or(Error::NotFound)?;
    let experiment = &shown.experiment;
    // An author whose name the coach keeps looks at it as the placeholder.
    let viewer = Person { id: if shown.is_kept_author { COLLEAGUE } else { member.id }, ..(**member).clone() };
    let (calendar, now) = (experiment.calendar(), tx.now());
    let today = calendar.date_of(now);
    let way = effect.as_ref().map(|effect| effect.way);
    let guarded = effect.as_ref().and_then(|effect| effect.balance_id);
    let (thrown, promises, series, balance, days, sight) = tx
        .ask((
            balls::store::history(Subject::Experiment, id.0),
            experiment.idea_id.map(|idea| promises::store::of_idea_seen_by(idea, viewer.id)),
            experiment.plan.measure_id.map(series::series),
            guarded.map(series::series),
            (way == Some(Way::Dates)).then(|| effect::store::days(id)),
            guarded.map(|_| Sight::of(member.id)),
        ))
        .await?;
    let series = series.flatten();
    let open_weeks = schedule::open_weeks(experiment, today, &shown.lines);
    let part = experiment.part_of(&viewer);
    let may = |verb| step(experiment.state, verb, &[part]).is_ok();
    let ended = experiment.state == State::Running && experiment.has_ended(today);
    let counts = may(Verb::Count) && experiment.plan.ends_on.is_none_or(|end| today <= end);
    let forms = [
        ("cases", counts && way == Some(Way::Cases) && !experiment.cases_are_full),
        ("last-case", counts && effect.as_ref().is_some_and(|effect| !effect.answers.is_empty())),
        ("events", counts && way == Some(Way::Dates)),
        ("event-removal", counts && way == Some(Way::Dates)),
        ("safety-question", may(Verb::Ask)),
        ("readiness", may(Verb::Declare)),
        ("safety-answer", may(Verb::Clear)),
        ("start", may(Verb::Start)),
        ("lines", may(Verb::Line) && !open_weeks.is_empty()),
        ("testimony", may(Verb::Tell)),
        ("stop", may(Verb::Stop) && !ended),
        ("study", may(Verb::Study) || (ended && part == Part::Owner)),
        ("decision", may(Verb::Adopt)),
        ("withdrawal", may(Verb::Drop)),
    ];
    let over = experiment.state.is_locked() && (experiment.state != State::Running || ended);
    let until = last_day(experiment, today, &thrown);
    let (days, balance) = (days.unwrap_or_default(), balance.flatten());
    let seen = Seen {
        experiment,
        effect: effect.as_ref(),
        days: &days,
        balance: balance.as_ref(),
        sight: &sight.unwrap_or_default(),
        thrown: &thrown,
        until,
        over,
    };
    let measure = series.as_ref().map(|series| &series.measure);
    let adopted = experiment.first_day().filter(|_| experiment.state == State::Adopted);
    let promise = |promise: Promise| {
        let mark = sentences::mark(&promise, &calendar, now, viewer.id);
        (Subject::Promise.address(promise.id.0), promise.what, mark)
    };
    Ok(ShowPage {
        page: frame.layout(&experiment.plan.name, "experiments"),
        mark: experiment.mark(now, viewer.id),
        plan: tell(&experiment.plan, measure),
        locked: experiment.locked_at.map(|at| by_day::moment(Some(experiment.owner_id), at, &calendar, now).full),
        gaps: if may(Verb::Ask) { experiment.plan.gaps(today) } else { Vec::new() },
        lines: shown.lines.iter().map(|line| (calendar.week_words(line.week, now), line.clone())).collect(),
        chart: series.as_ref().map(|series| chart(series, experiment, until, over)),
        effect: seen.view(),
        over,
        decided: decision(experiment),
        may_change: may(Verb::Change),
        open_weeks: open_weeks.into_iter().map(|week| (week.to_string(), calendar.week_words(week, now))).collect(),
        forms: Forms::offered(app, forms),
        story: balls::mark::tell_deeds(&thrown, &calendar, now, past_tense),
        promises: promises.unwrap_or_default().into_iter().map(promise).collect(),
        new_limits: measure
            .zip(adopted)
            .and_then(|(measure, first)| after_experiment(measure, first, &experiment.plan.name, viewer.id)),
        shown,
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
        Some(Verb::Count) => "counted",
        Some(Verb::Tell) => "said what they saw",
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
