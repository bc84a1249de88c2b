//! The page on which a team chooses how the chart of a measure is read.

use super::admission::Admission;
use super::forms::key;
use super::panel::Choices;
use super::{MOST_WORDS, Opened};
use crate::App;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::measures::chart_choices::{CalendarSeason, ChartChoices, Choice, LIMITS, RULES, SEASONS, SPREADS};
use crate::measures::definition::{Kind, Measure};
use crate::measures::machine::Verb;
use crate::measures::{store, verbs};
use crate::moves::{Handled, Move, Submission};
use crate::spc::LimitsKind;
use crate::web::{Form, Frame, Layout, Member, Path, html};
use askama::Template;
use axum::extract::State;
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
    let measure = tx.ask(store::load(id, member.id)).await?.ok_or(Error::NotFound)?;
    measure.admit(Verb::Change, &member)?;
    let mut form = Form::fresh(key(&measure, member.id, "way"));
    form.set("spread", name(SPREADS, &measure.chart.spread));
    form.set("rules", name(RULES, &measure.chart.rules));
    form.set("limits", name(LIMITS, &measure.chart.limits));
    form.set("season", name(SEASONS, &measure.chart.season));
    html(&draw(&frame, measure, form))
}

pub(super) fn draw(frame: &Frame, measure: Measure, form: Form) -> WayPage {
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

/// `POST /measures/{id}/way`
pub async fn update(mut sent: Submission<Measure>) -> Handled {
    let reason = sent.words("Say why it is to be read differently.", MOST_WORDS);
    let at = sent.named("way").open(Admission::Verb(Verb::Change)).await?;
    let (mut at, choices) = at.reads(read).await?;
    let done = verbs::choose(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &reason), choices).await;
    at.close(done, "The chart is read like this from now on.").await
}

fn read(at: &mut Opened) -> Option<ChartChoices> {
    let form = &mut at.form;
    let spread = form.chosen("spread", "Choose one.");
    let rules = form.chosen("rules", "Choose one.");
    // The page asks for it only where there are counts.
    let counts = at.record.kind == Kind::Share;
    let limits = if counts { form.chosen("limits", "Choose one.") } else { Some(LimitsKind::default()) };
    let season: Option<CalendarSeason> = form.chosen("season", "Choose one.");
    if season.is_some_and(|season| !season.fits(at.record.cadence)) {
        form.refuse("season", "Only values of single days have a day of the week. Choose another one.");
    }
    Some(ChartChoices { spread: spread?, rules: rules?, limits: limits?, season: season? })
}
