//! Words on the drawing: axes, names of the lines, reasons of phases, the key to the shapes. All are 14 px.

use super::super::reading::signal_words;
use super::super::signals::{Rule, Side};
use super::super::words::{decimals, number, plain};
use super::frame::{Frame, LETTER, ROW, float};
use super::shapes::{edge, key_mark, visible};
use super::{Chart, Line, Size, Text, place};

/// A vertical line with its words and the row they stand in.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) at: usize,
    pub(super) class: &'static str,
    pub(super) label: String,
    pub(super) row: usize,
}

/// Phase starts and experiment starts, oldest first. Words that earlier ones would touch stand one row lower, and so
/// does the top of their line, so that no line crosses words.
pub(super) fn events(chart: &Chart<'_>) -> Vec<Event> {
    let first = chart.points.len().saturating_sub(chart.newest);
    let longest = if chart.size == Size::Phone { 24 } else { 44 };
    let event = |at: usize, class: &'static str, label: &str| Event { at, class, label: short(label, longest), row: 0 };
    let phases = chart.study.phases.iter().filter(|phase| phase.range.start > 0);
    let mut events: Vec<Event> = phases.map(|phase| event(phase.range.start, "chart-phase", &phase.reason)).collect();
    events.extend(chart.starts.iter().map(|start| event(start.at, "chart-start", &start.label)));
    events.retain(|event| event.at > first && event.at < chart.points.len());
    events.sort_by_key(|event| event.at);
    let frame = Frame::new(chart, &[], 0);
    for now in 1..events.len() {
        let from = extent(&frame, &events[now]).0;
        let reaching = events[..now].iter().filter(|earlier| extent(&frame, earlier).1 > from);
        events[now].row = reaching.map(|earlier| earlier.row + 1).max().unwrap_or(0);
    }
    events
}

/// Words stand right of their line, or left of it near the right edge.
fn to_the_left(frame: &Frame, event: &Event) -> bool {
    edge(frame, event.at) + 6.0 + width(&event.label) > f64::from(frame.size.0)
}

fn extent(frame: &Frame, event: &Event) -> (f64, f64) {
    let (at, wide) = (edge(frame, event.at), width(&event.label) + 12.0);
    if to_the_left(frame, event) { (at - wide, at) } else { (at, at + wide) }
}

pub(super) fn event_texts(frame: &Frame, events: &[Event]) -> Vec<Text> {
    let shown = events.iter().filter(|event| frame.text && !event.label.is_empty());
    shown
        .map(|event| {
            let (shift, anchor) = if to_the_left(frame, event) { (-5.0, "end") } else { (5.0, "start") };
            text(edge(frame, event.at) + shift, 16.0 + ROW * float(event.row), anchor, event.label.clone())
        })
        .collect()
}

/// Figures and unit on the left, periods below.
pub(super) fn axes(chart: &Chart<'_>, frame: &Frame) -> Vec<Text> {
    if !frame.text {
        return Vec::new();
    }
    let (ticks, places) = frame.ticks();
    let mut texts: Vec<Text> =
        ticks.iter().map(|&tick| text(frame.left - 8.0, frame.y(tick) + 5.0, "end", number(tick, places))).collect();
    texts.push(text(4.0, frame.top - 10.0, "start", short(&chart.words.unit.0, 24)));
    let room = ((frame.right - frame.left) / 96.0).floor().max(1.0);
    let mut every = 1;
    while float(frame.shown.len()) / float(every) > room {
        every += 1;
    }
    for at in frame.shown.clone().rev().step_by(every) {
        let date = chart.words.date(chart.points[at].period);
        let x = frame.x(at).max(width(&date) / 2.0);
        texts.push(text(x, frame.bottom + ROW, "middle", date));
    }
    texts
}

/// Names of the lines of the newest phase and of the wish, right of the drawing and pushed apart.
pub(super) fn line_texts(chart: &Chart<'_>, frame: &Frame) -> Vec<Text> {
    let phase = chart.study.current().filter(|phase| frame.text && !visible(frame, phase).is_empty());
    let full = chart.size == Size::Full;
    let mut names: Vec<(f64, String)> = Vec::new();
    if let Some(phase) = phase {
        let places = phase.limits.map_or(1, |limits| decimals(&limits) + 1);
        let mut name = |words: &str, value: Option<f64>| {
            let Some(value) = value else { return };
            let figure = number(value, places);
            names.push((frame.y(value), if full { format!("{words} {figure}") } else { figure }));
        };
        name("average", phase.mean);
        if let Some(limits) = phase.limits.filter(|limits| !limits.flat()) {
            name("upper limit", limits.upper);
            name("lower limit", limits.lower);
        }
    }
    if let Some(wish) = chart.wish.filter(|wish| frame.text && wish.value.is_finite()) {
        let label = if full { short(&wish.label, 19) } else { format!("wish {}", plain(wish.value)) };
        names.push((frame.y(wish.value), label));
    }
    names.sort_by(|one, other| one.0.total_cmp(&other.0));
    push_apart(&mut names, frame);
    names.into_iter().map(|(y, words)| text(frame.right + 8.0, y + 5.0, "start", words)).collect()
}

