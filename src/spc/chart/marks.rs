//! Marks: the values, each with its words, and the rings around those that belong to a signal.

use super::drawing::{Dot, Line, Shape};
use super::frame::Frame;
use super::geometry::{circle_path, diamond_path, place, square_path};
use super::notes::{self, NoteKind};
use super::picture::Picture;
use crate::spc::Marks;
use crate::spc::sentences::signals::all_signals;
use std::collections::BTreeSet;

/// All values, each with its words. A plain value takes its look from the group around all of them. Rings are lines of
/// their own, so that long runs stay small. Of very many values only those left out are marked.
pub(super) fn dots(picture: &Picture<'_>, frame: &Frame) -> Vec<Dot> {
    frame.shown.clone().filter_map(|at| dot(picture, frame, at)).collect()
}

fn dot(picture: &Picture<'_>, frame: &Frame, at: usize) -> Option<Dot> {
    let (point, marks) = (&picture.points[at], picture.mark(at));
    let noted = picture.notes.iter().any(|note| note.at == at && note.kind != NoteKind::LeftOut);
    let x = frame.x(at);
    let shape = match point.present().map(|value| frame.y(value)) {
        None if noted && picture.has_text() && !picture.dense() => {
            let kind = picture.notes.iter().find(|note| note.at == at).map_or(NoteKind::Note, |note| note.kind);
            Shape::Diamond { class: "chart-flag", path: kind.path(x, frame.flags()) }
        }
        None => return None,
        Some(_) if picture.dense() && !point.excluded => return None,
        Some(y) => match (point.excluded, marks.outside.is_some()) {
            (true, true) => diamond("chart-excluded", x, y, frame.mark),
            (false, true) => diamond("chart-signal-outside", x, y, frame.mark),
            (true, false) => circle("chart-excluded", x, y, frame.mark * 0.6),
            (false, false) => circle("", x, y, core(frame, marks)),
        },
    };
    // Where there is no text, nobody walks from value to value.
    let walked = picture.has_text() && !picture.dense();
    let words = if walked { point_words(picture, at) } else { String::new() };
    Some(Dot { words, signal: marks.any(), note: noted, shape })
}

/// `12 Oct: 46 hours, above the usual range; Event: new price list`.
fn point_words(picture: &Picture<'_>, at: usize) -> String {
    let point = &picture.points[at];
    let value = point.present().map_or_else(|| "no value".to_owned(), |value| picture.words.value(value));
    let mut words = format!("{}: {value}", picture.words.date(point.period));
    if picture.jumps {
        return words + if picture.mark(at).any() { ", a larger jump than usual" } else { "" };
    }
    let signal = all_signals(picture.mark(at), picture.applied);
    if !signal.is_empty() {
        words += &format!(", {signal}");
    }
    if point.excluded && !picture.notes.iter().any(|note| note.at == at && note.kind == NoteKind::LeftOut) {
        words += ", left out";
    }
    let written = notes::words(&picture.notes, at, |_| true);
    if written.is_empty() { words } else { format!("{words}; {written}") }
}

/// Half the size of the innermost mark.
fn core(frame: &Frame, marks: Marks) -> f64 {
    if marks.outside.is_some() { frame.mark } else { frame.dot }
}

/// Rings and square rings, the outer ones first, so that each mark of a value stays visible.
pub(super) fn rings(picture: &Picture<'_>, frame: &Frame) -> Vec<Line> {
    let (mut squares, mut circles) = (String::new(), String::new());
    if picture.dense() {
        return spots(picture, frame);
    }
    for at in frame.shown.clone().filter(|_| !picture.jumps) {
        let (marks, Some(value)) = (picture.mark(at), picture.points[at].present()) else {
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
    vec![Line { class: "chart-signal-three", path: squares }, Line { class: "chart-signal-run", path: circles }]
}

/// In a very long series a ring is a round dot and a square ring a square one; each place is marked once.
fn spots(picture: &Picture<'_>, frame: &Frame) -> Vec<Line> {
    let (mut squares, mut circles, mut diamonds) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for at in frame.shown.clone() {
        let (marks, point) = (picture.mark(at), &picture.points[at]);
        let Some(value) = point.present().filter(|_| marks.any()) else { continue };
        let spots = match (marks.outside.is_some() && !point.excluded, marks.run.is_some()) {
            (true, _) => &mut diamonds,
            (false, true) => &mut circles,
            (false, false) => &mut squares,
        };
        let (x, y) = (frame.x(at).round(), frame.y(value).round());
        spots.insert(match marks.outside {
            Some(_) => diamond_path(x, y, frame.mark),
            None => format!("M{} {}h0", place(x), place(y)),
        });
    }
    let line = |class: &'static str, spots: BTreeSet<String>| Line { class, path: spots.into_iter().collect() };
    vec![line("chart-signal-three", squares), line("chart-signal-run", circles), line("chart-signal-outside", diamonds)]
}

fn circle(class: &'static str, x: f64, y: f64, radius: f64) -> Shape {
    Shape::Circle { class, x: place(x), y: place(y), radius: place(radius) }
}

fn diamond(class: &'static str, x: f64, y: f64, half: f64) -> Shape {
    Shape::Diamond { class, path: diamond_path(x, y, half) }
}
