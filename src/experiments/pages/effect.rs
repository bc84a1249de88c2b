//! `/experiments/{id}/effect`: how the effect will be seen, chosen before the start.

use super::fields::measure_options;
use super::forms::not_drawn;
use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::experiments::effect::{Basis, Direction, Effect, Way, store as effects, verbs as effect_verbs};
use crate::experiments::{Experiment, Plan, Verb, step, store, verbs};
use crate::ids::{ExperimentId, MeasureId};
use crate::lengths;
use crate::measures;
use crate::moves::{Handled, Move, Submission};
use crate::spc::cases::MOST_CASES;
use crate::web::form::VERSION;
use crate::web::{Form, Frame, Layout, Member, NewKey, Path, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use chrono::NaiveDate;

/// The choice of one of the four ways.
#[derive(Template)]
#[template(path = "experiments/effect_edit.html")]
pub struct EffectPage {
    pub page: Layout,
    pub name: String,
    pub place: String,
    pub form: Form,
    /// The measures to choose from: identifier and name.
    pub measures: Vec<(String, String)>,
    /// Why it was refused as a whole; empty when it was not.
    pub refused: String,
    pub was_ready: bool,
}

/// The name of the form, beside those of the experiment's page.
pub const FORM: &str = "effect";
/// So many days of an event are read from before the start.
const MOST_DAYS: usize = 100;

/// `GET /experiments/{id}/effect`
pub async fn edit(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    NewKey(key): NewKey,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let (experiment, effect, days) = tx.ask((store::seen(id, member.id), effects::of(id), effects::days(id))).await?;
    let experiment = experiment.ok_or(Error::NotFound)?;
    let viewer = verbs::actor(&mut tx, &experiment, &member).await?;
    step(experiment.state, Verb::Change, &[experiment.part_of(&viewer)])
        .map_err(|refusal| not_drawn(&refusal, Verb::Change.whose()))?;
    let mut form = Form::fresh(key);
    fill(&mut form, &effect.unwrap_or_else(|| Effect::usual(&experiment.plan)), &days);
    html(&EffectPage::of(&mut tx, &frame, &experiment, form).await?)
}

/// `POST /experiments/{id}/effect`
pub async fn update(sent: Submission<Experiment>) -> Handled {
    let mut at = sent.named(FORM).open(Verb::Change).await?;
    let version = at.form.version()?;
    let measures = at.tx.ask(measures::store::of_team(at.record.team_id)).await?;
    let today = at.record.calendar().date_of(at.tx.now());
    let (effect, days) = read(&mut at.form, &at.record.plan, &measure_options(&measures), today);
    let mut at = at.checked().await?;
    let this = Move::of(at.key, &at.actor, "");
    let done = effect_verbs::choose(&mut at.tx, &at.record, this, version, (&effect, &days)).await;
    at.close(done, "Saved. The page says how much it can tell.").await
}

impl EffectPage {
    /// The form of an experiment that is not locked.
    pub async fn of(tx: &mut Tx, frame: &Frame, experiment: &Experiment, mut form: Form) -> Result<Self> {
        let measures = tx.ask(measures::store::of_team(experiment.team_id)).await?;
        form.set(VERSION, experiment.version.to_string());
        Ok(Self {
            page: frame.layout(&experiment.plan.name, "experiments"),
            name: experiment.plan.name.clone(),
            place: format!("/experiments/{}", experiment.id),
            form,
            measures: measure_options(&measures),
            refused: String::new(),
            was_ready: experiment.state == crate::experiments::State::Ready,
        })
    }
}

/// The form with what is stored.
fn fill(form: &mut Form, effect: &Effect, days: &[NaiveDate]) {
    let number = |number: i64| if effect.way == Way::Cases { number.to_string() } else { String::new() };
    let direction = if effect.fewer { Direction::Fewer } else { Direction::More };
    let basis = if effect.stated { Basis::Stated } else { Basis::Counted };
    let days: Vec<String> = days.iter().map(NaiveDate::to_string).collect();
    let counts = matches!(effect.way, Way::Cases | Way::Dates);
    let fields = [
        ("way", effect.way.name().to_owned()),
        ("what", effect.what.clone()),
        ("direction", if counts { direction.name().to_owned() } else { String::new() }),
        ("wanted", number(effect.wanted)),
        ("planned", number(effect.planned)),
        ("before_yes", number(effect.before_yes)),
        ("before_of", number(effect.before_of)),
        ("basis", if effect.way == Way::Cases { basis.name().to_owned() } else { String::new() }),
        ("alike", if effect.alike { String::from("yes") } else { String::new() }),
        ("days", days.join("\n")),
        ("balance_id", effect.balance_id.map(|id| id.to_string()).unwrap_or_default()),
    ];
    for (name, value) in fields {
        form.set(name, value);
    }
}

/// Read the choice; messages are at the fields.
fn read(form: &mut Form, plan: &Plan, measures: &[(String, String)], today: NaiveDate) -> (Effect, Vec<NaiveDate>) {
    let usual = Effect::usual(plan);
    let way = form.chosen::<Way>("way", "Choose how you will see it.").unwrap_or(usual.way);
    let effect = Effect { way, balance_id: balance(form, plan, measures), ..usual };
    match way {
        Way::Measure if plan.measure_id.is_none() => {
            form.refuse("way", "Choose the measure in the plan first; then its chart can judge.");
            (effect, Vec::new())
        }
        Way::Measure | Way::Words => (effect, Vec::new()),
        Way::Cases => (cases(form, effect), Vec::new()),
        Way::Dates => {
            let what = form.needed("what", lengths::LINE, "Say which event it is, so that two people note the same.");
            let days = days(form, today);
            (Effect { what, fewer: is_fewer(form), ..effect }, days)
        }
    }
}

fn cases(form: &mut Form, effect: Effect) -> Effect {
    let what = "Say what one case is and when it is a yes, so that two people count the same.";
    let what = form.needed("what", lengths::LINE, what);
    let fewer = is_fewer(form);
    let planned = whole(form, "planned", 1, "Write how many cases you will count: 20 is a good number.");
    let wanted = whole(form, "wanted", 0, "Write how many of them you expect to be a yes.");
    let before_of = whole(form, "before_of", 0, "Write of how many cases you know how it went before.");
    let before_yes = whole(form, "before_yes", 0, "Write how many of those were a yes.");
    if let (Some(wanted), Some(planned)) = (wanted, planned)
        && wanted > planned
    {
        form.refuse("wanted", format!("There are only {planned} cases to come."));
    }
    if let (Some(yes), Some(of)) = (before_yes, before_of)
        && yes > of
    {
        form.refuse("before_yes", format!("There were only {of} cases before."));
    }
    let basis = form.chosen::<Basis>("basis", "Say whether somebody counted them.");
    Effect {
        what,
        fewer,
        planned: planned.unwrap_or_default(),
        wanted: wanted.unwrap_or_default(),
        before_of: before_of.unwrap_or_default(),
        before_yes: before_yes.unwrap_or_default(),
        stated: basis == Some(Basis::Stated),
        alike: form.ticked("alike"),
        ..effect
    }
}

fn is_fewer(form: &mut Form) -> bool {
    form.chosen::<Direction>("direction", "Say which way it should go.") == Some(Direction::Fewer)
}

/// A whole number of cases from `least` on.
fn whole(form: &mut Form, name: &str, least: u32, missing: &str) -> Option<i64> {
    let number = form.number(name);
    if number.is_none() && form.error(name).is_none() {
        form.refuse(name, missing);
    }
    let number = number?;
    let fits = number.fract() == 0.0 && (f64::from(least)..=f64::from(MOST_CASES)).contains(&number);
    if !fits {
        form.refuse(name, format!("Write a whole number from {least} to {MOST_CASES}."));
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a whole number of at most a thousand")]
    let number = number as i64;
    Some(number)
}

/// The days that were written, one a line.
fn days(form: &mut Form, today: NaiveDate) -> Vec<NaiveDate> {
    let text = form.text("days", lengths::PART);
    let mut days = Vec::new();
    for line in text.split(['\n', ',', ';']).map(str::trim).filter(|line| !line.is_empty()) {
        match line.parse::<NaiveDate>() {
            Ok(day) if day <= today => days.push(day),
            Ok(_) => form.refuse("days", format!("{line} has not come yet. Write days that are over.")),
            Err(_) => form.refuse("days", format!("{line:?} is not a day. Write one a line, as 2026-03-31.")),
        }
        if form.error("days").is_some() {
            break;
        }
    }
    days.sort_unstable();
    days.dedup();
    if days.len() > MOST_DAYS {
        form.refuse("days", format!("{MOST_DAYS} days are the most. The newest ones tell the most."));
    }
    days
}

/// The measure that must not get worse, if it is one of those that can be chosen and not the one that should move.
fn balance(form: &mut Form, plan: &Plan, measures: &[(String, String)]) -> Option<MeasureId> {
    let chosen = form.choice::<MeasureId>("balance_id")?;
    if plan.measure_id == Some(chosen) {
        form.refuse("balance_id", "This is the measure that should move. Choose another one that must not get worse.");
    } else if !measures.iter().any(|(id, _)| *id == chosen.to_string()) {
        form.refuse("balance_id", "Choose one of the list.");
    }
    Some(chosen)
}
