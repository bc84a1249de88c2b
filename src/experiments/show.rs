//! The page of one experiment: the prediction, the lines, the chart with its verdict, the next move, the story.

use super::judging;
use super::pages::{fresh_forms, mark};
use super::plan::weeks;
use super::store::{self, Experiment};
use super::template::{Told as Plain, tell};
use super::verbs;
use super::{Gap, Part, State, Verb, step};
use crate::balls::{self, Mark, Subject, Thrown, Told};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::protection;
use crate::ids::{ExperimentId, IdeaId, MeasureId, PersonId, StandardId};
use crate::measures::drawn::{self, Series};
use crate::measures::weeks::monday;
use crate::people::Person;
use crate::spc::chart::{Drawing, numbers};
use crate::web::{Form, Frame, Layout, Member, Path, html};
use crate::{App, ideas, measures, people, promises, standards};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};

/// One experiment.
#[derive(Template)]
#[template(path = "experiments/show.html")]
pub struct ShowPage {
    pub page: Layout,
    pub id: ExperimentId,
    pub name: String,
    pub mark: Mark,
    /// Why something was refused; empty when nothing was.
    pub refused: String,
    /// What was typed into a form that can't be sent any more.
    pub written: Vec<String>,
    pub links: Links,
    pub plan: Plain,
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
    pub forms: Vec<(&'static str, Form)>,
    pub story: Vec<Told>,
}

/// What belongs to an experiment.
#[derive(Default)]
pub struct Links {
    /// The idea it comes from.
    pub idea: Option<(IdeaId, String)>,
    /// The promises for that idea: the address, what was promised, who has the ball.
    pub promises: Vec<(String, String, Mark)>,
    pub previous: Option<(ExperimentId, String)>,
    pub next: Option<(ExperimentId, String)>,
    pub standard: Option<(StandardId, String)>,
    pub new_limits: Option<String>,
}

/// The line of one week.
pub struct LineRow {
    pub week: String,
    /// Whether it was done as planned.
    pub as_planned: bool,
    pub line: String,
}

/// The chart of the measure, with the start marked.
pub struct ChartView {
    pub measure: MeasureId,
    pub name: String,
    /// For narrow and for broad screens; nothing while there is no value.
    pub drawings: Option<[Drawing; 2]>,
    /// The values since the start, newest first.
    pub rows: Vec<numbers::Row>,
    /// The verdict in one of the four sentences; empty before the start.
    pub verdict: String,
}

/// What the reader can do now.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one switch for each form of the page")]
pub struct Can {
    pub change: bool,
    /// Ask whether it is safe, or say that it fits the green lane.
    pub prepare: bool,
    /// Answer whether it is safe.
    pub answer: bool,
    pub start: bool,
    pub line: bool,
    pub stop: bool,
    pub study: bool,
    pub decide: bool,
    pub withdraw: bool,
}

impl Can {
    /// What somebody with this part can do.
    fn of(experiment: &Experiment, part: Part, today: NaiveDate, open_weeks: bool) -> Self {
        let may = |verb| step(experiment.state, verb, part).is_ok();
        let ended = experiment.state == State::Running && experiment.has_ended(today);
        Self {
            change: may(Verb::Change),
            prepare: may(Verb::Ask),
            answer: may(Verb::Clear),
            start: may(Verb::Start),
            line: may(Verb::Line) && open_weeks,
            stop: may(Verb::Stop) && !ended,
            study: may(Verb::Study) || (ended && part == Part::Owner),
            decide: may(Verb::Adopt),
            withdraw: may(Verb::Drop),
        }
    }
}

/// The names of the forms, which are also the ends of their addresses.
pub const FORMS: [&str; 9] =
    ["safety-question", "safety-answer", "readiness", "start", "lines", "stop", "study", "decision", "withdrawal"];

/// Choices in a form: the value, its words, a help.
pub type Choices = &'static [(&'static str, &'static str, &'static str)];

/// The two answers to the question whether it is safe.
pub const SAFETY_ANSWERS: Choices = &[
    ("clear", "I see no reason against it", ""),
    ("object", "I see harm in it", "Say below what harm, and what would make it safe."),
];

/// The two ways a week can go.
pub const PLANNED: Choices = &[("yes", "Yes", ""), ("no", "Not quite", "")];

/// The three decisions.
pub const DECISIONS: Choices = &[
    ("adopt", "Adopt", "It becomes our way, with an owner and checks."),
    ("adapt", "Adapt", "We try it again, changed. The next cycle opens with your words in it."),
    ("abandon", "Abandon", "We end it. With a lesson this is a finished, good experiment."),
];

impl ShowPage {
    /// The form of this name.
    pub fn form(&self, name: &str) -> &Form {
        static EMPTY: std::sync::LazyLock<Form> = std::sync::LazyLock::new(Form::default);
        self.forms.iter().find(|(known, _)| *known == name).map_or(&EMPTY, |(_, form)| form)
    }