/// Moves texts apart so that none covers another, and keeps them inside the drawing.
fn push_apart(names: &mut [(f64, String)], frame: &Frame) {
    let mut lowest = f64::NEG_INFINITY;
    for (y, _) in names.iter_mut() {
        *y = y.max(lowest + 16.0);
        lowest = *y;
    }
    let mut highest = frame.bottom + 16.0;
    for (y, _) in names.iter_mut().rev() {
        *y = y.min(highest - 16.0);
        highest = *y;
    }
}

/// The value at points outside a limit, where no neighbour lies further out and would be written over.
pub(super) fn signal_texts(chart: &Chart<'_>, frame: &Frame) -> Vec<Text> {
    let shown = frame.shown.clone().filter(|_| chart.size == Size::Full);
    let label = |at: usize| {
        let (side, value) = (chart.study.marks.get(at)?.outside?, chart.points[at].present()?);
        let words = plain(value);
        let reach = width(&words) / 2.0 + frame.mark * 2.0;
        let near = |other: &usize| *other != at && (frame.x(*other) - frame.x(at)).abs() < reach;
        let further = |other: usize| chart.points[other].present().is_some_and(|other| !side.beyond(value, other));
        if frame.shown.clone().filter(near).any(further) {
            return None;
        }
        let y = frame.y(value) + if side == Side::Above { -2.0 * frame.mark - 5.0 } else { 2.0 * frame.mark + 15.0 };
        let inside = y > frame.top - ROW && y < frame.bottom;
        inside.then(|| Text { class: "chart-signal-label", ..text(frame.x(at), y, "middle", words) })
    };
    shown.filter_map(label).collect()
}

/// The shapes that occur in the drawn part, with their words.
pub(super) fn key_words(chart: &Chart<'_>) -> Vec<(Rule, &'static str)> {
    let first = chart.points.len().saturating_sub(chart.newest);
    let marks = &chart.study.marks[first.min(chart.study.marks.len())..];
    let side = |of: fn(&super::super::study::Marks) -> Option<Side>| {
        let sides: Vec<Side> = marks.iter().filter_map(of).collect();
        let one = sides.first().copied();
        one.map(|side| sides.iter().all(|other| *other == side).then_some(side))
    };
    let mut key = Vec::new();
    for (rule, found, both) in [
        (Rule::Outside, side(|marks| marks.outside), "outside the usual range"),
        (Rule::RunOfEight, side(|marks| marks.run), "eight in a row on one side"),
        (Rule::ThreeOfFour, side(|marks| marks.three_of_four), "three of four near a limit"),
    ] {
        if let Some(side) = found {
            key.push((rule, side.map_or(both, |side| signal_words(rule, side))));
        }
    }
    key
}

/// The key to the shapes under the drawing.
pub(super) fn key(chart: &Chart<'_>, frame: &Frame, key: &[(Rule, &'static str)]) -> (Vec<Line>, Vec<Text>) {
    let (mut marks, mut texts) = (Vec::new(), Vec::new());
    let (mut x, mut y) = (if chart.size == Size::Full { frame.left } else { 6.0 } + 8.0, frame.bottom + ROW * 2.0);
    for &(rule, words) in key.iter().filter(|_| frame.text) {
        marks.push(key_mark(rule, x, y));
        texts.push(text(x + 14.0, y + 5.0, "start", words.to_owned()));
        if chart.size == Size::Phone {
            y += ROW;
        } else {
            x += width(words) + 40.0;
        }
    }
    (marks, texts)
}

fn text(x: f64, y: f64, anchor: &'static str, words: String) -> Text {
    Text { class: "chart-label", x: place(x), y: place(y), anchor, words }
}

fn width(words: &str) -> f64 {
    float(words.chars().count()) * LETTER
}

/// Words cut at a length, with an ellipsis; the description and the page have them in full.
fn short(words: &str, longest: usize) -> String {
    if words.chars().count() <= longest {
        return words.to_owned();
    }
    let start: String = words.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}
