//! Lines and marks.

use std::ops::Range;

use super::super::limits::Firmness;
use super::super::signals::Rule;
use super::super::study::{Marks, Phase};
use super::frame::Frame;
use super::labels::Event;
use super::numbers::signal_of;
use super::{Chart, Dot, Line, Shape, place};

/// All lines, the faintest first.
pub(super) fn lines(chart: &Chart<'_>, frame: &Frame, events: &[Event]) -> Vec<Line> {
    let mut lines = Vec::new();
    if frame.text {
        let ticks = frame.ticks().0;
        let grid: String = ticks.iter().map(|&tick| across(frame.left, frame.right, frame.y(tick))).collect();
        lines.push(Line { class: "chart-axis", path: grid });
    }
    for event in events {
        let top = if frame.text { 6.0 + super::frame::ROW * super::frame::float(event.row) } else { frame.top };
        lines.push(Line {
            class: event.class,
            path: format!("M{} {}V{}", place(edge(frame, event.at)), place(top), place(frame.bottom)),
        });
    }
    for phase in &chart.study.phases {
        lines.extend(phase_lines(frame, phase));
    }
    if let Some(wish) = chart.wish.filter(|wish| wish.value.is_finite()) {
        lines.push(Line { class: "chart-wish", path: across(frame.left, frame.right, frame.y(wish.value)) });
    }
    lines.push(Line { class: "chart-line", path: series(chart, frame) });
    lines.extend(rings(chart, frame));
    lines.retain(|line| !line.path.is_empty());
    lines
}

/// The left edge of a period: a phase or an experiment begins before its first value.
pub(super) fn edge(frame: &Frame, at: usize) -> f64 {
    frame.x(at) - frame.step() / 2.0
}

/// The drawn part of a phase.
pub(super) fn visible(frame: &Frame, phase: &Phase) -> Range<usize> {
    phase.range.start.max(frame.shown.start)..phase.range.end.max(frame.shown.start)
}

fn phase_lines(frame: &Frame, phase: &Phase) -> Vec<Line> {
    let visible = visible(frame, phase);
    if visible.is_empty() {
        return Vec::new();
    }
    let (from, to) = (edge(frame, visible.start), edge(frame, visible.end));
    let line = |class: &'static str, value: f64| Line { class, path: across(from, to, frame.y(value)) };
    let limit = if phase.firmness == Firmness::Firm { "chart-limit" } else { "chart-limit-provisional" };
    let bounds = phase.limits.map(|limits| [limits.upper, limits.lower]).unwrap_or_default();
    let mut lines: Vec<Line> = bounds.into_iter().flatten().map(|value| line(limit, value)).collect();
    lines.extend(phase.mean.map(|mean| line("chart-mean", mean)));
    lines
}

/// The line through the values; it breaks at a gap and at the start of a phase.
fn series(chart: &Chart<'_>, frame: &Frame) -> String {
    let mut path = String::new();
    let mut drawing = false;
    for at in frame.shown.clone() {
        let Some(value) = chart.points[at].present() else {
            drawing = false;
            continue;
        };
        let starts = at > 0 && chart.study.phases.iter().any(|phase| phase.range.start == at);
        path.push(if drawing && !starts { 'L' } else { 'M' });
        path.extend([place(frame.x(at)), " ".to_owned(), place(frame.y(value))]);
        drawing = true;
    }
    path
}

fn across(from: f64, to: f64, y: f64) -> String {
    format!("M{} {}H{}", place(from), place(y), place(to))
}

