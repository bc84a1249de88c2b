//! Vertical lines with their words: new limits, experiments, new definitions.

use super::content::{Began, Size};
use super::drawing::Text;
use super::frame::Frame;
use super::geometry::{LETTER, ROW, float, short, text, width};
use super::picture::Picture;

/// A vertical line with its words and the row they stand in.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) at: usize,
    pub(super) class: &'static str,
    pub(super) label: String,
    pub(super) row: usize,
}

/// Rows of words there is room for; the table and the page have the words of all lines.
const MOST_ROWS: usize = 4;

/// Phase starts, experiment starts and new definitions, oldest first. Words that earlier ones would touch stand one row
/// lower, and so does the top of their line, so that no line crosses words.
pub(super) fn events(picture: &Picture<'_>) -> Vec<Event> {
    let longest = if picture.size == Size::Phone { 24 } else { 44 };
    let event = |at: usize, class: &'static str, label: &str| Event { at, class, label: short(label, longest), row: 0 };
    let phases = picture.stretches.iter().skip(1);
    let mut events: Vec<Event> = phases.map(|phase| event(phase.range.start, "chart-phase", &phase.reason)).collect();
    events.extend(picture.starts.iter().map(|start| match start.what {
        Began::Experiment => event(start.at, "chart-start", &start.label),
        Began::Definition => event(start.at, "chart-version", &start.label),
    }));
    events.retain(|event| event.at > picture.shown.start && event.at < picture.points.len());
    events.sort_by_key(|event| event.at);
    let frame = Frame::new(picture, 0, 0);
    for event in &mut events {
        event.label = short(&event.label, letters(&frame, event.at));
    }
    for now in 1..events.len() {
        let from = extent(&frame, &events[now]).0;
        let reaching = events[..now].iter().filter(|earlier| !earlier.label.is_empty());
        let reaching = reaching.filter(|earlier| extent(&frame, earlier).1 > from);
        events[now].row = reaching.map(|earlier| earlier.row + 1).max().unwrap_or(0);
        if events[now].row >= MOST_ROWS {
            events[now].row = 0;
            events[now].label.clear();
        }
    }
    events
}

/// How many rows of words there are.
pub(super) fn rows(events: &[Event]) -> usize {
    events.iter().map(|event| event.row + 1).max().unwrap_or(0)
}

/// Where the line of an event begins at the top.
pub(super) fn top(picture: &Picture<'_>, frame: &Frame, event: &Event) -> f64 {
    let worded = picture.has_text() && !event.label.is_empty();
    if worded { 6.0 + ROW * float(event.row) } else { frame.top }
}

/// How many letters there is room for on the broader side of a line.
fn letters(frame: &Frame, at: usize) -> usize {
    let (left, whole) = (frame.edge(at), f64::from(frame.size.0));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the width of a drawing")]
    let letters = ((left.max(whole - left) - 8.0) / LETTER).max(0.0) as usize;
    letters
}

/// Words stand right of their line, or left of it near the right edge.
fn to_the_left(frame: &Frame, event: &Event) -> bool {
    frame.edge(event.at) + 6.0 + width(&event.label) > f64::from(frame.size.0)
}

fn extent(frame: &Frame, event: &Event) -> (f64, f64) {
    let (at, wide) = (frame.edge(event.at), width(&event.label) + 12.0);
    if to_the_left(frame, event) { (at - wide, at) } else { (at, at + wide) }
}

pub(super) fn texts(picture: &Picture<'_>, frame: &Frame, events: &[Event]) -> Vec<Text> {
    let shown = events.iter().filter(|event| picture.has_text() && !event.label.is_empty());
    let place = |event: &Event| {
        let (shift, anchor) = if to_the_left(frame, event) { (-5.0, "end") } else { (5.0, "start") };
        text(frame.edge(event.at) + shift, 16.0 + ROW * float(event.row), anchor, event.label.clone())
    };
    shown.map(place).collect()
}
