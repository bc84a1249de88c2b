//! How much the values jump: the moving ranges (mR), their mean and their upper limit. Shown, not an alarm: a large
//! jump mostly shows in the values as well.

use super::composition;
use super::content::Chart;
use super::drawing::Drawing;
use super::picture::{Picture, Stretch};
use crate::spc::moving_ranges::moving_ranges;
use crate::spc::sentences::wording::decimals;
use crate::spc::{Bounds, Marks, Options, Phase, Point, Side, Study};
use std::borrow::Cow;

/// The jump to each value from the one before; none across a gap, a start of new limits or a value left out.
pub(super) fn jumps(study: &Study, points: &[Point], options: &Options) -> Vec<Option<f64>> {
    let mut jumps = vec![None; points.len()];
    for phase in &study.phases {
        for (at, size) in moving_ranges(points, phase.range.clone(), options) {
            jumps[at] = Some(size);
        }
    }
    jumps
}

pub(super) fn draw(chart: &Chart<'_>) -> Drawing {
    let id = format!("{}-jumps", chart.id);
    composition::draw(&picture(chart).placed(chart), &id, title(chart), description(chart))
}

fn picture<'a>(chart: &Chart<'a>) -> Picture<'a> {
    let sizes = jumps(chart.study, chart.points, chart.options);
    let points: Vec<Point> =
        chart.points.iter().zip(sizes).map(|(point, size)| Point::plain(point.period, size)).collect();
    let mut marks = vec![Marks::default(); points.len()];
    for at in chart.study.phases.iter().flat_map(|phase| &phase.large_jumps) {
        marks[*at].outside = Some(Side::Above);
    }
    Picture {
        points: Cow::Owned(points),
        marks: Cow::Owned(marks),
        explained: Vec::new(),
        stretches: chart.study.phases.iter().map(stretch).collect(),
        starts: Vec::new(),
        notes: Vec::new(),
        wish: None,
        possible: (Some(0.0), None),
        jumps: true,
        ..Picture::of(chart)
    }
}

fn stretch(phase: &Phase) -> Stretch {
    let bounds = Bounds { upper: phase.limits.map(|limits| limits.url_mr), lower: None };
    Stretch {
        reason: String::new(),
        mean: phase.limits.map(|limits| limits.amr),
        centres: Vec::new(),
        bounds: vec![bounds; phase.range.len()],
        ..Stretch::of(phase)
    }
}

/// `Jumps of about 6.8 hours; none larger than usual`.
pub(super) fn title(chart: &Chart<'_>) -> String {
    let Some((phase, limits)) = chart.study.current().and_then(|phase| Some((phase, phase.limits?))) else {
        return "Too few values to say how much it jumps".to_owned();
    };
    let about = chart.words.rounded(limits.amr, decimals(&limits) + 1);
    let Some(&last) = phase.large_jumps.last() else {
        return format!("Jumps of about {about}; none larger than usual");
    };
    let at = chart.words.at(chart.points[last].period);
    match phase.large_jumps.len() {
        1 => format!("Jumps of about {about}; one larger than usual, {at}"),
        some => format!("Jumps of about {about}; {some} larger than usual, the last {at}"),
    }
}

fn description(chart: &Chart<'_>) -> String {
    let said = |phase: &Phase| {
        let limits = phase.limits?;
        let places = decimals(&limits) + 1;
        let since = chart.words.date(chart.points.get(phase.range.start)?.period);
        let (mean, most) = (chart.words.rounded(limits.amr, places), chart.words.rounded(limits.url_mr, places));
        Some(format!("Since {since}: average jump {mean}, usually up to {most}, {} larger.", phase.large_jumps.len()))
    };
    chart.study.phases.iter().filter_map(said).collect::<Vec<_>>().join(" ")
}