/// All values, each with its words. Rings are lines of their own, so that long runs stay small.
pub(super) fn dots(chart: &Chart<'_>, frame: &Frame) -> Vec<Dot> {
    let dot = |at: usize| {
        let point = &chart.points[at];
        let (x, y) = (frame.x(at), frame.y(point.present()?));
        let marks = marks_of(chart, at);
        let shape = match (point.excluded, marks.outside.is_some()) {
            (true, true) => diamond("chart-excluded", x, y, frame.mark),
            (false, true) => diamond("chart-signal-outside", x, y, frame.mark),
            (true, false) => circle("chart-excluded", x, y, frame.mark * 0.6),
            (false, false) => circle("chart-point", x, y, core(frame, marks)),
        };
        // Where there is no text, nobody walks from value to value.
        let words = if frame.text { point_words(chart, at) } else { String::new() };
        Some(Dot { words, signal: marks.any(), shape })
    };
    frame.shown.clone().filter_map(dot).collect()
}

fn point_words(chart: &Chart<'_>, at: usize) -> String {
    let point = &chart.points[at];
    let value = point.present().map(|value| chart.words.value(value)).unwrap_or_default();
    let signal = signal_of(marks_of(chart, at), point.excluded);
    let comma = if signal.is_empty() { "" } else { ", " };
    format!("{}: {value}{comma}{signal}", chart.words.date(point.period))
}

fn marks_of(chart: &Chart<'_>, at: usize) -> Marks {
    chart.study.marks.get(at).copied().unwrap_or_default()
}

/// Half the size of the innermost mark.
fn core(frame: &Frame, marks: Marks) -> f64 {
    if marks.outside.is_some() { frame.mark } else { frame.dot }
}

/// Rings and square rings, the outer ones first, so that each mark of a value stays visible.
fn rings(chart: &Chart<'_>, frame: &Frame) -> [Line; 2] {
    let (mut squares, mut circles) = (String::new(), String::new());
    for at in frame.shown.clone() {
        let (marks, Some(value)) = (marks_of(chart, at), chart.points[at].present()) else {
            continue;
        };
        let (x, y, ring) = (frame.x(at), frame.y(value), core(frame, marks) + frame.mark * 0.45);
        if marks.three_of_four.is_some() {
            let half = if marks.run.is_some() { ring + frame.mark * 0.35 } else { ring };
            squares += &square_path(x, y, half);
        }
        if marks.run.is_some() {
            circles += &circle_path(x, y, ring);
        }
    }
    [Line { class: "chart-signal-three", path: squares }, Line { class: "chart-signal-run", path: circles }]
}

fn square_path(x: f64, y: f64, half: f64) -> String {
    let side = place(half * 2.0);
    format!("M{} {}h{side}v{side}h-{side}z", place(x - half), place(y - half))
}

fn circle_path(x: f64, y: f64, radius: f64) -> String {
    let (radius, across) = (place(radius), place(radius * 2.0));
    format!(
        "M{} {}a{radius} {radius} 0 0 0 0-{across} {radius} {radius} 0 0 0 0 {across}",
        place(x),
        place(y + half_of(&across))
    )
}

fn half_of(across: &str) -> f64 {
    across.parse::<f64>().map_or(0.0, |across| across / 2.0)
}

fn diamond_path(x: f64, y: f64, half: f64) -> String {
    let size = place(half);
    format!("M{} {}l{size} {size}-{size} {size}-{size}-{size}z", place(x), place(y - half))
}

/// The three marks of the key under the drawing.
pub(super) fn key_mark(rule: Rule, x: f64, y: f64) -> Line {
    match rule {
        Rule::Outside => Line { class: "chart-signal-outside", path: diamond_path(x, y, 7.0) },
        Rule::RunOfEight => Line { class: "chart-signal-run", path: circle_path(x, y, 6.0) },
        Rule::ThreeOfFour => Line { class: "chart-signal-three", path: square_path(x, y, 6.0) },
    }
}

fn circle(class: &'static str, x: f64, y: f64, radius: f64) -> Shape {
    Shape::Circle { class, x: place(x), y: place(y), radius: place(radius) }
}

fn diamond(class: &'static str, x: f64, y: f64, half: f64) -> Shape {
    Shape::Diamond { class, path: diamond_path(x, y, half) }
}
