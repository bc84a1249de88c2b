//! What the drawing holds, and how large it may become.

use super::*;
use crate::spc::study::tests::{quote_turnaround, turnaround_phases};
use crate::spc::{Better, Cadence, Options, PhaseStart, Point, Study, Wording, study};
use askama::Template;
use proptest::prelude::*;
use scraper::{Html, Selector};

pub(super) fn draw(points: &[Point], phases: &[PhaseStart], size: Size, newest: usize) -> String {
    let options = Options { floor: Some(0.0), better: Better::Lower, ..Options::default() };
    let (read, words) = (study(points, phases, &options), Wording::new("hours", Cadence::Week, points));
    let wish = Wish { value: 24.0, label: "wish 24 (Helen)".into() };
    let starts = [Start { at: 32, what: Began::Experiment, label: "Experiment: standard quotes".into() }];
    let chart = chart(points, &read, &options, &words);
    Chart { wish: Some(&wish), starts: &starts, size, newest, ..chart }.draw().render().unwrap()
}

fn chart<'a>(points: &'a [Point], study: &'a Study, options: &'a Options, words: &'a Wording) -> Chart<'a> {
    Chart {
        id: "m1",
        points,
        study,
        options,
        words,
        wish: None,
        starts: &[],
        notes: &[],
        experiments: &[],
        explained: &[],
        axis: &[],
        size: Size::Full,
        newest: 60,
    }
}

pub(super) fn found(svg: &str, selector: &str) -> usize {
    Html::parse_fragment(svg).select(&Selector::parse(selector).unwrap()).count()
}

/// An attribute of the first element that fits.
pub(super) fn attribute(svg: &str, selector: &str, name: &str) -> String {
    let page = Html::parse_fragment(svg);
    let first = page.select(&Selector::parse(selector).unwrap()).next().unwrap();
    first.value().attr(name).unwrap().to_owned()
}

#[test]
fn signals_are_told_apart_by_shape_and_word() {
    let svg = draw(&quote_turnaround(), &turnaround_phases(), Size::Full, 60);
    assert_eq!(found(&svg, "[data-point]"), 60);
    let marked = |class: &str| found(&svg, &format!("{class}[data-point]"));
    assert_eq!((marked("path.chart-signal-outside"), marked("circle.chart-signal-run")), (3, 8), "the strongest alone");
    assert_eq!(marked("path.chart-signal-three"), 0, "all three of four lie in the run");
    assert_eq!((found(&svg, "path.chart-run"), found(&svg, ".chart-explained")), (1, 0), "one bracket");
    assert!(svg.contains(">11 in a row above the average</text>"), "with its words");
    assert_eq!(
        found(&svg, "[data-signal]"),
        found(&svg, "[data-point*='range'], [data-point*='row'], [data-point*='limit']")
    );
    assert_eq!(found(&svg, "text.chart-signal-label"), 1, "only the highest of the neighbours has room");
}

#[test]
fn what_somebody_explained_keeps_its_shape_without_the_colour_of_a_signal() {
    let points = quote_turnaround();
    let (options, words) = (Options::default(), Wording::new("hours", Cadence::Week, &points));
    let read = study(&points, &turnaround_phases(), &options);
    let shapes = |explained: &[bool]| {
        let chart = chart(&points, &read, &options, &words);
        Chart { explained, ..chart }.draw().render().unwrap()
    };
    let (open, known) = (shapes(&[]), shapes(&vec![true; points.len()]));
    for shape in ["path.chart-signal-outside[data-point]", "circle.chart-signal-run[data-point]", ".chart-run"] {
        let explained = format!("{shape}.chart-explained");
        assert_eq!((found(&open, &explained), found(&known, &explained)), (0, found(&open, shape)), "{shape}");
    }
    assert!(known.contains(">grey: somebody explained it</text>") && !open.contains("explained"));
}

#[test]
fn the_picture_has_a_name_a_description_and_no_style_of_its_own() {
    let svg = draw(&quote_turnaround(), &turnaround_phases(), Size::Full, 60);
    assert_eq!(found(&svg, "svg[role=img][aria-labelledby='m1-title m1-desc']"), 1);
    assert_eq!(found(&svg, "title#m1-title"), 1);
    assert_eq!(found(&svg, "desc#m1-desc"), 1);
    assert_eq!(found(&svg, "[style]"), 0);
    assert!(svg.starts_with("<svg class=") && svg.trim_end().ends_with("</svg>") && svg.matches("<svg").count() == 1);
    assert!(svg.contains("21.3 to 39.3"), "limits are in the description");
}

