//! `/standards/{id}`: how and why, its checks, the next move, the story.

use crate::App;
use crate::balls::{self, Mark, Subject, Thrown, Told};
use crate::calendar::Calendar;
use crate::error::{Error, Result};
use crate::experiments::first_day;
use crate::experiments::pages::forms::Forms;
use crate::experiments::pages::links::new_limits;
use crate::ids::{ExperimentId, IdeaId, StandardId};
use crate::measures::series::{self, MeasureCard};
use crate::measures::{self, definition::Measure};
use crate::moves::{Gap, Refusal};
use crate::standards::{Part, Standard, State, Verb, step, store, verbs};
use crate::web::{Form, Frame, Layout, Member, Path, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use chrono::{DateTime, Utc};

/// One standard.
#[derive(Template)]
#[template(path = "standards/show.html")]
pub struct ShowPage {
    pub page: Layout,
    pub id: StandardId,
    pub name: String,
    pub mark: Mark,
    /// How, why, when not, whose: label and words.
    pub facts: Vec<(&'static str, String)>,
    /// The measure that notices.
    pub measure: Option<MeasureCard>,
    /// Where new limits can begin on the measure.
    pub new_limits: Option<String>,
    /// The checks, newest first.
    pub checks: Vec<CheckRow>,
    /// What is missing before it can be taught, for its owner.
    pub gaps: Vec<Gap>,
    pub can: Can,
    pub forms: Forms,
    /// The idea it comes from.
    pub idea: Option<(IdeaId, String)>,
    /// The experiment it comes from.
    pub experiment: Option<(ExperimentId, String)>,
    pub story: Vec<Told>,
}

/// One check in the list.
pub struct CheckRow {
    /// ○ △ ×
    pub sign: &'static str,
    /// The sign in words.
    pub words: &'static str,
    pub line: String,
    /// Who looked, and when.
    pub by: String,
}

/// What the viewer can do now.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one switch for each form of the page")]
pub struct Can {
    pub change: bool,
    pub teach: bool,
    pub hold: bool,
    pub check: bool,
    pub bring_back: bool,
    pub retire: bool,
}

impl Can {
    fn of(state: State, part: Part) -> Self {
        let may = |verb| step(state, verb, &[part]).is_ok();
        Self {
            change: may(Verb::Change),
            teach: may(Verb::Teach),
            hold: may(Verb::Hold),
            check: may(Verb::Confirm),
            bring_back: may(Verb::BringBack),
            retire: may(Verb::Retire),
        }
    }

    /// Whether the form of this name is offered, so that what was typed can be sent again.
    fn offers(self, form: &str) -> bool {
        match form {
            "teaching" => self.teach,
            "holding" => self.hold,
            "checks" => self.check,
            "repair" => self.bring_back,
            "retirement" => self.retire,
            _ => false,
        }
    }
}

/// The names of the forms, which are also the ends of their addresses.
const FORMS: [&str; 5] = ["teaching", "holding", "checks", "repair", "retirement"];

impl ShowPage {
    /// Where the form of this name is sent.
    fn address(&self, name: &str) -> String {
        format!("/standards/{}/{name}", self.id)
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
pub async fn again(
    app: &App,
    frame: &Frame,
    member: &Member,
    id: StandardId,
    (name, form): (&'static str, Form),
    refusal: Option<&Refusal>,
) -> Result<Response> {
    let mut page = page(app, frame, member, id).await?;
    page.forms.come_back(name, form, refusal, page.can.offers(name));
    html(&page)
}

async fn page(app: &App, frame: &Frame, member: &Member, id: StandardId) -> Result<ShowPage> {
    let mut tx = app.read().await?;
    let found = tx.ask(store::seen_with_experiment(id, member.id)).await?.ok_or(Error::NotFound)?;
    let standard = &found.standard;
    let (calendar, now) = (standard.calendar(), tx.now());
    let viewer = verbs::actor(&mut tx, standard, member).await?;
    let tried_on = found.tried_on.filter(|tried_on| standard.text.measure_id != Some(*tried_on));
    let (thrown, checks, series, other) = tx
        .ask((
            balls::store::history(Subject::Standard, id.0),
            store::checks(id),
            standard.text.measure_id.map(series::series),
            tried_on.map(measures::store::one),
        ))
        .await?;
    let (series, other) = (series.flatten(), other.flatten());
    let measure = series.as_ref().map(|series| &series.measure).filter(|measure| found.tried_on == Some(measure.id));
    let new_limits = measure.or(other.as_ref()).and_then(|tried_on| new_limits_of(&found, tried_on, member));
    let can = Can::of(standard.state, standard.part_of(&viewer));
    Ok(ShowPage {
        page: frame.layout(&standard.text.name, "standards"),
        id,
        name: standard.text.name.clone(),
        mark: standard.mark(now, member.id),
        facts: facts(standard, &calendar, now),
        measure: series.as_ref().map(series::Series::card),
        new_limits,
        checks: checks.into_iter().rev().map(|check| row(check, &calendar, now)).collect(),
        gaps: if can.teach { standard.text.gaps(calendar.date_of(now)) } else { Vec::new() },
        can,
        forms: Forms::fresh(app, &FORMS),
        idea: standard.idea(),
        experiment: standard.experiment_id.zip(found.experiment.clone()),
        story: balls::mark::tell_deeds(&thrown, &calendar, now, past_tense),
    })
}

/// Where new limits begin with the experiment it comes from, for those who may set them.
fn new_limits_of(found: &store::WithExperiment, measure: &Measure, member: &Member) -> Option<String> {
    let first_day = first_day(found.locked_at?, found.starts_on, &found.standard.calendar());
    new_limits(measure, first_day, found.experiment.as_deref()?, member.id)
}

fn facts(standard: &Standard, calendar: &Calendar, now: DateTime<Utc>) -> Vec<(&'static str, String)> {
    let text = &standard.text;
    let check = text.next_check_on.filter(|_| standard.state != State::Retired);
    let facts = [
        ("How", text.how.clone()),
        ("Why", text.why.clone()),
        ("When it does not apply", text.exceptions.clone()),
        ("Owner", standard.owner.clone()),
        ("Next check", check.map_or_else(String::new, |day| calendar.day_words(day, now))),
    ];
    facts.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

fn row(check: store::Check, calendar: &Calendar, now: DateTime<Utc>) -> CheckRow {
    let day = calendar.day_words(calendar.date_of(check.at), now);
    CheckRow {
        sign: check.result.sign(),
        words: check.result.words(),
        line: check.line,
        by: format!("{} · {day}", check.by),
    }
}

/// What was done, after the name of who did it.
fn past_tense(thrown: &Thrown) -> String {
    let words = match Verb::named(&thrown.verb) {
        None if thrown.verb == "opened" => "began to write it",
        None => return thrown.verb.replace('_', " "),
        Some(Verb::Change) => "wrote it anew",
        Some(Verb::Teach) => "began to show it to all concerned",
        Some(Verb::Hold) => "put it into use",
        Some(Verb::Confirm) => "checked: ○ as it should be",
        Some(Verb::PutRight) => "checked: △ put right",
        Some(Verb::Report) => "checked: × needs action",
        Some(Verb::BringBack) => "brought it back and learned",
        Some(Verb::Retire) => "retired it",
    };
    words.to_owned()
}
