//! The page on which a team chooses how the chart of a measure is read.

use super::Opened;
use super::admission::Admission;
use super::forms::opened;
use crate::error::Result;
use crate::ids::MeasureId;
use crate::lengths;
use crate::measures::chart_choices::{CalendarSeason, ChartChoices};
use crate::measures::{Kind, Measure, Verb, verbs};
use crate::moves::{Handled, Move, Submission};
use crate::spc::{LimitsKind, RuleSet, Spread};
use crate::web::{App, Form, Frame, Layout, Member, Path, Response, State, Template, html};

/// The form with the choices.
#[derive(Template)]
#[template(path = "measures/way.html")]
pub struct WayPage {
    page: Layout,
    measure: Measure,
    form: Form,
    seasons: Vec<(&'static str, &'static str, &'static str)>,
}

/// GET /measures/{id}/way/edit
pub async fn edit(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<MeasureId>) -> Result<Response> {
    let (_, measure, mut form) = opened(&app, &member, id, (Verb::Change, "way")).await?;
    form.set("spread", measure.chart.spread.name());
    form.set("rules", measure.chart.rules.name());
    form.set("limits", measure.chart.limits.name());
    form.set("season", measure.chart.season.name());
    html(&draw(&frame, measure, form))
}

pub(super) fn draw(frame: &Frame, measure: Measure, form: Form) -> WayPage {
    let fits =
        |(name, ..): &(&str, &str, &str)| name.parse().is_ok_and(|season: CalendarSeason| season.fits(measure.cadence));
    let seasons = CalendarSeason::OFFERED.iter().copied().filter(fits).collect();
    WayPage {
        page: frame.layout(format!("How the chart of {} is read", measure.name), "measures"),
        form,
        seasons,
        measure,
    }
}

/// `POST /measures/{id}/way`
pub async fn update(mut sent: Submission<Measure>) -> Handled {
    let reason = sent.words("Say why it is to be read differently.", lengths::REMARK);
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
