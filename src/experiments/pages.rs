//! The pages of experiments: the list, the form, and the list's rows.

use super::plan_form;
use super::store::{self, Experiment};
use super::verbs::{self, may_try};
use super::{Plan, Refusal, State, Undone};
use crate::balls::{self, Ball, Mark, Subject};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{ExperimentId, IdeaId, TeamId};
use crate::people::Person;
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, NewKey, Path, html};
use crate::{App, ideas, measures, people};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

/// The list of experiments.
#[derive(Template)]
#[template(path = "experiments/index.html")]
pub struct IndexPage {
    pub page: Layout,
    /// The experiments by where they are; groups without any are left out.
    pub groups: Vec<Group>,
    /// Whether the reader belongs to a team and may begin one.
    pub may_begin: bool,
}

/// Experiments that are in the same part of their life.
pub struct Group {
    pub title: &'static str,
    /// The experiments, newest first.
    pub rows: Vec<Row>,
}

/// One experiment in a list.
pub struct Row {
    pub id: ExperimentId,
    pub name: String,
    pub mark: Mark,
    /// What we expect, or what we learned.
    pub words: String,
    /// Whether the words are somebody's sentence of learning.
    pub learned: bool,
    pub owner: String,
}

const GROUPS: [(&str, &[State]); 4] = [
    ("Running", &[State::Running]),
    ("To be studied and decided", &[State::Stopped, State::Study, State::Decide]),
    ("Before the start", &[State::Drafting, State::SafeCheck, State::Ready]),
    ("What we learned", &[State::Adopted, State::Adapted, State::Abandoned]),
];

/// `GET /experiments`
pub async fn index(Shared(app): Shared<App>, member: Member, frame: Frame) -> Result<Response> {
    let mut tx = app.read().await?;
    let teams = people::store::seen_teams(&mut tx, member.id).await?;
    let balls = balls::store::in_sight(&mut tx, Subject::Experiment, member.id).await?;
    let experiments = store::in_sight(&mut tx, member.id).await?;
    let row = |experiment: &Experiment| {
        let team = teams.iter().find(|team| team.id == experiment.team_id);
        let ball = balls.iter().find(|(id, _)| *id == experiment.id.0).map(|(_, ball)| ball);
        let mark = team.zip(ball).map(|(team, ball)| Mark::of(ball, &team.calendar, app.world.now(), member.id));
        Row::of(experiment, mark, team.map_or("", |team| team.name.as_str()))
    };
    let group = |(title, states): (&'static str, &[State])| {
        let rows: Vec<Row> = experiments.iter().filter(|one| states.contains(&one.state)).map(row).collect();
        (!rows.is_empty()).then_some(Group { title, rows })
    };
    let groups = GROUPS.into_iter().filter_map(group).collect();
    html(&IndexPage { page: frame.layout("Experiments", "experiments"), groups, may_begin: member.team().is_some() })
}

impl Row {
    fn of(experiment: &Experiment, mark: Option<Mark>, team: &str) -> Self {
        let learned = !experiment.learned.is_empty();
        let plan = &experiment.plan;
        let expected =
            if plan.expectation.is_empty() { String::new() } else { format!("We expect: {}", plan.expectation) };
        Self {
            id: experiment.id,
            name: plan.name.clone(),
            mark: mark.unwrap_or_else(|| Mark::closed(experiment.state.words())),
            words: if learned { experiment.learned.clone() } else { expected },
            learned,
            owner: format!("{} · {team}", experiment.owner),
        }
    }
}

