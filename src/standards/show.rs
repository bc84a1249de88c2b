//! The page of one standard: how and why, its checks, the next move, the story.

use super::store::{self, Standard};
use super::{Part, State, Verb, step, verbs};
use crate::balls::{self, Mark, Subject, Thrown, Told};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::experiments::pages::{fresh_forms, mark};
use crate::experiments::show::{Choices, new_limits};
use crate::experiments::verbs::calendar;
use crate::ids::{ExperimentId, IdeaId, PersonId, StandardId};
use crate::measures::drawn::{self, Small};
use crate::people::Person;
use crate::web::{Form, Frame, Layout, Member, Path, html};
use crate::{App, experiments, ideas, measures};
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
    /// Why something was refused; empty when nothing was.
    pub refused: String,
    /// What was typed into a form that can't be sent any more.
    pub written: Vec<String>,
    /// How, why, when not, whose: label and words.
    pub facts: Vec<(&'static str, String)>,
    pub measure: Option<Small>,
    pub new_limits: Option<String>,
    /// The checks, newest first.
    pub checks: Vec<CheckRow>,
    /// What is missing before it can be taught, for its owner.
    pub gaps: Vec<experiments::Gap>,
    pub can: Can,
    pub forms: Vec<(&'static str, Form)>,
    /// The idea it comes from.
    pub idea: Option<(IdeaId, String)>,
    /// The experiment it comes from.
    pub experiment: Option<(ExperimentId, String)>,
    pub story: Vec<Told>,
}

/// One check in the list.
pub struct CheckRow {
    pub sign: &'static str,
    pub words: &'static str,
    pub line: String,
    /// Who looked, and when.
    pub by: String,
}

/// What the reader can do now.
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
        let may = |verb| step(state, verb, part).is_ok();
        Self {
            change: may(Verb::Change),
            teach: may(Verb::Teach),
            hold: may(Verb::Hold),
            check: may(Verb::Confirm),
            bring_back: may(Verb::BringBack),
            retire: may(Verb::Retire),
        }
    }
}

/// The names of the forms, which are also the ends of their addresses.
pub const FORMS: [&str; 5] = ["teaching", "holding", "checks", "repair", "retirement"];

/// The three things a check can find.
pub const FINDINGS: Choices = &[
    ("as_it_should_be", "○ As it should be", ""),
    ("put_right", "△ Put right", "Something small was not, and is again."),
    ("needs_action", "× Needs action", "The ball goes to the owner."),
];

impl ShowPage {
    /// The form of this name.
    pub fn form(&self, name: &str) -> &Form {
        static EMPTY: std::sync::LazyLock<Form> = std::sync::LazyLock::new(Form::default);
        self.forms.iter().find(|(known, _)| *known == name).map_or(&EMPTY, |(_, form)| form)
    }

    /// Where the form of this name is sent.
    fn address(&self, name: &str) -> String {
        format!("/standards/{}/{name}", self.id)
    }

    /// Whether the page still offers the form, so that what was typed can be sent again.
    pub fn offers(&self, name: &str) -> bool {
        match name {
            "teaching" => self.can.teach,
            "holding" => self.can.hold,
            "checks" => self.can.check,
            "repair" => self.can.bring_back,
            "retirement" => self.can.retire,
            _ => false,
        }
    }
}

/// `GET /standards/{id}`
pub async fn show(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<StandardId>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let standard = store::seen(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    html(&page(&app, &mut tx, &frame, &member, standard).await?)
}

/// The page as this person sees it, with fresh forms.
pub async fn page(app: &App, tx: &mut Tx, frame: &Frame, reader: &Person, standard: Standard) -> Result<ShowPage> {
    let (calendar, now) = (calendar(tx, standard.team_id).await?, tx.now());
    let ball = balls::store::ball_of(tx, Subject::Standard, standard.id.0).await?;
    let thrown = balls::store::story(tx, Subject::Standard, standard.id.0).await?;
    let checks = store::checks(tx, standard.id).await?;
    let (experiment, new_limits) = experiment(tx, &standard, &calendar, reader.id).await?;
    let can = Can::of(standard.state, verbs::part(&standard, &verbs::acting(tx, &standard, reader).await?));
    Ok(ShowPage {
        page: frame.layout(&standard.text.name, "standards"),
        id: standard.id,
        name: standard.text.name.clone(),
        mark: mark(ball.as_ref(), standard.state.words(), &calendar, now, reader),
        refused: String::new(),
        written: Vec::new(),
        facts: facts(&standard, &calendar, now),
        measure: small(tx, &standard).await?,
        new_limits,
        checks: checks.into_iter().rev().map(|check| row(check, &calendar, now)).collect(),
        gaps: if can.teach { standard.text.gaps(calendar.date_of(now)) } else { Vec::new() },
        can,
        forms: fresh_forms(app, &FORMS),
        idea: idea(tx, &standard).await?,
        experiment,
        story: balls::mark::tell_deeds(&thrown, &calendar, now, deed),
    })
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
        sign: check.mark.sign(),
        words: check.mark.words(),
        line: check.line,
        by: format!("{} · {day}", check.by),
    }
}

async fn small(tx: &mut Tx, standard: &Standard) -> Result<Option<Small>> {
    let Some(measure) = standard.text.measure_id else { return Ok(None) };
    let Some(measure) = measures::store::find(tx, measure).await? else { return Ok(None) };
    Ok(Some(drawn::of(tx, measure).await?.small()))
}

async fn idea(tx: &mut Tx, standard: &Standard) -> Result<Option<(IdeaId, String)>> {
    let Some(idea) = standard.idea_id else { return Ok(None) };
    Ok(ideas::store::find(tx, idea).await?.map(|idea| (idea.id, idea.headline())))
}

type Origin = (Option<(ExperimentId, String)>, Option<String>);

/// The experiment it comes from, and where new limits can begin with it.
async fn experiment(tx: &mut Tx, standard: &Standard, calendar: &Calendar, reader: PersonId) -> Result<Origin> {
    let Some(id) = standard.experiment_id else { return Ok((None, None)) };
    let Some(experiment) = experiments::store::find(tx, id).await? else { return Ok((None, None)) };
    let limits = new_limits(tx, &experiment, calendar, reader).await?;
    Ok((Some((experiment.id, experiment.plan.name)), limits))
}

/// What was done, after the name of who did it.
fn deed(thrown: &Thrown) -> String {
    let words = match thrown.verb.as_str() {
        "opened" => "began to write it",
        "changed" => "wrote it anew",
        "taught" => "began to show it to all concerned",
        "held" => "put it into use",
        "confirmed" => "checked: ○ as it should be",
        "put_right" => "checked: △ put right",
        "reported" => "checked: × needs action",
        "brought_back" => "brought it back and learned",
        "retired" => "retired it",
        other => return other.replace('_', " "),
    };
    words.to_owned()
}