#[test]
fn one_drawing_is_for_narrow_screens_and_one_for_broad_ones() {
    let points = quote_turnaround();
    let (options, words) = (Options::default(), Wording::new("hours", Cadence::Week, &points));
    let read = study(&points, &[], &options);
    let chart = chart(&points, &read, &options, &words);
    let both: String = chart.both().iter().map(|drawing| drawing.render().unwrap()).collect();
    assert_eq!((found(&both, "svg.chart-narrow"), found(&both, "svg.chart-broad")), (1, 1));
    assert_eq!((found(&both, "#m1-narrow-title"), found(&both, "#m1-broad-title")), (1, 1));
}

#[test]
fn limits_stand_per_phase_and_the_line_breaks_between_them() {
    let svg = draw(&quote_turnaround(), &turnaround_phases(), Size::Full, usize::MAX);
    assert_eq!((found(&svg, ".chart-limit"), found(&svg, ".chart-mean"), found(&svg, ".chart-wish")), (4, 2, 1));
    assert_eq!((found(&svg, ".chart-phase"), found(&svg, ".chart-start")), (1, 1));
    assert_eq!(attribute(&svg, ".chart-line", "d").matches('M').count(), 2);
    let early = draw(&quote_turnaround()[..9], &[], Size::Full, 60);
    assert_eq!(found(&early, ".chart-limit"), 0);
    assert_eq!(found(&early, ".chart-limit-provisional"), 3, "two lines and the key");
    assert!(early.contains(">limits from 9 values, may still move</text>"));
    let chosen = [PhaseStart { start: 0, baseline: Some(0..9), ..PhaseStart::default() }];
    let locked = draw(&quote_turnaround()[..9], &chosen, Size::Full, 60);
    assert_eq!((found(&locked, ".chart-limit"), found(&locked, ".chart-limit-provisional")), (2, 0));
    assert!(!locked.contains("may still move"), "locked limits do not move");
    let few = draw(&quote_turnaround()[..5], &[], Size::Full, 60);
    assert_eq!((found(&few, ".chart-limit-provisional"), found(&few, ".chart-mean")), (0, 1));
}

#[test]
fn a_gap_breaks_the_line_and_a_value_left_out_is_hollow() {
    let mut points = quote_turnaround();
    points[20].value = None;
    points[30].excluded = true;
    let svg = draw(&points, &[], Size::Full, usize::MAX);
    assert_eq!((found(&svg, "[data-point]"), found(&svg, ".chart-excluded[data-point]")), (77, 1));
    assert_eq!(found(&svg, "[data-point*='left out']"), 1);
    let (options, words) = (Options::default(), Wording::new("hours", Cadence::Week, &points));
    let read = study(&points, &[], &options);
    let sheet =
        numbers::Sheet { points: &points, counted: &[], study: &read, options: &options, words: &words, notes: &[] };
    let rows = sheet.rows(0..points.len());
    assert_eq!(rows[20].value, "no value");
    assert_eq!(rows[30].signal, "left out");
    assert_eq!(rows.len(), 78);
}

#[test]
fn small_and_wall_charts_have_no_text() {
    for size in [Size::Small, Size::Wall] {
        let svg = draw(&quote_turnaround(), &turnaround_phases(), size, size.shows());
        assert_eq!(found(&svg, "text"), 0);
        assert!(found(&svg, ".chart-mean") > 0);
    }
}

/// So many weeks of values, with phases, signals and a change every twelve weeks.
pub(super) fn long_series(weeks: usize) -> (Vec<Point>, Vec<PhaseStart>) {
    let values: Vec<Point> = quote_turnaround().into_iter().cycle().take(weeks).collect();
    let periods = values[0].period.iter_weeks();
    let points = periods.zip(values).map(|(period, point)| Point { period, ..point }).collect();
    let starts = [0, 38, 78, 116, 156, 194].map(|start| PhaseStart {
        start,
        baseline: None,
        reason: "standard quotes".into(),
        ..PhaseStart::default()
    });
    (points, starts.to_vec())
}

#[test]
fn two_hundred_values_stay_below_thirty_kilobytes() {
    let (points, starts) = long_series(200);
    let svg = draw(&points, &starts, Size::Full, usize::MAX);
    assert_eq!(found(&svg, "[data-point]"), 200);
    assert!(svg.len() <= 30 * 1024, "{} bytes", svg.len());
}

proptest! {
    #[test]
    fn every_finite_series_can_be_drawn(values in prop::collection::vec(prop::option::of(prop::num::f64::NORMAL | prop::num::f64::ZERO), 0..30), full in any::<bool>()) {
        let mut points: Vec<Point> = quote_turnaround().into_iter().take(values.len()).collect();
        for (point, value) in points.iter_mut().zip(&values) {
            point.value = *value;
        }
        let svg = draw(&points, &[], if full { Size::Full } else { Size::Small }, 60);
        let drawn = svg.split("</desc>").nth(1).unwrap();
        prop_assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{}", drawn);
    }
}
