//! The page on which a team chooses how the chart of a measure is read.

use super::act::{Act, Begun, address};
use super::definition::{Kind, Measure};
use super::forms::key;
use super::machine::{Part, Verb, step};
use super::panel::Choices;
use super::refusal::Refusal;
use super::way::{Choice, LIMITS, RULES, SEASONS, SPREADS, SeasonOf, Way};
use super::{store, verbs};
use crate::App;
use crate::balls::Deed;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::spc::LimitsKind;
use crate::web::{Form, Frame, Layout, Member, Path, html, html_with, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

/// The form with the choices.
#[derive(Template)]
#[template(path = "measures/way.html")]
pub struct WayPage {
    page: Layout,
    measure: Measure,
    form: Form,
    spreads: Choices,
    rules: Choices,
    limits: Choices,
    seasons: Choices,
}

fn words<T>(choices: impl IntoIterator<Item = Choice<T>>) -> Choices {
    choices.into_iter().map(|(name, _, words, help)| (name, words, help)).collect()
}

fn name<T: PartialEq, const N: usize>(choices: [Choice<T>; N], chosen: &T) -> &'static str {
    choices.into_iter().find(|(_, choice, ..)| choice == chosen).map_or("", |(name, ..)| name)
}

/// GET /measures/{id}/way/edit
pub async fn edit(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<MeasureId>) -> Result<Response> {
    let mut tx = app.read().await?;
    let measure = store::load(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    if let Err(Refusal::NotYours(whose)) = step(measure.state, Verb::Change, &Part::of(&measure, &member)) {
        return Err(Error::Forbidden(whose));
    }
    let mut form = Form::fresh(key(&measure, member.id, "way"));
    form.set("spread", name(SPREADS, &measure.way.spread));
    form.set("rules", name(RULES, &measure.way.rules));
    form.set("limits", name(LIMITS, &measure.way.limits));
    form.set("season", name(SEASONS, &measure.way.season));
    html(&draw(&frame, measure, form))
}

fn draw(frame: &Frame, measure: Measure, form: Form) -> WayPage {
    WayPage {
        page: frame.layout(format!("How the chart of {} is read", measure.name), "measures"),
        form,
        spreads: words(SPREADS),
        rules: words(RULES),
        limits: words(LIMITS),
        seasons: words(SEASONS.into_iter().filter(|(_, season, ..)| season.fits(measure.cadence))),
        measure,
    }
}

/// POST /measures/{id}/way
pub async fn update(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "way").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    act.admit(Some(Verb::Change))?;
    let reason = act.words("Say why it is to be read differently.", 500);
    let form = &mut act.form;
    let spread = form.chosen("spread", "Choose one.");
    let rules = form.chosen("rules", "Choose one.");
    // The page asks for it only where there are counts.
    let limits = if act.measure.kind == Kind::Share {
        form.chosen("limits", "Choose one.")
    } else {
        Some(LimitsKind::default())
    };
    let season: Option<SeasonOf> = form.chosen("season", "Choose one.");
    if season.is_some_and(|season| !season.fits(act.measure.cadence)) {
        form.refuse("season", "Only values of single days have a day of the week. Choose another one.");
    }
    let (Some(spread), Some(rules), Some(limits), Some(season), true) = (spread, rules, limits, season, form.is_good())
    else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &draw(&act.frame, act.measure, act.form));
    };
    let deed = Deed { key: act.key, by: &act.member, words: &reason };
    match verbs::choose(&mut act.tx, deed, &act.measure, Way { spread, rules, limits, season }).await {
        Ok(()) => {
            act.tx.commit().await?;
            Ok(see_other_saying(address(id), "The chart is read like this from now on."))
        }
        Err(undone) => {
            let status = undone.tell(&mut act.form)?;
            html_with(status, &draw(&act.frame, act.measure, act.form))
        }
    }
}
