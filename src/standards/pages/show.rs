//! `/standards/{id}`: how and why, its checks, the next move, the story.

use super::edit;
use crate::App;
use crate::balls::{self, Mark, Subject, Thrown, Told};
use crate::calendar::Calendar;
use crate::error::{Error, Result};
use crate::experiments::first_day;
use crate::experiments::pages::forms::Forms;
use crate::ids::StandardId;
use crate::measures::pages::limits::after_experiment;
use crate::measures::series;
use crate::measures::{self, definition::Measure};
use crate::moves::{Gap, Returned};
use crate::standards::pages::chart::{LongChart, chart};
use crate::standards::shown::{Answer, Shown};
use crate::standards::store::{Check, Edition, WithExperiment};
use crate::standards::{Part, Standard, State, Verb, factors, notify, shown, step, store, verbs};
use crate::web::{Frame, Layout, Member, Path, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};

/// One standard.
#[derive(Template)]
#[template(path = "standards/show.html")]
pub struct ShowPage {
    pub page: Layout,
    pub found: WithExperiment,
    pub mark: Mark,
    /// How, why, when not, whose: label and words.
    pub facts: Vec<(&'static str, String)>,
    /// The weakest of the ten answers, which are what the plan is about.
    pub weakest: Vec<&'static str>,
    pub chart: Option<LongChart>,
    /// How many of those concerned can do it, and what the viewer said.
    pub shown: Shown,
    /// What it said before, the newest first, with when it was changed.
    pub editions: Vec<(Edition, String)>,
    /// Where new limits can begin on the measure.
    pub new_limits: Option<String>,
    /// The checks with who looked and when, newest first.
    pub checks: Vec<(Check, String)>,
    /// What is missing before it can be taught, for its owner.
    pub gaps: Vec<Gap>,
    pub may_change: bool,
    pub forms: Forms,
    pub story: Vec<Told>,
}

impl ShowPage {
    /// Where the form of this name is sent.
    fn address(&self, name: &str) -> String {
        format!("/standards/{}/{name}", self.found.standard.id)
    }
}

/// `GET /standards/{id}`
pub async fn show(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<StandardId>,
) -> Result<Response> {
    html(&page(&app, &frame, &member, id).await?)
}

/// The page again, with a form that came back.
pub async fn again(returned: Returned<Standard>) -> Result<Response> {
    let mut page = page(&returned.app, &returned.frame, &returned.member, returned.id).await?;
    page.forms.come_back(returned.name, returned.form, returned.refusal.as_ref());
    html(&page)
}

async fn page(app: &App, frame: &Frame, member: &Member, id: StandardId) -> Result<ShowPage> {
    let mut tx = app.read().await?;
    let found = tx.ask(store::seen_with_experiment(id, member.id)).await?.ok_or(Error::NotFound)?;
    let standard = &found.standard;
    let (calendar, now) = (standard.calendar(), tx.now());
    let viewer = verbs::actor(&mut tx, standard, member).await?;
    let parts = standard.parts_of(&viewer);
    let may = |verb| step(standard.state, verb, &parts).is_ok();
    let tried_on = found.tried_on.filter(|tried_on| standard.text.measure_id != Some(*tried_on));
    let (thrown, checks, editions, shown, series, other) = tx
        .ask((
            balls::store::history(Subject::Standard, id.0),
            store::checks(id),
            (standard.edition > 1).then(|| store::editions(id)),
            shown::shown(id, viewer.id),
            standard.text.measure_id.map(series::series),
            tried_on.map(measures::store::find),
        ))
        .await?;
    let (series, other) = (series.flatten(), other.flatten());
    let measure = series.as_ref().map(|series| &series.measure).filter(|measure| found.tried_on == Some(measure.id));
    let new_limits = measure.or(other.as_ref()).and_then(|tried_on| new_limits_of(&found, tried_on, member));
    let forms = forms(app, standard, &parts, &shown);
    let who_looked = |check: Check| {
        let by = format!("{} · {}", check.by, calendar.day_words(calendar.date_of(check.at), now));
        (check, by)
    };
    let changed = |edition: Edition| {
        let day = calendar.day_words(calendar.date_of(edition.at), now);
        (edition, day)
    };
    Ok(ShowPage {
        page: frame.layout(&standard.text.name, "standards"),
        mark: standard.mark(now, member.id),
        facts: facts(standard, &calendar, now),
        weakest: factors::weakest(&standard.text.factors),
        chart: series.as_ref().map(|series| chart(series, standard, &thrown, tried(&found), now)),
        new_limits,
        shown,
        editions: editions.unwrap_or_default().into_iter().map(changed).collect(),
        checks: checks.into_iter().rev().map(who_looked).collect(),
        gaps: if may(Verb::Teach) { standard.text.gaps(calendar.date_of(now)) } else { Vec::new() },
        may_change: may(edit::verb_of(standard)),
        forms,
        story: balls::mark::tell_deeds(&thrown, &calendar, now, past_tense),
        found,
    })
}

/// The forms that the viewer finds.
fn forms(app: &App, standard: &Standard, parts: &[Part], shown: &Shown) -> Forms {
    let objected = !shown.objections.is_empty();
    let may = |verb| step(standard.state, verb, parts).is_ok();
    let may_see = may(Verb::See) && !matches!(shown.own, Some(Answer::Can));
    Forms::offered(
        app,
        [
            ("teaching", may(Verb::Teach)),
            ("confirmation", may_see),
            ("objections", may_see && may(Verb::Object)),
            ("answers", may(Verb::Answer) && objected),
            ("holding", may(Verb::Hold) && !objected),
            ("checks", may(Verb::Confirm) || may(Verb::Report)),
            ("repair", may(Verb::BringBack)),
            ("cause", may(Verb::KnownCause)),
            ("experiments", may(Verb::Improve)),
            ("retirement", may(Verb::Retire)),
            ("agreement", may(Verb::Agree)),
            ("stay", may(Verb::Keep)),
            ("owner", may(Verb::Entrust) && !shown.others.is_empty() && !standard.owner_is_kept()),
        ],
    )
}

/// The first day of the experiment it comes from, with its name.
fn tried(found: &WithExperiment) -> Option<(NaiveDate, &str)> {
    let day = first_day(found.locked_at?, found.starts_on, &found.standard.calendar());
    Some((day, found.experiment.as_deref()?))
}

/// Where new limits begin with the experiment it comes from, for those who may set them.
fn new_limits_of(found: &WithExperiment, measure: &Measure, member: &Member) -> Option<String> {
    let first_day = first_day(found.locked_at?, found.starts_on, &found.standard.calendar());
    after_experiment(measure, first_day, found.experiment.as_deref()?, member.id)
}

fn facts(standard: &Standard, calendar: &Calendar, now: DateTime<Utc>) -> Vec<(&'static str, String)> {
    let text = &standard.text;
    let check = text.next_check_on.filter(|_| standard.state != State::Retired);
    let facts = [
        ("How", text.how.clone()),
        ("Why", text.why.clone()),
        ("When it does not apply", text.exceptions.clone()),
        ("In it for us", text.benefit.clone()),
        ("We notice by", text.noticed_by.clone()),
        ("Who reacts when it slips", text.reacts.clone()),
        ("Owner", standard.owner.clone()),
        ("Next check", check.map_or_else(String::new, |day| calendar.day_words(day, now))),
    ];
    facts.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

/// What was done, after the name of who did it.
fn past_tense(thrown: &Thrown) -> String {
    match Verb::named(&thrown.verb) {
        None if thrown.verb == "opened" => "began to write it".to_owned(),
        None => thrown.verb.replace('_', " "),
        Some(verb) => notify::past_tense(verb).to_owned(),
    }
}