    /// Where the form of this name is sent.
    fn address(&self, name: &str) -> String {
        format!("/experiments/{}/{name}", self.id)
    }

    /// Whether the page still offers the form, so that what was typed can be sent again.
    pub fn offers(&self, name: &str) -> bool {
        match name {
            "safety-question" | "readiness" => self.can.prepare,
            "safety-answer" => self.can.answer,
            "start" => self.can.start,
            "lines" => self.can.line,
            "stop" => self.can.stop,
            "study" => self.can.study,
            "decision" => self.can.decide,
            "withdrawal" => self.can.withdraw,
            _ => false,
        }
    }
}

/// `GET /experiments/{id}`
pub async fn show(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let experiment = store::seen(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    html(&page(&app, &mut tx, &frame, &member, experiment).await?)
}

/// The page as this person sees it, with fresh forms.
pub async fn page(app: &App, tx: &mut Tx, frame: &Frame, reader: &Person, experiment: Experiment) -> Result<ShowPage> {
    let (calendar, now) = (verbs::calendar(tx, experiment.team_id).await?, tx.now());
    let today = calendar.date_of(now);
    let reader = &protection::acting_on(tx, experiment.idea_id, reader).await?;
    let part = verbs::part(tx, &experiment, reader).await?;
    let ball = balls::store::ball_of(tx, Subject::Experiment, experiment.id.0).await?;
    let thrown = balls::store::story(tx, Subject::Experiment, experiment.id.0).await?;
    let lines = store::lines(tx, experiment.id).await?;
    let open_weeks = open_weeks(&experiment, &calendar, today, &lines);
    let series = series(tx, &experiment).await?;
    let belongs = links(tx, &experiment, &calendar, reader.id).await?;
    let can = Can::of(&experiment, part, today, !open_weeks.is_empty());
    let until = until(&experiment, &calendar, today, &thrown);
    let over = experiment.state.is_locked() && (experiment.state != State::Running || experiment.has_ended(today));
    Ok(ShowPage {
        page: frame.layout(&experiment.plan.name, "experiments"),
        id: experiment.id,
        name: experiment.plan.name.clone(),
        mark: mark(ball.as_ref(), experiment.state.words(), &calendar, now, reader),
        refused: String::new(),
        written: Vec::new(),
        links: belongs,
        plan: tell(&experiment.plan, series.as_ref().map(|series| &series.measure)),
        locked: experiment.locked_at.map(|at| calendar.due(at, now).full),
        gaps: if can.prepare { experiment.plan.gaps(today) } else { Vec::new() },
        lines: lines.into_iter().map(|line| line_row(line, &calendar, now)).collect(),
        chart: series.as_ref().map(|series| chart(series, &experiment, &calendar, until, over)),
        over,
        happened: experiment.happened.clone(),
        decided: decided(&experiment),
        can,
        open_weeks: open_weeks.into_iter().map(|week| (week.to_string(), calendar.week_words(week, now))).collect(),
        enabler: enabler(tx, &experiment).await?,
        forms: fresh_forms(app, &FORMS),
        story: balls::mark::tell_deeds(&thrown, &calendar, now, deed),
    })
}

fn decided(experiment: &Experiment) -> Option<(&'static str, String)> {
    let words = match experiment.state {
        State::Adopted => "Adopted",
        State::Adapted => "Adapted",
        State::Abandoned => "Abandoned",
        _ => return None,
    };
    Some((words, experiment.learned.clone()))
}

fn line_row(line: store::WeeklyLine, calendar: &Calendar, now: DateTime<Utc>) -> LineRow {
    LineRow { week: calendar.week_words(line.week, now), as_planned: line.as_planned, line: line.line }
}

/// The weeks that ran and have no line yet, the newest first.
pub fn open_weeks(
    experiment: &Experiment,
    calendar: &Calendar,
    today: NaiveDate,
    lines: &[store::WeeklyLine],
) -> Vec<NaiveDate> {
    let (Some(first), Some(last)) = (experiment.first_day(calendar), experiment.plan.ends_on) else {
        return Vec::new();
    };
    // Started before its planned first day: the week it was started in counts too.
    let ran = weeks(first.min(today), last.min(today));
    ran.into_iter().rev().filter(|week| lines.iter().all(|line| line.week != *week)).collect()
}

/// The last day whose values count: today while it runs, the day it was stopped, or its end.
fn until(experiment: &Experiment, calendar: &Calendar, today: NaiveDate, thrown: &[Thrown]) -> NaiveDate {
    let stopped = thrown.iter().find(|throw| throw.verb == Verb::Stop.done()).map(|throw| calendar.date_of(throw.at));
    let end = experiment.plan.ends_on.unwrap_or(today);
    stopped.unwrap_or(end).min(end).min(today)
}

async fn series(tx: &mut Tx, experiment: &Experiment) -> Result<Option<Series>> {
    let Some(measure) = experiment.plan.measure_id else { return Ok(None) };
    let Some(measure) = measures::store::find(tx, measure).await? else { return Ok(None) };
    Ok(Some(drawn::of(tx, measure).await?))
}

fn chart(series: &Series, experiment: &Experiment, calendar: &Calendar, until: NaiveDate, over: bool) -> ChartView {
    let first = experiment.first_day(calendar);
    let starts: Vec<_> = first.and_then(|day| series.start(day, "start")).into_iter().collect();
    let since = first.map(|first| series.points.iter().filter(|point| point.period >= monday(first)).count());
    let verdict = first.map(|first| judging::sentence(series, &experiment.plan, first, until)).unwrap_or_default();
    let so_far = if over || verdict.is_empty() { "" } else { "So far: " };
    ChartView {
        measure: series.measure.id,
        name: series.measure.name.clone(),
        drawings: (!series.points.is_empty()).then(|| series.both("experiment-chart", &starts)),
        rows: series.rows().into_iter().rev().take(since.unwrap_or_default()).collect(),
        verdict: format!("{so_far}{verdict}"),
    }
}

/// The promises for an idea that this person may see.
async fn promises(
    tx: &mut Tx,
    idea: IdeaId,
    calendar: &Calendar,
    reader: PersonId,
) -> Result<Vec<(String, String, Mark)>> {
    let now = tx.now();
    let mut shown = Vec::new();
    for promise in promises::store::of_idea(tx, idea).await? {
        let Some(promise) = promises::store::seen(tx, promise.id, reader).await? else { continue };
        let mark = promises::telling::mark(&promise, calendar, now, reader);
        shown.push((Subject::Promise.address(promise.id.0), promise.what, mark));
    }
    Ok(shown)
}

async fn links(tx: &mut Tx, experiment: &Experiment, calendar: &Calendar, reader: PersonId) -> Result<Links> {
    let mut links = Links::default();
    if let Some(idea) = experiment.idea_id {
        links.idea = ideas::store::seen(tx, idea, reader).await?.map(|idea| (idea.id, idea.headline()));
        links.promises = promises(tx, idea, calendar, reader).await?;
    }
    if let Some(previous) = experiment.previous_id {
        links.previous = store::find(tx, previous).await?.map(|previous| (previous.id, previous.plan.name));
    }
    links.next = store::next_cycle(tx, experiment.id).await?.map(|next| (next.id, next.plan.name));
    let standard = standards::store::of_experiment(tx, experiment.id).await?;
    links.standard = standard.map(|standard| (standard.id, standard.text.name));
    links.new_limits = new_limits(tx, experiment, calendar, reader).await?;
    Ok(links)
}

/// The address where new limits begin with the experiment, once it is adopted, for those who may set them.
pub async fn new_limits(
    tx: &mut Tx,
    experiment: &Experiment,
    calendar: &Calendar,
    reader: PersonId,
) -> Result<Option<String>> {
    let (Some(measure), Some(first)) = (experiment.plan.measure_id, experiment.first_day(calendar)) else {
        return Ok(None);
    };
    let kept = measures::store::find(tx, measure).await?.is_some_and(|measure| measure.is_kept_by(reader));
    if !kept || experiment.state != State::Adopted {
        return Ok(None);
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("from", &monday(first).to_string());
    query.append_pair("reason", &format!("{} (adopted)", experiment.plan.name));
    Ok(Some(format!("/measures/{measure}/limits/new?{}", query.finish())))
}

async fn enabler(tx: &mut Tx, experiment: &Experiment) -> Result<String> {
    let Some(enabler) = store::enabler(tx, experiment.team_id, experiment.owner_id).await? else {
        return Ok(String::new());
    };
    Ok(people::store::person(tx, enabler).await?.map(|person| person.name).unwrap_or_default())
}

/// What was done, after the name of who did it.
fn deed(thrown: &Thrown) -> String {
    let to = thrown.holder_name.as_deref().unwrap_or("nobody");
    match thrown.verb.as_str() {
        "drafted" => String::from("began to write it"),
        "changed" => String::from("wrote it anew"),
        "asked" => format!("asked {to} whether it is safe to try"),
        "cleared" => String::from("saw no reason against it"),
        "objected" => String::from("objected, with what would make it safe"),
        "declared" => String::from("said that it fits the green lane"),
        "started" => String::from("started it; the prediction is locked"),
        "line" => String::from("wrote the line of the week"),
        "stopped" => String::from("stopped it early"),
        "ended" => String::from("reached its last day"),
        "studied" => String::from("wrote what happened"),
        "adopted" => String::from("adopted it and learned"),
        "adapted" => String::from("adapted it and learned"),
        "abandoned" => String::from("abandoned it and learned"),
        "dropped" => String::from("took it back before the start"),
        other => other.replace('_', " "),
    }
}
