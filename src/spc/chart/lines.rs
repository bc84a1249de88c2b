//! Lines: the grid, what began, the lines of each phase, the wish, the values.

use super::drawing::Line;
use super::events::{self, Event};
use super::frame::Frame;
use super::geometry::place;
use super::picture::{Picture, Stretch};
use std::collections::BTreeSet;
use std::ops::Range;

/// All lines, the faintest first.
pub(super) fn lines(picture: &Picture<'_>, frame: &Frame, events: &[Event]) -> Vec<Line> {
    let mut lines = Vec::new();
    if picture.has_text() {
        let ticks = frame.ticks().0;
        let grid: String = ticks.iter().map(|&tick| across(frame.left, frame.right, frame.y(tick))).collect();
        lines.push(Line { class: "chart-axis", path: grid });
    }
    for event in events {
        let (x, top) = (place(frame.edge(event.at)), place(events::top(picture, frame, event)));
        lines.push(Line { class: event.class, path: format!("M{x} {top}V{}", place(frame.bottom)) });
    }
    for stretch in &picture.stretches {
        lines.extend(stretch_lines(frame, stretch));
    }
    if let Some(wish) = picture.wish {
        lines.push(Line { class: "chart-wish", path: across(frame.left, frame.right, frame.y(wish.value)) });
    }
    let path = if picture.dense() { envelope(picture, frame) } else { series(picture, frame) };
    lines.push(Line { class: "chart-line", path });
    lines
}

fn stretch_lines(frame: &Frame, stretch: &Stretch) -> Vec<Line> {
    let visible = stretch.visible(&frame.shown);
    if visible.is_empty() {
        return Vec::new();
    }
    let limit = if stretch.firm { "chart-limit" } else { "chart-limit-provisional" };
    let upper = stairs(frame, visible.clone().map(|at| (at, stretch.bounds_at(at).upper)));
    let lower = stairs(frame, visible.clone().map(|at| (at, stretch.bounds_at(at).lower)));
    let mut lines = vec![Line { class: limit, path: upper }, Line { class: limit, path: lower }];
    let (from, to) = (frame.edge(visible.start), frame.edge(visible.end));
    let mean = match stretch.mean {
        Some(_) if !stretch.centres.is_empty() => centre(frame, stretch, &visible),
        Some(mean) => across(from, to, frame.y(mean)),
        None => return lines,
    };
    lines.push(Line { class: "chart-mean", path: mean });
    lines
}

/// A centre line that slopes, from value to value.
fn centre(frame: &Frame, stretch: &Stretch, visible: &Range<usize>) -> String {
    let mut path = String::new();
    for at in visible.clone() {
        let Some(centre) = stretch.centres.get(at - stretch.range.start) else { break };
        let mark = if path.is_empty() { "M" } else { "L" };
        path += &format!("{mark}{} {}", place(frame.x(at)), place(frame.y(*centre)));
    }
    path
}

/// A limit from value to value: one straight line while it stays, a step where it moves, nothing where there is none.
fn stairs(frame: &Frame, limits: impl Iterator<Item = (usize, Option<f64>)>) -> String {
    let heights: Vec<(usize, Option<String>)> =
        limits.map(|(at, limit)| (at, limit.map(|limit| place(frame.y(limit))))).collect();
    let (mut path, mut drawing) = (String::new(), false);
    for step in heights.chunk_by(|(_, one), (_, next)| one == next) {
        let [(start, height), ..] = step else { continue };
        if let Some(y) = height {
            path += &if drawing { format!("V{y}") } else { format!("M{} {y}", place(frame.edge(*start))) };
            path += &format!("H{}", place(frame.edge(start + step.len())));
        }
        drawing = height.is_some();
    }
    path
}

/// Where the line through the values breaks besides gaps.
fn breaks(picture: &Picture<'_>) -> BTreeSet<usize> {
    picture.stretches.iter().skip(1).map(|stretch| stretch.range.start).collect()
}

/// The line through the values; it breaks at a gap and at the start of a phase.
fn series(picture: &Picture<'_>, frame: &Frame) -> String {
    let breaks = breaks(picture);
    let mut path = String::new();
    let mut drawing = false;
    for at in frame.shown.clone() {
        let Some(value) = picture.points[at].present() else {
            drawing = false;
            continue;
        };
        path.push(if drawing && !breaks.contains(&at) { 'L' } else { 'M' });
        path.extend([place(frame.x(at)), " ".to_owned(), place(frame.y(value))]);
        drawing = true;
    }
    path
}

/// The line through very many values, as an eye would see it: in each column of one pixel its first, lowest, highest
/// and last value. No height is lost, and the path is as long as the drawing is wide.
fn envelope(picture: &Picture<'_>, frame: &Frame) -> String {
    let breaks = breaks(picture);
    let shown: Vec<usize> = frame.shown.clone().collect();
    let column = |at: usize| frame.x(at).floor();
    let mut path = String::new();
    let mut drawing = false;
    for columns in shown.chunk_by(|&one, &next| column(one).total_cmp(&column(next)).is_eq() && !breaks.contains(&next))
    {
        let values: Vec<(usize, f64)> =
            columns.iter().filter_map(|&at| picture.points[at].present().map(|value| (at, value))).collect();
        let begins = columns.first().is_some_and(|at| breaks.contains(at));
        let (Some(&first), Some(&last)) = (values.first(), values.last()) else {
            drawing = false;
            continue;
        };
        let lowest = values.iter().copied().min_by(|one, other| one.1.total_cmp(&other.1)).unwrap_or(first);
        let highest = values.iter().copied().max_by(|one, other| one.1.total_cmp(&other.1)).unwrap_or(first);
        let mut kept = vec![first, lowest, highest, last];
        kept.sort_by_key(|(at, _)| *at);
        kept.dedup_by_key(|(at, _)| *at);
        for (at, value) in kept {
            let (x, y) = (place(column(at) + 0.5), place(frame.y(value)));
            path += &match (at == first.0, drawing && !begins) {
                (false, _) => format!("V{y}"),
                (true, true) => format!("L{x} {y}"),
                (true, false) => format!("M{x} {y}"),
            };
            drawing = true;
        }
    }
    path
}

fn across(from: f64, to: f64, y: f64) -> String {
    format!("M{} {}H{}", place(from), place(y), place(to))
}
