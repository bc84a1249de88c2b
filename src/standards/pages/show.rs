//! `/standards/{id}`: how and why, its checks, the next move, the story.

use crate::App;
use crate::balls::{self, Mark, Subject, Thrown, Told};
use crate::calendar::Calendar;
use crate::error::{Error, Result};
use crate::experiments::first_day;
use crate::experiments::pages::forms::Forms;
use crate::ids::StandardId;
use crate::measures::pages::limits::after_experiment;
use crate::measures::series::{self, MeasureCard};
use crate::measures::{self, definition::Measure};
use crate::moves::{Gap, Returned};
use crate::standards::store::{Check, WithExperiment};
use crate::standards::{Standard, State, Verb, step, store, verbs};
use crate::web::{Frame, Layout, Member, Path, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use chrono::{DateTime, Utc};

/// One standard.
#[derive(Template)]
#[template(path = "standards/show.html")]
pub struct ShowPage {
    pub page: Layout,
    pub found: WithExperiment,
    pub mark: Mark,
    /// How, why, when not, whose: label and words.
    pub facts: Vec<(&'static str, String)>,
    pub measure: Option<MeasureCard>,
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
    let tried_on = found.tried_on.filter(|tried_on| standard.text.measure_id != Some(*tried_on));
    let (thrown, checks, series, other) = tx
        .ask((
            balls::store::history(Subject::Standard, id.0),
            store::checks(id),
            standard.text.measure_id.map(series::series),
            tried_on.map(measures::store::find),
        ))
        .await?;
    let (series, other) = (series.flatten(), other.flatten());
    let measure = series.as_ref().map(|series| &series.measure).filter(|measure| found.tried_on == Some(measure.id));
    let new_limits = measure.or(other.as_ref()).and_then(|tried_on| new_limits_of(&found, tried_on, member));
    let may = |verb| step(standard.state, verb, &[standard.part_of(&viewer)]).is_ok();
    let forms = [
        ("teaching", may(Verb::Teach)),
        ("holding", may(Verb::Hold)),
        ("checks", may(Verb::Confirm)),
        ("repair", may(Verb::BringBack)),
        ("retirement", may(Verb::Retire)),
    ];
    let who_looked = |check: Check| {
        let by = format!("{} · {}", check.by, calendar.day_words(calendar.date_of(check.at), now));
        (check, by)
    };
    Ok(ShowPage {
        page: frame.layout(&standard.text.name, "standards"),
        mark: standard.mark(now, member.id),
        facts: facts(standard, &calendar, now),
        measure: series.as_ref().map(series::Series::card),
        new_limits,
        checks: checks.into_iter().rev().map(who_looked).collect(),
        gaps: if may(Verb::Teach) { standard.text.gaps(calendar.date_of(now)) } else { Vec::new() },
        may_change: may(Verb::Change),
        forms: Forms::offered(app, forms),
        story: balls::mark::tell_deeds(&thrown, &calendar, now, past_tense),
        found,
    })
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
        ("Owner", standard.owner.clone()),
        ("Next check", check.map_or_else(String::new, |day| calendar.day_words(day, now))),
    ];
    facts.into_iter().filter(|(_, words)| !words.is_empty()).collect()
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