/// The form of a new experiment, or of one that is not locked yet.
#[derive(Template)]
#[template(path = "experiments/edit.html")]
pub struct EditPage {
    pub page: Layout,
    pub title: &'static str,
    pub action: String,
    pub form: Form,
    /// The idea it comes from: identifier and words.
    pub idea: Option<(IdeaId, String)>,
    /// The measures to choose from: identifier and name.
    pub measures: Vec<(String, String)>,
    /// Why it was refused as a whole; empty when it was not.
    pub refused: String,
    /// What is stored now, when somebody else was first.
    pub now: Vec<(&'static str, String)>,
    /// Whether saving takes back that it is safe to try.
    pub was_ready: bool,
}

/// The measures a team can choose from, with "none" first.
pub async fn choices(tx: &mut Tx, team: TeamId) -> sqlx::Result<Vec<(String, String)>> {
    let measures = measures::store::of_team(tx, team).await?;
    let none = [(String::new(), String::from("None; we notice it ourselves"))];
    Ok(none
        .into_iter()
        .chain(measures.into_iter().map(|measure| (measure.id.to_string(), measure.name.clone())))
        .collect())
}

/// From which idea.
#[derive(Deserialize)]
pub struct From {
    idea: Option<IdeaId>,
}

/// `GET /experiments/new`
pub async fn new(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    NewKey(key): NewKey,
    Query(from): Query<From>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let source = Source::find(&mut tx, &member, from.idea).await?;
    let plan = source.idea.as_ref().map_or_else(Plan::default, plan_form::from_idea);
    let refused = source.refused(&mut tx, &member).await?;
    html(&source.page(&mut tx, &frame, plan_form::filled(&plan, key, 0), refused).await?)
}

/// Where a new experiment or standard comes from: an idea, or the team of the one who writes it.
pub struct Source {
    pub team: TeamId,
    pub idea: Option<ideas::Idea>,
}

impl Source {
    /// The idea, if the person may see it; without one the team of the person.
    pub async fn find(tx: &mut Tx, person: &Person, idea: Option<IdeaId>) -> Result<Self> {
        let Some(idea) = idea else {
            let team =
                person.team().ok_or(Error::Forbidden("This is for the people of a team, and you are in none."))?;
            return Ok(Self { team, idea: None });
        };
        let idea = ideas::store::seen(tx, idea, person.id).await?.ok_or(Error::NotFound)?;
        Ok(Self { team: idea.team_id, idea: Some(idea) })
    }

    /// Why the idea can't be tried by this person now; empty when it can.
    async fn refused(&self, tx: &mut Tx, person: &Person) -> Result<String> {
        let Some(idea) = &self.idea else { return Ok(String::new()) };
        match may_try(tx, idea, person).await {
            Ok(()) => Ok(String::new()),
            Err(Undone::Failed(error)) => Err(error),
            Err(Undone::Refused(refusal)) => Ok(refusal.sentence()),
        }
    }

    /// The page with this form.
    pub async fn page(&self, tx: &mut Tx, frame: &Frame, mut form: Form, refused: String) -> Result<EditPage> {
        form.set("idea", self.idea.as_ref().map_or_else(String::new, |idea| idea.id.to_string()));
        Ok(EditPage {
            page: frame.layout("Try it", "experiments"),
            title: "Try it, small and soon",
            action: String::from("/experiments"),
            form,
            idea: self.idea.as_ref().map(|idea| (idea.id, idea.headline())),
            measures: choices(tx, self.team).await?,
            refused,
            now: Vec::new(),
            was_ready: false,
        })
    }
}

impl Refusal {
    /// The refusal in one sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::NotYours(whose) => (*whose).to_owned(),
            Self::NotNow(words) => words.clone(),
            Self::Incomplete(_) => String::new(),
            Self::Moved => String::from("Somebody was first. Look at what is there now; your text is kept."),
        }
    }
}

/// `GET /experiments/{id}/edit`
pub async fn edit(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    NewKey(key): NewKey,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let experiment = store::seen(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    let part = verbs::part(&mut tx, &experiment, &member).await?;
    match super::step(experiment.state, super::Verb::Change, part) {
        Ok(_) => {}
        Err(Refusal::NotYours(whose)) => return Err(Error::Forbidden(whose)),
        Err(refusal) => return Err(Error::Stale(refusal.sentence())),
    }
    let form = plan_form::filled(&experiment.plan, key, experiment.version);
    html(&edit_page(&mut tx, &frame, &experiment, form).await?)
}

/// The form of an experiment that exists.
pub async fn edit_page(tx: &mut Tx, frame: &Frame, experiment: &Experiment, form: Form) -> Result<EditPage> {
    let idea = match experiment.idea_id {
        Some(idea) => ideas::store::find(tx, idea).await?,
        None => None,
    };
    Ok(EditPage {
        page: frame.layout(&experiment.plan.name, "experiments"),
        title: "What you want to try",
        action: format!("/experiments/{}", experiment.id),
        form,
        idea: idea.map(|idea| (idea.id, idea.headline())),
        measures: choices(tx, experiment.team_id).await?,
        refused: String::new(),
        now: Vec::new(),
        was_ready: experiment.state == State::Ready,
    })
}

/// The mark of a thing with its ball, or closed in these words.
pub fn mark(ball: Option<&Ball>, closed: &str, calendar: &Calendar, now: DateTime<Utc>, reader: &Person) -> Mark {
    ball.map_or_else(|| Mark::closed(closed), |ball| Mark::of(ball, calendar, now, reader.id))
}

/// Fresh keys for the forms of one page, so that each of them counts on its own.
pub fn fresh_forms(app: &App, names: &[&'static str]) -> Vec<(&'static str, Form)> {
    names.iter().map(|name| (*name, Form::fresh(fresh(app)))).collect()
}

fn fresh(app: &App) -> Uuid {
    app.world.id()
}
